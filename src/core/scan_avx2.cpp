// Compiled for AVX2 for this file alone: it must not instantiate anything that other files share.

#include "scan_kernels.hpp"

#if AUTHGRAMMAR_HAS_X86_KERNELS

#include "index.hpp"
#include "leap.hpp"

#include <immintrin.h>

namespace authgrammar::detail {

namespace {

/// Sets of 7-bit bytes for two shuffles: bit r of low[l] tells whether the byte r * 16 + l is in one. Bytes over 7F are
/// in none; run_quoted, which has them, is looked up as its complement. The last set is AG_NEVER.
constexpr unsigned never = run_sets;
struct nibble_tables {
    alignas(16) unsigned char low[run_sets + 1][16]{};
    alignas(16) unsigned char row[16]{};
    constexpr nibble_tables() noexcept {
        for (int r = 0; r < 8; ++r) row[r] = static_cast<unsigned char>(1u << r);
        for (unsigned set = 0; set <= never; ++set) {
            for (int byte = 0; byte < 128; ++byte) {
                const int c = ag_class_of[byte];
                if (set == never ? c == AG_NEVER : in_set(set, c) != (set == run_quoted)) {
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

inline std::uint32_t bits(__m256i v) noexcept { return static_cast<std::uint32_t>(_mm256_movemask_epi8(v)); }
inline std::size_t first(std::uint64_t mask) noexcept { return static_cast<std::size_t>(__builtin_ctzll(mask)); }
inline __m256i load(const char* p) noexcept { return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(p)); }

/// Bytes that are not in `set`: FF, the others 00. Of run_quoted and never the other way round.
inline __m256i strangers(__m256i bytes, __m256i rows, unsigned set) noexcept {
    const __m256i hit = _mm256_and_si256(_mm256_shuffle_epi8(table(nibbles.low[set]), bytes), rows);
    return _mm256_cmpeq_epi8(hit, _mm256_setzero_si256());
}

/// 64 bytes in registers, ready to be asked for the mask of a set.
class pair {
public:
    pair(__m256i a, __m256i b) noexcept : a_(a), b_(b), a_rows_(rows_of(a)), b_rows_(rows_of(b)) {}
    [[nodiscard]] std::uint64_t mask(unsigned set) const noexcept {
        const std::uint64_t out = both(strangers(a_, a_rows_, set), strangers(b_, b_rows_, set));
        return set == run_quoted ? out : ~out;
    }
    [[nodiscard]] std::uint64_t equal(char c) const noexcept {
        const __m256i wanted = _mm256_set1_epi8(c);
        return both(_mm256_cmpeq_epi8(a_, wanted), _mm256_cmpeq_epi8(b_, wanted));
    }

private:
    [[nodiscard]] static std::uint64_t both(__m256i a, __m256i b) noexcept {
        return bits(a) | std::uint64_t{bits(b)} << 32;
    }
    __m256i a_;
    __m256i b_;
    __m256i a_rows_;
    __m256i b_rows_;
};

/// Words for a masked load: the first i of the 16 that begin at of + 16 - i are taken.
struct word_masks {
    alignas(32) std::int32_t of[32]{};
    constexpr word_masks() noexcept {
        for (int i = 0; i < 16; ++i) of[i] = -1;
    }
};
constexpr word_masks takes{};

/// Up to 63 bytes, at least 4, and NUL behind them, without a branch on how many: whole words by masked loads, which
/// touch nothing outside, and the rest from the last four bytes.
inline pair load_short(const char* p, std::size_t n) noexcept {
    const std::size_t words = n / 4;
    const auto mask = [&](std::size_t i) {
        return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(takes.of + 16 - words + i));
    };
    std::uint32_t last;
    __builtin_memcpy(&last, p + n - 4, 4);
    const auto tail = static_cast<std::uint32_t>(std::uint64_t{last} << (8 * (n % 4)) >> 32);
    const __m256i where = _mm256_set1_epi32(static_cast<int>(words));
    const __m256i what = _mm256_set1_epi32(static_cast<int>(tail));
    const auto part = [&](std::size_t i, __m256i numbers) {
        const __m256i whole = _mm256_maskload_epi32(reinterpret_cast<const int*>(p + 4 * i), mask(i));
        return _mm256_or_si256(whole, _mm256_and_si256(what, _mm256_cmpeq_epi32(where, numbers)));
    };
    return {part(0, _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7)),
            part(8, _mm256_setr_epi32(8, 9, 10, 11, 12, 13, 14, 15))};
}

template <unsigned Set>
struct run_of {
    static std::size_t of(const char* p, std::size_t n) noexcept {
        std::size_t i = 0;
        while (n - i >= 128 && all_are(p + i)) i += 128;
        for (; n - i >= 32; i += 32) {
            const std::uint32_t out = outside(load(p + i));
            if (out != 0) return i + first(out);
        }
        if (i != 0 && i != n) {
            // The last 32 bytes again, the first of which are in the set.
            const std::uint32_t out = outside(load(p + n - 32));
            return out != 0 ? n - 32 + first(out) : n;
        }
        while (i < n && (sets.of[static_cast<unsigned char>(p[i])] & 1u << Set) != 0) ++i;
        return i;
    }

private:
    [[nodiscard]] static std::uint32_t outside(__m256i bytes) noexcept {
        const std::uint32_t out = bits(strangers(bytes, rows_of(bytes), Set));
        return Set == run_quoted ? ~out : out;
    }
    /// All of 128 bytes, at the price of one look at the result.
    [[nodiscard]] static bool all_are(const char* p) noexcept {
        const auto hit = [](__m256i bytes) { return strangers(bytes, rows_of(bytes), Set); };
        const __m256i a = hit(load(p));
        const __m256i b = hit(load(p + 32));
        const __m256i c = hit(load(p + 64));
        const __m256i d = hit(load(p + 96));
        if (Set == run_quoted) {
            return bits(_mm256_and_si256(_mm256_and_si256(a, b), _mm256_and_si256(c, d))) == 0xFFFFFFFFu;
        }
        const __m256i any = _mm256_or_si256(_mm256_or_si256(a, b), _mm256_or_si256(c, d));
        return _mm256_testz_si256(any, any) != 0;
    }
};

class block {
public:
    block(const char* data, std::size_t size) noexcept : data_(data), size_(size) {}

    [[nodiscard]] index_masks masks(std::size_t at, std::size_t n, std::uint64_t) const noexcept {
        if (n == 64) return of(pair(load(data_ + at), load(data_ + at + 32)), 0);
        if (size_ < 64) return of(load_short(data_ + at, n), 0);
        // The last 64 bytes, of which the last n are wanted.
        const char* const p = data_ + at + n - 64;
        return of(pair(load(p), load(p + 32)), 64 - n);
    }

    [[nodiscard]] static std::uint64_t parity(std::uint64_t bits) noexcept {
        const __m128i product = _mm_clmulepi64_si128(_mm_cvtsi64_si128(static_cast<long long>(bits)),
                                                     _mm_set1_epi8(static_cast<char>(0xFF)), 0);
        return static_cast<std::uint64_t>(_mm_cvtsi128_si64(product));
    }

    [[nodiscard]] static std::uint32_t* write(std::uint64_t bits, std::uint32_t base, std::uint32_t* to) noexcept {
        const auto count = static_cast<std::size_t>(__builtin_popcountll(bits));
        // Eight at a time, whether there are as many or not: how many there are cannot be predicted.
        for (std::size_t i = 0; i < count || i == 0; i += 8) {
            for (std::size_t k = i; k < i + 8; ++k) {
                to[k] = base + static_cast<std::uint32_t>(_tzcnt_u64(bits));
                bits = _blsr_u64(bits);
            }
        }
        return to + count;
    }

private:
    [[nodiscard]] static index_masks of(const pair& b, std::size_t shift) noexcept {
        return {b.mask(run_alnum) >> shift, b.equal('"') >> shift, b.equal('\\') >> shift, b.mask(never) >> shift};
    }

    const char* data_;
    std::size_t size_;
};

void leap(standing& s, passage& p) noexcept {
    if (p.size > most_indexed || p.size < 16 || !ready_to_leap(s, p)) return;
    chunk_index<block> finder(p.data, p.size, p.at);
    leaper<chunk_index<block>>(s, p, finder).go();
}

std::size_t quoted(const char* p, std::size_t n, bool& escaped) noexcept {
    std::uint64_t carry = escaped ? 1 : 0;
    std::size_t i = 0;
    for (; n - i >= 64; i += 64) {
        const pair b(load(p + i), load(p + i + 32));
        const std::uint64_t escapes = escaped_by(b.equal('\\'), carry);
        const std::uint64_t ends = (b.equal('"') & ~escapes) | b.mask(never);
        if (ends != 0) {
            escaped = (escapes >> first(ends) & 1) != 0;
            return i + first(ends);
        }
    }
    escaped = carry != 0;
    for (; i < n; ++i) {
        const int c = ag_class_of[static_cast<unsigned char>(p[i])];
        if (c == AG_NEVER || (c == AG_DQUOTE && !escaped)) return i;
        escaped = c == AG_BACKSLASH && !escaped;
    }
    return n;
}

/// The form of more than 63 bytes. The first block must hold the scheme and where the token68 begins.
[[gnu::noinline]] token68_form long_token68(const char* p, std::size_t n) noexcept {
    const pair b(load(p), load(p + 32));
    const std::uint64_t tchar = b.mask(run_tchar);
    const std::uint64_t sp = b.equal(' ');
    const std::uint64_t t68 = b.mask(run_token68);
    const token68_form none;
    if ((tchar & 1) == 0 || ~tchar == 0 || n > most_indexed) return none;
    const std::size_t spaces = first(~tchar);
    const std::size_t begin = spaces + first(~(sp >> spaces));
    if (begin == spaces || begin >= 64 || (t68 >> begin & 1) == 0) return none;
    // Parameters show in the first block too, mostly: nothing but "=" may follow what is no token68.
    const std::uint64_t rest = ~t68 >> begin << begin;
    if (rest != 0 && (~b.equal('=') >> first(rest)) != 0) return none;
    const std::size_t alnum = begin + run_of<run_alnum>::of(p + begin, n - begin);
    const std::size_t end = alnum + run_of<run_token68>::of(p + alnum, n - alnum);
    const std::size_t after = end + run_of<run_equals>::of(p + end, n - end);
    return {spaces, after == n ? begin : 0, end, end != alnum};
}

/// The form of 8 to 63 bytes, and whether they have it with one SP and at most seven "=": what else has it is left to
/// others. Without branches, because the lengths of credentials are what nobody can predict.
struct short_form {
    std::size_t spaces;
    std::size_t begin;
    std::size_t equals;
    bool slash;
    bool good;

    short_form(const char* p, std::size_t n) noexcept {
        const pair b = load_short(p, n);
        const std::uint64_t tchar = b.mask(run_tchar);
        const std::uint64_t t68 = b.mask(run_token68);
        // The last byte is not looked at, so that there is one behind the scheme.
        spaces = first(~(tchar & _bzhi_u64(~std::uint64_t{0}, static_cast<unsigned>(n - 1))));
        begin = spaces + 1;
        const std::uint64_t from_begin = t68 >> begin;
        equals = begin + first(~from_begin);
        std::uint64_t last;
        __builtin_memcpy(&last, p + n - 8, 8);
        const std::size_t padding = static_cast<std::size_t>(__builtin_clzll((last ^ 0x3D3D3D3D3D3D3D3Du) | 1)) / 8;
        slash = (t68 & ~tchar) != 0;
        good = ((tchar & from_begin & 1) != 0) & (p[spaces] == ' ') & (equals + padding >= n);
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

const kernels avx2_kernels{{run_of<run_tchar>::of, run_of<run_token68>::of, run_of<run_quoted>::of, run_of<run_sp>::of,
                            run_of<run_alnum>::of, run_of<run_comma>::of, run_of<run_equals>::of},
                           leap,
                           quoted,
                           token68,
                           credentials};

}  // namespace authgrammar::detail

#endif
