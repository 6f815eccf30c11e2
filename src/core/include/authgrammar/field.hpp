#ifndef AUTHGRAMMAR_FIELD_HPP
#define AUTHGRAMMAR_FIELD_HPP

#include <authgrammar/export.hpp>

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace authgrammar {

/// The six fields of HTTP Authentication (RFC 9110, Section 11; RFC 7235; RFC 7615).
enum class field : std::uint8_t {
    www_authenticate,          ///< RFC 9110, 11.6.1
    proxy_authenticate,        ///< RFC 9110, 11.7.1
    authorization,             ///< RFC 9110, 11.6.2
    proxy_authorization,       ///< RFC 9110, 11.7.2
    authentication_info,       ///< RFC 9110, 11.6.3
    proxy_authentication_info  ///< RFC 9110, 11.7.3
};

/// What the value of a field is. Fields of one kind have one grammar.
enum class field_kind : std::uint8_t {
    challenges,   ///< a list of challenge (RFC 9110, 11.3)
    credentials,  ///< exactly one credentials (RFC 9110, 11.4)
    info          ///< a list of auth-param (RFC 9110, 11.6.3)
};

/// All fields, in the order of the enumeration.
inline constexpr std::array<field, 6> all_fields{field::www_authenticate,    field::proxy_authenticate,
                                                 field::authorization,       field::proxy_authorization,
                                                 field::authentication_info, field::proxy_authentication_info};

/// The kind of value that `f` has. Constant time.
[[nodiscard]] constexpr field_kind kind_of(field f) noexcept {
    switch (f) {
        case field::www_authenticate:
        case field::proxy_authenticate: return field_kind::challenges;
        case field::authorization:
        case field::proxy_authorization: return field_kind::credentials;
        case field::authentication_info:
        case field::proxy_authentication_info: break;
    }
    return field_kind::info;
}

/// The registered name of `f` as RFC 9110 spells it, such as "WWW-Authenticate": a view of static storage. Constant
/// time.
[[nodiscard]] AUTHGRAMMAR_EXPORT std::string_view name_of(field f) noexcept;

/// The field with this name, compared without regard to ASCII case (RFC 9110, 5.1), or nothing. Linear in the name; no
/// allocation.
[[nodiscard]] AUTHGRAMMAR_EXPORT std::optional<field> field_from_name(std::string_view name) noexcept;

}  // namespace authgrammar

#endif
