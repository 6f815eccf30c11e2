#ifndef AUTHGRAMMAR_AUDIT_CIRCUMSTANCES_HPP
#define AUTHGRAMMAR_AUDIT_CIRCUMSTANCES_HPP

#include <authgrammar/audit/message.hpp>
#include <authgrammar/audit/span.hpp>
#include <authgrammar/field.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace authgrammar::schemes {
struct scheme_description;
}

namespace authgrammar::audit {

/// A place in a message, and one in an earlier message that it has to do with.
struct linked_places {
    field about = field::www_authenticate;
    span at;
    span earlier;
};

/// What of a request matters to its response. It refers to no message.
struct request_facts {
    start_kind start = start_kind::none;
    span start_line;  ///< of the first byte if there is none
    std::string method;
    std::string target;
    std::string protocol;
    bool authorization = false;        ///< it has a line of Authorization, or may have one that was not read
    bool proxy_authorization = false;  ///< likewise
    bool cookie = false;
    bool form = false;             ///< its content is a form: application/x-www-form-urlencoded
    bool closes = false;           ///< the connection ends with the exchange (RFC 9112, 9.3)
    bool preflight = false;        ///< a CORS preflight, ...
    bool asks_for_header = false;  ///< ... or one that names no method, which asks for the header field Authorization
    std::optional<bool> secured;   ///< as message::secured
    bool loopback = false;         ///< as message::loopback
};

/// Credentials of a request: their scheme and their place.
struct tried_scheme {
    const schemes::scheme_description* known = nullptr;  ///< null if the table has none of that name
    std::string_view name;  ///< in any case; a view into the conversation, valid until its next call of next()
    span at;
};

/// A parameter of Digest that is not what an earlier message has: its name, of static storage, and both places.
struct unlike_param {
    std::string_view name;
    linked_places where;
    bool missing = false;  ///< it is not there at all, and `where` is the field
};

/// What Digest says of a message beside those before it (RFC 7616).
struct digest_circumstances {
    std::vector<unlike_param> unlike_challenge;   ///< of a request: parameters that are not those of the challenge
    std::optional<linked_places> nc_reused;       ///< of a request: a nonce and an nc that were sent before
    std::optional<linked_places> nonce_repeated;  ///< of a 401 or 407: a nonce that an earlier one had
    std::optional<linked_places> stale_missing;   ///< of a 401 or 407: a new nonce for a user who was accepted before
    std::optional<linked_places> never_accepted;  ///< of a 401 or 407: the third new nonce in a row, without stale
    std::vector<unlike_param> unlike_request;     ///< of an -Info field: parameters that are not those of the request
};

/// What is known of a message from the messages before it and from the caller; a conversation finds it out.
struct circumstances {
    bool form_login = false;

    /// Whether TLS protects the connection to the server, and to the proxy, if anything tells; of a response, that of its
    /// request. Nothing is said of a server on loopback, unless the caller wants it.
    std::optional<bool> server_secured;
    std::optional<bool> proxy_secured;

    /// Of a 401 or 407: a challenge for the scheme of the credentials that it answers, which says that they were
    /// refused. Not a further round, and not one whose nonce was stale.
    std::optional<linked_places> refusal;
    bool refused_by_same = false;  ///< the challenge of `refusal` had come before the credentials did

    std::optional<linked_places> sent_again;    ///< of a request: credentials that were refused for the same target
    std::optional<linked_places> carried_over;  ///< of a request: credentials of the server that redirected here
    std::optional<span> unread_uri;             ///< a target or Location from which no URI can be read
    std::vector<linked_places> other_realms;    ///< of a response: realms beside the first one under the same root

    /// Of bare field lines that look like a request's: the start line of the request whose header section an empty line
    /// right before them ended.
    std::optional<span> head_ended;

    /// The server that a request is for, or a response comes from: its root, or "//authority" if nothing tells the scheme;
    /// empty if nothing tells the server. A view of the conversation, until its next message.
    std::string_view server;

    /// Of a response: the request that it answers; null if that is not known. The conversation keeps it until its next message.
    const request_facts* request = nullptr;
    std::optional<tried_scheme> tried;        ///< of a response: the Authorization of its request
    std::optional<tried_scheme> proxy_tried;  ///< of a response: the Proxy-Authorization of its request

    /// Of a request to, or a response of, the server that a tunnel leads to (RFC 9110, 9.3.6).
    bool in_tunnel = false;
    /// Of a request in a tunnel: its Proxy-Authorization is the proxy's, or answers a 407 that came through the tunnel;
    /// and where that is.
    std::optional<linked_places> leaked;

    digest_circumstances digest;
    std::vector<linked_places> domains_elsewhere;  ///< of a response: a Digest domain that names another server; twice
    std::optional<linked_places> weaker_scheme;    ///< of a request: a password, where the 401 offered a scheme without
    std::optional<span> utf8_asked;                ///< of a request with Basic: the challenge that asked for UTF-8
    std::optional<linked_places> leg_unasked;      ///< of a request: the last token of NTLM, which nothing asked for
    std::optional<span> malformed;  ///< of a response: the credentials of its request, which are malformed
    std::optional<linked_places> credentials_left_out;  ///< of a 407: that its request lacks, and an earlier one had
    std::optional<span> accepted_before;  ///< of a response: credentials that were accepted for the same target before
    std::string_view shared_cache;        ///< of a response: what lets a shared cache use it for others (RFC 9111, 3.5)
};

}  // namespace authgrammar::audit

#endif
