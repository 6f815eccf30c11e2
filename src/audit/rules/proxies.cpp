#include "common/request_target.hpp"
#include "common/wording.hpp"
#include "rules/rules.hpp"

// Who is asked, a proxy or a server: CONNECT and what goes through its tunnel, 401 and 407, and whose fields are whose.

namespace authgrammar::audit::rules {

namespace {

using detail::words;

bool has_challenge(const field_reading* r) { return r != nullptr && r->valid() && !r->parts().empty(); }

void check_connect(const subject& s, report& out) {
    if (s.source.status != 401 || s.around.request == nullptr) return;
    if (!detail::asks_for_tunnel(s.around.request->method, s.around.request->target)) return;
    finding& f = out.add(s.source.start_line, field::www_authenticate, "this 401 answers CONNECT");
    f.related = {s.around.request->start_line};
    // A server that implements CONNECT itself may ask for its own credentials.
    if (has_challenge(reading_of(s.fields, field::www_authenticate))) f.level = severity::warning;
}

/// Whether the request of this response went to no proxy that its client chose: in a tunnel, or in origin form (RFC 9112,
/// 3.2.1). HTTP/2 and later have no forms to tell.
bool is_from_server(const subject& s) {
    if (s.around.request == nullptr) return false;
    const request_facts& request = *s.around.request;
    return s.around.in_tunnel || (request.target.substr(0, 1) == "/" && request.protocol.substr(0, 7) == "HTTP/1.");
}

void check_407_from_server(const subject& s, report& out) {
    if (s.source.status != 407 || !is_from_server(s)) return;
    if (s.around.in_tunnel) {
        out.add(s.source.start_line, field::proxy_authenticate,
                "this 407 comes through the tunnel, from the server at its end")
            .related = {s.around.request->start_line};
        return;
    }
    // A proxy that intercepts connections answers so; then what is said of the field still holds.
    finding& f = out.add(s.source.start_line, std::nullopt, "this 407 answers a request that was not sent to a proxy");
    f.level = severity::warning;
    f.related = {s.around.request->start_line};
}

// decides: R7235-4.4-consumed
void check_tunnel_credentials(const subject& s, report& out) {
    const field_reading* const r = reading_of(s.fields, field::proxy_authorization);
    if (!s.around.in_tunnel || s.source.start != start_kind::request || r == nullptr) return;
    finding& f = out.add(r->lines().front()->name_at, field::proxy_authorization,
                         s.around.leaked ? "the proxy's credentials go through the tunnel, to the server at its end"
                                         : "Proxy-Authorization goes through the tunnel, to the server at its end");
    if (s.around.leaked) {
        f.related = {s.around.leaked->earlier};
    } else {
        f.level = severity::warning;
    }
}

void check_direction(const subject& s, report& out) {
    if (s.source.start == start_kind::none) return;
    const bool request = s.source.start == start_kind::request;
    for (const field_reading& r : s.fields) {
        if ((kind_of(r.name()) == field_kind::credentials) == request) continue;
        finding& f = out.add(r.lines().front()->name_at, r.name(),
                             words(name_of(r.name()), " is in a ", request ? "request" : "response"));
        if (kind_of(r.name()) == field_kind::credentials) {
            f.section = r.name() == field::authorization ? "RFC 9110, 11.6.2" : "RFC 9110, 11.7.2";
            f.fix = "Remove the field. The response also shows the credentials to whoever reads it: change them.";
        }
    }
}

}  // namespace

// decides: R7235-2.1-407-challenge, S401-10
const finding_rule& connect_401() {
    static const finding_rule rule = [] {
        finding_rule r;
        r.id = "401-to-connect";
        r.level = severity::error;
        r.category = rule_category::exchange;
        r.requirements = {"R7235-2.1-407-challenge", "R9110-15.5.8-407", "S401-10"};
        r.section = "RFC 9110, 15.5.8";
        r.title = "a 401 in answer to CONNECT";
        r.explanation =
            "CONNECT is for the proxy: the server that it names has not been asked yet. A proxy that wants credentials "
            "sends 407 with Proxy-Authenticate. Clients wait for that and do not log in after a 401.";
        r.peers = "curl and browsers report that the tunnel failed, and do not offer the proxy's password.";
        r.fix =
            "Send 407 with Proxy-Authenticate. A 401 with WWW-Authenticate is right only if the server that answers is "
            "not a proxy.";
        r.varies = "A warning if the 401 has a challenge for the server: a server may implement CONNECT itself.";
        r.needs = "the request directly before the response";
        r.violating =
            "CONNECT www.example.com:443 HTTP/1.1\n"
            "Host: www.example.com:443\n"
            "\n"
            "HTTP/1.1 401 Unauthorized\n"
            "Content-Length: 0\n"
            "\n";
        r.conforming =
            "CONNECT www.example.com:443 HTTP/1.1\n"
            "Host: www.example.com:443\n"
            "\n"
            "HTTP/1.1 407 Proxy Authentication Required\n"
            "Proxy-Authenticate: Basic realm=\"office\"\n"
            "\n";
        r.check = check_connect;
        return r;
    }();
    return rule;
}

// decides: R9110-3.7-gateway
const finding_rule& status_407_from_server() {
    static const finding_rule rule = [] {
        finding_rule r;
        r.id = "407-from-server";
        r.level = severity::error;
        r.category = rule_category::exchange;
        r.requirements = {"R9110-3.7-gateway", "R9110-15.5.8-407"};
        r.section = "RFC 9110, 15.5.8";
        r.title = "a 407 from a server that is not a proxy";
        r.explanation =
            "407 is for a proxy that the client uses. To its clients a gateway (reverse proxy) is the origin server, "
            "as is the server at the end of a tunnel.";
        r.peers =
            "Some clients answer with the credentials of the proxy that they are configured for. Browsers report an "
            "unexpected proxy.";
        r.fix =
            "Send 401 with WWW-Authenticate. If a gateway got the 407 from behind, it has to log in there itself, or "
            "send 502.";
        r.varies =
            "A warning if the request was in origin form (RFC 9112, 3.2.1): proxies that intercept connections get "
            "those, too.";
        r.needs = "the request directly before the response; for a tunnel CONNECT and its 2xx";
        r.cwe = 522;
        r.violating =
            "CONNECT www.example.com:443 HTTP/1.1\n"
            "Host: www.example.com:443\n"
            "\n"
            "HTTP/1.1 200 OK\n"
            "\n"
            "GET / HTTP/1.1\n"
            "Host: www.example.com\n"
            "\n"
            "HTTP/1.1 407 Proxy Authentication Required\n"
            "Proxy-Authenticate: Basic realm=\"office\"\n"
            "\n";
        r.conforming =
            "CONNECT www.example.com:443 HTTP/1.1\n"
            "Host: www.example.com:443\n"
            "\n"
            "HTTP/1.1 200 OK\n"
            "\n"
            "GET / HTTP/1.1\n"
            "Host: www.example.com\n"
            "\n"
            "HTTP/1.1 401 Unauthorized\n"
            "WWW-Authenticate: Basic realm=\"files\"\n"
            "\n";
        r.check = check_407_from_server;
        return r;
    }();
    return rule;
}

const finding_rule& proxy_credentials_in_tunnel() {
    static const finding_rule rule = [] {
        finding_rule r;
        r.id = "proxy-credentials-in-tunnel";
        r.level = severity::error;
        r.category = rule_category::exchange;
        r.requirements = {"R7235-4.4-consumed"};
        r.section = "RFC 9110, 11.7.2";
        r.title = "Proxy-Authorization sent through a tunnel";
        r.explanation =
            "After a 2xx to CONNECT everything goes to the server at the end of the tunnel. The proxy does not see it, "
            "so the credentials are of no use there, and the server learns them.";
        r.peers = "The server ignores the field, and can log in to the proxy with it.";
        r.fix =
            "Send Proxy-Authorization with CONNECT only, and treat a 407 that comes through the tunnel as an error.";
        r.varies =
            "An error if the credentials are those that opened the tunnel, or answer a 407 that came through it; "
            "otherwise a warning.";
        r.needs = "CONNECT, its 2xx, and the requests after it";
        r.cwe = 522;
        r.violating =
            "CONNECT www.example.com:443 HTTP/1.1\n"
            "Host: www.example.com:443\n"
            "Proxy-Authorization: Basic dXNlcjpwYXNz\n"
            "\n"
            "HTTP/1.1 200 OK\n"
            "\n"
            "GET / HTTP/1.1\n"
            "Host: www.example.com\n"
            "Proxy-Authorization: Basic dXNlcjpwYXNz\n"
            "\n";
        r.conforming =
            "CONNECT www.example.com:443 HTTP/1.1\n"
            "Host: www.example.com:443\n"
            "Proxy-Authorization: Basic dXNlcjpwYXNz\n"
            "\n"
            "HTTP/1.1 200 OK\n"
            "\n"
            "GET / HTTP/1.1\n"
            "Host: www.example.com\n"
            "\n";
        r.check = check_tunnel_credentials;
        return r;
    }();
    return rule;
}

const finding_rule& field_in_wrong_direction() {
    static const finding_rule rule = [] {
        finding_rule r;
        r.id = "field-in-wrong-direction";
        r.level = severity::warning;
        r.category = rule_category::message;
        r.section = "RFC 9110, 11.6.1";
        r.title = "a field of responses in a request, or of requests in a response";
        r.explanation =
            "Authorization and Proxy-Authorization are fields of requests, the other four of responses. In a message "
            "of the other kind they mean nothing, and recipients ignore them.";
        r.peers =
            "Recipients ignore it. Credentials in a response are read by whoever the response is for, and by caches.";
        r.fix = "Remove the field. Credentials go into Authorization, challenges into WWW-Authenticate.";
        r.cwe = 201;
        r.violating =
            "HTTP/1.1 200 OK\n"
            "Authorization: Basic dXNlcjpwYXNz\n"
            "\n";
        r.conforming =
            "GET / HTTP/1.1\n"
            "Host: www.example.com\n"
            "Authorization: Basic dXNlcjpwYXNz\n"
            "\n";
        r.check = check_direction;
        return r;
    }();
    return rule;
}

}  // namespace authgrammar::audit::rules
