// Slips in what follows the scheme as one word: a token68, most often base64.

#include "common/field_text.hpp"
#include "common/wording.hpp"
#include "values/slip_draft.hpp"

#include <authgrammar/schemes/scheme.hpp>

#include <algorithm>

namespace authgrammar::audit {

namespace {

using detail::equal_ignoring_case;

constexpr std::string_view two_credentials_fix =
    "This field carries a single value: send those for this server, and those for a proxy in Proxy-Authorization.";

/// Where the word after the last scheme begins: the error is in it or behind it.
struct token_place {
    std::size_t scheme_begin;
    std::string_view scheme;
    std::size_t begin;
};

std::optional<token_place> place_of(const draft& d) {
    std::optional<token_place> place;
    for (const event& e : d.events()) {
        if (e.kind == event_kind::scheme) place = token_place{e.begin, d.text(e), skip_white(d.value(), e.end)};
    }
    return place;
}

/// `Basic "Staff"`, a challenge of a scheme that has parameters only. What is in brackets is not corrected: it may be an
/// example that nobody filled in. Answers whether it is one.
bool add_nameless(const draft& d, const token_place& p, std::string_view inner, bool brackets,
                  std::vector<candidate>& out) {
    const schemes::scheme_description* scheme = schemes::find_scheme(p.scheme);
    if (scheme == nullptr || scheme->challenge.token68 || !scheme->challenge.params) return false;
    candidate c = d.named("name-missing", p.begin, d.value().size(), "the value has no name",
                          "Write a parameter: a name, \"=\" and the value, such as realm=\"x\".", "RFC 9110, 11.2");
    if (!brackets && scheme->realm == schemes::realm_rule::required && inner.find('"') == std::string_view::npos) {
        c.change = edit{p.begin, d.value().size(), "realm=" + quoted(inner)};
    }
    out.push_back(std::move(c));
    return true;
}

/// The token in quotes, or in the brackets of somebody's example.
void add_wrapped(const draft& d, const token_place& p, std::vector<candidate>& out) {
    const std::string_view rest = d.value().substr(p.begin);
    if (rest.size() < 3) return;
    const bool quotes = (rest.front() == '"' && rest.back() == '"') || (rest.front() == '\'' && rest.back() == '\'');
    const bool brackets = (rest.front() == '<' && rest.back() == '>') || (rest.front() == '[' && rest.back() == ']') ||
                          (rest.front() == '{' && rest.back() == '}');
    std::string_view inner = rest.substr(1, rest.size() - 2);
    if (const std::size_t opening = quote_like_at(rest, 0); opening != 0) {
        std::size_t closing = opening;
        while (quote_like_at(rest, closing) != rest.size() - closing) ++closing;
        if (closing == rest.size()) return;
        inner = rest.substr(opening, closing - opening);
    } else if (!quotes && !brackets) {
        return;
    }
    if (d.kind() == field_kind::challenges && add_nameless(d, p, inner, brackets, out)) return;
    if (!is_token68(inner)) return;
    candidate c = d.named("token-in-quotes", p.begin, p.begin + 1,
                          brackets ? "the token is in brackets" : "the token is in quotes",
                          "Send the token without them.", "RFC 9110, 11.2");
    c.change = edit{p.begin, d.value().size(), std::string(inner)};
    out.push_back(std::move(c));
}

void add_not_encoded(const draft& d, const token_place& p, std::vector<candidate>& out) {
    const std::string_view rest = d.value().substr(p.begin);
    const std::size_t colon = rest.find(':');
    if (!equal_ignoring_case(p.scheme, "Basic") || colon == std::string_view::npos) return;
    candidate c = d.named("basic-not-encoded", p.begin, p.begin + 1, "user-id and password are not encoded",
                          "Send the base64 of user-id, colon and password.", "RFC 7617, 2");
    c.change = edit{p.begin, d.value().size(), base64_of(rest)};
    out.push_back(std::move(c));
}

/// Base64 with white space in it: it was broken into lines, and the field line folded.
void add_broken(const draft& d, const token_place& p, std::vector<candidate>& out) {
    const std::string_view rest = d.value().substr(p.begin);
    std::string joined(rest);
    joined.erase(std::remove_if(joined.begin(), joined.end(), is_white), joined.end());
    if (joined.size() == rest.size() || !is_token68(joined)) return;
    const std::size_t second = skip_white(d.value(), token_end(d.value(), p.begin));
    if (scheme_at(d.value(), second)) {
        out.push_back(d.named("two-credentials", second, token_end(d.value(), second),
                              "two credentials are in one value", two_credentials_fix, "RFC 9110, 11.4"));
        return;
    }
    const bool basic = equal_ignoring_case(p.scheme, "Basic");
    const bool base64 = basic ? is_basic_base64(joined) : joined.size() % 4 == 0 && joined.size() >= 32;
    const std::size_t at = p.begin + rest.find_first_of(" \t");
    candidate c =
        d.named("base64-in-pieces", at, skip_white(d.value(), at),
                base64 ? "white space inside the base64: it was broken into lines" : "white space inside the token",
                basic && !base64 ? "Send the base64 of user-id, colon and password in one piece."
                                 : "Send it in one piece, without white space and line breaks.",
                basic ? "RFC 7617, 2" : "RFC 9110, 11.2");
    if (base64) c.change = edit{p.begin, d.value().size(), std::move(joined)};
    out.push_back(std::move(c));
}

void add_after_padding(const draft& d, const token_place& p, std::vector<candidate>& out) {
    const std::string_view v = d.value();
    const std::size_t padding = v.find('=', p.begin);
    if (padding == std::string_view::npos || !is_token68(v.substr(p.begin, padding - p.begin))) return;
    const std::size_t end = v.find_first_not_of('=', padding);
    if (end == std::string_view::npos || v[end] == ',') return;
    const std::string_view base64 = v.substr(p.begin, padding - p.begin);
    const bool basic = is_basic_base64(base64);
    if (!basic && d.why().code != error_code::invalid_token68) return;
    candidate c = d.named("after-padding", skip_white(v, end), v.size(), "something follows the padding of the base64",
                          "End the value with the base64 and its padding.", "RFC 9110, 11.2");
    if (basic) c.change = edit{padding, v.size(), std::string((4 - base64.size() % 4) % 4, '=')};
    out.push_back(std::move(c));
}

/// What is wrong with a comma after credentials.
void add_second(const draft& d, const token_place& p, std::vector<candidate>& out) {
    if (d.why().code != error_code::second_credentials) return;
    const std::string_view v = d.value();
    const std::size_t comma = d.why().offset;
    std::size_t next = comma;
    while (next < v.size() && (v[next] == ',' || is_white(v[next]))) ++next;
    const std::string_view first = v.substr(p.scheme_begin, skip_white_back(v, comma) - p.scheme_begin);
    const std::string_view token = v.substr(p.begin, skip_white_back(v, comma) - p.begin);
    candidate c;
    if (next == v.size()) {
        c = d.named("comma-after-credentials", comma, comma + 1, "a comma follows the credentials", "Leave it out.",
                    "RFC 9110, 11.4");
        c.change = edit{skip_white_back(v, comma), v.size(), ""};
    } else if (v.substr(next) == first || v.substr(next) == token) {
        c = d.named("credentials-twice", next, v.size(), "the same credentials are in the value twice",
                    "This field carries a single value: send the credentials once.", "RFC 9110, 11.4");
        c.change = edit{skip_white_back(v, comma), v.size(), ""};
    } else if (scheme_at(v, next)) {
        c = d.named("two-credentials", next, token_end(v, next), "two credentials are in one value",
                    two_credentials_fix, "RFC 9110, 11.4");
    } else {
        c = d.named("list-after-token", comma, comma + 1, "a comma and more text follow the token",
                    "Send the scheme, one space and the token, and nothing else.", "RFC 9110, 11.4");
        if (equal_ignoring_case(p.scheme, "Basic") && is_basic_base64(token)) {
            c.change = edit{skip_white_back(v, comma), v.size(), ""};
        }
    }
    out.push_back(std::move(c));
}

/// The token with each percent-encoding decoded; empty if that is no token.
std::string percent_decoded(std::string_view token) {
    std::string out;
    for (std::size_t i = 0; i < token.size(); ++i) {
        const bool encoded = token[i] == '%' && i + 2 < token.size();
        const int high = encoded ? detail::hex_value(token[i + 1]) : -1;
        const int low = encoded ? detail::hex_value(token[i + 2]) : -1;
        if (high >= 0 && low >= 0) i += 2;
        out += high >= 0 && low >= 0 ? static_cast<char>(high * 16 + low) : token[i];
    }
    return is_token68(out) ? out : std::string();
}

/// `${TOKEN}`, `{{token}}`, `$TOKEN`, `%TOKEN%`, `[object Object]`.
bool is_placeholder(std::string_view text) {
    const auto is_in = [text](std::string_view begin, std::string_view end) {
        return text.size() > begin.size() + end.size() && text.substr(0, begin.size()) == begin &&
               text.substr(text.size() - end.size()) == end;
    };
    return is_in("${", "}") || is_in("$(", ")") || is_in("{{", "}}") || is_in("%", "%") || is_in("[object ", "]") ||
           (is_in("$", "") && is_token(text));
}

void add_wrong_character(const draft& d, const token_place& p, std::vector<candidate>& out) {
    const std::string_view rest = d.value().substr(p.begin);
    std::size_t at = 0;
    while (at < rest.size() && is_token68(rest.substr(at, 1))) ++at;
    if (is_placeholder(rest)) {
        out.push_back(d.named("placeholder", p.begin, d.value().size(), "a placeholder was not replaced by a token",
                              "Set the variable, or quote it so that it is replaced, before the request is sent.",
                              "RFC 9110, 11.4"));
        return;
    }
    if (at == rest.size() || std::string_view("=\", \t").find(rest[at]) != std::string_view::npos) return;
    if (const std::string decoded = percent_decoded(rest); !decoded.empty()) {
        candidate c = d.named("percent-encoded", p.begin + at, p.begin + at + 3, "the token is percent-encoded",
                              "Send the token as it was issued. Percent-encoding is for URIs.", "RFC 9110, 11.2");
        c.change = edit{p.begin, d.value().size(), decoded};
        out.push_back(std::move(c));
        return;
    }
    const bool ascii = static_cast<unsigned char>(rest[at]) < 0x80;
    const bool known = schemes::find_scheme(p.scheme) != nullptr;
    out.push_back(d.named(
        "wrong-character-in-token", p.begin + at, p.begin + at + 1,
        ascii ? "the token has a character that tokens cannot contain" : "a character outside ASCII is in the token",
        known ? "Send the token as it was issued: letters, digits and -._~+/, and = at its end only."
              : "A token has letters, digits and -._~+/, and = at its end only. If the scheme defines its "
                "credentials in another way, send them so, but programs that follow the grammar of HTTP "
                "cannot read them.",
        "RFC 9110, 11.2"));
}

}  // namespace

void add_token_candidates(const draft& d, std::vector<candidate>& out) {
    const std::optional<token_place> place = place_of(d);
    if (!place) return;
    // Nothing of this is sure once parameters were read.
    const bool in_params = std::any_of(d.events().begin(), d.events().end(), [&](const event& e) {
        return e.begin >= place->begin && e.kind == event_kind::param_value;
    });
    if (d.kind() != field_kind::credentials) {
        if (!in_params) add_wrapped(d, *place, out);
        return;
    }
    add_after_padding(d, *place, out);
    if (in_params) return;
    add_wrapped(d, *place, out);
    add_second(d, *place, out);
    add_not_encoded(d, *place, out);
    add_broken(d, *place, out);
    add_wrong_character(d, *place, out);
}

}  // namespace authgrammar::audit
