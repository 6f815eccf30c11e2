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
        if (!r.valid()) continue;
        std::unordered_map<std::string, const event*> seen;
        word_filter filter(kind_of(r.name()));
        for (const event& e : r.events()) {
            const bool shown = filter.shows(r.value(), e) || !is_secret(r.name());
            if (e.kind == event_kind::challenge_begin) seen.clear();
            if (e.kind != event_kind::param_name) continue;
            const auto [first, is_new] = seen.try_emplace(detail::lower(r.text(e)), &e);
            if (is_new) continue;
            const span before = r.source(*first->second);
            finding& f = out.add(
                r.source(e), r.name(),
                words("parameter ", shown ? r.text(e) : redacted, " is here a second time; the first is at byte ",
                      std::to_string(before.offset), " of the input"));
            f.related = {before};
            if (kind_of(r.name()) != field_kind::challenges) f.level = severity::warning;
        }
    }
}

void check_realm(const subject& s, report& out) {
    for (const field_reading& r : s.fields) {
        if (!r.valid() || kind_of(r.name()) == field_kind::info) continue;
        const event* name = nullptr;
        for (const event& e : r.events()) {
            if (e.kind == event_kind::param_name) name = &e;
            if (e.kind != event_kind::param_value || e.quoted || !detail::equal_ignoring_case(r.text(*name), "realm"))
                continue;
            out.add(r.source(e), r.name(), "the value of realm stands without DQUOTEs");
        }
    }
}

void check_unknown_first(const subject& s, report& out) {
    for (const field_reading& r : s.fields) {
        if (!r.valid() || kind_of(r.name()) != field_kind::challenges) continue;
        std::optional<text> unknown;
        for (const challenge& c : r.parts()) {
            const std::string scheme = detail::unescaped(c.scheme());
            if (schemes::find_scheme(scheme) == nullptr) {
                if (!unknown) unknown = c.scheme();
            } else if (unknown) {
                out.add(r.source(unknown->begin(), unknown->end()), r.name(),
                        words("a scheme that clients do not know is before ", scheme));
                break;
            }
        }
    }
}

}  // namespace

const finding_rule& param_repeated() {
    static const finding_rule rule{
        "param-repeated",
        severity::error,
        {"R7235-2.1-param-once", "R9110-11.2-param-once"},
        "RFC 9110, 11.2",
        "a parameter that is named twice",
        "A parameter name stands once in a challenge, without regard to case. Recipients differ in which of two they "
        "take, so they see different challenges. In credentials and -Info fields, where only the schemes say so, it is "
        "a warning.",
        "Leave one of them out. For two realms, or two algorithms, send two challenges.",
        check_repeated};
    return rule;
}

const finding_rule& realm_as_token() {
    static const finding_rule rule{
        "realm-as-token",
        severity::warning,
        {"R7235-2.2-realm-quoted", "R9110-11.5-realm"},
        "RFC 9110, 11.5",
        "a realm without DQUOTEs",
        "A sender writes realm as a quoted-string only, for old recipients that know no other form. Recipients should "
        "read both.",
        "Put the value in DQUOTEs.",
        check_realm};
    return rule;
}

// decides: R7235-2.1-order-known-first
const finding_rule& unknown_scheme_first() {
    static const finding_rule rule{
        "unknown-scheme-first",
        severity::info,
        {"R7235-2.1-order-known-first"},
        "RFC 9110, 11.3",
        "a scheme that is not registered before one that is",
        "Many clients give up at a challenge with a scheme that they do not know, and never see the ones behind it.",
        "Put the challenges with well-known schemes, such as Basic, first, or each into a field line of its own.",
        check_unknown_first};
    return rule;
}

}  // namespace authgrammar::audit::rules
