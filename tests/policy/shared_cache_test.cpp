#include <authgrammar/policy/shared_cache.hpp>

#include <gtest/gtest.h>

namespace authgrammar::policy {
namespace {

shared_reuse reuse(std::string_view cache_control) { return shared_cache_reuse(true, cache_control).reuse; }

// shows: R7235-4.2-shared-cache conforming
TEST(shared_cache, three_directives_allow) {
    for (const std::string_view allowing : {"public", "PUBLIC", "max-age=5, public", "must-revalidate", "s-maxage=60",
                                            "S-MaxAge=\"60\"", "x=\"a, b\", public", ",, public ,", "s-maxage=0"}) {
        EXPECT_EQ(reuse(allowing), shared_reuse::allowed) << allowing;
    }
    const auto answer = shared_cache_reuse(true, "must-revalidate, no-cache");
    EXPECT_EQ(answer.directive, "must-revalidate");
    EXPECT_TRUE(answer.must_validate_first);
    EXPECT_TRUE(answer.must_validate_stale);
    EXPECT_FALSE(shared_cache_reuse(true, "public").must_validate_stale);
    EXPECT_TRUE(shared_cache_reuse(true, "s-maxage=9").must_validate_stale);
}

// shows: R7235-4.2-shared-cache violating
// shows: R7235-5.1.2-private conforming
TEST(shared_cache, nothing_else_does) {
    for (const std::string_view other :
         {"", "max-age=60", "proxy-revalidate", "immutable", "no-cache", "publicity", "x-public", "public=1",
          "s-maxage", "s-maxage=", "s-maxage=x", "s-maxage=-1", "s-maxage=1, s-maxage=2", "x=\"public", "x=\", public",
          "x=\"\\\", public\"", "s-maxage=\"60"}) {
        EXPECT_EQ(reuse(other), shared_reuse::forbidden) << other;
    }
}

// shows: R7235-5.1.2-private violating
TEST(shared_cache, private_and_no_store_forbid_outright) {
    EXPECT_EQ(reuse("public, private"), shared_reuse::prohibited);
    EXPECT_EQ(reuse("public, private=\"set-cookie\""), shared_reuse::prohibited) << "with field names, too";
    EXPECT_EQ(reuse("no-store, s-maxage=60"), shared_reuse::prohibited);
    EXPECT_EQ(shared_cache_reuse(false, "private").reuse, shared_reuse::prohibited);
}

// A quoted-string that is not closed may hide what forbids the reuse, so nothing allows it; and what it breaks off is
// still read for what it forbids.
TEST(shared_cache, a_list_that_breaks_off_allows_nothing) {
    EXPECT_EQ(reuse("public, x=\", private"), shared_reuse::forbidden);
    EXPECT_EQ(reuse("s-maxage=60, x=\"\\\""), shared_reuse::forbidden);
    EXPECT_EQ(reuse("public, private=\"set-cookie"), shared_reuse::prohibited);
    EXPECT_EQ(reuse("public, no-store=\", x"), shared_reuse::prohibited);
    EXPECT_TRUE(shared_cache_reuse(true, "no-cache=\"a, b").must_validate_first);
    const std::string_view lines[]{"public", "x=\"a"};
    EXPECT_EQ(shared_cache_reuse(true, lines, 2).reuse, shared_reuse::forbidden);
    const std::string_view next[]{"x=\"a", "private"};
    EXPECT_EQ(shared_cache_reuse(true, next, 2).reuse, shared_reuse::prohibited) << "a line is a list of its own";
    EXPECT_EQ(shared_cache_reuse(false, "x=\"a").reuse, shared_reuse::unaffected);
}

TEST(shared_cache, without_authorization_the_rule_says_nothing) {
    EXPECT_EQ(shared_cache_reuse(false, "").reuse, shared_reuse::unaffected);
    EXPECT_EQ(shared_cache_reuse(false, "public").reuse, shared_reuse::unaffected);
}

TEST(shared_cache, lines_are_one_list) {
    const std::string_view lines[]{"max-age=5", "public"};
    EXPECT_EQ(shared_cache_reuse(true, lines, 2).reuse, shared_reuse::allowed);
    const std::string_view split[]{"s-maxage=1", "s-maxage=2"};
    EXPECT_EQ(shared_cache_reuse(true, split, 2).reuse, shared_reuse::forbidden);
    EXPECT_EQ(shared_cache_reuse(true, nullptr, 0).reuse, shared_reuse::forbidden);
}

}  // namespace
}  // namespace authgrammar::policy
