#include <authgrammar/schemes/scheme.hpp>

#include <authgrammar/detail/portability.hpp>

#include "core/ascii.hpp"
#include "described_value.hpp"
#include "rows_in_field.hpp"
#include "schemes/table/basic.hpp"
#include "schemes/table/connections.hpp"
#include "schemes/table/digest.hpp"
#include "schemes/table/key_proofs.hpp"
#include "schemes/table/mutual.hpp"
#include "schemes/table/oauth2.hpp"
#include "schemes/table/scram.hpp"
#include "schemes/table/signed_requests.hpp"

#include <array>
#include <cstddef>
#include <functional>
#include <iterator>

namespace authgrammar::schemes {

namespace {

// decides: R7235-5.1-registry
// As the registry has them, which sorts without regard to case; then those that are not registered.
constexpr scheme_description schemes_of_table[]{
    table::basic,         table::bearer, table::concealed, table::digest, table::dpop,          table::gnap,
    table::hoba,          table::mutual, table::negotiate, table::oauth,  table::private_token, table::scram_sha_1,
    table::scram_sha_256, table::vapid,  table::ntlm,      table::aws4,
};

constexpr field_kind kinds[]{field_kind::challenges, field_kind::credentials, field_kind::info};

/// Calls `visit(scheme, kind, parameter)` for each parameter that a scheme wants written in one form.
template <typename Visit>
constexpr void for_each_quoting(Visit&& visit) {
    for (const scheme_description& s : schemes_of_table) {
        for (const parameter_description& p : s.params) {
            if (p.form == param_form::automatic) continue;
            for (const field_kind kind : kinds) {
                if (p.in(kind) != presence::absent && !is_realm(p)) visit(s, kind, p);
            }
        }
    }
}

constexpr std::size_t count_quotings() {
    std::size_t count = 0;
    for_each_quoting([&](const scheme_description&, field_kind, const parameter_description&) { ++count; });
    return count;
}

constexpr auto quotings = [] {
    std::array<quoting, count_quotings()> lines{};
    std::size_t i = 0;
    for_each_quoting([&](const scheme_description& s, field_kind kind, const parameter_description& p) {
        lines[i++] = {s.name, kind, p.name, p.form};
    });
    return lines;
}();

constexpr std::array<row_set, name_classes> schemes_by_class = [] {
    std::array<row_set, name_classes> sets{};
    for (std::size_t i = 0; i < std::size(schemes_of_table); ++i) {
        sets[class_of(schemes_of_table[i].name)] |= row_set{1} << i;
    }
    return sets;
}();

constexpr rows_in_field rows_of(const scheme_description& s, field_kind kind) {
    rows_in_field rows;
    for (std::size_t i = 0; i < s.params.size(); ++i) {
        const parameter_description& p = s.params[i];
        const row_set bit = row_set{1} << i;
        if (p.in(kind) == presence::absent) continue;
        const bool realm = is_realm(p) && kind == field_kind::challenges && s.realm == realm_rule::required;
        rows.by_class[class_of(p.name)] |= bit;
        if (p.in(kind) == presence::required || realm) rows.required |= bit;
        if (!is_in_form(p, true)) rows.not_quoted |= bit;
        if (!is_in_form(p, false)) rows.not_bare |= bit;
        if (!takes_any_value(p)) rows.with_values |= bit;
    }
    return rows;
}

constexpr auto rows_of_table = [] {
    std::array<std::array<rows_in_field, std::size(kinds)>, std::size(schemes_of_table)> rows{};
    for (std::size_t scheme = 0; scheme < rows.size(); ++scheme) {
        for (const field_kind kind : kinds) {
            rows[scheme][static_cast<std::size_t>(kind)] = rows_of(schemes_of_table[scheme], kind);
        }
    }
    return rows;
}();

constexpr bool has_realm_row(const scheme_description& s) {
    for (const parameter_description& p : s.params) {
        if (is_realm(p) && p.in_challenge != presence::absent) return true;
    }
    return false;
}

static_assert(
    [] {
        for (const scheme_description& s : schemes_of_table) {
            if (s.realm == realm_rule::required && !has_realm_row(s)) return false;
            for (const parameter_description& p : s.params) {
                if (is_realm(p) && p.form == param_form::token) return false;
            }
        }
        return true;
    }(),
    "realm is quoted, and a scheme that wants it has a row for it");

/// Of a description that is not one of the table. Apart, so that other searches save no registers.
AUTHGRAMMAR_NOINLINE const parameter_description* find_in_rows(const scheme_description& s, field_kind kind,
                                                               std::string_view name) noexcept {
    for (const parameter_description& p : s.params) {
        if (p.in(kind) != presence::absent && detail::equal_ignoring_case(p.name, name)) return &p;
    }
    return nullptr;
}

/// Whether a parameter of that name in the challenges of some scheme is one that is asked for.
template <typename Predicate>
bool some_scheme_has(std::string_view param, Predicate&& wanted) noexcept {
    for (const scheme_description& s : schemes_of_table) {
        const parameter_description* p = find_parameter(s, field_kind::challenges, param);
        if (p != nullptr && wanted(*p)) return true;
    }
    return false;
}

}  // namespace

row_list<scheme_description> all_schemes() noexcept { return schemes_of_table; }

const scheme_description* find_scheme(std::string_view name) noexcept {
    return find_row(all_schemes(), schemes_by_class[class_of(name)], name);
}

const rows_in_field* find_rows(const scheme_description& s, field_kind kind) noexcept {
    const std::less<> before;
    if (before(&s, schemes_of_table) || !before(&s, std::end(schemes_of_table))) return nullptr;
    return &rows_of_table[static_cast<std::size_t>(&s - schemes_of_table)][static_cast<std::size_t>(kind)];
}

const parameter_description* find_parameter(const scheme_description& s, field_kind kind,
                                            std::string_view name) noexcept {
    const rows_in_field* const rows = find_rows(s, kind);
    return rows == nullptr ? find_in_rows(s, kind, name) : find_row(s.params, rows->by_class[class_of(name)], name);
}

bool changes_with_each_challenge(std::string_view scheme, std::string_view param) noexcept {
    const scheme_description* s = find_scheme(scheme);
    const parameter_description* p = s == nullptr ? nullptr : find_parameter(*s, field_kind::challenges, param);
    if (p != nullptr) return p->changing;
    return some_scheme_has(param, [](const parameter_description& other) { return other.changing; });
}

bool says_nonce_is_stale(std::string_view scheme, std::string_view param) noexcept {
    const auto renews = [](const parameter_description& p) { return p.renews; };
    const scheme_description* s = find_scheme(scheme);
    if (s == nullptr) return some_scheme_has(param, renews);
    const parameter_description* p = find_parameter(*s, field_kind::challenges, param);
    return p != nullptr && renews(*p);
}

std::optional<error_signal> find_error(const scheme_description& s, error_occasion when) noexcept {
    for (const error_signal& e : s.errors) {
        if (e.when == when) return e;
    }
    if (when != error_occasion::stale_nonce) return std::nullopt;
    for (const parameter_description& p : s.params) {
        if (p.renews && p.in_challenge != presence::absent) {
            return error_signal{when, 0, p.name, "true", "a new nonce", p.section};
        }
    }
    return std::nullopt;
}

quoting_table standard_quoting() noexcept { return {quotings.data(), quotings.size()}; }

}  // namespace authgrammar::schemes
