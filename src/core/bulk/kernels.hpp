#ifndef AUTHGRAMMAR_CORE_BULK_KERNELS_HPP
#define AUTHGRAMMAR_CORE_BULK_KERNELS_HPP

#include <authgrammar/detail/bulk.hpp>
#include <authgrammar/detail/portability.hpp>
#include <authgrammar/detail/step_tables.hpp>

#include <cstddef>

#if defined(AUTHGRAMMAR_HAS_X86_FLAGS) && AUTHGRAMMAR_IS_X86_64
#define AUTHGRAMMAR_HAS_X86_KERNELS 1
#else
#define AUTHGRAMMAR_HAS_X86_KERNELS 0
#endif

#define AUTHGRAMMAR_HAS_NEON_KERNELS AUTHGRAMMAR_IS_AARCH64

namespace authgrammar::detail {

/// What an instruction set offers: the functions of detail/bulk.hpp.
struct kernel_table {
    std::size_t (*run_length[run_sets])(const char* p, std::size_t n) noexcept;
    std::size_t (*quoted_length)(const char* p, std::size_t n, bool& escaped) noexcept;
    void (*read_elements)(tokenizer_state& s, bulk_chunk& chunk) noexcept;
    bool (*read_scheme_token68)(tokenizer_state& s, const char* p, std::size_t n, event* out) noexcept;
    bool (*read_token68_value)(const char* p, std::size_t n, event* out) noexcept;
};

extern const kernel_table portable_kernels;
#if AUTHGRAMMAR_HAS_X86_KERNELS
extern const kernel_table avx2_kernels;
extern const kernel_table avx512_kernels;
#elif AUTHGRAMMAR_HAS_NEON_KERNELS
extern const kernel_table neon_kernels;
#endif

/// Those of the instruction set in use.
extern const kernel_table* active_kernels;

/// In longer chunks nothing is read at once: indexes have 32 bits.
inline constexpr std::size_t longest_bulk = 0x7FFFFFFF;

}  // namespace authgrammar::detail

#endif
