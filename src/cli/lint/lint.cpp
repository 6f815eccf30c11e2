#include "commands.hpp"
#include "lint/lint_fix.hpp"
#include "lint/lint_inputs.hpp"
#include "lint/lint_json.hpp"
#include "lint/lint_progress.hpp"
#include "lint/lint_report.hpp"
#include "lint/lint_run.hpp"
#include "lint/lint_text.hpp"
#include "shell/terminal.hpp"

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
    bool recursive = false;
};

std::unique_ptr<lint_report> make_report(const lint_arguments& arguments, const palette& colours) {
    if (arguments.format == "json") return make_lint_json(arguments.reveal);
    if (arguments.fix) return make_lint_fix(arguments.reveal);
    return std::make_unique<lint_text>(colours, arguments.reveal);
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
    const std::unique_ptr<lint_report> report = make_report(arguments, colours);
    const auto [paths, all_listed] = inputs_of(given, arguments.recursive);
    lint_totals totals;
    bool all_read = all_listed;
    catch_interrupts();
    lint_progress progress;
    const lint_task task{facts, arguments.fix, arguments.why, can_show_status() ? &progress : nullptr};
    for (auto path = paths.begin(); path != paths.end() && !interrupted(); ++path) {
        progress.start_file();
        all_read = lint_file(*path, task, *report, totals) && all_read;
    }
    report->finish(totals);
    if (interrupted()) return exit_interrupted;
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
    sub.add_flag("--recursive", a->recursive, "read the files in the folders that are given, and below them");
    sub.add_option("--format", a->format, "text (default) or json").placeholder("FORMAT").one_of({"text", "json"});
    sub.add_option("--url", a->url, "the URL of the first request in each file, if the messages do not show it")
        .placeholder("URL");
    sub.add_flag("--form-login", a->form_login, "the service only has a login form, and no HTTP authentication");
    sub.add_flag("--loopback", a->loopback, "report unencrypted connections to localhost, 127.0.0.0/8 and ::1 as well");
    sub.add_flag("--fix", a->fix,
                 "print the input, of 64 MiB at most, with all fixes that keep its meaning; list the others");
    sub.add_flag(
        "--why", a->why,
        "also say why credentials were refused, of 64 MiB at most; authlint why takes the right password, too");
    sub.add_flag("--reveal", a->reveal, "show secrets instead of <redacted>");
    sub.action([a, files] { return run_lint(*a, files.arguments()); });
}

}  // namespace authlint
