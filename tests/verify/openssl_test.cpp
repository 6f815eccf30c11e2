// An OpenSSL that does not have everything: MD5 where only FIPS algorithms are allowed, SipHash where they are chosen one by
// one, randomness before there is any. The functions of OpenSSL below stand in front of its own.

#include "digest_fixture.hpp"

#include <authgrammar/verify/nonce.hpp>

#include <dlfcn.h>
#include <openssl/evp.h>
#include <openssl/rand.h>

#include <cstring>
#include <string>
#include <string_view>

namespace {

std::string_view missing;  // the algorithm that is not there
bool no_random = false;
bool no_context = false;
bool no_key = false;

/// OpenSSL's own function.
template <typename F>
F* original(F*, const char* name) {
    void* const found = dlsym(RTLD_NEXT, name);
    F* f = nullptr;
    static_assert(sizeof f == sizeof found);
    std::memcpy(&f, &found, sizeof f);
    return f;
}

}  // namespace

extern "C" {

EVP_MD* EVP_MD_fetch(OSSL_LIB_CTX* library, const char* algorithm, const char* properties) {
    if (algorithm == missing) return nullptr;
    return original(&EVP_MD_fetch, "EVP_MD_fetch")(library, algorithm, properties);
}
EVP_MAC* EVP_MAC_fetch(OSSL_LIB_CTX* library, const char* algorithm, const char* properties) {
    if (algorithm == missing) return nullptr;
    return original(&EVP_MAC_fetch, "EVP_MAC_fetch")(library, algorithm, properties);
}
EVP_MD_CTX* EVP_MD_CTX_new() { return no_context ? nullptr : original(&EVP_MD_CTX_new, "EVP_MD_CTX_new")(); }
int EVP_MAC_init(EVP_MAC_CTX* context, const unsigned char* key, std::size_t size, const OSSL_PARAM* params) {
    return no_key ? 0 : original(&EVP_MAC_init, "EVP_MAC_init")(context, key, size, params);
}
int RAND_bytes(unsigned char* buffer, int size) {
    return no_random ? 0 : original(&RAND_bytes, "RAND_bytes")(buffer, size);
}
int RAND_priv_bytes(unsigned char* buffer, int size) {
    return no_random ? 0 : original(&RAND_priv_bytes, "RAND_priv_bytes")(buffer, size);
}

}  // extern "C"

namespace authgrammar::verify {
namespace {

using testing::now;
using testing::server_and_client;

constexpr digest_algorithm md5s[] = {digest_algorithm::md5, digest_algorithm::md5_sess};

class openssl : public ::testing::Test {
protected:
    void TearDown() override {
        missing = {};
        no_random = no_context = no_key = false;
    }
};

/// Everything that a hasher computes.
void expect_nothing(hasher& hashes, digest_algorithm a) {
    EXPECT_FALSE(hashes.supports(a)) << name_of(a);
    EXPECT_TRUE(hashes.username(a, "u", "r").empty());
    EXPECT_TRUE(hashes.a1(a, "u", "r", "p").empty());
    EXPECT_TRUE(hashes.session_a1(a, "a1", text("n"), text("c")).empty());
    response_input input;
    input.algorithm = a;
    EXPECT_TRUE(hashes.response(input).empty());
    body_hash body(hashes, a);
    body.feed("body");
    EXPECT_TRUE(body.finish().empty());
}

TEST_F(openssl, without_an_algorithm_has_no_hash_of_it) {
    missing = "MD5";
    hasher hashes;
    // The context has been used for another one, which must not be taken for it.
    EXPECT_EQ(hashes.a1(digest_algorithm::sha_256, "u", "r", "p").view().size(), 64U);
    for (const digest_algorithm a : md5s) {
        expect_nothing(hashes, a);
        EXPECT_EQ(hashes.a1(digest_algorithm::sha_512_256, "u", "r", "p").view().size(), 64U);
    }
}

TEST_F(openssl, without_a_context_has_no_hashes) {
    no_context = true;
    hasher hashes;
    for (const digest_algorithm a : testing::all_algorithms) expect_nothing(hashes, a);
}

TEST_F(openssl, without_an_algorithm_refuses_what_needs_it) {
    server_and_client both;
    both.algorithms = {digest_algorithm::md5};
    const std::string answer = both.answer(both.challenge(digest_algorithm::md5));
    ASSERT_EQ(both.verify(answer).is, verdict::accepted);
    missing = "MD5";
    hasher hashes;
    EXPECT_TRUE(hashes.supports(digest_algorithm::sha_256));
    digest_offer offer = both.offer;
    offer.algorithms = both.algorithms.data();
    offer.algorithm_count = both.algorithms.size();
    digest_server server(offer, hashes, both.nonces, {});
    const digest_verdict v = server.verify(std::string_view(answer), both.request, both.users, now, both.exchange);
    EXPECT_EQ(v.is, verdict::refused);
    EXPECT_EQ(v.error.code, verify_code::not_computable);
    EXPECT_EQ(v.error.status(), 500U);
}

// shows: R7616-3.7-first-supported conforming
TEST_F(openssl, without_an_algorithm_its_challenge_is_passed_over) {
    missing = "MD5";
    hasher hashes;
    inline_event_buffer<64> events;
    const auto list = parse_challenges(field::www_authenticate,
                                       R"(Digest realm="r", nonce="a", qop="auth", algorithm=MD5, )"
                                       R"(Digest realm="r", nonce="b", qop="auth", algorithm=SHA-256)",
                                       events);
    ASSERT_TRUE(list);
    const auto chosen = choose_challenge(hashes, *list);
    ASSERT_TRUE(chosen);
    EXPECT_EQ(chosen->nonce.raw(), "b");

    const auto first = schemes::read_digest_challenge(*list->begin());
    ASSERT_TRUE(first);
    char value[1024];
    const digest_answer answer =
        answer_challenge(hashes, *first, {"u", "p", {}}, server_and_client().use, value, sizeof value);
    EXPECT_FALSE(answer);
    EXPECT_EQ(answer.error.code, verify_code::not_computable);
}

TEST_F(openssl, without_siphash_makes_and_takes_no_nonce) {
    server_and_client both;
    const std::string answer = both.answer(both.challenge(digest_algorithm::sha_256));
    ASSERT_EQ(both.verify(answer).is, verdict::accepted);
    missing = "SIPHASH";
    nonce_maker nonces(nonce_key{{1, 2, 3}});
    EXPECT_FALSE(nonces.usable());
    char made[nonce_maker::size];
    EXPECT_FALSE(nonces.make({}, now, made));
    EXPECT_EQ(nonces.check(text("0123456789abcdef0123456789abcdef01234567"), {}, now).verdict,
              nonce_verdict::unchecked);

    digest_offer offer = both.offer;
    offer.algorithms = both.algorithms.data();
    offer.algorithm_count = both.algorithms.size();
    digest_server server(offer, both.hashes, nonces, {});
    const digest_verdict v = server.verify(std::string_view(answer), both.request, both.users, now, both.exchange);
    EXPECT_EQ(v.is, verdict::refused);
    EXPECT_EQ(v.error.code, verify_code::not_computable);
    char value[1024];
    const write_result written = server.write_challenge(digest_algorithm::sha_256, false, {}, now, value, sizeof value);
    EXPECT_EQ(written.code, error_code::forbidden_octet) << "no challenge without a nonce";
}

TEST_F(openssl, that_takes_no_key_makes_no_nonce) {
    nonce_maker before(nonce_key{{1, 2, 3}});
    no_key = true;
    nonce_maker nonces(nonce_key{{1, 2, 3}});
    EXPECT_FALSE(nonces.usable());
    char made[nonce_maker::size];
    EXPECT_FALSE(nonces.make({}, now, made));
    EXPECT_FALSE(before.make({}, now, made));
    EXPECT_EQ(before.check(text("0123456789abcdef0123456789abcdef01234567"), {}, now).verdict,
              nonce_verdict::unchecked);
}

TEST_F(openssl, without_randomness_makes_no_secret) {
    nonce_maker nonces(nonce_key{{1, 2, 3}});
    char made[nonce_maker::size];
    char cnonce[cnonce_size];
    EXPECT_TRUE(nonces.make({}, now, made));
    EXPECT_TRUE(make_cnonce(cnonce));
    no_random = true;
    EXPECT_FALSE(nonces.make({}, now, made));
    EXPECT_FALSE(make_cnonce(cnonce));
    EXPECT_FALSE(nonce_key::generate());
}

}  // namespace
}  // namespace authgrammar::verify
