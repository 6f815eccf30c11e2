#include "fuzz_lint.hpp"
#include "support/judge.hpp"
#include "support/oracle.hpp"

#include <authgrammar/audit/finding.hpp>
#include <authgrammar/audit/reading.hpp>
#include <authgrammar/audit/slip.hpp>

#include <lint/fixes.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace authgrammar::fuzz {

namespace {

/// What a value that a recipient accepts says, by the ABNF: its words in order, without quotes and escapes.
std::vector<std::string> meaning(field f, std::string_view value) {
    std::vector<std::string> words;
    for (const event& e : judge::of(f, edition::rfc9110_recipient).decide(value).events) {
        std::string word;
        for (std::size_t i = e.begin; i < e.end; ++i) {
            if (e.quoted && value[i] == '\\') ++i;
            word += value[i];
        }
        const bool ends = e.kind == event_kind::challenge_begin || e.kind == event_kind::challenge_end;
        if (!ends) words.push_back(std::to_string(static_cast<int>(e.kind)) + word);
    }
    return words;
}

bool sendable(field f, std::string_view value) { return judge::of(f, edition::rfc9110_sender).decide(value).valid; }

void check_corrected(field f, std::string_view value) {
    const audit::corrected_value c = audit::correct(f, value);
    for (const audit::slip& s : c.slips) {
        std::size_t end = s.end;
        if (planted("a_slip_is_beyond_the_end") && end == value.size()) ++end;
        require("slips_lie_in_the_value", s.begin <= end && end <= value.size());
    }
    if (!c.value) return;
    std::string corrected = *c.value;
    if (planted("a_corrected_value_ends_in_a_comma") && !c.slips.empty()) corrected += ",";
    require("corrected_values_can_be_sent", sendable(f, corrected));
    const audit::corrected_value again = audit::correct(f, *c.value);
    bool stable = again.slips.empty() && again.value == c.value;
    if (planted("a_correction_has_slips") && c.slips.size() > 1) stable = false;
    require("corrected_values_have_no_slips", stable);
}

}  // namespace

void check_fixes(const std::vector<audit::message>& messages, std::string_view input) {
    const authlint::linted_file file("input", input, messages);
    authlint::file_fixes fixes;
    for (const audit::message& m : messages) {
        authlint::judged_message judged{&m, audit::read_fields(m), {}};
        for (const audit::field_reading& r : judged.fields) {
            for (const audit::field_line* line : r.lines()) check_corrected(r.name(), line->value.text());
        }
        judged.findings = audit::judge(m, judged.fields);
        fixes.add(judged);
    }
    for (const authlint::fixed_line& fixed : fixes.lines()) {
        const field f = *fixed.line->known;
        std::string value = fixed.value;
        if (planted("a_fix_has_a_comma_too_many") && value.size() > 8) value += ",";
        require("fixed_values_can_be_sent", sendable(f, value));
        std::vector<std::string> meant = meaning(f, value);
        if (planted("a_fix_drops_the_last_letter") && !meant.empty()) meant.back().pop_back();
        require("fixes_keep_the_meaning", meant == meaning(f, fixed.line->value.text()));
    }
    const authlint::fixed_text whole = authlint::fixed(file, fixes, true);
    std::string bytes = whole.bytes;
    if (planted("a_fix_eats_a_line_end") && !fixes.lines().empty()) bytes += '\n';
    std::size_t grown = input.size();
    for (const authlint::fixed_line& fixed : fixes.lines()) {
        const audit::line_value& before = fixed.line->value;
        grown += fixed.value.size();
        grown -= before.source_of(before.text().size()) - before.source_of(0);
    }
    require("fixes_change_values_only", whole.for_sending && bytes.size() == grown);
}

}  // namespace authgrammar::fuzz
