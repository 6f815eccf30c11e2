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

// A name is looked up by a key of its size, its first letter and its last one, in either case. The factors are such that
// every name has a key of its own, in the table and in each scheme and kind of field, so one comparison is enough.
constexpr std::size_t keys = 64;

constexpr std::size_t key_of(std::string_view name) noexcept {
    if (name.empty()) return 0;
    const auto letter = [](char c) { return static_cast<std::size_t>(static_cast<unsigned char>(c) % 0x20u); };
    return (name.size() + 5 * letter(name.front()) + 20 * letter(name.back())) % keys;
}

/// The rows of a table by their keys: the number of the row and one more, or 0 for none.
struct rows_by_key {
    std::array<std::uint8_t, keys> rows{};
    bool one_each = true;  ///< no two rows have one key

    constexpr void add(std::string_view name, std::size_t row) {
        std::uint8_t& place = rows[key_of(name)];
        one_each = one_each && place == 0;
        place = static_cast<std::uint8_t>(row + 1);
    }
};

constexpr rows_by_key schemes_by_key = [] {
    rows_by_key made;
    for (std::size_t i = 0; i < std::size(schemes_of_table); ++i) made.add(schemes_of_table[i].name, i);
    return made;
}();
static_assert(schemes_by_key.one_each, "Two schemes have one key: choose other factors in key_of().");

/// The parameters of each scheme of the table, by kind of field.
constexpr auto params_by_key = [] {
    std::array<std::array<rows_by_key, std::size(kinds)>, std::size(schemes_of_table)> made{};
    for (std::size_t scheme = 0; scheme < made.size(); ++scheme) {
        const row_list<parameter_description>& params = schemes_of_table[scheme].params;
        for (std::size_t i = 0; i < params.size(); ++i) {
            for (const field_kind kind : kinds) {
                if (params[i].in(kind) == presence::absent) continue;
                made[scheme][static_cast<std::size_t>(kind)].add(params[i].name, i);
            }
        }
    }
    return made;
}();
static_assert(
    [] {
        for (const auto& scheme : params_by_key) {
            for (const rows_by_key& kind : scheme) {
                if (!kind.one_each) return false;
            }
        }
        return true;
    }(),
    "Two parameters of one scheme have one key: choose other factors in key_of().");

AUTHGRAMMAR_NOINLINE bool is_in_other_case(std::string_view name, std::string_view known) noexcept {
    return detail::equal_ignoring_case(name, known);
}

/// Whether a name is the one of its key. Most that are have its case too.
bool is_name(std::string_view name, std::string_view known) noexcept {
    if (name.size() != known.size()) return false;
    return detail::same_octets(name.data(), known.data(), name.size()) || is_in_other_case(name, known);
}

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
    const std::size_t row = schemes_by_key.rows[key_of(name)];
    if (row == 0) return nullptr;
    const scheme_description& s = schemes_of_table[row - 1];
    return is_name(name, s.name) ? &s : nullptr;
}

const parameter_description* find_parameter(const scheme_description& s, field_kind kind,
                                            std::string_view name) noexcept {
    const std::less<> before;
    if (before(&s, schemes_of_table) || !before(&s, std::end(schemes_of_table))) return find_in_rows(s, kind, name);
    const auto number = static_cast<std::size_t>(&s - schemes_of_table);
    const std::size_t row = params_by_key[number][static_cast<std::size_t>(kind)].rows[key_of(name)];
    if (row == 0) return nullptr;
    const parameter_description& p = s.params[row - 1];
    return is_name(name, p.name) ? &p : nullptr;
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
