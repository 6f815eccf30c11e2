#ifndef AUTHGRAMMAR_FUZZ_ALLOCATIONS_HPP
#define AUTHGRAMMAR_FUZZ_ALLOCATIONS_HPP

#include <cstddef>

namespace authgrammar::fuzz {

/// What was taken from the heap, by any way into it, since the program started.
struct heap_use {
    std::size_t blocks = 0;
    std::size_t bytes = 0;
};
[[nodiscard]] heap_use heap_so_far() noexcept;

}  // namespace authgrammar::fuzz

#endif
