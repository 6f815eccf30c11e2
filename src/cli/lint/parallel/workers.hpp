#ifndef AUTHLINT_LINT_PARALLEL_WORKERS_HPP
#define AUTHLINT_LINT_PARALLEL_WORKERS_HPP

#include "lint/parallel/events.hpp"
#include "lint/parallel/worker.hpp"

#include <cstddef>
#include <memory>
#include <optional>

namespace authlint {

/// What a run of lint knows in the end.
struct lint_outcome {
    lint_totals totals;
    bool all_read = true;
};

/// How many of the inputs can be linted at the same time: the regular files among them.
[[nodiscard]] std::size_t count_of_parallel_inputs(const std::vector<std::string>& paths);

/// Processes that lint the regular files among the inputs, each one file at a time, in their order. What they tell waits here
/// until it is its turn. Memory is bounded by that of the processes and 1 MiB for each; up to 1 GiB waits in temporary files.
/// A process that is further ahead than that waits, and so does one whose temporary file cannot be written.
class lint_workers {
public:
    /// Forks `jobs` processes, or as many as there can be. `job` must outlive them.
    lint_workers(const lint_job& job, std::size_t jobs);
    lint_workers(const lint_workers&) = delete;
    lint_workers& operator=(const lint_workers&) = delete;
    /// Ends the processes.
    ~lint_workers();

    /// Prints, or tells the form, what a process tells of the file with this index, as it comes. Those before it were asked
    /// for. False if no process lints it: it is no regular file, or none is left.
    [[nodiscard]] bool replay(std::size_t index, lint_outcome& outcome);

private:
    class state;
    std::unique_ptr<state> state_;
};

}  // namespace authlint

#endif
