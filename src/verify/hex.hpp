#ifndef AUTHGRAMMAR_VERIFY_HEX_HPP
#define AUTHGRAMMAR_VERIFY_HEX_HPP

#include <authgrammar/detail/portability.hpp>

#include <cstddef>
#include <cstdint>
#include <cstring>

#if AUTHGRAMMAR_IS_X86_64
#include <emmintrin.h>
#endif

namespace authgrammar::verify {

#if AUTHGRAMMAR_IS_X86_64
/// write_hex() for 16 bytes, with what every such processor has.
inline void write_hex_of_16(const unsigned char* bytes, char* digits) noexcept {
    const __m128i low = _mm_set1_epi8(0x0f);
    const __m128i octets = _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes));
    const __m128i first = _mm_and_si128(_mm_srli_epi16(octets, 4), low);
    const __m128i second = _mm_and_si128(octets, low);
    const auto digits_of = [](__m128i nibbles) {
        const __m128i letters = _mm_cmpgt_epi8(nibbles, _mm_set1_epi8(9));
        return _mm_add_epi8(_mm_add_epi8(nibbles, _mm_set1_epi8('0')),
                            _mm_and_si128(letters, _mm_set1_epi8('a' - '0' - 10)));
    };
    auto* to = reinterpret_cast<__m128i*>(digits);
    _mm_storeu_si128(to, digits_of(_mm_unpacklo_epi8(first, second)));
    _mm_storeu_si128(to + 1, digits_of(_mm_unpackhi_epi8(first, second)));
}
#endif

/// Writes `bytes` as 2 * `size` lower-case hexadecimal digits to `digits`. Neither branches nor reads memory by what the
/// bytes are. `size` is a multiple of four.
inline void write_hex(const unsigned char* bytes, std::size_t size, char* digits) noexcept {
    constexpr std::uint64_t each = 0x0101010101010101;
    std::size_t i = 0;
#if AUTHGRAMMAR_IS_X86_64
    for (; i + 16 <= size; i += 16) write_hex_of_16(bytes + i, digits + 2 * i);
#endif
    for (; i != size; i += 4) {
        // The eight nibbles, that of the first digit highest, one in each byte.
        std::uint64_t n = static_cast<std::uint64_t>(bytes[i]) << 24 | static_cast<std::uint64_t>(bytes[i + 1]) << 16 |
                          static_cast<std::uint64_t>(bytes[i + 2]) << 8 | static_cast<std::uint64_t>(bytes[i + 3]);
        n = (n | n << 16) & 0x0000ffff0000ffff;
        n = (n | n << 8) & 0x00ff00ff00ff00ff;
        n = (n | n << 4) & 0x0f0f0f0f0f0f0f0f;
        const std::uint64_t letters = ((n + 6 * each) >> 4) & each;  // 1 where the nibble is more than 9
        n += '0' * each + letters * ('a' - '0' - 10);
        const unsigned char all[8] = {
            static_cast<unsigned char>(n >> 56),        static_cast<unsigned char>(n >> 48 & 0xff),
            static_cast<unsigned char>(n >> 40 & 0xff), static_cast<unsigned char>(n >> 32 & 0xff),
            static_cast<unsigned char>(n >> 24 & 0xff), static_cast<unsigned char>(n >> 16 & 0xff),
            static_cast<unsigned char>(n >> 8 & 0xff),  static_cast<unsigned char>(n & 0xff)};
        std::memcpy(digits + 2 * i, all, sizeof all);
    }
}

/// Hexadecimal digits in lower case, in place. Linear.
inline void to_lower_hex(char* digits, std::size_t size) noexcept {
    for (std::size_t i = 0; i != size; ++i) {
        if (digits[i] >= 'A' && digits[i] <= 'F') digits[i] = static_cast<char>(digits[i] + ('a' - 'A'));
    }
}

}  // namespace authgrammar::verify

#endif
