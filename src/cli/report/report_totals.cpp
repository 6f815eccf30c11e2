#include "report/report_totals.hpp"

#include "common/wording.hpp"

#include <algorithm>

namespace authlint {

using authgrammar::audit::finding_rule;
using authgrammar::audit::severity;
using authgrammar::detail::counted;

std::size_t added(std::size_t a, std::size_t b) noexcept {
    const std::size_t sum = a + b;
    return sum < a ? static_cast<std::size_t>(-1) : sum;
}

std::size_t id_count::count() const noexcept { return added(added(counts[0], counts[1]), counts[2]); }

severity id_count::worst() const noexcept {
    return counts[2] != 0 ? severity::error : counts[1] != 0 ? severity::warning : severity::info;
}

void report_totals::count(const finding_rule& rule, severity level, std::size_t times) {
    std::size_t& sum = level == severity::error ? errors : level == severity::warning ? warnings : infos;
    sum = added(sum, times);
    id_count& id = ids_[&rule];
    id.rule = &rule;
    std::size_t& count = id.counts[static_cast<std::size_t>(level)];
    count = added(count, times);
}

void report_totals::add(const report_totals& other) {
    for (std::size_t report_totals::*const count :
         {&report_totals::files, &report_totals::messages, &report_totals::fields, &report_totals::errors,
          &report_totals::warnings, &report_totals::infos, &report_totals::unread, &report_totals::not_shown,
          &report_totals::in_baseline}) {
        this->*count = added(this->*count, other.*count);
    }
    for (const auto& [rule, one] : other.ids_) {
        id_count& id = ids_[rule];
        id.rule = rule;
        for (std::size_t i = 0; i < id.counts.size(); ++i) id.counts[i] = added(id.counts[i], one.counts[i]);
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
