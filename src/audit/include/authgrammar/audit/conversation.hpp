#ifndef AUTHGRAMMAR_AUDIT_CONVERSATION_HPP
#define AUTHGRAMMAR_AUDIT_CONVERSATION_HPP

#include <authgrammar/audit/message.hpp>
#include <authgrammar/audit/reading.hpp>
#include <authgrammar/audit/span.hpp>
#include <authgrammar/field.hpp>
#include <authgrammar/policy/target_uri.hpp>

#include <memory>
#include <optional>
#include <vector>

namespace authgrammar::audit {

/// What the caller knows, and the messages do not say.
struct known_facts {
    std::optional<policy::target_uri> url{};  ///< where the first request went
    bool form_login = false;                  ///< the service has a login form only: no scheme of RFC 9110, 11
};

/// A place in a message, and one in an earlier message that it has to do with.
struct linked_places {
    field about = field::www_authenticate;
    span at;
    span earlier;
    bool expected = false;  ///< of a challenge: it had come before the credentials did
};

/// What is known of a message from the messages before it and from the caller.
struct circumstances {
    bool form_login = false;

    /// Of a request: whether TLS protects the connection to the server, and to the proxy, if anything tells.
    std::optional<bool> server_secured;
    std::optional<bool> proxy_secured;

    /// Of a 401 or 407: a challenge for the scheme of the credentials that it answers, which says that they were
    /// refused. Not a further round, and not one whose nonce was stale.
    std::optional<linked_places> refusal;

    std::optional<linked_places> sent_again;    ///< of a request: credentials that were refused for the same target
    std::optional<linked_places> carried_over;  ///< of a request: credentials of the server that redirected here
    std::vector<linked_places> other_realms;    ///< of a response: realms beside the first one under the same root
};

/// Follows the messages of a dump. A response answers the request right before it; interim responses (1xx) between
/// them change nothing. The server is known from, in this order: an absolute-form target; Host, with the scheme of
/// the caller's URL or of a redirect that named that authority, or else what `curl -v` remarked; without Host, where
/// the last redirect led, or the caller's URL. So for responses without requests.
///
/// A message takes time linear in its size; memory is linear in all of them. Not for use by several threads at once.
class conversation {
public:
    explicit conversation(known_facts facts = {});
    conversation(const conversation&) = delete;
    conversation& operator=(const conversation&) = delete;
    ~conversation();

    /// What is known of the next message. The message has to outlive this object.
    [[nodiscard]] circumstances next(const message& m, const std::vector<field_reading>& fields);

private:
    class memory;
    std::unique_ptr<memory> memory_;
};

}  // namespace authgrammar::audit

#endif
