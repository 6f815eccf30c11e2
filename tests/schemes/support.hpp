#ifndef AUTHGRAMMAR_TESTS_SCHEMES_SUPPORT_HPP
#define AUTHGRAMMAR_TESTS_SCHEMES_SUPPORT_HPP

#include <authgrammar/parse.hpp>
#include <authgrammar/schemes/error.hpp>
#include <authgrammar/schemes/tolerance.hpp>
#include <authgrammar/writer.hpp>

#include <gtest/gtest.h>

#include "common/field_text.hpp"

#include <cstddef>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

namespace authgrammar::schemes {

inline std::ostream& operator<<(std::ostream& out, scheme_error_code code) { return out << name_of(code); }
inline std::ostream& operator<<(std::ostream& out, tolerance t) { return out << name_of(t); }

}  // namespace authgrammar::schemes

namespace authgrammar::schemes::test {

/// The octets that a text means.
inline std::string plain(const text& t) { return detail::unescaped(t); }
inline std::optional<std::string> plain(const std::optional<text>& t) {
    if (!t) return std::nullopt;
    return plain(*t);
}

/// The events of a value: many enough for each value of these tests.
class parsed {
public:
    /// What `read(credentials)` makes of the value of Authorization.
    template <typename Read>
    auto credentials_by(const field_value& value, Read read) {
        const result<credentials> made = parse_credentials(field::authorization, value, events_);
        if (!made) ADD_FAILURE() << "not in the grammar: " << value.line(0).substr(0, 200);
        return read(made ? *made : credentials(value, nothing, nothing + 3));
    }
    /// What `read(challenge)` makes of the first challenge of WWW-Authenticate.
    template <typename Read>
    auto challenge_by(const field_value& value, Read read) {
        const result<challenges> made = parse_challenges(field::www_authenticate, value, events_);
        if (!made) ADD_FAILURE() << "not in the grammar: " << value.line(0).substr(0, 200);
        return read(made ? *made->begin() : challenge(value, nothing, nothing + 3));
    }
    template <typename Read>
    auto info_by(const field_value& value, Read read) {
        const result<auth_params> made = parse_info(field::authentication_info, value, events_);
        if (!made) ADD_FAILURE() << "not in the grammar: " << value.line(0).substr(0, 200);
        return read(made ? *made : auth_params());
    }

private:
    static constexpr event nothing[3] = {{event_kind::challenge_begin, false, 0, 0},
                                         {event_kind::scheme, false, 0, 0},
                                         {event_kind::challenge_end, false, 0, 0}};
    std::vector<event> memory_ = std::vector<event>(40000);
    event_buffer events_{memory_.data(), memory_.size()};
};

/// What an error must say. `at` is the text in the value at which it is; empty: at its end.
struct refused {
    std::string value;
    scheme_error_code code;
    std::string at;
    std::string_view param = {};
    std::string_view requirement = {};
    tolerance permitted_by = tolerance::none;
};

/// Compares the error of `r` with what it must say. Nothing of the value may be in it.
template <typename T>
void expect_refused(const result<T, scheme_error>& r, const refused& expected) {
    SCOPED_TRACE(expected.value.substr(0, 200));
    ASSERT_FALSE(r.has_value());
    const scheme_error& e = r.error();
    EXPECT_EQ(e.code, expected.code);
    EXPECT_EQ(e.offset, expected.at.empty() ? expected.value.size() : expected.value.find(expected.at));
    EXPECT_EQ(e.param, expected.param);
    EXPECT_EQ(e.requirement, expected.requirement);
    EXPECT_EQ(e.permitted_by, expected.permitted_by);
    EXPECT_FALSE(e.expected.empty());
    EXPECT_FALSE(e.section.empty());
}

/// A writer's output as a string; empty if it refuses.
template <typename Write>
std::string written(Write write) {
    std::string out;
    const write_result r = write_to(out, write);
    if (!r) ADD_FAILURE() << "not written: " << static_cast<int>(r.code) << ' ' << r.rule;
    return out;
}

}  // namespace authgrammar::schemes::test

#endif
