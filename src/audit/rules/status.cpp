#include "common/wording.hpp"
#include "rules/rules.hpp"

#include <algorithm>

namespace authgrammar::audit::rules {

namespace {

using detail::words;

bool has(const subject& s, field f) {
    return std::any_of(s.fields.begin(), s.fields.end(), [f](const field_reading& r) { return r.name() == f; });
}

void check_unchallenged(const subject& s, report& out, int status, field wanted) {
    if (s.source.status != status || has(s, wanted)) return;
    finding& f =
        out.add(s.source.start_line, wanted, words("this ", std::to_string(status), " has no ", name_of(wanted)));
    // Whose challenge is there says who asks.
    const field other = wanted == field::www_authenticate ? field::proxy_authenticate : field::www_authenticate;
    const auto found = std::find_if(s.fields.begin(), s.fields.end(), [other](const field_reading& r) {
        return r.name() == other && r.valid() && !r.parts().empty();
    });
    if (found == s.fields.end()) return;
    f.related = {found->lines().front()->name_at};
    f.fix = status == 401
                ? "There is a challenge in Proxy-Authenticate. If a proxy sent it, the status code has to be "
                  "407. If the server did, the field has to be WWW-Authenticate."
                : "There is a challenge in WWW-Authenticate. If the server sent it, the status code has to be "
                  "401. If a proxy did, the field has to be Proxy-Authenticate.";
}

void check_no_challenge(const subject& s, report& out) {
    for (const field_reading& r : s.fields) {
        if (kind_of(r.name()) != field_kind::challenges || !r.valid() || !r.events().empty()) continue;
        finding& f =
            out.add(r.lines().front()->name_at, r.name(), words(name_of(r.name()), " is empty: it has no challenge"));
        const bool www = r.name() == field::www_authenticate;
        if (www) {
            f.requirements = {"R7235-4.1-syntax", "R9110-11.6.1-www-authenticate"};
        } else {
            f.requirements = {"R7235-4.3-syntax", "R9110-11.7.1-proxy-authenticate"};
            f.section = "RFC 9110, 11.7.1";
        }
        if (www && s.source.status == 401) {
            f.level = severity::error;
            f.section = "RFC 9110, 15.5.2";
            f.requirements.insert(f.requirements.end(), {"R7235-2.1-401-challenge", "R9110-15.5.2-401"});
        } else if (!www && s.source.status == 407) {
            f.level = severity::error;
            f.section = "RFC 9110, 15.5.8";
            f.requirements.insert(f.requirements.end(), {"R7235-2.1-407-challenge", "R9110-15.5.8-407"});
        }
    }
}

}  // namespace

const finding_rule& unchallenged_401() {
    static const finding_rule rule = [] {
        finding_rule r;
        r.id = "401-without-www-authenticate";
        r.level = severity::error;
        r.category = rule_category::message;
        r.requirements = {"R7235-2.1-401-challenge", "R9110-15.5.2-401"};
        r.section = "RFC 9110, 15.5.2";
        r.title = "a 401 that does not say how to authenticate";
        r.explanation =
            "A 401 says that the request needs credentials, and WWW-Authenticate says which. Without it clients do not "
            "know what to send, and libraries may treat the response as broken.";
        r.peers =
            "Browsers show the body and ask for nothing. HTTP libraries give up, and some report a malformed response.";
        r.fix =
            "Send WWW-Authenticate with at least one challenge. If users can only log in with a form or a cookie, 401 "
            "is the wrong status code: send 403, or redirect to the login page.";
        r.violating =
            "HTTP/1.1 401 Unauthorized\n"
            "Content-Length: 0\n"
            "\n";
        r.conforming =
            "HTTP/1.1 401 Unauthorized\n"
            "WWW-Authenticate: Basic realm=\"files\"\n"
            "\n";
        r.check = [](const subject& s, report& out) { check_unchallenged(s, out, 401, field::www_authenticate); };
        return r;
    }();
    return rule;
}

const finding_rule& unchallenged_407() {
    static const finding_rule rule = [] {
        finding_rule r;
        r.id = "407-without-proxy-authenticate";
        r.level = severity::error;
        r.category = rule_category::message;
        r.requirements = {"R7235-2.1-407-challenge", "R9110-15.5.8-407", "R9110-11.7.1-proxy-authenticate"};
        r.section = "RFC 9110, 15.5.8";
        r.title = "a 407 that does not say how to authenticate";
        r.explanation =
            "A 407 says that the proxy needs credentials, and Proxy-Authenticate says which. Without it clients do not "
            "know what to send. WWW-Authenticate is no substitute.";
        r.peers = "Clients cannot log in to the proxy and report a failed connection.";
        r.fix = "Send Proxy-Authenticate with at least one challenge.";
        r.violating =
            "HTTP/1.1 407 Proxy Authentication Required\n"
            "Content-Length: 0\n"
            "\n";
        r.conforming =
            "HTTP/1.1 407 Proxy Authentication Required\n"
            "Proxy-Authenticate: Basic realm=\"office\"\n"
            "\n";
        r.check = [](const subject& s, report& out) { check_unchallenged(s, out, 407, field::proxy_authenticate); };
        return r;
    }();
    return rule;
}

const finding_rule& no_challenge() {
    static const finding_rule rule = [] {
        finding_rule r;
        r.id = "no-challenge";
        r.level = severity::warning;
        r.category = rule_category::message;
        r.requirements = {"R7235-4.1-syntax",
                          "R7235-4.3-syntax",
                          "R9110-11.6.1-www-authenticate",
                          "R9110-11.7.1-proxy-authenticate",
                          "R7235-2.1-401-challenge",
                          "R7235-2.1-407-challenge",
                          "R9110-15.5.2-401",
                          "R9110-15.5.8-407"};
        r.section = "RFC 7235, 4.1";
        r.title = "a challenge field without a challenge";
        r.explanation =
            "RFC 7235 requires at least one challenge. RFC 9110 allows an empty list, except in Proxy-Authenticate "
            "(11.7.1), but a 401 or 407 still needs a challenge, so an empty field is an error there and a warning "
            "elsewhere.";
        r.peers = "Clients treat the field as absent.";
        r.fix = "Add a challenge, or remove the field.";
        r.varies = "An error in a 401 (WWW-Authenticate) or a 407 (Proxy-Authenticate).";
        r.violating =
            "HTTP/1.1 200 OK\n"
            "WWW-Authenticate:\n"
            "\n";
        r.conforming =
            "HTTP/1.1 200 OK\n"
            "WWW-Authenticate: Negotiate\n"
            "\n";
        r.check = check_no_challenge;
        return r;
    }();
    return rule;
}

}  // namespace authgrammar::audit::rules
