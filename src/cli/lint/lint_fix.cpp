#include "lint/lint_fix.hpp"

#include "lint/fixes.hpp"
#include "shell/terminal.hpp"

#include <authgrammar/audit/redaction.hpp>

#include <algorithm>

namespace authlint {

namespace {

class lint_fix : public lint_report {
public:
    explicit lint_fix(bool reveal) : reveal_(reveal) {}

    void begin_file(const linted_file&) override {}
    void add(const linted_file&, const judged_message&) override {}

    void add_fixes(const linted_file& file, const file_fixes& fixes) override {
        const fixed_text text = fixed(file, fixes, reveal_);
        if (!text.for_sending) print(not_for_sending);
        print(text.bytes);
        for (const fix_note& n : fixes.applied()) complain(place(file, n) + "fixed: " + n.text + " [" + n.id + "]");
        for (const fix_note& n : fixes.left()) {
            std::string guess;
            if (n.guess)
                guess = "; perhaps " + (reveal_ ? *n.guess : authgrammar::audit::redacted_field(n.about, *n.guess));
            complain(place(file, n) + "not fixed: " + n.text + " [" + n.id + "]: " + n.why + guess);
        }
    }

    /// The output is the input with its fixes, and nothing else.
    void add_refusals(const linted_file&, const authgrammar::audit::refusals&) override {}

    void add_unread(const std::string&, const unread_part&) override {}
    void finish(const lint_totals&) override {}

private:
    static std::string place(const linted_file& file, const fix_note& n) {
        const std::string_view before = file.bytes.substr(0, n.offset);
        const auto line = std::count(before.begin(), before.end(), '\n') + 1;
        return file.name + ":" + std::to_string(line) + ": ";
    }

    bool reveal_;
};

}  // namespace

std::unique_ptr<lint_report> make_lint_fix(bool reveal) { return std::make_unique<lint_fix>(reveal); }

}  // namespace authlint
