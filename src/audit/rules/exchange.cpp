#include <authgrammar/schemes/scheme.hpp>

#include "common/field_text.hpp"
#include "common/wording.hpp"
#include "rules/rules.hpp"

#include <algorithm>

namespace authgrammar::audit::rules {

namespace {

using detail::words;

/// Whether the credentials are of no use to whoever reads them: a proof made for one request or one connection.
bool is_proof(const challenge& credentials) {
    const schemes::scheme_description* scheme = schemes::find_scheme(detail::unescaped(credentials.scheme()));
    return scheme != nullptr && scheme->exposes == schemes::exposure::proof;
}

void check_login_page(const subject& s, report& out) {
    const bool challenged = std::any_of(s.fields.begin(), s.fields.end(),
                                        [](const field_reading& r) { return r.name() == field::www_authenticate; });
    if (s.source.status != 401 || !s.source.login_form || challenged) return;
    out.add(s.source.start_line, field::www_authenticate, "this 401 has no challenge, but a login form in its body");
}

void check_form_login(const subject& s, report& out) {
    if (s.source.status != 401 || !s.around.form_login) return;
    finding& f = out.add(s.source.start_line, field::www_authenticate,
                         "this 401 comes from a service that only has a login form, according to --form-login");
    const bool challenged = std::any_of(s.fields.begin(), s.fields.end(), [](const field_reading& r) {
        return r.name() == field::www_authenticate && r.valid() && !r.parts().empty();
    });
    if (challenged) f.level = severity::info;
}

void check_unsecured(const subject& s, report& out) {
    for (const field_reading& r : s.fields) {
        const bool server = r.name() == field::authorization;
        const std::optional<bool> secured = server ? s.around.server_secured : s.around.proxy_secured;
        if (kind_of(r.name()) != field_kind::credentials || r.parts().empty() || secured.value_or(true)) continue;
        const bool proof = is_proof(*r.parts().begin());
        finding& f = out.add(r.lines().front()->name_at, r.name(),
                             words("credentials are sent without TLS to the ", server ? "server" : "proxy",
                                   proof ? "; they are a proof for this request and reveal no secret" : ""));
        if (proof) f.level = severity::info;
    }
}

void add_linked(const linked_places& places, std::string text, report& out) {
    out.add(places.at, places.about, std::move(text)).related = {places.earlier};
}

void check_repeated_challenge(const subject& s, report& out) {
    if (!s.around.refusal) return;
    const linked_places& r = *s.around.refusal;
    const bool proxy = r.about == field::proxy_authenticate;
    finding& f =
        out.add(r.at, r.about,
                words("the ", proxy ? "proxy" : "server",
                      s.around.refused_by_same ? " sends the challenge that the credentials answered again"
                                               : " answers the credentials with a challenge for the same scheme"));
    f.related = {r.earlier};
    if (proxy) f.section = "RFC 9110, 15.5.8";
}

void check_sent_again(const subject& s, report& out) {
    if (!s.around.sent_again) return;
    add_linked(*s.around.sent_again, "these credentials were rejected for the same target before", out);
}

void check_carried_over(const subject& s, report& out) {
    if (!s.around.carried_over) return;
    add_linked(*s.around.carried_over,
               "these credentials of the same user were meant for the server that redirected here", out);
}

void check_realms(const subject& s, report& out) {
    for (const linked_places& r : s.around.other_realms) {
        add_linked(r, "a second realm on the same scheme, host and port", out);
    }
}

}  // namespace

// decides: S401-8
const finding_rule& login_page_as_401() {
    static const finding_rule rule = [] {
        finding_rule r;
        r.id = "login-page-as-401";
        r.level = severity::error;
        r.category = rule_category::exchange;
        r.requirements = {"S401-8", "R7235-2.1-401-challenge", "R9110-15.5.2-401", "R7235-2.1-other-mechanisms"};
        r.section = "RFC 9110, 15.5.2";
        r.title = "a login page sent as a 401 without a challenge";
        r.explanation =
            "A login form with a cookie is not an HTTP authentication scheme. There is no challenge for it, so 401 is "
            "the wrong status code. Browsers still show the page; other clients see a broken response.";
        r.peers =
            "Browsers show the form. Scripts, feed readers and API clients see a 401 that they cannot answer; fetch() "
            "fails without a way to log in.";
        r.fix = "Send the page with 403, or redirect to it with 302, 303 or 307.";
        r.needs = "the body, uncompressed, as HTML with a form that asks for a password";
        r.violating =
            "HTTP/1.1 401 Unauthorized\n"
            "Content-Type: text/html\n"
            "\n"
            "<form action=\"/login\"><input name=\"user\"><input type=\"password\" name=\"pw\"></form>\n";
        r.conforming =
            "HTTP/1.1 403 Forbidden\n"
            "Content-Type: text/html\n"
            "\n"
            "<form action=\"/login\"><input name=\"user\"><input type=\"password\" name=\"pw\"></form>\n";
        r.check = check_login_page;
        return r;
    }();
    return rule;
}

const finding_rule& form_login_401() {
    static const finding_rule rule = [] {
        finding_rule r;
        r.id = "401-from-form-login";
        r.level = severity::error;
        r.category = rule_category::exchange;
        r.requirements = {"S401-8", "R7235-2.1-other-mechanisms"};
        r.section = "RFC 9110, 15.5.2";
        r.title = "a 401 from a service that only has a login form";
        r.explanation =
            "A 401 promises that credentials in Authorization would help. With a form or cookie login none do. A 401 "
            "with a valid challenge is correct by RFC 9110, so that is only information; but a challenge made up to "
            "justify the status code names a scheme that no client can use.";
        r.peers =
            "Clients that take the challenge seriously ask their user for a password that no scheme will carry to the "
            "server.";
        r.fix = "Send 403, or redirect to the login page with 302, 303 or 307.";
        r.varies = "Only information if the 401 has a challenge that can be read.";
        r.needs = "`--form-login`, which says that the service only has a login form, and no HTTP authentication";
        r.options = "--form-login";
        r.violating =
            "HTTP/1.1 401 Unauthorized\n"
            "Content-Length: 0\n"
            "\n";
        r.conforming =
            "HTTP/1.1 303 See Other\n"
            "Location: /login\n"
            "\n";
        r.check = check_form_login;
        return r;
    }();
    return rule;
}

// decides: R7235-6.1-confidentiality
const finding_rule& credentials_unsecured() {
    static const finding_rule rule = [] {
        finding_rule r;
        r.id = "credentials-unsecured";
        r.level = severity::warning;
        r.category = rule_category::exchange;
        r.requirements = {"R7235-6.1-confidentiality", "R7235-6.1-server-secures"};
        r.section = "RFC 9110, 17.16.1";
        r.title = "credentials sent over an unencrypted connection";
        r.explanation =
            "HTTP authentication does not encrypt anything: anyone on the path can read the field. They can reuse a "
            "password or a token. A proof such as Digest's does not contain the password, but it shows the user name, "
            "and a weak password can be guessed from it offline, which is reported for information.";
        r.peers =
            "Clients send them without a warning; browsers mark the page as not secure at most. Anyone on the path can "
            "log in with them from then on.";
        r.fix = "Use https, and have the server reject or redirect http before it asks for credentials.";
        r.varies =
            "Only information if the credentials are a proof that others cannot use (Digest, Negotiate, NTLM, HOBA, "
            "SCRAM, Mutual, Concealed). Nothing is said of loopback, unless `--loopback` asks for it.";
        r.needs = "the scheme of the request's URL; for Proxy-Authorization, curl's notes";
        r.cwe = 319;
        r.violating =
            "GET http://www.example.com/ HTTP/1.1\n"
            "Host: www.example.com\n"
            "Authorization: Basic dXNlcjpwYXNz\n"
            "\n";
        r.conforming =
            "GET https://www.example.com/ HTTP/1.1\n"
            "Host: www.example.com\n"
            "Authorization: Basic dXNlcjpwYXNz\n"
            "\n";
        r.check = check_unsecured;
        return r;
    }();
    return rule;
}

const finding_rule& challenge_repeated() {
    static const finding_rule rule = [] {
        finding_rule r;
        r.id = "challenge-repeated";
        r.level = severity::info;
        r.category = rule_category::exchange;
        r.requirements = {"R7235-3.1-401-refused", "R7235-3.1-same-challenge"};
        r.section = "RFC 9110, 15.5.2";
        r.title = "a new challenge in answer to credentials";
        r.explanation =
            "The server rejects the credentials in the request. A client that has seen the same challenge before "
            "should show the response to its user, who may have other credentials; the same ones will be rejected "
            "again.";
        r.peers =
            "Browsers ask the user again; programs report that the login failed. One that retries by itself locks the "
            "account.";
        r.fix = "Check for a wrong user name or password, an expired token, or credentials for another realm.";
        r.needs = "the request with credentials, and the 401 or 407 directly after it";
        r.violating =
            "GET / HTTP/1.1\n"
            "Host: www.example.com\n"
            "Authorization: Basic dXNlcjpwYXNz\n"
            "\n"
            "HTTP/1.1 401 Unauthorized\n"
            "WWW-Authenticate: Basic realm=\"files\"\n"
            "\n";
        r.conforming =
            "GET / HTTP/1.1\n"
            "Host: www.example.com\n"
            "\n"
            "HTTP/1.1 401 Unauthorized\n"
            "WWW-Authenticate: Basic realm=\"files\"\n"
            "\n";
        r.check = check_repeated_challenge;
        return r;
    }();
    return rule;
}

const finding_rule& refused_credentials_again() {
    static const finding_rule rule = [] {
        finding_rule r;
        r.id = "refused-credentials-again";
        r.level = severity::warning;
        r.category = rule_category::exchange;
        r.requirements = {"R7235-3.1-same-challenge", "R7235-3.1-401-retry"};
        r.section = "RFC 9110, 15.5.2";
        r.title = "rejected credentials sent again";
        r.explanation =
            "After a 401 a client may repeat the request with new credentials. With the same ones it gets the same "
            "answer, and a client that keeps trying locks accounts or loops forever.";
        r.peers = "Servers that count failures block the user or the address.";
        r.fix = "Ask the user for other credentials, or show the response.";
        r.needs =
            "a request with credentials, the 401 or 407 to it, and a later request for the same target with no "
            "accepted request in between";
        r.cwe = 307;
        r.violating =
            "GET / HTTP/1.1\n"
            "Host: www.example.com\n"
            "Authorization: Basic dXNlcjpwYXNz\n"
            "\n"
            "HTTP/1.1 401 Unauthorized\n"
            "WWW-Authenticate: Basic realm=\"files\"\n"
            "\n"
            "GET / HTTP/1.1\n"
            "Host: www.example.com\n"
            "Authorization: Basic dXNlcjpwYXNz\n"
            "\n";
        r.conforming =
            "GET / HTTP/1.1\n"
            "Host: www.example.com\n"
            "Authorization: Basic dXNlcjpwYXNz\n"
            "\n"
            "HTTP/1.1 401 Unauthorized\n"
            "WWW-Authenticate: Basic realm=\"files\"\n"
            "\n"
            "GET / HTTP/1.1\n"
            "Host: www.example.com\n"
            "Authorization: Basic dXNlcjpvdGhlcg==\n"
            "\n";
        r.check = check_sent_again;
        return r;
    }();
    return rule;
}

const finding_rule& credentials_after_redirect() {
    static const finding_rule rule = [] {
        finding_rule r;
        r.id = "credentials-after-redirect";
        r.level = severity::error;
        r.category = rule_category::exchange;
        r.requirements = {"R7235-2.2-server-bound", "R7235-6.1-confidentiality"};
        r.section = "RFC 9110, 15.4";
        r.title = "credentials sent to another server after a redirect";
        r.explanation =
            "Credentials are meant for one server. If a client sends them on, anyone who can make that server "
            "redirect gets them, or at least the user's name.";
        r.peers =
            "Browsers and curl drop Authorization here, curl since 7.58 (CVE-2018-1000007); hand-written clients often "
            "keep it. The other server can then act as the user.";
        r.fix = "Drop Authorization from the redirected request unless scheme, host and port stay the same.";
        r.needs = "the request with credentials, the redirect with Location, and a request to the new location";
        r.cwe = 522;
        r.violating =
            "GET / HTTP/1.1\n"
            "Host: www.example.com\n"
            "Authorization: Basic dXNlcjpwYXNz\n"
            "\n"
            "HTTP/1.1 302 Found\n"
            "Location: http://other.example.net/\n"
            "\n"
            "GET / HTTP/1.1\n"
            "Host: other.example.net\n"
            "Authorization: Basic dXNlcjpwYXNz\n"
            "\n";
        r.conforming =
            "GET / HTTP/1.1\n"
            "Host: www.example.com\n"
            "Authorization: Basic dXNlcjpwYXNz\n"
            "\n"
            "HTTP/1.1 302 Found\n"
            "Location: http://other.example.net/\n"
            "\n"
            "GET / HTTP/1.1\n"
            "Host: other.example.net\n"
            "\n";
        r.check = check_carried_over;
        return r;
    }();
    return rule;
}

const finding_rule& several_realms() {
    static const finding_rule rule = [] {
        finding_rule r;
        r.id = "several-realms";
        r.level = severity::info;
        r.category = rule_category::exchange;
        r.requirements = {"R7235-6.3-shared-root", "R7235-2.2-protection-space"};
        r.section = "RFC 9110, 17.16.3";
        r.title = "several realms on one server";
        r.explanation =
            "Realms do not isolate resources from each other: any resource on the server can ask with its neighbour's "
            "realm, and clients then send the credentials for it. Realms do not separate parties that distrust each "
            "other.";
        r.peers =
            "Clients offer the password of a realm to whoever names it on this server. An application under another "
            "path can collect its neighbour's passwords.";
        r.fix =
            "Give each party its own host or port, or hide Authorization from its applications. If one party runs "
            "everything, ignore this.";
        r.needs = "two responses, and the server that sent each of them";
        r.violating =
            "GET /a/ HTTP/1.1\n"
            "Host: www.example.com\n"
            "\n"
            "HTTP/1.1 401 Unauthorized\n"
            "WWW-Authenticate: Basic realm=\"a\"\n"
            "\n"
            "GET /b/ HTTP/1.1\n"
            "Host: www.example.com\n"
            "\n"
            "HTTP/1.1 401 Unauthorized\n"
            "WWW-Authenticate: Basic realm=\"b\"\n"
            "\n";
        r.conforming =
            "GET / HTTP/1.1\n"
            "Host: a.example.com\n"
            "\n"
            "HTTP/1.1 401 Unauthorized\n"
            "WWW-Authenticate: Basic realm=\"a\"\n"
            "\n"
            "GET / HTTP/1.1\n"
            "Host: b.example.com\n"
            "\n"
            "HTTP/1.1 401 Unauthorized\n"
            "WWW-Authenticate: Basic realm=\"b\"\n"
            "\n";
        r.check = check_realms;
        return r;
    }();
    return rule;
}

}  // namespace authgrammar::audit::rules
