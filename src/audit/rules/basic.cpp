#include "common/wording.hpp"
#include "rules/rules.hpp"
#include "rules/scheme_parts.hpp"
#include "values/basic_value.hpp"

// Basic (RFC 7617). What the credentials hold is decoded and never told.

namespace authgrammar::audit::rules {

namespace {

using code = schemes::scheme_error_code;

/// Reports Basic credentials whose token has an error that `is_of` takes.
template <typename IsOf>
void check_token(const subject& s, report& out, std::string_view text, IsOf&& is_of) {
    for_each_part(s, [&](const scheme_part& p) {
        if (p.is_challenge() || !p.is("Basic")) return;
        const auto fault = basic_fault(p.part);
        if (fault && is_of(fault->code)) out.add(p.at(*p.part.token68()), p.in.name(), std::string(text));
    });
}

void check_base64(const subject& s, report& out) {
    check_token(s, out, "the token is not base64",
                [](code c) { return c != code::missing_colon && c != code::control_character; });
}

void check_colon(const subject& s, report& out) {
    check_token(s, out, "the decoded token has no colon", [](code c) { return c == code::missing_colon; });
}

void check_control(const subject& s, report& out) {
    check_token(s, out, "the decoded token has a control character",
                [](code c) { return c == code::control_character; });
}

void check_characters(const subject& s, report& out) {
    if (!s.around.utf8_asked) return;
    for_each_part(s, [&](const scheme_part& p) {
        if (p.in.name() != field::authorization) return;
        const auto found = characters_of_basic(p.part);
        if (!found || (found->utf8 && found->composed)) return;
        out.add(p.at(*p.part.token68()), p.in.name(),
                found->utf8 ? "the decoded token is not in NFC" : "the decoded token is not UTF-8")
            .related = {*s.around.utf8_asked};
    });
}

}  // namespace

const finding_rule& basic_without_realm() {
    static const finding_rule rule = [] {
        finding_rule r;
        r.id = "basic-without-realm";
        r.level = severity::warning;
        r.category = rule_category::scheme;
        r.requirements = {"R7617-2-realm"};
        r.section = "RFC 7617, 2";
        r.title = "Basic without a realm";
        r.explanation =
            "A Basic challenge has to name its realm: realm and server together say which password is wanted.";
        r.peers = "Browsers ask anyway, and the user cannot see what the password is for.";
        r.fix = "Send Basic realm=\"...\".";
        r.violating =
            "HTTP/1.1 401 Unauthorized\n"
            "WWW-Authenticate: Basic\n"
            "\n";
        r.conforming =
            "HTTP/1.1 401 Unauthorized\n"
            "WWW-Authenticate: Basic realm=\"files\"\n"
            "\n";
        r.check = [](const subject& s, report& out) {
            report_violations(s, out, "basic-without-realm",
                              [](const scheme_violation&) { return std::string("Basic has no realm here"); });
        };
        return r;
    }();
    return rule;
}

const finding_rule& basic_not_base64() {
    static const finding_rule rule = [] {
        finding_rule r;
        r.id = "basic-not-base64";
        r.level = severity::error;
        r.category = rule_category::scheme;
        r.requirements = {"R7617-2-token68"};
        r.section = "RFC 7617, 2";
        r.title = "Basic credentials that are not base64";
        r.explanation =
            "The token is the base64 of RFC 4648, Section 4: A to Z, a to z, 0 to 9, + and /, padded with =. base64url "
            "and missing padding are something else.";
        r.peers =
            "Servers answer 401 or 400, some 500. Lenient decoders skip what they do not know and see another "
            "password.";
        r.fix = "Encode user-id, colon and password with standard base64 and its padding.";
        r.violating =
            "GET / HTTP/1.1\n"
            "Host: www.example.com\n"
            "Authorization: Basic dXNlcjpwYXNzdw\n"
            "\n";
        r.conforming =
            "GET / HTTP/1.1\n"
            "Host: www.example.com\n"
            "Authorization: Basic dXNlcjpwYXNzdw==\n"
            "\n";
        r.check = check_base64;
        return r;
    }();
    return rule;
}

const finding_rule& basic_without_colon() {
    static const finding_rule rule = [] {
        finding_rule r;
        r.id = "basic-without-colon";
        r.level = severity::error;
        r.category = rule_category::scheme;
        r.requirements = {"R7617-2-colon"};
        r.section = "RFC 7617, 2";
        r.title = "Basic credentials without a colon";
        r.explanation =
            "The decoded text is user-id, colon, password. Without a colon nobody can tell one from the other.";
        r.peers =
            "Servers answer 401; some take all of it as the user-id with an empty password, and some crash with 500.";
        r.fix =
            "Encode user-id, colon and password together. If an API key is the user-id and there is no password, "
            "encode the "
            "key followed by a colon.";
        r.violating =
            "GET / HTTP/1.1\n"
            "Host: www.example.com\n"
            "Authorization: Basic dXNlcg==\n"
            "\n";
        r.conforming =
            "GET / HTTP/1.1\n"
            "Host: www.example.com\n"
            "Authorization: Basic dXNlcjo=\n"
            "\n";
        r.check = check_colon;
        return r;
    }();
    return rule;
}

const finding_rule& basic_control() {
    static const finding_rule rule = [] {
        finding_rule r;
        r.id = "basic-control-character";
        r.level = severity::error;
        r.category = rule_category::scheme;
        r.requirements = {"R7617-2-no-controls"};
        r.section = "RFC 7617, 2";
        r.title = "a control character in Basic credentials";
        r.explanation =
            "User-id and password have no control characters. Most often it is the line end that echo or an editor put "
            "behind the password.";
        r.peers =
            "Servers compare octet by octet and refuse the password. In a log or in LDAP, a NUL or a line end can hide "
            "what follows.";
        r.fix = "Leave the line end out: printf '%s' user:password | base64, not echo.";
        r.cwe = 158;
        r.violating =
            "GET / HTTP/1.1\n"
            "Host: www.example.com\n"
            "Authorization: Basic dXNlcjpwYXNzCg==\n"
            "\n";
        r.conforming =
            "GET / HTTP/1.1\n"
            "Host: www.example.com\n"
            "Authorization: Basic dXNlcjpwYXNz\n"
            "\n";
        r.check = check_control;
        return r;
    }();
    return rule;
}

const finding_rule& basic_charset() {
    static const finding_rule rule = [] {
        finding_rule r;
        r.id = "basic-not-utf8";
        r.level = severity::warning;
        r.category = rule_category::exchange;
        r.requirements = {"R7617-2.1-charset"};
        r.section = "RFC 7617, 2.1";
        r.title = "Basic credentials that are not in UTF-8 and NFC, where the server asked for it";
        r.explanation =
            "With charset=\"UTF-8\" the server expects user-id and password in UTF-8, in Normalization Form C. In "
            "another encoding the same letters are other octets.";
        r.peers =
            "The server compares octets, so the right password is refused. It depends on the client: curl sends what "
            "the terminal gave it.";
        r.fix = "Convert to NFC and UTF-8 before encoding in base64.";
        r.needs =
            "the challenge with charset=\"UTF-8\". NFC is checked up to 1024 characters, and only if authlint is built "
            "with "
            "the verify library";
        r.violating =
            "GET / HTTP/1.1\n"
            "Host: www.example.com\n"
            "\n"
            "HTTP/1.1 401 Unauthorized\n"
            "WWW-Authenticate: Basic realm=\"files\", charset=\"UTF-8\"\n"
            "\n"
            "GET / HTTP/1.1\n"
            "Host: www.example.com\n"
            "Authorization: Basic dXNlcjpw5HNz\n"
            "\n";
        r.conforming =
            "GET / HTTP/1.1\n"
            "Host: www.example.com\n"
            "\n"
            "HTTP/1.1 401 Unauthorized\n"
            "WWW-Authenticate: Basic realm=\"files\", charset=\"UTF-8\"\n"
            "\n"
            "GET / HTTP/1.1\n"
            "Host: www.example.com\n"
            "Authorization: Basic dXNlcjpww6Rzcw==\n"
            "\n";
        r.check = check_characters;
        return r;
    }();
    return rule;
}

}  // namespace authgrammar::audit::rules
