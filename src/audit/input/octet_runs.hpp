#ifndef AUTHGRAMMAR_AUDIT_OCTET_RUNS_HPP
#define AUTHGRAMMAR_AUDIT_OCTET_RUNS_HPP

#include <authgrammar/detail/portability.hpp>

#if AUTHGRAMMAR_IS_X86_64
#include <emmintrin.h>
#endif

#include <cstddef>
#include <cstdint>
#include <string_view>

// What is looked for in every line, sixteen octets at a time where the machine can.

namespace authgrammar::audit {

/// Where the first CR or LF at or behind `from` stands; the size of `text`, which `from` does not exceed, if there is none.
/// Linear.
[[nodiscard]] inline std::size_t line_break_in(std::string_view text, std::size_t from) noexcept {
    std::size_t at = from;
#if AUTHGRAMMAR_IS_X86_64
    const auto load = [](const char* octets) noexcept {
        return _mm_loadu_si128(reinterpret_cast<const __m128i*>(octets));
    };
    const auto are_breaks = [](__m128i octets) noexcept {
        return _mm_or_si128(_mm_cmpeq_epi8(octets, _mm_set1_epi8('\n')), _mm_cmpeq_epi8(octets, _mm_set1_epi8('\r')));
    };
    const auto mask_of = [](__m128i octets) noexcept { return static_cast<unsigned>(_mm_movemask_epi8(octets)); };
    constexpr std::size_t width = sizeof(__m128i);
    // Two at a time: most lines are long. In most steps no octet is as small as CR.
    for (; at + 2 * width <= text.size(); at += 2 * width) {
        const __m128i first = load(text.data() + at);
        const __m128i second = load(text.data() + at + width);
        const __m128i smaller = _mm_min_epu8(first, second);
        if (mask_of(_mm_cmpeq_epi8(_mm_min_epu8(smaller, _mm_set1_epi8('\r')), smaller)) == 0) continue;
        const std::uint64_t above = mask_of(are_breaks(second));
        const std::uint64_t breaks = above << width | mask_of(are_breaks(first));
        if (breaks != 0) return at + detail::trailing_zeros(breaks);
    }
#endif
    while (at < text.size() && text[at] != '\n' && text[at] != '\r') ++at;
    return at;
}

/// Where the run of ASCII letters and "-" at the start of `text` ends, of which most field names consist; or an earlier place
/// in the run: only whole steps of sixteen octets are looked at, and none on other machines. Linear in the run.
[[nodiscard]] inline std::size_t end_of_words(std::string_view text) noexcept {
    std::size_t at = 0;
#if AUTHGRAMMAR_IS_X86_64
    for (; text.size() - at >= sizeof(__m128i); at += sizeof(__m128i)) {
        const __m128i octets = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text.data() + at));
        // As signed numbers, those from 0x80 on are below "a".
        const __m128i lower = _mm_or_si128(octets, _mm_set1_epi8(0x20));
        const __m128i letters =
            _mm_and_si128(_mm_cmpgt_epi8(lower, _mm_set1_epi8('a' - 1)), _mm_cmplt_epi8(lower, _mm_set1_epi8('z' + 1)));
        const __m128i words = _mm_or_si128(letters, _mm_cmpeq_epi8(octets, _mm_set1_epi8('-')));
        const unsigned others = ~static_cast<unsigned>(_mm_movemask_epi8(words)) & 0xFFFF;
        if (others != 0) return at + detail::trailing_zeros(others);
    }
#endif
    static_cast<void>(text);  // on other machines
    return at;
}

/// Whether a backslash, a control or an octet beyond ASCII is in `text`. Linear.
[[nodiscard]] inline bool has_odd_octets(std::string_view text) noexcept {
#if AUTHGRAMMAR_IS_X86_64
    constexpr std::size_t width = sizeof(__m128i);
    if (text.size() >= width) {
        const auto odd_in = [](const char* octets) noexcept {
            const __m128i all = _mm_loadu_si128(reinterpret_cast<const __m128i*>(octets));
            // As signed numbers, those from 0x80 on are below a space.
            return _mm_or_si128(_mm_cmplt_epi8(all, _mm_set1_epi8(' ')), _mm_cmpeq_epi8(all, _mm_set1_epi8('\\')));
        };
        // The last step overlaps the one before it.
        const char* const last = text.data() + text.size() - width;
        __m128i found = odd_in(last);
        for (const char* at = text.data(); at < last; at += width) found = _mm_or_si128(found, odd_in(at));
        return _mm_movemask_epi8(found) != 0;
    }
#endif
    bool found = false;
    for (const char c : text) {
        const auto octet = static_cast<unsigned char>(c);
        found |= c == '\\' || octet < ' ' || octet >= 0x80;
    }
    return found;
}

}  // namespace authgrammar::audit

#endif
