#ifndef AUTHGRAMMAR_CONVERSATION_REQUEST_HPP
#define AUTHGRAMMAR_CONVERSATION_REQUEST_HPP

#include <authgrammar/field_lines.hpp>
#include <authgrammar/field_value.hpp>
#include <authgrammar/policy/facts.hpp>
#include <authgrammar/verify/nonce.hpp>

#include <optional>
#include <string_view>

namespace authgrammar::conversation {

/// A request as a server received it, and what the server knows about its target. Views.
struct request {
    std::string_view method;
    std::string_view
        target;  ///< request-target, as in the request line (RFC 9112, 3.2): Digest's `uri` must be these octets

    /// All lines of Authorization, or of Proxy-Authorization at a proxy, even if there should be one only: see field_lines.
    /// Nothing, or no line, if the request has none.
    std::optional<field_value> credentials{};

    bool secured = false;       ///< received over TLS, or from a proxy that is trusted to say so
    std::string_view client{};  ///< what nonces are bound to, such as the client's address; any octets
    /// Who an earlier request on the same connection was admitted as, by a scheme that authenticates connections: Negotiate or
    /// NTLM. If one of them is offered, a request without credentials is admitted as that user. Only for a connection that is
    /// the client's own: one that a proxy shares among its clients has none.
    std::string_view connection_user{};

    bool preflight = false;  ///< OPTIONS with Access-Control-Request-Method: a CORS preflight (Fetch standard)

    policy::resource_state resource = policy::resource_state::protected_resource;
    policy::existence_rule existence = policy::existence_rule::open;

    /// The time, for Digest's nonces. If not given: the system's clock when the guard was made, and the time that has passed
    /// since, so that nobody can set it; the system's clock if the options gave a key or a memory of nonces.
    std::optional<verify::time_point> now{};
};

}  // namespace authgrammar::conversation

#endif
