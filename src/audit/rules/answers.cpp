#include "common/wording.hpp"
#include "rules/rules.hpp"
#include "rules/scheme_parts.hpp"

// What a response does with the credentials of its request.

namespace authgrammar::audit::rules {

namespace {

using detail::words;

// decides: R7235-1.1-error-handling
void check_500(const subject& s, report& out) {
    if (s.source.status != 500 || !s.around.malformed || s.around.request == nullptr) return;
    out.add(s.source.start_line, std::nullopt, "this 500 answers credentials that cannot be read").related = {
        *s.around.malformed};
}

void check_shared_cache(const subject& s, report& out) {
    if (s.around.shared_cache.empty() || !is_success(s.source)) return;
    out.add(s.source.start_line, std::nullopt,
            words(s.around.shared_cache, " lets shared caches use this response for others"));
}

void check_after_success(const subject& s, report& out) {
    if (!is_success(s.source) || !s.around.tried) return;
    for_each_part(s, [&](const scheme_part& p) {
        if (p.in.name() != field::www_authenticate || p.part.token68() || !p.part.has_scheme(s.around.tried->name))
            return;
        out.add(p.scheme_at(), p.in.name(), "the credentials were accepted, and are asked for again").related = {
            s.around.tried->at};
    });
}

void check_info(const subject& s, report& out) {
    if (s.around.request == nullptr) return;
    for (const field_reading& r : s.fields) {
        if (kind_of(r.name()) != field_kind::info) continue;
        const bool server = r.name() == field::authentication_info;
        const bool sent = server ? s.around.request->authorization : s.around.request->proxy_authorization;
        const bool refused = s.source.status == (server ? 401 : 407);
        if (sent && !refused) continue;
        out.add(r.lines().front()->name_at, r.name(),
                words("the credentials of the request ", sent ? "were refused" : "are missing"));
    }
}

void check_left_out(const subject& s, report& out) {
    if (!s.around.credentials_left_out || s.around.request == nullptr) return;
    const linked_places& left = *s.around.credentials_left_out;
    out.add(left.at, left.about, "the request has no Proxy-Authorization; an earlier one had it and was let through")
        .related = {left.earlier, s.around.request->start_line};
}

}  // namespace

const finding_rule& server_error_to_credentials() {
    static const finding_rule rule = [] {
        finding_rule r;
        r.id = "server-error-to-credentials";
        r.level = severity::error;
        r.category = rule_category::exchange;
        r.requirements = {"R7235-1.1-error-handling"};
        r.section = "RFC 9110, 15.6.1";
        r.title = "a 500 in answer to malformed credentials";
        r.explanation =
            "The request has an Authorization that cannot be read, and the server fails instead of refusing it. Anyone "
            "can trigger it without a login.";
        r.peers =
            "Clients retry a 500, since it says that the server is at fault. An attacker learns where the code fails, "
            "and may stop the service.";
        r.fix = "Check the field before it is decoded, and answer 400 or 401.";
        r.needs = "the request directly before the response";
        r.cwe = 755;
        r.violating =
            "GET / HTTP/1.1\n"
            "Host: www.example.com\n"
            "Authorization: Basic dXNlcg\n"
            "\n"
            "HTTP/1.1 500 Internal Server Error\n"
            "\n";
        r.conforming =
            "GET / HTTP/1.1\n"
            "Host: www.example.com\n"
            "Authorization: Basic dXNlcg\n"
            "\n"
            "HTTP/1.1 401 Unauthorized\n"
            "WWW-Authenticate: Basic realm=\"files\"\n"
            "\n";
        r.check = check_500;
        return r;
    }();
    return rule;
}

const finding_rule& shared_cache() {
    static const finding_rule rule = [] {
        finding_rule r;
        r.id = "shared-cache-may-keep";
        r.level = severity::info;
        r.category = rule_category::exchange;
        r.requirements = {"R7235-4.2-shared-cache"};
        r.section = "RFC 9111, 3.5";
        r.title = "an answer to credentials that a shared cache may use for others";
        r.explanation =
            "A shared cache must not reuse an answer to Authorization, unless public, s-maxage or must-revalidate "
            "allows it. One of them is here.";
        r.peers = "Caches and CDNs keep the answer and give it to users who have not logged in.";
        r.fix =
            "If the answer is the same for everybody, nothing has to be done; else send Cache-Control: private or "
            "no-store.";
        r.needs = "the request";
        r.cwe = 524;
        r.violating =
            "GET / HTTP/1.1\n"
            "Host: www.example.com\n"
            "Authorization: Basic dXNlcjpwYXNz\n"
            "\n"
            "HTTP/1.1 200 OK\n"
            "Cache-Control: public, max-age=60\n"
            "\n";
        r.conforming =
            "GET / HTTP/1.1\n"
            "Host: www.example.com\n"
            "Authorization: Basic dXNlcjpwYXNz\n"
            "\n"
            "HTTP/1.1 200 OK\n"
            "Cache-Control: private, max-age=60\n"
            "\n";
        r.check = check_shared_cache;
        return r;
    }();
    return rule;
}

const finding_rule& challenge_after_success() {
    static const finding_rule rule = [] {
        finding_rule r;
        r.id = "challenge-after-success";
        r.level = severity::info;
        r.category = rule_category::exchange;
        r.requirements = {"R7235-4.1-elsewhere"};
        r.section = "RFC 9110, 11.6.1";
        r.title = "a challenge in the answer to credentials that were accepted";
        r.explanation =
            "Any response may have a challenge, to say that other credentials might change it. Here the client has "
            "just used that scheme, and nothing in the challenge is new to it.";
        r.peers = "Clients ignore it.";
        r.fix = "Leave it out, unless other credentials of this scheme would get another answer.";
        r.needs = "the request directly before the response";
        r.violating =
            "GET / HTTP/1.1\n"
            "Host: www.example.com\n"
            "Authorization: Basic dXNlcjpwYXNz\n"
            "\n"
            "HTTP/1.1 200 OK\n"
            "WWW-Authenticate: Basic realm=\"files\"\n"
            "\n";
        r.conforming =
            "GET / HTTP/1.1\n"
            "Host: www.example.com\n"
            "Authorization: Basic dXNlcjpwYXNz\n"
            "\n"
            "HTTP/1.1 200 OK\n"
            "Content-Length: 0\n"
            "\n";
        r.check = check_after_success;
        return r;
    }();
    return rule;
}

const finding_rule& info_without_success() {
    static const finding_rule rule = [] {
        finding_rule r;
        r.id = "info-without-success";
        r.level = severity::info;
        r.category = rule_category::exchange;
        r.requirements = {"R7615-3-info"};
        r.section = "RFC 9110, 11.6.3";
        r.title = "Authentication-Info without credentials that were accepted";
        r.explanation =
            "The field is about credentials that were accepted. Here the request had none, or they were refused.";
        r.peers = "Clients ignore it, or take a nextnonce from a server that did not know them.";
        r.fix = "Send the field with answers to accepted credentials only.";
        r.needs = "the request directly before the response";
        r.violating =
            "GET / HTTP/1.1\n"
            "Host: www.example.com\n"
            "\n"
            "HTTP/1.1 200 OK\n"
            "Authentication-Info: nextnonce=\"n2\"\n"
            "\n";
        r.conforming =
            "GET / HTTP/1.1\n"
            "Host: www.example.com\n"
            "\n"
            "HTTP/1.1 200 OK\n"
            "Content-Length: 0\n"
            "\n";
        r.check = check_info;
        return r;
    }();
    return rule;
}

const finding_rule& proxy_credentials_left_out() {
    static const finding_rule rule = [] {
        finding_rule r;
        r.id = "proxy-credentials-left-out";
        r.level = severity::warning;
        r.category = rule_category::exchange;
        r.requirements = {"R7235-4.3-next-hop"};
        r.section = "RFC 9110, 11.7.2";
        r.title = "a 407 to a request that lacks the credentials the proxy accepted before";
        r.explanation =
            "Each request to a proxy needs its Proxy-Authorization. An earlier request in this input had it and was "
            "accepted; this one lacks it.";
        r.peers =
            "The proxy asks again. Clients that set the field by hand, for the first request only, fail with the "
            "second, after a redirect for instance.";
        r.fix =
            "Give the credentials to the HTTP library as those of the proxy, so that it sends them with each request.";
        r.needs = "the earlier request with credentials";
        r.violating =
            "GET http://www.example.com/a HTTP/1.1\n"
            "Host: www.example.com\n"
            "Proxy-Authorization: Basic dXNlcjpwYXNz\n"
            "\n"
            "HTTP/1.1 200 OK\n"
            "Content-Length: 0\n"
            "\n"
            "GET http://www.example.com/b HTTP/1.1\n"
            "Host: www.example.com\n"
            "\n"
            "HTTP/1.1 407 Proxy Authentication Required\n"
            "Proxy-Authenticate: Basic realm=\"office\"\n"
            "\n";
        r.conforming =
            "GET http://www.example.com/a HTTP/1.1\n"
            "Host: www.example.com\n"
            "Proxy-Authorization: Basic dXNlcjpwYXNz\n"
            "\n"
            "HTTP/1.1 200 OK\n"
            "Content-Length: 0\n"
            "\n"
            "GET http://www.example.com/b HTTP/1.1\n"
            "Host: www.example.com\n"
            "Proxy-Authorization: Basic dXNlcjpwYXNz\n"
            "\n"
            "HTTP/1.1 200 OK\n"
            "Content-Length: 0\n"
            "\n";
        r.check = check_left_out;
        return r;
    }();
    return rule;
}

}  // namespace authgrammar::audit::rules
