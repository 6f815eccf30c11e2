#ifndef AUTHGRAMMAR_SCHEMES_BASE64_BLOCKS_HPP
#define AUTHGRAMMAR_SCHEMES_BASE64_BLOCKS_HPP

#include <authgrammar/detail/portability.hpp>
#include <authgrammar/isa.hpp>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "base64_encoder.hpp"

#if AUTHGRAMMAR_IS_X86_64
#include <immintrin.h>
#endif

// Strict base64, decoded group by group: four characters for three octets.
//
// A sink sees the octets while they are in registers, since to load what was just stored piece by piece takes longer than
// all the rest. It has `group(std::uint32_t octets, std::size_t count, std::size_t at)`, for up to three octets at index
// `at`, the first being the lowest, with nothing above them; and for x86-64 `block(__m128i octets, std::size_t at)`, for
// twelve, and `block(__m512i octets, std::uint64_t which, std::size_t at)`, for those of 64 that `which` has a bit of. Octets
// may be shown twice.

namespace authgrammar::schemes {

/// The bits of a character at each of the four places of a group, where they are in the three octets that the group
/// stands for, the first octet being the lowest. Of octets that are no character, `invalid`.
struct base64_table {
    static constexpr std::uint32_t invalid = 0xFF000000;
    std::uint32_t at[4][256];
};
[[nodiscard]] constexpr base64_table make_base64_table() noexcept {
    base64_table t{};
    for (auto& place : t.at) {
        for (std::uint32_t& bits : place) bits = base64_table::invalid;
    }
    for (std::uint32_t i = 0; i < 64; ++i) {
        const auto c = static_cast<unsigned char>(base64_alphabet[i]);
        t.at[0][c] = i << 2;
        t.at[1][c] = i >> 4 | (i & 15) << 12;
        t.at[2][c] = i >> 2 << 8 | (i & 3) << 22;
        t.at[3][c] = i << 16;
    }
    return t;
}
inline constexpr base64_table base64_bits = make_base64_table();

[[nodiscard]] AUTHGRAMMAR_ALWAYS_INLINE std::uint32_t base64_bits_at(unsigned place, char c) noexcept {
    return base64_bits.at[place][static_cast<unsigned char>(c)];
}

/// What looks at nothing.
struct no_sink {
    static void group(std::uint32_t, std::size_t, std::size_t) noexcept {}
#if AUTHGRAMMAR_IS_X86_64
    static void block(__m128i, std::size_t) noexcept {}
    AUTHGRAMMAR_TARGET_AVX512 static void block(__m512i, std::uint64_t, std::size_t) noexcept {}
#endif
};

/// Decodes `size` characters, a multiple of 4 and none of them padding, to a buffer that has room for an octet more.
/// False: there is a character that is none, and what is in the buffer means nothing.
template <typename Sink>
[[nodiscard]] AUTHGRAMMAR_ALWAYS_INLINE bool decode_groups(const char* from, std::size_t size, char* to,
                                                           Sink& sink) noexcept {
    std::uint32_t seen = 0;
    char* const begin = to;
    for (const char* const end = from + size; from != end; from += 4, to += 3) {
        const std::uint32_t group = base64_bits_at(0, from[0]) | base64_bits_at(1, from[1]) |
                                    base64_bits_at(2, from[2]) | base64_bits_at(3, from[3]);
        seen |= group;
        sink.group(group, 3, static_cast<std::size_t>(to - begin));
        if (AUTHGRAMMAR_IS_LITTLE_ENDIAN) {
            std::memcpy(to, &group, sizeof group);
        } else {
            for (unsigned i = 0; i < 3; ++i) to[i] = static_cast<char>(group >> (8 * i));
        }
    }
    return (seen & base64_table::invalid) == 0;
}

#if AUTHGRAMMAR_IS_X86_64
/// The same, 16 characters at a time, if there are so many; the last 16 may overlap the ones before. By W. Muła and
/// D. Lemire, "Faster Base64 Encoding and Decoding Using AVX2 Instructions" (2018): each nibble has a set of the ranges
/// that it may be of, and one of both nibbles must remain.
template <typename Sink>
[[nodiscard]] AUTHGRAMMAR_TARGET_AVX2 bool decode_groups_avx2(const char* from, std::size_t size, char* to,
                                                              Sink& sink) noexcept {
    if (size < 16) return decode_groups(from, size, to, sink);
    const __m128i not_with_high =
        _mm_setr_epi8(0x10, 0x10, 0x01, 0x02, 0x04, 0x08, 0x04, 0x08, 0x10, 0x10, 0x10, 0x10, 0x10, 0x10, 0x10, 0x10);
    const __m128i not_with_low =
        _mm_setr_epi8(0x15, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x13, 0x1A, 0x1B, 0x1B, 0x1B, 0x1A);
    const __m128i to_value = _mm_setr_epi8(0, 16, 19, 4, -65, -65, -71, -71, 0, 0, 0, 0, 0, 0, 0, 0);
    const __m128i slash = _mm_set1_epi8('/');
    const __m128i order = _mm_setr_epi8(2, 1, 0, 6, 5, 4, 10, 9, 8, 14, 13, 12, -1, -1, -1, -1);
    __m128i wrong = _mm_setzero_si128();
    for (std::size_t i = 0; i < size; i += 16) {
        const std::size_t at = i + 16 <= size ? i : size - 16;
        const __m128i c = _mm_loadu_si128(reinterpret_cast<const __m128i*>(from + at));
        // '/' is 2F: of its bits, shuffling ignores 20.
        const __m128i high = _mm_and_si128(_mm_srli_epi32(c, 4), slash);
        const __m128i low = _mm_and_si128(c, slash);
        wrong = _mm_or_si128(wrong,
                             _mm_and_si128(_mm_shuffle_epi8(not_with_high, high), _mm_shuffle_epi8(not_with_low, low)));
        const __m128i range = _mm_add_epi8(_mm_cmpeq_epi8(c, slash), high);
        const __m128i values = _mm_add_epi8(c, _mm_shuffle_epi8(to_value, range));
        const __m128i pairs = _mm_maddubs_epi16(values, _mm_set1_epi32(0x01400140));
        const __m128i groups = _mm_madd_epi16(pairs, _mm_set1_epi32(0x00011000));
        const __m128i octets = _mm_shuffle_epi8(groups, order);
        sink.block(octets, at / 4 * 3);
        char* const out = to + at / 4 * 3;
        _mm_storel_epi64(reinterpret_cast<__m128i*>(out), octets);
        const std::int32_t last = _mm_extract_epi32(octets, 2);
        std::memcpy(out + 8, &last, sizeof last);
    }
    return _mm_testz_si128(wrong, wrong) != 0;
}
#endif

template <typename Sink>
[[nodiscard]] AUTHGRAMMAR_ALWAYS_INLINE bool decode_groups_best(const char* from, std::size_t size, char* to,
                                                                Sink& sink) noexcept {
#if AUTHGRAMMAR_IS_X86_64
    // Each of the core's other instruction sets includes AVX2.
    if (active_isa() != isa::portable) return decode_groups_avx2(from, size, to, sink);
#endif
    return decode_groups(from, size, to, sink);
}

/// What became of an attempt to decode.
struct strict_base64 {
    bool decoded;      ///< false: it is something else, or there is no room; what is in the buffer means nothing
    std::size_t size;  ///< octets that were written to the buffer, or garbage, or nothing
};

/// What was decoded: whether all characters are some, and the bits that no octet needs, which have to be 0.
struct decoded_characters {
    bool valid;
    std::uint64_t unused;
};

/// Decodes the groups of a text, and the last one, with its padding, to a buffer that has room for `octets`.
template <typename Sink>
[[nodiscard]] AUTHGRAMMAR_ALWAYS_INLINE decoded_characters decode_by_groups(std::string_view base64,
                                                                            std::size_t padding, char* buffer,
                                                                            Sink& sink) noexcept {
    const std::size_t before = base64.size() - 4;
    // The last group writes one octet at least: there is room for the octet more.
    const bool valid = decode_groups_best(base64.data(), before, buffer, sink);
    const char* const last = base64.data() + before;
    const std::size_t at = before / 4 * 3;
    std::uint32_t group = base64_bits_at(0, last[0]) | base64_bits_at(1, last[1]);
    if (padding < 2) group |= base64_bits_at(2, last[2]);
    if (padding < 1) group |= base64_bits_at(3, last[3]);
    for (std::size_t i = 0; i < 3 - padding; ++i) buffer[at + i] = static_cast<char>(group >> (8 * i));
    sink.group(group, 3 - padding, at);
    // Above the octets that the last group stands for.
    return {valid, group >> (24 - 8 * padding)};
}

#if AUTHGRAMMAR_IS_X86_64
/// What each of 128 bytes stands for, as the two halves of the table of vpermi2b; 80 for what is no character.
struct base64_halves {
    alignas(64) unsigned char low[64];
    alignas(64) unsigned char high[64];
};
[[nodiscard]] constexpr base64_halves make_base64_halves() noexcept {
    base64_halves t{};
    for (unsigned char& value : t.low) value = 0x80;
    for (unsigned char& value : t.high) value = 0x80;
    for (unsigned char i = 0; i < 64; ++i) {
        const auto c = static_cast<unsigned char>(base64_alphabet[i]);
        (c < 64 ? t.low : t.high)[c % 64] = i;
    }
    return t;
}
inline constexpr base64_halves base64_values = make_base64_halves();

/// Where the octets of each group of four bytes are, the first being the highest of its three.
struct base64_order {
    alignas(64) unsigned char of[64];
};
[[nodiscard]] constexpr base64_order make_base64_order() noexcept {
    base64_order t{};
    for (unsigned char i = 0; i < 48; ++i) t.of[i] = static_cast<unsigned char>(i / 3 * 4 + 2 - i % 3);
    return t;
}
inline constexpr base64_order octets_of_groups = make_base64_order();

/// The lowest `count` bits, or all.
[[nodiscard]] AUTHGRAMMAR_ALWAYS_INLINE std::uint64_t low_bits(std::size_t count) noexcept {
    return count >= 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << count) - 1;
}

/// The same in steps of 64 characters, by masks: no branch depends on where a shorter text ends.
template <typename Sink>
[[nodiscard]] AUTHGRAMMAR_TARGET_AVX512 decoded_characters decode_avx512(std::string_view base64, std::size_t padding,
                                                                         char* buffer, Sink& sink) noexcept {
    const __m512i low = _mm512_load_si512(base64_values.low);
    const __m512i high = _mm512_load_si512(base64_values.high);
    const __m512i order = _mm512_load_si512(octets_of_groups.of);
    const char* from = base64.data();
    std::size_t characters = base64.size() - padding;
    std::size_t octets = base64.size() / 4 * 3 - padding;
    __m512i wrong = _mm512_setzero_si512();
    std::uint64_t unused = 0;
    for (std::size_t at = 0;; at += 48) {
        const __m512i c = _mm512_mask_loadu_epi8(_mm512_set1_epi8('A'), low_bits(characters), from);
        const __m512i values = _mm512_permutex2var_epi8(low, c, high);
        wrong = _mm512_or_si512(wrong, _mm512_or_si512(c, values));
        const __m512i pairs = _mm512_maddubs_epi16(values, _mm512_set1_epi32(0x01400140));
        const __m512i groups = _mm512_madd_epi16(pairs, _mm512_set1_epi32(0x00011000));
        const __m512i made = _mm512_maskz_permutexvar_epi8(low_bits(48), order, groups);
        const std::uint64_t which = low_bits(octets) & low_bits(48);
        _mm512_mask_storeu_epi8(buffer + at, which, made);
        sink.block(made, which, at);
        if (AUTHGRAMMAR_LIKELY(characters <= 64)) {
            unused = _mm512_test_epi8_mask(made, made) & ~which;
            break;
        }
        from += 64;
        characters -= 64;
        octets -= 48;
    }
    return {_mm512_movepi8_mask(wrong) == 0, unused};
}
#endif

template <typename Sink>
[[nodiscard]] AUTHGRAMMAR_ALWAYS_INLINE decoded_characters decode_best(std::string_view base64, std::size_t padding,
                                                                       char* buffer, Sink& sink) noexcept {
#if AUTHGRAMMAR_IS_X86_64
    if (active_isa() == isa::avx512) return decode_avx512(base64, padding, buffer, sink);
#endif
    return decode_by_groups(base64, padding, buffer, sink);
}

/// Decodes what is strict base64, as almost all is, with padding if there is some.
// decides: R7617-2-token68
template <typename Sink>
[[nodiscard]] AUTHGRAMMAR_ALWAYS_INLINE strict_base64 decode_strict_base64(std::string_view base64, char* buffer,
                                                                           std::size_t capacity, Sink& sink) noexcept {
    const std::size_t size = base64.size();
    if (AUTHGRAMMAR_UNLIKELY(size == 0 || size % 4 != 0 || buffer == nullptr)) return {false, 0};
    // Without branches: of two texts in three one would be guessed wrong.
    const std::size_t ends = base64[size - 1] == '=' ? 1 : 0;
    const std::size_t padding = ends + (ends & (base64[size - 2] == '=' ? 1 : 0));
    const std::size_t octets = size / 4 * 3 - padding;
    if (AUTHGRAMMAR_UNLIKELY(octets > capacity)) return {false, 0};
    const decoded_characters d = decode_best(base64, padding, buffer, sink);
    return {d.valid && d.unused == 0, octets};
}

}  // namespace authgrammar::schemes

#endif
