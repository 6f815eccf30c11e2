#include "commands.hpp"
#include "findings/findings_text.hpp"
#include "shell/terminal.hpp"

#include <memory>
#include <string>

namespace authlint {

namespace {

struct findings_arguments {
    std::string format = "text";
    bool table = false;
};

int run_findings(const findings_arguments& a, bool with_format) {
    if (a.table && with_format) {
        complain("--table cannot be combined with --format or --json");
        return exit_unreadable;
    }
    print(a.format == "json" ? findings_as_json() : a.table ? findings_as_markdown() : findings_as_text());
    return exit_clean;
}

}  // namespace

void add_findings(const command& program) {
    const command sub =
        program.add_command("findings", "list what lint can find; authlint explain ID says more of one");
    auto a = std::make_shared<findings_arguments>();
    const form_option form =
        sub.add_form(a->format, {"text", "json"}, "text (default) or json: all that is declared of each");
    sub.add_flag("--table", a->table, "print all of them in Markdown, with examples");
    sub.action([a, form] { return run_findings(*a, form.given()); });
}

}  // namespace authlint
