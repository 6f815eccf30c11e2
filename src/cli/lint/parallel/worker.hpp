#ifndef AUTHLINT_LINT_PARALLEL_WORKER_HPP
#define AUTHLINT_LINT_PARALLEL_WORKER_HPP

#include "lint/baseline.hpp"
#include "lint/lint_run.hpp"
#include "report/report_form.hpp"

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace authlint {

/// What the processes that lint are forked with.
struct lint_job {
    std::vector<std::string> paths;
    lint_task task;
    baseline* found = nullptr;  ///< what goes into a baseline that is to be written; may be null
    /// Makes the report for one process, which prints or tells `form` what it finds.
    std::function<std::unique_ptr<lint_report>(report_form& form)> make_report;
    report_form* form = nullptr;  ///< the form that is printed in the end, for what it needs to be told
};

/// Lints the files whose indexes `next` gives, until it gives `no_file` or an interrupt comes, and writes events to the pipe
/// `out`. Returns when nobody reads them any more, too.
void run_lint_worker(const lint_job& job, int out, const std::function<std::size_t()>& next);

inline constexpr std::size_t no_file = static_cast<std::size_t>(-1);

}  // namespace authlint

#endif
