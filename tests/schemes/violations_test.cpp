// All that a message breaks of a description: for_each_violation() beside the readers, which stop at the first.

#include <authgrammar/schemes/scheme_message.hpp>
#include <authgrammar/schemes/violations.hpp>

#include "support.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace authgrammar::schemes::test {
namespace {

struct violation {
    scheme_error_code code;
    std::size_t offset;
    std::string_view param;
};
bool operator==(const violation& a, const violation& b) {
    return a.code == b.code && a.offset == b.offset && a.param == b.param;
}
std::ostream& operator<<(std::ostream& out, const violation& v) { return out << v.code << ' ' << v.offset << v.param; }

using code = scheme_error_code;

/// In a message of that kind, by offset.
std::vector<violation> violations_in(const scheme_description& s, field_kind kind, std::string_view value) {
    std::vector<violation> found;
    const violation_sink keep{
        [](void* to, const scheme_error& e) noexcept {
            auto& kept = *static_cast<std::vector<violation>*>(to);
            kept.insert(std::upper_bound(kept.begin(), kept.end(), e.offset,
                                         [](std::size_t at, const violation& v) { return at < v.offset; }),
                        {e.code, e.offset, e.param});
            EXPECT_FALSE(e.section.empty() || e.expected.empty()) << e.code;
        },
        &found};
    const auto expect_true_to_say_that_there_are_none = [&found](bool nothing_to_remark_on, std::size_t before) {
        EXPECT_TRUE(!nothing_to_remark_on || found.size() == before);
    };
    inline_event_buffer<64> events;
    if (kind == field_kind::challenges) {
        const auto read = parse_challenges(field::www_authenticate, value, events);
        EXPECT_TRUE(read.has_value()) << value;
        if (read) {
            for (const challenge c : *read) {
                const std::size_t before = found.size();
                expect_true_to_say_that_there_are_none(for_each_violation(s, kind, c, keep), before);
            }
        }
    } else if (kind == field_kind::credentials) {
        const auto read = parse_credentials(field::authorization, value, events);
        EXPECT_TRUE(read.has_value()) << value;
        if (read) expect_true_to_say_that_there_are_none(for_each_violation(s, kind, *read, keep), 0);
    } else {
        const auto read = parse_info(field::authentication_info, value, events);
        EXPECT_TRUE(read.has_value()) << value;
        if (read) expect_true_to_say_that_there_are_none(for_each_violation(s, *read, keep), 0);
    }
    return found;
}

using violations = std::vector<violation>;

const scheme_description& scheme(std::string_view name) { return *find_scheme(name); }

bool nothing_to_remark_on(const scheme_description& s, std::string_view credentials) {
    inline_event_buffer<64> events;
    const auto read = parse_credentials(field::authorization, credentials, events);
    EXPECT_TRUE(read.has_value()) << credentials;
    return read && for_each_violation(s, field_kind::credentials, *read, {});
}

TEST(Violations, AreNotLookedForWhereThereIsNothingToRemarkOn) {
    EXPECT_TRUE(nothing_to_remark_on(scheme("Basic"), "Basic dXNlcjpwYXNz"));
    EXPECT_TRUE(nothing_to_remark_on(
        scheme("Digest"),
        R"(Digest username="u", realm="r", nonce="n", uri="/", qop=auth, nc=00000001, cnonce="c", response=")" +
            std::string(32, 'a') + '"'));
    // No violation, but a parameter that the scheme does not have.
    EXPECT_FALSE(nothing_to_remark_on(
        scheme("Digest"),
        R"(Digest username="u", realm="r", nonce="n", uri="/", qop=auth, nc=00000001, cnonce="c", x=1, response=")" +
            std::string(32, 'a') + '"'));
    EXPECT_FALSE(nothing_to_remark_on(scheme("Basic"), "Bearer dXNlcjpwYXNz"));
    EXPECT_FALSE(nothing_to_remark_on(scheme("Digest"), "Digest dXNlcjpwYXNz"));
}

/// What is reported of a challenge, in order, and what the call returns. `rows` null: the overload without them.
std::pair<bool, std::vector<violation>> reports_of(const scheme_description& s, const challenge& c,
                                                   const row_list<const parameter_description*>* rows) {
    std::vector<violation> found;
    const violation_sink keep{[](void* to, const scheme_error& e) noexcept {
                                  static_cast<std::vector<violation>*>(to)->push_back({e.code, e.offset, e.param});
                              },
                              &found};
    constexpr field_kind kind = field_kind::challenges;
    const bool nothing =
        rows == nullptr ? for_each_violation(s, kind, c, keep) : for_each_violation(s, kind, c, *rows, keep);
    return {nothing, found};
}

TEST(Violations, AreTheSameForACallerThatHasTheRows) {
    std::string many = "Digest realm=\"r\", nonce=\"n\"";
    for (int i = 0; i < 40; ++i) many += ", x" + std::to_string(i) + "=1";
    std::size_t kept = 0;
    std::size_t refused = 0;
    for (const std::string& value :
         {std::string("Basic"), std::string(R"(Basic realm="r")"), std::string(R"(Basic REALM="r", charset="UTF-8")"),
          std::string("Basic realm=r"), std::string("Basic charset=x"), std::string("Negotiate YQ=="),
          std::string(R"(Digest realm="r", nonce="n", qop="auth", algorithm=MD5)"),
          std::string(R"(Digest realm="r", nonce=n, nonce="m", qop="auth")"),
          std::string(R"(Bearer realm="r", error=invalid_token, foo=bar)"), many}) {
        inline_event_buffer<128> events;
        const auto read = parse_challenges(field::www_authenticate, value, events);
        ASSERT_TRUE(read.has_value()) << value;
        const challenge c = *read->begin();
        for (const scheme_description& s : all_schemes()) {
            std::vector<const parameter_description*> found;
            for (const auth_param p : c.params()) {
                found.push_back(find_parameter(s, field_kind::challenges, p.name.raw()));
            }
            const auto expected = reports_of(s, c, nullptr);
            ++(expected.first ? kept : refused);
            const row_list<const parameter_description*> rows(found.data(), found.size());
            EXPECT_EQ(reports_of(s, c, &rows), expected) << value << " as " << s.name;
            found.push_back(nullptr);
            for (const std::size_t wrong : {std::size_t{0}, found.size()}) {
                const row_list<const parameter_description*> others(found.data(), wrong);
                EXPECT_EQ(reports_of(s, c, &others).second, expected.second) << value << " with " << wrong << " rows";
            }
        }
    }
    EXPECT_GE(kept, 4U);
    EXPECT_GE(refused, 100U);
}

TEST(Violations, AreAllFoundInOneMessage) {
    EXPECT_EQ(violations_in(scheme("Digest"), field_kind::credentials,
                            R"(Digest username=Mufasa, realm=r, nonce="n", uri="/a b", response="xy", qop="auth", )"
                            R"(nc=1, nc=00000001, opaque="", new=1)"),
              (violations{{code::value_not_quoted, 16, "username"},
                          {code::value_not_quoted, 30, "realm"},
                          {code::invalid_value, 51, "uri"},
                          {code::invalid_value, 66, "response"},
                          {code::value_quoted, 75, "qop"},
                          {code::invalid_value, 87, "nc"},
                          {code::repeated_param, 89, "nc"},
                          {code::unexpected_param, 113, ""},
                          {code::missing_param, 118, "cnonce"}}));
}

TEST(Violations, AreNoneInTheSamplesOfTheTable) {
    std::size_t samples = 0;
    for (const scheme_description& s : all_schemes()) {
        for (const sample& each : s.samples) {
            constexpr field fields[]{field::www_authenticate, field::authorization, field::authentication_info};
            inline_event_buffer<64> events;
            if (!parse(fields[static_cast<int>(each.kind)], each.value, sink_for(events))) continue;
            ++samples;
            EXPECT_EQ(violations_in(s, each.kind, each.value), violations{}) << s.name << ": " << each.value;
        }
    }
    EXPECT_GE(samples, 20U);
}

TEST(Violations, OfAnotherSchemeOrFormAreNotLookedInto) {
    EXPECT_EQ(violations_in(scheme("Digest"), field_kind::challenges, "Basic a=1, a=2"),
              (violations{{code::other_scheme, 0, ""}}));
    EXPECT_EQ(violations_in(scheme("Digest"), field_kind::challenges, "Digest YQ=="),
              (violations{{code::unexpected_token68, 7, ""}}));
    EXPECT_EQ(violations_in(scheme("Concealed"), field_kind::challenges, "Concealed"),
              (violations{{code::undefined_message, 0, ""}}));
    EXPECT_EQ(violations_in(scheme("Basic"), field_kind::info, "a=1"), (violations{{code::undefined_message, 0, ""}}));
    EXPECT_EQ(violations_in(scheme("Basic"), field_kind::credentials, "Basic YQ=="), violations{});
}

// Advice on the form is none of the rules, and unknown parameters break none where recipients ignore them.
TEST(Violations, AreOfRulesOnly) {
    EXPECT_EQ(violations_in(scheme("Mutual"), field_kind::info, R"(version="1", sid="0a", vks=x, more=1)"),
              violations{});
    EXPECT_EQ(violations_in(scheme("OAuth"), field_kind::challenges, "OAuth realm=x, more=1"),
              (violations{{code::value_not_quoted, 12, "realm"}, {code::unexpected_param, 15, ""}}));
}

// A description may say that realm is required and have no row for it.
TEST(Violations, RealmIsRequiredByTheDescription) {
    parameter_description row;
    row.name = "a";
    row.in_challenge = presence::optional;
    scheme_description s;
    s.name = "Mine";
    s.reference = "none";
    s.challenge.params = true;
    s.realm = realm_rule::required;
    s.unknown_params = unknown_rule::ignored;
    s.params = {&row, 1};
    EXPECT_EQ(violations_in(s, field_kind::challenges, "Mine a=1"), (violations{{code::missing_param, 8, "realm"}}));
    EXPECT_EQ(violations_in(s, field_kind::challenges, "Mine a=1, REALM=\"x\""), violations{});
}

}  // namespace
}  // namespace authgrammar::schemes::test
