#ifndef AUTHGRAMMAR_TESTS_POLICY_STORE_FIXTURE_HPP
#define AUTHGRAMMAR_TESTS_POLICY_STORE_FIXTURE_HPP

#include <authgrammar/policy/credential_store.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <memory_resource>
#include <optional>
#include <string>
#include <string_view>

namespace authgrammar::policy::testing {

inline target_uri at(std::string_view uri) {
    const auto target = read_target_uri(uri);
    EXPECT_TRUE(target) << uri;
    return target.value_or(target_uri{});
}

/// Memory that looks at what is given back.
class watching_memory : public std::pmr::memory_resource {
public:
    std::size_t given_back = 0;
    std::size_t not_wiped = 0;
    std::size_t held = 0;

private:
    void* do_allocate(std::size_t bytes, std::size_t alignment) override {
        EXPECT_EQ(alignment, 1u) << "octets";
        EXPECT_NE(bytes, 0u) << "nothing to keep";
        held += bytes;
        return std::pmr::new_delete_resource()->allocate(bytes, alignment);
    }
    void do_deallocate(void* p, std::size_t bytes, std::size_t alignment) override {
        const char* const first = static_cast<const char*>(p);
        if (!std::all_of(first, first + bytes, [](char c) { return c == '\0'; })) ++not_wiped;
        EXPECT_EQ(alignment, 1u);
        ++given_back;
        held -= bytes;
        std::pmr::new_delete_resource()->deallocate(p, bytes, alignment);
    }
    bool do_is_equal(const memory_resource& other) const noexcept override { return this == &other; }
};

class credential_store_test : public ::testing::Test {
protected:
    std::chrono::steady_clock::time_point now{};
    watching_memory memory;
    store_limits limits;

    credential_store make() {
        return credential_store(
            limits, [this] { return now; }, &memory);
    }
    static accepted_credentials basic(std::string_view secret, std::string_view realm = "r") {
        accepted_credentials a;
        a.scheme = "Basic";
        a.realm = realm;
        a.secret = secret;
        return a;
    }
    static std::string offered(const std::optional<offered_credentials>& o) {
        return o ? std::string(o->secret) : "nothing";
    }
};

}  // namespace authgrammar::policy::testing

#endif
