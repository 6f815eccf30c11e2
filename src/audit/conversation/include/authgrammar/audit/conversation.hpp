#ifndef AUTHGRAMMAR_AUDIT_CONVERSATION_HPP
#define AUTHGRAMMAR_AUDIT_CONVERSATION_HPP

#include <authgrammar/audit/circumstances.hpp>
#include <authgrammar/audit/message.hpp>
#include <authgrammar/audit/reading.hpp>
#include <authgrammar/policy/target_uri.hpp>

#include <memory>
#include <optional>
#include <vector>

namespace authgrammar::audit {

/// What the caller knows, and the messages do not say.
struct known_facts {
    std::optional<policy::target_uri> url{};  ///< where the first request went
    bool form_login = false;                  ///< the service has a login form only: no scheme of RFC 9110, 11
    bool loopback_counts = false;             ///< a connection to loopback counts as unsecured without TLS
};

/// Follows the messages of a dump. A response answers the request right before it; interim responses (1xx) between
/// them change nothing. The server is known from, in this order: an absolute-form target; Host, with the scheme of
/// the caller's URL or of a redirect that named that authority, or else what `curl -v` remarked; without Host, where
/// the last redirect led, or the caller's URL. So for responses without requests. Behind a 2xx to CONNECT, a request that
/// is not in absolute form, for the host that CONNECT named, goes through the tunnel.
///
/// A message takes time linear in its size. Memory is bounded by that of the last request and 20 MiB, however long the
/// conversation goes on: of what is over, the oldest is forgotten first (conversation/memory_limits.hpp says how much is
/// kept). That something was seen before is all that is forgotten, so that findings may be missing, and none is made that
/// rests on it. Not for use by several threads at once.
class conversation {
public:
    explicit conversation(known_facts facts = {});
    conversation(const conversation&) = delete;
    conversation& operator=(const conversation&) = delete;
    ~conversation();

    /// What is known of the next message. Nothing of the message or its readings is referred to afterwards: what a response
    /// needs of its request is kept here. `fields` are the readings of `m`, or none if it is too large to be judged.
    /// `server`, `request`, `tried` and `proxy_tried` of the answer refer to the conversation and are valid until the next
    /// call. Allocates.
    [[nodiscard]] circumstances next(const message& m, const std::vector<field_reading>& fields);

private:
    class memory;
    std::unique_ptr<memory> memory_;
};

}  // namespace authgrammar::audit

#endif
