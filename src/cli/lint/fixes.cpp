#include "lint/fixes.hpp"

#include <authgrammar/audit/redaction.hpp>
#include <authgrammar/audit/slip.hpp>

#include <algorithm>
#include <utility>

namespace authlint {

namespace {

using authgrammar::audit::field_line;
using authgrammar::audit::field_reading;
using authgrammar::audit::finding;
using authgrammar::audit::message;
using authgrammar::audit::span;

/// Whether every line of the field stands by itself. Else a line may mean something only with the next one.
bool lines_are_whole(const field_reading& r) {
    for (std::size_t i = 0; i < r.lines().size(); ++i) {
        if (r.line_error(i).code != authgrammar::error_code::none) return false;
    }
    return true;
}

bool is_in(const span& line, std::size_t offset) { return offset >= line.offset && offset <= line.end(); }

/// Whether the finding is about how the line is written, so that the fixed line does not have it.
bool is_fixed(const finding& f) {
    return f.rule->id == "realm-as-token" || f.rule->id == "empty-list-elements" || f.rule->id == "param-quoted" ||
           f.rule->id == "param-not-quoted" || f.rule->id == "space-around-equals" || f.rule->id == "obs-fold";
}

std::string reason(const finding& f) {
    if (f.corrected && f.rule->id == "syntax") return "recipients may reject the value, so its meaning is a guess";
    if (f.corrected) return "it would change what recipients read";
    if (f.rule->id == "syntax" || f.rule->id == "scheme-missing" || f.rule->id == "misread-value") {
        return "the intended value is not known";
    }
    return "it takes more than rewriting the value";
}

/// Appends a value, redacted unless `reveal`, and tells whether it is all there.
bool append_value(std::string& out, const field_line& line, std::string_view value, bool reveal) {
    const std::string shown =
        reveal ? std::string(value) : authgrammar::audit::redacted_field(line.known, line.name, value);
    out += shown;
    return shown == value;
}

/// Appends what is between lines: blank lines and the marks of `curl -v` as they are, lines of anything else only with
/// `reveal`.
bool append_gap(std::string& out, std::string_view gap, bool reveal) {
    if (reveal) {
        out += gap;
        return true;
    }
    bool all = true;
    bool hid = false;
    while (!gap.empty()) {
        const std::size_t end = std::min(gap.find('\n'), gap.size() - 1) + 1;
        const std::string_view line = gap.substr(0, end);
        gap.remove_prefix(end);
        if (line.find_first_not_of(" \t\r\n<>") == std::string_view::npos) {
            out += line;
            hid = false;
            continue;
        }
        if (!hid) out.append(authgrammar::audit::redacted).append("\n");
        hid = true;
        all = false;
    }
    return all;
}

/// The bytes of the input that were written so far, and what they became.
class fix_writer {
public:
    fix_writer(const linted_file& file, const file_fixes& fixes, bool reveal)
        : input_(file.bytes), reveal_(reveal), next_(fixes.lines().begin()), end_(fixes.lines().end()) {}

    void add(const message& m) {
        if (m.start_line.length != 0) start_line(m);
        for (const field_line& line : m.lines) field(line);
    }

    fixed_text take() {
        gap(input_.size());
        return std::move(out_);
    }

private:
    void gap(std::size_t to) {
        if (to > done_) keep(append_gap(out_.bytes, input_.substr(done_, to - done_), reveal_));
        done_ = std::max(done_, to);
    }
    void copy(std::size_t to) {
        if (to > done_) out_.bytes += input_.substr(done_, to - done_);
        done_ = std::max(done_, to);
    }
    void keep(bool all) { out_.for_sending = out_.for_sending && all; }

    void start_line(const message& m) {
        gap(m.start_line.offset);
        const std::string_view line = input_.substr(m.start_line.offset, m.start_line.length);
        const std::size_t target = m.target.empty() ? std::string_view::npos : line.find(m.target);
        if (!reveal_ && target != std::string_view::npos) {
            copy(m.start_line.offset + target);
            for (const auto& piece : authgrammar::audit::redact_target(m.target)) {
                keep(!piece.secret);
                out_.bytes += piece.secret ? authgrammar::audit::redacted
                                           : std::string_view(m.target).substr(piece.begin, piece.end - piece.begin);
            }
            done_ += m.target.size();
        }
        copy(m.start_line.end());
    }

    void field(const field_line& line) {
        gap(line.whole.offset);
        const std::string_view value = line.value.text();
        if (value.empty()) {
            copy(line.whole.end());
            return;
        }
        copy(line.value.source_of(0));
        const bool is_fixed = next_ != end_ && next_->line == &line;
        if (is_fixed) {
            keep(append_value(out_.bytes, line, next_++->value, reveal_));
        } else if (reveal_ || authgrammar::audit::redacted_field(line.known, line.name, value) == value) {
            copy(line.value.source_of(value.size()));
        } else {
            keep(append_value(out_.bytes, line, value, reveal_));
        }
        done_ = std::max(done_, line.value.source_of(value.size()));
        copy(line.whole.end());
    }

    std::string_view input_;
    bool reveal_;
    std::vector<fixed_line>::const_iterator next_;
    std::vector<fixed_line>::const_iterator end_;
    std::size_t done_ = 0;
    fixed_text out_;
};

}  // namespace

void file_fixes::fix(const judged_message& m, const field_line& line) {
    const auto of =
        std::find_if(m.fields.begin(), m.fields.end(), [&](const field_reading& r) { return r.name() == *line.known; });
    if (of == m.fields.end() || !lines_are_whole(*of)) return;
    const authgrammar::audit::corrected_value better = authgrammar::audit::correct(*line.known, line.value.text());
    if (!better.value || !better.same_meaning() || (better.slips.empty() && line.odd->folds.empty())) return;
    for (const span& fold : line.odd->folds)
        applied_.push_back({fold.offset, "obs-fold", "the field line is folded", ""});
    for (const authgrammar::audit::slip& s : better.slips) {
        applied_.push_back({line.value.source_of(s.begin), std::string(s.id), s.what, ""});
    }
    lines_.push_back({&line, *better.value});
}

void file_fixes::add(judged_message& m) {
    const std::size_t before = lines_.size();
    for (const field_line& line : m.source->lines) {
        if (line.known && !line.value.text().empty()) fix(m, line);
    }
    const auto fixed = [&](const finding& f) {
        return is_fixed(f) && std::any_of(lines_.begin() + static_cast<std::ptrdiff_t>(before), lines_.end(),
                                          [&](const fixed_line& l) { return is_in(l.line->whole, f.at.offset); });
    };
    m.findings.erase(std::remove_if(m.findings.begin(), m.findings.end(), fixed), m.findings.end());
    for (const finding& f : m.findings) {
        left_.push_back({f.at.offset, std::string(f.rule->id), f.text, reason(f), f.corrected,
                         f.about.value_or(authgrammar::field{})});
    }
}

fixed_text fixed(const linted_file& file, const file_fixes& fixes, bool reveal) {
    fix_writer out(file, fixes, reveal);
    for (const message& m : file.messages) out.add(m);
    return out.take();
}

}  // namespace authlint
