#ifndef AUTHLINT_LINT_FIX_HPP
#define AUTHLINT_LINT_FIX_HPP

#include "lint/lint_report.hpp"

#include <memory>

namespace authlint {

/// The input with its fixes on stdout, and what was fixed and what was not, and why, on stderr.
[[nodiscard]] std::unique_ptr<lint_report> make_lint_fix(bool reveal);

}  // namespace authlint

#endif
