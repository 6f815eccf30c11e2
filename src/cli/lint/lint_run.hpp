#ifndef AUTHLINT_LINT_RUN_HPP
#define AUTHLINT_LINT_RUN_HPP

#include "lint/lint_report.hpp"

#include <authgrammar/audit/conversation.hpp>

#include <cstddef>
#include <string>

namespace authlint {

class lint_progress;

/// What is asked about each file.
struct lint_task {
    authgrammar::audit::known_facts facts;
    bool fix = false;
    bool why = false;
    lint_progress* progress = nullptr;  ///< is told how far it is; may be null
};

/// The largest file that is fixed or explained, for which it is held in memory as a whole.
inline constexpr std::size_t largest_held_file = std::size_t{1} << 26;

/// How many list elements and parameters the authentication fields of a message may have together. A message with more is
/// not judged, which is told.
inline constexpr std::size_t most_parts = std::size_t{1} << 12;

/// Reads and judges one file ("-" is stdin), message by message as they come, and tells the report of each. Without --fix and
/// --why memory is bounded whatever the file. False if it cannot be read, or not to its end, which stderr says.
bool lint_file(const std::string& path, const lint_task& task, lint_report& report, lint_totals& totals);

}  // namespace authlint

#endif
