// Slips in parameters: what separates them, and how their values are quoted.

#include "common/field_text.hpp"
#include "common/wording.hpp"
#include "values/slip_draft.hpp"
#include "values/utf8.hpp"

#include <authgrammar/audit/redaction.hpp>
#include <authgrammar/schemes/scheme.hpp>

#include <algorithm>
#include <iterator>
#include <vector>

namespace authgrammar::audit {

namespace {

using detail::words;

constexpr std::string_view param_section = "RFC 9110, 11.2";
constexpr std::string_view quoted_section = "RFC 9110, 5.6.4";

/// The parameter that the error is in or behind.
struct param_place {
    event name;
    std::optional<event> value;  ///< nothing if it was not read to its end
    std::size_t begin;           ///< of the value, its opening quote included
};

/// One whose value should begin at the error. The tokenizer may not have told its name yet: it might be a token68.
std::optional<param_place> unfinished(const draft& d) {
    if (d.why().code != error_code::expected_value && d.why().code != error_code::incomplete_param) return std::nullopt;
    const std::size_t equals = skip_white_back(d.value(), d.why().offset);
    if (d.value()[equals - 1] != '=') return std::nullopt;
    const std::size_t end = skip_white_back(d.value(), equals - 1);
    const std::size_t begin = token_begin(d.value(), end);
    const event name{event_kind::param_name, false, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
    return param_place{name, std::nullopt, skip_white(d.value(), equals)};
}

std::optional<param_place> place_of(const draft& d) {
    if (auto place = unfinished(d)) return place;
    const auto& events = d.events();
    for (auto e = events.rbegin(); e != events.rend(); ++e) {
        if (e->kind != event_kind::param_name) continue;
        const std::size_t equals = skip_white(d.value(), e->end);
        if (equals >= d.value().size() || d.value()[equals] != '=') {
            if (d.kind() != field_kind::challenges) return std::nullopt;
            continue;  // `realm=Smith, Jones & Co`: "&" is no name
        }
        param_place place{*e, std::nullopt, skip_white(d.value(), equals + 1)};
        if (e != events.rbegin()) place.value = *std::prev(e);
        return place;
    }
    return std::nullopt;
}

/// Whether the error is in the value of the parameter, or right behind it.
bool error_is_at(const draft& d, const param_place& p) noexcept {
    if (!p.value) return true;
    return d.why().offset <= skip_white(d.value(), p.value->end + (p.value->quoted ? std::size_t{1} : std::size_t{0}));
}

/// Whether a parameter or another challenge is at `at`.
bool element_at(const draft& d, std::size_t at) noexcept {
    return param_at(d.value(), at) || (d.kind() == field_kind::challenges && scheme_at(d.value(), at));
}

/// Whether a value can end at `at`: as an element, or with the comma forgotten.
bool value_ends_at(const draft& d, std::size_t at) noexcept {
    const std::string_view v = d.value();
    if (element_ends_at(v, at)) return true;
    const std::size_t next = skip_white(v, at);
    if (v[next] == ';') {
        return skip_white(v, next + 1) == v.size() || element_at(d, skip_white(v, next + 1));
    }
    return next > at && element_at(d, next);
}

/// The quotes are some that only look like them.
void add_quote_likes(const draft& d, const param_place& p, std::vector<candidate>& out) {
    const std::string_view v = d.value();
    const std::size_t opening = quote_like_at(v, p.begin);
    const bool real = p.begin < v.size() && v[p.begin] == '"';
    if (opening == 0 && !real) return;
    const std::size_t inner = p.begin + (real ? 1 : opening);
    for (std::size_t at = inner; at < v.size(); ++at) {
        const std::size_t like = real && v[at] == '\\' ? 0 : quote_like_at(v, at);
        const std::size_t closing = like != 0 ? like : !real && v[at] == '"' ? 1 : 0;
        if (closing == 0 || !value_ends_at(d, at + closing)) continue;
        const bool escaped = v[at] == '\\' || v[p.begin] == '\\';
        const std::size_t shown = real ? at : p.begin;
        candidate c = d.named(escaped ? "escaped-quotes" : "not-ascii-quotes", shown, shown + quote_like_at(v, shown),
                              escaped ? words("the quotes around ", d.param_name(p.name), " have backslashes")
                                      : words("the quotes around ", d.param_name(p.name), " are not ASCII quotes"),
                              "Write the ASCII character \" (22 hexadecimal) on both sides.", quoted_section);
        c.change = edit{p.begin, at + closing, quoted(v.substr(inner, at - inner))};
        out.push_back(std::move(c));
        return;
    }
}

void add_apostrophes(const draft& d, const param_place& p, std::vector<candidate>& out) {
    const std::string_view v = d.value();
    if (p.begin >= v.size() || v[p.begin] != '\'') return;
    for (std::size_t at = p.begin + 1; at < v.size(); ++at) {
        if (v[at] != '\'' || !value_ends_at(d, at + 1)) continue;
        candidate c = d.named("apostrophes-as-quotes", p.begin, p.begin + 1,
                              words(d.param_name(p.name), " is in apostrophes, which are not quotes in HTTP"),
                              "Write \" on both sides.", quoted_section);
        c.change = edit{p.begin, at + 1, quoted(v.substr(p.begin + 1, at - p.begin - 1))};
        out.push_back(std::move(c));
        return;
    }
}

/// How many elements `list` has, if all of them are values that the parameter of a scheme may have; else 0. Linear.
std::size_t count_values(const schemes::parameter_description* param, std::string_view list) {
    if (param == nullptr || param->values.begin() == param->values.end()) return 0;
    std::size_t count = 0;
    bool all = true;
    detail::for_each_list_element(list, [&](std::string_view element) {
        ++count;
        all = all && std::any_of(param->values.begin(), param->values.end(),
                                 [&](std::string_view each) { return detail::equal_ignoring_case(each, element); });
    });
    return all ? count : 0;
}

/// Whether `list` has several elements, and all of them are such values.
bool is_list_of_values(const schemes::parameter_description* param, std::string_view list) {
    return count_values(param, list) > 1;
}

const schemes::parameter_description* described(const draft& d, const event& name) {
    for (const schemes::scheme_description& s : schemes::all_schemes()) {
        const bool own =
            d.kind() == field_kind::info || detail::equal_ignoring_case(s.name, d.scheme_before(name.begin));
        if (!own) continue;
        if (const auto* p = schemes::find_parameter(s, d.kind(), d.text(name))) return p;
    }
    return nullptr;
}

/// "realm is a URI and is not quoted".
std::string not_quoted(const draft& d, const std::string& name, std::string_view bare, std::string_view refused) {
    const auto is = [&](std::string_view nature) { return words(name, " is ", nature, " and is not quoted"); };
    if (bare.find("://") != std::string_view::npos) return is("a URI");
    const std::size_t dot = bare.rfind('.');
    if (dot != std::string_view::npos && bare.find('@') < dot) return is("an e-mail address");
    if (bare.find_first_of(" \t") != std::string_view::npos) return words(name, " has spaces and is not quoted");
    if (bare.find(',') != std::string_view::npos) return is("a list");
    if (is_secret(d.name()) || has_non_ascii(refused)) {
        return words(name, " has characters that are allowed only in quotes");
    }
    return words(name, " has \"", refused, "\", which is allowed only in quotes");
}

/// `qop=auth,auth-int, nonce="x"` in a challenge: the second value was read as a scheme.
void add_list(const draft& d, const param_place& p, std::vector<candidate>& out) {
    const schemes::parameter_description* param = described(d, p.name);
    std::size_t end = 0;
    std::size_t count = 1;
    std::size_t last = p.begin;  // the last element that is a value begins here
    for (const event& e : d.events()) {
        if (e.kind != event_kind::scheme || e.begin <= p.begin) continue;
        const std::size_t more = count_values(param, d.slice(last, e.end));
        if (more == 0) break;
        count += more - 1;
        if (count > 1) end = e.end;
        last = e.begin;
    }
    if (end == 0) return;
    candidate c =
        d.named("list-not-quoted", p.begin, end,
                words(d.param_name(p.name), " is a list and is not quoted, so its second value is read as a scheme"),
                "Put the value in quotes.", quoted_section);
    c.change = edit{p.begin, end, quoted(d.slice(p.begin, end))};
    out.push_back(std::move(c));
}

/// A bare value that has to be quoted, or a list of which one value was to be chosen.
void add_bare(const draft& d, const param_place& p, std::vector<candidate>& out) {
    const std::string_view v = d.value();
    const std::size_t at = d.why().offset;
    if (p.begin >= v.size() || v[p.begin] == ',') return;
    std::size_t end = std::max(at, p.begin);
    const auto separates = [&](std::size_t i) { return i < v.size() && (v[i] == ',' || is_white(v[i])); };
    // Of several commas and white space the first is the end, or none is.
    while ((separates(end) && separates(end - 1)) || !value_ends_at(d, end)) ++end;
    end = skip_white_back(v, end);
    if (end <= p.begin) return;
    std::string_view bare = v.substr(p.begin, end - p.begin);
    if (d.kind() == field_kind::challenges && !error_is_at(d, p) && bare.find_first_of("=\"") != std::string_view::npos)
        return;
    const std::string name = d.param_name(p.name);
    if (is_list_of_values(described(d, p.name), bare)) {
        candidate c = d.named("list-for-one-value", p.begin, end, words(name, " lists several values"),
                              "Send the one value that was chosen, without quotes.", param_section);
        c.change = edit{p.begin, end, std::string(bare.substr(0, token_end(bare, 0)))};
        out.push_back(std::move(c));
        return;
    }
    std::string with_commas(bare);
    std::replace(with_commas.begin(), with_commas.end(), ';', ',');
    if (is_list_of_values(described(d, p.name), with_commas)) {
        candidate c = d.named("list-with-semicolons", p.begin, end,
                              words("the values in ", name, " are separated by semicolons, and not quoted"),
                              "Separate them with commas, and put them in quotes.", quoted_section);
        if (d.kind() == field_kind::challenges) c.change = edit{p.begin, end, quoted(with_commas)};
        out.push_back(std::move(c));
        return;
    }
    if (bare.find('"') == bare.size() - 1) {
        candidate c = d.named("quote-missing", p.begin, p.begin, words("the opening quote of ", name, " is missing"),
                              "Write \" on both sides.", quoted_section);
        bare.remove_suffix(1);
        c.change = edit{p.begin, end, quoted(bare)};
        out.push_back(std::move(c));
        return;
    }
    candidate c = d.named("value-not-quoted", p.begin, end, not_quoted(d, name, bare, v.substr(at, 1)),
                          "Put the value in quotes.", "RFC 9110, 5.6.2");
    if (!is_token(bare)) c.change = edit{p.begin, end, quoted(bare)};
    if (c.change) out.push_back(std::move(c));
}

/// Whether only words were read behind the value that are no schemes: `realm=Smith, Jones & Co`.
bool only_words_follow(const draft& d, const event& value) {
    const auto is_word = [&](const event& e) {
        return e.begin <= value.begin || e.kind == event_kind::challenge_begin || e.kind == event_kind::challenge_end ||
               e.kind == event_kind::param_name ||
               (e.kind == event_kind::scheme && schemes::find_scheme(d.text(e)) == nullptr);
    };
    return std::all_of(d.events().begin(), d.events().end(), is_word);
}

/// Backslashes before quotes are tried at so many places at most, the last ones, behind which the least is left to read: for each
/// the value is read to its end.
constexpr std::size_t most_escaping = 16;

/// The places of a quoted value in which quotes and backslashes go wrong. `p.begin` is at the opening quote.
void add_inside_quotes(const draft& d, const param_place& p, std::vector<candidate>& out) {
    const std::string_view v = d.value();
    const std::string name = d.param_name(p.name);
    const std::size_t inner = p.begin + 1;
    const std::size_t closing = p.value ? p.value->end : v.size();
    std::vector<std::size_t> escaping;  // the closing quote, maybe
    for (std::size_t i = inner; i + 1 < v.size() && i < closing; ++i) {
        if (v[i] != '\\') continue;
        if (v[i + 1] == '"' && element_ends_at(v, i + 2)) escaping.push_back(i);
        ++i;
    }
    for (std::size_t n = std::max(escaping.size(), most_escaping) - most_escaping; n < escaping.size(); ++n) {
        const std::size_t i = escaping[n];
        candidate c = d.named("backslash-before-quote", i, i + 2,
                              words("the backslash before the closing quote of ", name, " escapes it"),
                              "Write \\\\ for a backslash inside quotes.", quoted_section);
        c.change = edit{i, i, "\\"};
        out.push_back(std::move(c));
    }
    for (std::size_t i = inner; i < closing; ++i) {
        if (v[i] != ',') continue;
        const std::size_t next = skip_white(v, i + 1);
        if (!param_at(v, next)) continue;
        if (p.value && token_end(v, next) + 1 < skip_white_back(v, closing)) continue;
        candidate c = d.named("quote-missing", i, i + 1, words("the closing quote of ", name, " is missing"),
                              "Write \" on both sides.", quoted_section);
        c.change = edit{i, i, "\""};
        out.push_back(std::move(c));
        break;
    }
    if (!p.value) {
        const std::size_t end = skip_white_back(v, v.size());
        candidate c = d.named("quote-missing", v.size(), v.size(), words("the closing quote of ", name, " is missing"),
                              "Write \" on both sides.", quoted_section);
        c.change = edit{end, v.size(), "\""};
        out.push_back(std::move(c));
        return;
    }
    for (std::size_t i = closing + 1; i < v.size(); ++i) {
        if (v[i] != '"' || !value_ends_at(d, i + 1)) continue;
        const bool doubled = closing == inner && i > inner + 1 && v[i - 1] == '"';
        const bool superfluous = i == closing + 1;
        candidate c =
            doubled || superfluous
                ? d.named("quotes-doubled", closing, closing + 1, words("the quotes of ", name, " are doubled"),
                          "Write \" once on each side.", quoted_section)
                : d.named("quote-not-escaped", closing, closing + 1,
                          words("the quote at byte ", std::to_string(d.origin(closing)), " ends the value of ", name),
                          "Write \\\" for a quote inside quotes.", quoted_section);
        if (doubled) {
            c.change = edit{p.begin, i + 1, quoted(v.substr(inner + 1, i - inner - 2), true)};
        } else {
            c.change = edit{p.begin, i + 1, quoted(v.substr(inner, (superfluous ? closing : i) - inner), true)};
        }
        out.push_back(std::move(c));
        return;
    }
}

/// What people write in place of a comma; those of letters need white space behind them.
constexpr std::string_view wrong_separators[] = {"&&", "||", "&", "|", "/", "and", "or", "AND", "OR"};

/// How many bytes at `at` are one of them, with a parameter or a challenge behind it; 0 if none is.
std::size_t wrong_separator_at(const draft& d, std::size_t at) noexcept {
    const std::string_view v = d.value();
    for (const std::string_view separator : wrong_separators) {
        if (v.substr(at, separator.size()) != separator) continue;
        const std::size_t end = at + separator.size();
        const std::size_t next = skip_white(v, end);
        if (is_tchar(separator[0]) && separator[0] != '&' && separator[0] != '|' && next == end) return 0;
        if (element_at(d, next)) return separator.size();
    }
    return 0;
}

void add_separators(const draft& d, std::vector<candidate>& out) {
    const std::string_view v = d.value();
    const std::size_t at = d.why().offset;
    if (at >= v.size()) return;
    const std::size_t begin = skip_white_back(v, at);
    const auto add = [&](candidate c, edit change) {
        c.change = std::move(change);
        out.push_back(std::move(c));
    };
    const std::string_view separate = d.kind() == field_kind::challenges
                                          ? "Separate parameters and challenges with commas."
                                          : "Separate parameters with commas.";
    if (const std::size_t size = wrong_separator_at(d, at); size != 0) {
        add(d.named("wrong-separator", at, at + size, "something else is where a comma belongs", separate,
                    param_section),
            {begin, skip_white(v, at + size), ", "});
    } else if (param_at(v, at)) {
        add(d.named("comma-missing", at, token_end(v, at), "the comma between two parameters is missing",
                    "Put a comma between them.", param_section),
            {begin, at, ", "});
    } else if (scheme_at(v, at) && d.kind() == field_kind::challenges) {
        add(d.named("comma-missing", at, token_end(v, at), "the comma between two challenges is missing",
                    "Put a comma between them.", "RFC 9110, 11.3"),
            {begin, at, ", "});
    } else if (const std::size_t next = skip_white(v, at + 1);
               v[at] == ';' && (next == v.size() || element_at(d, next))) {
        add(d.named("semicolon", at, at + 1, "a semicolon is where a comma belongs", separate, param_section),
            {begin, next, next == v.size() ? "" : ", "});
    }
}

/// `realm: "x"`, as in JSON.
void add_colon(const draft& d, std::vector<candidate>& out) {
    const std::string_view v = d.value();
    const std::size_t at = d.why().offset;
    if (at >= v.size() || v[at] != ':') return;
    const std::size_t end = skip_white_back(v, at);
    const std::size_t next = skip_white(v, at + 1);
    if (token_begin(v, end) == end || next >= v.size() || v[next] != '"') return;
    candidate c = d.named("colon-for-equals", at, at + 1, "a colon is where \"=\" belongs",
                          "Write \"=\" between the name of a parameter and its value.", param_section);
    c.change = edit{end, next, "="};
    out.push_back(std::move(c));
}

/// `realm=="x"`.
void add_equals_twice(const draft& d, std::vector<candidate>& out) {
    const std::string_view v = d.value();
    const std::size_t at = std::min(v.find_first_not_of('=', d.why().offset), v.size());
    const std::size_t begin = v.substr(0, at).find_last_not_of('=') + 1;
    if (at - begin < 2 || at == v.size() || token_begin(v, begin) == begin) return;
    if (v[at] != '"' && !is_tchar(v[at])) return;
    // Behind the padding of base64 a token may follow, but no quote.
    if (v[at] != '"' && d.kind() == field_kind::credentials) return;
    candidate c = d.named("equals-twice", begin + 1, at, "\"=\" is written twice", "Write it once.", param_section);
    c.change = edit{begin, at, "="};
    out.push_back(std::move(c));
}

/// Nothing behind "=".
void add_missing_value(const draft& d, const param_place& p, std::vector<candidate>& out) {
    const std::string_view v = d.value();
    if (p.begin < v.size() && v[p.begin] != ',') return;
    candidate c = d.named("value-missing", p.begin, p.begin, words(d.param_name(p.name), " has no value"),
                          "Write \"\" for an empty value, or leave the parameter out.", param_section);
    c.change = edit{skip_white_back(v, p.begin), p.begin, "\"\""};
    out.push_back(std::move(c));
}

}  // namespace

void add_param_without_value(const draft& d, std::vector<candidate>& out) {
    if (d.kind() != field_kind::challenges) return;
    for (const event& e : d.events()) {
        if (e.kind != event_kind::token68) continue;
        const std::string_view name = d.text(e).substr(0, d.text(e).size() - 1);
        const schemes::scheme_description* scheme = schemes::find_scheme(d.scheme_before(e.begin));
        if (scheme == nullptr || d.text(e).back() != '=') continue;
        if (schemes::find_parameter(*scheme, d.kind(), name) == nullptr) continue;
        candidate c = d.named("value-missing", e.end, e.end, words(name, " has no value"),
                              "Write \"\" for an empty value, or leave the parameter out.", param_section);
        c.change = edit{e.end, e.end, "\"\""};
        out.push_back(std::move(c));
        return;
    }
}

void add_param_candidates(const draft& d, std::vector<candidate>& out) {
    add_colon(d, out);
    add_equals_twice(d, out);
    add_param_without_value(d, out);
    const std::optional<param_place> place = place_of(d);
    if (!place) return;
    add_list(d, *place, out);
    if (error_is_at(d, *place)) add_quote_likes(d, *place, out);
    add_apostrophes(d, *place, out);
    add_separators(d, out);
    add_missing_value(d, *place, out);
    const bool in_quotes = place->begin < d.value().size() && d.value()[place->begin] == '"';
    if (in_quotes && error_is_at(d, *place)) {
        add_inside_quotes(d, *place, out);
    } else if (!in_quotes &&
               (error_is_at(d, *place) || d.kind() != field_kind::challenges || only_words_follow(d, *place->value))) {
        add_bare(d, *place, out);
    }
}

}  // namespace authgrammar::audit
