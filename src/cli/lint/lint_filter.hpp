#ifndef AUTHLINT_LINT_FILTER_HPP
#define AUTHLINT_LINT_FILTER_HPP

#include "lint/baseline.hpp"
#include "lint/lint_report.hpp"

#include <authgrammar/audit/finding.hpp>

#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

namespace authlint {

/// Which findings are reported. What is left out does not count for the exit code either.
struct reported_findings {
    authgrammar::audit::severity least = authgrammar::audit::severity::info;
    std::unordered_set<const authgrammar::audit::finding_rule*> rules;  ///< only these

    /// All of them.
    reported_findings();
};

/// The rules that `names` name: ids and categories. A name that is neither is left in `unknown`.
[[nodiscard]] std::vector<const authgrammar::audit::finding_rule*> rules_named(const std::vector<std::string>& names,
                                                                               std::optional<std::string>& unknown);

/// The severity with this name, or nothing.
[[nodiscard]] std::optional<authgrammar::audit::severity> severity_named(std::string_view name);

/// Takes the findings that are not to be reported out of messages: by severity and id first, then those of the baseline. Keeps
/// the others for a baseline that is to be written.
class lint_filter {
public:
    lint_filter(reported_findings which, std::optional<baseline> known, baseline* written)
        : which_(std::move(which)), known_(std::move(known)), written_(written) {}

    /// Linear in the findings.
    void apply(const linted_file& file, judged_message& m, lint_totals& totals);

private:
    reported_findings which_;
    std::optional<baseline> known_;
    baseline* written_;
};

}  // namespace authlint

#endif
