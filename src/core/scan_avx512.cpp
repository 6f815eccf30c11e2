// Compiled for AVX-512 for this file alone: it must not instantiate anything that other files share.

#include "scan_kernels.hpp"

#if AUTHGRAMMAR_HAS_X86_KERNELS

#include "index.hpp"
#include "leap.hpp"

#include <immintrin.h>

namespace authgrammar::detail {

namespace {

/// A byte of bits for each 7-bit byte, as the two halves of the table of vpermi2b.
struct half_tables {
    alignas(64) unsigned char low[64]{};
    alignas(64) unsigned char high[64]{};
    template <typename Bits>
    constexpr explicit half_tables(Bits bits) noexcept {
        for (int i = 0; i < 64; ++i) {
            low[i] = bits(i);
            high[i] = bits(i + 64);
        }
    }
};

/// The sets of each byte. A byte over 7F is in run_quoted only.
constexpr half_tables halves([](int byte) {
    unsigned char bits = 0;
    for (unsigned set = 0; set < run_sets; ++set) {
        if (in_set(set, ag_class_of[byte])) bits = static_cast<unsigned char>(bits | 1u << set);
    }
    return bits;
});

inline __m512i lookup(const half_tables& t, __m512i bytes) noexcept {
    return _mm512_permutex2var_epi8(_mm512_load_si512(t.low), bytes, _mm512_load_si512(t.high));
}
inline __m512i load(const char* p) noexcept { return _mm512_loadu_si512(p); }
inline __mmask64 first_bits(std::size_t n) noexcept { return _bzhi_u64(~std::uint64_t{0}, static_cast<unsigned>(n)); }
inline std::size_t first(std::uint64_t mask) noexcept { return static_cast<std::size_t>(__builtin_ctzll(mask)); }
/// Keeps a mask out of the mask registers, where compilers like to combine what is faster elsewhere.
inline std::uint64_t in_register(std::uint64_t mask) noexcept {
    asm("" : "+r"(mask));
    return mask;
}
inline std::uint64_t with(__m512i bits, unsigned bit) noexcept {
    return in_register(_mm512_test_epi8_mask(bits, _mm512_set1_epi8(static_cast<char>(1u << bit))));
}
inline std::uint64_t equal(__m512i bytes, char c) noexcept {
    return in_register(_mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8(c)));
}

inline std::uint64_t members(__m512i bytes, unsigned set) noexcept {
    const std::uint64_t found = with(lookup(halves, bytes), set);
    const std::uint64_t high = _mm512_movepi8_mask(bytes);
    return set == run_quoted ? found | high : found & ~high;
}

/// All of 256 bytes, at the price of one look at the sets.
inline bool all_are(unsigned set, const char* p) noexcept {
    const __m512i a = load(p);
    const __m512i b = load(p + 64);
    const __m512i c = load(p + 128);
    const __m512i d = load(p + 192);
    const __m512i in_all = _mm512_and_si512(_mm512_and_si512(lookup(halves, a), lookup(halves, b)),
                                            _mm512_and_si512(lookup(halves, c), lookup(halves, d)));
    const __m512i any_high = _mm512_or_si512(_mm512_or_si512(a, b), _mm512_or_si512(c, d));
    return (with(in_all, set) & ~_mm512_movepi8_mask(any_high)) == ~std::uint64_t{0};
}

template <unsigned Set>
struct run_of {
    static std::size_t of(const char* p, std::size_t n) noexcept {
        std::size_t i = 0;
        if (Set != run_quoted) {
            while (n - i >= 256 && all_are(Set, p + i)) i += 256;
        }
        for (; n - i >= 64; i += 64) {
            const std::uint64_t out = ~members(load(p + i), Set);
            if (out != 0) return i + first(out);
        }
        if (i == n) return n;
        const __mmask64 inside = first_bits(n - i);
        const std::uint64_t out = ~members(_mm512_maskz_loadu_epi8(inside, p + i), Set) & inside;
        return out != 0 ? i + first(out) : n;
    }
};

/// AG_ALNUM in the highest bit, AG_NEVER in the next. A byte over 7F is neither.
constexpr half_tables index_halves([](int byte) {
    const int c = ag_class_of[byte];
    return static_cast<unsigned char>((c == AG_ALNUM ? 128 : 0) | (c == AG_NEVER ? 64 : 0));
});

struct iota_bytes {
    alignas(64) unsigned char of[64]{};
    constexpr iota_bytes() noexcept {
        for (int i = 0; i < 64; ++i) of[i] = static_cast<unsigned char>(i);
    }
};
constexpr iota_bytes iota{};

class block {
public:
    block(const char* data, std::size_t) noexcept : data_(data) {}

    [[nodiscard]] index_masks masks(std::size_t at, std::size_t, std::uint64_t valid) const noexcept {
        const __m512i bytes = _mm512_maskz_loadu_epi8(valid, data_ + at);
        const __m512i c = lookup(index_halves, bytes);
        const std::uint64_t low = ~in_register(_mm512_movepi8_mask(bytes));
        return {in_register(_mm512_movepi8_mask(c)) & low, equal(bytes, '"'), equal(bytes, '\\'),
                in_register(_mm512_movepi8_mask(_mm512_add_epi8(c, c))) & low};
    }

    [[nodiscard]] static std::uint64_t parity(std::uint64_t bits) noexcept {
        const __m128i product = _mm_clmulepi64_si128(_mm_cvtsi64_si128(static_cast<long long>(bits)),
                                                     _mm_set1_epi8(static_cast<char>(0xFF)), 0);
        return static_cast<std::uint64_t>(_mm_cvtsi128_si64(product));
    }

    [[nodiscard]] static std::uint32_t* write(std::uint64_t bits, std::uint32_t base, std::uint32_t* to) noexcept {
        const __m512i places = _mm512_maskz_compress_epi8(bits, _mm512_load_si512(iota.of));
        const __m512i from = _mm512_set1_epi32(static_cast<int>(base));
        const auto count = static_cast<std::size_t>(__builtin_popcountll(bits));
        const auto put = [&](std::size_t i, __m128i sixteen) {
            // With a mask, and no cast, because g++ 12 believes the others to use something uninitialised.
            _mm512_storeu_si512(to + i, _mm512_add_epi32(_mm512_maskz_cvtepu8_epi32(0xFFFF, sixteen), from));
        };
        put(0, _mm512_maskz_extracti32x4_epi32(0xF, places, 0));
        if (count > 16) {
            put(16, _mm512_maskz_extracti32x4_epi32(0xF, places, 1));
            put(32, _mm512_maskz_extracti32x4_epi32(0xF, places, 2));
            put(48, _mm512_maskz_extracti32x4_epi32(0xF, places, 3));
        }
        return to + count;
    }

private:
    const char* data_;
};

void leap(standing& s, passage& p) noexcept {
    if (p.size > most_indexed || !ready_to_leap(s, p)) return;
    chunk_index<block> finder(p.data, p.size, p.at);
    leaper<chunk_index<block>>(s, p, finder).go();
}

std::size_t quoted(const char* p, std::size_t n, bool& escaped) noexcept {
    std::uint64_t carry = escaped ? 1 : 0;
    for (std::size_t i = 0; i < n; i += 64) {
        const __mmask64 inside = first_bits(n - i < 64 ? n - i : 64);
        const __m512i bytes = _mm512_maskz_loadu_epi8(inside, p + i);
        const __m512i c = lookup(index_halves, bytes);
        const std::uint64_t never =
            in_register(_mm512_movepi8_mask(_mm512_add_epi8(c, c))) & ~_mm512_movepi8_mask(bytes) & inside;
        const std::uint64_t escapes = escaped_by(equal(bytes, '\\'), carry);
        const std::uint64_t ends = (equal(bytes, '"') & ~escapes) | never;
        if (ends != 0) {
            escaped = (escapes >> first(ends) & 1) != 0;
            return i + first(ends);
        }
        if (n - i <= 64) {
            escaped = n - i == 64 ? carry != 0 : (escapes >> (n - i) & 1) != 0;
            return n;
        }
    }
    return n;
}

/// The form of more than 63 bytes. The first block must hold the scheme and where the token68 begins.
[[gnu::noinline]] token68_form long_token68(const char* p, std::size_t n) noexcept {
    const __m512i bytes = load(p);
    const std::uint64_t tchar = members(bytes, run_tchar);
    const std::uint64_t sp = members(bytes, run_sp);
    const std::uint64_t t68 = members(bytes, run_token68);
    const token68_form none;
    if ((tchar & 1) == 0 || ~tchar == 0 || n > most_indexed) return none;
    const std::size_t spaces = first(~tchar);
    const std::uint64_t text = ~(sp >> spaces);
    const std::size_t begin = spaces + first(text);
    if (begin == spaces || begin >= 64 || (t68 >> begin & 1) == 0) return none;
    // Parameters show in the first block too, mostly: nothing but "=" may follow what is no token68.
    const std::uint64_t rest = ~t68 >> begin << begin;
    if (rest != 0 && (~members(bytes, run_equals) >> first(rest)) != 0) return none;
    const std::size_t alnum = begin + run_of<run_alnum>::of(p + begin, n - begin);
    const std::size_t end = alnum + run_of<run_token68>::of(p + alnum, n - alnum);
    const std::size_t after = end == n ? n : end + run_of<run_equals>::of(p + end, n - end);
    return {spaces, after == n ? begin : 0, end, end != alnum};
}

/// The upper two bits of a byte tell whether it is in run_tchar and in run_token68.
constexpr half_tables form_halves([](int byte) {
    const int c = ag_class_of[byte];
    return static_cast<unsigned char>((in_set(run_tchar, c) ? 128 : 0) | (in_set(run_token68, c) ? 64 : 0));
});

/// The form of 8 to 63 bytes, and whether they have it with one SP and at most seven "=": what else has it is left to
/// others. Without branches, because the lengths of credentials are what nobody can predict.
struct short_form {
    std::size_t spaces;
    std::size_t begin;
    std::size_t equals;
    bool slash;
    bool good;

    short_form(const char* p, std::size_t n) noexcept {
        const std::uint64_t inside = first_bits(n);
        const __m512i bytes = _mm512_maskz_loadu_epi8(inside, p);
        const __m512i c = lookup(form_halves, bytes);
        const std::uint64_t tchar = in_register(_mm512_movepi8_mask(c));
        const std::uint64_t t68 = in_register(_mm512_movepi8_mask(_mm512_add_epi8(c, c)));
        // The last byte is not looked at, so that there is one behind the scheme.
        spaces = first(~(tchar & inside >> 1));
        begin = spaces + 1;
        const std::uint64_t from_begin = t68 >> begin;
        equals = begin + first(~from_begin);
        std::uint64_t last;
        __builtin_memcpy(&last, p + n - 8, 8);
        const std::size_t padding = static_cast<std::size_t>(__builtin_clzll((last ^ 0x3D3D3D3D3D3D3D3Du) | 1)) / 8;
        slash = (t68 & ~tchar) != 0;
        good = ((tchar & from_begin & 1) != 0) & (p[spaces] == ' ') & (equals + padding >= n) &
               (_mm512_movepi8_mask(bytes) == 0);
    }
};

token68_form token68(const char* p, std::size_t n) noexcept {
    if (n >= 64) return long_token68(p, n);
    if (n < 8) return {};
    const short_form form(p, n);
    return {form.spaces, form.good ? form.begin : 0, form.equals, form.slash};
}

[[gnu::noinline]] bool long_credentials(const char* p, std::size_t n, event* out) noexcept {
    const token68_form form = long_token68(p, n);
    if (form.begin == 0) return false;
    write_credentials(form.spaces, form.begin, n, out);
    return true;
}

bool credentials(const char* p, std::size_t n, event* out) noexcept {
    if (n >= 64) return long_credentials(p, n, out);
    if (n < 8) return false;
    const short_form form(p, n);
    write_credentials(form.spaces, form.begin, n, out);
    return form.good;
}

}  // namespace

const kernels avx512_kernels{{run_of<run_tchar>::of, run_of<run_token68>::of, run_of<run_quoted>::of,
                              run_of<run_sp>::of, run_of<run_alnum>::of, run_of<run_comma>::of, run_of<run_equals>::of},
                             leap,
                             quoted,
                             token68,
                             credentials};

}  // namespace authgrammar::detail

#endif
