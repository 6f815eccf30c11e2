// The names of the values of each enumeration: there is one for each, and it is no other's.

#include <authgrammar/verify/basic_server.hpp>
#include <authgrammar/verify/digest_server.hpp>

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace authgrammar::verify {
namespace {

/// How many values have a name of their own, from the value 0; `without` is the one that other numbers share.
template <typename Enum>
std::size_t named(Enum without) {
    std::set<std::string> names;
    std::size_t count = 0;
    for (unsigned i = 0; i != 256; ++i) {
        const auto value = static_cast<Enum>(i);
        const std::string name(name_of(value));
        EXPECT_FALSE(name.empty());
        EXPECT_EQ(name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_"), std::string::npos) << name;
        if (value != without && name == name_of(without)) continue;
        EXPECT_TRUE(names.insert(name).second) << name;
        ++count;
    }
    return count;
}

// How many there are: the last ones of the enumerations.
TEST(names, one_for_each_value) {
    EXPECT_EQ(named(verdict::refused), static_cast<std::size_t>(verdict::refused) + 1);
    EXPECT_EQ(named(precis_code::none), static_cast<std::size_t>(precis_code::buffer_full) + 1);
    EXPECT_EQ(named(nonce_verdict::unchecked), static_cast<std::size_t>(nonce_verdict::unchecked) + 1);
    EXPECT_EQ(named(replay_verdict::full), static_cast<std::size_t>(replay_verdict::full) + 1);
    EXPECT_EQ(named(verify_code::none), static_cast<std::size_t>(verify_code::a1_unfit) + 1);
    EXPECT_EQ(name_of(verdict::stale), "stale");
    EXPECT_EQ(name_of(precis_code::direction), "direction");
    EXPECT_EQ(name_of(nonce_verdict::from_the_future), "from_the_future");
    EXPECT_EQ(name_of(replay_verdict::forgotten), "forgotten");
}

TEST(names, one_explanation_for_each_code) {
    std::set<std::string> explanations;
    for (unsigned i = 0; i <= static_cast<unsigned>(verify_code::a1_unfit); ++i) {
        const std::string explanation(explain(static_cast<verify_code>(i)));
        EXPECT_TRUE(explanations.insert(explanation).second) << explanation;
        EXPECT_EQ(explanation.back(), '.');
    }
}

// What may throw would end the process from inside a function that is noexcept.
struct throwing_lookup {
    bool operator()(const user_query&, user_secret&) { return false; }
};
struct lookup {
    bool operator()(const user_query&, user_secret&) noexcept { return false; }
};
struct throwing_judge {
    bool operator()(std::string_view, std::string_view) { return false; }
};
struct judge {
    bool operator()(std::string_view, std::string_view) noexcept { return false; }
};
static_assert(std::is_constructible_v<user_lookup, lookup&> && !std::is_constructible_v<user_lookup, throwing_lookup&>);
static_assert(std::is_constructible_v<password_judge, judge&> &&
              !std::is_constructible_v<password_judge, throwing_judge&>);

}  // namespace
}  // namespace authgrammar::verify
