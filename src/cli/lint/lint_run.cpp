#include "lint/lint_run.hpp"

#include "lint/fixes.hpp"
#include "shell/input.hpp"
#include "shell/terminal.hpp"

#include <authgrammar/audit/why.hpp>

#include <vector>

namespace authlint {

bool lint_file(const std::string& path, const lint_task& task, lint_report& report, lint_totals& totals) {
    if (path == "-") announce_terminal_input("HTTP messages");
    const input_text input = read_input(path);
    if (!input.bytes) {
        complain(path + ": " + input.failure);
        return false;
    }
    const std::vector<authgrammar::audit::message> messages = authgrammar::audit::read_messages(*input.bytes);
    const linted_file file{path, *input.bytes, messages};
    ++totals.files;
    report.begin_file(file);
    authgrammar::audit::conversation conversation(task.facts);
    file_fixes fixes;
    for (const authgrammar::audit::message& m : messages) {
        judged_message judged{&m, read_fields(m), {}};
        judged.findings = judge(m, judged.fields, conversation.next(m, judged.fields));
        if (task.fix) fixes.add(judged);
        totals.add(judged);
        shorten(judged.findings);
        report.add(file, judged);
    }
    if (task.fix) report.add_fixes(file, fixes);
    if (task.why) report.add_refusals(file, explain_refusals(messages, *input.bytes, task.facts, {}));
    return true;
}

}  // namespace authlint
