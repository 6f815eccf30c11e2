#ifndef AUTHLINT_LINT_JSON_HPP
#define AUTHLINT_LINT_JSON_HPP

#include "lint/lint_report.hpp"

#include <memory>

namespace authlint {

/// For programs: one JSON object, in ASCII, when all is read. With `reveal`, corrected values have their secrets.
[[nodiscard]] std::unique_ptr<lint_report> make_lint_json(bool reveal);

}  // namespace authlint

#endif
