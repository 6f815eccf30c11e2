#ifndef AUTHGRAMMAR_CORE_FIELD_NAMES_HPP
#define AUTHGRAMMAR_CORE_FIELD_NAMES_HPP

#include <authgrammar/field.hpp>

#include <string_view>

namespace authgrammar::detail {

/// The registered name of `f`, for tables that are made at compile time.
// decides: R7235-5.3-fields
[[nodiscard]] constexpr std::string_view registered_name(field f) noexcept {
    switch (f) {
        case field::www_authenticate: return "WWW-Authenticate";
        case field::proxy_authenticate: return "Proxy-Authenticate";
        case field::authorization: return "Authorization";
        case field::proxy_authorization: return "Proxy-Authorization";
        case field::authentication_info: return "Authentication-Info";
        case field::proxy_authentication_info: break;
    }
    return "Proxy-Authentication-Info";
}

}  // namespace authgrammar::detail

#endif
