#include "rules/rules.hpp"

#include <algorithm>
#include <initializer_list>

namespace authgrammar::audit::rules {

namespace {

/// The first slip of each line that a recipient accepts, of those with one of these ids.
void check(const subject& s, report& out, std::initializer_list<std::string_view> ids) {
    for (const field_reading& r : s.fields) {
        for (std::size_t i = 0; i < r.lines().size(); ++i) {
            if (r.line_error(i).code != error_code::none) continue;
            const auto& slips = s.correction(r, i).slips;
            const auto found = std::find_if(slips.begin(), slips.end(), [&](const slip& each) {
                return std::find(ids.begin(), ids.end(), each.id) != ids.end();
            });
            if (found != slips.end()) out.add(s, r, i, *found);
        }
    }
}

}  // namespace

const finding_rule& scheme_missing() {
    static const finding_rule rule{
        "scheme-missing",
        severity::error,
        {"R7235-4.2-syntax", "R7235-4.4-syntax"},
        "RFC 9110, 11.4",
        "credentials without a scheme",
        "Credentials begin with the name of a scheme. Without it the token itself is read as the name of a scheme that "
        "no server knows, and logs that show schemes show the token.",
        "Write the scheme and a space before the token: the one that WWW-Authenticate of the 401 names, or "
        "Proxy-Authenticate of the 407.",
        [](const subject& s, report& out) { check(s, out, {"scheme-missing"}); }};
    return rule;
}

const finding_rule& misread_value() {
    static const finding_rule rule{
        "misread-value",
        severity::error,
        {},
        "RFC 9110, 11.2",
        "a value that is read as something else than was meant",
        "The grammar accepts the value, but recipients do not find in it what the sender put there.",
        "Send the corrected value.",
        [](const subject& s, report& out) {
            check(s, out, {"after-padding", "list-for-one-value", "list-not-quoted", "value-missing"});
        }};
    return rule;
}

const finding_rule& apostrophes_as_quotes() {
    static const finding_rule rule{
        "apostrophes-as-quotes",
        severity::warning,
        {},
        "RFC 9110, 5.6.4",
        "a value in apostrophes",
        "An apostrophe is a character like any other in a token. Recipients take both for part of the value: users see "
        "them in the name of the realm, and comparisons fail.",
        "Write \" on both sides.",
        [](const subject& s, report& out) { check(s, out, {"apostrophes-as-quotes"}); }};
    return rule;
}

const finding_rule& space_around_equals() {
    static const finding_rule rule{
        "space-around-equals",
        severity::warning,
        {},
        "RFC 9110, 5.6.3",
        "white space around \"=\"",
        "A sender must not write it. A recipient has to read over it, but some do not and miss the parameter.",
        "Write the name, \"=\" and the value without white space between them.",
        [](const subject& s, report& out) { check(s, out, {"space-around-equals"}); }};
    return rule;
}

}  // namespace authgrammar::audit::rules
