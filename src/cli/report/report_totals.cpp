#include "report/report_totals.hpp"

#include "common/wording.hpp"

#include <algorithm>

namespace authlint {

using authgrammar::audit::finding_rule;
using authgrammar::audit::severity;
using authgrammar::detail::counted;

severity id_count::worst() const noexcept {
    return counts[2] != 0 ? severity::error : counts[1] != 0 ? severity::warning : severity::info;
}

void report_totals::count(const finding_rule& rule, severity level, std::size_t times) {
    (level == severity::error ? errors : level == severity::warning ? warnings : infos) += times;
    id_count& id = ids_[&rule];
    id.rule = &rule;
    id.counts[static_cast<std::size_t>(level)] += times;
}

void report_totals::add(const report_totals& other) {
    files += other.files;
    messages += other.messages;
    fields += other.fields;
    errors += other.errors;
    warnings += other.warnings;
    infos += other.infos;
    unread += other.unread;
    not_shown += other.not_shown;
    in_baseline += other.in_baseline;
    for (const auto& [rule, one] : other.ids_) {
        id_count& id = ids_[rule];
        id.rule = rule;
        for (std::size_t i = 0; i < id.counts.size(); ++i) id.counts[i] += one.counts[i];
    }
}

std::vector<id_count> report_totals::by_id() const {
    std::vector<id_count> out;
    for (const finding_rule* rule : authgrammar::audit::all_finding_rules()) {
        const auto found = ids_.find(rule);
        if (found != ids_.end()) out.push_back(found->second);
    }
    std::stable_sort(out.begin(), out.end(),
                     [](const id_count& a, const id_count& b) { return a.worst() > b.worst(); });
    return out;
}

totals_text text_of(const report_totals& t) {
    const auto or_no = [](std::size_t n, const char* one) {
        return n == 0 ? std::string("no ") + one + "s" : counted(n, one);
    };
    totals_text out;
    out.inputs = counted(t.files, "file") + ", " + counted(t.messages, "message") + ", " +
                 counted(t.fields, "authentication field");
    out.findings = or_no(t.errors, "error") + ", " + or_no(t.warnings, "warning");
    if (t.infos != 0) out.infos = ", " + std::to_string(t.infos) + " for information";
    if (t.not_shown != 0) out.notes += "; " + counted(t.not_shown, "finding") + " not shown";
    if (t.in_baseline != 0) out.notes += "; " + counted(t.in_baseline, "finding") + " in the baseline";
    if (t.unread != 0) out.notes += "; " + counted(t.unread, "input") + " could not be read in full";
    return out;
}

}  // namespace authlint
