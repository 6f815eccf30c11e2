#ifndef AUTHGRAMMAR_AUDIT_LINE_NAME_OF_MESSAGE_HPP
#define AUTHGRAMMAR_AUDIT_LINE_NAME_OF_MESSAGE_HPP

#include <authgrammar/field.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>

namespace authgrammar::audit {

/// The fields that the reader, rules or the conversation look for.
enum class line_name : std::uint8_t {
    // Those of authentication, in the order of `field`.
    www_authenticate,
    proxy_authenticate,
    authorization,
    proxy_authorization,
    authentication_info,
    proxy_authentication_info,

    allow_credentials,  ///< Access-Control-Allow-Credentials
    allow_headers,      ///< Access-Control-Allow-Headers
    allow_origin,       ///< Access-Control-Allow-Origin
    request_headers,    ///< Access-Control-Request-Headers
    request_method,     ///< Access-Control-Request-Method
    cache_control,
    connection,
    content_length,
    content_location,
    content_type,
    cookie,
    host,
    location,
    origin,
    proxy_connection,
    referer,
    transfer_encoding,

    other  ///< any other name
};
inline constexpr std::size_t line_names = static_cast<std::size_t>(line_name::other);

/// The field of authentication with that name; nothing if it is none.
[[nodiscard]] constexpr std::optional<field> field_of(line_name name) noexcept {
    return static_cast<std::size_t>(name) < all_fields.size() ? std::optional(static_cast<field>(name)) : std::nullopt;
}

}  // namespace authgrammar::audit

#endif
