#ifndef AUTHGRAMMAR_COMMON_FIELD_TEXT_HPP
#define AUTHGRAMMAR_COMMON_FIELD_TEXT_HPP

#include <authgrammar/text.hpp>

#include "core/ascii.hpp"  // lower(char) and equal_ignoring_case()

#include <cstddef>
#include <string>
#include <string_view>

namespace authgrammar::detail {

/// A copy in ASCII lower case.
[[nodiscard]] inline std::string lower(std::string_view bytes) {
    std::string result(bytes);
    for (char& c : result) c = lower(c);
    return result;
}

[[nodiscard]] constexpr bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

/// The value of a hexadecimal digit in either case, or -1.
[[nodiscard]] constexpr int hex_value(char c) noexcept {
    if (is_digit(c)) return c - '0';
    const char l = lower(c);
    return l >= 'a' && l <= 'f' ? l - 'a' + 10 : -1;
}

/// Without the OWS (RFC 9110, 5.6.3) at both ends.
[[nodiscard]] constexpr std::string_view trimmed(std::string_view bytes) noexcept {
    const std::size_t first = bytes.find_first_not_of(" \t");
    if (first == std::string_view::npos) return {};
    return bytes.substr(first, bytes.find_last_not_of(" \t") - first + 1);
}

/// Calls `visit(element)` for each element of a list (RFC 9110, 5.6.1) in order: the text between commas that are not in
/// a quoted-string, trimmed, if it is not empty. Returns whether every quoted-string is closed; one that is not reaches
/// to the end of `value`, and the element that holds it is the last. Linear; no allocation.
template <typename Visit>
bool for_each_list_element(std::string_view value, Visit&& visit) {
    const auto visit_trimmed = [&](std::string_view element) {
        element = trimmed(element);
        if (!element.empty()) visit(element);
    };
    bool quoted = false;
    std::size_t begin = 0;
    for (std::size_t i = 0; i < value.size(); ++i) {
        if (quoted && value[i] == '\\') {
            ++i;
        } else if (value[i] == '"') {
            quoted = !quoted;
        } else if (!quoted && value[i] == ',') {
            visit_trimmed(value.substr(begin, i - begin));
            begin = i + 1;
        }
    }
    visit_trimmed(value.substr(begin));
    return !quoted;
}

/// The value of field lines: those that are not empty, joined by ", " (RFC 9110, 5.3).
template <typename Lines>
[[nodiscard]] std::string joined(const Lines& lines) {
    std::string value;
    for (const std::string_view line : lines) {
        if (line.empty()) continue;
        if (!value.empty()) value.append(", ");
        value.append(line);
    }
    return value;
}

/// Appends the octets that a text means: of a quoted-string, those without DQUOTEs and escapes (RFC 9110, 5.6.4).
inline void append_unescaped(std::string& out, const text& t) {
    const std::size_t before = out.size();
    out.resize(before + (t.end() - t.begin()));
    const result<std::size_t> written = t.unescape(&out[before], out.size() - before);
    out.resize(before + (written ? *written : 0));  // it has room for all of it
}

/// The octets that a text means.
[[nodiscard]] inline std::string unescaped(const text& t) {
    std::string result;
    append_unescaped(result, t);
    return result;
}

}  // namespace authgrammar::detail

#endif
