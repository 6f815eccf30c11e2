// Compiled for AVX-512 for this file alone: it must not instantiate anything that other files share.

#include "x86_block.hpp"

#if AUTHGRAMMAR_HAS_X86_KERNELS

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
constexpr half_tables set_bits([](int byte) { return sets.of[byte]; });
/// AG_ALNUM in the highest bit, AG_NEVER in the next. A byte over 7F is neither.
constexpr half_tables index_bits([](int byte) {
    const int c = ag_class_of[byte];
    return static_cast<unsigned char>((c == AG_ALNUM ? 128 : 0) | (c == AG_NEVER ? 64 : 0));
});
/// run_tchar in the highest bit, run_token68 in the next.
constexpr half_tables token68_bits([](int byte) {
    const int c = ag_class_of[byte];
    return static_cast<unsigned char>((in_set(run_tchar, c) ? 128 : 0) | (in_set(run_token68, c) ? 64 : 0));
});

struct iota_bytes {
    alignas(64) unsigned char of[64]{};
    constexpr iota_bytes() noexcept {
        for (int i = 0; i < 64; ++i) of[i] = static_cast<unsigned char>(i);
    }
};
constexpr iota_bytes iota{};

class block : public x86_block {
public:
    static constexpr std::size_t shortest = 0;

    [[nodiscard]] static block whole(const char* p) noexcept { return block(_mm512_loadu_si512(p)); }
    [[nodiscard]] static block part(const char* p, std::size_t from, std::size_t n) noexcept {
        return block(_mm512_maskz_loadu_epi8(low_bits(n - from), p + from));
    }

    [[nodiscard]] std::uint64_t members(unsigned set) const noexcept {
        const std::uint64_t found = load_scalar(static_cast<std::uint64_t>(
            _mm512_test_epi8_mask(lookup(set_bits, bytes_), _mm512_set1_epi8(static_cast<char>(1u << set)))));
        return set == run_quoted ? found | high(bytes_) : found & ~high(bytes_);
    }
    [[nodiscard]] std::uint64_t equal(char c) const noexcept {
        return load_scalar(static_cast<std::uint64_t>(_mm512_cmpeq_epi8_mask(bytes_, _mm512_set1_epi8(c))));
    }
    [[nodiscard]] std::uint64_t never() const noexcept { return second(lookup(index_bits, bytes_)) & ~high(bytes_); }
    [[nodiscard]] index_masks masks() const noexcept {
        const __m512i bits = lookup(index_bits, bytes_);
        const std::uint64_t low = ~high(bytes_);
        return {high(bits) & low, equal('"'), equal('\\'), second(bits) & low};
    }
    [[nodiscard]] token68_masks token68() const noexcept {
        const __m512i bits = lookup(token68_bits, bytes_);
        const std::uint64_t low = ~high(bytes_);
        return {high(bits) & low, second(bits) & low};
    }

    /// A run of run_quoted is no long one.
    [[nodiscard]] static constexpr bool has_stride(unsigned set) noexcept { return set != run_quoted; }
    static constexpr std::size_t stride = 256;
    /// At the price of one look at the sets.
    [[nodiscard]] static bool all_in(unsigned set, const char* p) noexcept {
        const __m512i a = _mm512_loadu_si512(p);
        const __m512i b = _mm512_loadu_si512(p + 64);
        const __m512i c = _mm512_loadu_si512(p + 128);
        const __m512i d = _mm512_loadu_si512(p + 192);
        const __m512i in_all = _mm512_and_si512(_mm512_and_si512(lookup(set_bits, a), lookup(set_bits, b)),
                                                _mm512_and_si512(lookup(set_bits, c), lookup(set_bits, d)));
        const __m512i any_high = _mm512_or_si512(_mm512_or_si512(a, b), _mm512_or_si512(c, d));
        const std::uint64_t found = load_scalar(
            static_cast<std::uint64_t>(_mm512_test_epi8_mask(in_all, _mm512_set1_epi8(static_cast<char>(1u << set)))));
        return (found & ~_mm512_movepi8_mask(any_high)) == ~std::uint64_t{0};
    }

    [[nodiscard]] static std::uint32_t* write_places(std::uint64_t bits, std::uint32_t base,
                                                     std::uint32_t* to) noexcept {
        const __m512i places = _mm512_maskz_compress_epi8(bits, _mm512_load_si512(iota.of));
        const __m512i from = _mm512_set1_epi32(static_cast<int>(base));
        const auto put = [&](std::size_t i, __m128i sixteen) {
            // With a mask, and no cast, because g++ 12 believes the others to use something uninitialised.
            _mm512_storeu_si512(to + i, _mm512_add_epi32(_mm512_maskz_cvtepu8_epi32(0xFFFF, sixteen), from));
        };
        put(0, _mm512_maskz_extracti32x4_epi32(0xF, places, 0));
        if (count(bits) > 16) {
            put(16, _mm512_maskz_extracti32x4_epi32(0xF, places, 1));
            put(32, _mm512_maskz_extracti32x4_epi32(0xF, places, 2));
            put(48, _mm512_maskz_extracti32x4_epi32(0xF, places, 3));
        }
        return to + count(bits);
    }

private:
    explicit block(__m512i bytes) noexcept : bytes_(bytes) {}

    [[nodiscard]] static __m512i lookup(const half_tables& t, __m512i bytes) noexcept {
        return _mm512_permutex2var_epi8(_mm512_load_si512(t.low), bytes, _mm512_load_si512(t.high));
    }
    /// The highest bit of each byte. load_scalar keeps masks out of the mask registers, where compilers like to combine
    /// what is faster elsewhere.
    [[nodiscard]] static std::uint64_t high(__m512i bytes) noexcept {
        return load_scalar(static_cast<std::uint64_t>(_mm512_movepi8_mask(bytes)));
    }
    /// The second highest.
    [[nodiscard]] static std::uint64_t second(__m512i bytes) noexcept { return high(_mm512_add_epi8(bytes, bytes)); }

    __m512i bytes_;
};

#include "kernels.inl"

}  // namespace

const kernel_table avx512_kernels = block_kernels;

}  // namespace authgrammar::detail

#endif
