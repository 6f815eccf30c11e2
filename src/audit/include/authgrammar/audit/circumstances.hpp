#ifndef AUTHGRAMMAR_AUDIT_CIRCUMSTANCES_HPP
#define AUTHGRAMMAR_AUDIT_CIRCUMSTANCES_HPP

#include <authgrammar/audit/span.hpp>
#include <authgrammar/field.hpp>

#include <optional>
#include <vector>

namespace authgrammar::audit {

/// A place in a message, and one in an earlier message that it has to do with.
struct linked_places {
    field about = field::www_authenticate;
    span at;
    span earlier;
};

/// What is known of a message from the messages before it and from the caller; a conversation finds it out.
struct circumstances {
    bool form_login = false;

    /// Of a request: whether TLS protects the connection to the server, and to the proxy, if anything tells.
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
};

}  // namespace authgrammar::audit

#endif
