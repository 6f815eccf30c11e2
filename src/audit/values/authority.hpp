#ifndef AUTHGRAMMAR_AUDIT_AUTHORITY_HPP
#define AUTHGRAMMAR_AUDIT_AUTHORITY_HPP

#include <string_view>

namespace authgrammar::audit {

/// The authority of an absolute URI, userinfo included; empty if it is none. A view of it.
[[nodiscard]] std::string_view authority_of(std::string_view uri) noexcept;

/// The host of an authority, without the port.
[[nodiscard]] std::string_view host_in(std::string_view authority) noexcept;

/// Whether no packet for the authority, a host with or without a port, leaves the machine: localhost and the names below
/// it (RFC 6761, 6.3), 127.0.0.0/8 (RFC 1122, 3.2.1.3) and ::1 (RFC 4291, 2.5.3).
[[nodiscard]] bool is_loopback(std::string_view authority) noexcept;

}  // namespace authgrammar::audit

#endif
