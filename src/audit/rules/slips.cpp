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
    static const finding_rule rule = [] {
        finding_rule r;
        r.id = "scheme-missing";
        r.level = severity::error;
        r.category = rule_category::grammar;
        r.requirements = {"R7235-4.2-syntax", "R7235-4.4-syntax"};
        r.section = "RFC 9110, 11.4";
        r.title = "credentials without a scheme";
        r.explanation =
            "Credentials begin with the name of a scheme. Without it, the token itself is read as the name of an "
            "unknown scheme, and logs that show schemes show the token.";
        r.peers = "Servers answer 400 or 401. Access logs that record the scheme record the token.";
        r.fix =
            "Write the scheme and a space before the token. A 401 names the scheme in WWW-Authenticate, a 407 in "
            "Proxy-Authenticate.";
        r.cwe = 532;
        r.violating =
            "GET / HTTP/1.1\n"
            "Host: www.example.com\n"
            "Authorization: eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.c2ln\n"
            "\n";
        r.conforming =
            "GET / HTTP/1.1\n"
            "Host: www.example.com\n"
            "Authorization: Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.c2ln\n"
            "\n";
        r.check = [](const subject& s, report& out) { check(s, out, {"scheme-missing"}); };
        return r;
    }();
    return rule;
}

const finding_rule& misread_value() {
    static const finding_rule rule = [] {
        finding_rule r;
        r.id = "misread-value";
        r.level = severity::error;
        r.category = rule_category::grammar;
        r.section = "RFC 9110, 11.2";
        r.title = "a value that does not say what was meant";
        r.explanation = "The value is valid, but recipients read something other than what the sender meant.";
        r.peers =
            "Nothing fails at once: clients see another parameter, another scheme or no value, and the login fails "
            "later.";
        r.fix = "Send the corrected value.";
        r.violating =
            "HTTP/1.1 401 Unauthorized\n"
            "WWW-Authenticate: Digest realm=\"files\", nonce=\"n1\", qop=auth,auth-int\n"
            "\n";
        r.conforming =
            "HTTP/1.1 401 Unauthorized\n"
            "WWW-Authenticate: Digest realm=\"files\", nonce=\"n1\", qop=\"auth,auth-int\"\n"
            "\n";
        r.check = [](const subject& s, report& out) {
            check(s, out,
                  {"after-padding", "comma-missing", "list-for-one-value", "list-not-quoted", "placeholder",
                   "space-missing", "value-missing"});
        };
        return r;
    }();
    return rule;
}

const finding_rule& apostrophes_as_quotes() {
    static const finding_rule rule = [] {
        finding_rule r;
        r.id = "apostrophes-as-quotes";
        r.level = severity::warning;
        r.category = rule_category::grammar;
        r.section = "RFC 9110, 5.6.4";
        r.title = "a value in apostrophes";
        r.explanation =
            "Apostrophes do not quote anything in HTTP. Recipients take them as part of the value: users see them in "
            "the name of the realm, and comparisons fail.";
        r.peers = "Browsers show the apostrophes in their dialogue. A Digest client hashes them as part of the realm.";
        r.fix = "Write \" on both sides.";
        r.violating =
            "HTTP/1.1 401 Unauthorized\n"
            "WWW-Authenticate: Basic realm='files'\n"
            "\n";
        r.conforming =
            "HTTP/1.1 401 Unauthorized\n"
            "WWW-Authenticate: Basic realm=\"files\"\n"
            "\n";
        r.check = [](const subject& s, report& out) { check(s, out, {"apostrophes-as-quotes"}); };
        return r;
    }();
    return rule;
}

const finding_rule& space_around_equals() {
    static const finding_rule rule = [] {
        finding_rule r;
        r.id = "space-around-equals";
        r.level = severity::warning;
        r.category = rule_category::grammar;
        r.section = "RFC 9110, 5.6.3";
        r.title = "white space around \"=\"";
        r.explanation =
            "Senders must not write it. Recipients have to skip it, but some do not, and miss the parameter.";
        r.peers =
            "Parsers that look for `name=` miss the parameter, and with it the realm, the nonce or the metadata URL.";
        r.fix = "Write the name, \"=\" and the value without white space between them.";
        r.violating =
            "HTTP/1.1 401 Unauthorized\n"
            "WWW-Authenticate: Basic realm = \"files\"\n"
            "\n";
        r.conforming =
            "HTTP/1.1 401 Unauthorized\n"
            "WWW-Authenticate: Basic realm=\"files\"\n"
            "\n";
        r.check = [](const subject& s, report& out) { check(s, out, {"space-around-equals"}); };
        return r;
    }();
    return rule;
}

}  // namespace authgrammar::audit::rules
