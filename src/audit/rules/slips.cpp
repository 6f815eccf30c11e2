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
            const field_line& line = *r.lines()[i];
            const auto& slips = s.correction(line).slips;
            const auto found = std::find_if(slips.begin(), slips.end(), [&](const slip& each) {
                return std::find(ids.begin(), ids.end(), each.id) != ids.end();
            });
            if (found != slips.end()) out.add(s, line, *found);
        }
    }
}

}  // namespace

const finding_rule& scheme_missing() {
    static const finding_rule rule{"scheme-missing",
                                   severity::error,
                                   {"R7235-4.2-syntax", "R7235-4.4-syntax"},
                                   "RFC 9110, 11.4",
                                   "credentials without a scheme",
                                   "Credentials begin with the name of a scheme. Without it, the token itself is read "
                                   "as the name of an unknown scheme, and logs that show schemes show the token.",
                                   "Write the scheme and a space before the token. A 401 names the scheme in "
                                   "WWW-Authenticate, a 407 in Proxy-Authenticate.",
                                   [](const subject& s, report& out) { check(s, out, {"scheme-missing"}); }};
    return rule;
}

const finding_rule& misread_value() {
    static const finding_rule rule{
        "misread-value",
        severity::error,
        {},
        "RFC 9110, 11.2",
        "a value that does not say what was meant",
        "The value is valid, but recipients read something other than what the sender meant.",
        "Send the corrected value.",
        [](const subject& s, report& out) {
            check(s, out,
                  {"after-padding", "comma-missing", "list-for-one-value", "list-not-quoted", "placeholder",
                   "space-missing", "value-missing"});
        }};
    return rule;
}

const finding_rule& apostrophes_as_quotes() {
    static const finding_rule rule{"apostrophes-as-quotes",
                                   severity::warning,
                                   {},
                                   "RFC 9110, 5.6.4",
                                   "a value in apostrophes",
                                   "Apostrophes do not quote anything in HTTP. Recipients take them as part of the "
                                   "value: users see them in the name of the realm, and comparisons fail.",
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
        "Senders must not write it. Recipients have to skip it, but some do not, and miss the parameter.",
        "Write the name, \"=\" and the value without white space between them.",
        [](const subject& s, report& out) { check(s, out, {"space-around-equals"}); }};
    return rule;
}

}  // namespace authgrammar::audit::rules
