#ifndef AUTHLINT_LINT_TEXT_HPP
#define AUTHLINT_LINT_TEXT_HPP

#include "lint/lint_report.hpp"
#include "lint/message_excerpts.hpp"
#include "shell/terminal.hpp"

#include <string>

namespace authlint {

/// For people, --verbose: what each message holds, each finding with its line and a caret, the total.
class lint_text : public lint_report {
public:
    lint_text(const palette& colours, bool reveal) : colours_(colours), reveal_(reveal) {}

    void begin_file(const linted_file& file) override;
    void add(const linted_file& file, const judged_message& m) override;
    void add_fixes(const linted_file&, const file_fixes&) override {}
    void add_refusals(const linted_file& file, const authgrammar::audit::refusals& all) override;
    void add_unread(const std::string&, const unread_part&) override {}
    void finish(const lint_totals& totals) override;

private:
    [[nodiscard]] std::string severity(const authgrammar::audit::finding& f) const;
    void print_fields(const judged_message& m) const;
    void print_finding(const linted_file& file, const judged_message& m, const authgrammar::audit::finding& f) const;

    const palette& colours_;
    bool reveal_;
    message_excerpts excerpts_{colours_, reveal_};
};

}  // namespace authlint

#endif
