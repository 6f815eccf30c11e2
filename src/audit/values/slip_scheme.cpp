// Slips around the scheme: it is missing, there twice, or separated by the wrong thing from what follows.

#include "common/field_text.hpp"
#include "common/wording.hpp"
#include "values/slip_draft.hpp"

#include <authgrammar/schemes/scheme.hpp>

#include <algorithm>

namespace authgrammar::audit {

namespace {

using detail::equal_ignoring_case;
using detail::words;

std::string_view section_of(const draft& d) noexcept {
    return d.kind() == field_kind::challenges ? "RFC 9110, 11.3"
           : d.kind() == field_kind::info     ? "RFC 9110, 11.6.3"
                                              : "RFC 9110, 11.4";
}

/// "Authorization: Bearer x" as the value.
void add_field_name(const draft& d, std::vector<candidate>& out) {
    const std::string_view v = d.value();
    const std::size_t name = token_end(v, 0);
    const auto is_name = [&](field f) { return equal_ignoring_case(v.substr(0, name), name_of(f)); };
    if (!v.empty() && (v[0] == ':' || v[0] == '=')) {
        candidate c = d.named("colon-before-value", 0, 1, words("the value begins with \"", v.substr(0, 1), "\""),
                              "Leave it out.", section_of(d));
        c.change = edit{0, skip_white(v, 1), ""};
        out.push_back(std::move(c));
        return;
    }
    if (std::none_of(all_fields.begin(), all_fields.end(), is_name)) return;
    std::size_t end = skip_white(v, name);
    const bool colon = end < v.size() && v[end] == ':';
    if (colon) end = skip_white(v, end + 1);
    if (!colon && !scheme_at(v, end)) return;
    const bool is_own = is_name(d.name());
    candidate c =
        d.named("field-name-in-value", 0, name,
                is_own ? "the value begins with a field name" : "the value begins with the name of another field",
                is_own ? "Leave the field name out of the value: whatever sends the field adds it."
                       : "Send the value in the field that it is for.",
                "RFC 9110, 5.1");
    if (is_own) c.change = edit{0, end, ""};
    out.push_back(std::move(c));
}

/// The whole value in quotes, as code has a string: "Bearer x".
void add_quotes_around_value(const draft& d, std::vector<candidate>& out) {
    const std::string_view v = d.value();
    if (v.size() < 2 || (v.front() != '"' && v.front() != '\'') || v.back() != v.front()) return;
    std::string inner(v.substr(1, v.size() - 2));
    if (v.front() == '"') {
        for (std::size_t at = inner.find("\\\""); at != std::string::npos; at = inner.find("\\\"", at + 1)) {
            inner.erase(at, 1);
        }
    }
    candidate c = d.named("quotes-around-value", 0, 1,
                          v.front() == '"' ? "the whole value is in quotes" : "the whole value is in apostrophes",
                          "Send the value without them.", section_of(d));
    c.change = edit{0, v.size(), std::move(inner)};
    out.push_back(std::move(c));
}

/// The name of the one scheme that has all the parameters which begin at `at`; empty if it is none or several.
std::string_view scheme_of_params(const draft& d, std::size_t at) {
    std::vector<std::string_view> names;
    const std::string_view v = d.value();
    while (param_at(v, at)) {
        const std::size_t end = token_end(v, at);
        names.push_back(v.substr(at, end - at));
        at = end;
        bool in_quotes = false;
        for (; at < v.size() && (in_quotes || v[at] != ','); ++at) {
            if (in_quotes && v[at] == '\\') {
                ++at;
            } else if (v[at] == '"') {
                in_quotes = !in_quotes;
            }
        }
        while (at < v.size() && (v[at] == ',' || is_white(v[at]))) ++at;
    }
    std::string_view only;
    for (const schemes::scheme_description& s : schemes::all_schemes()) {
        const auto has = [&](std::string_view name) { return find_parameter(s, d.kind(), name) != nullptr; };
        if (names.empty() || !std::all_of(names.begin(), names.end(), has)) continue;
        if (!only.empty()) return {};
        only = s.name;
    }
    return only;
}

/// ":" , "=" or "," between a known scheme and what follows it.
void add_separators(const draft& d, std::vector<candidate>& out) {
    const std::string_view v = d.value();
    const std::size_t at = d.why().offset;
    if (at >= v.size()) return;
    const std::size_t begin = token_begin(v, at);
    const bool scheme = schemes::find_scheme(v.substr(begin, at - begin)) != nullptr;
    constexpr std::string_view fix = "Put a space, and nothing else, between the scheme and what follows it.";
    if (scheme && (v[at] == ':' || v[at] == '=' || v[at] == ',' || v[at] == ';')) {
        const std::string_view what = v[at] == ':'   ? "a colon follows the scheme"
                                      : v[at] == '=' ? "\"=\" follows the scheme"
                                      : v[at] == ',' ? "a comma follows the scheme"
                                                     : "a semicolon follows the scheme";
        const std::string_view id = v[at] == ',' ? "comma-after-scheme" : "wrong-separator-after-scheme";
        candidate c = d.named(id, at, at + 1, std::string(what), fix, section_of(d));
        c.change = edit{at, skip_white(v, at + 1), " "};
        out.push_back(std::move(c));
    }
    if (scheme && v[at] == '\t') {
        candidate c = d.named("tab-after-scheme", at, at + 1, "a tab follows the scheme",
                              "Put a space, and no tab, after the scheme.", section_of(d));
        c.change = edit{at, skip_white(v, at), " "};
        out.push_back(std::move(c));
    }
    // In a list of challenges the comma is seen only at the "=" of what was meant to be the first parameter.
    if (d.kind() != field_kind::challenges || v[skip_white(v, at)] != '=' || d.events().size() < 2) return;
    const std::size_t comma = v.rfind(',', begin);
    const std::string_view first = v.substr(0, comma);
    const std::size_t before = skip_white_back(first, first.size());
    const event* last = nullptr;
    for (const event& e : d.events()) {
        if (e.kind == event_kind::scheme && e.end == before) last = &e;
    }
    if (last == nullptr) return;
    if (schemes::find_scheme(d.text(*last)) != nullptr) {
        candidate c = d.named("comma-after-scheme", comma, comma + 1, "a comma follows the scheme", fix, section_of(d));
        c.change = edit{before, begin, " "};
        out.push_back(std::move(c));
    } else {
        out.push_back(d.named("value-missing", last->begin, last->end,
                              words("the parameter ", d.text(*last), " has no value"),
                              "Write \"=\" and a value after the name, or leave the name out.", "RFC 9110, 11.2"));
    }
}

/// "Basic Basic x".
void add_scheme_twice(const draft& d, std::vector<candidate>& out) {
    const std::string_view v = d.value();
    for (const event& e : d.events()) {
        if (e.kind != event_kind::scheme) continue;
        const std::size_t second = skip_white(v, e.end);
        const std::size_t end = token_end(v, second);
        const std::string_view word = v.substr(second, end - second);
        if (word.empty() || end >= v.size() || d.why().offset > skip_white(v, end)) continue;
        if (equal_ignoring_case(word, d.text(e))) {
            candidate c =
                d.named("scheme-twice", second, end, "the scheme is written twice", "Write it once.", section_of(d));
            c.change = edit{second, skip_white(v, end), ""};
            out.push_back(std::move(c));
        } else if (is_white(v[end]) && schemes::find_scheme(word) != nullptr && d.kind() == field_kind::challenges) {
            candidate c = d.named("comma-missing", second, end, "the comma between two challenges is missing",
                                  "Put a comma between them.", section_of(d));
            c.change = edit{e.end, second, ", "};
            out.push_back(std::move(c));
        } else if (is_white(v[end]) && schemes::find_scheme(word) != nullptr) {
            out.push_back(d.named("two-schemes", second, end, "two different schemes are before the credentials",
                                  "Leave out the one that does not belong to them.", section_of(d)));
        }
    }
}

void add_tab(const draft& d, std::vector<candidate>& out) {
    const std::string_view v = d.value();
    for (const event& e : d.events()) {
        if (e.kind != event_kind::scheme) continue;
        const std::size_t end = skip_white(v, e.end);
        if (d.why().offset > end || d.why().offset < e.end) continue;
        if (v.substr(e.end, end - e.end).find('\t') == std::string_view::npos) continue;
        candidate c = d.named("tab-after-scheme", e.end, end, "a tab follows the scheme",
                              "Put a space, and no tab, after the scheme.", section_of(d));
        c.change = edit{e.end, end, " "};
        out.push_back(std::move(c));
    }
}

void add_scheme_in_info(const draft& d, std::vector<candidate>& out) {
    const std::string_view v = d.value();
    const std::size_t word = token_end(v, 0);
    const std::size_t param = skip_white(v, word);
    if (d.kind() != field_kind::info || param == word || !scheme_at(v, 0)) return;
    const bool has_params = param_at(v, param);
    candidate c = d.named("scheme-in-info", 0, word, "the value begins with a scheme",
                          has_params ? "Leave it out: this field holds parameters only."
                                     : "This field holds parameters only. The last token of a scheme such as Negotiate "
                                       "belongs in WWW-Authenticate.",
                          "RFC 9110, 11.6.3");
    if (has_params) c.change = edit{0, param, ""};
    out.push_back(std::move(c));
}

/// What looks like white space in an editor, and is none in HTTP.
void add_invisible(const draft& d, std::vector<candidate>& out) {
    constexpr std::string_view all[] = {"\xC2\xA0", "\xE2\x80\x8B", "\xE2\x80\xAF", "\xEF\xBB\xBF", "\xA0"};
    const std::string_view v = d.value();
    const std::size_t at = d.why().offset;
    for (const std::string_view one : all) {
        if (v.substr(std::min(at, v.size()), one.size()) != one) continue;
        candidate c =
            d.named("invisible-character", at, at + one.size(),
                    "an invisible character, such as a no-break space, which HTTP does not treat as white space",
                    "Write an ASCII space (20 hexadecimal), or nothing.", "RFC 9110, 5.6.3");
        c.change = edit{at, at + one.size(), " "};
        out.push_back(std::move(c));
        return;
    }
}

/// What is no list of challenges, and no credentials, but something else altogether. What was meant is not known.
void add_other_text(const draft& d, std::vector<candidate>& out) {
    const std::string_view v = d.value();
    const std::string_view what = v.substr(0, 8) == "[object " ? "a JavaScript object was turned into text"
                                  : v.substr(0, 1) == "{" || v.substr(0, 1) == "["
                                      ? "the value is JSON, or a placeholder that was not replaced"
                                  : v.substr(token_end(v, 0), 3) == "://" ? "the value is a URI"
                                                                          : "";
    if (what.empty()) return;
    out.push_back(d.named("other-text", 0, v.size(), std::string(what),
                          d.kind() == field_kind::info ? "Write parameters, separated by commas."
                          : d.kind() == field_kind::credentials
                              ? "Write a scheme, a space, and the token or the parameters."
                              : "Write a scheme, a space and parameters, such as Basic realm=\"x\".",
                          section_of(d)));
}

void add_white_around(const draft& d, std::vector<candidate>& out) {
    const std::string_view v = d.value();
    const bool leading = d.why().code == error_code::leading_whitespace;
    if (!leading && d.why().code != error_code::trailing_whitespace) return;
    const edit change{leading ? 0 : skip_white_back(v, v.size()), leading ? skip_white(v, 0) : v.size(), ""};
    candidate c = d.named("space-around-value", change.begin, change.end,
                          leading ? "white space before the value" : "white space after the value",
                          "Remove it, as a message parser does.", "RFC 9112, 5.1");
    c.found.same_meaning = true;
    c.change = change;
    out.push_back(std::move(c));
}

}  // namespace

void add_missing_scheme(const draft& d, std::vector<candidate>& out) {
    // A scheme may have a comma behind it, which says nothing.
    const std::string_view v = d.value().substr(0, d.value().find_last_not_of(" \t,") + 1);
    const std::size_t word = token_end(v, 0);
    if (word == 0 || schemes::find_scheme(v.substr(0, word)) != nullptr) return;
    const auto add = [&](std::size_t end, std::string_view what, std::string_view fix, std::optional<edit> change) {
        candidate c =
            d.named("scheme-missing", 0, end, words("the scheme is missing before ", what), fix, section_of(d));
        c.change = std::move(change);
        out.push_back(std::move(c));
    };
    constexpr std::string_view as_challenged =
        "Write the scheme and a space before it. The 401 names the scheme in WWW-Authenticate, a 407 in "
        "Proxy-Authenticate.";
    if (param_at(v, 0)) {
        const std::string_view scheme = scheme_of_params(d, 0);
        std::optional<edit> change;
        if (!scheme.empty()) change = edit{0, 0, words(scheme, " ")};
        add(word, "the parameters",
            d.kind() == field_kind::challenges ? "Write the scheme and a space before them, such as Basic realm=\"x\"."
                                               : as_challenged,
            std::move(change));
        return;
    }
    if (d.kind() != field_kind::credentials || v.find_first_of(" \t,\"") != std::string_view::npos) return;
    if (is_jwt(v)) {
        add(v.size(), "a JWT", "Write Bearer and a space before the token.",
            edit{0, d.value().size(), words("Bearer ", v)});
    } else if (is_basic_base64(v)) {
        add(v.size(), "base64 of user-id and password", "Write Basic and a space before the base64.",
            edit{0, d.value().size(), words("Basic ", v)});
    } else if (v.find(':') != std::string_view::npos && v.find(':') != 0 && v.find("://") == std::string_view::npos) {
        add(v.size(), "user-id and password, which are not encoded either",
            "Write Basic and a space, then the base64 of user-id, colon and password.",
            edit{0, d.value().size(), words("Basic ", base64_of(v))});
    } else {
        add(v.size(), "a token", as_challenged, std::nullopt);
    }
}

void add_scheme_candidates(const draft& d, std::vector<candidate>& out) {
    add_white_around(d, out);
    add_invisible(d, out);
    add_field_name(d, out);
    add_other_text(d, out);
    add_quotes_around_value(d, out);
    add_scheme_in_info(d, out);
    add_tab(d, out);
    if (d.why().code == error_code::invalid_scheme) {
        add_separators(d, out);
        if (d.why().offset <= token_end(d.value(), 0)) add_missing_scheme(d, out);
        return;
    }
    add_scheme_twice(d, out);
}

}  // namespace authgrammar::audit
