#include "input/header_section.hpp"

#include "common/field_text.hpp"
#include "input/foreign.hpp"
#include "input/octet_runs.hpp"
#include "values/line_name.hpp"

#include <algorithm>
#include <cstdint>
#include <string>

namespace authgrammar::audit {

namespace {

/// Stretches in one message beyond which they are told as one.
constexpr std::size_t most_unreadable = 4096;

std::size_t start_of_text(std::string_view text, std::size_t from) noexcept {
    while (from < text.size() && is_white(text[from])) ++from;
    return from;
}

/// Where the white space at the end of `text` begins, but not before `from`.
std::size_t end_of_text(std::string_view text, std::size_t from) noexcept {
    std::size_t end = text.size();
    while (end > from && is_white(text[end - 1])) --end;
    return end;
}

/// The line goes on with the text `more`, which begins at `begin` of the input: a fold, white space on both sides included,
/// is one SP.
void fold(field_line& folded, std::string_view more, std::size_t begin) {
    const std::size_t before = folded.value.source_of(folded.value.text().size());
    const std::size_t white = start_of_text(more, 0);
    folded.odd.edit().folds.push_back(span_between(before, begin + white));
    folded.whole = span_between(folded.whole.offset, begin + more.size());
    if (white == more.size()) return;
    if (!folded.value.text().empty()) folded.value.append(" ", before);
    folded.value.append(more.substr(white), begin + white);
    folded.value.trim_end();
}

void append_line(unread_lines& lines, std::string_view text, span line) {
    if (lines.text.empty()) {
        lines.at = line;
    } else {
        lines.text += '\n';
    }
    lines.text += detail::trimmed(text);
    lines.at = span_between(lines.at.offset, line.end());
}

/// Adds the field line `text`, which begins at `begin` of the input.
field_line& add_field(message& m, std::string_view text, std::size_t begin, const field_line_start& start) {
    const std::string_view name(text.data(), start.name_end);
    const std::size_t value = start_of_text(text, start.colon + 1);
    const std::string_view value_text(text.data() + value, end_of_text(text, value) - value);
    field_line& made =
        m.lines.emplace_back(name, line_name_of(name), span{begin, text.size()}, value_text, begin + value);
    if (start.colon != start.name_end) {
        made.odd.edit().space_before_colon = span_between(begin + start.name_end, begin + start.colon);
    }
    return made;
}

/// What stands behind a lone CR in the line `text`, which is at `at`, was meant for a line of its own (RFC 9112, 2.2).
void add_behind_cr(message& m, std::string_view text, span at) {
    const std::size_t cr = text.find('\r');
    if (text.find_first_not_of('\r', cr) != std::string_view::npos) {
        m.unreadable.push_back(span_between(at.offset + cr, at.end()));
    }
}

/// Keeps a copy of `bytes`, in the memory that `m` had for it unless that is shared.
std::string_view keep_header(message& m, std::string_view bytes) {
    if (m.header == nullptr || m.header.use_count() != 1) m.header = std::make_shared<std::string>();
    return const_cast<std::string&>(*m.header).assign(bytes);  // it was made above, as one that is not const
}

/// The start line `text`, whose parts are as long as those of `start`.
void take_start_line(message& m, std::string_view text, const start_line& start) {
    if (start.status != 0) {
        m.start = start_kind::response;
        m.status = start.status;
        m.protocol = text.substr(0, start.protocol.size());
    } else {
        m.start = start_kind::request;
        m.method = text.substr(0, start.method.size());
        m.target = text.substr(start.method.size() + 1, start.target.size());
        m.protocol = text.substr(text.size() - start.protocol.size());
    }
}

}  // namespace

void add_unreadable(std::vector<span>& spans, span line) {
    if (!spans.empty() && (spans.back().end() + 2 >= line.offset || spans.size() == most_unreadable)) {
        spans.back() = span_between(spans.back().offset, line.end());
    } else {
        spans.push_back(line);
    }
}

dump_line header_section::line_at(std::size_t at, char prefix, std::size_t most) {
    const dump_line raw = window_.line_at(at, most);
    if (prefix == '\0') return raw;
    return prefix == ' ' ? as_indented(raw, window_.text(raw)) : as_verbose(raw, window_.text(raw));
}

/// Whether it is a remark of curl, which is counted.
bool header_section::take_note(message& m, const dump_line& line) {
    if (!line.note || !line.whole) return false;
    ++m.curl_notes;
    notes_.take(window_.text(line));
    return true;
}

header_section::outcome header_section::read(message& m, const dump_line& first, const start_line& start,
                                             std::size_t begin) {
    window_.keep(begin);
    m.line_prefix = first.prefix;
    m.start_line = {first.begin, 0};
    if (!start.is_one()) return collect(m, start, begin);
    m.start_line = span_between(first.begin, first.end);
    return collect(m, start, first.next);
}

/// How much of the line at `at` is looked at: what is left of the section, and an empty line with its prefix.
std::size_t header_section::most_of_line(std::size_t begin, std::size_t at) const noexcept {
    constexpr std::size_t empty_line = 4;
    const std::size_t used = at - std::min(at, begin);
    const std::size_t left = limits_.header_bytes - std::min(used, limits_.header_bytes);
    return left + std::min(empty_line, input_window::any - left);
}

/// Takes the lines at `at` that most lines are like: field lines that are at hand, have their colon right behind the name,
/// and meet no limit. Answers where they end.
std::size_t header_section::take_plain_lines(std::size_t begin, std::size_t at) {
    const std::string_view text = window_.from(at);
    const std::size_t most_bytes = limits_.header_bytes - std::min(at - begin, limits_.header_bytes);
    std::size_t next = 0;
    for (std::size_t left = limits_.field_lines - lines_.size(); left != 0; --left) {
        const std::string_view rest(text.data() + next, text.size() - next);
        std::size_t name_end = end_of_words(rest);
        if (name_end < rest.size() && rest[name_end] != ':') name_end = token_length(rest);
        if (name_end == 0 || name_end == rest.size() || rest[name_end] != ':') break;
        std::size_t end = line_break_in(rest, name_end + 1);
        std::size_t lf = end + (end < rest.size() && rest[end] == '\r' ? 1 : 0);
        const bool has_cr = lf < rest.size() && rest[lf] != '\n';
        if (has_cr) {
            lf = std::min(rest.find('\n', lf), rest.size());
            end = lf - (rest[lf - 1] == '\r' ? 1 : 0);
        }
        if (lf >= rest.size() || next + lf > most_bytes) break;
        section_line& taken = lines_.emplace_back();
        taken.at = {at + next, end};
        next += lf + 1;
        taken.start = {name_end, name_end};
        taken.kind = role::field;
        taken.has_cr = has_cr;
    }
    return at + next;
}

/// The length of an empty line at `at`, if it is at hand; else 0.
std::size_t header_section::empty_line_at(std::size_t at) {
    const std::string_view rest = window_.from(at).substr(0, 2);
    if (!rest.empty() && rest.front() == '\n') return 1;
    return rest == "\r\n" ? 2 : 0;
}

header_section::outcome header_section::collect(message& m, const start_line& start_line, std::size_t at) {
    const std::size_t begin = m.start_line.offset;
    lines_.clear();
    outcome out;
    for (;;) {
        if (m.line_prefix == '\0') {
            at = take_plain_lines(begin, at);
            if (const std::size_t length = empty_line_at(at); length != 0) {
                out.next = at + length;
                out.empty_line = true;
                break;
            }
        }
        dump_line line = line_at(at, m.line_prefix, most_of_line(begin, at));
        for (; take_note(m, line); line = line_at(at, m.line_prefix, most_of_line(begin, at))) at = line.next;
        const std::string_view text = window_.text(line);
        out.next = at;
        if (line.prefix != m.line_prefix) break;
        const bool is_long = !line.whole || line.end - std::min(line.end, begin) > limits_.header_bytes;
        const auto start = field_line_of(text);
        const bool has_name = start && start->colon == start->name_end;  // else it may be a request line
        if (line.whole && !has_name && is_start_line(text)) break;
        if (line.whole && text.empty()) {
            out.next = line.next;
            out.empty_line = true;
            break;
        }
        if (is_long || lines_.size() >= limits_.field_lines) {
            const reading_limit met = is_long ? reading_limit::header_bytes : reading_limit::field_lines;
            m.past_limit = bytes_past_limit{met, {line.begin, 0}};
            break;
        }
        const bool after_field = !lines_.empty() && lines_.back().kind != role::junk;
        const role kind = is_white(text.front()) && after_field ? role::fold : start ? role::field : role::junk;
        const bool has_cr = text.find('\r') != std::string_view::npos;
        lines_.push_back({span_between(line.begin, line.end), start.value_or(field_line_start{0, 0}), kind, has_cr});
        at = line.next;
    }
    build(m, start_line, out);
    return m.past_limit ? skip_rest(m, out) : out;
}

/// Passes over what is behind a limit.
header_section::outcome header_section::skip_rest(message& m, outcome out) {
    for (;;) {
        window_.keep(out.next);
        const dump_line line = line_at(out.next, m.line_prefix, limits_.line_bytes);
        const std::string_view text = window_.text(line);
        if (line.prefix != m.line_prefix && !line.note) return out;
        if (line.whole && !line.note && is_start_line(text)) return out;
        out.next = line.whole ? line.next : window_.skip_line(line.next);
        if (line.whole && text.empty()) {
            out.empty_line = true;
            return out;
        }
        if (take_note(m, line)) continue;
        if (is_auth_field_line(text)) ++m.past_limit->auth_lines;
        m.past_limit->at = span_between(m.past_limit->at.offset, line.whole ? line.end : out.next);
    }
}

/// Makes the message of the lines, with a copy of their bytes.
void header_section::build(message& m, const start_line& start, outcome& out) const {
    const std::size_t begin = m.start_line.offset;
    const std::size_t end = lines_.empty() ? m.start_line.end() : lines_.back().at.end();
    const std::string_view header = keep_header(m, window_.text(begin, end));
    if (start.is_one()) take_start_line(m, header.substr(0, m.start_line.length), start);
    bool after_auth_field = false;  // with nothing but unreadable lines between
    for (const section_line& line : lines_) {
        const std::string_view text(header.data() + (line.at.offset - begin), line.at.length);
        switch (line.kind) {
            case role::field:
                after_auth_field = add_field(m, text, line.at.offset, line.start).known.has_value();
                if (line.has_cr && !after_auth_field) add_behind_cr(m, text, line.at);
                break;
            case role::fold: fold(m.lines.back(), text, line.at.offset); break;
            case role::junk:
                add_unreadable(m.unreadable, line.at);
                if (after_auth_field) append_line(m.lines.back().odd.edit().unread_after, text, line.at);
                if (&line == lines_.data() && is_coloured_field_line(text)) out.coloured = line.at.offset;
                break;
        }
    }
}

}  // namespace authgrammar::audit
