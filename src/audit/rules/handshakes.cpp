#include <authgrammar/schemes/negotiate.hpp>

#include "common/wording.hpp"
#include "rules/rules.hpp"
#include "rules/scheme_parts.hpp"

// Negotiate and NTLM (RFC 4559): the tokens and their order. What happens to their connections is in connections.cpp.

namespace authgrammar::audit::rules {

namespace {

using detail::words;

/// What the token of a challenge or credentials of Negotiate or NTLM is, or why it is none; nothing if there is no token.
std::optional<result<schemes::exchange_message, schemes::scheme_error>> read_token(const scheme_part& p, int status) {
    const bool ntlm = p.is("NTLM");
    if ((!ntlm && !p.is("Negotiate")) || !p.part.token68()) return std::nullopt;
    std::string buffer(p.part.end() - p.part.begin(), '\0');
    if (p.is_challenge()) {
        return ntlm ? schemes::read_ntlm_challenge(p.part, status, buffer.data(), buffer.size())
                    : schemes::read_negotiate_challenge(p.part, status, buffer.data(), buffer.size());
    }
    return ntlm ? schemes::read_ntlm_credentials(p.part, buffer.data(), buffer.size())
                : schemes::read_negotiate_credentials(p.part, buffer.data(), buffer.size());
}

void check_token(const subject& s, report& out) {
    for_each_part(s, [&](const scheme_part& p) {
        const auto read = read_token(p, s.source.status.value_or(401));
        if (!read || *read) return;
        const bool base64 = read->error().code == schemes::scheme_error_code::invalid_message;
        out.add(p.at(*p.part.token68()), p.in.name(),
                words("the token of ", p.scheme->name, base64 ? " is none of its messages" : " is not base64"));
    });
}

bool is_ntlm(schemes::exchange_token kind) noexcept {
    return kind == schemes::exchange_token::ntlm_negotiate || kind == schemes::exchange_token::ntlm_challenge ||
           kind == schemes::exchange_token::ntlm_authenticate;
}

/// Whether a token begins as the base64 of "NTLMSSP", as all messages of NTLM do ([MS-NLMP], 2.2.1).
bool begins_as_ntlm(const std::optional<text>& token) {
    constexpr std::string_view first = "TlRMTVNTU";
    return token && token->raw().substr(0, first.size()) == first;
}

void check_ntlm(const subject& s, report& out) {
    for_each_part(s, [&](const scheme_part& p) {
        if (!p.is("Negotiate") || !begins_as_ntlm(p.part.token68())) return;
        const auto read = read_token(p, s.source.status.value_or(401));
        if (read && *read && is_ntlm((*read)->kind))
            out.add(p.at(*p.part.token68()), p.in.name(), "the token is a message of NTLM");
    });
}

void check_leg(const subject& s, report& out) {
    if (!s.around.leg_unasked) return;
    const linked_places& leg = *s.around.leg_unasked;
    out.add(leg.at, leg.about, "this is NTLM's third message, and the response before has no second one").related = {
        leg.earlier};
}

}  // namespace

const finding_rule& handshake_token() {
    static const finding_rule rule = [] {
        finding_rule r;
        r.id = "handshake-token-malformed";
        r.level = severity::error;
        r.category = rule_category::scheme;
        r.section = "RFC 4559, 4";
        r.title = "a Negotiate or NTLM token that cannot be read";
        r.explanation =
            "The token is the base64 of a message of the mechanism: for NTLM, a client sends message 1 or 3, and a "
            "server sends message 2.";
        r.peers = "The peer ends the handshake: servers answer 401 or 400, clients give up.";
        r.fix =
            "Send what the security library returned, in base64 without line breaks. Look for a proxy that cuts long "
            "fields off.";
        r.violating =
            "GET / HTTP/1.1\n"
            "Host: www.example.com\n"
            "Authorization: NTLM dXNlcjpwYXNz\n"
            "\n";
        r.conforming =
            "GET / HTTP/1.1\n"
            "Host: www.example.com\n"
            "Authorization: NTLM TlRMTVNTUAABAAAAB4IIAA==\n"
            "\n";
        r.check = check_token;
        return r;
    }();
    return rule;
}

const finding_rule& ntlm_in_negotiate() {
    static const finding_rule rule = [] {
        finding_rule r;
        r.id = "ntlm-in-negotiate";
        r.level = severity::info;
        r.category = rule_category::scheme;
        r.section = "RFC 4559, 4.2";
        r.title = "NTLM inside Negotiate";
        r.explanation =
            "Negotiate carries SPNEGO, which chooses Kerberos or NTLM. A bare NTLM message means that the client had "
            "no Kerberos ticket for this server.";
        r.peers =
            "Windows servers accept it; servers that support only Kerberos refuse it. NTLM can be relayed to other "
            "servers, and passwords guessed from it offline.";
        r.fix =
            "Check the service principal name (HTTP/host), the DNS name in the URL and the client's trusted sites, so "
            "that Kerberos is used.";
        r.cwe = 294;
        r.violating =
            "GET / HTTP/1.1\n"
            "Host: www.example.com\n"
            "Authorization: Negotiate TlRMTVNTUAABAAAAB4IIAA==\n"
            "\n";
        r.conforming =
            "GET / HTTP/1.1\n"
            "Host: www.example.com\n"
            "Authorization: Negotiate YIIBygYGKwYBBQUCoA==\n"
            "\n";
        r.check = check_ntlm;
        return r;
    }();
    return rule;
}

const finding_rule& handshake_leg() {
    static const finding_rule rule = [] {
        finding_rule r;
        r.id = "handshake-leg-unasked";
        r.level = severity::warning;
        r.category = rule_category::exchange;
        r.section = "RFC 4559, 5";
        r.title = "NTLM's third message without the server's second";
        r.explanation =
            "NTLM takes three messages: the client's, the server's, the client's. The response before this request has "
            "NTLM without a token, so the third message answers a challenge of another connection.";
        r.peers =
            "The server refuses it and the handshake starts over. A load balancer that spreads requests over servers "
            "does this.";
        r.fix = "Keep all legs on one connection, and begin with the first message on a new one.";
        r.needs = "the response before the request";
        r.violating =
            "GET / HTTP/1.1\n"
            "Host: www.example.com\n"
            "\n"
            "HTTP/1.1 401 Unauthorized\n"
            "WWW-Authenticate: NTLM\n"
            "\n"
            "GET / HTTP/1.1\n"
            "Host: www.example.com\n"
            "Authorization: NTLM TlRMTVNTUAADAAAAAAAAAA==\n"
            "\n";
        r.conforming =
            "GET / HTTP/1.1\n"
            "Host: www.example.com\n"
            "\n"
            "HTTP/1.1 401 Unauthorized\n"
            "WWW-Authenticate: NTLM\n"
            "\n"
            "GET / HTTP/1.1\n"
            "Host: www.example.com\n"
            "Authorization: NTLM TlRMTVNTUAABAAAAB4IIAA==\n"
            "\n";
        r.check = check_leg;
        return r;
    }();
    return rule;
}

}  // namespace authgrammar::audit::rules
