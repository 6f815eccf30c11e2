#include "commands.hpp"
#include "lint/lint_filter.hpp"
#include "lint/lint_fix.hpp"
#include "lint/lint_inputs.hpp"
#include "lint/lint_options.hpp"
#include "lint/lint_progress.hpp"
#include "lint/lint_records.hpp"
#include "lint/lint_report.hpp"
#include "lint/lint_run.hpp"
#include "lint/lint_text.hpp"
#include "report/report_form.hpp"
#include "shell/terminal.hpp"

#include <memory>
#include <optional>

namespace authlint {

namespace {

int refuse(const std::string& why) {
    complain(why);
    return exit_unreadable;
}

std::unique_ptr<lint_report> make_report(const lint_arguments& a, const palette& colours) {
    if (a.format == "text" && a.fix) return make_lint_fix(a.reveal);
    if (a.verbose) return std::make_unique<lint_text>(colours, a.reveal);
    return make_lint_records(make_report_form(a.format, {static_cast<int>(a.schema), a.quiet}), a.reveal);
}

/// Writes the new baseline, if one is asked for. False if it cannot be written, which stderr says.
bool write_baseline(const lint_arguments& a, const baseline& found) {
    if (!a.write_baseline) return true;
    const std::string failure = found.write(*a.write_baseline);
    if (!failure.empty()) complain(*a.write_baseline + ": the baseline is not written: " + failure);
    return failure.empty();
}

int run_lint(lint_arguments& a, const lint_option_handles& given) {
    const std::string wrong = complete_arguments(a, given);
    if (!wrong.empty()) return refuse(wrong);
    authgrammar::audit::known_facts facts;
    facts.form_login = a.form_login;
    facts.loopback_counts = a.loopback;
    if (a.url) {
        facts.url = authgrammar::policy::read_target_uri(*a.url);
        if (!facts.url) return refuse("--url takes an absolute http or https URI");
    }
    std::string failure;
    reported_findings which = findings_asked_for(a, failure);
    if (!failure.empty()) return refuse(failure);
    std::optional<baseline> known;
    if (a.baseline) {
        known = baseline::read(*a.baseline, failure);
        if (!known) return refuse(*a.baseline + " " + failure);
    }
    baseline found;
    lint_filter filter(std::move(which), std::move(known), a.write_baseline ? &found : nullptr);

    const palette colours = palette::for_stdout();
    const std::unique_ptr<lint_report> report = make_report(a, colours);
    const auto [paths, all_listed] = inputs_of(given.files.arguments(), a.recursive);
    lint_progress progress;
    lint_task task;
    task.facts = std::move(facts);
    task.input = a.input;
    task.fix = a.fix;
    task.why = a.why;
    task.filter = &filter;
    task.progress = can_show_status() ? &progress : nullptr;
    lint_totals totals;
    bool all_read = all_listed;
    catch_interrupts();
    for (auto path = paths.begin(); path != paths.end() && !interrupted(); ++path) {
        progress.start_file();
        all_read = lint_file(*path, task, *report, totals) && all_read;
    }
    report->finish(totals);
    flush();
    const bool written = write_baseline(a, found);
    if (interrupted()) return exit_interrupted;
    if (!written || !all_read || totals.unread != 0) return exit_unreadable;
    return totals.clean() || a.write_baseline ? exit_clean : exit_findings;
}

}  // namespace

void add_lint(const command& program) {
    const command sub = program.add_command(
        "lint", "check HTTP messages: raw, from curl, wget, httpie, HAR, pcap, WARC and others, or bare field lines");
    auto a = std::make_shared<lint_arguments>();
    const lint_option_handles given = add_lint_options(sub, *a);
    sub.action([a, given] { return run_lint(*a, given); });
}

}  // namespace authlint
