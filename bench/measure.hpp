#ifndef AUTHGRAMMAR_BENCH_MEASURE_HPP
#define AUTHGRAMMAR_BENCH_MEASURE_HPP

#include "path.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace authgrammar::bench {

/// How much is measured. A batch is what the clock is read around: short, so that many a batch is undisturbed on a
/// machine that others use too.
struct thoroughness {
    int repetitions = 200;        ///< batches of a common, adversarial or cold item
    int growth_repetitions = 60;  ///< batches of a growth item
    double batch_ns = 100000;     ///< how long a batch lasts, if one pass over the pool is shorter
};

/// One cell of the table.
struct cell {
    path* by = nullptr;
    const item* of = nullptr;
    unsigned seconds = 0;  ///< if not 0, a limit for each batch

    // The outcome, for each value:
    double ns = 0;      ///< the least of all batches
    double median = 0;  ///< the one in the middle: what others on the machine cost is between the two
    int batches = 0;
};

/// Measures all cells in one run of Google Benchmark, the batches of all of them in random order.
void measure(std::vector<cell>& cells, const thoroughness& how, const std::string& program);

}  // namespace authgrammar::bench

#endif
