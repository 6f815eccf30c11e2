// Compiled for AVX2 for this file alone: it must not instantiate anything that other files share.

#include "nibble_tables.hpp"
#include "x86_block.hpp"

#if AUTHGRAMMAR_HAS_X86_KERNELS

#include <cstring>

namespace authgrammar::detail {

namespace {

/// Words for a masked load: the first i of the 16 that begin at of + 16 - i are loaded.
struct word_masks {
    alignas(32) std::int32_t of[32]{};
    constexpr word_masks() noexcept {
        for (int i = 0; i < 16; ++i) of[i] = -1;
    }
};
constexpr word_masks loaded{};

class block : public x86_block {
public:
    static constexpr std::size_t shortest = 4;

    [[nodiscard]] static block whole(const char* p) noexcept { return block(load(p), load(p + 32), 0); }
    [[nodiscard]] static block part(const char* p, std::size_t from, std::size_t n) noexcept {
        if (n < 64) return short_part(p + from, n - from);
        // The last 64 bytes, of which the last are wanted.
        return block(load(p + n - 64), load(p + n - 32), static_cast<unsigned>(64 - (n - from)));
    }

    [[nodiscard]] std::uint64_t members(unsigned set) const noexcept {
        const std::uint64_t others = both(non_members(a_, a_rows_, set), non_members(b_, b_rows_, set));
        return set == run_quoted ? others : ~others;
    }
    [[nodiscard]] std::uint64_t equal(char c) const noexcept {
        const __m256i wanted = _mm256_set1_epi8(c);
        return both(_mm256_cmpeq_epi8(a_, wanted), _mm256_cmpeq_epi8(b_, wanted));
    }
    [[nodiscard]] std::uint64_t never() const noexcept { return members(never_set); }
    [[nodiscard]] index_masks masks() const noexcept { return {members(run_alnum), equal('"'), equal('\\'), never()}; }
    [[nodiscard]] token68_masks token68() const noexcept { return {members(run_tchar), members(run_token68)}; }

    [[nodiscard]] static constexpr bool has_stride(unsigned) noexcept { return true; }
    static constexpr std::size_t stride = 128;
    /// At the price of one look at the result.
    [[nodiscard]] static bool all_in(unsigned set, const char* p) noexcept {
        const auto others = [set](const char* at) {
            const __m256i bytes = load(at);
            return non_members(bytes, rows_of(bytes), set);
        };
        const __m256i a = others(p);
        const __m256i b = others(p + 32);
        const __m256i c = others(p + 64);
        const __m256i d = others(p + 96);
        if (set == run_quoted) {
            return bits(_mm256_and_si256(_mm256_and_si256(a, b), _mm256_and_si256(c, d))) == 0xFFFFFFFFu;
        }
        const __m256i any = _mm256_or_si256(_mm256_or_si256(a, b), _mm256_or_si256(c, d));
        return _mm256_testz_si256(any, any) != 0;
    }

    [[nodiscard]] static std::uint32_t* write_places(std::uint64_t bits, std::uint32_t base,
                                                     std::uint32_t* to) noexcept {
        const std::size_t places = count(bits);
        // Eight at a time, whether there are as many or not: how many there are cannot be predicted.
        for (std::size_t i = 0; i < places || i == 0; i += 8) {
            for (std::size_t k = i; k < i + 8; ++k) {
                to[k] = base + static_cast<std::uint32_t>(_tzcnt_u64(bits));
                bits = _blsr_u64(bits);
            }
        }
        return to + places;
    }

private:
    block(__m256i a, __m256i b, unsigned shift) noexcept
        : a_(a), b_(b), a_rows_(rows_of(a)), b_rows_(rows_of(b)), shift_(shift) {}

    /// Up to 63 bytes with at least four before their end, and NUL behind them, without a branch on how many: whole
    /// words by masked loads, which touch nothing outside, and the rest from the last four bytes.
    [[nodiscard]] static block short_part(const char* p, std::size_t n) noexcept {
        const std::size_t words = n / 4;
        const auto mask = [&](std::size_t i) {
            return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(loaded.of + 16 - words + i));
        };
        std::uint32_t last;
        std::memcpy(&last, p + n - 4, 4);
        const auto tail = static_cast<std::uint32_t>(std::uint64_t{last} << (8 * (n % 4)) >> 32);
        const __m256i where = _mm256_set1_epi32(static_cast<int>(words));
        const __m256i what = _mm256_set1_epi32(static_cast<int>(tail));
        const auto eight_words = [&](std::size_t i, __m256i numbers) {
            const __m256i whole_words = _mm256_maskload_epi32(reinterpret_cast<const int*>(p + 4 * i), mask(i));
            return _mm256_or_si256(whole_words, _mm256_and_si256(what, _mm256_cmpeq_epi32(where, numbers)));
        };
        return block(eight_words(0, _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7)),
                     eight_words(8, _mm256_setr_epi32(8, 9, 10, 11, 12, 13, 14, 15)), 0);
    }

    [[nodiscard]] static __m256i table(const unsigned char (&bytes)[16]) noexcept {
        return _mm256_broadcastsi128_si256(_mm_load_si128(reinterpret_cast<const __m128i*>(bytes)));
    }
    [[nodiscard]] static __m256i load(const char* p) noexcept {
        return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(p));
    }
    [[nodiscard]] static __m256i rows_of(__m256i bytes) noexcept {
        return _mm256_shuffle_epi8(table(nibbles.row),
                                   _mm256_and_si256(_mm256_srli_epi16(bytes, 4), _mm256_set1_epi8(15)));
    }
    /// FF for the bytes that are not in `set`, 00 for the others. Of run_quoted and the other way round for it.
    [[nodiscard]] static __m256i non_members(__m256i bytes, __m256i rows, unsigned set) noexcept {
        const __m256i hit = _mm256_and_si256(_mm256_shuffle_epi8(table(nibbles.low[set]), bytes), rows);
        return _mm256_cmpeq_epi8(hit, _mm256_setzero_si256());
    }
    [[nodiscard]] static std::uint32_t bits(__m256i v) noexcept {
        return static_cast<std::uint32_t>(_mm256_movemask_epi8(v));
    }
    [[nodiscard]] std::uint64_t both(__m256i a, __m256i b) const noexcept {
        return (bits(a) | std::uint64_t{bits(b)} << 32) >> shift_;
    }

    __m256i a_;
    __m256i b_;
    __m256i a_rows_;
    __m256i b_rows_;
    unsigned shift_;  // of the bits of bytes that are not wanted, at the low end
};

#include "kernels.inl"

}  // namespace

const kernel_table avx2_kernels = block_kernels;

}  // namespace authgrammar::detail

#endif
