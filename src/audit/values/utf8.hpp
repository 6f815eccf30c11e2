#ifndef AUTHGRAMMAR_AUDIT_VALUES_UTF8_HPP
#define AUTHGRAMMAR_AUDIT_VALUES_UTF8_HPP

#include <cstddef>
#include <string_view>

namespace authgrammar::audit {

/// The length in bytes of the UTF-8 character (RFC 3629, 4) at `at`, which is inside `s`; 0 if there is none. Constant time.
[[nodiscard]] std::size_t utf8_length(std::string_view s, std::size_t at) noexcept;

/// Whether the octets are UTF-8. Linear.
[[nodiscard]] bool is_utf8(std::string_view octets) noexcept;

/// Whether there is an octet that is not ASCII. Linear.
[[nodiscard]] bool has_non_ascii(std::string_view octets) noexcept;

}  // namespace authgrammar::audit

#endif
