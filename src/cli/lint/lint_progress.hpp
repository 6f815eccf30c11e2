#ifndef AUTHLINT_LINT_LINT_PROGRESS_HPP
#define AUTHLINT_LINT_LINT_PROGRESS_HPP

#include "lint/lint_report.hpp"

#include <chrono>
#include <cstddef>
#include <string>

namespace authlint {

/// How far a run is, in one line.
[[nodiscard]] std::string progress_line(std::size_t done, std::size_t size, const lint_totals& totals,
                                        std::chrono::duration<double> elapsed);

/// Tells on the terminal how far a long run is: from its first second on, four times a second.
class lint_progress {
public:
    /// `done` of `size` bytes of the file were read; 0 for a size that is not known. Looks at the clock once in a while only.
    void show(std::size_t done, std::size_t size, const lint_totals& totals);

    /// The next file begins.
    void start_file() { began_ = clock::now(); }

private:
    using clock = std::chrono::steady_clock;
    clock::time_point began_ = clock::now();
    clock::time_point next_ = began_ + std::chrono::seconds(1);
    unsigned calls_ = 0;
};

}  // namespace authlint

#endif
