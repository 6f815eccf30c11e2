#include <authgrammar/schemes/scheme.hpp>

#include "common/field_text.hpp"
#include "common/request_target.hpp"
#include "common/wording.hpp"
#include "rules/rules.hpp"

#include <algorithm>

// What a server asks for, beside what the request had and how it came.

namespace authgrammar::audit::rules {

namespace {

using detail::words;

/// "xBasic" for Basic: a server that accepts the scheme, and names it so that browsers do not ask their user.
bool is_disguise(std::string_view offered, std::string_view scheme) {
    return schemes::find_scheme(offered) == nullptr && offered.find(scheme) != std::string_view::npos;
}

/// Whether the challenges offer the scheme, whose name is in lower case.
bool is_offered(const field_reading& r, std::string_view scheme) {
    const challenges offered = r.parts();
    return std::any_of(offered.begin(), offered.end(), [scheme](const challenge& c) {
        const std::string name = detail::lower(detail::unescaped(c.scheme()));
        return name == scheme || is_disguise(name, scheme);
    });
}

// decides: R7235-2.1-select-strongest
void check_offered(const subject& s, report& out) {
    const bool proxy = s.source.status == 407;
    if (!proxy && s.source.status != 401) return;
    const std::optional<tried_scheme>& tried = proxy ? s.around.proxy_tried : s.around.tried;
    if (!tried) return;
    for (const field_reading& r : s.fields) {
        if (r.name() != (proxy ? field::proxy_authenticate : field::www_authenticate)) continue;
        if (!r.valid() || r.parts().empty() || is_offered(r, detail::lower(tried->name))) continue;
        finding& f =
            out.add(r.lines().front()->name_at, r.name(),
                    words("the ", proxy ? "proxy" : "server", " does not offer the scheme of the credentials"));
        f.related = {tried->at};
    }
}

/// Whether a challenge for the scheme asks for something that is of use to whoever reads the answer.
bool asks_for_secret(const challenge& c) {
    const schemes::scheme_description* const scheme = schemes::find_scheme(detail::unescaped(c.scheme()));
    return scheme != nullptr &&
           (scheme->exposes == schemes::exposure::password || scheme->exposes == schemes::exposure::token);
}

// decides: R7235-6.1-server-secures
void check_challenge_secured(const subject& s, report& out) {
    for (const field_reading& r : s.fields) {
        const bool server = r.name() == field::www_authenticate && s.source.status == 401;
        const bool proxy = r.name() == field::proxy_authenticate && s.source.status == 407;
        const std::optional<bool> secured = server  ? s.around.server_secured
                                            : proxy ? s.around.proxy_secured
                                                    : std::nullopt;
        if (secured.value_or(true)) continue;
        for (const challenge& c : r.parts()) {
            if (!asks_for_secret(c)) continue;
            const text name = c.scheme();
            out.add(r.source(name.begin(), name.end()), r.name(),
                    words("the ", server ? "server" : "proxy", " asks for a password or token without TLS"));
        }
    }
}

void check_403(const subject& s, report& out) {
    if (s.source.status != 403 || s.around.request == nullptr) return;
    const request_facts& request = *s.around.request;
    // A cookie may be a login; CONNECT is for a proxy.
    if (request.authorization || request.cookie || request.preflight) return;
    if (request.method.empty() || detail::asks_for_tunnel(request.method, request.target)) return;
    finding& f =
        out.add(s.source.start_line, field::www_authenticate, "this 403 answers a request without credentials");
    f.related = {request.start_line};
    if (!s.around.accepted_before) return;
    f.level = severity::warning;
    f.text = "this 403 answers a request without credentials, and the same target was given to one with credentials";
    f.related.push_back(*s.around.accepted_before);
}

void check_preflight(const subject& s, report& out) {
    if (s.source.status != 401 || s.around.request == nullptr || !s.around.request->preflight) return;
    finding& f = out.add(s.source.start_line, field::www_authenticate, "this 401 answers a CORS preflight");
    f.related = {s.around.request->start_line};
}

}  // namespace

const finding_rule& scheme_not_offered() {
    static const finding_rule rule = [] {
        finding_rule r;
        r.id = "scheme-not-offered";
        r.level = severity::warning;
        r.category = rule_category::exchange;
        r.requirements = {"R7235-2.1-no-or-bad-credentials", "R7235-2.1-no-or-bad-proxy-credentials",
                          "R7235-2.1-select-strongest"};
        r.section = "RFC 9110, 11.4";
        r.title = "credentials for a scheme that is not offered";
        r.explanation =
            "The challenges name the schemes that the server accepts here. No password or token helps with another "
            "scheme.";
        r.peers = "The server refuses the request.";
        r.fix =
            "Choose one of the schemes in the challenges. If the server is meant to accept the other one, add its "
            "challenge.";
        r.needs = "the request directly before the response";
        r.violating =
            "GET / HTTP/1.1\n"
            "Host: www.example.com\n"
            "Authorization: Basic dXNlcjpwYXNz\n"
            "\n"
            "HTTP/1.1 401 Unauthorized\n"
            "WWW-Authenticate: Bearer realm=\"api\"\n"
            "\n";
        r.conforming =
            "GET / HTTP/1.1\n"
            "Host: www.example.com\n"
            "Authorization: Basic dXNlcjpwYXNz\n"
            "\n"
            "HTTP/1.1 401 Unauthorized\n"
            "WWW-Authenticate: Bearer realm=\"api\", Basic realm=\"api\"\n"
            "\n";
        r.check = check_offered;
        return r;
    }();
    return rule;
}

const finding_rule& challenge_unsecured() {
    static const finding_rule rule = [] {
        finding_rule r;
        r.id = "challenge-unsecured";
        r.level = severity::warning;
        r.category = rule_category::exchange;
        r.requirements = {"R7235-6.1-server-secures", "R7235-6.1-confidentiality"};
        r.section = "RFC 9110, 17.16.1";
        r.title = "a challenge for a password or token on an unencrypted connection";
        r.explanation =
            "Basic sends the password itself, and Bearer sends a token that anyone who has it can use. Whoever is on "
            "the path reads them, and can also change the challenges, so that clients choose Basic where Digest was "
            "offered.";
        r.peers = "Browsers and libraries answer the challenge as they would over TLS.";
        r.fix = "Redirect http to https, or answer it with 403, before the client is asked for credentials.";
        r.varies = "Nothing is said of loopback, unless `--loopback` asks for it.";
        r.needs = "the scheme of the request's URL; for Proxy-Authenticate, curl's notes";
        r.cwe = 319;
        r.violating =
            "GET http://www.example.com/ HTTP/1.1\n"
            "Host: www.example.com\n"
            "\n"
            "HTTP/1.1 401 Unauthorized\n"
            "WWW-Authenticate: Basic realm=\"files\"\n"
            "\n";
        r.conforming =
            "GET https://www.example.com/ HTTP/1.1\n"
            "Host: www.example.com\n"
            "\n"
            "HTTP/1.1 401 Unauthorized\n"
            "WWW-Authenticate: Basic realm=\"files\"\n"
            "\n";
        r.check = check_challenge_secured;
        return r;
    }();
    return rule;
}

// decides: R9110-15.5.4-403, S401-1
const finding_rule& forbidden_without_credentials() {
    static const finding_rule rule = [] {
        finding_rule r;
        r.id = "403-without-credentials";
        r.level = severity::info;
        r.category = rule_category::exchange;
        r.requirements = {"R9110-15.5.4-403", "R7235-2.1-no-or-bad-credentials", "S401-1"};
        r.section = "RFC 9110, 15.5.4";
        r.title = "a 403 to a request without credentials";
        r.explanation =
            "If credentials in Authorization would help, the answer is 401 with a challenge: clients do not log in "
            "after a 403. If none would, 403 is right.";
        r.peers = "Browsers show the page and do not ask for a password. Libraries with a password do not try it.";
        r.fix = "If the service accepts credentials in Authorization, send 401 with WWW-Authenticate.";
        r.varies = "A warning if an earlier request for the same target was accepted with credentials.";
        r.needs = "the request directly before the response";
        r.violating =
            "GET / HTTP/1.1\n"
            "Host: www.example.com\n"
            "\n"
            "HTTP/1.1 403 Forbidden\n"
            "Content-Length: 0\n"
            "\n";
        r.conforming =
            "GET / HTTP/1.1\n"
            "Host: www.example.com\n"
            "Authorization: Basic dXNlcjpwYXNz\n"
            "\n"
            "HTTP/1.1 403 Forbidden\n"
            "Content-Length: 0\n"
            "\n";
        r.check = check_403;
        return r;
    }();
    return rule;
}

const finding_rule& preflight_401() {
    static const finding_rule rule = [] {
        finding_rule r;
        r.id = "401-to-preflight";
        r.level = severity::warning;
        r.category = rule_category::practice;
        r.section = "Fetch Standard, CORS-preflight fetch";
        r.title = "a 401 in answer to a CORS preflight";
        r.explanation =
            "Browsers send the preflight without credentials, always. It succeeds with a status code from 200 to 299 "
            "only, so after a 401 the browser never sends the actual request, which would carry credentials.";
        r.peers = "Browsers report a CORS error to the script, and never send the request with the credentials.";
        r.fix =
            "If an OPTIONS request has Access-Control-Request-Method, answer it before you check credentials: 204 and "
            "the Access-Control-Allow fields.";
        r.needs = "the request directly before the response";
        r.violating =
            "OPTIONS /api HTTP/1.1\n"
            "Host: api.example.com\n"
            "Origin: https://app.example.com\n"
            "Access-Control-Request-Method: GET\n"
            "\n"
            "HTTP/1.1 401 Unauthorized\n"
            "WWW-Authenticate: Bearer realm=\"api\"\n"
            "\n";
        r.conforming =
            "OPTIONS /api HTTP/1.1\n"
            "Host: api.example.com\n"
            "Origin: https://app.example.com\n"
            "Access-Control-Request-Method: GET\n"
            "\n"
            "HTTP/1.1 204 No Content\n"
            "Access-Control-Allow-Origin: https://app.example.com\n"
            "\n";
        r.check = check_preflight;
        return r;
    }();
    return rule;
}

}  // namespace authgrammar::audit::rules
