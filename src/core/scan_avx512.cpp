// Compiled with AVX-512 BW and VBMI for this file alone: it must not instantiate anything that other files share.

#include "scan_kernels.hpp"

#if AUTHGRAMMAR_HAS_X86_KERNELS

#include <immintrin.h>

namespace authgrammar::detail {

namespace {

/// The sets of each 7-bit byte, as the two halves of the table of vpermi2b. A byte over 7F is in run_quoted only.
struct half_tables {
    alignas(64) unsigned char low[64]{};
    alignas(64) unsigned char high[64]{};
    constexpr half_tables() noexcept {
        for (int i = 0; i < 64; ++i) {
            for (unsigned set = 0; set < run_sets; ++set) {
                low[i] = static_cast<unsigned char>(low[i] | (in_set(set, ag_class_of[i]) ? 1u << set : 0u));
                high[i] = static_cast<unsigned char>(high[i] | (in_set(set, ag_class_of[i + 64]) ? 1u << set : 0u));
            }
        }
    }
};
constexpr half_tables halves{};

struct classified {
    __m512i sets;
    __mmask64 high;
};

inline classified lookup(__m512i bytes) noexcept {
    const __m512i low = _mm512_load_si512(halves.low);
    const __m512i high = _mm512_load_si512(halves.high);
    return {_mm512_permutex2var_epi8(low, bytes, high), _mm512_movepi8_mask(bytes)};
}

inline std::uint64_t members(const classified& c, unsigned set) noexcept {
    const __mmask64 found = _mm512_test_epi8_mask(c.sets, _mm512_set1_epi8(static_cast<char>(1u << set)));
    return set == run_quoted ? found | c.high : found & ~c.high;
}

void classify(const char* p, std::size_t n, block_masks& out) noexcept {
    const __mmask64 inside = n == 64 ? ~__mmask64{0} : (__mmask64{1} << n) - 1;
    const classified c = lookup(_mm512_maskz_loadu_epi8(inside, p));
    for (unsigned set = 0; set < masked_sets; ++set) out.of[set] = members(c, set) & inside;
}

template <unsigned Set>
std::size_t run_of(const char* p, std::size_t n) noexcept {
    std::size_t i = 0;
    for (; n - i >= 128; i += 128) {
        const std::uint64_t a = ~members(lookup(_mm512_loadu_si512(p + i)), Set);
        const std::uint64_t b = ~members(lookup(_mm512_loadu_si512(p + i + 64)), Set);
        if ((a | b) == 0) continue;
        return i + static_cast<std::size_t>(a != 0 ? __builtin_ctzll(a) : 64 + __builtin_ctzll(b));
    }
    while (i < n) {
        const std::size_t rest = n - i < 64 ? n - i : 64;
        const __mmask64 inside = rest == 64 ? ~__mmask64{0} : (__mmask64{1} << rest) - 1;
        const std::uint64_t out = ~members(lookup(_mm512_maskz_loadu_epi8(inside, p + i)), Set) & inside;
        if (out != 0) return i + static_cast<std::size_t>(__builtin_ctzll(out));
        i += rest;
    }
    return n;
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

token68_form token68(const char* p, std::size_t n) noexcept {
    const __mmask64 inside = (__mmask64{1} << n) - 1;
    const classified c = lookup(_mm512_maskz_loadu_epi8(inside, p));
    return form_of(members(c, run_tchar), members(c, run_sp), members(c, run_token68), members(c, run_equals), n);
}

}  // namespace

const kernels avx512_kernels{classify, run, token68};

}  // namespace authgrammar::detail

#endif
