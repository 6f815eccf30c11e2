#include "parse/parse_fix.hpp"

#include "commands.hpp"
#include "json/json_text.hpp"
#include "lint/fixes.hpp"
#include "shell/terminal.hpp"

#include <authgrammar/audit/reading.hpp>
#include <authgrammar/audit/redaction.hpp>

#include <algorithm>

namespace authlint {

namespace {

using authgrammar::audit::corrected_value;
using authgrammar::audit::slip;

std::string shown(const question& q, const std::string& value, bool reveal) {
    return reveal ? value : authgrammar::audit::redacted_field(q.field, value);
}

bool is_fixed(const corrected_value& c) { return c.value && c.same_meaning(); }

/// Whether a recipient reads every line by itself. Else a line may mean something only with the next one.
bool lines_are_whole(const question& q) {
    std::vector<authgrammar::event> events;
    return std::all_of(q.lines.begin(), q.lines.end(), [&](const std::string& line) {
        const auto why =
            authgrammar::audit::read_events(q.field, line, authgrammar::edition::rfc9110_recipient, events);
        return why.code == authgrammar::error_code::none || is_fixed(authgrammar::audit::correct(q.field, line));
    });
}

std::string why_not(const corrected_value& c) {
    if (!c.value) return "the intended value is not known";
    return c.same_meaning() ? "another line cannot be read on its own"
                            : "it would change what recipients read, if they read it at all";
}

}  // namespace

fixed_question fix(const question& q) {
    fixed_question out;
    const bool whole = q.lines.size() < 2 || lines_are_whole(q);
    for (const std::string& line : q.lines) {
        corrected_value c = authgrammar::audit::correct(q.field, line);
        const bool fixed = is_fixed(c) && whole;
        out.lines.push_back(fixed ? *c.value : line);
        out.applied.push_back(fixed);
        out.complete = out.complete && fixed;
        out.corrections.push_back(std::move(c));
    }
    return out;
}

int answer_fixed(const question& q, bool reveal) {
    const fixed_question fixed = fix(q);
    std::string text;
    bool for_sending = true;
    for (const std::string& line : fixed.lines) {
        const std::string value = shown(q, line, reveal);
        for_sending = for_sending && value == line;
        text += value + "\n";
    }
    if (!for_sending) print(not_for_sending);
    print(text);
    for (std::size_t i = 0; i < fixed.lines.size(); ++i) {
        const corrected_value& c = fixed.corrections[i];
        const std::string place = q.several ? "line " + std::to_string(i + 1) + ": " : "";
        const bool applied = fixed.applied[i];
        const std::string guess = !applied && c.value ? "; perhaps " + shown(q, *c.value, reveal) : "";
        const std::string end = applied ? "" : ": " + why_not(c) + guess;
        for (const slip& s : c.slips) {
            complain(place + (applied ? "fixed: " : "not fixed: ") + s.what + " [" + std::string(s.id) + "]" + end);
        }
        if (c.slips.empty() && !c.value) complain(place + "not fixed: " + why_not(c));
    }
    return fixed.complete ? exit_clean : exit_findings;
}

void append_fix(std::string& out, const question& q, bool reveal) {
    const fixed_question fixed = fix(q);
    out += ", \"fix\": {\"values\": [";
    bool for_sending = true;
    for (std::size_t i = 0; i < fixed.lines.size(); ++i) {
        const std::string value = shown(q, fixed.lines[i], reveal);
        for_sending = for_sending && value == fixed.lines[i];
        if (i != 0) out += ", ";
        append_json_bytes(out, value);
    }
    out += std::string("], \"complete\": ") + (fixed.complete ? "true" : "false");
    out += std::string(", \"for_sending\": ") + (for_sending ? "true" : "false") + ", \"slips\": [";
    std::string_view separator;
    for (std::size_t i = 0; i < fixed.lines.size(); ++i) {
        const corrected_value& c = fixed.corrections[i];
        const bool applied = fixed.applied[i];
        for (const slip& s : c.slips) {
            out.append(separator).append("{\"id\": ");
            append_json_bytes(out, s.id);
            out += ", \"line\": " + std::to_string(i) + ", \"offset\": " + std::to_string(s.begin) + ", \"text\": ";
            append_json_bytes(out, s.what);
            out += std::string(", \"applied\": ") + (applied ? "true" : "false");
            if (!applied) {
                out += ", \"why\": ";
                append_json_bytes(out, why_not(c));
            }
            if (!applied && c.value) {
                out += ", \"guess\": ";
                append_json_bytes(out, shown(q, *c.value, reveal));
            }
            out += "}";
            separator = ", ";
        }
    }
    out += "]}";
}

}  // namespace authlint
