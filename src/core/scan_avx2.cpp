// Compiled with AVX2 for this file alone: it must not instantiate anything that other files share.

#include "scan_kernels.hpp"

#if AUTHGRAMMAR_HAS_X86_KERNELS

#include <immintrin.h>

#include <cstring>

namespace authgrammar::detail {

namespace {

/// A set of 7-bit bytes for two shuffles: bit r of low[l] tells whether the byte r * 16 + l is in it. Bytes over 7F
/// are in none; run_quoted, which has them, is looked up as its complement.
struct nibble_tables {
    alignas(16) unsigned char low[run_sets][16]{};
    alignas(16) unsigned char row[16]{};
    constexpr nibble_tables() noexcept {
        for (int r = 0; r < 8; ++r) row[r] = static_cast<unsigned char>(1u << r);
        for (unsigned set = 0; set < run_sets; ++set) {
            for (int byte = 0; byte < 128; ++byte) {
                if (in_set(set, ag_class_of[byte]) != (set == run_quoted)) {
                    low[set][byte & 15] = static_cast<unsigned char>(low[set][byte & 15] | 1u << (byte >> 4));
                }
            }
        }
    }
};
constexpr nibble_tables nibbles{};

inline __m256i table(const unsigned char (&bytes)[16]) noexcept {
    return _mm256_broadcastsi128_si256(_mm_load_si128(reinterpret_cast<const __m128i*>(bytes)));
}

inline __m256i rows_of(__m256i bytes) noexcept {
    return _mm256_shuffle_epi8(table(nibbles.row), _mm256_and_si256(_mm256_srli_epi16(bytes, 4), _mm256_set1_epi8(15)));
}

inline std::uint32_t members(__m256i bytes, __m256i rows, unsigned set) noexcept {
    const __m256i hit = _mm256_and_si256(_mm256_shuffle_epi8(table(nibbles.low[set]), bytes), rows);
    const auto none = static_cast<std::uint32_t>(_mm256_movemask_epi8(_mm256_cmpeq_epi8(hit, _mm256_setzero_si256())));
    return set == run_quoted ? none : ~none;
}

/// Up to 64 bytes in registers, ready to be asked for the mask of a set.
class block {
public:
    block(const char* p, std::size_t n) noexcept {
        if (n < 16) {
            // The padding is NUL, which is in no set.
            char padded[16] = {};
            std::memcpy(padded, p, n);
            first_ = _mm256_zextsi128_si256(_mm_loadu_si128(reinterpret_cast<const __m128i*>(padded)));
        } else if (n < 32) {
            // Two halves that overlap.
            first_ = _mm256_set_m128i(_mm_loadu_si128(reinterpret_cast<const __m128i*>(p + n - 16)),
                                      _mm_loadu_si128(reinterpret_cast<const __m128i*>(p)));
            shift_ = n - 16;
        } else {
            first_ = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(p));
            second_ = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(p + n - 32));
            second_rows_ = rows_of(second_);
            shift_ = n - 32;
            two_ = true;
        }
        first_rows_ = rows_of(first_);
    }
    [[nodiscard]] std::uint64_t mask(unsigned set) const noexcept {
        const std::uint64_t m = members(first_, first_rows_, set);
        if (!two_) return (m & 0xFFFFu) | m >> 16 << shift_;
        return m | std::uint64_t{members(second_, second_rows_, set)} << shift_;
    }

private:
    __m256i first_;
    __m256i second_ = _mm256_setzero_si256();
    __m256i first_rows_;
    __m256i second_rows_ = _mm256_setzero_si256();
    std::size_t shift_ = 0;
    bool two_ = false;
};

void classify(const char* p, std::size_t n, block_masks& out) noexcept {
    const block b(p, n);
    for (unsigned set = 0; set < masked_sets; ++set) out.of[set] = b.mask(set);
}

token68_form token68(const char* p, std::size_t n) noexcept {
    const block b(p, n);
    return form_of(b.mask(run_tchar), b.mask(run_sp), b.mask(run_token68), b.mask(run_equals), n);
}

template <unsigned Set>
std::size_t run_of(const char* p, std::size_t n) noexcept {
    std::size_t i = 0;
    for (; n - i >= 32; i += 32) {
        const __m256i bytes = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(p + i));
        const std::uint32_t out = ~members(bytes, rows_of(bytes), Set);
        if (out != 0) return i + static_cast<std::size_t>(__builtin_ctz(out));
    }
    while (i < n && (sets.of[static_cast<unsigned char>(p[i])] & 1u << Set) != 0) ++i;
    return i;
}

std::size_t run(unsigned set, const char* p, std::size_t n) noexcept {
    switch (set) {
        case run_tchar: return run_of<run_tchar>(p, n);
        case run_token68: return run_of<run_token68>(p, n);
        case run_quoted: return run_of<run_quoted>(p, n);
        case run_sp: return run_of<run_sp>(p, n);
        case run_alnum: return run_of<run_alnum>(p, n);
        case run_comma: return run_of<run_comma>(p, n);
        default: return run_of<run_equals>(p, n);
    }
}

}  // namespace

const kernels avx2_kernels{classify, run, token68};

}  // namespace authgrammar::detail

#endif
