#include "lint/lint_run.hpp"

#include "formats/message_input.hpp"
#include "lint/fixes.hpp"
#include "lint/lint_filter.hpp"

#include <authgrammar/audit/why.hpp>

#include <vector>

namespace authlint {

bool lint_file(const std::string& path, const lint_task& task, lint_report& report, lint_totals& totals) {
    const message_input input = read_message_input(path, task.input);
    if (!input.unread.empty()) ++totals.unread;
    for (const unread_part& u : input.unread) report.add_unread(path, u);
    if (input.messages.empty()) return false;
    const std::vector<authgrammar::audit::message>& messages = input.messages;
    const linted_file file{path, input.text, messages};
    ++totals.files;
    report.begin_file(file);
    authgrammar::audit::conversation conversation(task.facts);
    file_fixes fixes;
    for (const authgrammar::audit::message& m : messages) {
        judged_message judged{&m, read_fields(m), {}};
        judged.findings = judge(m, judged.fields, conversation.next(m, judged.fields));
        if (task.filter != nullptr) task.filter->apply(file, judged, totals);
        if (task.fix) fixes.add(judged);
        totals.add(judged);
        report.add(file, judged);
    }
    if (task.fix) report.add_fixes(file, fixes);
    if (task.why) report.add_refusals(file, explain_refusals(messages, input.text, task.facts, {}));
    return input.unread.empty();
}

}  // namespace authlint
