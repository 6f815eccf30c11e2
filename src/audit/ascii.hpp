#ifndef AUTHGRAMMAR_AUDIT_ASCII_HPP
#define AUTHGRAMMAR_AUDIT_ASCII_HPP

#include <algorithm>
#include <string>
#include <string_view>

namespace authgrammar::audit {

[[nodiscard]] constexpr char lower(char c) noexcept {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

[[nodiscard]] inline std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out) c = lower(c);
    return out;
}

[[nodiscard]] inline bool equal_ignoring_case(std::string_view a, std::string_view b) noexcept {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return lower(x) == lower(y); });
}

}  // namespace authgrammar::audit

#endif
