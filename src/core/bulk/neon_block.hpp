#ifndef AUTHGRAMMAR_CORE_BULK_NEON_BLOCK_HPP
#define AUTHGRAMMAR_CORE_BULK_NEON_BLOCK_HPP

// The Block of AArch64, where every processor has these instructions. Its speed is unmeasured.

#include "block_runs.hpp"
#include "element_reader.hpp"
#include "kernels.hpp"
#include "nibble_tables.hpp"
#include "structural_index.hpp"
#include "token68.hpp"

#if AUTHGRAMMAR_HAS_NEON_KERNELS

#include <arm_neon.h>

namespace authgrammar::detail {

// Of internal linkage, as all that kernels.inl needs.
namespace {

/// Each byte's index in a vector, and its bit in a mask of eight.
struct lane_tables {
    alignas(16) unsigned char index[16]{};
    alignas(16) unsigned char bit[16]{};
    constexpr lane_tables() noexcept {
        for (int i = 0; i < 16; ++i) {
            index[i] = static_cast<unsigned char>(i);
            bit[i] = static_cast<unsigned char>(1u << i % 8);
        }
    }
};
constexpr lane_tables lanes{};

/// A Block of four vectors, or of fewer for the proof of the bulk paths.
template <std::size_t Vectors>
class neon_block {
public:
    static constexpr std::size_t width = 16 * Vectors;
    static constexpr std::size_t shortest = 8;

    struct token68_masks {
        std::uint64_t tchar;
        std::uint64_t token68;
    };

    [[nodiscard]] static neon_block whole(const char* p) noexcept {
        neon_block b;
        for (std::size_t i = 0; i < Vectors; ++i) b.bytes_[i] = load(p + 16 * i);
        return b;
    }
    [[nodiscard]] static neon_block part(const char* p, std::size_t from, std::size_t n) noexcept {
        neon_block b;
        if (n < 16) {
            b.bytes_[0] = moved(two_eights(p, n), from);
            for (std::size_t i = 1; i < Vectors; ++i) b.bytes_[i] = vdupq_n_u8(0);
        } else {
            for (std::size_t i = 0; i < Vectors; ++i) b.bytes_[i] = upto(p, from + 16 * i, n);
        }
        return b;
    }

    [[nodiscard]] std::uint64_t members(unsigned set) const noexcept {
        const std::uint64_t found = hits_in(set);
        return set == run_quoted ? ~found : found | ~low_bits(width);
    }
    [[nodiscard]] std::uint64_t equal(char c) const noexcept {
        const uint8x16_t wanted = vdupq_n_u8(static_cast<unsigned char>(c));
        return bits([&](std::size_t i) { return vceqq_u8(bytes_[i], wanted); });
    }
    [[nodiscard]] std::uint64_t never() const noexcept { return hits_in(never_set); }
    [[nodiscard]] index_masks masks() const noexcept { return {hits_in(run_alnum), equal('"'), equal('\\'), never()}; }
    [[nodiscard]] token68_masks token68() const noexcept { return {hits_in(run_tchar), hits_in(run_token68)}; }

    [[nodiscard]] static constexpr bool has_stride(unsigned) noexcept { return true; }
    static constexpr std::size_t stride = 2 * width;
    /// At the price of one look at the result.
    [[nodiscard]] static bool all_in(unsigned set, const char* p) noexcept {
        uint8x16_t in_all = hits(load(p), set);
        uint8x16_t in_any = in_all;
        for (std::size_t i = 16; i < stride; i += 16) {
            const uint8x16_t found = hits(load(p + i), set);
            in_all = vandq_u8(in_all, found);
            in_any = vorrq_u8(in_any, found);
        }
        return set == run_quoted ? vmaxvq_u8(in_any) == 0 : vminvq_u8(in_all) == 0xFF;
    }

    [[nodiscard]] static std::uint64_t low_bits(std::size_t n) noexcept {
        return n >= 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << n) - 1;
    }
    [[nodiscard]] static std::uint64_t parity(std::uint64_t bits) noexcept {
        // A carry-less product would do it at once, but not every processor has that.
        for (unsigned by = 1; by < 64; by *= 2) bits ^= bits << by;
        return bits;
    }
    [[nodiscard]] static std::uint32_t* write_places(std::uint64_t bits, std::uint32_t base,
                                                     std::uint32_t* to) noexcept {
        const std::size_t places = vaddv_u8(vcnt_u8(vcreate_u8(bits)));
        // Eight at a time, whether there are as many or not: how many there are cannot be predicted.
        for (std::size_t i = 0; i < places || i == 0; i += 8) {
            for (std::size_t k = i; k < i + 8; ++k) {
                to[k] = base + trailing_zeros(bits | std::uint64_t{1} << 63);
                bits &= bits - 1;
            }
        }
        return to + places;
    }

private:
    [[nodiscard]] static uint8x16_t load(const char* p) noexcept {
        return vld1q_u8(reinterpret_cast<const unsigned char*>(p));
    }
    /// The bytes [begin, n) of the n at p, n at least 16; 16 of them if there are so many, or NUL behind them.
    [[nodiscard]] static uint8x16_t upto(const char* p, std::size_t begin, std::size_t n) noexcept {
        const std::size_t at = begin < n - 16 ? begin : n - 16;
        return moved(load(p + at), begin - at);
    }
    /// The n bytes at p, 8 to 16 of them, by two loads of eight, and NUL behind them.
    [[nodiscard]] static uint8x16_t two_eights(const char* p, std::size_t n) noexcept {
        const auto* const bytes = reinterpret_cast<const unsigned char*>(p);
        const uint8x16_t both = vcombine_u8(vld1_u8(bytes), vld1_u8(bytes + n - 8));
        const uint8x16_t index = vld1q_u8(lanes.index);
        const uint8x16_t overlap = vdupq_n_u8(static_cast<unsigned char>(16 - n));
        return vqtbl1q_u8(both, vbslq_u8(vcltq_u8(index, vdupq_n_u8(8)), index, vaddq_u8(index, overlap)));
    }
    /// The bytes from index `by` on, at most 64, and NUL behind them.
    [[nodiscard]] static uint8x16_t moved(uint8x16_t bytes, std::size_t by) noexcept {
        return vqtbl1q_u8(bytes, vaddq_u8(vld1q_u8(lanes.index), vdupq_n_u8(static_cast<unsigned char>(by))));
    }

    /// FF for the bytes that are in `set`, 00 for the others. Of run_quoted the other way round.
    [[nodiscard]] static uint8x16_t hits(uint8x16_t bytes, unsigned set) noexcept {
        const uint8x16_t low = vqtbl1q_u8(vld1q_u8(nibbles.low[set]), vandq_u8(bytes, vdupq_n_u8(15)));
        return vtstq_u8(low, vqtbl1q_u8(vld1q_u8(nibbles.row), vshrq_n_u8(bytes, 4)));
    }
    [[nodiscard]] std::uint64_t hits_in(unsigned set) const noexcept {
        return bits([&](std::size_t i) { return hits(bytes_[i], set); });
    }
    /// A bit for each byte of the vectors, all of which are FF or 00.
    template <typename VectorAt>
    [[nodiscard]] static std::uint64_t bits(VectorAt vector_at) noexcept {
        const uint8x16_t bit = vld1q_u8(lanes.bit);
        const auto vector = [&](std::size_t i) { return i < Vectors ? vandq_u8(vector_at(i), bit) : vdupq_n_u8(0); };
        const uint8x16_t all = vpaddq_u8(vpaddq_u8(vector(0), vector(1)), vpaddq_u8(vector(2), vector(3)));
        return vgetq_lane_u64(vreinterpretq_u64_u8(vpaddq_u8(all, all)), 0);
    }

    uint8x16_t bytes_[Vectors];
};

}  // namespace

}  // namespace authgrammar::detail

#endif

#endif
