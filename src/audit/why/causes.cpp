#include "why/causes.hpp"

#include <algorithm>
#include <iterator>

namespace authgrammar::audit {

namespace {

/// In the order of cause_id.
const refusal_cause table[] = {
    {"several-credentials",
     "credentials in more than one field line",
     {"R7235-4.2-syntax"},
     "RFC 9110, 11.6.2",
     "A request has one field line of credentials. Servers take the first or the last one, or refuse the request.",
     "Send only the credentials for this server. Credentials for a proxy go into Proxy-Authorization."},
    {"quote-in-challenge",
     "a quote in the challenge without a backslash",
     {},
     "RFC 9110, 5.6.4",
     "A quoted value ends at the next quote. Most clients read a realm that is cut off there, and compute the response "
     "with "
     "it; others guess what was meant.",
     "Have the server send \\\" for a quote and \\\\ for a backslash, or choose a realm without them."},
    {"malformed-credentials",
     "credentials that break the grammar",
     {},
     "RFC 9110, 11.4",
     "A server that cannot read the credentials treats them as absent or wrong, whatever the password.",
     "Write the value as shown; authlint lint tells more about the mistake."},
    {"placeholder",
     "a placeholder in place of the secret",
     {},
     "RFC 9110, 11.4",
     "The program sent a variable's name, or a word such as null or undefined, instead of the secret.",
     "Check where the program gets the secret from: the variable is not set, or was not expanded."},
    {"empty-credentials",
     "a scheme with nothing after it",
     {},
     "RFC 9110, 11.4",
     "The scheme alone proves nothing. Programs send it when the secret is empty.",
     "Check where the program gets the secret from."},
    {"credentials-for-other-hop",
     "credentials in the field of the other hop",
     {},
     "RFC 9110, 11.7.2",
     "A proxy reads Proxy-Authorization, a server reads Authorization. Neither looks into the field of the other.",
     "Send the credentials in the other field. With curl: -U for a proxy, -u for a server."},
    {"scheme-not-offered",
     "credentials for a scheme that is not offered",
     {"R7235-2.1-no-or-bad-credentials"},
     "RFC 9110, 11.4",
     "The server reads the credentials of the schemes that it offers, and no others.",
     "Use one of the schemes in the challenge."},
    {"wrong-form",
     "credentials not in the form of their scheme",
     {},
     "RFC 9110, 11.4",
     "A scheme has either one token or parameters after its name. A server that expects one does not read the other.",
     "Write the credentials in the form of the scheme; authlint scheme NAME shows it."},
    {"connection-closed",
     "a handshake on a connection that is closed",
     {"R7235-5.1.2-stateless"},
     "RFC 9112, 9.6",
     "Negotiate and NTLM authenticate a connection: the next leg has to use the same one. When the connection ends in "
     "between, the handshake starts again and never completes.",
     "Keep the connection open until the handshake is complete: no Connection: close, and HTTP/1.1, at every hop."},
    {"handshake-over-http2",
     "a handshake over HTTP/2 or HTTP/3",
     {},
     "Microsoft, HTTP/2 on IIS",
     "Negotiate and NTLM authenticate a connection. HTTP/2 and HTTP/3 carry many requests over one, so most servers "
     "refuse these schemes there.",
     "Use HTTP/1.1 for this server (curl: --http1.1)."},
    {"handshake-restarted",
     "a handshake that begins again in the middle",
     {"R7235-5.1.2-stateless"},
     "RFC 9110, 16.4.2",
     "The server sent its part of the handshake, and the client sent its first message again instead of the answer. "
     "That happens if the connection was lost, or if the client cannot use what the server sent.",
     "Keep the connection, and check what the client logs about the server's message."},
    {"clock-skew",
     "clocks that differ",
     {},
     "RFC 4120, 5.9.1",
     "Kerberos and signed tokens carry the time. Kerberos allows five minutes of difference by default.",
     "Synchronise the clocks of client, server and issuer with NTP."},
    {"wrong-service",
     "a ticket for another service or host",
     {},
     "RFC 4559, 4.1",
     "The client gets a Kerberos ticket for HTTP and the host name of the URL. A server can only use a ticket for a "
     "name whose key it has.",
     "Use the host name for which the service is registered (the SPN HTTP/host), or register the name that is used."},
    {"no-ticket",
     "NTLM in place of a Kerberos ticket",
     {},
     "RFC 4559, 4.1",
     "Without a ticket for the host, clients send NTLM under the name Negotiate. A server that only knows Kerberos "
     "refuses that.",
     "Get a ticket (kinit, klist), and use a host name with an SPN rather than an IP address or an alias."},
    {"handshake-through-proxy",
     "a handshake through a proxy",
     {"R7235-5.1.2-stateless"},
     "RFC 9110, 16.4.2",
     "A proxy may send each request over another connection, and Negotiate and NTLM authenticate the connection. A Via "
     "field in the messages is a sign of one.",
     "Use https, so that the proxy only opens a tunnel, or a proxy that pins such connections."},
    {"handshake-unfinished",
     "a handshake that stops in the middle",
     {},
     "RFC 4559, 5",
     "The server answered with its part of the handshake. It does not refuse anything yet: it waits for the next "
     "message of the client, which is not in the input.",
     "See whether the client has credentials for the handshake, and whether the input is complete."},
    {"member-missing",
     "credentials without a parameter that Digest needs",
     {"R7616-3.4-required"},
     "RFC 7616, 3.4",
     "The server needs each of these parameters to compute or to check the response.",
     "Send the parameter."},
    {"member-malformed",
     "a parameter that is not in the form of Digest",
     {"R7616-3.5-nc-digits", "R7616-3.2-hex"},
     "RFC 7616, 3.4",
     "Servers check the form of nc, response and the like before they compute anything.",
     "Write the parameter as shown."},
    {"challenge-unreadable",
     "a challenge that breaks the grammar",
     {},
     "RFC 9110, 11.3",
     "Clients ignore such a challenge, or each reads it differently.",
     "Correct the challenge; authlint lint shows how."},
    {"other-realm",
     "credentials for another realm",
     {"R7235-2.2-protection-space"},
     "RFC 9110, 11.5",
     "Users and passwords belong to a realm, and Digest computes with it. Credentials for one realm are wrong in "
     "another.",
     "Use the credentials for the realm in the challenge. If those were the right credentials, the client did not copy "
     "the realm from the challenge."},
    {"other-algorithm",
     "an algorithm that the challenge does not name",
     {"R7616-3.4-algorithm-echoed"},
     "RFC 7616, 3.4",
     "The server computes the response with the algorithm of its challenge. Without the parameter it is MD5.",
     "Use the algorithm of the challenge and name it in the credentials. Clients that only know MD5 need a challenge "
     "for it."},
    {"qop-not-offered",
     "a qop that the challenge does not offer",
     {"R7616-3.4-qop-offered"},
     "RFC 7616, 3.4",
     "qop is part of what is hashed. The server expects one of those that it offers; without an offer it expects none.",
     "Use one that the challenge offers. If the challenge has no qop, send none of qop, nc and (unless the algorithm "
     "ends in -sess) cnonce."},
    {"qop-missing",
     "credentials without the qop that the challenge asks for",
     {"R7616-3.4-required"},
     "RFC 7616, 3.4",
     "Without qop the client computed the response of RFC 2069, which many servers that offer qop do not accept.",
     "Send qop, cnonce and nc, and compute the response with them."},
    {"nc-out-of-order",
     "an nc that does not count up",
     {"R7616-3.4-nc-replay"},
     "RFC 7616, 3.4",
     "nc counts the requests with one nonce. A server that has seen it before, or expects the next one, takes the "
     "request for a replay.",
     "Count from 00000001 with each new nonce, one up with each request. Requests in parallel need one counter, or a "
     "nonce each."},
    {"other-uri",
     "a uri that is not the request target",
     {"R7616-3.4.6-uri"},
     "RFC 7616, 3.4.6",
     "uri is part of what is hashed and has to be the target as the request line has it, query included. A server that "
     "compares them refuses the request.",
     "Send the request target as it is on the wire. If a proxy or gateway rewrote the target, it has to leave it alone "
     "or check the credentials itself."},
    {"stale-at-once",
     "a new nonce that is stale at once",
     {"R7616-3.3-stale-nonce"},
     "RFC 7616, 3.3",
     "The client used the nonce that it had just been given. Servers behind a load balancer that do not share their "
     "keys or counters, a clock that jumps, or a lifetime of almost nothing cause that.",
     "Give all servers the same nonce key, or send a client to the same one; check the clock and the lifetime."},
    {"stale-nonce",
     "a nonce that is too old",
     {"R7616-3.3-stale"},
     "RFC 7616, 3.3",
     "The server says with stale=true that only the nonce is refused. User and password were not, and need not be "
     "asked "
     "for again.",
     "Repeat the request with the nonce of the new challenge and nc=00000001."},
    {"other-opaque",
     "an opaque that is not that of the challenge",
     {"R7616-3.4-algorithm-echoed"},
     "RFC 7616, 3.4",
     "opaque should be returned unchanged. Some servers keep a session id in it, or which server made it.",
     "Copy opaque from the challenge, and leave it out if there is none."},
    {"other-nonce",
     "a nonce that the server did not send",
     {"R7616-3.3-nonce-bound"},
     "RFC 7616, 3.3",
     "The server checks that it made the nonce. One from another server, or from before a restart, is refused.",
     "Use the nonce of the last challenge from this server."},
    {"userhash",
     "a username not in the form that the challenge asks for",
     {"R7616-3.4-userhash", "R7616-3.4.4-userhash"},
     "RFC 7616, 3.4.4",
     "A hashed username is H(username:realm) with userhash=true beside it, and only for a challenge with "
     "userhash=true. "
     "Otherwise the server looks for a user with that name.",
     "Send the plain username, or its hash and userhash=true, as the challenge asks."},
    {"escapes-hashed",
     "a response that was computed over the escapes",
     {"R7616-3.4.1-response"},
     "RFC 7616, 3.4.1",
     "Hashes are computed over the value without its quotes and backslashes. This one has the backslashes in it.",
     "Remove the escapes before hashing, and add them again when the value is written."},
    {"wrong-hash",
     "a response computed by another formula",
     {"R7616-3.4.1-response"},
     "RFC 7616, 3.4.1",
     "User and password are right, but the client computed with other values or another algorithm than it sent.",
     "Compute the response from exactly the values that are sent."},
    {"other-session",
     "a response without the session, or of another one",
     {"R7616-3.4.2-a1-session"},
     "RFC 7616, 3.4.2",
     "With an algorithm that ends in -sess, A1 is H(user:realm:password), the nonce and the cnonce of the session's "
     "first request, joined with colons. The response needs the hash of this A1.",
     "Compute H(A1) of the session once, with the nonce and cnonce of its first request, in hexadecimal."},
    {"other-method",
     "a response for another method",
     {"R7616-3.4.3-a2"},
     "RFC 7616, 3.4.3",
     "The method is part of what is hashed. A client that changes it after a redirect, or a proxy that does, makes the "
     "response wrong.",
     "Compute the response with the method of the request line."},
    {"token-truncated",
     "a token that is not complete",
     {},
     "RFC 7519, 3",
     "A JSON Web Token has three parts between dots, each in base64url. This one was cut off or changed on its way.",
     "Copy the whole token; check for line breaks and for limits on the length of fields."},
    {"token-expired",
     "a token that has expired",
     {},
     "RFC 7519, 4.1.4",
     "The server must not accept a token after the time in exp.",
     "Get a new token, with the refresh token if there is one."},
    {"token-not-yet-valid",
     "a token that is not valid yet",
     {},
     "RFC 7519, 4.1.5",
     "The time in nbf or iat is still ahead of the server's clock. Either the token is meant to start later, or the "
     "clock of issuer or server is wrong.",
     "Synchronise the clocks with NTP; servers usually allow a minute or two. Times are in seconds, not in "
     "milliseconds."},
    {"insufficient-scope",
     "a token without the scope that is needed",
     {"R6750-3.1-insufficient-scope"},
     "RFC 6750, 3.1",
     "The token may be valid, but it does not permit this request.",
     "Ask the authorization server for a token with the scope in the challenge."},
    {"step-up",
     "a login that is too old or too weak",
     {},
     "RFC 9470, 3",
     "The server wants a token from a more recent login, or from one made with another method.",
     "Send the user to the authorization server again, with the acr_values or max_age of the challenge."},
    {"wrong-audience",
     "a token for another service",
     {},
     "RFC 7519, 4.1.3",
     "A service must refuse a token that does not name it as an audience.",
     "Ask for a token for this service: the resource or audience parameter of the token request names it."},
    {"invalid-request",
     "a request that the server calls malformed",
     {"R6750-3.1-invalid-request"},
     "RFC 6750, 3.1",
     "The server answers with invalid_request: a parameter is missing, unknown or repeated, or the token came in more "
     "than one way.",
     "Send the token once, in Authorization, and see what error_description says."},
    {"dpop-nonce-needed",
     "a DPoP proof without the server's nonce, or with an old one",
     {},
     "RFC 9449, 9",
     "The server answers with use_dpop_nonce: it accepts only proofs whose nonce claim is the value that it last sent "
     "in "
     "DPoP-Nonce. The token itself was not refused.",
     "Make a new proof with the nonce of the response and send the request again. Keep the newest DPoP-Nonce of each "
     "server, also from its successful responses."},
    {"dpop-proof-refused",
     "a DPoP proof that the server does not accept",
     {},
     "RFC 9449, 7.1",
     "The server answers with invalid_dpop_proof: not the access token is at fault, but the proof in the DPoP field.",
     "Make a new proof for each request: htm is its method, htu its URI without query and fragment, iat the current "
     "time, "
     "jti new each time, ath the hash of the access token, signed with the key that the token is bound to."},
    {"not-base64",
     "Basic credentials that are not base64",
     {"R7617-2-token68"},
     "RFC 7617, 2",
     "The server decodes base64 to get at user and password, and cannot.",
     "Encode user:password with base64, padding included."},
    {"no-colon",
     "Basic credentials without a colon",
     {"R7617-2-colon"},
     "RFC 7617, 2",
     "The first colon separates user and password; without one there is no password.",
     "Encode user, colon and password together."},
    {"encoded-twice",
     "Basic credentials that were encoded twice",
     {"R7617-2-token68"},
     "RFC 7617, 2",
     "What the server decodes is base64 again, not user and password.",
     "Encode once: either in the program or in its settings."},
    {"control-character",
     "a control character in user or password",
     {"R7617-2-no-controls"},
     "RFC 7617, 2",
     "The server takes the character as part of the password or user name. A line feed at the end usually comes from "
     "echo, or from the end of a file.",
     "Remove it: printf %s instead of echo, echo -n, or trim what is read from a file."},
    {"other-charset",
     "user or password in another encoding",
     {"R7617-2.1-charset"},
     "RFC 7617, 2.1",
     "In another encoding the same characters have different octets, and the server compares octets.",
     "Use UTF-8 in Normalization Form C; have the server announce it with charset=\"UTF-8\"."},
    {"wrong-user",
     "another user than the one given",
     {},
     "RFC 9110, 11.4",
     "The credentials name another user than the one given to authlint.",
     "Send the right username: with the domain if the server wants it, without it if not."},
    {"altered-password",
     "a password that was changed on its way",
     {},
     "RFC 9110, 11.4",
     "The password that was sent differs from the right one only by what quoting, encoding or copying does to it.",
     "Pass the password on unchanged: decoded, without quotes, or in a file."},
    {"wrong-password",
     "a wrong password",
     {},
     "RFC 9110, 15.5.2",
     "The server refused the credentials, and the user name or the password may be wrong.",
     "Check user and password for this realm. Sending the same ones again leads to the same answer."},
    {"token-refused",
     "a token that the server does not accept",
     {"R6750-3.1-invalid-token"},
     "RFC 6750, 3.1",
     "The token is malformed, expired, revoked, from another issuer, or for another service. The server does not say "
     "which.",
     "Get a new token from the issuer that this server trusts, and see what error_description says."},
    {"ticket-refused",
     "a handshake that the server ends",
     {},
     "RFC 4559, 5",
     "After the client's message the server offers to begin again, without a message of its own: it did not accept the "
     "user, the ticket or the password.",
     "Kerberos: compare the SPN with the key that the server has (klist -k), and the clocks. NTLM: check domain, user "
     "and password."},
    {"quoted-member",
     "a Digest parameter that should not be quoted",
     {"R7616-3.4-bare"},
     "RFC 7616, 3.4",
     "algorithm, qop and nc are sent without quotes. Most servers read them in quotes too; some do not.",
     "Leave the quotes out."},
    {"escapes-in-realm",
     "a realm with escapes",
     {},
     "RFC 9110, 5.6.4",
     "Clients and servers disagree whether the backslashes belong to the realm: some hash and compare it with them, "
     "some "
     "without. Everything else fits.",
     "Choose a realm without quotes and backslashes."},
    {"preflight",
     "a preflight that is asked for credentials",
     {},
     "Fetch Standard, CORS-preflight fetch",
     "Browsers send no credentials with a CORS preflight, whatever the page asks for. When it gets a 401, the request "
     "itself "
     "is never sent.",
     "Answer OPTIONS with 204 and the Access-Control fields before credentials are checked."},
    {"asked-with-other-status",
     "a proxy that sends 401 in place of 407",
     {"R7235-2.1-407-challenge"},
     "RFC 9110, 15.5.8",
     "Clients send credentials to a proxy when it answers with 407 and Proxy-Authenticate. They treat a 401 in answer "
     "to CONNECT as an error.",
     "Have the proxy send 407 and Proxy-Authenticate."},
    {"no-challenge",
     "a response that does not say how to authenticate",
     {"R7235-2.1-401-challenge", "R7235-2.1-407-challenge"},
     "RFC 9110, 15.5.2",
     "Without a challenge a client does not know which scheme to use, and sends nothing.",
     "Have the server send WWW-Authenticate with its 401, or the proxy Proxy-Authenticate with its 407; or give the "
     "client "
     "the scheme beforehand."},
    {"dropped-at-redirect",
     "credentials that were dropped at a redirect",
     {"R7235-2.2-server-bound"},
     "RFC 9110, 15.4",
     "Clients leave Authorization out of the request to another server, so that it does not get credentials that were "
     "meant "
     "for the first one.",
     "Ask the server at the end of the redirects directly, or give the client credentials for that server."},
    {"no-credentials",
     "no credentials in the request",
     {},
     "RFC 9110, 11.4",
     "The server asks for credentials, and the input holds no request that has any: the client has none for this "
     "server or "
     "realm, or found no challenge that it can answer.",
     "Give the client credentials for this server. If it does not support the scheme, use another client, or have the "
     "server offer another scheme."},
    {"refused-by-server",
     "a refusal that the messages do not explain",
     {},
     "RFC 9110, 15.5.2",
     "Everything that can be compared fits. The cause is on the server: it has another password, does not know the "
     "user, or has a rule against this user.",
     "Look at the server's log, and at its entry for this user in this realm."},
};

static_assert(std::size(table) == static_cast<std::size_t>(cause_id::refused_by_server) + 1);

}  // namespace

std::string_view name_of(certainty c) noexcept {
    switch (c) {
        case certainty::certain: return "certain";
        case certainty::likely: return "likely";
        case certainty::possible: break;
    }
    return "possible";
}

const refusal_cause& cause_of(cause_id id) { return table[static_cast<std::size_t>(id)]; }

const std::vector<const refusal_cause*>& all_refusal_causes() {
    static const std::vector<const refusal_cause*> all = [] {
        std::vector<const refusal_cause*> causes;
        for (const refusal_cause& c : table) causes.push_back(&c);
        return causes;
    }();
    return all;
}

const refusal_cause* refusal_cause_from_id(std::string_view id) {
    const auto found = std::find_if(std::begin(table), std::end(table), [id](const auto& c) { return c.id == id; });
    return found == std::end(table) ? nullptr : &*found;
}

}  // namespace authgrammar::audit
