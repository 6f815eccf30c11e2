#ifndef AUTHLINT_LINT_RECORDS_HPP
#define AUTHLINT_LINT_RECORDS_HPP

#include "lint/lint_report.hpp"
#include "report/report_form.hpp"

#include <memory>

namespace authlint {

/// Tells a form of report, which must outlive it, what lint finds. With `reveal`, secrets are in it.
[[nodiscard]] std::unique_ptr<lint_report> make_lint_records(report_form& form, bool reveal);

}  // namespace authlint

#endif
