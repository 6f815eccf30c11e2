#ifndef AUTHLINT_FINDINGS_TEXT_HPP
#define AUTHLINT_FINDINGS_TEXT_HPP

#include <string>

namespace authlint {

/// One line for each finding: id, severity, category and title.
[[nodiscard]] std::string findings_as_text();

/// An object with all that is declared of each finding.
[[nodiscard]] std::string findings_as_json();

/// docs/findings.md: a table, then a section for each finding with its examples and what is said of them.
[[nodiscard]] std::string findings_as_markdown();

}  // namespace authlint

#endif
