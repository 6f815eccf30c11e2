#ifndef AUTHGRAMMAR_CORE_BULK_X86_BLOCK_HPP
#define AUTHGRAMMAR_CORE_BULK_X86_BLOCK_HPP

// What the vector files share: all that they include, and the parts of a Block that are the same for both.

#include "block_runs.hpp"
#include "element_reader.hpp"
#include "kernels.hpp"
#include "structural_index.hpp"
#include "token68.hpp"

#if AUTHGRAMMAR_HAS_X86_KERNELS

#include <immintrin.h>

namespace authgrammar::detail {

// Of internal linkage, so that each instruction set has a copy of its own.
namespace {

struct x86_block {
    static constexpr std::size_t width = 64;

    struct token68_masks {
        std::uint64_t tchar;
        std::uint64_t token68;
    };

    [[nodiscard]] static std::uint64_t low_bits(std::size_t n) noexcept {
        return _bzhi_u64(~std::uint64_t{0}, static_cast<unsigned>(n));
    }
    [[nodiscard]] static std::size_t count(std::uint64_t bits) noexcept {
        return static_cast<std::size_t>(_mm_popcnt_u64(bits));
    }
    [[nodiscard]] static std::uint64_t parity(std::uint64_t bits) noexcept {
        const __m128i product = _mm_clmulepi64_si128(_mm_cvtsi64_si128(static_cast<long long>(bits)),
                                                     _mm_set1_epi8(static_cast<char>(0xFF)), 0);
        return static_cast<std::uint64_t>(_mm_cvtsi128_si64(product));
    }
};

}  // namespace

}  // namespace authgrammar::detail

#endif

#endif
