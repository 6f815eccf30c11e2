#ifndef AUTHLINT_LINT_TEXT_HPP
#define AUTHLINT_LINT_TEXT_HPP

#include "lint/lint_report.hpp"
#include "shell/terminal.hpp"

#include <cstddef>
#include <string>
#include <unordered_map>
#include <vector>

namespace authlint {

/// For people: what each message holds, each finding with its line and a caret, the total.
class lint_text : public lint_report {
public:
    lint_text(const palette& colours, bool reveal) : colours_(colours), reveal_(reveal) {}

    void begin_file(const linted_file& file) override;
    void add(const linted_file& file, const judged_message& m) override;
    void add_fixes(const linted_file&, const file_fixes&) override {}
    void finish(const lint_totals& totals) override;

private:
    struct place {
        std::size_t line = 1;
        std::size_t column = 1;
    };

    [[nodiscard]] place place_of(std::size_t offset) const;
    [[nodiscard]] std::string severity(const authgrammar::audit::finding& f) const;
    void print_fields(const judged_message& m) const;
    void print_finding(const linted_file& file, const judged_message& m, const authgrammar::audit::finding& f) const;
    void print_excerpt(const linted_file& file, const judged_message& m, authgrammar::audit::span at,
                       std::string_view note) const;

    /// The stretches of the input that hold secrets of `m`, in order; none with reveal. Computed once a message.
    const std::vector<authgrammar::audit::span>& hidden_in(const linted_file& file,
                                                           const authgrammar::audit::message& m) const;

    const palette& colours_;
    bool reveal_;
    std::vector<std::size_t> line_starts_;
    mutable std::unordered_map<const authgrammar::audit::message*, std::vector<authgrammar::audit::span>> hidden_;
};

}  // namespace authlint

#endif
