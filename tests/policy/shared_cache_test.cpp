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
    EXPECT_FALSE(shared_cache_reuse(false, "s-maxage=\"60").must_validate_stale) << "it holds no number";
}

TEST(shared_cache, without_authorization_the_rule_says_nothing) {
    EXPECT_EQ(shared_cache_reuse(false, "").reuse, shared_reuse::unaffected);
    EXPECT_EQ(shared_cache_reuse(false, "public").reuse, shared_reuse::unaffected);
}

// All of the answer, for each directive that has a part in it.
TEST(shared_cache, every_member_of_every_answer) {
    struct row {
        std::string_view value;
        shared_reuse reuse;
        std::string_view directive;
        bool first;
        bool stale;
        std::string_view section;
        std::string_view words;
    };
    constexpr auto allowed = shared_reuse::allowed;
    constexpr auto forbidden = shared_reuse::forbidden;
    constexpr auto prohibited = shared_reuse::prohibited;
    constexpr std::string_view reuse_rule = "RFC 9111, 3.5";
    constexpr std::string_view by_directive = "A directive of the response lets";
    constexpr std::string_view nothing = "no directive of the response allows";
    const row rows[]{
        {"public", allowed, "public", false, false, reuse_rule, by_directive},
        {"s-maxage=9", allowed, "s-maxage", false, true, reuse_rule, by_directive},
        {"must-revalidate", allowed, "must-revalidate", false, true, reuse_rule, by_directive},
        {"must-revalidate, s-maxage=9, public", allowed, "public", false, true, reuse_rule, by_directive},
        {"must-revalidate, s-maxage=9", allowed, "s-maxage", false, true, reuse_rule, by_directive},
        {"public, no-cache", allowed, "public", true, false, reuse_rule, by_directive},
        {"public, no-cache=\"set-cookie\"", allowed, "public", true, false, reuse_rule, by_directive},
        {"must-revalidate=1", forbidden, "", false, true, reuse_rule, nothing},
        {"public, proxy-revalidate", allowed, "public", false, true, reuse_rule, by_directive},
        {"Proxy-Revalidate=x, public", allowed, "public", false, true, reuse_rule, by_directive},
        {"public, proxy-revalidate, no-cache", allowed, "public", true, true, reuse_rule, by_directive},
        {"proxy-revalidate", forbidden, "", false, true, reuse_rule, nothing},
        {"proxy-revalidate, max-age=9", forbidden, "", false, true, reuse_rule, nothing},
        {"public, proxy-revalidated, x-proxy-revalidate", allowed, "public", false, false, reuse_rule, by_directive},
        {"s-maxage=x, no-cache", forbidden, "", true, false, reuse_rule, nothing},
        {"s-maxage=x, must-revalidate", allowed, "must-revalidate", false, true, reuse_rule, by_directive},
        {"max-age=1", forbidden, "", false, false, reuse_rule, nothing},
        {"no-store", prohibited, "no-store", false, false, "RFC 9111, 3", "must not be stored"},
        {"NO-STORE=x", prohibited, "no-store", false, false, "RFC 9111, 3", "must not be stored"},
        {"private, public, must-revalidate, no-cache", prohibited, "private", true, true, "RFC 9111, 3",
         "must not be stored"},
        {"private, no-store", prohibited, "no-store", false, false, "RFC 9111, 3", "must not be stored"},
    };
    for (const row& r : rows) {
        const shared_reuse_answer a = shared_cache_reuse(true, r.value);
        EXPECT_EQ(a.reuse, r.reuse) << r.value;
        EXPECT_EQ(a.directive, r.directive) << r.value;
        EXPECT_EQ(a.must_validate_first, r.first) << r.value;
        EXPECT_EQ(a.must_validate_stale, r.stale) << r.value;
        EXPECT_EQ(a.requirement, "R7235-4.2-shared-cache") << r.value;
        EXPECT_EQ(a.section, r.section) << r.value;
        EXPECT_NE(a.text.find(r.words), std::string_view::npos) << r.value << ": " << a.text;
        const shared_reuse_answer b = shared_cache_reuse(false, r.value);
        const bool stored = r.reuse != prohibited;
        EXPECT_EQ(b.reuse, stored ? shared_reuse::unaffected : prohibited) << r.value;
        EXPECT_EQ(b.must_validate_first, r.first) << r.value;
        EXPECT_EQ(b.must_validate_stale, r.stale) << r.value;
        EXPECT_NE(b.text.find(stored ? "the usual rules" : r.words), std::string_view::npos) << r.value;
    }
}

// The argument of s-maxage is a number, as a token or as a quoted-string, and the same one each time.
TEST(shared_cache, s_maxage_is_a_number) {
    for (const std::string_view value :
         {"s-maxage=0", "s-maxage=9", "s-maxage=\"0123456789\"", "s-maxage=1,s-maxage=1", "s-maxage=1, s-maxage=\"1\"",
          "x, s-maxage=5", " s-maxage=5 ", "\ts-maxage=5\t"}) {
        EXPECT_EQ(reuse(value), shared_reuse::allowed) << value;
    }
    for (const std::string_view value :
         {"s-maxage=\"\"", "s-maxage=\"x\"", "s-maxage=6\"0\"", "s-maxage=\"6\"0", "s-maxage=\"\"60", "s-maxage=60\"\"",
          "s-maxage=/", "s-maxage=:", "s-maxage=1x", "s-maxage=x1", "s-maxage=1=2", "s-maxage= 1", "s-maxage =1",
          "smaxage=1", "s-maxage=1, s-maxage", "s-maxage, s-maxage=1", "s-maxage=1, s-maxage=2, s-maxage=1",
          "s-maxage=\"1\\\"\""}) {
        EXPECT_EQ(reuse(value), shared_reuse::forbidden) << value;
    }
}

// Where commas separate, and where they are part of a quoted-string.
TEST(shared_cache, directives_are_separated_by_commas) {
    for (const std::string_view value : {"x=\"\\\"\", public", "x=\"\\\\\", public", "x\\,public", "\"\",public",
                                         "a=\"b,c\" , public", "x,y,public,z"}) {
        EXPECT_EQ(reuse(value), shared_reuse::allowed) << value;
    }
    for (const std::string_view value : {"x=\"a\", \", public", "x=\"\\", "x=\"\\\", public", "public x", "x public",
                                         "\"public\"", "x=\"public,\"", "x=\"a, public", "public,x=\"open"}) {
        EXPECT_EQ(reuse(value), shared_reuse::forbidden) << value;
    }
    const std::string_view lines[]{"x=\"open", "public"};
    EXPECT_EQ(shared_cache_reuse(true, lines, 2).reuse, shared_reuse::forbidden)
        << "what is not closed may hide private";
    EXPECT_EQ(shared_cache_reuse(true, lines, 1).reuse, shared_reuse::forbidden);
}

TEST(shared_cache, names) {
    EXPECT_EQ(name_of(shared_reuse::unaffected), "unaffected");
    EXPECT_EQ(name_of(shared_reuse::forbidden), "forbidden");
    EXPECT_EQ(name_of(shared_reuse::prohibited), "prohibited");
    EXPECT_EQ(name_of(shared_reuse::allowed), "allowed");
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
