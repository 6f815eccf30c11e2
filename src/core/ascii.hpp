#ifndef AUTHGRAMMAR_CORE_ASCII_HPP
#define AUTHGRAMMAR_CORE_ASCII_HPP

#include <cstddef>
#include <string_view>

namespace authgrammar::detail {

/// ASCII lower case; any other octet as it is. The locale has no say (RFC 9110, 2.1 and 5.1).
[[nodiscard]] constexpr char lower(char c) noexcept {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

/// Whether `a` and `b` are equal without regard to ASCII case. Linear; no allocation.
[[nodiscard]] constexpr bool equal_ignoring_case(std::string_view a, std::string_view b) noexcept {
    if (a.size() != b.size()) return false;
    for (std::size_t i = 0; i < a.size(); ++i) {
        if (lower(a[i]) != lower(b[i])) return false;
    }
    return true;
}

}  // namespace authgrammar::detail

#endif
