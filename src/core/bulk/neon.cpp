#include "neon_block.hpp"

#if AUTHGRAMMAR_HAS_NEON_KERNELS

namespace authgrammar::detail {

namespace {

using block = neon_block<4>;

#include "kernels.inl"

}  // namespace

const kernel_table neon_kernels = block_kernels;

}  // namespace authgrammar::detail

#endif
