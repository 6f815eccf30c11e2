#include "lint/lint_run.hpp"

#include "common/wording.hpp"
#include "formats/message_input.hpp"
#include "formats/open_messages.hpp"
#include "lint/fixes.hpp"
#include "lint/lint_filter.hpp"
#include "lint/lint_progress.hpp"
#include "shell/terminal.hpp"

#include <authgrammar/audit/message_reader.hpp>
#include <authgrammar/audit/why.hpp>

#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

namespace authlint {

namespace {

using authgrammar::audit::conversation;
using authgrammar::audit::message;

/// How many list elements and parameters a value has, at most. Linear, and without memory.
std::size_t parts_of(std::string_view value) noexcept {
    std::size_t parts = 0;
    bool in_element = false;
    for (const char c : value) {
        if (c == ',') {
            in_element = false;
        } else if (c == '=') {
            ++parts;
        } else if (!in_element && c != ' ' && c != '\t') {
            in_element = true;
            ++parts;
        }
    }
    return parts;
}

/// Whether its authentication fields can be judged in bounded memory.
bool can_be_judged(const message& m) noexcept {
    if (m.header != nullptr && m.header->size() <= most_parts) return true;
    std::size_t bytes = 0;
    for (const auto& line : m.lines) bytes += line.known ? line.value.text().size() : 0;
    if (bytes <= most_parts) return true;
    std::size_t parts = 0;
    for (const auto& line : m.lines) {
        if (line.known) parts += parts_of(line.value.text());
    }
    return parts <= most_parts;
}

/// Leaves the findings about values. The others may rest on a field that was not read.
void drop_unsure(std::vector<authgrammar::audit::finding>& findings) {
    using authgrammar::audit::rule_category;
    const auto is_unsure = [](const authgrammar::audit::finding& f) {
        return f.rule->category != rule_category::grammar && f.rule->category != rule_category::scheme;
    };
    findings.erase(std::remove_if(findings.begin(), findings.end(), is_unsure), findings.end());
}

/// What of a message was not read, and why.
std::string unread_text(const authgrammar::audit::bytes_past_limit& past) {
    using authgrammar::audit::reading_limit;
    constexpr auto limits = authgrammar::audit::reading_limits::standard();
    std::string out;
    switch (past.limit) {
        case reading_limit::header_bytes:
            out = "the rest of a header section of more than " + std::to_string(limits.header_bytes >> 20) + " MiB";
            break;
        case reading_limit::field_lines:
            out = "the rest of a header section of more than " + std::to_string(limits.field_lines) + " lines";
            break;
        case reading_limit::line_bytes:
            out = "a line of more than " + std::to_string(limits.line_bytes >> 20) + " MiB";
            break;
        case reading_limit::kept_bytes:
            out = "Content-Length or the chunks, for the body is larger than what is kept of a pipe (" +
                  std::to_string(kept_input::spool_bytes >> 30) + " GiB); of a file they are read";
            break;
    }
    if (past.auth_lines != 0) {
        out += "; it has " + authgrammar::detail::counted(past.auth_lines, "line") + " of authentication fields";
    }
    return out;
}

/// One file, of which the messages are judged in turn.
class lint_of_file {
public:
    lint_of_file(const linted_file& file, const lint_task& task, lint_report& report, lint_totals& totals)
        : file_(file), task_(task), report_(report), totals_(totals), conversation_(task.facts) {
        ++totals_.files;
        report_.begin_file(file_);
    }

    void judge(const message& m) {
        judged_message& judged = judged_;
        judged.source = &m;
        judged.findings.clear();
        const bool is_judged = can_be_judged(m);
        if (is_judged) {
            fields_.read(m, judged.fields);
        } else {
            judged.fields.clear();
        }
        const authgrammar::audit::circumstances around = conversation_.next(m, judged.fields);
        if (is_judged) judged.findings = authgrammar::audit::judge(m, judged.fields, around);
        if (m.past_limit) drop_unsure(judged.findings);
        if (task_.filter != nullptr) task_.filter->apply(file_, judged, totals_);
        if (task_.fix) fixes_.add(judged);
        totals_.add(judged);
        shorten(judged.findings);
        report_.add(file_, judged);
        if (m.past_limit) unread(m.past_limit->at.offset, unread_text(*m.past_limit));
        if (!is_judged) {
            unread(m.start_line.offset, "a message whose authentication fields have more than " +
                                            std::to_string(most_parts) + " elements and parameters");
        }
    }

    /// Tells that something was not read, on stderr, too.
    void unread(const unread_part& part) {
        complain_of_unread(file_.name, part);
        report_.add_unread(file_.name, part);
        if (std::exchange(all_read_, false)) ++totals_.unread;
    }

    /// Whether nothing was left out.
    [[nodiscard]] bool all_read() const noexcept { return all_read_; }

    [[nodiscard]] const file_fixes& fixes() const noexcept { return fixes_; }

private:
    void unread(std::size_t offset, const std::string& why) {
        const text_place at = file_.place_of(offset);
        std::string place = at.line == 0 ? "byte " + std::to_string(offset) : "line " + std::to_string(at.line);
        if (!at.label.empty()) place = std::string(at.label) + ", " + place;
        unread({std::move(place), why});
    }

    const linted_file& file_;
    const lint_task& task_;
    lint_report& report_;
    lint_totals& totals_;
    conversation conversation_;
    authgrammar::audit::field_reader fields_;
    judged_message judged_;  // the last one, whose memory is used again
    file_fixes fixes_;
    bool all_read_ = true;
};

/// An input of which nothing is read. What it is was said.
bool refuse(const std::string& path, const std::string& why, lint_report& report, lint_totals& totals) {
    ++totals.unread;
    report.add_unread(path, {{}, why});
    return false;
}

/// A file that is held in memory, because it is written with its fixes, or its messages are compared with each other.
bool lint_held_file(const std::string& path, const lint_task& task, lint_report& report, lint_totals& totals) {
    const message_input input = read_message_input(path, task.input);
    if (input.messages.empty()) return refuse(path, input.unread.front().reason, report, totals);
    const linted_file file(path, input.text, input.messages);
    lint_of_file lint(file, task, report, totals);
    for (const message& m : input.messages) lint.judge(m);
    if (task.fix) report.add_fixes(file, lint.fixes());
    if (task.why) report.add_refusals(file, explain_refusals(input.messages, input.text, task.facts, {}));
    if (input.unread.empty()) return lint.all_read();
    if (lint.all_read()) ++totals.unread;
    for (const unread_part& part : input.unread) report.add_unread(path, part);
    return false;
}

}  // namespace

bool lint_file(const std::string& path, const lint_task& task, lint_report& report, lint_totals& totals) {
    if (task.fix || task.why) return lint_held_file(path, task, report, totals);
    const opened_input opened = open_messages(path, task.input);
    if (!opened.refusal.empty()) {
        complain_of_unread(path, {{}, opened.refusal});
        return refuse(path, opened.refusal, report, totals);
    }
    linted_file file(path, opened.text());
    lint_of_file lint(file, task, report, totals);
    authgrammar::audit::message_reader reader(file.source());
    const auto tell_unread = [&] {
        if (opened.made == nullptr) return;
        for (const unread_part& part : opened.made->take_unread()) lint.unread(part);
    };
    message m;
    while (reader.next(m)) {
        tell_unread();
        file.take(m);
        file.add_origin(m);
        lint.judge(m);
        if (task.progress != nullptr) task.progress->show(reader.offset(), opened.text().size(), totals);
    }
    tell_unread();
    const std::string& failure = opened.text().failure();
    if (!failure.empty()) lint.unread({"byte " + std::to_string(reader.offset()), failure});
    return lint.all_read();
}

}  // namespace authlint
