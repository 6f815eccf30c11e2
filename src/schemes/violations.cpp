#include <authgrammar/schemes/violations.hpp>

#include <array>
#include <cstddef>
#include <limits>

#include "core/internals.hpp"
#include "message_check.hpp"
#include "rows_in_field.hpp"

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
    if (is_in_form(p, value.quoted())) return {};
    const rule broken = is_realm(p) ? realm_is_quoted : rule{"", p.section};
    return value.quoted()
               ? fault(code::value_quoted, value.begin() - 1, broken, "a token", tolerance::none, p.name)
               : fault(code::value_not_quoted, value.begin(), broken, "a quoted-string", tolerance::none, p.name);
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

/// is_described_value() for a sender. Apart, since most values are surely described.
AUTHGRAMMAR_NOINLINE bool is_described(const parameter_description& p, const text& value) noexcept {
    tolerances used{};
    scheme_error why{};
    return is_described_value(p, value, {}, used, why);
}

using found_rows = row_list<const parameter_description*>;

/// Whether the parameters surely break nothing: the scheme is one of the table, the parameters are in one line, each is of the
/// scheme, in its form and there once, and none is missing. `found` are the rows of `sent`. Most messages are like that and need
/// no closer look. Linear.
bool is_kept(const scheme_description& s, field_kind kind, const auth_params& sent, found_rows found) noexcept {
    const rows_in_field* const rows = find_rows(s, kind);
    const field_value& in = detail::internals::value(sent);
    if (rows == nullptr || found.size() != sent.size() || in.line_count() != 1) return false;
    row_set seen = 0;
    // The events are enough: a view of each parameter costs more than the rest of this function.
    const event* at = detail::internals::first(sent) + 1;
    for (const parameter_description* const p : found) {
        if (p == nullptr) return false;
        const row_set bit = row_set{1} << (p - s.params.begin());
        if ((bit & (seen | (at->quoted ? rows->not_quoted : rows->not_bare))) != 0) return false;
        if ((bit & rows->with_values) != 0) {
            const text value(in, at->begin, at->end, at->quoted);
            if (!is_surely_described(*p, value.raw()) && !is_described(*p, value)) return false;
        }
        seen |= bit;
        at += 2;
    }
    return (rows->required & ~seen) == 0;
}

/// Calls `visit(rows)` with the rows of the parameters. If there are more of them than a scheme can have, is_kept() is false
/// whatever they are, and `visit` gets no rows.
template <typename Visit>
bool with_rows(const scheme_description& s, field_kind kind, const auth_params& sent, Visit&& visit) noexcept {
    std::array<const parameter_description*, std::numeric_limits<row_set>::digits> rows;
    if (sent.size() > rows.size()) return visit(found_rows());
    std::size_t count = 0;
    const field_value& in = detail::internals::value(sent);
    for (const event* e = detail::internals::first(sent); e != detail::internals::last(sent); e += 2) {
        rows[count++] = find_parameter(s, kind, text(in, e->begin, e->end, e->quoted).raw());
    }
    return visit(found_rows(rows.data(), count));
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

bool for_each_violation(const scheme_description& s, field_kind kind, const challenge& sent, found_rows rows,
                        violation_sink report) noexcept {
    const content_forms& forms = forms_in(s, kind);
    const auth_params params = sent.params();
    const bool in_form =
        params.empty() ? forms.token68 && sent.token68() : forms.params && is_kept(s, kind, params, rows);
    if (in_form && sent.has_scheme(s.name)) return true;
    report_each(s, kind, sent, report);
    return false;
}

bool for_each_violation(const scheme_description& s, field_kind kind, const challenge& sent,
                        violation_sink report) noexcept {
    return with_rows(s, kind, sent.params(),
                     [&](found_rows rows) { return for_each_violation(s, kind, sent, rows, report); });
}

bool for_each_violation(const scheme_description& s, const auth_params& sent, violation_sink report) noexcept {
    const auto kept = [&](found_rows rows) { return is_kept(s, field_kind::info, sent, rows); };
    if (!failed(check_has_info(s)) && with_rows(s, field_kind::info, sent, kept)) return true;
    report_each(s, sent, report);
    return false;
}

}  // namespace authgrammar::schemes
