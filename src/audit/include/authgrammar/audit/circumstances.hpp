#ifndef AUTHGRAMMAR_AUDIT_CIRCUMSTANCES_HPP
#define AUTHGRAMMAR_AUDIT_CIRCUMSTANCES_HPP

#include <authgrammar/audit/span.hpp>
#include <authgrammar/field.hpp>

#include <optional>
#include <string>
#include <vector>

namespace authgrammar::audit {

/// A place in a message, and one in an earlier message that it has to do with.
struct linked_places {
    field about = field::www_authenticate;
    span at;
    span earlier;
};

struct message;

/// Credentials of a request: the name of the scheme in lower case, and their place.
struct tried_scheme {
    std::string name;
    span at;
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

    /// The server that a request is for, or a response comes from: its root, or "//authority" if nothing tells the scheme;
    /// empty if nothing tells the server.
    std::string server;

    const message* request = nullptr;         ///< of a response: the request that it answers, if that is known
    std::optional<tried_scheme> tried;        ///< of a response: the Authorization of its request
    std::optional<tried_scheme> proxy_tried;  ///< of a response: the Proxy-Authorization of its request

    /// Of a request to, or a response of, the server that a tunnel leads to (RFC 9110, 9.3.6).
    bool in_tunnel = false;
    /// Of a request in a tunnel: its Proxy-Authorization is the proxy's, or answers a 407 that came through the tunnel;
    /// and where that is.
    std::optional<linked_places> leaked;
};

}  // namespace authgrammar::audit

#endif
