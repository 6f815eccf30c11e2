// Slips that the grammar lets pass: the value says something else than was meant, or is written as no sender should.

#include "common/field_text.hpp"
#include "common/wording.hpp"
#include "values/empty_value.hpp"
#include "values/scheme_rows.hpp"
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

/// A parameter of a value.
struct given_param {
    const event& name;
    const event& value;
    scheme_row known;
};

/// The form that its scheme gives the parameter; realm has the same in all of them.
param_form standard_form(const draft& d, const given_param& p) noexcept {
    if (p.known != nullptr && p.known->form != param_form::automatic) return p.known->form;
    return equal_ignoring_case(d.text(p.name), "realm") ? param_form::quoted : param_form::automatic;
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

/// Whether it is in that form, by its row alone, as most are.
bool is_in_usual_form(const given_param& p) noexcept {
    return p.known != nullptr && p.known->form == (p.value.quoted ? param_form::quoted : param_form::token);
}

AUTHGRAMMAR_NOINLINE void add_form_of_value(const draft& d, const given_param& p, std::vector<candidate>& out) {
    const param_form form = standard_form(d, p);
    if (form == param_form::quoted && !p.value.quoted) out.push_back(not_quoted(d, p.name, p.value));
    if (form == param_form::token && p.value.quoted && is_token(d.text(p.value))) {
        out.push_back(needlessly_quoted(d, p.name, p.value));
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

/// Most gaps are ", " or a space or nothing.
bool is_usual_gap(std::string_view gap, gap_kind kind) noexcept {
    if (gap.size() == 2) return gap[0] == ',' && gap[1] == ' ' && kind == gap_kind::between_elements;
    return gap.empty() || (gap.size() == 1 && gap[0] == ' ');
}

/// Whether the gap has more commas than it wants.
AUTHGRAMMAR_NOINLINE bool has_idle_commas(std::string_view gap, gap_kind kind) noexcept {
    return std::count(gap.begin(), gap.end(), ',') > (kind == gap_kind::between_elements ? 1 : 0);
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

/// Of credentials, whether a list is given for one of the values of a set.
bool has_list_of_values(const draft& d, const given_param& p) noexcept {
    return p.known != nullptr && !p.known->values.empty() && d.text(p.value).find(',') != std::string_view::npos;
}

AUTHGRAMMAR_COLD void add_list(const draft& d, const given_param& p, std::vector<candidate>& out) {
    const event& value = p.value;
    std::string_view first;
    detail::for_each_list_element(d.text(value), [&](std::string_view e) { first = first.empty() ? e : first; });
    candidate c =
        d.named("list-for-one-value", value.begin, value.end, words(d.param_name(p.name), " lists several values"),
                "Send the one value that was chosen, without quotes.", "RFC 9110, 11.4");
    if (is_token(first)) {
        const std::size_t quote = value.quoted ? 1 : 0;
        c.change = edit{value.begin - quote, value.end + quote, std::string(first)};
    }
    out.push_back(std::move(c));
}

/// `qop=auth,auth-int` in a challenge, whose last parameter is `p`: the second value passes for a scheme. Whether it does.
bool add_list_as_scheme(const draft& d, const given_param& p, const event& scheme, std::vector<candidate>& out) {
    if (p.known == nullptr || p.value.quoted || schemes::find_scheme(d.text(scheme)) != nullptr) return false;
    const auto is = [&](std::string_view each) { return equal_ignoring_case(each, d.text(scheme)); };
    if (std::none_of(p.known->values.begin(), p.known->values.end(), is)) return false;
    const std::size_t begin = p.value.begin;
    candidate c =
        d.named("list-not-quoted", begin, scheme.end,
                words(d.text(p.name), " is a list and is not quoted, so its second value is read as a scheme"),
                "Put the value in quotes.", "RFC 9110, 5.6.4");
    c.change = edit{begin, scheme.end, quoted(d.slice(begin, scheme.end))};
    out.push_back(std::move(c));
    return true;
}

/// Which slips are looked for.
enum class sought { meaning, form, both };

/// Goes over the events of a value that recipients accept, once.
template <sought What>
class accepted_value {
public:
    accepted_value(const draft& d, const scheme_row* rows, std::vector<candidate>& out) noexcept
        : d_(d), rows_(rows), out_(out), credentials_(d.kind() == field_kind::credentials) {}

    void look() {
        for (const event& e : d_.events()) {
            switch (e.kind) {
                case event_kind::challenge_begin:
                case event_kind::challenge_end: break;
                case event_kind::scheme: look_at_scheme(e); break;
                case event_kind::token68: look_at_token(e); break;
                case event_kind::param_name: look_at_name(e); break;
                case event_kind::param_value:
                    if (!look_at_value(e)) return;
                    break;
            }
        }
        if (of_form) look_at_gap(d_.value().size(), gap_kind::at_an_end);
    }

private:
    static constexpr bool of_meaning = What != sought::form;
    static constexpr bool of_form = What != sought::meaning;

    void look_at_scheme(const event& e) {
        if (of_form) look_at_gap(e.begin, done_ == 0 ? gap_kind::at_an_end : gap_kind::between_elements);
        if (of_meaning && !credentials_ && value_ != nullptr &&
            add_list_as_scheme(d_, {*name_, *value_, known_}, e, out_)) {
            value_ = nullptr;
        }
        is_basic_ = credentials_ && equal_ignoring_case(d_.text(e), "Basic");
        passed(e.end, gap_kind::after_scheme);
    }

    void look_at_token(const event& e) {
        if (of_form) look_at_gap(e.begin, gap_);
        if (of_meaning) add_token_that_is_none(d_, e, out_);
        passed(e.end, gap_kind::between_elements);
    }

    void look_at_name(const event& e) {
        if (of_form) look_at_gap(e.begin, gap_);
        name_ = &e;
        passed(e.end, gap_kind::between_elements);
    }

    /// False if there is nothing to be told of the rest.
    bool look_at_value(const event& e) {
        value_ = &e;
        known_ = *rows_++;
        const given_param p{*name_, e, known_};
        const std::size_t quote = e.quoted ? 1 : 0;
        if (of_form) {
            if (e.begin - quote - name_->end > 1) out_.push_back(space_around_equals(d_, *name_, e.begin - quote));
            if (!is_in_usual_form(p)) add_form_of_value(d_, p, out_);
        }
        if (of_meaning) {
            if (is_basic_ && is_basic_base64(d_.text(*name_))) {
                out_.push_back(after_padding(d_, *name_, e));
                return false;
            }
            if (!e.quoted && is_in_apostrophes(d_.text(e))) out_.push_back(in_apostrophes(d_, *name_, e));
            if (credentials_ && has_list_of_values(d_, p)) add_list(d_, p, out_);
        }
        passed(e.end + quote, gap_kind::between_elements);
        return true;
    }

    void passed(std::size_t end, gap_kind next) noexcept {
        done_ = end;
        gap_ = next;
    }

    void look_at_gap(std::size_t end, gap_kind kind) {
        const std::string_view gap(d_.value().data() + done_, end - done_);
        if (!is_usual_gap(gap, kind) && has_idle_commas(gap, kind)) out_.push_back(idle_comma(d_, done_, end, kind));
    }

    const draft& d_;
    const scheme_row* rows_;  ///< of the next value on
    std::vector<candidate>& out_;
    const bool credentials_;
    bool is_basic_ = false;  ///< credentials of Basic
    const event* name_ = nullptr;
    const event* value_ = nullptr;
    scheme_row known_ = nullptr;  ///< of `value_`
    std::size_t done_ = 0;        ///< the last word ends here
    gap_kind gap_ = gap_kind::at_an_end;
};

/// Of a value that has little in it: what is missing before it or in it. Whether the rest says something.
bool add_missing(const draft& d, std::vector<candidate>& out) {
    // The scheme between challenge_begin and challenge_end.
    if (d.kind() == field_kind::credentials && d.events().size() == 3) {
        add_space_missing(d, d.events()[1], out);
        if (out.empty()) add_missing_scheme(d, out);
    }
    const std::size_t before_params = out.size();
    add_param_without_value(d, out);
    return out.size() == before_params;
}

}  // namespace

void add_meaning_candidates(const draft& d, const scheme_row* rows, std::vector<candidate>& out) {
    if (add_missing(d, out)) accepted_value<sought::meaning>(d, rows, out).look();
}

void add_form_candidates(const draft& d, const scheme_row* rows, std::vector<candidate>& out) {
    accepted_value<sought::form>(d, rows, out).look();
}

bool has_candidates(const draft& d, const scheme_row* rows) {
    std::vector<candidate> out;
    static_cast<void>(add_missing(d, out));
    if (out.empty()) accepted_value<sought::both>(d, rows, out).look();
    return !out.empty();
}

}  // namespace authgrammar::audit
