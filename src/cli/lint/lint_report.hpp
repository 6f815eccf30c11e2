#ifndef AUTHLINT_LINT_REPORT_HPP
#define AUTHLINT_LINT_REPORT_HPP

#include "formats/message_text.hpp"
#include "lint/linted_file.hpp"
#include "report/report_totals.hpp"

#include <authgrammar/audit/finding.hpp>
#include <authgrammar/audit/message.hpp>
#include <authgrammar/audit/reading.hpp>
#include <authgrammar/audit/why.hpp>

#include <cstddef>
#include <vector>

namespace authlint {

/// A message and all that is known about it.
struct judged_message {
    const authgrammar::audit::message* source = nullptr;
    std::vector<authgrammar::audit::field_reading> fields;
    std::vector<authgrammar::audit::finding> findings;
};

/// What was seen so far.
struct lint_totals : report_totals {
    using report_totals::add;
    void add(const judged_message& m);
};

class file_fixes;

/// One of the forms in which findings are told. For each file the messages in order, between them what could not be read, then
/// its fixes and its refusals, if they are asked for; then finish(). A file that cannot be read at all has no begin_file().
class lint_report {
public:
    lint_report() = default;
    lint_report(const lint_report&) = delete;
    lint_report& operator=(const lint_report&) = delete;
    virtual ~lint_report() = default;

    virtual void begin_file(const linted_file& file) = 0;
    virtual void add(const linted_file& file, const judged_message& m) = 0;
    virtual void add_fixes(const linted_file& file, const file_fixes& fixes) = 0;
    virtual void add_refusals(const linted_file& file, const authgrammar::audit::refusals& all) = 0;
    /// Something was not read: all of `source` if the part has no place.
    virtual void add_unread(const std::string& source, const unread_part& part) = 0;
    virtual void finish(const lint_totals& totals) = 0;
};

}  // namespace authlint

#endif
