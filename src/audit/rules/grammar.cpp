#include "common/wording.hpp"
#include "rules/rules.hpp"

#include <algorithm>

namespace authgrammar::audit::rules {

namespace {

using detail::counted;
using detail::words;

std::string_view section_of(field f) noexcept {
    switch (f) {
        case field::www_authenticate: return "RFC 9110, 11.6.1";
        case field::proxy_authenticate: return "RFC 9110, 11.7.1";
        case field::authorization: return "RFC 9110, 11.6.2";
        case field::proxy_authorization: return "RFC 9110, 11.7.2";
        case field::authentication_info: return "RFC 9110, 11.6.3";
        case field::proxy_authentication_info: break;
    }
    return "RFC 9110, 11.7.3";
}

std::vector<std::string_view> syntax_requirements(field f) {
    switch (f) {
        case field::www_authenticate: return {"R7235-4.1-syntax", "R9110-11.6.1-www-authenticate"};
        case field::proxy_authenticate: return {"R7235-4.3-syntax", "R9110-11.7.1-proxy-authenticate"};
        case field::authorization: return {"R7235-4.2-syntax"};
        case field::proxy_authorization: return {"R7235-4.4-syntax"};
        case field::authentication_info: return {"R7615-3-info", "R9110-11.6.3-authentication-info"};
        case field::proxy_authentication_info: break;
    }
    return {"R7615-3-info", "R9110-11.7.3-proxy-authentication-info"};
}

/// "rfc7235 and rfc9110-recipient accept the value, rfc9110-sender does not", of editions that differ.
std::string verdicts(const field_reading& r) {
    std::string yes;
    std::string no;
    for (const edition e : all_editions) {
        std::string& names = r.accepted_by(e) ? yes : no;
        names += words(names.empty() ? "" : " and ", name_of(e));
    }
    return words(yes, yes.find(' ') == std::string::npos ? " accepts" : " accept", " the value, ", no,
                 no.find(' ') == std::string::npos ? " does not" : " do not");
}

/// The finding of a line that is refused: of the slip in it if there is one that is known, else of the error.
finding& add_error(const subject& s, const field_reading& r, std::size_t i, report& out) {
    const error& e = r.line_error(i);
    const line_correction& correction = s.correction(*r.lines()[i]);
    const std::string place = words(name_of(e.code), " at byte ", std::to_string(e.offset), " of the value");
    if (correction.slips.empty()) {
        const line_value& line = r.lines()[i]->value;
        const bool at_end = e.offset >= line.text().size();
        finding& f = out.add({line.source_of(e.offset), at_end ? std::size_t{0} : std::size_t{1}}, r.name(),
                             words(place, ", in ", e.rule, ": expected ", e.expected));
        f.section = e.section;
        f.explanation = authgrammar::explain(e.code);
        return f;
    }
    finding& f = out.add(s, *r.lines()[i], correction.slips.front());
    f.text += words(" (", place, ")");
    const auto more = std::count_if(correction.slips.begin() + 1, correction.slips.end(),
                                    [](const slip& each) { return !each.same_meaning; });
    if (more != 0) f.text += words("; ", counted(static_cast<std::size_t>(more), "more mistake"), " in the value");
    return f;
}

void check_syntax(const subject& s, report& out) {
    for (const field_reading& r : s.fields) {
        if (r.valid()) continue;
        for (std::size_t i = 0; i < r.lines().size(); ++i) {
            const error& e = r.line_error(i);
            const line_value& line = r.lines()[i]->value;
            // Credentials that are empty are an error, but add nothing to others.
            const bool absent = r.lines().size() > 1 && line.text().empty();
            if (e.code == error_code::none || absent) continue;
            finding& f = add_error(s, r, i, out);
            f.requirements = syntax_requirements(r.name());
        }
    }
}

void check_empty_elements(const subject& s, report& out) {
    for (const field_reading& r : s.fields) {
        if (!r.valid() || r.accepted_by(edition::rfc9110_sender)) continue;
        const error& e = r.error_in(edition::rfc9110_sender);
        out.add(r.source_at(e.offset), r.name(), words("a comma separates nothing: ", verdicts(r)));
    }
}

void check_spanning(const subject& s, report& out) {
    for (const field_reading& r : s.fields) {
        if (!r.valid()) continue;
        for (std::size_t i = 0; i < r.lines().size(); ++i) {
            if (r.line_error(i).code == error_code::none) continue;
            const std::size_t begin = r.lines()[i]->value.source_of(0);
            const std::size_t end = r.lines()[i]->value.source_of(r.lines()[i]->value.text().size());
            finding& f = out.add(span_between(begin, end), r.name(),
                                 words("this line is not a valid ", name_of(r.name()),
                                       " by itself, only when it is joined with the others"));
            f.section = section_of(r.name());
            break;
        }
    }
}

}  // namespace

const finding_rule& syntax() {
    static const finding_rule rule = [] {
        finding_rule r;
        r.id = "syntax";
        r.level = severity::error;
        r.category = rule_category::grammar;
        r.requirements = {"R7235-4.1-syntax",
                          "R7235-4.2-syntax",
                          "R7235-4.3-syntax",
                          "R7235-4.4-syntax",
                          "R7615-3-info",
                          "R9110-11.6.1-www-authenticate",
                          "R9110-11.7.1-proxy-authenticate",
                          "R9110-11.6.3-authentication-info",
                          "R9110-11.7.3-proxy-authentication-info"};
        r.section = "RFC 9110, 11";
        r.title = "a value that breaks the grammar";
        r.explanation =
            "A recipient that follows the grammar cannot read the value, and those that guess do not agree: one client "
            "sees another realm, or other schemes, than the next.";
        r.peers =
            "Some clients drop the whole field, some the one challenge, and some read on from the next comma or quote. "
            "A value that two programs read differently gets past a proxy or a filter that checks it.";
        r.fix = "Send a value that the grammar accepts. authlint parse shows how a value is read.";
        r.cwe = 436;
        r.violating =
            "HTTP/1.1 401 Unauthorized\n"
            "WWW-Authenticate: Basic realm=\"the \"staff\" area\"\n"
            "\n";
        r.conforming =
            "HTTP/1.1 401 Unauthorized\n"
            "WWW-Authenticate: Basic realm=\"the \\\"staff\\\" area\"\n"
            "\n";
        r.check = check_syntax;
        return r;
    }();
    return rule;
}

const finding_rule& empty_list_elements() {
    static const finding_rule rule = [] {
        finding_rule r;
        r.id = "empty-list-elements";
        r.level = severity::info;
        r.category = rule_category::grammar;
        r.requirements = {"R9110-5.6.1.1-no-empty", "R9110-5.6.1.2-accept-empty", "R7235-4.1-empty-elements"};
        r.section = "RFC 9110, 5.6.1";
        r.title = "a comma that separates nothing";
        r.explanation =
            "Recipients must ignore a reasonable number of empty elements, but senders must not produce any.";
        r.peers = "Recipients skip it, as they must. Parsers that split at commas get an empty challenge.";
        r.fix = "Send one comma between two elements, and none before the first or after the last.";
        r.violating =
            "HTTP/1.1 401 Unauthorized\n"
            "WWW-Authenticate: Basic realm=\"files\",, Negotiate\n"
            "\n";
        r.conforming =
            "HTTP/1.1 401 Unauthorized\n"
            "WWW-Authenticate: Basic realm=\"files\", Negotiate\n"
            "\n";
        r.check = check_empty_elements;
        return r;
    }();
    return rule;
}

const finding_rule& element_spans_lines() {
    static const finding_rule rule = [] {
        finding_rule r;
        r.id = "element-spans-lines";
        r.level = severity::error;
        r.category = rule_category::message;
        r.requirements = {"R9110-5.3-field-lines"};
        r.section = "RFC 9110, 5.3";
        r.title = "a challenge or parameter split over two field lines";
        r.explanation =
            "Each field line of a list has to hold whole elements. A value that only makes sense when the lines are "
            "joined was cut by something that does not know the grammar, or crafted so that two recipients read it "
            "differently.";
        r.peers =
            "Clients that read line by line see two broken values, those that join the lines see one that is whole.";
        r.fix = "Send each challenge in one field line.";
        r.cwe = 436;
        r.violating =
            "HTTP/1.1 401 Unauthorized\n"
            "WWW-Authenticate: Bearer realm=\"files\",\n"
            "WWW-Authenticate: scope=\"read\"\n"
            "\n";
        r.conforming =
            "HTTP/1.1 401 Unauthorized\n"
            "WWW-Authenticate: Bearer realm=\"files\", scope=\"read\"\n"
            "\n";
        r.check = check_spanning;
        return r;
    }();
    return rule;
}

}  // namespace authgrammar::audit::rules
