#ifndef AUTHGRAMMAR_POLICY_ACTING_HPP
#define AUTHGRAMMAR_POLICY_ACTING_HPP

#include <authgrammar/policy/facts.hpp>

namespace authgrammar::policy {

/// Whether the answer is a proxy's: 407, Proxy-Authenticate, Proxy-Authorization.
// decides: R9110-9.3.6-connect
[[nodiscard]] constexpr bool acts_as_proxy(const facts& f) noexcept {
    return f.hop == hop_role::proxy || f.method == request_method::connect;
}

/// Whether the request is a preflight for a resource of who answers. A proxy forwards it like any other.
[[nodiscard]] constexpr bool is_preflight(const facts& f) noexcept {
    return f.method == request_method::preflight && !acts_as_proxy(f);
}

/// Whether the request, if it is granted, creates its target.
// decides: R9110-9.3.4-created
[[nodiscard]] constexpr bool creates_target(const facts& f) noexcept {
    return f.method == request_method::put && f.resource == resource_state::absent;
}

[[nodiscard]] constexpr bool has_scheme(const facts& f) noexcept {
    return f.authentication == authentication_kind::http;
}

}  // namespace authgrammar::policy

#endif
