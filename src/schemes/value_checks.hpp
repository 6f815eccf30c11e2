#ifndef AUTHGRAMMAR_SCHEMES_VALUE_CHECKS_HPP
#define AUTHGRAMMAR_SCHEMES_VALUE_CHECKS_HPP

#include <authgrammar/text.hpp>

#include <cstddef>
#include <optional>

namespace authgrammar::schemes {

/// %x21 / %x23-5B / %x5D-7E: a scope-token, an error_uri (RFC 6750, 3).
[[nodiscard]] constexpr bool is_nqchar(char c) noexcept { return c >= 0x21 && c <= 0x7E && c != '"' && c != '\\'; }

/// %x20-21 / %x23-5B / %x5D-7E: error, error_description (RFC 6750, 3).
[[nodiscard]] constexpr bool is_nqschar(char c) noexcept { return c == ' ' || is_nqchar(c); }

[[nodiscard]] constexpr bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }
[[nodiscard]] constexpr bool is_lower_hex(char c) noexcept { return is_digit(c) || (c >= 'a' && c <= 'f'); }
[[nodiscard]] constexpr bool is_upper_hex(char c) noexcept { return is_digit(c) || (c >= 'A' && c <= 'F'); }
[[nodiscard]] constexpr bool is_alpha(char c) noexcept { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// tchar (RFC 9110, 5.6.2).
[[nodiscard]] constexpr bool is_tchar(char c) noexcept {
    if (is_alpha(c) || is_digit(c)) return true;
    switch (c) {
        case '!':
        case '#':
        case '$':
        case '%':
        case '&':
        case '\'':
        case '*':
        case '+':
        case '-':
        case '.':
        case '^':
        case '_':
        case '`':
        case '|':
        case '~': return true;
        default: return false;
    }
}

/// A character of a URI (RFC 3986, 2), "%" included.
[[nodiscard]] constexpr bool is_uri_character(char c) noexcept {
    if (is_alpha(c) || is_digit(c)) return true;
    switch (c) {
        case '-':
        case '.':
        case '_':
        case '~':
        case '%':
        case ':':
        case '/':
        case '?':
        case '#':
        case '[':
        case ']':
        case '@':
        case '!':
        case '$':
        case '&':
        case '\'':
        case '(':
        case ')':
        case '*':
        case '+':
        case ',':
        case ';':
        case '=': return true;
        default: return false;
    }
}

/// Whether `allowed(char)` is true for all bytes of `t`, backslashes included; then it is for all octets of it too. False
/// also if that takes a closer look.
template <typename Allowed>
[[nodiscard]] bool all_allowed(const text& t, Allowed allowed) noexcept {
    if (t.spans_lines()) return false;
    bool all = true;
    for (const char c : t.raw()) all &= allowed(c);
    return all;
}

/// The offset of the first octet of `t` for which `accept(char)`, called for each in order, is false; if there is one.
template <typename Accept>
[[nodiscard]] std::optional<std::size_t> first_refused(const text& t, Accept&& accept) noexcept {
    std::optional<std::size_t> found;
    t.for_each_octet_at([&](char c, std::size_t at) {
        if (accept(c)) return true;
        found = at;
        return false;
    });
    return found;
}

/// The same for `allowed(char)`, which depends on the octet alone.
template <typename Allowed>
[[nodiscard]] std::optional<std::size_t> first_outside(const text& t, Allowed allowed) noexcept {
    if (all_allowed(t, allowed)) return std::nullopt;
    return first_refused(t, allowed);
}

/// The offset at which `t` ceases to be `word *( SP word )`, words being made of octets for which `allowed(char)` is
/// true; nothing if it is that.
template <typename Allowed>
[[nodiscard]] std::optional<std::size_t> first_outside_words(const text& t, Allowed allowed) noexcept {
    std::optional<std::size_t> found;
    bool after_word = false;
    std::size_t end = t.begin();
    t.for_each_octet_at([&](char c, std::size_t at) {
        const bool is_space = c == ' ';
        if (is_space ? !after_word : !allowed(c)) {
            found = at;
            return false;
        }
        after_word = !is_space;
        end = at + 1;
        return true;
    });
    if (!found && !after_word) found = end;
    return found;
}

}  // namespace authgrammar::schemes

#endif
