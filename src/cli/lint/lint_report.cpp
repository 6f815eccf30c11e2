#include "lint/lint_report.hpp"

namespace authlint {

void lint_totals::add(const judged_message& m) {
    const bool empty = m.source->start == authgrammar::audit::start_kind::none && m.source->lines.empty();
    messages += empty ? 0 : 1;
    fields += m.fields.size();
    for (const auto& f : m.findings) count(*f.rule, f.level);
}

}  // namespace authlint
