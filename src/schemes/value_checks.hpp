#ifndef AUTHGRAMMAR_SCHEMES_VALUE_CHECKS_HPP
#define AUTHGRAMMAR_SCHEMES_VALUE_CHECKS_HPP

#include <authgrammar/detail/portability.hpp>
#include <authgrammar/text.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "core/ascii.hpp"

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

/// The octets from `first` to `last`, neither over 7F. Called with one, or with a word of eight, of which it then sets the
/// highest bit of those that are in the range.
struct octet_range {
    unsigned char first;
    unsigned char last;

    [[nodiscard]] constexpr bool operator()(char c) const noexcept {
        const auto octet = static_cast<unsigned char>(c);
        return octet >= first && octet <= last;
    }
    [[nodiscard]] constexpr std::uint64_t operator()(std::uint64_t octets) const noexcept {
        constexpr std::uint64_t each = 0x0101010101010101;
        const std::uint64_t low = octets & (each * 0x7F);
        return (low + each * (0x80u - first)) & ~(low + each * (0x7Fu - last)) & ~octets & (each * 0x80);
    }
};
inline constexpr octet_range ascii{0x00, 0x7F};
inline constexpr octet_range printable{0x20, 0x7E};  ///< SP and VCHAR
inline constexpr octet_range visible{0x21, 0x7E};    ///< VCHAR (RFC 5234, B.1)

/// DIGIT and "a" to "f", likewise.
struct lower_hex_digits {
    [[nodiscard]] constexpr bool operator()(char c) const noexcept { return is_lower_hex(c); }
    [[nodiscard]] constexpr std::uint64_t operator()(std::uint64_t octets) const noexcept {
        return octet_range{'0', '9'}(octets) | octet_range{'a', 'f'}(octets);
    }
};

/// The same in either case.
struct any_hex_digits {
    [[nodiscard]] constexpr bool operator()(char c) const noexcept { return is_lower_hex(c) || is_upper_hex(c); }
    [[nodiscard]] constexpr std::uint64_t operator()(std::uint64_t octets) const noexcept {
        constexpr std::uint64_t case_bits = 0x2020202020202020;  // which "a" to "f" have, and "A" to "F" have not
        return octet_range{'0', '9'}(octets) | octet_range{'a', 'f'}(octets | case_bits);
    }
};

/// all_allowed() eight octets at a time, for one of the classes above. Linear.
template <typename Class>
[[nodiscard]] bool all_in(std::string_view octets, Class allowed) noexcept {
    constexpr std::uint64_t all = 0x8080808080808080;
    if (octets.size() < 8) {
        for (const char c : octets) {
            if (!allowed(c)) return false;
        }
        return true;
    }
    // The last word overlaps the one before it.
    const char* const last = octets.data() + octets.size() - 8;
    std::uint64_t in = allowed(detail::load_octets<std::uint64_t>(last));
    for (const char* at = octets.data(); at < last; at += 8) {
        // Not vectorised: that takes far more code, for values that are short.
        in = detail::load_scalar(in) & allowed(detail::load_octets<std::uint64_t>(at));
    }
    return in == all;
}

/// A predicate as a table, for values that are longer than its branches are quick.
template <bool (*Allowed)(char c)>
struct octets_where {
    [[nodiscard]] constexpr bool operator()(char c) const noexcept { return table[static_cast<unsigned char>(c)]; }

private:
    static constexpr std::array<bool, 256> table = [] {
        std::array<bool, 256> made{};
        for (std::size_t i = 0; i < made.size(); ++i) made[i] = Allowed(static_cast<char>(i));
        return made;
    }();
};

/// all_in() one octet at a time.
template <bool (*Allowed)(char c)>
[[nodiscard]] bool all_in(std::string_view octets, octets_where<Allowed> allowed) noexcept {
    bool all = true;
    for (const char c : octets) all &= allowed(c);
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

/// The same for one of the classes above.
template <typename Class>
[[nodiscard]] std::optional<std::size_t> first_outside_class(const text& t, Class allowed) noexcept {
    if (!t.spans_lines() && all_in(t.raw(), allowed)) return std::nullopt;
    return first_refused(t, allowed);
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
