#include <authgrammar/schemes/scheme.hpp>

#include "common/field_text.hpp"
#include "common/wording.hpp"
#include "rules/rules.hpp"
#include "values/line_name.hpp"

// Schemes that authenticate a connection: what happens to it.

namespace authgrammar::audit::rules {

namespace {

using detail::words;

const schemes::scheme_description* connection_scheme(const challenge& c) {
    const schemes::scheme_description* const scheme = schemes::find_scheme(detail::unescaped(c.scheme()));
    return scheme != nullptr && scheme->state == schemes::state_rule::connection ? scheme : nullptr;
}

/// The round that a 401 or 407 asks for, on a connection that ends here.
void check_closed(const subject& s, report& out) {
    if (s.source.status != 401 && s.source.status != 407) return;
    const bool by_request = s.around.request != nullptr && s.around.request->closes;
    if (!closes(s.source) && !by_request) return;
    for (const field_reading& r : s.fields) {
        if (r.name() != (s.source.status == 401 ? field::www_authenticate : field::proxy_authenticate)) continue;
        for (const challenge& c : r.parts()) {
            const schemes::scheme_description* const scheme = connection_scheme(c);
            if (scheme == nullptr || !c.token68()) continue;
            const text name = c.scheme();
            out.add(r.source(name.begin(), name.end()), r.name(),
                    words(scheme->name, " goes on with a further round, but the connection ends here"));
        }
    }
}

bool is_multiplexed(const message& m) {
    return m.protocol == "HTTP/2" || m.protocol == "HTTP/2.0" || m.protocol == "HTTP/3";
}

void check_multiplexed(const subject& s, report& out) {
    if (!is_multiplexed(s.source)) return;
    for (const field_reading& r : s.fields) {
        if (kind_of(r.name()) == field_kind::info) continue;
        const bool offers = kind_of(r.name()) == field_kind::challenges;
        for (const challenge& c : r.parts()) {
            const schemes::scheme_description* const scheme = connection_scheme(c);
            if (scheme == nullptr) continue;
            const text name = c.scheme();
            finding& f =
                out.add(r.source(name.begin(), name.end()), r.name(),
                        words(scheme->name, offers ? " is offered over " : " is used over ", s.source.protocol));
            // Clients that know go back to HTTP/1.1.
            if (offers && !c.token68()) f.level = severity::info;
        }
    }
}

}  // namespace

// decides: R7235-5.1.2-stateless
const finding_rule& connection_scheme_closed() {
    static const finding_rule rule = [] {
        finding_rule r;
        r.id = "handshake-on-closed-connection";
        r.level = severity::warning;
        r.category = rule_category::exchange;
        r.requirements = {"R7235-5.1.2-stateless"};
        r.section = "RFC 9112, 9.6";
        r.title = "a handshake on a connection that is closed";
        r.explanation =
            "Negotiate and NTLM authenticate the connection, so the next round has to use the same one. With "
            "Connection: close, or HTTP/1.0 without keep-alive, the handshake cannot finish.";
        r.peers = "Clients start again on a new connection until they give up.";
        r.fix = "Keep the connection open until the handshake is complete. Check the proxies in between, too.";
        r.violating =
            "HTTP/1.1 401 Unauthorized\n"
            "WWW-Authenticate: Negotiate oYG2MIGzoAMKAQE=\n"
            "Connection: close\n"
            "\n";
        r.conforming =
            "HTTP/1.1 401 Unauthorized\n"
            "WWW-Authenticate: Negotiate oYG2MIGzoAMKAQE=\n"
            "Connection: keep-alive\n"
            "\n";
        r.check = check_closed;
        return r;
    }();
    return rule;
}

const finding_rule& connection_scheme_multiplexed() {
    static const finding_rule rule = [] {
        finding_rule r;
        r.id = "handshake-over-http2";
        r.level = severity::warning;
        r.category = rule_category::practice;
        r.section = "Microsoft, HTTP/2 on IIS";
        r.title = "a scheme that authenticates connections, over HTTP/2 or HTTP/3";
        r.explanation =
            "Negotiate and NTLM authenticate a connection; in HTTP/2 and HTTP/3 many requests share one. IIS does not "
            "support them there, nor do most clients: they repeat the request over HTTP/1.1, or fail. Only offering "
            "the scheme is reported for information.";
        r.peers =
            "Browsers and curl repeat the request over HTTP/1.1. If a proxy joins the requests of several users in one "
            "connection, the server takes all of them for the first user.";
        r.fix =
            "Serve what needs Negotiate or NTLM over HTTP/1.1: do not offer h2 and h3 for it, or reset the stream with "
            "HTTP_1_1_REQUIRED.";
        r.varies = "Only information if the scheme is offered, not used.";
        r.cwe = 287;
        r.violating =
            "GET / HTTP/2\n"
            "Host: www.example.com\n"
            "Authorization: Negotiate YIIBygYGKwYBBQUCoA==\n"
            "\n";
        r.conforming =
            "GET / HTTP/1.1\n"
            "Host: www.example.com\n"
            "Authorization: Negotiate YIIBygYGKwYBBQUCoA==\n"
            "\n";
        r.check = check_multiplexed;
        return r;
    }();
    return rule;
}

}  // namespace authgrammar::audit::rules
