#include "commands.hpp"
#include "findings/findings_text.hpp"
#include "shell/terminal.hpp"

#include <memory>

namespace authlint {

namespace {

struct findings_arguments {
    bool json = false;
    bool table = false;
};

int run_findings(const findings_arguments& a) {
    if (a.json && a.table) {
        complain("--json and --table stand alone");
        return exit_unreadable;
    }
    print(a.json ? findings_as_json() : a.table ? findings_as_markdown() : findings_as_text());
    return exit_clean;
}

}  // namespace

void add_findings(const command& program) {
    const command sub =
        program.add_command("findings", "list what lint can find; authlint explain ID says more of one");
    auto a = std::make_shared<findings_arguments>();
    sub.add_flag("--json", a->json, "all that is declared of each, in JSON");
    sub.add_flag("--table", a->table, "print all of them in Markdown, with examples");
    sub.action([a] { return run_findings(*a); });
}

}  // namespace authlint
