#include "commands.hpp"
#include "lint/fixes.hpp"
#include "lint/lint_fix.hpp"
#include "lint/lint_json.hpp"
#include "lint/lint_report.hpp"
#include "lint/lint_text.hpp"
#include "shell/input.hpp"
#include "shell/terminal.hpp"

#include <authgrammar/audit/conversation.hpp>
#include <authgrammar/audit/why.hpp>

#include <memory>
#include <optional>

namespace authlint {

namespace {

struct lint_arguments {
    std::vector<std::string> files;
    std::string format = "text";
    std::optional<std::string> url;
    bool form_login = false;
    bool loopback = false;
    bool reveal = false;
    bool fix = false;
    bool why = false;
};

/// Reads and judges one file. False if it cannot be read.
bool lint_file(const std::string& path, const authgrammar::audit::known_facts& facts, const lint_arguments& arguments,
               lint_report& report, lint_totals& totals) {
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
    authgrammar::audit::conversation conversation(facts);
    file_fixes fixes;
    for (const authgrammar::audit::message& m : messages) {
        judged_message judged{&m, read_fields(m), {}};
        judged.findings = judge(m, judged.fields, conversation.next(m, judged.fields));
        if (arguments.fix) fixes.add(judged);
        totals.add(judged);
        report.add(file, judged);
    }
    if (arguments.fix) report.add_fixes(file, fixes);
    if (arguments.why) report.add_refusals(file, explain_refusals(messages, *input.bytes, facts, {}));
    return true;
}

int run_lint(const lint_arguments& arguments, const std::vector<std::string>& given) {
    authgrammar::audit::known_facts facts;
    facts.form_login = arguments.form_login;
    facts.loopback_counts = arguments.loopback;
    if (arguments.url) {
        facts.url = authgrammar::policy::read_target_uri(*arguments.url);
        if (!facts.url) {
            complain("--url takes an absolute http or https URI");
            return exit_unreadable;
        }
    }
    const palette colours = palette::for_stdout();
    std::unique_ptr<lint_report> report;
    if (arguments.format == "json") {
        report = make_lint_json(arguments.reveal);
    } else if (arguments.fix) {
        report = make_lint_fix(arguments.reveal);
    } else {
        report = std::make_unique<lint_text>(colours, arguments.reveal);
    }
    const std::vector<std::string> paths = given.empty() ? std::vector<std::string>{"-"} : given;
    lint_totals totals;
    bool all_read = true;
    for (const std::string& path : paths) all_read = lint_file(path, facts, arguments, *report, totals) && all_read;
    report->finish(totals);
    if (!all_read) return exit_unreadable;
    return totals.clean() ? exit_clean : exit_findings;
}

}  // namespace

void add_lint(const command& program) {
    const command sub =
        program.add_command("lint", "check HTTP messages: raw, from curl -i or curl -v, or bare field lines");
    auto a = std::make_shared<lint_arguments>();
    const option files =
        sub.add_option("FILE", a->files, "files to read; stdin if there are none, or for -").placeholder(" ").file();
    sub.add_option("--format", a->format, "text (default) or json").placeholder("FORMAT").one_of({"text", "json"});
    sub.add_option("--url", a->url, "the URL of the first request in each file, if the messages do not show it")
        .placeholder("URL");
    sub.add_flag("--form-login", a->form_login, "the service only has a login form, and no HTTP authentication");
    sub.add_flag("--loopback", a->loopback, "report unencrypted connections to localhost, 127.0.0.0/8 and ::1 as well");
    sub.add_flag("--fix", a->fix, "print the input with all fixes that keep its meaning; list the others");
    sub.add_flag("--why", a->why, "also say why credentials were refused; authlint why takes the right password, too");
    sub.add_flag("--reveal", a->reveal, "show secrets instead of <redacted>");
    sub.action([a, files] { return run_lint(*a, files.arguments()); });
}

}  // namespace authlint
