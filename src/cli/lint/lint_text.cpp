#include "lint/lint_text.hpp"

#include "common/wording.hpp"
#include "shell/excerpt.hpp"
#include "shell/tree.hpp"

#include <authgrammar/audit/redaction.hpp>

#include <algorithm>

namespace authlint {

namespace {

using authgrammar::audit::field_line;
using authgrammar::audit::field_reading;
using authgrammar::audit::finding;
using authgrammar::audit::message;
using authgrammar::audit::message_place;
using authgrammar::audit::span;
using authgrammar::audit::start_kind;
using authgrammar::detail::counted;

std::string own_title(const message& m) {
    switch (m.start) {
        case start_kind::request: return m.method + " request";
        case start_kind::response: return "response " + std::to_string(*m.status);
        case start_kind::none: break;
    }
    return m.lines.empty() ? "no message" : "field lines";
}

std::string title(const message& m) {
    if (m.place == message_place::trailers) return "trailer section";
    if (m.place == message_place::body) return "in the body: " + own_title(m);
    return own_title(m);
}

/// The stretches of the input that hold secrets of this message, in order.
std::vector<span> secrets_of(const message& m, std::string_view input) {
    std::vector<span> out;
    const std::string_view start = input.substr(m.start_line.offset, m.start_line.length);
    const std::size_t target = m.target.empty() ? std::string_view::npos : start.find(m.target);
    if (target != std::string_view::npos) {
        for (const auto& piece : authgrammar::audit::redact_target(m.target)) {
            const std::size_t begin = m.start_line.offset + target + piece.begin;
            if (piece.secret) out.push_back({begin, piece.end - piece.begin});
        }
    }
    for (const field_line& line : m.lines) {
        for (const auto& piece : authgrammar::audit::redact_field(line.known, line.name, line.value.text())) {
            if (!piece.secret) continue;
            const std::size_t begin = line.value.source_of(piece.begin);
            out.push_back(authgrammar::audit::span_between(begin, line.value.source_of(piece.end - 1) + 1));
        }
    }
    return out;
}

/// The field line or start line that holds `offset`; nothing if it is neither.
const span* line_with(const message& m, std::size_t offset) {
    if (offset < m.start_line.end()) return &m.start_line;
    const auto after = std::upper_bound(m.lines.begin(), m.lines.end(), offset,
                                        [](std::size_t at, const field_line& l) { return at < l.whole.offset; });
    if (after == m.lines.begin() || offset > (after - 1)->whole.end()) return nullptr;
    return &(after - 1)->whole;
}

/// The message that `offset` is in: `own`, or an earlier one of the file. Logarithmic in the messages.
const message& holder_of(const linted_file& file, const message& own, std::size_t offset) {
    if (offset >= own.start_line.offset) return own;
    const auto after = std::upper_bound(file.messages.begin(), file.messages.end(), offset,
                                        [](std::size_t at, const message& m) { return at < m.start_line.offset; });
    return after == file.messages.begin() ? own : *(after - 1);
}

}  // namespace

void lint_text::begin_file(const linted_file& file) {
    print(colours_.bold(printable(file.name)) + "\n");
    hidden_.clear();
    line_starts_.assign(1, 0);
    for (std::size_t at = file.bytes.find('\n'); at != std::string_view::npos; at = file.bytes.find('\n', at + 1)) {
        line_starts_.push_back(at + 1);
    }
}

void lint_text::add(const linted_file& file, const judged_message& m) {
    print("  " + title(*m.source) +
          colours_.faint(", line " + std::to_string(place_of(m.source->start_line.offset).line)));
    if (m.fields.empty() && m.source->start != start_kind::none) print(", no authentication fields");
    print("\n");
    print_fields(m);
    for (const finding& f : m.findings) print_finding(file, m, f);
}

void lint_text::finish(const lint_totals& totals) {
    const auto counts = [](std::size_t n, const std::string& text) { return n == 0 ? "no " + text.substr(2) : text; };
    print(counted(totals.files, "file") + ", " + counted(totals.messages, "message") + ", " +
          counted(totals.fields, "authentication field") + ": " +
          colours_.bold(counts(totals.errors, counted(totals.errors, "error")) + ", " +
                        counts(totals.warnings, counted(totals.warnings, "warning"))) +
          (totals.infos == 0 ? "" : ", " + std::to_string(totals.infos) + " for information") + "\n");
}

lint_text::place lint_text::place_of(std::size_t offset) const {
    const auto after = std::upper_bound(line_starts_.begin(), line_starts_.end(), offset);
    return {static_cast<std::size_t>(after - line_starts_.begin()), offset - *(after - 1) + 1};
}

std::string lint_text::severity(const finding& f) const {
    const std::string_view name = name_of(f.level);
    switch (f.level) {
        case authgrammar::audit::severity::error: return colours_.red(name);
        case authgrammar::audit::severity::warning: return colours_.yellow(name);
        case authgrammar::audit::severity::info: break;
    }
    return colours_.cyan(name);
}

void lint_text::print_fields(const judged_message& m) const {
    for (const field_reading& r : m.fields) {
        print("    " + std::string(name_of(r.name())) + ": ");
        if (!r.valid()) {
            print(colours_.red("not readable"));
            if (!r.recovered()) {
                print("\n");
                continue;
            }
            // What recipients that join the lines, or refuse the value for one error, do not see.
            print(r.lines().size() > 1 ? " as one value (RFC 9110, 5.3). Line by line, " : ". Apart from the error, ");
        }
        const bool hidden = authgrammar::audit::is_secret(r.name()) && !reveal_;
        print(contents(r.name(), r.events()) + "\n");
        print(make_tree(kind_of(r.name()), r.value(), r.events(), {colours_, 6, 72, hidden}));
    }
}

void lint_text::print_finding(const linted_file& file, const judged_message& m, const finding& f) const {
    const place at = place_of(f.at.offset);
    print("  " + colours_.bold(printable(file.name) + ":" + std::to_string(at.line) + ":" + std::to_string(at.column)) +
          ": " + severity(f) + ": " + std::string(f.rule->title) + " " +
          colours_.faint("[" + std::string(f.rule->id) + "]") + "\n");
    print_excerpt(file, m, f.at, {});
    for (std::size_t i = 0; i < f.related.size() && i < 3; ++i) print_excerpt(file, m, f.related[i], "see also");
    std::string sources(f.section);
    for (const std::string_view id : f.requirements) sources += "; " + std::string(id);
    print("      what  " + wrapped(f.text, 12) + "\n");
    print("      why   " + wrapped(f.explanation, 12) + "\n");
    print("      fix   " + wrapped(f.fix, 12) + "\n");
    if (f.corrected) {
        const std::string value = reveal_ ? *f.corrected : authgrammar::audit::redacted_field(*f.about, *f.corrected);
        print("      send  " + std::string(name_of(*f.about)) + ": " + printable(value) + "\n");
    }
    print("      see   " + wrapped(sources, 12) + "\n");
}

const std::vector<span>& lint_text::hidden_in(const linted_file& file, const message& m) const {
    const auto [known, is_new] = hidden_.try_emplace(&m);
    if (is_new && !reveal_) known->second = secrets_of(m, file.bytes);
    return known->second;
}

void lint_text::print_excerpt(const linted_file& file, const judged_message& m, span at, std::string_view note) const {
    const message& holder = holder_of(file, *m.source, at.offset);
    const span* line = line_with(holder, at.offset);
    if (line == nullptr && !reveal_) {
        // What cannot be read as a field line may well be a damaged one that holds credentials.
        if (at.length != 0)
            print(colours_.faint("        (not shown because it may contain a secret; --reveal shows it)") + "\n");
        return;
    }
    const excerpt shown = make_excerpt(file.bytes, line == nullptr ? at : *line, at, hidden_in(file, holder));
    const std::string number =
        note.empty() ? "" : std::string(note) + ", line " + std::to_string(place_of(at.offset).line) + ":";
    if (!number.empty()) print("      " + number + "\n");
    print("        " + shown.line + "\n        " + colours_.green(shown.mark) + "\n");
}

}  // namespace authlint
