#ifndef AUTHLINT_LINT_RUN_HPP
#define AUTHLINT_LINT_RUN_HPP

#include "lint/lint_report.hpp"

#include <authgrammar/audit/conversation.hpp>

#include <cstddef>
#include <string>

namespace authlint {

class lint_filter;
class lint_progress;

/// What is asked about each file.
struct lint_task {
    authgrammar::audit::known_facts facts;
    std::string input;  ///< one of input_kinds(); empty: what it looks like
    bool fix = false;
    bool why = false;
    lint_filter* filter = nullptr;      ///< takes away what is not to be reported; null: nothing is
    lint_progress* progress = nullptr;  ///< is told how far it is; may be null
};

/// How many list elements and parameters the authentication fields of a message may have together. A message with more is
/// not judged, which is told.
inline constexpr std::size_t most_parts = std::size_t{1} << 12;

/// Reads and judges one file ("-" is stdin), message by message as they come, and tells the report of each. Without --fix and
/// --why memory is bounded whatever the file. False if it cannot be read, or not to its end, which stderr says.
bool lint_file(const std::string& path, const lint_task& task, lint_report& report, lint_totals& totals);

}  // namespace authlint

#endif
