#ifndef AUTHLINT_PLAIN_RUN_HPP
#define AUTHLINT_PLAIN_RUN_HPP

#include <authgrammar/detail/portability.hpp>

#if AUTHGRAMMAR_IS_X86_64
#include <emmintrin.h>
#endif

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace authlint {

/// Which octets stand for themselves in JSON whoever reads them: printable ASCII but DQUOTE and backslash.
inline constexpr auto plain_octets = [] {
    std::array<bool, 256> plain{};
    for (std::size_t c = 0x20; c < 0x7F; ++c) plain[c] = c != '"' && c != '\\';
    return plain;
}();

/// Which of eight octets, as memory has them, is the first that is marked by its top bit; or one before it.
[[nodiscard]] inline std::size_t first_marked([[maybe_unused]] std::uint64_t marks) noexcept {
#if AUTHGRAMMAR_IS_LITTLE_ENDIAN
    return authgrammar::detail::trailing_zeros(marks) / 8;
#else
    return 0;
#endif
}

/// Where the run of plain octets ends that begins at `from`. Linear in the run.
[[nodiscard]] inline std::size_t end_of_plain(std::string_view text, std::size_t from) noexcept {
    constexpr std::uint64_t ones = 0x0101010101010101;
    constexpr std::uint64_t tops = 0x80 * ones;
    std::size_t at = from;
#if AUTHGRAMMAR_IS_X86_64
    const auto equal = [](__m128i bytes, char c) { return _mm_cmpeq_epi8(bytes, _mm_set1_epi8(c)); };
    for (; text.size() - at >= sizeof(__m128i); at += sizeof(__m128i)) {
        const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text.data() + at));
        // As signed numbers, those from 0x80 on are below SP too.
        const __m128i others = _mm_or_si128(_mm_cmplt_epi8(bytes, _mm_set1_epi8(' ')), equal(bytes, 0x7F));
        const __m128i marks = _mm_or_si128(_mm_or_si128(equal(bytes, '"'), equal(bytes, '\\')), others);
        const auto mask = static_cast<unsigned>(_mm_movemask_epi8(marks));
        if (mask != 0) return at + authgrammar::detail::trailing_zeros(mask);
    }
#endif
    for (std::uint64_t eight = 0; text.size() - at >= sizeof eight; at += sizeof eight) {
        std::memcpy(&eight, text.data() + at, sizeof eight);
        // The top bit of an octet is set in `x - ones & ~x` if the octet is 0; above one that is, perhaps of others.
        const std::uint64_t quote = eight ^ ('"' * ones);
        const std::uint64_t backslash = eight ^ ('\\' * ones);
        const std::uint64_t below_space = (eight - 0x20 * ones) & ~eight;
        const std::uint64_t over_tilde = eight | (eight + ones);
        const std::uint64_t marks =
            (((quote - ones) & ~quote) | ((backslash - ones) & ~backslash) | below_space | over_tilde) & tops;
        if (marks != 0) {
            at += first_marked(marks);
            break;
        }
    }
    while (at < text.size() && plain_octets[static_cast<unsigned char>(text[at])]) ++at;
    return at;
}

}  // namespace authlint

#endif
