#include "lint/lint_records.hpp"

#include "json/json_text.hpp"
#include "json/latin1.hpp"
#include "lint/message_excerpts.hpp"
#include "parse/answer.hpp"
#include "report/fingerprint.hpp"
#include "shell/terminal.hpp"

#include <authgrammar/audit/redaction.hpp>

#include <algorithm>

namespace authlint {

namespace {

using authgrammar::audit::field_reading;
using authgrammar::audit::finding;

/// What was read of the fields, with the members of parse.
std::string fields_as_json(const judged_message& m, bool reveal) {
    std::string out = "[";
    for (const field_reading& r : m.fields) {
        out += out.size() == 1 ? "{\"field\": " : ", {\"field\": ";
        append_json_bytes(out, name_of(r.name()));
        out += ", \"lines\": " + std::to_string(r.lines().size()) + ", \"valid\": ";
        if (r.valid()) {
            out += "true, \"parsed\": ";
            append_parsed(out, r.name(), r.value(), r.events(), reveal);
        } else {
            out += "false";
            append_recovered(out, r, reveal);
        }
        out += "}";
    }
    return out + "]";
}

/// The error code of the line that a syntax error is in.
std::string code_of(const judged_message& m, const finding& f) {
    const field_reading* r = f.about && f.rule->id == "syntax" ? reading_of(m.fields, *f.about) : nullptr;
    if (r == nullptr) return {};
    const auto after = std::upper_bound(
        r->lines().begin(), r->lines().end(), f.at.offset,
        [](std::size_t at, const authgrammar::audit::field_line* line) { return at < line->whole.offset; });
    if (after == r->lines().begin()) return {};
    const authgrammar::error& why = r->line_error(static_cast<std::size_t>(after - r->lines().begin()) - 1);
    return why.code == authgrammar::error_code::none ? std::string() : std::string(name_of(why.code));
}

class lint_records : public lint_report {
public:
    lint_records(report_form& form, bool reveal) : form_(form), reveal_(reveal) {}

    void begin_file(const linted_file& file) override {
        excerpts_.begin_file(file);
        form_.start(file.name);
    }

    void add(const linted_file& file, const judged_message& m) override {
        const bool all = form_.detail() == record_detail::messages;
        if (m.findings.empty() && !all) return;
        message_record out;
        const text_place at = excerpts_.place_of(m.source->start_line.offset);
        out.source = file.name;
        out.label = at.label;
        out.title = printable(title_of(*m.source));
        out.status = m.source->status;
        out.offset = m.source->start_line.offset;
        out.line = at.line;
        out.field_count = m.fields.size();
        if (all) out.fields = fields_as_json(m, reveal_);
        fingerprints prints(m);
        out.findings.reserve(m.findings.size());
        for (const finding& f : m.findings) fill(out.findings.emplace_back(), m, f, prints);
        form_.add(out);
    }

    void add_fixes(const linted_file& file, const file_fixes& fixes) override { form_.add_fixes(file, fixes, reveal_); }

    void add_refusals(const linted_file& file, const authgrammar::audit::refusals& all) override {
        form_.add_refusals(file, all, excerpts_);
    }

    void add_unread(const std::string& source, const unread_part& part) override {
        form_.add_unread({source, part.place, printable(part.reason)});
    }

    void finish(const lint_totals& totals) override { form_.finish(totals); }

private:
    void fill(finding_record& out, const judged_message& m, const finding& f, fingerprints& prints) const {
        const text_place at = excerpts_.place_of(f.at.offset);
        out.rule = f.rule;
        out.level = f.level;
        if (f.about) out.field = name_of(*f.about);
        out.offset = f.at.offset;
        out.length = f.at.length;
        out.line = at.line;
        out.column = at.column;
        out.what = printable(f.text);
        if (form_.detail() == record_detail::findings) return;
        out.code = code_of(m, f);
        out.why = f.explanation;
        out.fix = printable(f.fix);
        out.section = f.section;
        out.requirements.assign(f.requirements.begin(), f.requirements.end());
        out.fingerprint = prints.of(f);
        if (const std::optional<excerpt> shown = excerpts_.lines_of(*m.source, f.at)) {
            out.excerpt = shown->line;
            out.mark = shown->mark;
        }
        if (f.corrected && form_.wants_value(*f.rule)) {
            const bool hidden = !reveal_ && authgrammar::audit::is_secret(*f.about);
            out.value =
                latin1_as_utf8(hidden ? authgrammar::audit::redacted_field(*f.about, *f.corrected) : *f.corrected);
            out.same_meaning = f.same_meaning;
            out.for_sending = !hidden;
        }
    }

    report_form& form_;
    bool reveal_;
    palette plain_{false};
    message_excerpts excerpts_{plain_, reveal_};
};

}  // namespace

std::unique_ptr<lint_report> make_lint_records(report_form& form, bool reveal) {
    return std::make_unique<lint_records>(form, reveal);
}

}  // namespace authlint
