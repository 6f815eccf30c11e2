#ifndef AUTHGRAMMAR_SCHEME_OF_HPP
#define AUTHGRAMMAR_SCHEME_OF_HPP

#include <authgrammar/detail/portability.hpp>
#include <authgrammar/export.hpp>

#include <string_view>

namespace authgrammar {

/// The auth-scheme that a value of Authorization or Proxy-Authorization begins with (RFC 9110, 11.4), and the first of a
/// value of WWW-Authenticate or Proxy-Authenticate: the token at the beginning, after white space, if a space or the end of the
/// value follows it; else empty. The rest of the value is not read: it need not be in the grammar, so that a gateway can tell
/// where credentials belong whose scheme has a syntax of its own, as AWS4-HMAC-SHA256. Compare it without regard to ASCII
/// case. A view of `value`. Linear in the white space and the scheme; no allocation.
[[nodiscard]] AUTHGRAMMAR_EXPORT std::string_view scheme_of(std::string_view value AUTHGRAMMAR_LIFETIMEBOUND) noexcept;

}  // namespace authgrammar

#endif
