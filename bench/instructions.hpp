#ifndef AUTHGRAMMAR_BENCH_INSTRUCTIONS_HPP
#define AUTHGRAMMAR_BENCH_INSTRUCTIONS_HPP

#include "measure.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace authgrammar::bench {

/// Of how many values of an item instructions are counted: `variants` at most, and fewer of long ones.
[[nodiscard]] std::size_t counted_values(const item& of, std::size_t variants);

/// How many instructions each cell takes, for its first counted_values() values together: the same number in every run of the
/// same program, however busy the machine is. A child process measures the cells and this one steps it through them one
/// instruction at a time, so that every instruction set can be counted, on processors and in virtual machines that count
/// none. Nothing where processes cannot be traced (anything but Linux on x86-64 or AArch64, or a sandbox that forbids
/// it).
[[nodiscard]] std::optional<std::vector<std::uint64_t>> count_instructions(const std::vector<cell>& cells,
                                                                           std::size_t variants);

}  // namespace authgrammar::bench

#endif
