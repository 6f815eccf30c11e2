#include <authgrammar/audit/redaction.hpp>
#include <authgrammar/audit/slip.hpp>

#include "common/field_text.hpp"
#include "common/request_target.hpp"
#include "common/wording.hpp"
#include "values/broken_value.hpp"
#include "values/empty_value.hpp"
#include "values/value_of.hpp"
#include "why/attempt.hpp"

#include <algorithm>

// What holds for the credentials of every scheme.

namespace authgrammar::audit {

namespace {

using detail::words;

void examine_lines(const attempt& a, reason_list& out) {
    const auto& lines = a.sent->lines();
    if (lines.size() < 2) return;
    refusal_reason& r =
        out.add(a.about, cause_id::several_credentials, certainty::certain, lines[1]->name_at,
                words("the request has ", std::to_string(lines.size()), " lines of ", name_of(a.about)));
    r.related = {lines.front()->name_at};
    r.right = words("one line of ", name_of(a.about));
}

/// The first slip of the only line that makes a difference; or that the value breaks the grammar.
void examine_grammar(const attempt& a, reason_list& out) {
    const field_line& line = *a.sent->lines().front();
    if (const auto broken = broken_value_of(line)) {
        refusal_reason& r = out.add(a.about, cause_id::malformed_credentials, certainty::certain, line.name_at,
                                    broken->token ? "the token is broken into lines, and its rest is lost"
                                                  : "the value goes on in the next line, and that is lost");
        r.related = {line.odd->unread_after.at};
        r.right = "the whole value in one line";
        return;
    }
    const corrected_value better = correct(a.about, line.value.text());
    const auto slip =
        std::find_if(better.slips.begin(), better.slips.end(), [](const audit::slip& s) { return !s.same_meaning; });
    if (slip != better.slips.end()) {
        refusal_reason& r =
            out.add(a.about, slip->id == "placeholder" ? cause_id::placeholder : cause_id::malformed_credentials,
                    a.sent->valid() && slip->id != "scheme-missing" ? certainty::likely : certainty::certain,
                    span_between(line.value.source_of(slip->begin), line.value.source_of(slip->end)), slip->what);
        if (better.value) r.right = words(name_of(a.about), ": ", redacted_field(a.about, *better.value));
        return;
    }
    if (a.sent->valid()) return;
    const error& e = a.sent->error_in(edition::rfc9110_recipient);
    out.add(a.about, cause_id::malformed_credentials, certainty::certain, a.sent->source_at(e.offset),
            words("the value breaks the grammar here: ", e.expected, " is expected"));
}

/// Words that examples have in place of a token. Careless issuers hand them out, too.
bool is_from_an_example(const text& word) {
    constexpr std::string_view names[] = {"token",        "password",    "your-token", "your_token",
                                          "access_token", "accesstoken", "changeme",   "secret",
                                          "xxx",          "api_key",     "apikey"};
    return std::any_of(std::begin(names), std::end(names),
                       [&](std::string_view n) { return word.equals_ignoring_case(n); });
}

void examine_emptiness(const attempt& a, const challenge& c, reason_list& out) {
    if (const auto token = c.token68()) {
        if (names_empty_value(token->raw())) {
            out.add(a.about, cause_id::placeholder, certainty::certain, a.place_of(*token),
                    "the token is the name of an empty value");
        } else if (is_from_an_example(*token)) {
            out.add(a.about, cause_id::placeholder, certainty::likely, a.place_of(*token),
                    "the token is a word that examples have in place of a token");
        }
        return;
    }
    if (!c.params().empty() || !out.empty()) return;
    out.add(a.about, cause_id::empty_credentials, certainty::certain, a.place_of(c.scheme()),
            a.scheme() == nullptr
                ? "the value is a single word: a scheme without credentials, or a token without a scheme"
                : words("nothing follows ", a.scheme()->name));
}

void examine_form(const attempt& a, const challenge& c, reason_list& out) {
    const schemes::scheme_description* const scheme = a.scheme();
    if (scheme == nullptr || scheme->credentials.none()) return;
    const bool token = c.token68().has_value();
    const bool params = !c.params().empty();
    if ((!token || scheme->credentials.token68) && (!params || scheme->credentials.params)) return;
    out.add(a.about, cause_id::wrong_form, certainty::certain, a.place_of(c.scheme()),
            words(scheme->name, " takes ",
                  token ? "parameters, and a token follows its name" : "one token, and parameters follow its name"));
}

/// The names of the schemes in a field, each once, as they may be shown.
std::string offered(const field_reading& r) {
    std::vector<std::string> names;
    for (const challenge& c : r.parts()) {
        std::string name = shown_scheme(schemes::find_scheme(detail::unescaped(c.scheme())));
        if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(std::move(name));
        if (names.size() == 8) break;
    }
    std::string out;
    for (const std::string& name : names) {
        if (!out.empty()) out += name == names.back() ? " or " : ", ";
        out += name;
    }
    return out;
}

void examine_scheme(const attempt& a, const challenge& c, reason_list& out) {
    const field_reading* const asked = a.after != nullptr && !a.after->parts().empty() ? a.after : a.before;
    if (asked == nullptr || asked->parts().empty()) return;
    if (asked->parts().find(detail::unescaped(c.scheme()))) return;
    // What could not be read may be the challenge that is looked for.
    refusal_reason& r = out.add(
        a.about, cause_id::scheme_not_offered, asked->valid() ? certainty::certain : certainty::likely,
        a.place_of(c.scheme()),
        words("the credentials are for ", shown_scheme(a.scheme()), ", and the challenge offers ", offered(*asked)));
    r.related = {asked->lines().front()->name_at};
    r.right = words("credentials for ", offered(*asked));
}

/// Basic and the like: the challenge before was for another realm than that after.
void examine_realm(const attempt& a, const challenge& c, reason_list& out) {
    if (a.before == nullptr || a.after == nullptr || c.has_scheme("Digest")) return;
    const std::string scheme = detail::unescaped(c.scheme());
    const auto asked = a.before->parts().find(scheme);
    const auto realm = asked ? asked->param("realm") : std::nullopt;
    if (!realm) return;
    const std::string answered = detail::unescaped(realm->value);
    std::optional<auth_param> now;
    for (const challenge& again : a.after->parts()) {
        if (!again.has_scheme(scheme)) continue;
        const auto found = again.param("realm");
        if (!found || found->value.equals(answered)) return;
        if (!now) now = found;
    }
    if (!now) return;
    refusal_reason& r = out.add(a.about, cause_id::other_realm, certainty::likely, a.place(),
                                "the server asked for credentials for one realm before, and refuses them in another");
    r.related = {a.before->source(realm->value.begin(), realm->value.end()),
                 a.after->source(now->value.begin(), now->value.end())};
    r.right = words("credentials for ", shown_param("realm", now->value));
}

/// Basic: the server accepted these credentials in another realm.
void examine_accepted(const attempt& a, const challenge& c, reason_list& out) {
    if (!a.accepted || a.accepted->realm == nullptr || a.after == nullptr || !c.has_scheme("Basic")) return;
    if (a.sent->lines().size() != 1 || a.sent->lines().front()->value.text() != a.accepted->value) return;
    const auto asked = a.after->parts().find("Basic");
    const auto realm = asked ? asked->param("realm") : std::nullopt;
    if (!realm || realm->value.equals(*a.accepted->realm)) return;
    refusal_reason& r =
        out.add(a.about, cause_id::other_realm, certainty::likely, a.place(),
                "the server accepted the same credentials in another realm, and refuses them in this one");
    r.related = {a.accepted->at, a.after->source(realm->value.begin(), realm->value.end())};
    r.right = words("credentials for ", shown_param("realm", realm->value));
}

/// Whether the credentials have the realm of a Digest challenge in `better`, a corrected value: the client read the
/// challenge as it was meant, although that breaks the grammar.
bool repeats_realm(const attempt& a, field f, std::string_view better) {
    const auto sent = a.sent == nullptr ? std::nullopt : a.credentials();
    const auto realm = sent ? sent->param("realm") : std::nullopt;
    std::vector<event> events;
    if (!realm || read_events(f, better, edition::rfc9110_recipient, events).code != error_code::none) return false;
    const std::string name = detail::unescaped(realm->value);
    const challenges meant{field_value(better), events.data(), events.data() + events.size()};
    return std::any_of(meant.begin(), meant.end(), [&name](const challenge& c) {
        const auto asked = c.has_scheme("Digest") ? c.param("realm") : std::nullopt;
        return asked && asked->value.equals(name);
    });
}

/// A challenge that clients read in another way than it was meant.
void examine_challenge(const attempt& a, reason_list& out) {
    for (const field_reading* r : {a.before, a.after}) {
        if (r == nullptr || r->valid()) continue;
        for (const field_line* line : r->lines()) {
            const corrected_value better = correct(r->name(), line->value.text());
            const auto slip = std::find_if(better.slips.begin(), better.slips.end(),
                                           [](const audit::slip& s) { return !s.same_meaning; });
            if (slip == better.slips.end()) continue;
            const bool quote = slip->id == "quote-not-escaped" || slip->id == "backslash-before-quote";
            // Credentials that repeat what cannot be read cannot be read either.
            const bool repeated = quote && a.sent != nullptr && !a.sent->valid();
            const bool understood = quote && better.value && repeats_realm(a, r->name(), *better.value);
            refusal_reason& added =
                out.add(a.about, quote ? cause_id::quote_in_challenge : cause_id::challenge_unreadable,
                        repeated     ? certainty::certain
                        : understood ? certainty::possible
                                     : certainty::likely,
                        span_between(line->value.source_of(slip->begin), line->value.source_of(slip->end)), slip->what);
            added.about = r->name();
            if (better.value) added.right = words(name_of(r->name()), ": ", better.value->substr(0, 400));
            return;
        }
    }
}

/// Whether it is the way in which it was asked that made no client send credentials.
bool examine_asking(const attempt& a, reason_list& out) {
    const bool proxy = a.about == field::proxy_authorization;
    if (!proxy && detail::asks_for_tunnel(a.request->method, a.request->target)) {
        out.add(a.about, cause_id::other_status, certainty::certain, a.response.start_line,
                "the answer to CONNECT is 401, and clients wait for 407")
            .right = "407, and Proxy-Authenticate";
        return true;
    }
    if (a.request->method == "OPTIONS" && line_of(*a.request, "access-control-request-method") != nullptr) {
        out.add(a.about, cause_id::preflight, certainty::certain, a.request->start_line,
                "the request is a CORS preflight, which has no credentials");
        return true;
    }
    if (!proxy && a.dropped) {
        out.add(a.about, cause_id::dropped_at_redirect, certainty::certain, a.request->start_line,
                "the request that was redirected here had credentials, and this one has none")
            .related = {*a.dropped};
        return true;
    }
    if (a.after != nullptr && !a.after->value().empty()) return false;
    out.add(a.about, cause_id::no_challenge, certainty::certain, a.response.start_line,
            words("the response has no ", name_of(a.challenge_field()), ", and the request no ", name_of(a.about)))
        .right = words(name_of(a.challenge_field()), " with a challenge");
    return true;
}

}  // namespace

void examine_any_scheme(const attempt& a, reason_list& out) {
    if (a.sent->value().empty()) {
        out.add(a.about, cause_id::empty_credentials, certainty::certain, a.place(),
                words(name_of(a.about), " is empty"));
        return;
    }
    examine_lines(a, out);
    if (out.empty()) examine_grammar(a, out);
    const std::optional<challenge> c = a.credentials();
    // Of the other schemes no credentials depend on what the challenge says.
    const bool digest =
        c ? c->has_scheme("Digest") : detail::equal_ignoring_case(a.sent->value().substr(0, 7), "Digest ");
    if (digest) examine_challenge(a, out);
    if (!c) return;
    examine_emptiness(a, *c, out);
    examine_form(a, *c, out);
    examine_scheme(a, *c, out);
    examine_realm(a, *c, out);
    examine_accepted(a, *c, out);
}

void examine_unanswered(const attempt& a, reason_list& out) {
    const bool proxy = a.about == field::proxy_authorization;
    examine_challenge(a, out);
    if (a.request == nullptr) {
        out.add(
            a.about, cause_id::no_credentials, certainty::possible, a.response.start_line,
            words(proxy ? "the proxy" : "the server", " asks for credentials, and no response after it accepts any"));
        out.missing(
            "request",
            "The requests are missing, so it is not known which credentials were sent, if any. Use curl -v in place of "
            "curl -i.");
        return;
    }
    const bool origin_form = !a.request->target.empty() && a.request->target.front() == '/';
    if (a.other != nullptr && (proxy || origin_form)) {
        // At a proxy, Authorization may well be for the server behind it. That the proxy's are missing is certain.
        refusal_reason& r =
            out.add(a.about, cause_id::other_hop, certainty::certain, a.other->lines().front()->name_at,
                    proxy ? "the proxy asks for credentials, and the request has some in Authorization only"
                          : "the server asks for credentials, and the request has some in Proxy-Authorization only");
        r.right = proxy ? "Proxy-Authorization" : "Authorization";
        return;
    }
    if (a.lost) {
        out.add(a.about, cause_id::no_credentials, certainty::certain, *a.lost,
                "the credentials are behind the empty line that ends the header section, so they were not sent")
            .right = "no empty line before them";
        return;
    }
    if (examine_asking(a, out)) return;
    refusal_reason& r =
        out.add(a.about, cause_id::no_credentials, certainty::certain, a.request->start_line,
                words("the request has no ", name_of(a.about), ", and no request after it has one for this ",
                      proxy ? "proxy" : "server", a.earlier ? "; an earlier one had" : ""));
    if (a.earlier) r.related = {*a.earlier};
    r.right = words(
        name_of(a.about), " with credentials for ",
        a.after == nullptr || a.after->parts().empty() ? std::string("a scheme that is offered") : offered(*a.after));
}

}  // namespace authgrammar::audit
