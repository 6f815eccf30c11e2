#ifndef AUTHGRAMMAR_CORE_SCAN_KERNELS_HPP
#define AUTHGRAMMAR_CORE_SCAN_KERNELS_HPP

#include <authgrammar/detail/scan.hpp>

#include <cstddef>
#include <cstdint>

#if defined(AUTHGRAMMAR_HAS_X86_FLAGS) && defined(__x86_64__) && (defined(__GNUC__) || defined(__clang__))
#define AUTHGRAMMAR_HAS_X86_KERNELS 1
#else
#define AUTHGRAMMAR_HAS_X86_KERNELS 0
#endif

namespace authgrammar::detail {

/// Longer chunks are left to the steps: places are counted in 32 bits.
inline constexpr std::size_t most_indexed = 0x7FFFFFFF;

// Of internal linkage, so that each instruction set has a copy of its own.
namespace {

/// The events of credentials of that form, `n` bytes long: a copy of what is the same for all, and the rest.
inline void write_credentials(std::size_t spaces, std::size_t begin, std::size_t n, event* out) noexcept {
    static constexpr event all[4] = {{event_kind::challenge_begin, false, 0, 0},
                                     {event_kind::scheme, false, 0, 0},
                                     {event_kind::token68, false, 0, 0},
                                     {event_kind::challenge_end, false, 0, 0}};
    __builtin_memcpy(static_cast<void*>(out), all, sizeof all);
    out[1].end = spaces;
    out[2].begin = begin;
    out[2].end = n;
    out[3].end = n;
}

}  // namespace

extern const kernels portable_kernels;
#if AUTHGRAMMAR_HAS_X86_KERNELS
extern const kernels avx2_kernels;
extern const kernels avx512_kernels;
#endif

}  // namespace authgrammar::detail

#endif
