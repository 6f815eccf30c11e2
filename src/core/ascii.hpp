#ifndef AUTHGRAMMAR_CORE_ASCII_HPP
#define AUTHGRAMMAR_CORE_ASCII_HPP

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace authgrammar::detail {

/// ASCII lower case; any other octet as it is. The locale has no say (RFC 9110, 2.1 and 5.1).
[[nodiscard]] constexpr char lower(char c) noexcept {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

/// The same for each octet of a word of 8 or 4. An octet over 7F stays as it is.
template <typename Word>
[[nodiscard]] constexpr Word lower_octets(Word w) noexcept {
    constexpr Word each = static_cast<Word>(~Word{0}) / 0xFF;
    const Word low = w & (each * 0x7F);
    const Word from_a = low + each * (0x80 - 'A');
    const Word beyond_z = low + each * (0x7F - 'Z');
    const Word upper = (from_a & ~beyond_z) & ~w & (each * 0x80);
    return w | upper >> 2;
}

/// The octets at `p` as a word, in the order of the machine.
template <typename Word>
[[nodiscard]] inline Word load_octets(const char* p) noexcept {
    Word w;
    std::memcpy(&w, p, sizeof w);
    return w;
}

/// Whether the `sizeof(Word)` octets at `a` and `b` are equal without regard to ASCII case. Most that are have the same
/// case too.
template <typename Word>
[[nodiscard]] inline bool equal_words_ignoring_case(const char* a, const char* b) noexcept {
    const Word left = load_octets<Word>(a);
    const Word right = load_octets<Word>(b);
    return left == right || lower_octets(left) == lower_octets(right);
}

/// Whether the `n` octets at `a` and `b` are the same. Linear; no allocation.
[[nodiscard]] inline bool same_octets(const char* a, const char* b, std::size_t n) noexcept {
    const auto differ = [a, b](auto word, std::size_t at) {
        return load_octets<decltype(word)>(a + at) ^ load_octets<decltype(word)>(b + at);
    };
    // The last word overlaps the one before it, so that no octets are left over.
    if (n >= 8) {
        for (std::size_t i = 0; i < n - 8; i += 8) {
            if (differ(std::uint64_t{}, i) != 0) return false;
        }
        return differ(std::uint64_t{}, n - 8) == 0;
    }
    if (n >= 4) return (differ(std::uint32_t{}, 0) | differ(std::uint32_t{}, n - 4)) == 0;
    if (n >= 2) return (differ(std::uint16_t{}, 0) | differ(std::uint16_t{}, n - 2)) == 0;
    return n == 0 || *a == *b;
}

/// Whether the `n` octets at `a` and `b` are equal without regard to ASCII case. Linear; no allocation.
// decides: R7235-2.1-scheme-case, R7235-2.1-param-case
[[nodiscard]] inline bool equal_ignoring_case(const char* a, const char* b, std::size_t n) noexcept {
    if (n >= 8) {
        for (std::size_t i = 0; i < n - 8; i += 8) {
            if (!equal_words_ignoring_case<std::uint64_t>(a + i, b + i)) return false;
        }
        return equal_words_ignoring_case<std::uint64_t>(a + n - 8, b + n - 8);
    }
    if (n >= 4) {
        return equal_words_ignoring_case<std::uint32_t>(a, b) &&
               equal_words_ignoring_case<std::uint32_t>(a + n - 4, b + n - 4);
    }
    for (std::size_t i = 0; i < n; ++i) {
        if (lower(a[i]) != lower(b[i])) return false;
    }
    return true;
}
[[nodiscard]] inline bool equal_ignoring_case(std::string_view a, std::string_view b) noexcept {
    return a.size() == b.size() && equal_ignoring_case(a.data(), b.data(), a.size());
}

}  // namespace authgrammar::detail

#endif
