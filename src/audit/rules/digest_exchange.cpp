#include "common/wording.hpp"
#include "rules/rules.hpp"
#include "rules/scheme_parts.hpp"

// Digest (RFC 7616): credentials beside the challenge, and the answer beside the credentials.

namespace authgrammar::audit::rules {

namespace {

using detail::words;

void check_unlike(const subject& s, report& out) {
    for (const unlike_param& p : s.around.digest.unlike_challenge) {
        const std::string_view what = p.missing         ? " is missing, and the challenge has it"
                                      : p.name == "qop" ? " is not one that the challenge offers"
                                                        : " is not that of the challenge";
        finding& f = out.add(p.where.at, p.where.about, words(p.name, what));
        f.related = {p.where.earlier};
        // Servers that know RFC 2069 take such credentials.
        if (p.missing && p.name == "qop") f.level = severity::warning;
    }
}

void check_nc_reused(const subject& s, report& out) {
    if (!s.around.digest.nc_reused) return;
    const linked_places& n = *s.around.digest.nc_reused;
    out.add(n.at, n.about, "an earlier request has this nonce and this nc").related = {n.earlier};
}

void check_info(const subject& s, report& out) {
    for (const field_reading& r : s.fields) {
        if (kind_of(r.name()) != field_kind::info || !r.valid()) continue;
        const auth_params params = params_of_info(r);
        const auto* const scheme = scheme_of_info(s, r, params);
        const auto qop = params.find("qop");
        if (scheme == nullptr || scheme->name != "Digest" || !qop) continue;
        for (const std::string_view name : {"rspauth", "cnonce", "nc"}) {
            if (params.find(name)) continue;
            out.add(r.source(qop->name.begin(), qop->name.end()), r.name(), words("qop is sent without ", name));
            break;
        }
    }
}

void check_info_unlike(const subject& s, report& out) {
    for (const unlike_param& p : s.around.digest.unlike_request) {
        out.add(p.where.at, p.where.about, words(p.name, " is not that of the request")).related = {p.where.earlier};
    }
}

void check_never_accepted(const subject& s, report& out) {
    if (!s.around.digest.never_accepted) return;
    const linked_places& n = *s.around.digest.never_accepted;
    out.add(n.at, n.about, "this user is refused for the third time, each time with a new nonce and without stale=true")
        .related = {n.earlier};
}

}  // namespace

const finding_rule& digest_unlike_challenge() {
    static const finding_rule rule = [] {
        finding_rule r;
        r.id = "digest-unlike-challenge";
        r.varies = "A warning if qop is missing, and the challenge has it: some servers still take RFC 2069.";
        r.level = severity::error;
        r.category = rule_category::exchange;
        r.requirements = {"R7616-3.4-algorithm-echoed", "R7616-3.4-qop-offered", "R7616-3.3-nonce-bound"};
        r.section = "RFC 7616, 3.4";
        r.title = "Digest credentials that do not answer the challenge";
        r.explanation =
            "realm, nonce, opaque and algorithm have to be those of the challenge, and qop one that it offers. The "
            "finding names the parameter that differs.";
        r.peers = "The server refuses the credentials as it would a wrong password, and says nothing more.";
        r.fix =
            "Copy the value from the challenge. Remove the escapes before you hash it, and add them again when you "
            "send it.";
        r.needs = "the challenge before the request";
        r.violating =
            "GET / HTTP/1.1\n"
            "Host: www.example.com\n"
            "\n"
            "HTTP/1.1 401 Unauthorized\n"
            "WWW-Authenticate: Digest realm=\"files\", nonce=\"n1\", qop=\"auth\", algorithm=MD5\n"
            "\n"
            "GET / HTTP/1.1\n"
            "Host: www.example.com\n"
            "Authorization: Digest username=\"user\", realm=\"files\", nonce=\"n1\", uri=\"/\", qop=auth-int, "
            "nc=00000001, cnonce=\"c1\", response=\"0123456789abcdef0123456789abcdef\"\n"
            "\n";
        r.conforming =
            "GET / HTTP/1.1\n"
            "Host: www.example.com\n"
            "\n"
            "HTTP/1.1 401 Unauthorized\n"
            "WWW-Authenticate: Digest realm=\"files\", nonce=\"n1\", qop=\"auth\", algorithm=MD5\n"
            "\n"
            "GET / HTTP/1.1\n"
            "Host: www.example.com\n"
            "Authorization: Digest username=\"user\", realm=\"files\", nonce=\"n1\", uri=\"/\", qop=auth, nc=00000001, "
            "cnonce=\"c1\", response=\"0123456789abcdef0123456789abcdef\"\n"
            "\n";
        r.check = check_unlike;
        return r;
    }();
    return rule;
}

const finding_rule& digest_nc_reused() {
    static const finding_rule rule = [] {
        finding_rule r;
        r.id = "digest-nc-reused";
        r.level = severity::warning;
        r.category = rule_category::exchange;
        r.requirements = {"R7616-3.4-nc-replay"};
        r.section = "RFC 7616, 3.4";
        r.title = "a Digest nonce and nc that were sent before";
        r.explanation =
            "Each request with a nonce has a higher nc than the one before. The same pair again is what a replay looks "
            "like.";
        r.peers = "Servers that remember nc refuse the request or answer with a new nonce; the others accept replays.";
        r.fix = "Count nc up with each request, also over several connections and threads.";
        r.needs = "the earlier request";
        r.cwe = 294;
        r.violating =
            "GET / HTTP/1.1\n"
            "Host: www.example.com\n"
            "\n"
            "HTTP/1.1 401 Unauthorized\n"
            "WWW-Authenticate: Digest realm=\"files\", nonce=\"n1\", qop=\"auth\", algorithm=MD5\n"
            "\n"
            "GET / HTTP/1.1\n"
            "Host: www.example.com\n"
            "Authorization: Digest username=\"user\", realm=\"files\", nonce=\"n1\", uri=\"/\", qop=auth, nc=00000001, "
            "cnonce=\"c1\", response=\"0123456789abcdef0123456789abcdef\"\n"
            "\n"
            "HTTP/1.1 200 OK\n"
            "Content-Length: 0\n"
            "\n"
            "GET / HTTP/1.1\n"
            "Host: www.example.com\n"
            "Authorization: Digest username=\"user\", realm=\"files\", nonce=\"n1\", uri=\"/\", qop=auth, nc=00000001, "
            "cnonce=\"c1\", response=\"0123456789abcdef0123456789abcdef\"\n"
            "\n";
        r.conforming =
            "GET / HTTP/1.1\n"
            "Host: www.example.com\n"
            "\n"
            "HTTP/1.1 401 Unauthorized\n"
            "WWW-Authenticate: Digest realm=\"files\", nonce=\"n1\", qop=\"auth\", algorithm=MD5\n"
            "\n"
            "GET / HTTP/1.1\n"
            "Host: www.example.com\n"
            "Authorization: Digest username=\"user\", realm=\"files\", nonce=\"n1\", uri=\"/\", qop=auth, nc=00000001, "
            "cnonce=\"c1\", response=\"0123456789abcdef0123456789abcdef\"\n"
            "\n"
            "HTTP/1.1 200 OK\n"
            "Content-Length: 0\n"
            "\n"
            "GET / HTTP/1.1\n"
            "Host: www.example.com\n"
            "Authorization: Digest username=\"user\", realm=\"files\", nonce=\"n1\", uri=\"/\", qop=auth, nc=00000002, "
            "cnonce=\"c1\", response=\"0123456789abcdef0123456789abcdef\"\n"
            "\n";
        r.check = check_nc_reused;
        return r;
    }();
    return rule;
}

const finding_rule& digest_info_incomplete() {
    static const finding_rule rule = [] {
        finding_rule r;
        r.id = "digest-info-incomplete";
        r.level = severity::warning;
        r.category = rule_category::scheme;
        r.requirements = {"R7616-3.5-rspauth"};
        r.section = "RFC 7616, 3.5";
        r.title = "Authentication-Info of Digest with qop, but without rspauth, cnonce or nc";
        r.explanation =
            "rspauth proves to the client that the server knows the password. If qop is sent, rspauth, cnonce and nc "
            "have to be sent too.";
        r.peers = "Clients that check it reject the response; the others lose the proof and do not notice.";
        r.fix = "Send rspauth, cnonce and nc with qop, or nextnonce alone.";
        r.violating =
            "HTTP/1.1 200 OK\n"
            "Authentication-Info: nextnonce=\"n2\", qop=auth\n"
            "\n";
        r.conforming =
            "HTTP/1.1 200 OK\n"
            "Authentication-Info: nextnonce=\"n2\"\n"
            "\n";
        r.check = check_info;
        return r;
    }();
    return rule;
}

const finding_rule& digest_info_unlike_request() {
    static const finding_rule rule = [] {
        finding_rule r;
        r.id = "digest-info-unlike-request";
        r.level = severity::error;
        r.category = rule_category::exchange;
        r.requirements = {"R7616-3.5-rspauth-value"};
        r.section = "RFC 7616, 3.5";
        r.title = "Authentication-Info of Digest that is not for this request";
        r.explanation =
            "cnonce, nc and qop of the answer have to be those of the request: rspauth is computed with them.";
        r.peers =
            "A client that checks rspauth finds it wrong and takes the server for an impostor. A cache or proxy may "
            "have mixed up two answers.";
        r.fix = "Copy cnonce, nc and qop from the request, and keep the field out of caches.";
        r.needs = "the request";
        r.violating =
            "GET / HTTP/1.1\n"
            "Host: www.example.com\n"
            "\n"
            "HTTP/1.1 401 Unauthorized\n"
            "WWW-Authenticate: Digest realm=\"files\", nonce=\"n1\", qop=\"auth\", algorithm=MD5\n"
            "\n"
            "GET / HTTP/1.1\n"
            "Host: www.example.com\n"
            "Authorization: Digest username=\"user\", realm=\"files\", nonce=\"n1\", uri=\"/\", qop=auth, nc=00000001, "
            "cnonce=\"c1\", response=\"0123456789abcdef0123456789abcdef\"\n"
            "\n"
            "HTTP/1.1 200 OK\n"
            "Authentication-Info: qop=auth, nc=00000001, cnonce=\"c2\", rspauth=\"0123456789abcdef0123456789abcdef\"\n"
            "\n";
        r.conforming =
            "GET / HTTP/1.1\n"
            "Host: www.example.com\n"
            "\n"
            "HTTP/1.1 401 Unauthorized\n"
            "WWW-Authenticate: Digest realm=\"files\", nonce=\"n1\", qop=\"auth\", algorithm=MD5\n"
            "\n"
            "GET / HTTP/1.1\n"
            "Host: www.example.com\n"
            "Authorization: Digest username=\"user\", realm=\"files\", nonce=\"n1\", uri=\"/\", qop=auth, nc=00000001, "
            "cnonce=\"c1\", response=\"0123456789abcdef0123456789abcdef\"\n"
            "\n"
            "HTTP/1.1 200 OK\n"
            "Authentication-Info: qop=auth, nc=00000001, cnonce=\"c1\", rspauth=\"0123456789abcdef0123456789abcdef\"\n"
            "\n";
        r.check = check_info_unlike;
        return r;
    }();
    return rule;
}

const finding_rule& digest_never_accepted() {
    static const finding_rule rule = [] {
        finding_rule r;
        r.id = "digest-never-accepted";
        r.level = severity::info;
        r.category = rule_category::exchange;
        r.requirements = {"R7616-3.3-stale-nonce", "R7616-3.3-nonce-bound"};
        r.section = "RFC 7616, 3.3";
        r.title = "Digest credentials refused again and again, each time with a new nonce";
        r.explanation =
            "Each answer to the credentials is a challenge with another nonce, and never stale=true. Either the "
            "password is wrong, or the server does not recognise its own nonces.";
        r.peers =
            "Servers behind a load balancer that do not share their nonce key do this, and so does a server that "
            "forgets a nonce once it has sent it. The user is asked to log in again and again.";
        r.fix =
            "If the password is right, have all servers make and check nonces with one key, and keep a client on one "
            "server.";
        r.needs = "three refused requests of one user";
        r.violating =
            "GET / HTTP/1.1\n"
            "Host: www.example.com\n"
            "Authorization: Digest username=\"user\", realm=\"files\", nonce=\"n1\", uri=\"/\", qop=auth, nc=00000001, "
            "cnonce=\"c1\", algorithm=MD5, response=\"0123456789abcdef0123456789abcdef\"\n"
            "\n"
            "HTTP/1.1 401 Unauthorized\n"
            "WWW-Authenticate: Digest realm=\"files\", nonce=\"n2\", qop=\"auth\", algorithm=MD5\n"
            "\n"
            "GET / HTTP/1.1\n"
            "Host: www.example.com\n"
            "Authorization: Digest username=\"user\", realm=\"files\", nonce=\"n2\", uri=\"/\", qop=auth, nc=00000001, "
            "cnonce=\"c1\", algorithm=MD5, response=\"0123456789abcdef0123456789abcdef\"\n"
            "\n"
            "HTTP/1.1 401 Unauthorized\n"
            "WWW-Authenticate: Digest realm=\"files\", nonce=\"n3\", qop=\"auth\", algorithm=MD5\n"
            "\n"
            "GET / HTTP/1.1\n"
            "Host: www.example.com\n"
            "Authorization: Digest username=\"user\", realm=\"files\", nonce=\"n3\", uri=\"/\", qop=auth, nc=00000001, "
            "cnonce=\"c1\", algorithm=MD5, response=\"0123456789abcdef0123456789abcdef\"\n"
            "\n"
            "HTTP/1.1 401 Unauthorized\n"
            "WWW-Authenticate: Digest realm=\"files\", nonce=\"n4\", qop=\"auth\", algorithm=MD5\n"
            "\n";
        r.conforming =
            "GET / HTTP/1.1\n"
            "Host: www.example.com\n"
            "Authorization: Digest username=\"user\", realm=\"files\", nonce=\"n1\", uri=\"/\", qop=auth, nc=00000001, "
            "cnonce=\"c1\", algorithm=MD5, response=\"0123456789abcdef0123456789abcdef\"\n"
            "\n"
            "HTTP/1.1 401 Unauthorized\n"
            "WWW-Authenticate: Digest realm=\"files\", nonce=\"n2\", qop=\"auth\", algorithm=MD5\n"
            "\n"
            "GET / HTTP/1.1\n"
            "Host: www.example.com\n"
            "Authorization: Digest username=\"user\", realm=\"files\", nonce=\"n2\", uri=\"/\", qop=auth, nc=00000001, "
            "cnonce=\"c1\", algorithm=MD5, response=\"0123456789abcdef0123456789abcdef\"\n"
            "\n"
            "HTTP/1.1 401 Unauthorized\n"
            "WWW-Authenticate: Digest realm=\"files\", nonce=\"n3\", qop=\"auth\", algorithm=MD5\n"
            "\n";
        r.check = check_never_accepted;
        return r;
    }();
    return rule;
}

}  // namespace authgrammar::audit::rules
