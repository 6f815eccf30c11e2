#include <authgrammar/schemes/violations.hpp>

#include <cstddef>
#include <cstdint>

#include "message_check.hpp"

namespace authgrammar::schemes {

namespace {

using code = scheme_error_code;

constexpr rule realm_is_quoted{"R9110-11.5-realm", "RFC 9110, 11.5"};

/// Reports each violation, and goes on.
struct all_violations {
    violation_sink to;

    [[nodiscard]] bool operator()(const scheme_error& e) const noexcept {
        to(e);
        return true;
    }
};

/// The form of a value that is quoted where a sender does not quote it, or the other way round.
[[nodiscard]] scheme_error check_quoting(const parameter_description& p, const text& value) noexcept {
    const bool is_realm = detail::equal_ignoring_case(p.name, "realm");
    if (!is_realm && (p.form == param_form::automatic || p.form_advised)) return {};
    const rule broken = is_realm ? realm_is_quoted : rule{"", p.section};
    const bool wants_quotes = is_realm || p.form == param_form::quoted;
    if (wants_quotes == value.quoted()) return {};
    return wants_quotes
               ? fault(code::value_not_quoted, value.begin(), broken, "a quoted-string", tolerance::none, p.name)
               : fault(code::value_quoted, value.begin() - 1, broken, "a token", tolerance::none, p.name);
}

/// Parameters that the scheme does not have, unless values() reports them, and forms that it does not want.
void check_sent(const scheme_description& s, field_kind kind, const auth_params& sent,
                const message_check<const all_violations>& check, violation_sink report) noexcept {
    const bool allowed = s.unknown_params == unknown_rule::ignored;
    const bool reported = s.unknown_params == unknown_rule::refused && kind == field_kind::credentials;
    for (const auth_param given : sent) {
        if (const parameter_description* const p = check.find(given.name); p != nullptr) {
            if (const scheme_error e = check_quoting(*p, given.value); failed(e)) report(e);
        } else if (!allowed && !reported) {
            report(fault(code::unexpected_param, given.name.begin(), {"", s.reference},
                         "a parameter that the scheme defines"));
        }
    }
}

/// That of the description as a whole; a row of realm that is required says it already.
void check_realm(const scheme_description& s, const challenge& sent, violation_sink report) noexcept {
    if (s.realm != realm_rule::required || sent.param("realm")) return;
    const parameter_description* const row = find_parameter(s, field_kind::challenges, "realm");
    if (row != nullptr && row->in_challenge == presence::required) return;
    report(fault(code::missing_param, sent.end(), {"", s.reference}, "realm", tolerance::none, "realm"));
}

/// Whether the parameters surely break nothing: each is of the scheme, in its form, and there once, and none is missing. Most
/// messages are so, and need no closer look. Linear in the value times the parameters of `s`.
bool is_kept(const scheme_description& s, field_kind kind, const auth_params& sent) noexcept {
    constexpr std::size_t most_rows = 64;
    if (s.params.size() > most_rows) return false;
    std::uint64_t seen = 0;
    const bool needs_realm = kind == field_kind::challenges && s.realm == realm_rule::required;
    bool has_realm = false;
    for (const auth_param given : sent) {
        const parameter_description* const p = find_parameter(s, kind, given.name.raw());
        if (p == nullptr) return false;
        const std::uint64_t bit = std::uint64_t{1} << (p - s.params.begin());
        tolerances used{};
        if ((seen & bit) != 0 || failed(check_described_value(*p, given.value, {}, used))) return false;
        if (failed(check_quoting(*p, given.value))) return false;
        seen |= bit;
        has_realm = has_realm || (needs_realm && p->name == "realm");
    }
    if (needs_realm && !has_realm) return false;
    for (const parameter_description& p : s.params) {
        if (p.in(kind) == presence::required && (seen >> (&p - s.params.begin()) & 1) == 0) return false;
    }
    return true;
}

/// for_each_violation() of what is_kept() is not sure of.
void report_each(const scheme_description& s, field_kind kind, const challenge& sent, violation_sink report) noexcept {
    if (const scheme_error e = check_is_of(s, kind, sent); failed(e)) return report(e);
    const content_forms& forms = forms_in(s, kind);
    const auth_params params = sent.params();
    const all_violations all{report};
    message_check check(s, kind, params, sent.end(), {}, all);
    if (const scheme_error e = check.form(sent.token68(), forms); failed(e)) return report(e);
    if (sent.token68()) return;
    if (!check.no_name_twice() || !check.values()) return;
    check_sent(s, kind, params, check, report);
    if (!forms.params || (forms.alone && params.empty())) return;
    if (check.required() && kind == field_kind::challenges) check_realm(s, sent, report);
}

void report_each(const scheme_description& s, const auth_params& sent, violation_sink report) noexcept {
    if (const scheme_error e = check_has_info(s); failed(e)) return report(e);
    const all_violations all{report};
    message_check check(s, field_kind::info, sent, end_of(sent), {}, all);
    if (!check.no_name_twice() || !check.values()) return;
    check_sent(s, field_kind::info, sent, check, report);
    static_cast<void>(check.required());
}

}  // namespace

bool for_each_violation(const scheme_description& s, field_kind kind, const challenge& sent,
                        violation_sink report) noexcept {
    const content_forms& forms = forms_in(s, kind);
    const auth_params params = sent.params();
    const bool in_form = params.empty() ? forms.token68 && sent.token68() : forms.params && is_kept(s, kind, params);
    if (in_form && sent.has_scheme(s.name)) return true;
    report_each(s, kind, sent, report);
    return false;
}

bool for_each_violation(const scheme_description& s, const auth_params& sent, violation_sink report) noexcept {
    if (!failed(check_has_info(s)) && is_kept(s, field_kind::info, sent)) return true;
    report_each(s, sent, report);
    return false;
}

}  // namespace authgrammar::schemes
