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

/// Takes a block of the heap and gives it back, for planted bugs: a compiler may leave out what it sees through.
void take_and_give_back(std::size_t size);

}  // namespace authgrammar::fuzz

#endif
