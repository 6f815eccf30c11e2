#include <authgrammar/audit/redaction.hpp>
#include <authgrammar/schemes/scheme.hpp>

#include "common/field_text.hpp"
#include "common/wording.hpp"
#include "rules/rules.hpp"

#include <optional>
#include <unordered_map>

namespace authgrammar::audit::rules {

namespace {

using detail::words;

void check_repeated(const subject& s, report& out) {
    for (const field_reading& r : s.fields) {
        if (!r.valid() && !r.recovered()) continue;
        std::unordered_map<std::string, const event*> seen;
        word_filter filter(kind_of(r.name()));
        for (const event& e : r.events()) {
            const bool shown = filter.shows(r.value(), e) || !is_secret(r.name());
            if (e.kind == event_kind::challenge_begin) seen.clear();
            if (e.kind != event_kind::param_name) continue;
            const auto [first, is_new] = seen.try_emplace(detail::lower(r.text(e)), &e);
            if (is_new) continue;
            const span before = r.source(*first->second);
            finding& f =
                out.add(r.source(e), r.name(),
                        words("the parameter ", shown ? r.text(e) : redacted, " is repeated; the first one is at byte ",
                              std::to_string(before.offset), " of the input"));
            f.related = {before};
            if (kind_of(r.name()) != field_kind::challenges) f.level = severity::warning;
        }
    }
}

void check_realm(const subject& s, report& out) {
    for (const field_reading& r : s.fields) {
        if ((!r.valid() && !r.recovered()) || kind_of(r.name()) == field_kind::info) continue;
        const event* name = nullptr;
        for (const event& e : r.events()) {
            if (e.kind == event_kind::param_name) name = &e;
            if (e.kind != event_kind::param_value || e.quoted || !detail::equal_ignoring_case(r.text(*name), "realm"))
                continue;
            out.add(r.source(e), r.name(), "realm is not quoted");
        }
    }
}

void check_unknown_first(const subject& s, report& out) {
    for (const field_reading& r : s.fields) {
        if ((!r.valid() && !r.recovered()) || kind_of(r.name()) != field_kind::challenges) continue;
        std::optional<text> unknown;
        for (const challenge& c : r.parts()) {
            const std::string scheme = detail::unescaped(c.scheme());
            if (schemes::find_scheme(scheme) == nullptr) {
                if (!unknown) unknown = c.scheme();
            } else if (unknown) {
                out.add(r.source(unknown->begin(), unknown->end()), r.name(),
                        words("a scheme that few clients know comes before ", scheme));
                break;
            }
        }
    }
}

}  // namespace

const finding_rule& param_repeated() {
    static const finding_rule rule = [] {
        finding_rule r;
        r.id = "param-repeated";
        r.level = severity::error;
        r.category = rule_category::grammar;
        r.requirements = {"R7235-2.1-param-once", "R9110-11.2-param-once"};
        r.section = "RFC 9110, 11.2";
        r.title = "a repeated parameter";
        r.explanation =
            "A challenge must not repeat a parameter, in whatever case its name is written. Recipients differ in which "
            "one they use, so they see different challenges. In credentials and -Info fields only the schemes say so, "
            "and it is a warning.";
        r.peers =
            "Some take the first, some the last, some reject the challenge. A proxy that checks one of them does not "
            "see the other.";
        r.fix = "Remove one of them. To offer two realms or two algorithms, send two challenges.";
        r.varies = "A warning in credentials and in -Info fields, where only the schemes forbid it.";
        r.cwe = 436;
        r.violating =
            "HTTP/1.1 401 Unauthorized\n"
            "WWW-Authenticate: Basic realm=\"files\", realm=\"mail\"\n"
            "\n";
        r.conforming =
            "HTTP/1.1 401 Unauthorized\n"
            "WWW-Authenticate: Basic realm=\"files\", Basic realm=\"mail\"\n"
            "\n";
        r.check = check_repeated;
        return r;
    }();
    return rule;
}

const finding_rule& realm_as_token() {
    static const finding_rule rule = [] {
        finding_rule r;
        r.id = "realm-as-token";
        r.level = severity::warning;
        r.category = rule_category::grammar;
        r.requirements = {"R7235-2.2-realm-quoted", "R9110-11.5-realm"};
        r.section = "RFC 9110, 11.5";
        r.title = "a realm without quotes";
        r.explanation = "Senders must quote realm, for historical reasons. Recipients may have to accept both forms.";
        r.peers = "Current clients accept it. Old ones show no realm, or reject the challenge.";
        r.fix = "Put the value in quotes.";
        r.violating =
            "HTTP/1.1 401 Unauthorized\n"
            "WWW-Authenticate: Basic realm=files\n"
            "\n";
        r.conforming =
            "HTTP/1.1 401 Unauthorized\n"
            "WWW-Authenticate: Basic realm=\"files\"\n"
            "\n";
        r.check = check_realm;
        return r;
    }();
    return rule;
}

// decides: R7235-2.1-order-known-first
const finding_rule& unknown_scheme_first() {
    static const finding_rule rule = [] {
        finding_rule r;
        r.id = "unknown-scheme-first";
        r.level = severity::info;
        r.category = rule_category::scheme;
        r.requirements = {"R7235-2.1-order-known-first"};
        r.section = "RFC 9110, 11.3";
        r.title = "an unregistered scheme before a registered one";
        r.explanation =
            "Many clients give up at the first challenge whose scheme they do not know, and never see the ones after "
            "it.";
        r.peers = "Clients that look at the first challenge only do not log in.";
        r.fix =
            "Put challenges with well-known schemes, such as Basic, first, or send each challenge in its own field "
            "line.";
        r.violating =
            "HTTP/1.1 401 Unauthorized\n"
            "WWW-Authenticate: Newauth realm=\"files\", Basic realm=\"files\"\n"
            "\n";
        r.conforming =
            "HTTP/1.1 401 Unauthorized\n"
            "WWW-Authenticate: Basic realm=\"files\", Newauth realm=\"files\"\n"
            "\n";
        r.check = check_unknown_first;
        return r;
    }();
    return rule;
}

}  // namespace authgrammar::audit::rules
