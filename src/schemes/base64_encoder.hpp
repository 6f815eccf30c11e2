#ifndef AUTHGRAMMAR_SCHEMES_BASE64_ENCODER_HPP
#define AUTHGRAMMAR_SCHEMES_BASE64_ENCODER_HPP

#include <cstddef>
#include <cstdint>

namespace authgrammar::schemes {

/// The characters of base64 by the six bits that they stand for (RFC 4648, 4).
inline constexpr char base64_alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Encodes `size` octets, of which `octet(i)` is number `i`, with padding. Returns one past the last character.
template <typename Octet>
char* encode_base64_of(std::size_t size, Octet octet, char* to) noexcept {
    const auto bits = [&octet](std::size_t i) -> std::uint32_t { return static_cast<unsigned char>(octet(i)); };
    const auto character = [](std::uint32_t group, unsigned shift) { return base64_alphabet[group >> shift & 63]; };
    std::size_t i = 0;
    for (; size - i >= 3; i += 3, to += 4) {
        const std::uint32_t group = bits(i) << 16 | bits(i + 1) << 8 | bits(i + 2);
        for (unsigned k = 0; k < 4; ++k) to[k] = character(group, 18 - 6 * k);
    }
    const std::size_t left = size - i;
    if (left == 0) return to;
    const std::uint32_t group = bits(i) << 16 | (left == 2 ? bits(i + 1) << 8 : 0);
    to[0] = character(group, 18);
    to[1] = character(group, 12);
    to[2] = left == 2 ? character(group, 6) : '=';
    to[3] = '=';
    return to + 4;
}

}  // namespace authgrammar::schemes

#endif
