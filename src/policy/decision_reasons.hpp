#ifndef AUTHGRAMMAR_POLICY_DECISION_REASONS_HPP
#define AUTHGRAMMAR_POLICY_DECISION_REASONS_HPP

#include <authgrammar/policy/decision.hpp>

#include <string_view>

// What the RFCs say, each in one place, and what must not differ between which cases.

namespace authgrammar::policy::reasons {

inline constexpr reason no_credentials{
    "S401-1", "RFC 9110, 11.4 and 15.5.2",
    "A request for a protected resource without credentials is answered with 401 and at least one challenge."};
inline constexpr reason refused_credentials{"S401-2", "RFC 9110, 11.4 and 15.5.2",
                                            "Invalid credentials get the same answer as none, whether they are wrong, "
                                            "expired, revoked, malformed or of an unknown user."};
inline constexpr reason malformed_as_invalid{
    "S401-3", "RFC 9110, 11.4 and 15.5.1",
    "A field value that breaks the grammar has no valid credentials. By policy it gets the same answer as invalid "
    "ones, which asks the client to try again."};
inline constexpr reason malformed_as_bad_request{
    "S401-3", "RFC 9110, 15.5.1",
    "A field value that breaks the grammar is malformed request syntax, for which 400 is permitted. 400 tells the "
    "author of a broken client more than a challenge does. This check comes before all others."};
inline constexpr reason another_round{
    "R7235-2.1-multi-round", "RFC 9110, 11.4",
    "Partial credentials are not rejected: the scheme needs another round, and a new challenge carries it."};
inline constexpr reason ask_origin{"R7235-2.1-no-or-bad-credentials", "RFC 9110, 11.4",
                                   "Omitted, invalid and partial credentials for a protected resource get 401."};
inline constexpr reason ask_proxy{"R7235-2.1-no-or-bad-proxy-credentials", "RFC 9110, 11.4",
                                  "Omitted, invalid and partial proxy credentials get 407."};
inline constexpr reason with_challenge{"R7235-2.1-401-challenge", "RFC 9110, 11.6.1 and 15.5.2",
                                       "A 401 carries WWW-Authenticate with at least one challenge."};
inline constexpr reason with_proxy_challenge{
    "R7235-2.1-407-challenge", "RFC 9110, 11.7.1 and 15.5.8",
    "A 407 carries Proxy-Authenticate with at least one challenge for this proxy."};
inline constexpr reason refused_again{"R7235-3.1-401-refused", "RFC 9110, 15.5.2",
                                      "A 401 to a request with credentials says that they were rejected."};
inline constexpr reason proxy_says_407{
    "S401-10", "RFC 9110, 11.3 and 15.5.8",
    "The proxy asks for credentials: 407, never 401, which only an origin server sends."};
inline constexpr reason gateway_says_401{"R9110-3.7-gateway", "RFC 9110, 3.7",
                                         "A gateway meets all requirements on an origin server: 401, never 407, which "
                                         "is for a proxy that the client chose."};
inline constexpr reason not_adequate{"S401-4", "RFC 9110, 11.4 and 15.5.4",
                                     "Valid credentials that are not sufficient get 403. The client may repeat the "
                                     "request with others, but should not automatically repeat it with the same ones."};
inline constexpr reason inadequate_403{"R7235-2.1-inadequate-403", "RFC 9110, 11.4",
                                       "Valid credentials that are not sufficient should get 403."};
inline constexpr reason whatever_credentials{
    "S401-5", "RFC 9110, 15.5.4",
    "A request can be refused for reasons that have nothing to do with its credentials. Then no challenge is sent, "
    "which would promise that credentials help."};
inline constexpr reason by_network{"S401-5", "RFC 9110, 15.5.4",
                                   "The network that the request comes from is blocked: 403 without a challenge, which "
                                   "would promise that credentials help."};
inline constexpr reason by_connection{"S401-5", "RFC 9110, 15.5.4 and 17.16.1",
                                      "The connection is not encrypted: 403 without a challenge, which would make the "
                                      "client send its credentials in the clear."};
inline constexpr reason secure_first{
    "R7235-6.1-server-secures", "RFC 9110, 17.16.1",
    "A server whose credentials need confidentiality has to secure the connection before they are exchanged."};
inline constexpr reason by_rate{
    "R6585-4-429", "RFC 6585, 4",
    "The client has sent too many requests: 429, whatever its credentials, and Retry-After if the wait is known."};
inline constexpr reason by_law{
    "R7725-3-451", "RFC 7725, 3",
    "Access is denied as the consequence of a legal demand: 451, with an explanation of it."};
inline constexpr reason by_protocol{
    "R9110-15.5.22-426", "RFC 9110, 15.5.22",
    "The service refuses this version of the protocol: 426 with Upgrade, which says what it wants instead."};
inline constexpr reason refused_as_403{"S401-5", "RFC 9110, 15.5.4",
                                       "403 says less, but is permitted for every reason to refuse a request."};
inline constexpr reason to_https{"R7235-6.1-server-secures", "RFC 9110, 15.4.2, 15.4.9 and 17.16.1",
                                 "A redirect to the same target with https leads clients to a secured connection "
                                 "before any credentials are exchanged. 308 keeps the method."};
inline constexpr reason hide_403{"S401-6", "RFC 9110, 15.5.4 and 15.5.5",
                                 "To hide that a target exists, send 404 instead of 403 to everyone who may not know: "
                                 "the answer for a target that does not exist."};
inline constexpr reason hide_404{
    "S401-6", "RFC 9110, 15.5.4 and 15.5.5",
    "Existence is hidden from this client: the answer is 404 whether or not the target exists."};
inline constexpr reason same_403{"S401-6", "RFC 9110, 15.5.4",
                                 "403 hides existence as well, if every path here gets it whether or not it exists."};
inline constexpr reason hide_401{"S401-7", "RFC 9110, 11.4 and 15.5.2",
                                 "Existence is hidden from this client: the answer is 401 with the same challenge "
                                 "whether or not the target exists."};
inline constexpr reason round_hides{
    "S401-7", "RFC 9110, 11.4 and 15.5.2",
    "Existence is hidden from this client: the round is completed first, whether or not the target exists."};
inline constexpr reason may_offer{
    "R7235-4.1-elsewhere", "RFC 9110, 11.6.1",
    "WWW-Authenticate may be sent with other status codes, to say that (other) credentials could change the answer."};
inline constexpr reason form_only{"S401-8", "RFC 9110, 11.4, 15.5.2 and 15.5.4",
                                  "A login with a form or a cookie is not an HTTP authentication scheme, so there is "
                                  "no challenge to send and 401 is not permitted. 403 is."};
inline constexpr reason form_redirect{
    "S401-8", "RFC 9110, 11.4, 15.5.2 and 15.4",
    "A login with a form or a cookie is not an HTTP authentication scheme, so there is no challenge to send and 401 is "
    "not permitted. A temporary redirect to the login page is; clients would remember a permanent one (301, 308)."};
inline constexpr reason form_rewrites{"S401-8", "RFC 9110, 15.4.3",
                                      "302 lets user agents turn a POST into a GET, and most do. 303 tells them to."};
inline constexpr reason form_resends{"S401-8", "RFC 9110, 15.4.8",
                                     "307 keeps the method: a POST is sent to the login page with its content."};
inline constexpr reason not_there{"S401-9", "RFC 9110, 15.5.5",
                                  "There is nothing at the target, and that is no secret: 404. Credentials would not "
                                  "change that, so do not ask for them."};
inline constexpr reason gone{"S401-9", "RFC 9110, 15.5.5 and 15.5.11",
                             "410 is better if the origin server knows that the target is gone for good."};
inline constexpr reason elsewhere{
    "S401-9", "RFC 9110, 15.4.2",
    "The target has moved, and everyone may know: a redirect with Location, without a challenge."};
inline constexpr reason elsewhere_same_method{"S401-9", "RFC 9110, 15.4.9",
                                              "308 is permanent too, and keeps the method."};
inline constexpr reason elsewhere_for_now{
    "S401-9", "RFC 9110, 15.4.3 and 15.4.8",
    "302 and 307 say that the target is temporarily elsewhere; 307 keeps the method."};
inline constexpr reason needs_none{"S401-9", "RFC 9110, 11.4",
                                   "The target is open to everyone: only protected resources ask for credentials, and "
                                   "credentials that are not needed are not checked."};
inline constexpr reason proxy_needs_none{
    "S401-10", "RFC 9110, 11.4",
    "The proxy serves everyone: it forwards the request, and the status is that of the response that comes back."};
inline constexpr reason accepted{"R7235-4.2-realm-wide", "RFC 9110, 11.4 and 11.6.2",
                                 "The credentials are valid and sufficient: the request is answered. They count for "
                                 "the whole realm unless the scheme says otherwise."};
inline constexpr reason proxy_accepted{"R7235-4.4-consumed", "RFC 9110, 11.7.2",
                                       "The proxy accepts the credentials and consumes them: it forwards the request, "
                                       "and the status is that of the response that comes back."};
inline constexpr reason once_403{
    "S401-11", "RFC 9110, 15.5.4 (RFC 2616, 10.4.4)",
    "In RFC 2616, 403 meant that authorization would not help and that the request should not be repeated. Since RFC "
    "7231 (6.5.3) other credentials may help, and the client may try them."};
inline constexpr reason once_401{"S401-11", "RFC 9110, 11.4 (RFC 2616, 10.4.2)",
                                 "In RFC 2616, known users without access rights got 401, because its 403 ruled out "
                                 "that credentials help. Since RFC 7235 (2.1) they should get 403."};

inline constexpr std::string_view alike_causes =
    "status, fields, content and time taken: for a wrong password, an unknown user, and expired or revoked credentials";
inline constexpr std::string_view alike_targets =
    "status, fields, content and time taken: for a target that does not exist, and one that the client may not know "
    "about";
inline constexpr std::string_view alike_paths =
    "status, fields, content and time taken: for every path in the refused part, whether or not it exists";

inline constexpr reason unasked_403{
    "R9110-15.5.4-403", "RFC 9110, 11.4 and 15.5.4",
    "403 is permitted for any reason, but the client does not learn that credentials would help: it should be 401."};
inline constexpr reason unasked_proxy_403{
    "R9110-15.5.4-403", "RFC 9110, 11.4 and 15.5.4",
    "403 is permitted for any reason, but the client does not learn that credentials would help: it should be 407."};
inline constexpr reason hide_401_answer{
    "S401-6", "RFC 9110, 15.5.4 and 15.5.5",
    "404 is permitted in order to hide that the target exists, if targets that do not exist get the same answer. The "
    "client learns only from a challenge that credentials would help."};
inline constexpr reason created{"R9110-9.3.4-created", "RFC 9110, 9.3.4",
                                "There is nothing at the target, and PUT creates it: 201."};
inline constexpr reason would_be_created{
    "R9110-9.3.4-created", "RFC 9110, 9.3.4 and 11.4",
    "There is nothing at the target, and PUT would create it, which needs credentials like a change of what exists."};
inline constexpr reason connects{"R9110-9.3.6-connect", "RFC 9110, 9.3.6 and 15.5.8",
                                 "CONNECT asks for a tunnel, and whoever answers it acts as a proxy: 407 with "
                                 "Proxy-Authenticate, never 401. WWW-Authenticate is for the origin server behind it."};
inline constexpr reason opens_tunnel{"R9110-9.3.6-connect", "RFC 9110, 9.3.6",
                                     "Any 2xx to CONNECT opens the tunnel: what follows is between the client and the "
                                     "origin server, and neither 407 nor Proxy-Authorization is part of it."};
inline constexpr reason checked{
    "R9110-11.4-optional", "RFC 9110, 11.4 and 15.5.2",
    "The target is public, but who identifies themselves gets something else. Credentials that are not valid are "
    "rejected, so that the client learns that it was not recognised."};
inline constexpr reason not_checked{
    "R9110-11.4-optional", "RFC 9110, 11.4",
    "Credentials for a public target may be left unchecked: the client gets what everyone gets."};
inline constexpr reason preflight_passes{
    {},
    "the Fetch standard, CORS-preflight fetch",
    "A browser sends no credentials with a preflight, and sends the request itself only after a 2xx. So a preflight is "
    "answered without a check, and the request that follows is the one that is decided. This is practice; no RFC says "
    "so."};
inline constexpr reason preflight_breaks{{},
                                         "the Fetch standard, CORS-preflight fetch",
                                         "RFC 9110 permits this answer, but no browser sends the request itself after "
                                         "it: a preflight needs a 2xx. This is practice; no RFC says so."};
inline constexpr reason captive{"R6585-6-511", "RFC 6585, 6",
                                "A captive portal says 511 and links to its login page, so that no client takes the "
                                "answer for that of the target. An origin server sends none."};
inline constexpr reason not_stored{
    "R9110-15.5.5-heuristic", "RFC 9110, 15.5.5, and RFC 9111, 4.2.2 and 5.2.2.5",
    "Caches may store a 404 without being told to, and give it to somebody who may have the target: no-store."};
inline constexpr reason personal{
    "R9111-3.5-personal", "RFC 9111, 3.5, 4.1 and 5.2.2.7",
    "The content is for who authenticated: private keeps it out of shared caches, also where the request had no "
    "Authorization, and Vary keeps it from other users of one cache."};
inline constexpr reason varies{"R9111-3.5-personal", "RFC 9111, 4.1",
                               "The content depends on whether the client is identified: Vary says so to caches."};

}  // namespace authgrammar::policy::reasons

#endif
