// Whole messages through authlint's reader, its rules, its fixes and all of its reports: every place that is named lies in the
// input, what messages say of one another is what a naive reading of the conversation says, the JSON is JSON, and of a
// secret no four octets are shown. However the bodies of the same messages are framed, the findings are the same.
// Options: none; the input is what a person would hand to `authlint lint`.

#include "fuzz_lint.hpp"
#include "lint_output.hpp"
#include "naive/text.hpp"
#include "support/input.hpp"
#include "support/judge.hpp"
#include "support/mutator.hpp"
#include "support/oracle.hpp"

#include <authgrammar/audit/conversation.hpp>
#include <authgrammar/audit/finding.hpp>
#include <authgrammar/audit/message.hpp>
#include <authgrammar/audit/reading.hpp>
#include <authgrammar/audit/why.hpp>
#include <authgrammar/schemes/scheme.hpp>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace authgrammar;
using fuzz::lower;
using fuzz::planted;
using fuzz::require;

constexpr std::size_t shortest_leak = 4;

/// Letters that secrets are rewritten in before they are linted, so that four of them in a report can come from
/// nowhere else: no English, no RFC number and no name of a field or scheme has four of them in a row.
constexpr std::string_view odd_letters = "QZJXKVYW";

char odd(char c) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    return letter ? odd_letters[static_cast<unsigned char>(c) % odd_letters.size()] : c;
}

/// Judges messages as authlint does: one after the other, with a URL for some inputs.
class judge_of_messages {
public:
    explicit judge_of_messages(std::string_view input) : conversation_(fuzz::facts_for(input)) {}

    std::vector<audit::finding> judge(const audit::message& m, const std::vector<audit::field_reading>& fields) {
        return audit::judge(m, fields, conversation_.next(m, fields));
    }

private:
    audit::conversation conversation_;
};

bool inside(audit::span s, std::size_t size) { return s.offset <= size && s.length <= size - s.offset; }

/// The words of the table of schemes, in lower case. In which place they are known is not looked at here.
const std::set<std::string>& known_words() {
    static const std::set<std::string> words = [] {
        std::set<std::string> all;
        for (const schemes::scheme_description& s : schemes::all_schemes()) {
            all.insert(lower(s.name));
            for (const schemes::parameter_description& p : s.params) {
                all.insert(lower(p.name));
                for (const std::string_view value : p.values) all.insert(lower(value));
            }
        }
        return all;
    }();
    return words;
}

/// Which octets of a secret field's value are secret, by the ABNF: of a valid value those of token68, and all words that are
/// not known; of another one also all from the end of the last complete parameter on, or from the scheme's.
std::vector<bool> secret_octets(field f, std::string_view value) {
    fuzz::judge& judge = fuzz::judge::of(f, edition::rfc9110_recipient);
    const fuzz::opinion truth = judge.decide(value);
    std::vector<bool> secret(value.size(), false);
    std::string known(value.substr(0, truth.offset));
    const std::vector<abnf::role> roles = judge.roles(truth.valid ? known : judge.complete(known));
    std::size_t believed = truth.valid ? value.size() : 0;
    bool in_quotes = false;
    for (std::size_t i = 0; !truth.valid && i < truth.offset; ++i) {
        using abnf::role;
        if (roles[i] == role::quote) in_quotes = !in_quotes;
        // A closing DQUOTE ends what may be believed, and so does a separator after a value or the scheme.
        if (roles[i] == role::quote && !in_quotes) believed = i + 1;
        if (i != 0 && roles[i] == role::separator && (roles[i - 1] == role::value || roles[i - 1] == role::scheme)) {
            believed = i;
        }
    }
    for (std::size_t i = 0; i < value.size();) {
        std::size_t end = i + 1;
        while (end < believed && roles[end] == roles[i]) ++end;
        const bool between = i < believed && (roles[i] == abnf::role::separator || roles[i] == abnf::role::quote);
        const bool known_word = i < believed && roles[i] != abnf::role::token68 &&
                                known_words().count(lower(value.substr(i, end - i))) != 0;
        for (; i < end; ++i) secret[i] = !between && !known_word;
    }
    return secret;
}

/// The input with the letters of its secrets rewritten, and where those stand.
struct rewritten {
    std::string text;
    std::vector<bool> secret;
};

void make_secret(std::size_t at, rewritten& out) {
    out.secret[at] = true;
    out.text[at] = odd(out.text[at]);
}

/// The values in the query of a request target, and its fragment.
void hide_query(const audit::message& m, std::string_view input, rewritten& out) {
    const std::size_t query = m.target.find_first_of("?#");
    const std::size_t begin = input.substr(m.start_line.offset, m.start_line.length).find(m.target);
    if (query == std::string::npos || begin == std::string_view::npos) return;
    bool is_value = m.target[query] == '#';
    bool in_fragment = is_value;
    for (std::size_t i = query + 1; i < m.target.size(); ++i) {
        const char c = m.target[i];
        if (c == '#') in_fragment = true;
        is_value = in_fragment || c == '=' || (is_value && c != '&' && c != ';');
        if (is_value) make_secret(m.start_line.offset + begin + i, out);
    }
}

rewritten rewrite(std::string_view input, const std::vector<audit::message>& messages) {
    rewritten out{std::string(input), std::vector<bool>(input.size(), false)};
    for (const audit::message& m : messages) {
        hide_query(m, input, out);
        for (const audit::field_line& line : m.lines) {
            const bool other = !line.known && lower(line.name).find("cookie") != std::string::npos;
            if (!other && (!line.known || kind_of(*line.known) == field_kind::challenges)) continue;
            const std::string_view value = line.value.text();
            const std::vector<bool> secret =
                other ? std::vector<bool>(value.size(), true) : secret_octets(*line.known, value);
            for (std::size_t i = 0; i < value.size(); ++i) {
                const std::size_t at = line.value.source_of(i);
                // The space that stands for a fold is no octet of the input.
                if (!secret[i] || input[at] != value[i]) continue;
                make_secret(at, out);
            }
        }
    }
    return out;
}

/// Whether `report` shows four octets in a row of a secret that no other part of the input has.
bool leaks(const std::string& report, const rewritten& r) {
    std::string open = r.text;
    for (std::size_t i = 0; i < open.size(); ++i) {
        if (r.secret[i]) open[i] = '\n';
    }
    std::size_t run = 0;
    for (std::size_t i = 0; i < r.text.size(); ++i) {
        const bool counts = r.secret[i] && odd_letters.find(r.text[i]) != std::string_view::npos;
        run = counts ? run + 1 : 0;
        if (run < shortest_leak) continue;
        const std::string window = r.text.substr(i + 1 - shortest_leak, shortest_leak);
        if (report.find(window) != std::string::npos && open.find(window) == std::string::npos) return true;
    }
    return false;
}

/// Four letters of a secret, or nothing: what a report must not show.
std::string some_secret(const rewritten& r) {
    std::string run;
    for (std::size_t i = 0; i < r.text.size() && run.size() < shortest_leak; ++i) {
        const bool counts = r.secret[i] && odd_letters.find(r.text[i]) != std::string_view::npos;
        run = counts ? run + r.text[i] : std::string();
    }
    return run.size() < shortest_leak ? std::string() : run;
}

/// Where a message says that its parts are; all of it in the input, in order.
void check_message(const audit::message& m, std::string_view input) {
    require("spans_lie_in_the_input", inside(m.start_line, input.size()));
    std::size_t last = m.start_line.offset;
    for (const audit::field_line& line : m.lines) {
        audit::span whole = line.whole;
        if (planted("a_fold_is_counted_twice") && !line.odd->folds.empty()) whole.length += input.size();
        require("spans_lie_in_the_input", inside(whole, input.size()) && inside(line.name_at, input.size()));
        if (planted("the_third_line_comes_first") && &line == &m.lines[0] + 2) whole.offset = 0;
        require("lines_in_order", whole.offset >= last);
        last = whole.offset;
        const bool folded = planted("names_are_in_lower_case") && line.known && line.name[0] == 'P';
        require("names_are_of_the_input",
                !folded && input.substr(line.name_at.offset, line.name_at.length) == line.name);
        const std::string_view value = line.value.text();
        std::size_t before = line.name_at.end();
        for (std::size_t i = 0; i < value.size(); ++i) {
            std::size_t at = line.value.source_of(i);
            if (planted("a_value_s_end_is_its_begin") && i == 30) at = line.whole.offset;
            require("octets_know_their_place",
                    at >= before && at < input.size() && (input[at] == value[i] || value[i] == ' '));
            before = at;
        }
        for (const audit::span& fold : line.odd->folds) require("spans_lie_in_the_input", inside(fold, input.size()));
    }
    for (const audit::span& s : m.unreadable) require("spans_lie_in_the_input", inside(s, input.size()));
}

void check_findings(const audit::message& m, std::string_view input, judge_of_messages& judge) {
    const std::vector<audit::field_reading> fields = audit::read_fields(m);
    for (const audit::field_reading& r : fields) {
        const fuzz::opinion truth = fuzz::judge::of(r.name(), edition::rfc9110_recipient).decide(r.value());
        bool valid = r.valid();
        if (planted("reads_a_joined_value_leniently") && !valid && r.lines().size() > 1) valid = true;
        require("reading_agrees", valid == truth.valid);
    }
    std::size_t last = 0;
    for (const audit::finding& f : judge.judge(m, fields)) {
        audit::span at = f.at;
        if (planted("a_finding_at_the_end_is_beyond_it") && at.end() == input.size()) ++at.length;
        require("findings_lie_in_the_input", inside(at, input.size()) && at.offset >= last);
        last = at.offset;
        for (const audit::span& s : f.related) require("findings_lie_in_the_input", inside(s, input.size()));
        bool told = f.rule != nullptr && !f.rule->id.empty() && !f.section.empty() && !f.text.empty() &&
                    !f.explanation.empty() && audit::finding_rule_from_id(f.rule->id) == f.rule;
        if (planted("an_error_without_a_reason") && f.level == audit::severity::error && f.about) told = false;
        require("findings_are_explained", told);
    }
}

/// The reasons of refusals lie in the input, are ranked, and are explained.
void check_refusals(const std::vector<audit::message>& messages, std::string_view input) {
    const audit::refusals all = audit::explain_refusals(messages, input, fuzz::facts_for(input), {});
    for (const audit::refusal& r : all.refused) {
        const bool lost = planted("a_refusal_loses_its_reasons") && r.about;
        require("refusals_have_reasons", !r.reasons.empty() && !lost);
        audit::certainty last = audit::certainty::certain;
        if (planted("a_certain_reason_comes_last") && r.request != nullptr) last = audit::certainty::possible;
        for (const audit::refusal_reason& reason : r.reasons) {
            audit::span at = reason.at;
            if (planted("a_reason_at_the_end_is_beyond_it") && at.end() + 3 > input.size()) at.length += 3;
            require("reasons_lie_in_the_input", inside(at, input.size()));
            for (const audit::span& s : reason.related) require("reasons_lie_in_the_input", inside(s, input.size()));
            require("reasons_are_ranked", reason.how >= last);
            last = reason.how;
        }
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const fuzz::input in(data, size, 0);
    const fuzz::heap_copy copy(in.text());
    const std::string_view input = copy.view();

    const std::vector<audit::message> messages = audit::read_messages(input);
    require("a_message_at_least", !messages.empty() && !(planted("nothing_is_no_message") && input.size() < 2));
    judge_of_messages judge(input);
    for (const audit::message& m : messages) {
        check_message(m, input);
        check_findings(m, input, judge);
    }

    check_refusals(messages, input);
    fuzz::check_conversation(messages, input);
    fuzz::check_fixes(messages, input);
    fuzz::check_framing(messages, input);

    const rewritten secret = rewrite(input, messages);
    const fuzz::heap_copy odd_input(secret.text);
    const std::vector<audit::message> again = audit::read_messages(odd_input.view());
    std::string text = fuzz::lint_text_of(odd_input.view(), again, fuzz::facts_for(odd_input.view()));
    std::string json = fuzz::lint_json_of(odd_input.view(), again, fuzz::facts_for(odd_input.view()));
    if (planted("shows_some_of_a_secret")) text += some_secret(secret);
    if (planted("json_shows_some_of_a_secret")) json.insert(2, some_secret(secret));
    std::string reports = fuzz::lint_reports_of(odd_input.view(), again, fuzz::facts_for(odd_input.view()));
    if (planted("a_report_shows_some_of_a_secret")) reports += some_secret(secret);
    require("reports_leak_no_secret", !leaks(reports, secret));
    require("text_leaks_no_secret", !leaks(text, secret));
    require("json_leaks_no_secret", !leaks(json, secret));
    if (planted("json_has_raw_octets") && input.size() > 40) json += '\x80';
    if (planted("json_has_a_comma_too_many") && json.find("\"id\"") != std::string::npos) json.insert(1, ",");
    require("json_is_ascii",
            std::all_of(json.begin(), json.end(), [](char c) { return static_cast<signed char>(c) > 0; }));
    require("json_is_json", nlohmann::ordered_json::accept(json));
    if (planted("a_tab_is_printed_as_it_stands") && input.find('\t') != std::string_view::npos) text += '\t';
    require("text_is_printable", std::all_of(text.begin(), text.end(), [](char c) {
                return (c >= ' ' && c <= '~') || c == '\n' || static_cast<signed char>(c) < 0;
            }));
    return 0;
}

AUTHGRAMMAR_FUZZ_MUTATOR(0, authgrammar::fuzz::message_text)
