#include <authgrammar/schemes/scheme.hpp>

#include <authgrammar/detail/portability.hpp>

#include "core/ascii.hpp"
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
#include <cstdint>
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
                if (p.in(kind) != presence::absent && p.name != "realm") visit(s, kind, p);
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

/// Names are looked for among those of one class: a number less than that, which is the same whatever their case.
constexpr std::size_t name_classes = 32;

constexpr std::size_t class_of(std::string_view name) noexcept {
    const std::size_t letter = name.empty() ? 0 : static_cast<unsigned char>(name.front()) % 0x20u;
    return (name.size() + 3 * letter) % name_classes;
}

/// Bit i of a set is for row i.
using row_set = std::uint64_t;
using rows_by_class = std::array<row_set, name_classes>;

template <typename Rows>
constexpr rows_by_class classes_of(const Rows& rows) {
    rows_by_class sets{};
    for (std::size_t i = 0; i < std::size(rows); ++i) sets[class_of(rows[i].name)] |= row_set{1} << i;
    return sets;
}

constexpr rows_by_class schemes_by_class = classes_of(schemes_of_table);

/// The parameters of each scheme of the table.
constexpr auto params_by_class = [] {
    std::array<rows_by_class, std::size(schemes_of_table)> sets{};
    for (std::size_t scheme = 0; scheme < sets.size(); ++scheme)
        sets[scheme] = classes_of(schemes_of_table[scheme].params);
    return sets;
}();

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
    for (row_set rows = schemes_by_class[class_of(name)]; rows != 0; rows &= rows - 1) {
        const scheme_description& s = schemes_of_table[detail::trailing_zeros(rows)];
        if (detail::equal_ignoring_case(s.name, name)) return &s;
    }
    return nullptr;
}

const parameter_description* find_parameter(const scheme_description& s, field_kind kind,
                                            std::string_view name) noexcept {
    const std::less<> before;
    if (before(&s, schemes_of_table) || !before(&s, std::end(schemes_of_table))) return find_in_rows(s, kind, name);
    const auto number = static_cast<std::size_t>(&s - schemes_of_table);
    for (row_set rows = params_by_class[number][class_of(name)]; rows != 0; rows &= rows - 1) {
        const parameter_description& p = s.params[detail::trailing_zeros(rows)];
        if (p.in(kind) != presence::absent && detail::equal_ignoring_case(p.name, name)) return &p;
    }
    return nullptr;
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
