#include "lint/lint_options.hpp"

#include "formats/open_export.hpp"
#include "lint/lint_config.hpp"
#include "report/report_form.hpp"
#include "shell/near_names.hpp"

#include <authgrammar/audit/finding.hpp>

#include <algorithm>

namespace authlint {

namespace {

constexpr std::size_t most_jobs = 256;

const std::vector<std::string>& severities() {
    static const std::vector<std::string> all{"info", "warning", "error"};
    return all;
}

/// The ids and categories of findings.
std::vector<std::string> finding_names() {
    std::vector<std::string> out;
    for (const auto* rule : authgrammar::audit::all_finding_rules()) {
        const std::string category(name_of(rule->category));
        out.emplace_back(rule->id);
        if (std::find(out.begin(), out.end(), category) == out.end()) out.push_back(category);
    }
    return out;
}

/// The words of lists with commas.
std::vector<std::string> words_of(const std::vector<std::string>& lists) {
    std::vector<std::string> out;
    for (const std::string& list : lists) {
        for (std::size_t at = 0; at <= list.size();) {
            const std::size_t end = std::min(list.find(',', at), list.size());
            out.push_back(list.substr(at, end - at));
            at = end + 1;
        }
    }
    return out;
}

bool is_one_of(const std::string& word, const std::vector<std::string>& all) {
    return std::find(all.begin(), all.end(), word) != all.end();
}

std::string unknown_name(const std::string& where, const std::string& name) {
    return where + ": " + name + " is no finding and no category; authlint findings lists them" +
           near_names(name, finding_names());
}

std::string read_config_into(lint_arguments& a, const lint_option_handles& given) {
    std::string path = a.config.value_or("");
    if (path.empty() && !a.no_config) path = find_config();
    if (path.empty()) return {};
    std::string failure;
    const lint_config config = read_config(path, failure);
    if (!failure.empty()) return failure;
    if (config.format && !is_one_of(*config.format, all_report_forms()))
        return path + ": \"format\" is no format of lint";
    if (config.severity && !is_one_of(*config.severity, severities())) {
        return path + ": \"severity\" has to be info, warning or error";
    }
    for (const auto* names : {&config.only, &config.ignore}) {
        std::optional<std::string> unknown;
        if (*names) static_cast<void>(rules_named(**names, unknown));
        if (unknown) return unknown_name(path + (names == &config.only ? ": \"only\"" : ": \"ignore\""), *unknown);
    }
    if (config.format && !given.format.given() && !a.fix && !a.why && !a.verbose) a.format = *config.format;
    if (config.severity && !given.severity.given()) a.severity = *config.severity;
    if (config.only && !given.only.given()) a.only = *config.only;
    if (config.ignore && !given.ignore.given()) a.ignore = *config.ignore;
    if (config.baseline && !a.baseline) a.baseline = config.baseline;
    a.form_login = a.form_login || config.form_login.value_or(false);
    a.loopback = a.loopback || config.loopback.value_or(false);
    return {};
}

}  // namespace

lint_option_handles add_lint_options(const command& lint, lint_arguments& a) {
    lint_option_handles out;
    out.files =
        lint.add_option("FILE", a.files, "files to read; stdin if there are none, or for -").placeholder(" ").file();
    lint.add_flag("--recursive", a.recursive, "read the files in the folders that are given, and below them");
    lint.add_option("--jobs,-j", a.jobs, "how many files to read at the same time; 0: one for each processor")
        .placeholder("N")
        .between(0, most_jobs);
    out.format =
        lint.add_form(a.format, all_report_forms(), "text (default), json, ndjson, sarif, junit, github or html");
    out.schema = lint.add_option("--schema", a.schema, "of json: 2 (default), or 1, the form before it")
                     .placeholder("N")
                     .between(1, 2);
    lint.add_flag("--verbose", a.verbose, "show each message, and each finding with its line and all there is to say");
    lint.add_flag("--quiet", a.quiet, "only a line for each finding");
    out.severity =
        lint.add_option("--severity", a.severity, "the least severity to report: info (default), warning or error")
            .placeholder("LEVEL")
            .one_of(severities());
    out.only = lint.add_option("--only", a.only, "report only these ids and categories, with commas; may be repeated")
                   .placeholder("ID,...")
                   .repeatable()
                   .suggest(finding_names());
    out.ignore = lint.add_option("--ignore", a.ignore, "do not report these ids and categories; may be repeated")
                     .placeholder("ID,...")
                     .repeatable()
                     .suggest(finding_names());
    lint.add_option("--baseline", a.baseline, "do not report the findings in this file").placeholder("FILE").file();
    lint.add_option("--write-baseline", a.write_baseline, "write the findings to a file for --baseline")
        .placeholder("FILE")
        .file();
    lint.add_option("--config", a.config, "read this configuration; otherwise .authlint.json here or in a folder above")
        .placeholder("FILE")
        .file();
    lint.add_flag("--no-config", a.no_config, "read no configuration file");
    lint.add_option("--input", a.input,
                    "what the files are, if they are not recognised: text, har, pcap, warc, burp, ...")
        .placeholder("KIND")
        .one_of(input_kinds());
    lint.add_option("--url", a.url, "the URL of the first request in each file, if the messages do not show it")
        .placeholder("URL");
    lint.add_flag("--form-login", a.form_login, "the service only has a login form, and no HTTP authentication");
    lint.add_flag("--loopback", a.loopback, "report unencrypted connections to localhost, 127.0.0.0/8 and ::1 as well");
    lint.add_flag("--fix", a.fix,
                  "print the input, of 64 MiB at most, with all fixes that keep its meaning; list the others");
    lint.add_flag(
        "--why", a.why,
        "also say why credentials were refused, of 64 MiB at most; authlint why takes the right password, too");
    lint.add_flag("--reveal", a.reveal, "show secrets instead of <redacted>");
    return out;
}

std::string complete_arguments(lint_arguments& a, const lint_option_handles& given) {
    if (a.config && a.no_config) return "--config and --no-config exclude each other";
    a.only = words_of(a.only);
    a.ignore = words_of(a.ignore);
    const std::string failure = read_config_into(a, given);
    if (!failure.empty()) return failure;
    const bool text = a.format == "text";
    if ((a.verbose || a.quiet) && !text) return "--verbose and --quiet are for --format text";
    if (a.verbose && a.quiet) return "--verbose and --quiet exclude each other";
    if ((a.fix || a.why) && !text && a.format != "json") return "--fix and --why are for --format text and json";
    if (given.schema.given() && a.format != "json") return "--schema is for --format json";
    return {};
}

reported_findings findings_asked_for(const lint_arguments& a, std::string& failure) {
    reported_findings out;
    out.least = *severity_named(a.severity);
    std::optional<std::string> unknown;
    if (!a.only.empty()) {
        const auto rules = rules_named(a.only, unknown);
        if (unknown) failure = unknown_name("--only", *unknown);
        out.rules = {rules.begin(), rules.end()};
    }
    unknown.reset();
    for (const auto* rule : rules_named(a.ignore, unknown)) out.rules.erase(rule);
    if (unknown) failure = unknown_name("--ignore", *unknown);
    return out;
}

}  // namespace authlint
