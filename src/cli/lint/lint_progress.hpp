#ifndef AUTHLINT_LINT_LINT_PROGRESS_HPP
#define AUTHLINT_LINT_LINT_PROGRESS_HPP

#include "lint/lint_report.hpp"

#include <chrono>
#include <cstddef>
#include <string>

namespace authlint {

/// How far a file is: `done` of `size` bytes were read, 0 for a size that is not known; and what a run has found so far.
struct run_progress {
    std::size_t done = 0;
    std::size_t size = 0;
    std::size_t messages = 0;
    std::size_t findings = 0;
    std::size_t elapsed_ms = 0;  ///< since the file began, in milliseconds
};

/// How far a run is, in one line.
[[nodiscard]] std::string progress_line(const run_progress& progress);

/// Tells on the terminal how far a long run is: from its first second on, four times a second.
class lint_progress {
public:
    lint_progress() = default;
    lint_progress(const lint_progress&) = delete;
    lint_progress& operator=(const lint_progress&) = delete;
    virtual ~lint_progress() = default;

    /// `done` of `size` bytes of the file were read; 0 for a size that is not known. Looks at the clock once in a while only.
    void show(std::size_t done, std::size_t size, const lint_totals& totals);

    /// The next file begins.
    void start_file() { began_ = clock::now(); }

    /// Tells it at once.
    virtual void tell(const run_progress& progress);

private:
    using clock = std::chrono::steady_clock;
    clock::time_point began_ = clock::now();
    clock::time_point next_ = began_ + std::chrono::seconds(1);
    unsigned calls_ = 0;
};

}  // namespace authlint

#endif
