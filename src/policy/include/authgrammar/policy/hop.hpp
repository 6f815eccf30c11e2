#ifndef AUTHGRAMMAR_POLICY_HOP_HPP
#define AUTHGRAMMAR_POLICY_HOP_HPP

#include <authgrammar/field.hpp>
#include <authgrammar/policy/export.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace authgrammar::policy {

/// A field line of a message. Views of the caller's.
struct field_line {
    std::string_view name;
    std::string_view value;
};

/// What forwards the messages (RFC 9110, 3.7).
enum class intermediary : std::uint8_t {
    proxy,   ///< chosen by the client: it forwards what is between client and origin server
    gateway  ///< a reverse proxy: an origin server to its client, and a client to the server behind it
};

/// "proxy" or "gateway". The view is of static storage.
[[nodiscard]] AUTHGRAMMAR_POLICY_EXPORT std::string_view name_of(intermediary i) noexcept;

/// What a hop received or sent. Lines in the order of the message; those that concern nobody here may be left out,
/// but not Connection, and not Host, by which a gateway's credentials are judged.
struct hop_message {
    int status = 0;  ///< of a response; 0 means a request
    std::vector<field_line> lines{};
    /// Of the request, or of the one that the response answers; empty: any but CONNECT. Extended CONNECT (RFC 8441), which
    /// asks for no tunnel, is given as empty too.
    std::string_view method{};
    bool tunnelled = false;  ///< it comes through the tunnel that a 2xx to CONNECT opened
};

/// What became of a field between the two messages.
enum class field_change : std::uint8_t {
    unchanged,   ///< the same lines in the same order, white space around values aside
    recombined,  ///< lines joined with a comma, or separated at one, in their order (RFC 9110, 5.3)
    respelled,   ///< the same elements, with other white space or other empty elements within a line
    reordered,   ///< the same lines, or the same elements of the list, in another order
    added,       ///< received without it, sent with it
    dropped,     ///< received with it, sent without it
    changed      ///< anything else
};

/// "unchanged", "recombined" and so on. The view is of static storage.
[[nodiscard]] AUTHGRAMMAR_POLICY_EXPORT std::string_view name_of(field_change c) noexcept;

/// What the RFCs say of it.
enum class permission : std::uint8_t {
    permitted,
    conditional,  ///< permitted if what `text` says is so, which the messages do not show
    forbidden
};

/// "permitted", "conditional" or "forbidden". The view is of static storage.
[[nodiscard]] AUTHGRAMMAR_POLICY_EXPORT std::string_view name_of(permission p) noexcept;

/// A field, what became of it, and what the RFCs say of that.
struct hop_finding {
    std::optional<authgrammar::field> field;  ///< nothing: the finding is about the message as a whole
    field_change change = field_change::unchanged;
    permission allowed = permission::permitted;
    std::string_view requirement;  ///< an id of grammar/requirements.tsv
    std::string_view section;
    std::string_view text;  ///< of static storage, without values
};

/// What a hop that forwards a message did to its authentication fields: a finding for each field that stands in
/// either message, in the order of the enumeration, and for each thing that is wrong with the message as a whole.
/// Both must be requests or both responses; if not, there is one finding that says so. Method and tunnel are those of
/// `received`.
///
/// A proxy forwards WWW-Authenticate, Authorization and Authentication-Info as they are; the Proxy- fields are between
/// two neighbours. A gateway may consume or replace Authorization, and WWW-Authenticate and Authentication-Info are its
/// own word; but the credentials of its client are not for another authority than the one that they were sent to, and
/// what is a proxy's it does not send to its client.
///
/// Whoever answers CONNECT acts as a proxy, whatever it is otherwise. A 2xx opens a tunnel: what comes through it is
/// forwarded as it is, with the origin server as the peer of the client, so that 407 and the Proxy- fields are out of place
/// (RFC 9110, 9.3.6).
///
/// n log n in the values of one field; allocates.
[[nodiscard]] AUTHGRAMMAR_POLICY_EXPORT std::vector<hop_finding> compare_hop(
    const hop_message& received, const hop_message& sent, intermediary between = intermediary::proxy);

}  // namespace authgrammar::policy

#endif
