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
#include "lint/parallel/workers.hpp"
#include "report/escapes.hpp"
#include "report/report_form.hpp"
#include "shell/terminal.hpp"

#include <algorithm>
#include <memory>
#include <optional>
#include <thread>

namespace authlint {

namespace {

int refuse(const std::string& why) {
    complain(why);
    return exit_unreadable;
}

/// The report, which tells `form` what it finds, or prints it.
std::unique_ptr<lint_report> make_report(const lint_arguments& a, const palette& colours, report_form& form) {
    if (a.format == "text" && a.fix) return make_lint_fix(a.reveal);
    if (a.verbose) return std::make_unique<lint_text>(colours, a.reveal);
    return make_lint_records(form, a.reveal);
}

/// Whether a text is in a list twice.
bool has_twins(std::vector<std::string> texts) {
    std::sort(texts.begin(), texts.end());
    return std::adjacent_find(texts.begin(), texts.end()) != texts.end();
}

/// How many processes lint the files; 1 is this one.
std::size_t jobs_for(const lint_arguments& a, const std::vector<std::string>& paths) {
    // Files with fixes or refusals are held in memory. Two files of one name share what a baseline has of them.
    std::vector<std::string> names;
    for (const std::string& path : paths) names.push_back(valid_utf8(path));
    if (a.fix || a.why || (a.baseline && has_twins(std::move(names)))) return 1;
    const std::size_t wanted = a.jobs == 0 ? std::max(1U, std::thread::hardware_concurrency()) : a.jobs;
    return std::min(wanted, count_of_parallel_inputs(paths));
}

/// Lints the inputs in their order, or prints in that order what other processes find in them.
lint_outcome lint_all(const lint_job& job, std::size_t jobs, lint_report& report) {
    lint_outcome outcome;
    std::optional<lint_workers> workers;
    if (jobs > 1) workers.emplace(job, jobs);
    for (std::size_t i = 0; i < job.paths.size() && !interrupted(); ++i) {
        if (workers && workers->replay(i, outcome)) continue;
        if (interrupted()) break;
        if (job.task.progress != nullptr) job.task.progress->start_file();
        outcome.all_read = lint_file(job.paths[i], job.task, report, outcome.totals) && outcome.all_read;
    }
    return outcome;
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
    const std::unique_ptr<report_form> form = make_report_form(a.format, {static_cast<int>(a.schema), a.quiet});
    const std::unique_ptr<lint_report> report = make_report(a, colours, *form);
    auto [paths, all_listed] = inputs_of(given.files.arguments(), a.recursive);
    const std::size_t jobs = jobs_for(a, paths);
    lint_progress progress;
    lint_job job;
    job.paths = std::move(paths);
    job.task.facts = std::move(facts);
    job.task.input = a.input;
    job.task.fix = a.fix;
    job.task.why = a.why;
    job.task.filter = &filter;
    job.task.progress = can_show_status() ? &progress : nullptr;
    job.found = a.write_baseline ? &found : nullptr;
    job.make_report = [&](report_form& told) { return make_report(a, colours, told); };
    job.form = form.get();
    catch_interrupts();
    const auto [totals, all_read] = lint_all(job, jobs, *report);
    report->finish(totals);
    flush();
    const bool written = write_baseline(a, found);
    if (interrupted()) return exit_interrupted;
    if (!written || !all_listed || !all_read || totals.unread != 0) return exit_unreadable;
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
