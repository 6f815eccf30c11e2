#ifndef AUTHGRAMMAR_AUDIT_CONVERSATION_SENT_CREDENTIALS_HPP
#define AUTHGRAMMAR_AUDIT_CONVERSATION_SENT_CREDENTIALS_HPP

#include <authgrammar/audit/reading.hpp>
#include <authgrammar/audit/span.hpp>
#include <authgrammar/field.hpp>
#include <authgrammar/schemes/scheme.hpp>

#include "conversation/digest_memory.hpp"
#include "conversation/fingerprint.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace authgrammar::audit {

/// Credentials of a request, in a field that holds exactly one, as far as they are compared.
struct sent_credentials {
    field about = field::authorization;
    std::string scheme;                                  ///< lower case
    const schemes::scheme_description* known = nullptr;  ///< of the scheme; null if the table has none
    fingerprint value;                                   ///< of the line
    fingerprint attempt;  ///< of the line, the target and the recipient, if that is known
    std::optional<fingerprint> realm;
    std::optional<fingerprint> user;
    bool scheme_alone = false;  ///< there is no space in the value, which may be a token without its scheme
    bool last_leg_of_ntlm = false;
    span at;

    [[nodiscard]] bool same_user(const sent_credentials& other) const {
        return value == other.value || (scheme == other.scheme && user && user == other.user);
    }
    /// Whether they are of that scheme, which is in lower case.
    [[nodiscard]] bool is(std::string_view name) const noexcept { return std::string_view(scheme) == name; }
    [[nodiscard]] bool exposes(schemes::exposure what) const noexcept {
        return known != nullptr && known->exposes == what;
    }
};

/// Makes `into` the credentials in a field, and `digest` the same if they are of Digest; nothing if there are none, or if the
/// field has several lines. A null pointer is a field that is not there. Linear.
void read_credentials(const field_reading* r, std::optional<sent_credentials>& into,
                      std::optional<remembered_digest>& digest);

/// The Authorization of a request if no server can read it, by the grammar or the base64 of Basic: its place.
[[nodiscard]] std::optional<span> malformed_in(const std::vector<field_reading>& fields);

}  // namespace authgrammar::audit

#endif
