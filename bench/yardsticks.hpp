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

/// T against the clock of the processor.
struct calibration {
    double ghz = 0;  ///< additions in a ns, each waiting for the one before it; 0 if there is no such chain
    double t_cycles_per_byte = 0;  ///< of T on the values of the item; 0 without the chain
};

/// Times the chain of additions and T on `of` in turn many times, so that both see the same frequency: the median of
/// the ratios, and the highest frequency.
calibration calibrate(const item& of);

}  // namespace authgrammar::bench

#endif
