#ifndef AUTHGRAMMAR_BENCH_YARDSTICKS_HPP
#define AUTHGRAMMAR_BENCH_YARDSTICKS_HPP

#include "path.hpp"

#include <memory>
#include <vector>

namespace authgrammar::bench {

/// What the others are divided by, measured in the same run:
/// "yardstick/T", a scalar table-driven automaton that only recognises: one load a byte, each waiting for the one
/// before, so that its time depends on nothing but the number of bytes. The table is made from the ABNF text.
/// "yardstick/R", the PEGTL engine with its events; "yardstick/R-recognise", the same without.
/// Throws std::runtime_error if the automaton cannot be made.
std::vector<std::unique_ptr<path>> yardsticks();

/// How many additions a call of dependent_additions() makes, each waiting for the one before it: with their time
/// the clock of the machine is known. 0 on processors for which there is no such chain here.
std::uint64_t dependent_additions() noexcept;

}  // namespace authgrammar::bench

#endif
