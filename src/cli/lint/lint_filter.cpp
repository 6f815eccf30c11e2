#include "lint/lint_filter.hpp"

#include "report/fingerprint.hpp"

#include <algorithm>

namespace authlint {

using authgrammar::audit::all_finding_rules;
using authgrammar::audit::finding;
using authgrammar::audit::finding_rule;
using authgrammar::audit::severity;

reported_findings::reported_findings() : rules(all_finding_rules().begin(), all_finding_rules().end()) {}

std::vector<const finding_rule*> rules_named(const std::vector<std::string>& names,
                                             std::optional<std::string>& unknown) {
    std::vector<const finding_rule*> out;
    for (const std::string& name : names) {
        const std::size_t before = out.size();
        for (const finding_rule* rule : all_finding_rules()) {
            if (rule->id == name || name_of(rule->category) == name) out.push_back(rule);
        }
        if (out.size() == before) unknown = name;
    }
    return out;
}

std::optional<severity> severity_named(std::string_view name) {
    for (const severity s : {severity::info, severity::warning, severity::error}) {
        if (name_of(s) == name) return s;
    }
    return std::nullopt;
}

void lint_filter::apply(const linted_file& file, judged_message& m, lint_totals& totals) {
    if (m.findings.empty()) return;
    fingerprints prints(m);
    const auto left_out = [&](const finding& f) {
        if (f.level < which_.least || which_.rules.count(f.rule) == 0) {
            ++totals.not_shown;
            return true;
        }
        if (written_ == nullptr && !known_) return false;
        const std::string fingerprint = prints.of(f);
        if (written_ != nullptr) written_->add(file.name, fingerprint);
        if (!known_ || !known_->take(file.name, fingerprint)) return false;
        ++totals.in_baseline;
        return true;
    };
    m.findings.erase(std::remove_if(m.findings.begin(), m.findings.end(), left_out), m.findings.end());
}

}  // namespace authlint
