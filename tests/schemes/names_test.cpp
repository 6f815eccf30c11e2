// Each code and each tolerance has a name and an explanation of its own.

#include "support.hpp"

#include <set>

namespace authgrammar::schemes::test {
namespace {

TEST(Names, OfErrors) {
    std::set<std::string_view> names;
    std::set<std::string_view> explanations;
    for (int i = 1; i < 256; ++i) {
        const auto code = static_cast<scheme_error_code>(i);
        if (name_of(code) == "none") continue;
        EXPECT_TRUE(names.insert(name_of(code)).second) << i;
        EXPECT_TRUE(explanations.insert(explain(code)).second) << i;
        EXPECT_EQ(explain(code).back(), '.');
    }
    EXPECT_EQ(names.size(), 23U);
    EXPECT_EQ(name_of(scheme_error_code::none), "none");
    EXPECT_EQ(name_of(scheme_error_code::missing_param), "missing_param");
    EXPECT_EQ(static_cast<int>(scheme_error_code::two_usernames), 64);
}

TEST(Names, OfTolerances) {
    std::set<std::string_view> names;
    std::set<std::string_view> explanations;
    tolerances sum;
    for (const tolerance t : all_tolerances) {
        EXPECT_TRUE(names.insert(name_of(t)).second);
        EXPECT_TRUE(explanations.insert(explain(t)).second);
        EXPECT_EQ(tolerance_from_name(name_of(t)), t);
        EXPECT_FALSE(sum.has(t));
        sum |= t;
        EXPECT_TRUE(sum.has(t));
    }
    EXPECT_EQ(sum, tolerances::all());
    EXPECT_EQ(names.count("none"), 0U);
    EXPECT_FALSE(tolerance_from_name("none").has_value());
    EXPECT_FALSE(tolerance_from_name("").has_value());
    EXPECT_FALSE(tolerance_from_name("base64").has_value());
    EXPECT_TRUE(tolerances(tolerance::none).empty());
    EXPECT_FALSE(tolerances().has(tolerance::none));
    EXPECT_TRUE(tolerances() != tolerances::all());
}

}  // namespace
}  // namespace authgrammar::schemes::test
