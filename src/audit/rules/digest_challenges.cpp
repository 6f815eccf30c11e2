#include <authgrammar/schemes/digest.hpp>

#include "common/wording.hpp"
#include "rules/digest_values.hpp"
#include "rules/rules.hpp"
#include "rules/scheme_parts.hpp"

// Digest (RFC 7616): what a challenge offers, and what is missing in Digest.

namespace authgrammar::audit::rules {

namespace {

using detail::words;

constexpr std::string_view digest = "Digest";

/// username or username* is looked for here, since the table cannot say so.
void check_incomplete(const subject& s, report& out) {
    report_missing(s, out, "digest-incomplete");
    for_each_part(s, [&](const scheme_part& p) {
        if (!p.is(digest) || p.is_challenge() || p.part.params().empty()) return;
        if (p.part.param("username") || p.part.param("username*")) return;
        out.add(p.scheme_at(), p.in.name(), "Digest has no username").section = "RFC 7616, 3.4";
    });
}

void check_without_qop(const subject& s, report& out) {
    for (const scheme_violation& v : s.violations()) {
        if (v.rule != "digest-without-qop") continue;
        finding& f = out.add(v.at, v.about, "qop is missing");
        f.section = v.error.section;
        if (kind_of(v.about) == field_kind::credentials) f.level = severity::info;
    }
}

void check_algorithm(const subject& s, report& out) {
    for_each_part(s, [&](const scheme_part& p) {
        if (!p.is(digest) || digest_algorithm_of(p.part)) return;
        out.add(p.at(p.part.param("algorithm")->value), p.in.name(), "this algorithm is not registered for Digest");
    });
}

/// Once for each field: a client sees all of its challenges.
void check_md5_only(const subject& s, report& out) {
    const scheme_part* first = nullptr;  // of the field
    bool stronger = false;
    const auto tell = [&] {
        if (first != nullptr && !stronger)
            out.add(first->scheme_at(), first->in.name(), "Digest is offered with MD5 only");
    };
    for_each_part(s, [&](const scheme_part& p) {
        if (!p.is(digest) || !p.is_challenge() || p.part.params().empty()) return;
        if (first == nullptr || &first->in != &p.in) {
            tell();
            first = &p;
            stronger = false;
        }
        const std::optional<schemes::digest_algorithm> a = digest_algorithm_of(p.part);
        stronger = stronger || !a || !is_md5(*a);
    });
    tell();
}

void check_domains(const subject& s, report& out) {
    for (const linked_places& d : s.around.domains_elsewhere) {
        out.add(d.at, d.about, "domain names another server than the one that sent the challenge");
    }
}

/// Once for each field: clients take the first challenge whose algorithm they know.
void check_order(const subject& s, report& out) {
    const field_reading* in = nullptr;
    std::optional<span> md5;
    for_each_part(s, [&](const scheme_part& p) {
        if (!p.is(digest) || !p.is_challenge() || p.part.params().empty()) return;
        if (in != &p.in) md5.reset();
        in = &p.in;
        const std::optional<schemes::digest_algorithm> a = digest_algorithm_of(p.part);
        if (a && is_md5(*a)) {
            if (!md5) md5 = p.scheme_at();
        } else if (a && md5 && md5->length != 0) {
            out.add(*md5, p.in.name(), "MD5 is offered before a stronger algorithm").related = {p.scheme_at()};
            md5->length = 0;
        }
    });
}

void check_domain_syntax(const subject& s, report& out) {
    for_each_part(s, [&](const scheme_part& p) {
        const auto domain =
            p.is(digest) && p.in.name() == field::www_authenticate ? p.part.param("domain") : std::nullopt;
        if (!domain || is_domain(domain->value)) return;
        out.add(p.at(domain->value), p.in.name(), "domain has something that is neither a URI nor a path");
    });
}

void check_nonce_repeated(const subject& s, report& out) {
    if (!s.around.digest.nonce_repeated) return;
    const linked_places& n = *s.around.digest.nonce_repeated;
    out.add(n.at, n.about, "an earlier challenge has the same nonce").related = {n.earlier};
}

void check_stale_missing(const subject& s, report& out) {
    if (!s.around.digest.stale_missing) return;
    const linked_places& n = *s.around.digest.stale_missing;
    out.add(n.at, n.about, "a new nonce without stale=true, for a user who was accepted before").related = {n.earlier};
}

}  // namespace

const finding_rule& digest_incomplete() {
    static const finding_rule rule = [] {
        finding_rule r;
        r.id = "digest-incomplete";
        r.level = severity::error;
        r.category = rule_category::scheme;
        r.requirements = {"R7616-3.3-required", "R7616-3.4-required", "R7616-3.4-cnonce", "R7616-3.4-nc"};
        r.section = "RFC 7616, 3.3";
        r.title = "Digest without a required parameter";
        r.explanation = "Without these parameters the response cannot be computed or checked.";
        r.peers =
            "Clients ignore such a challenge, or hash an empty string and are refused. Servers answer 400 or 401.";
        r.fix = "Send the parameter.";
        r.violating =
            "HTTP/1.1 401 Unauthorized\n"
            "WWW-Authenticate: Digest realm=\"files\", qop=\"auth\"\n"
            "\n";
        r.conforming =
            "HTTP/1.1 401 Unauthorized\n"
            "WWW-Authenticate: Digest realm=\"files\", nonce=\"n1\", qop=\"auth\"\n"
            "\n";
        r.check = check_incomplete;
        return r;
    }();
    return rule;
}

const finding_rule& digest_without_qop() {
    static const finding_rule rule = [] {
        finding_rule r;
        r.id = "digest-without-qop";
        r.level = severity::warning;
        r.category = rule_category::scheme;
        r.requirements = {"R7616-3.3-qop", "R7616-3.4-qop-one"};
        r.section = "RFC 7616, 3.3";
        r.title = "Digest without qop, as in RFC 2069";
        r.explanation =
            "Without qop there is no client nonce and no count: the server cannot tell a replay, and whoever chooses "
            "the nonce can prepare tables of hashes. RFC 7616 requires qop and no longer defines the old form.";
        r.peers = "Old clients and many libraries still fall back to RFC 2069. Strict ones ignore the challenge.";
        r.fix = "Send qop=\"auth\" in the challenge. Clients then add cnonce and nc.";
        r.varies = "Only information in credentials: it is the challenge that lets a client leave qop out.";
        r.cwe = 294;
        r.violating =
            "HTTP/1.1 401 Unauthorized\n"
            "WWW-Authenticate: Digest realm=\"files\", nonce=\"n1\", algorithm=SHA-256\n"
            "\n";
        r.conforming =
            "HTTP/1.1 401 Unauthorized\n"
            "WWW-Authenticate: Digest realm=\"files\", nonce=\"n1\", qop=\"auth\", algorithm=SHA-256\n"
            "\n";
        r.check = check_without_qop;
        return r;
    }();
    return rule;
}

const finding_rule& digest_unknown_algorithm() {
    static const finding_rule rule = [] {
        finding_rule r;
        r.id = "digest-unknown-algorithm";
        r.level = severity::warning;
        r.category = rule_category::scheme;
        r.requirements = {"R7616-3.3-algorithm"};
        r.section = "RFC 7616, 6.1";
        r.title = "a Digest algorithm that is not registered";
        r.explanation =
            "The registry has MD5, SHA-256 and SHA-512-256, each also with -sess. Clients should ignore a challenge "
            "whose algorithm they do not know.";
        r.peers = "Browsers and curl ignore the challenge. Some libraries hash with MD5 all the same, and are refused.";
        r.fix = "Offer a registered algorithm, spelt as in the registry: SHA-256, not SHA256.";
        r.violating =
            "HTTP/1.1 401 Unauthorized\n"
            "WWW-Authenticate: Digest realm=\"files\", nonce=\"n1\", qop=\"auth\", algorithm=SHA256\n"
            "\n";
        r.conforming =
            "HTTP/1.1 401 Unauthorized\n"
            "WWW-Authenticate: Digest realm=\"files\", nonce=\"n1\", qop=\"auth\", algorithm=SHA-256\n"
            "\n";
        r.check = check_algorithm;
        return r;
    }();
    return rule;
}

const finding_rule& digest_md5_only() {
    static const finding_rule rule = [] {
        finding_rule r;
        r.id = "digest-md5-only";
        r.level = severity::info;
        r.category = rule_category::scheme;
        r.section = "RFC 7616, 3.2";
        r.title = "Digest with MD5 and nothing stronger";
        r.explanation =
            "RFC 7616 keeps MD5 for old clients and does not recommend it. A challenge without algorithm means MD5. An "
            "attacker can try billions of MD5 guesses a second, so a recorded login gives away a weak password.";
        r.peers = "All clients know MD5; current curl and Firefox know SHA-256.";
        r.fix = "Offer SHA-256 first and MD5 in a second challenge, over TLS.";
        r.cwe = 328;
        r.violating =
            "HTTP/1.1 401 Unauthorized\n"
            "WWW-Authenticate: Digest realm=\"files\", nonce=\"n1\", qop=\"auth\", algorithm=MD5\n"
            "\n";
        r.conforming =
            "HTTP/1.1 401 Unauthorized\n"
            "WWW-Authenticate: Digest realm=\"files\", nonce=\"n1\", qop=\"auth\", algorithm=SHA-256\n"
            "WWW-Authenticate: Digest realm=\"files\", nonce=\"n1\", qop=\"auth\", algorithm=MD5\n"
            "\n";
        r.check = check_md5_only;
        return r;
    }();
    return rule;
}

const finding_rule& digest_domain_elsewhere() {
    static const finding_rule rule = [] {
        finding_rule r;
        r.id = "digest-domain-elsewhere";
        r.level = severity::info;
        r.category = rule_category::exchange;
        r.section = "RFC 7616, 3.3";
        r.title = "a Digest domain that names another server";
        r.explanation =
            "The URIs of domain tell the client where the same credentials hold. RFC 7616 allows other servers there; "
            "the client may then send them the user name, and a proof made with this server's nonce.";
        r.peers =
            "Most clients ignore domain. One that follows it sends credentials to servers that the user has "
            "not visited.";
        r.fix = "List URIs of this server only, unless the servers belong together.";
        r.needs = "the server that sent the challenge";
        r.cwe = 201;
        r.violating =
            "GET https://www.example.com/ HTTP/1.1\n"
            "Host: www.example.com\n"
            "\n"
            "HTTP/1.1 401 Unauthorized\n"
            "WWW-Authenticate: Digest realm=\"files\", nonce=\"n1\", qop=\"auth\", algorithm=SHA-256, "
            "domain=\"https://other.example.net/\"\n"
            "\n";
        r.conforming =
            "GET https://www.example.com/ HTTP/1.1\n"
            "Host: www.example.com\n"
            "\n"
            "HTTP/1.1 401 Unauthorized\n"
            "WWW-Authenticate: Digest realm=\"files\", nonce=\"n1\", qop=\"auth\", algorithm=SHA-256, "
            "domain=\"/files\"\n"
            "\n";
        r.check = check_domains;
        return r;
    }();
    return rule;
}

const finding_rule& digest_domain_malformed() {
    static const finding_rule rule = [] {
        finding_rule r;
        r.id = "digest-domain-malformed";
        r.level = severity::warning;
        r.category = rule_category::scheme;
        r.requirements = {"R7616-3.3-domain-syntax"};
        r.section = "RFC 7616, 3.3";
        r.title = "a Digest domain that is not a list of URIs";
        r.explanation =
            "domain lists where the same credentials hold: URIs, or paths that begin with /, separated by spaces. "
            "Cameras and "
            "routers often send \"::\" or a host name.";
        r.peers =
            "Most clients ignore domain. Those that read it may use the credentials for one path only, or reject the "
            "challenge.";
        r.fix = "Send URIs or paths, or leave domain out: then the credentials hold for the whole server.";
        r.violating =
            "HTTP/1.1 401 Unauthorized\n"
            "WWW-Authenticate: Digest realm=\"camera\", nonce=\"n1\", qop=\"auth\", algorithm=SHA-256, domain=\"::\"\n"
            "\n";
        r.conforming =
            "HTTP/1.1 401 Unauthorized\n"
            "WWW-Authenticate: Digest realm=\"camera\", nonce=\"n1\", qop=\"auth\", algorithm=SHA-256, domain=\"/\"\n"
            "\n";
        r.check = check_domain_syntax;
        return r;
    }();
    return rule;
}

const finding_rule& digest_md5_first() {
    static const finding_rule rule = [] {
        finding_rule r;
        r.id = "digest-md5-first";
        r.level = severity::info;
        r.category = rule_category::scheme;
        r.requirements = {"R7616-3.7-first-supported"};
        r.section = "RFC 7616, 3.7";
        r.title = "Digest with MD5 before a stronger algorithm";
        r.explanation =
            "The order of the challenges is the server's preference, and clients should use the first whose algorithm "
            "they "
            "know. All of them know MD5.";
        r.peers = "Clients that follow the order answer with MD5, although they could do better.";
        r.fix = "Offer SHA-256 first and MD5 after it.";
        r.cwe = 757;
        r.violating =
            "HTTP/1.1 401 Unauthorized\n"
            "WWW-Authenticate: Digest realm=\"files\", nonce=\"n1\", qop=\"auth\", algorithm=MD5\n"
            "WWW-Authenticate: Digest realm=\"files\", nonce=\"n1\", qop=\"auth\", algorithm=SHA-256\n"
            "\n";
        r.conforming =
            "HTTP/1.1 401 Unauthorized\n"
            "WWW-Authenticate: Digest realm=\"files\", nonce=\"n1\", qop=\"auth\", algorithm=SHA-256\n"
            "WWW-Authenticate: Digest realm=\"files\", nonce=\"n1\", qop=\"auth\", algorithm=MD5\n"
            "\n";
        r.check = check_order;
        return r;
    }();
    return rule;
}

const finding_rule& digest_nonce_repeated() {
    static const finding_rule rule = [] {
        finding_rule r;
        r.id = "digest-nonce-repeated";
        r.level = severity::info;
        r.category = rule_category::exchange;
        r.requirements = {"R7616-3.3-nonce-bound"};
        r.section = "RFC 7616, 3.3";
        r.title = "a Digest nonce that an earlier challenge had";
        r.explanation =
            "The server should make a new nonce for each 401. One that comes back is fixed, or kept for long, and "
            "recorded credentials can be sent again unless the server remembers each nc.";
        r.peers = "Clients do not notice.";
        r.fix =
            "Make a nonce from the time and a secret, or from random bytes, for each challenge; refuse each nc that "
            "was seen.";
        r.needs = "two responses of one server";
        r.cwe = 323;
        r.violating =
            "GET / HTTP/1.1\n"
            "Host: www.example.com\n"
            "\n"
            "HTTP/1.1 401 Unauthorized\n"
            "WWW-Authenticate: Digest realm=\"files\", nonce=\"n1\", qop=\"auth\", algorithm=MD5\n"
            "\n"
            "GET /b HTTP/1.1\n"
            "Host: www.example.com\n"
            "\n"
            "HTTP/1.1 401 Unauthorized\n"
            "WWW-Authenticate: Digest realm=\"files\", nonce=\"n1\", qop=\"auth\", algorithm=MD5\n"
            "\n";
        r.conforming =
            "GET / HTTP/1.1\n"
            "Host: www.example.com\n"
            "\n"
            "HTTP/1.1 401 Unauthorized\n"
            "WWW-Authenticate: Digest realm=\"files\", nonce=\"n1\", qop=\"auth\", algorithm=MD5\n"
            "\n"
            "GET /b HTTP/1.1\n"
            "Host: www.example.com\n"
            "\n"
            "HTTP/1.1 401 Unauthorized\n"
            "WWW-Authenticate: Digest realm=\"files\", nonce=\"n2\", qop=\"auth\", algorithm=MD5\n"
            "\n";
        r.check = check_nonce_repeated;
        return r;
    }();
    return rule;
}

const finding_rule& digest_stale_missing() {
    static const finding_rule rule = [] {
        finding_rule r;
        r.id = "digest-stale-missing";
        r.level = severity::warning;
        r.category = rule_category::exchange;
        r.requirements = {"R7616-3.3-stale-nonce"};
        r.section = "RFC 7616, 3.3";
        r.title = "a new Digest nonce without stale for a user who was accepted before";
        r.explanation =
            "The server took this user's credentials, and now refuses them with a new nonce. If only the nonce has "
            "expired, stale=true has to say so; else the client takes it for a wrong password.";
        r.peers =
            "Browsers ask the user for the password again; programs stop with an error although a second try would "
            "work.";
        r.fix = "Send stale=true when the nonce is too old and the response was right for it.";
        r.needs = "an accepted request of the same user before it";
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
            "Authorization: Digest username=\"user\", realm=\"files\", nonce=\"n1\", uri=\"/\", qop=auth, nc=00000002, "
            "cnonce=\"c1\", response=\"0123456789abcdef0123456789abcdef\"\n"
            "\n"
            "HTTP/1.1 401 Unauthorized\n"
            "WWW-Authenticate: Digest realm=\"files\", nonce=\"n2\", qop=\"auth\", algorithm=MD5\n"
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
            "\n"
            "HTTP/1.1 401 Unauthorized\n"
            "WWW-Authenticate: Digest realm=\"files\", nonce=\"n2\", qop=\"auth\", algorithm=MD5, stale=true\n"
            "\n";
        r.check = check_stale_missing;
        return r;
    }();
    return rule;
}

}  // namespace authgrammar::audit::rules
