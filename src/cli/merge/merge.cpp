#include "commands.hpp"
#include "formats/open_messages.hpp"
#include "merge/report_reader.hpp"
#include "report/report_form.hpp"
#include "shell/terminal.hpp"

#include <memory>
#include <optional>
#include <set>

namespace authlint {

namespace {

struct merge_arguments {
    std::vector<std::string> files;
    std::string format = "text";
    bool quiet = false;
};

bool same_findings(const report_totals& a, const report_totals& b) {
    return a.errors == b.errors && a.warnings == b.warnings && a.infos == b.infos;
}

/// Hands what reports have to a form, as lint does, and adds up their counts.
class merged_report : public report_listener {
public:
    explicit merged_report(std::unique_ptr<report_form> form) : form_(std::move(form)) {}

    /// Reads a file of reports. What is broken is named on stderr.
    void read(const std::string& path) {
        path_ = path;
        const std::string why = read_reports(path, *this);
        if (why.empty()) return;
        complain(path + ": " + why + (in_report_ ? "; what came before that is merged" : ""));
        // The counts of a report that ends early are those of what there is of it.
        if (in_report_) totals_.add(seen_);
        forget();
        good_ = false;
    }

    void message(const message_record& m) override {
        in_report_ = true;
        if (!source_ || *source_ != m.source) {
            source_ = m.source;
            ++seen_.files;
            form_->start(m.source);
        }
        ++seen_.messages;
        seen_.fields += m.field_count;
        for (const finding_record& f : m.findings) seen_.count(*f.rule, f.level);
        if (!m.findings.empty() || form_->detail() == record_detail::messages) form_->add(m);
    }

    void unread(const unread_record& u) override {
        in_report_ = true;
        if (!unread_ || *unread_ != u.source) ++seen_.unread;
        unread_ = u.source;
        complain_of_unread(u.source, {u.place, u.reason});
        form_->add_unread(u);
    }

    void end(const report_totals& totals) override {
        if (same_findings(totals, seen_)) {
            totals_.add(totals);
        } else {
            complain(path_ + ": the counts of a report are not those of its findings, which are counted instead");
            totals_.add(seen_);
            good_ = false;
        }
        forget();
    }

    void left_out(const std::string& member) override {
        if (told_.insert(path_ + '\0' + member).second) complain(path_ + ": \"" + member + "\" is left out");
    }

    /// Ends the report, and answers the exit code.
    int finish() {
        form_->finish(totals_);
        if (!good_ || totals_.unread != 0) return exit_unreadable;
        return totals_.clean() ? exit_clean : exit_findings;
    }

private:
    void forget() {
        seen_ = {};
        source_.reset();
        unread_.reset();
        in_report_ = false;
    }

    std::unique_ptr<report_form> form_;
    std::string path_;
    std::optional<std::string> source_;
    std::optional<std::string> unread_;
    bool in_report_ = false;
    bool good_ = true;
    report_totals seen_;  // of the report that is read
    report_totals totals_;
    std::set<std::string> told_;
};

int run_merge(const merge_arguments& a, const std::vector<std::string>& given) {
    if (a.quiet && a.format != "text") {
        complain("--quiet is for --format text");
        return exit_unreadable;
    }
    if (given.empty()) announce_terminal_input("reports");
    form_options options;
    options.quiet = a.quiet;
    merged_report merged(make_report_form(a.format, options));
    for (const std::string& path : given.empty() ? std::vector<std::string>{"-"} : given) merged.read(path);
    return merged.finish();
}

}  // namespace

void add_merge(const command& program) {
    const command sub =
        program.add_command("merge", "make one report of those of many runs of lint, in JSON or NDJSON");
    auto a = std::make_shared<merge_arguments>();
    const option files =
        sub.add_option("FILE", a->files, "reports; stdin if there are none, or for -").placeholder(" ").file();
    sub.add_form(a->format, all_report_forms(), "text (default), json, ndjson, sarif, junit, github or html");
    sub.add_flag("--quiet", a->quiet, "only a line for each finding");
    sub.action([a, files] { return run_merge(*a, files.arguments()); });
}

}  // namespace authlint
