#include "lint/parallel/worker.hpp"

#include "lint/lint_progress.hpp"
#include "lint/parallel/events.hpp"
#include "shell/terminal.hpp"

#include <unistd.h>

#include <cerrno>
#include <exception>
#include <utility>

namespace authlint {

namespace {

/// Thrown when nobody reads the events any more. It is no std::exception, so that nobody else catches it.
struct nobody_reads {};

/// Writes events to a pipe, many at a time.
class event_pipe : public output_sink {
public:
    explicit event_pipe(int file) noexcept : file_(file) {}

    template <typename... Event>
    void send(const Event&... event) {
        append_event(waiting_, event...);
        constexpr std::size_t enough = std::size_t{1} << 15;
        if (waiting_.size() >= enough) flush();
    }

    void flush() {
        for (std::string_view left = waiting_; !left.empty();) {
            const ssize_t n = ::write(file_, left.data(), left.size());
            if (n < 0 && errno == EINTR) continue;
            if (n < 0) throw nobody_reads();
            left.remove_prefix(static_cast<std::size_t>(n));
        }
        waiting_.clear();
    }

    void print(std::string_view text) override { send(event_kind::print, text); }
    void complain(std::string_view text) override { send(event_kind::complain, text); }

private:
    int file_;
    std::string waiting_;
};

/// A form of report that sends what another one, in another process, is to print.
class sent_form : public report_form {
public:
    sent_form(event_pipe& to, report_form* printed) noexcept : to_(to), printed_(printed) {}

    [[nodiscard]] record_detail detail() const noexcept override { return printed_->detail(); }
    // This process asks no later than one process for all files would: it has seen fewer findings of the rule.
    [[nodiscard]] bool wants_value(const authgrammar::audit::finding_rule& rule) override {
        return printed_->wants_value(rule);
    }
    void start(const std::string& source) override { to_.send(event_kind::start, source); }
    void add(const message_record& m) override { to_.send(m); }
    void add_unread(const unread_record& u) override { to_.send(u); }
    void finish(const report_totals&) override {}

private:
    event_pipe& to_;
    report_form* printed_;
};

class sent_progress : public lint_progress {
public:
    explicit sent_progress(event_pipe& to) noexcept : to_(to) {}

    void tell(const run_progress& progress) override {
        to_.send(progress);
        to_.flush();  // with what was found so far
    }

private:
    event_pipe& to_;
};

void lint_files(const lint_job& job, event_pipe& to, const std::function<std::size_t()>& next) {
    sent_form form(to, job.form);
    const std::unique_ptr<lint_report> report = job.make_report(form);
    sent_progress progress(to);
    lint_task task = job.task;
    task.progress = &progress;
    for (std::size_t file = next(); file != no_file && !interrupted(); file = next()) {
        progress.start_file();
        to.send(event_kind::begin, file);
        to.flush();
        lint_totals totals;
        file_end end;
        end.all_read = lint_file(job.paths[file], task, *report, totals);
        end.totals = totals;
        if (job.found != nullptr) std::swap(end.found, *job.found);
        to.send(end);
        to.flush();
    }
}

}  // namespace

void run_lint_worker(const lint_job& job, int out, const std::function<std::size_t()>& next) {
    event_pipe to(out);
    redirect_output(to);
    try {
        try {
            lint_files(job, to, next);
        } catch (const std::exception& e) {
            to.send(event_kind::failure, std::string_view(e.what()));
            to.flush();
        }
    } catch (const nobody_reads&) {
    }
}

}  // namespace authlint
