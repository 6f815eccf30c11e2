#ifndef AUTHGRAMMAR_AUDIT_CONVERSATION_SENT_CREDENTIALS_HPP
#define AUTHGRAMMAR_AUDIT_CONVERSATION_SENT_CREDENTIALS_HPP

#include <authgrammar/audit/reading.hpp>
#include <authgrammar/audit/span.hpp>
#include <authgrammar/challenge.hpp>
#include <authgrammar/field.hpp>
#include <authgrammar/schemes/scheme.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace authgrammar::audit {

/// The value of a parameter, unescaped; nothing if there is none of that name.
[[nodiscard]] std::optional<std::string> param_of(const challenge& c, std::string_view name);

/// Credentials of a request, in a field that holds exactly one. The view is of the message.
struct sent_credentials {
    field about = field::authorization;
    std::string scheme;  ///< lower case
    std::string_view value;
    std::optional<std::string> realm;
    std::optional<std::string> user;
    span at;

    [[nodiscard]] bool same_user(const sent_credentials& other) const {
        return value == other.value || (scheme == other.scheme && user && user == other.user);
    }

    /// Whether it is the third message of NTLM.
    [[nodiscard]] bool is_last_leg_of_ntlm() const noexcept;
};

/// The credentials in that field of a message; nothing if there are none, or several.
[[nodiscard]] std::optional<sent_credentials> credentials_in(field f, const std::vector<field_reading>& fields);

/// The Authorization of a request if no server can read it, by the grammar or the base64 of Basic: its place.
[[nodiscard]] std::optional<span> malformed_in(const std::vector<field_reading>& fields);

/// Whether the table has the scheme, and says that of its credentials.
[[nodiscard]] bool exposes(std::string_view scheme, schemes::exposure what) noexcept;

}  // namespace authgrammar::audit

#endif
