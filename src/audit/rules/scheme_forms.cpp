#include <authgrammar/audit/redaction.hpp>

#include "common/wording.hpp"
#include "rules/rules.hpp"
#include "rules/scheme_parts.hpp"

// What a challenge or credentials break of the table of schemes, whichever the scheme is.

namespace authgrammar::audit::rules {

namespace {

using detail::words;

std::string says_token68(const scheme_violation& v) {
    return words(v.scheme->name, " has parameters, and a single word follows it here");
}
std::string says_params(const scheme_violation& v) { return words("a single token has to follow ", v.scheme->name); }
std::string says_value(const scheme_violation& v) {
    using code = schemes::scheme_error_code;
    const bool whole = v.error.code == code::invalid_value || v.error.code == code::invalid_ext_value;
    return words(v.error.param.empty() ? v.scheme->name : v.error.param,
                 whole ? " has to be " : " is not base64: expected ",
                 v.error.expected.empty() ? "a value that the scheme defines" : v.error.expected);
}
std::string says_charset(const scheme_violation&) { return "charset is not UTF-8"; }
std::string says_bare(const scheme_violation& v) { return words(v.error.param, " is not quoted"); }
std::string says_quoted(const scheme_violation& v) { return words(v.error.param, " is quoted"); }
std::string says_undefined(const scheme_violation& v) {
    return words(v.scheme->name, " does not define this parameter");
}

void check_misspelt(const subject& s, report& out) {
    for_each_part(s, [&](const scheme_part& p) {
        if (p.scheme == nullptr) return;
        const field_kind kind = kind_of(p.in.name());
        for (const auth_param given : p.part.params()) {
            const auto* const near = near_parameter(*p.scheme, kind, given.name.raw());
            if (near == nullptr) continue;
            out.add(p.at(given.name), p.in.name(),
                    words("this parameter of ", p.scheme->name, " may be meant as ", near->name));
        }
    });
}

}  // namespace

const finding_rule& token68_for_parameters() {
    static const finding_rule rule = [] {
        finding_rule r;
        r.id = "token68-for-parameters";
        r.level = severity::error;
        r.category = rule_category::scheme;
        r.section = "RFC 9110, 11.2";
        r.title = "a token68 where the scheme has parameters";
        r.explanation =
            "The scheme defines parameters. What follows its name here is a single word, which the grammar allows as a "
            "token68 and the scheme does not.";
        r.peers = "Clients see a challenge without a realm or a nonce and skip it, or fail. Servers answer 400 or 401.";
        r.fix = "Send the parameters that the scheme defines, each as name=value.";
        r.violating =
            "HTTP/1.1 401 Unauthorized\n"
            "WWW-Authenticate: Basic files\n"
            "\n";
        r.conforming =
            "HTTP/1.1 401 Unauthorized\n"
            "WWW-Authenticate: Basic realm=\"files\"\n"
            "\n";
        r.check = [](const subject& s, report& out) {
            report_violations(s, out, "token68-for-parameters", says_token68);
        };
        return r;
    }();
    return rule;
}

const finding_rule& parameters_for_token68() {
    static const finding_rule rule = [] {
        finding_rule r;
        r.id = "parameters-for-token68";
        r.level = severity::error;
        r.category = rule_category::scheme;
        r.requirements = {"R7617-2-token68", "R6750-2.1-token"};
        r.section = "RFC 9110, 11.4";
        r.title = "parameters, or nothing, where the scheme has a token68";
        r.explanation =
            "Credentials of Basic, Bearer and others are the scheme, a space and one token. Parameters there, such as "
            "token=\"...\", are grammatical and mean nothing to the scheme.";
        r.peers = "Servers answer 400 or 401. Some libraries take the first parameter for the token.";
        r.fix = "Send the token by itself after the scheme and a space.";
        r.violating =
            "GET / HTTP/1.1\n"
            "Host: www.example.com\n"
            "Authorization: Bearer token=\"abc123\"\n"
            "\n";
        r.conforming =
            "GET / HTTP/1.1\n"
            "Host: www.example.com\n"
            "Authorization: Bearer abc123\n"
            "\n";
        r.check = [](const subject& s, report& out) {
            report_violations(s, out, "parameters-for-token68", says_params);
        };
        return r;
    }();
    return rule;
}

const finding_rule& param_missing() {
    static const finding_rule rule = [] {
        finding_rule r;
        r.id = "param-missing";
        r.level = severity::error;
        r.category = rule_category::scheme;
        r.section = "RFC 9110, 11.2";
        r.title = "a challenge or credentials without a parameter that the scheme requires";
        r.explanation = "The scheme does not work without this parameter.";
        r.peers = "Clients skip the challenge; servers refuse the credentials.";
        r.fix = "Send the parameter. authlint scheme NAME lists what the scheme requires.";
        r.violating =
            "HTTP/1.1 401 Unauthorized\n"
            "WWW-Authenticate: HOBA max-age=\"10\"\n"
            "\n";
        r.conforming =
            "HTTP/1.1 401 Unauthorized\n"
            "WWW-Authenticate: HOBA challenge=\"YWJj\", max-age=\"10\"\n"
            "\n";
        r.check = [](const subject& s, report& out) { report_missing(s, out, "param-missing"); };
        return r;
    }();
    return rule;
}

const finding_rule& param_value_invalid() {
    static const finding_rule rule = [] {
        finding_rule r;
        r.id = "param-value-invalid";
        r.level = severity::error;
        r.category = rule_category::scheme;
        r.requirements = {"R6750-3-scope",           "R6750-3-error",      "R6750-3-error-uri",    "R9470-3-max-age",
                          "R7616-3.3-domain-syntax", "R7616-3.3-userhash", "R8187-3.2.1-ext-value"};
        r.section = "RFC 9110, 11.2";
        r.title = "a parameter whose value the scheme does not allow";
        r.explanation =
            "The value is a token or a quoted-string, as the grammar wants, but not what the scheme defines for this "
            "parameter.";
        r.peers =
            "Strict clients and servers reject the whole challenge or the credentials, lenient ones drop the "
            "parameter, and some pass on what they should have refused.";
        r.fix =
            "Send a value of the kind that the finding names. authlint scheme NAME says what each parameter may hold.";
        r.cwe = 20;
        r.violating =
            "HTTP/1.1 401 Unauthorized\n"
            "WWW-Authenticate: Bearer scope=\"read  write\"\n"
            "\n";
        r.conforming =
            "HTTP/1.1 401 Unauthorized\n"
            "WWW-Authenticate: Bearer scope=\"read write\"\n"
            "\n";
        r.check = [](const subject& s, report& out) { report_violations(s, out, "param-value-invalid", says_value); };
        return r;
    }();
    return rule;
}

const finding_rule& unknown_charset() {
    static const finding_rule rule = [] {
        finding_rule r;
        r.id = "unknown-charset";
        r.level = severity::warning;
        r.category = rule_category::scheme;
        r.requirements = {"R7617-2.1-charset", "R7616-3.3-charset"};
        r.section = "RFC 7617, 2.1";
        r.title = "a charset other than UTF-8";
        r.explanation = "charset is defined with the one value UTF-8, for Basic and for Digest.";
        r.peers =
            "Clients ignore it and encode names and passwords as they please, so those with other letters than ASCII "
            "fail on some of them.";
        r.fix = "Send charset=\"UTF-8\" and decode the credentials as UTF-8, or leave charset out.";
        r.violating =
            "HTTP/1.1 401 Unauthorized\n"
            "WWW-Authenticate: Basic realm=\"files\", charset=\"ISO-8859-1\"\n"
            "\n";
        r.conforming =
            "HTTP/1.1 401 Unauthorized\n"
            "WWW-Authenticate: Basic realm=\"files\", charset=\"UTF-8\"\n"
            "\n";
        r.check = [](const subject& s, report& out) { report_violations(s, out, "unknown-charset", says_charset); };
        return r;
    }();
    return rule;
}

const finding_rule& param_not_quoted() {
    static const finding_rule rule = [] {
        finding_rule r;
        r.id = "param-not-quoted";
        r.level = severity::warning;
        r.category = rule_category::scheme;
        r.requirements = {"R7616-3.3-quoted", "R7616-3.4-quoted", "R7616-3.5-quoted"};
        r.section = "RFC 9110, 11.2";
        r.title = "an unquoted value where the scheme requires quotes";
        r.explanation =
            "The grammar allows a token or a quoted-string for every parameter, but this scheme requires one form, "
            "because old peers read no other.";
        r.peers = "Parsers made for this scheme look for the quote and miss the value.";
        r.fix = "Put the value in quotes.";
        r.violating =
            "HTTP/1.1 401 Unauthorized\n"
            "WWW-Authenticate: Digest realm=\"files\", nonce=n1, qop=\"auth\", algorithm=SHA-256\n"
            "\n";
        r.conforming =
            "HTTP/1.1 401 Unauthorized\n"
            "WWW-Authenticate: Digest realm=\"files\", nonce=\"n1\", qop=\"auth\", algorithm=SHA-256\n"
            "\n";
        r.check = [](const subject& s, report& out) { report_violations(s, out, "param-not-quoted", says_bare); };
        return r;
    }();
    return rule;
}

const finding_rule& param_quoted() {
    static const finding_rule rule = [] {
        finding_rule r;
        r.id = "param-quoted";
        r.level = severity::warning;
        r.category = rule_category::scheme;
        r.requirements = {"R7616-3.3-bare", "R7616-3.4-bare", "R7616-3.5-bare"};
        r.section = "RFC 9110, 11.2";
        r.title = "a quoted value where the scheme requires a token";
        r.explanation =
            "The grammar allows a token or a quoted-string for every parameter, but this scheme requires one form, "
            "because old peers read no other.";
        r.peers =
            "Parsers made for this scheme take the quotes as part of the value, and answer 400 or fall back to a "
            "default.";
        r.fix = "Write the value without quotes.";
        r.violating =
            "GET / HTTP/1.1\n"
            "Host: www.example.com\n"
            "Authorization: Digest username=\"user\", realm=\"files\", nonce=\"n1\", uri=\"/\", qop=auth, nc=00000001, "
            "cnonce=\"c1\", response=\"0123456789abcdef0123456789abcdef\", algorithm=\"MD5\"\n"
            "\n";
        r.conforming =
            "GET / HTTP/1.1\n"
            "Host: www.example.com\n"
            "Authorization: Digest username=\"user\", realm=\"files\", nonce=\"n1\", uri=\"/\", qop=auth, nc=00000001, "
            "cnonce=\"c1\", response=\"0123456789abcdef0123456789abcdef\", algorithm=MD5\n"
            "\n";
        r.check = [](const subject& s, report& out) { report_violations(s, out, "param-quoted", says_quoted); };
        return r;
    }();
    return rule;
}

const finding_rule& param_undefined() {
    static const finding_rule rule = [] {
        finding_rule r;
        r.id = "param-undefined";
        r.level = severity::info;
        r.category = rule_category::scheme;
        r.section = "RFC 9110, 11.2";
        r.title = "a parameter that the scheme does not define";
        r.explanation =
            "Recipients that do not know the parameter ignore it or reject the message: the specification of the "
            "scheme does not say which.";
        r.peers = "Only programs that know this parameter understand it.";
        r.fix = "If the meaning matters, put it in a parameter that the scheme defines, or in another field.";
        r.violating =
            "HTTP/1.1 401 Unauthorized\n"
            "WWW-Authenticate: Bearer realm=\"api\", authorization_uri=\"https://login.example.com/\"\n"
            "\n";
        r.conforming =
            "HTTP/1.1 401 Unauthorized\n"
            "WWW-Authenticate: Bearer realm=\"api\"\n"
            "\n";
        r.check = [](const subject& s, report& out) { report_violations(s, out, "param-undefined", says_undefined); };
        return r;
    }();
    return rule;
}

const finding_rule& param_misspelt() {
    static const finding_rule rule = [] {
        finding_rule r;
        r.id = "param-misspelt";
        r.level = severity::warning;
        r.category = rule_category::scheme;
        r.section = "RFC 9110, 11.2";
        r.title = "a parameter one letter away from one that the scheme defines";
        r.explanation =
            "The name is unknown to the scheme, and differs by one letter from a name that it knows. Recipients treat "
            "it as some other parameter.";
        r.peers = "They ignore it without a word; the value that was meant is missing.";
        r.fix = "Correct the name.";
        r.violating =
            "HTTP/1.1 401 Unauthorized\n"
            "WWW-Authenticate: Bearer realm=\"api\", eror=\"invalid_token\"\n"
            "\n";
        r.conforming =
            "HTTP/1.1 401 Unauthorized\n"
            "WWW-Authenticate: Bearer realm=\"api\", error=\"invalid_token\"\n"
            "\n";
        r.check = check_misspelt;
        return r;
    }();
    return rule;
}

}  // namespace authgrammar::audit::rules
