// That nothing depends on what a secret is but the answer, and that nothing of it is left. Compiled with optimisation.
//
// For the first, secrets are marked as undefined, and memcheck tells of every branch and address that depends on them:
// scripts/test --all runs this program under valgrind, and the disabled test as well, which has to fail there.

#include "digest_fixture.hpp"

#include <authgrammar/verify/basic_server.hpp>

#include <gtest/gtest.h>

#include <cstring>
#include <new>
#include <string>
#include <string_view>

#if __has_include(<valgrind/memcheck.h>)
#include <valgrind/memcheck.h>
#else
#define VALGRIND_MAKE_MEM_UNDEFINED(address, size) static_cast<void>(0)
#define VALGRIND_MAKE_MEM_DEFINED(address, size) static_cast<void>(0)
#endif

#if defined(__SANITIZE_ADDRESS__)
#define HAS_OTHER_STACK 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define HAS_OTHER_STACK 1
#endif
#endif

namespace authgrammar::verify {
namespace {

using testing::now;

char password[] = "Xyzzy-p4ssw0rd-Xyzzy-p4ssw0rd";
std::string_view secret_password() { return {password, sizeof password - 1}; }

struct poisoned {
    poisoned(const void* address, std::size_t size) : address_(address), size_(size) {
        VALGRIND_MAKE_MEM_UNDEFINED(address_, size_);
    }
    poisoned(const poisoned&) = delete;
    poisoned& operator=(const poisoned&) = delete;
    ~poisoned() { VALGRIND_MAKE_MEM_DEFINED(address_, size_); }

private:
    const void* address_;
    std::size_t size_;
};

/// The answer, which may be told.
bool told(bool answer) {
    VALGRIND_MAKE_MEM_DEFINED(&answer, sizeof answer);
    return answer;
}

TEST(secrets, comparisons_do_not_depend_on_them) {
    char a[64];
    char b[64];
    for (std::size_t size = 0; size <= sizeof a; ++size) {
        std::memset(a, 'x', sizeof a);
        std::memset(b, 'x', sizeof b);
        {
            const poisoned secret(a, sizeof a);
            EXPECT_TRUE(told(equal_secrets({a, size}, {b, size})));
        }
        for (std::size_t i = 0; i != size; ++i) {
            b[i] = 'y';
            const poisoned secret(a, sizeof a);
            EXPECT_FALSE(told(equal_secrets({a, size}, {b, size}))) << i;
            b[i] = 'x';
        }
    }
    EXPECT_FALSE(equal_secrets("a", "ab"));
    EXPECT_TRUE(equal_secrets("", ""));
}

TEST(secrets, hashes_do_not_depend_on_them) {
    hasher h;
    for (const digest_algorithm a : testing::all_algorithms) {
        hex_hash a1;
        hex_hash response;
        {
            const poisoned secret(password, sizeof password - 1);
            a1 = h.a1(a, "user", "realm", secret_password());
            if (is_session(a)) a1 = h.session_a1(a, a1.view(), "nonce", "cnonce");
            response_input input;
            input.algorithm = a;
            input.a1 = a1.view();
            input.nonce = "nonce";
            input.nc = "00000001";
            input.cnonce = "cnonce";
            input.method = "GET";
            input.uri = "/";
            response = h.response(input);
            EXPECT_FALSE(told(response.equals(std::string(schemes::hex_digits(a), 'f'))));
        }
    }
}

TEST(secrets, tags_do_not_depend_on_the_key) {
    nonce_key key{{1, 2, 3}};
    nonce_maker maker(key);
    const nonce_binding b{"realm", "client", "other"};
    char nonce[nonce_maker::size];
    ASSERT_TRUE(maker.make(b, now, nonce));
    EXPECT_EQ(maker.check(std::string_view(nonce, sizeof nonce), b, now).verdict, nonce_verdict::valid);
}

// Under memcheck this has to fail: otherwise the tests above could not.
TEST(secrets, DISABLED_a_branch_is_seen) {
    const poisoned secret(password, sizeof password - 1);
    EXPECT_EQ(std::string(secret_password().find('-') == 5 ? "a" : "b"), "a");
}

TEST(secrets, buffers_are_wiped) {
    alignas(secret_buffer<64>) unsigned char memory[sizeof(secret_buffer<64>)];
    std::memset(memory, 0x55, sizeof memory);
    auto* buffer = new (memory) secret_buffer<64>;
    std::memcpy(buffer->data(), password, sizeof password);
    buffer->~secret_buffer();
    asm volatile("" : : "r"(memory) : "memory");
    for (const unsigned char octet : memory) ASSERT_EQ(octet, 0);

    alignas(hex_hash) unsigned char hash[sizeof(hex_hash)];
    std::memset(hash, 0x55, sizeof hash);
    hasher h;
    const hex_hash a1 = h.a1(digest_algorithm::sha_256, "user", "realm", secret_password());
    auto* copy = new (hash) hex_hash(a1);
    copy->~hex_hash();
    asm volatile("" : : "r"(hash) : "memory");
    EXPECT_EQ(std::string_view(reinterpret_cast<char*>(hash), sizeof hash).find(a1.view().substr(0, 8)),
              std::string_view::npos);
}

// A hash that is assigned a shorter one, or none, keeps nothing of what it was.
TEST(secrets, hashes_are_wiped_when_they_are_used_again) {
    hasher h;
    const hex_hash a1 = h.a1(digest_algorithm::sha_256, "user", "realm", secret_password());
    const std::string_view end = a1.view().substr(48);
    const std::string_view start = a1.view().substr(0, 16);
    const auto left = [](const hex_hash& hash, std::string_view part) {
        return std::string_view(reinterpret_cast<const char*>(&hash), sizeof hash).find(part) != std::string_view::npos;
    };
    hex_hash used = a1;
    ASSERT_TRUE(left(used, start) && left(used, end)) << "what is left is found";
    used = h.a1(digest_algorithm::md5, "user", "realm", secret_password());
    EXPECT_FALSE(left(used, start) || left(used, end));
    used = a1;
    used.assign("0123456789abcdef0123456789abcdef");
    EXPECT_FALSE(left(used, start) || left(used, end));
    used = a1;
    used = hex_hash();
    EXPECT_FALSE(left(used, start) || left(used, end));
}

#if !defined(HAS_OTHER_STACK)

constexpr std::size_t depth = 64 * 1024;

/// How often `wanted` lies in the stack below the caller, where functions that it called had their frames.
[[gnu::noinline]] int left_on_stack(std::string_view wanted) {
    volatile char frames[depth];
    asm volatile("" : : "r"(frames) : "memory");
    int found = 0;
    for (std::size_t i = 0; i + wanted.size() <= depth; ++i) {
        std::size_t k = 0;
        while (k != wanted.size() && frames[i + k] == wanted[k]) ++k;
        found += k == wanted.size() ? 1 : 0;
    }
    return found;
}

/// Zeros where left_on_stack() looks.
[[gnu::noinline]] void clear_stack() {
    char frames[depth + 4096];
    std::memset(frames, 0, sizeof frames);
    asm volatile("" : : "r"(frames) : "memory");
}

[[gnu::noinline]] void leave_on_stack() {
    char copy[256];
    std::memcpy(copy, password, sizeof password);
    asm volatile("" : : "r"(copy) : "memory");
}

// Nothing of a password, nor of H(A1), stays on the stack once a server or client has used it.
TEST(secrets, none_is_left_on_the_stack) {
    hasher h;
    const std::string a1(h.a1(digest_algorithm::sha_256, "Mufasa", "http-auth@example.org", secret_password()).view());
    const std::string_view looked_for = secret_password().substr(0, 16);
    clear_stack();
    leave_on_stack();
    ASSERT_GT(left_on_stack(looked_for), 0) << "what is left is found";

    testing::server_and_client s;
    s.login.password = secret_password();
    for (const digest_algorithm a : {digest_algorithm::sha_256, digest_algorithm::md5_sess}) {
        clear_stack();
        const std::string value = s.answer(s.challenge(a));
        EXPECT_EQ(left_on_stack(looked_for), 0) << "client";
        EXPECT_EQ(left_on_stack(std::string_view(a1).substr(0, 16)), 0) << "client";
        const auto users = [](const user_query&, user_secret& u) noexcept {
            u.password = secret_password();
            return true;
        };
        clear_stack();
        EXPECT_EQ(s.server().verify(std::string_view(value), s.request, users, now, s.exchange).is, verdict::accepted);
        EXPECT_EQ(left_on_stack(looked_for), 0) << "server";
        EXPECT_EQ(left_on_stack(std::string_view(a1).substr(0, 16)), 0) << "server";
    }

    // "user:" and the password in base64.
    const std::string basic = "Basic dXNlcjpYeXp6eS1wNHNzdzByZC1YeXp6eS1wNHNzdzByZA==";
    for (const bool utf8 : {false, true}) {
        basic_rules rules;
        rules.utf8 = utf8;
        const auto judge = [](std::string_view user_id, std::string_view word) noexcept {
            return user_id == "user" && equal_secrets(word, secret_password());
        };
        clear_stack();
        EXPECT_EQ(verify_basic(basic, rules, judge).code, verify_code::none);
        EXPECT_EQ(left_on_stack(looked_for), 0) << utf8;
    }
}

#endif

}  // namespace
}  // namespace authgrammar::verify
