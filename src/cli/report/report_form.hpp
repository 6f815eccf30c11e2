#ifndef AUTHLINT_REPORT_FORM_HPP
#define AUTHLINT_REPORT_FORM_HPP

#include "report/record.hpp"
#include "report/report_totals.hpp"

#include <memory>
#include <string>

namespace authgrammar::audit {
struct refusals;
}

namespace authlint {

class linted_file;
class file_fixes;
class message_excerpts;

/// A form of report, printed to stdout as records come: of `lint`, or of `merge`, which has read them elsewhere. For each
/// input start(), its messages in order, and what was not read of it; then finish(). Memory does not grow with the number of
/// messages.
class report_form {
public:
    report_form() = default;
    report_form(const report_form&) = delete;
    report_form& operator=(const report_form&) = delete;
    virtual ~report_form() = default;

    [[nodiscard]] virtual record_detail detail() const noexcept = 0;

    virtual void start(const std::string& source) = 0;
    virtual void add(const message_record& m) = 0;
    virtual void add_unread(const unread_record& u) = 0;
    virtual void finish(const report_totals& totals) = 0;

    /// What --fix and --why have to say, in the forms that say it.
    virtual void add_fixes(const linted_file&, const file_fixes&, bool /*reveal*/) {}
    virtual void add_refusals(const linted_file&, const authgrammar::audit::refusals&, const message_excerpts&) {}
};

/// What the forms are made with.
struct form_options {
    int schema = 2;      ///< of json
    bool quiet = false;  ///< of text: only the lines of findings
};

/// The names of the forms, for --format.
[[nodiscard]] const std::vector<std::string>& all_report_forms();

/// The form with one of these names.
[[nodiscard]] std::unique_ptr<report_form> make_report_form(const std::string& name, const form_options& options);

}  // namespace authlint

#endif
