#ifndef AUTHLINT_LINT_RUN_HPP
#define AUTHLINT_LINT_RUN_HPP

#include "lint/lint_report.hpp"

#include <authgrammar/audit/conversation.hpp>

#include <string>

namespace authlint {

class lint_filter;

/// What is asked about each file.
struct lint_task {
    authgrammar::audit::known_facts facts;
    std::string input;  ///< one of input_kinds(); empty: what it looks like
    bool fix = false;
    bool why = false;
    lint_filter* filter = nullptr;  ///< takes away what is not to be reported; null: nothing is
};

/// Reads and judges one file ("-" is stdin), message by message. False if it cannot be read, or not all of it, which stderr says.
bool lint_file(const std::string& path, const lint_task& task, lint_report& report, lint_totals& totals);

}  // namespace authlint

#endif
