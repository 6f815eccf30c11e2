#include "values/utf8.hpp"

#include <algorithm>

namespace authgrammar::audit {

std::size_t utf8_length(std::string_view s, std::size_t at) noexcept {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(s[at + i]); };
    const unsigned char first = byte(0);
    const std::size_t size = first < 0x80   ? 1
                             : first < 0xC2 ? 0
                             : first < 0xE0 ? 2
                             : first < 0xF0 ? 3
                             : first < 0xF5 ? 4
                                            : 0;
    if (size == 0 || at + size > s.size()) return 0;
    for (std::size_t i = 1; i < size; ++i) {
        if ((byte(i) & 0xC0U) != 0x80) return 0;
    }
    // Encodings that are too long, surrogates, and what is beyond U+10FFFF.
    if ((first == 0xE0 && byte(1) < 0xA0) || (first == 0xED && byte(1) > 0x9F)) return 0;
    if ((first == 0xF0 && byte(1) < 0x90) || (first == 0xF4 && byte(1) > 0x8F)) return 0;
    return size;
}

bool is_utf8(std::string_view octets) noexcept {
    for (std::size_t i = 0; i < octets.size();) {
        const std::size_t size = utf8_length(octets, i);
        if (size == 0) return false;
        i += size;
    }
    return true;
}

bool has_non_ascii(std::string_view octets) noexcept {
    return std::any_of(octets.begin(), octets.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
}

}  // namespace authgrammar::audit
