// Slips that the grammar lets pass: the value says something else than was meant, or is written as no sender should.

#include "common/field_text.hpp"
#include "common/wording.hpp"
#include "values/empty_value.hpp"
#include "values/slip_draft.hpp"

#include <authgrammar/audit/redaction.hpp>
#include <authgrammar/schemes/scheme.hpp>
#include <authgrammar/writer.hpp>

#include <algorithm>
#include <iterator>

namespace authgrammar::audit {

namespace {

using detail::equal_ignoring_case;
using detail::words;

// Most values have no slip. So what tells whether there is one is apart from what is said of it.

/// The form that the scheme, of which `row` is, gives the parameter.
param_form standard_form(const schemes::parameter_description* row, std::string_view param) noexcept {
    if (equal_ignoring_case(param, "realm")) return param_form::quoted;
    return row == nullptr ? param_form::automatic : row->form;
}

AUTHGRAMMAR_COLD candidate not_quoted(const draft& d, const event& name, const event& value) {
    const bool realm = equal_ignoring_case(d.text(name), "realm");
    candidate c =
        d.named(realm ? "realm-as-token" : "value-not-quoted", value.begin, value.end,
                words(d.param_name(name), " is not quoted"), "Put the value in quotes.", realm ? "RFC 9110, 11.5" : "");
    c.change = edit{value.begin, value.end, quoted(d.text(value))};
    return c;
}

AUTHGRAMMAR_COLD candidate needlessly_quoted(const draft& d, const event& name, const event& value) {
    candidate c = d.named("value-quoted", value.begin, value.end, words(d.param_name(name), " is quoted"),
                          "Send the value without quotes.", "");
    c.change = edit{value.begin - std::size_t{1}, value.end + std::size_t{1}, std::string(d.text(value))};
    return c;
}

void add_form_of_value(const draft& d, const schemes::parameter_description* row, const event& name, const event& value,
                       std::vector<candidate>& out) {
    const param_form form = standard_form(row, d.text(name));
    if (form == param_form::quoted && !value.quoted) out.push_back(not_quoted(d, name, value));
    if (form == param_form::token && value.quoted && is_token(d.text(value))) {
        out.push_back(needlessly_quoted(d, name, value));
    }
}

AUTHGRAMMAR_COLD candidate space_around_equals(const draft& d, const event& name, std::size_t end) {
    candidate c =
        d.named("space-around-equals", name.end, end, words("white space around \"=\" of ", d.param_name(name)),
                "Write the name, \"=\" and the value without white space between them.", "RFC 9110, 5.6.3");
    c.change = edit{name.end, end, "="};
    return c;
}

/// What stands next to the gap of a value: two elements, a scheme and its first parameter, or an end of the value.
enum class gap_kind { between_elements, after_scheme, at_an_end };

/// Whether the gap has more commas than it wants.
bool has_idle_commas(std::string_view gap, gap_kind kind) noexcept {
    const std::size_t wanted = kind == gap_kind::between_elements ? 1 : 0;
    if (gap.size() <= wanted) return false;
    if (gap.size() == wanted + 1 && gap.back() != ',') return false;  // as in ", "
    std::size_t commas = 0;
    for (const char c : gap) commas += c == ',' ? 1 : 0;
    return commas > wanted;
}

AUTHGRAMMAR_COLD candidate idle_comma(const draft& d, std::size_t begin, std::size_t end, gap_kind kind) {
    const std::string_view gap = d.slice(begin, end);
    std::size_t at = gap.find(',');
    if (kind == gap_kind::between_elements) at = gap.find(',', at + 1);
    candidate c = d.named("empty-list-elements", begin + at, begin + at + 1, "a comma with nothing to separate",
                          "Send one comma between two elements, and none before the first or after the last.",
                          "RFC 9110, 5.6.1.1");
    c.change = edit{begin, end, kind == gap_kind::between_elements ? ", " : kind == gap_kind::after_scheme ? " " : ""};
    return c;
}

/// `Basic dXNlcjpwYXNz=1`, whose base64 passes for the name of a parameter.
AUTHGRAMMAR_COLD candidate after_padding(const draft& d, const event& name, const event& value) {
    candidate c = d.named("after-padding", value.begin, d.value().size(), "something follows the padding of the base64",
                          "End the value with the base64.", "RFC 7617, 2");
    c.change = edit{name.end, d.value().size(), ""};
    return c;
}

/// A token68 that is something else: the next scheme (`Negotiate NTLM`), or what a variable without a value became.
void add_token_that_is_none(const draft& d, const event& token, std::vector<candidate>& out) {
    const std::string_view text = d.text(token);
    if (d.kind() == field_kind::challenges) {
        const schemes::scheme_description* scheme = schemes::find_scheme(text);
        if (scheme == nullptr || scheme->name != text) return;
        candidate c = d.named("comma-missing", token.begin, token.end,
                              words("the comma before ", text, " is missing, so it is read as a token"),
                              "Put a comma between two challenges.", "RFC 9110, 11.3");
        const std::size_t begin = skip_white_back(d.value(), token.begin);
        c.change = edit{begin, token.begin, ", "};
        out.push_back(std::move(c));
        return;
    }
    if (!names_empty_value(text)) return;
    out.push_back(d.named("placeholder", token.begin, token.end,
                          "the token is the name of an empty value: a variable was not set",
                          "Set the variable before the request is sent, or send no credentials.", "RFC 9110, 11.4"));
}

/// `BearereyJ...`: the scheme and the token in one word.
void add_space_missing(const draft& d, const event& scheme, std::vector<candidate>& out) {
    const std::string_view word = d.text(scheme);
    for (const schemes::scheme_description& s : schemes::all_schemes()) {
        if (!s.credentials.token68 || word.size() <= s.name.size()) continue;
        if (!equal_ignoring_case(word.substr(0, s.name.size()), s.name)) continue;
        const std::string_view token = word.substr(s.name.size());
        if (!is_jwt(token) && !is_basic_base64(token)) continue;
        const std::size_t at = scheme.begin + s.name.size();
        candidate c = d.named("space-missing", at, at, "the space between the scheme and the token is missing",
                              "Write one space between them.", "RFC 9110, 11.4");
        c.change = edit{at, at, " "};
        out.push_back(std::move(c));
        return;
    }
}

bool is_in_apostrophes(std::string_view text) noexcept {
    return text.size() >= 2 && text.front() == '\'' && text.back() == '\'';
}

AUTHGRAMMAR_COLD candidate in_apostrophes(const draft& d, const event& name, const event& value) {
    const std::string_view text = d.text(value);
    candidate c = d.named("apostrophes-as-quotes", value.begin, value.end,
                          words(d.param_name(name), " is in apostrophes, which are part of the value"),
                          "Write \" on both sides, or nothing.", "RFC 9110, 5.6.4");
    c.change = edit{value.begin, value.end, quoted(text.substr(1, text.size() - 2))};
    return c;
}

/// Of credentials, whether a parameter that lists values in a challenge has one of them, and this is a list.
AUTHGRAMMAR_COLD void add_list(const draft& d, const schemes::scheme_description* scheme, const event& name,
                               const event& value, std::vector<candidate>& out) {
    const auto* param = scheme == nullptr ? nullptr : schemes::find_parameter(*scheme, d.kind(), d.text(name));
    if (param == nullptr || param->values.begin() == param->values.end()) return;
    std::string_view first;
    detail::for_each_list_element(d.text(value), [&](std::string_view e) { first = first.empty() ? e : first; });
    candidate c =
        d.named("list-for-one-value", value.begin, value.end, words(d.param_name(name), " lists several values"),
                "Send the one value that was chosen, without quotes.", "RFC 9110, 11.4");
    if (is_token(first)) {
        const std::size_t quote = value.quoted ? 1 : 0;
        c.change = edit{value.begin - quote, value.end + quote, std::string(first)};
    }
    out.push_back(std::move(c));
}

/// `qop=auth,auth-int` in a challenge of `owner`: the second value passes for a scheme.
void add_list_as_scheme(const draft& d, const schemes::scheme_description* owner, const event* name, const event* value,
                        const event& scheme, std::vector<candidate>& out) {
    if (d.kind() != field_kind::challenges || value == nullptr || value->quoted) return;
    const auto* param = owner == nullptr ? nullptr : schemes::find_parameter(*owner, d.kind(), d.text(*name));
    if (param == nullptr || schemes::find_scheme(d.text(scheme)) != nullptr) return;
    const auto is = [&](std::string_view each) { return equal_ignoring_case(each, d.text(scheme)); };
    if (std::none_of(param->values.begin(), param->values.end(), is)) return;
    candidate c = d.named("list-not-quoted", value->begin, scheme.end,
                          words(d.text(*name), " is a list and is not quoted, so its second value is read as a scheme"),
                          "Put the value in quotes.", "RFC 9110, 5.6.4");
    c.change = edit{value->begin, scheme.end, quoted(d.slice(value->begin, scheme.end))};
    out.push_back(std::move(c));
}

}  // namespace

void add_meaning_candidates(const draft& d, std::vector<candidate>& out) {
    // The scheme between challenge_begin and challenge_end.
    if (d.kind() == field_kind::credentials && d.events().size() == 3) {
        add_space_missing(d, d.events()[1], out);
        if (out.empty()) add_missing_scheme(d, out);
    }
    const std::size_t before_params = out.size();
    add_param_without_value(d, out);
    if (out.size() > before_params) return;
    const bool credentials = d.kind() == field_kind::credentials;
    const event* name = nullptr;
    const event* value = nullptr;
    const schemes::scheme_description* scheme = nullptr;
    const schemes::scheme_description* owner = nullptr;  // the scheme of the name
    bool is_basic = false;                               // credentials of Basic
    for (const event& e : d.events()) {
        if (e.kind == event_kind::scheme) {
            const std::size_t before = out.size();
            add_list_as_scheme(d, owner, name, value, e, out);
            if (out.size() > before) value = nullptr;
            scheme = schemes::find_scheme(d.text(e));
            is_basic = credentials && scheme != nullptr && scheme->name == "Basic";
        }
        if (e.kind == event_kind::token68) add_token_that_is_none(d, e, out);
        if (e.kind == event_kind::param_name) {
            name = &e;
            owner = scheme;
        }
        if (e.kind != event_kind::param_value) continue;
        value = &e;
        if (is_basic && is_basic_base64(d.text(*name))) return out.push_back(after_padding(d, *name, e));
        if (!e.quoted && is_in_apostrophes(d.text(e))) out.push_back(in_apostrophes(d, *name, e));
        if (credentials && d.text(e).find(',') != std::string_view::npos) add_list(d, owner, *name, e, out);
    }
}

void add_form_candidates(const draft& d, const schemes::parameter_description* const* rows,
                         std::vector<candidate>& out) {
    const event* name = nullptr;
    std::size_t done = 0;
    gap_kind gap = gap_kind::at_an_end;
    const auto look_at_gap = [&](std::size_t end, gap_kind kind) {
        if (has_idle_commas(d.slice(done, end), kind)) out.push_back(idle_comma(d, done, end, kind));
    };
    for (const event& e : d.events()) {
        if (e.kind == event_kind::challenge_begin || e.kind == event_kind::challenge_end) continue;
        const std::size_t quote = e.quoted ? 1 : 0;
        const bool is_scheme = e.kind == event_kind::scheme;
        if (e.kind == event_kind::param_value) {
            if (e.begin - quote - name->end > 1) out.push_back(space_around_equals(d, *name, e.begin - quote));
            add_form_of_value(d, *rows++, *name, e, out);
        } else {
            look_at_gap(e.begin, gap == gap_kind::after_scheme && is_scheme ? gap_kind::between_elements : gap);
        }
        if (e.kind == event_kind::param_name) name = &e;
        gap = is_scheme ? gap_kind::after_scheme : gap_kind::between_elements;
        done = e.end + quote;
    }
    look_at_gap(d.value().size(), gap_kind::at_an_end);
}

}  // namespace authgrammar::audit
