#ifndef AUTHGRAMMAR_AUDIT_CONVERSATION_SENT_CREDENTIALS_HPP
#define AUTHGRAMMAR_AUDIT_CONVERSATION_SENT_CREDENTIALS_HPP

#include <authgrammar/audit/reading.hpp>
#include <authgrammar/audit/span.hpp>
#include <authgrammar/field.hpp>
#include <authgrammar/schemes/scheme.hpp>

#include "conversation/digest_memory.hpp"
#include "conversation/fingerprint.hpp"
#include "core/ascii.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace authgrammar::audit {

/// Credentials of a request, in a field that holds exactly one, as far as they are compared.
struct sent_credentials {
    field about = field::authorization;
    const schemes::scheme_description* known = nullptr;  ///< their scheme; null if the table has none of that name
    std::string unknown;                                 ///< its name then, as it was sent
    fingerprint value;                                   ///< of the line
    fingerprint attempt;  ///< of the line, the target and the recipient, if that is known
    std::optional<fingerprint> realm;
    std::optional<fingerprint> user;
    bool scheme_alone = false;  ///< there is no space in the value, which may be a token without its scheme
    bool last_leg_of_ntlm = false;
    span at;

    /// The name of their scheme, in the case of the table or else of the sender.
    [[nodiscard]] std::string_view scheme() const noexcept { return known == nullptr ? unknown : known->name; }
    /// Compared without regard to ASCII case.
    [[nodiscard]] bool has_scheme(std::string_view name) const noexcept {
        return detail::equal_ignoring_case(scheme(), name);
    }
    [[nodiscard]] bool same_user(const sent_credentials& other) const noexcept {
        return value == other.value || (user && user == other.user && has_scheme(other.scheme()));
    }
    [[nodiscard]] bool exposes(schemes::exposure what) const noexcept {
        return known != nullptr && known->exposes == what;
    }
};

/// Makes `into` the credentials in a field, and `digest` the same if they are of Digest; nothing if there are none, or if the
/// field has several lines. A null pointer is a field that is not there. Linear.
void read_credentials(const field_reading* r, std::optional<sent_credentials>& into,
                      std::optional<remembered_digest>& digest);

/// The Authorization of a request if no server can read it, by the grammar or the base64 of Basic: its place. A null pointer is a
/// field that is not there.
[[nodiscard]] std::optional<span> malformed_in(const field_reading* authorization);

}  // namespace authgrammar::audit

#endif
