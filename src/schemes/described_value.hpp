#ifndef AUTHGRAMMAR_SCHEMES_DESCRIBED_VALUE_HPP
#define AUTHGRAMMAR_SCHEMES_DESCRIBED_VALUE_HPP

#include <authgrammar/schemes/error.hpp>
#include <authgrammar/schemes/scheme.hpp>
#include <authgrammar/text.hpp>

#include <cstddef>
#include <string_view>

namespace authgrammar::schemes {

/// Whether the values of a parameter are those of a set. In a list they are not checked: each element would have to be.
[[nodiscard]] constexpr bool has_closed_set(const parameter_description& p) noexcept {
    return !p.values.empty() && !p.values_open && p.syntax != value_syntax::token_list;
}

/// Whether a description says nothing of the value that is_described_value() could check. What is not true is false, unless
/// the values are in a set.
[[nodiscard]] constexpr bool takes_any_value(const parameter_description& p) noexcept {
    const bool any =
        p.syntax == value_syntax::any || p.syntax == value_syntax::other || p.syntax == value_syntax::boolean;
    return any && !has_closed_set(p);
}

/// realm is quoted whatever its row says (RFC 9110, 11.5).
[[nodiscard]] constexpr bool is_realm(const parameter_description& p) noexcept {
    constexpr std::string_view realm = "realm";
    if (p.name.size() != realm.size()) return false;
    for (std::size_t i = 0; i < realm.size(); ++i) {
        if ((p.name[i] | 0x20) != realm[i]) return false;
    }
    return true;
}

/// Whether a sender quotes the value, or leaves the quotes away.
[[nodiscard]] constexpr bool is_in_form(const parameter_description& p, bool quoted) noexcept {
    if (is_realm(p)) return quoted;
    return p.form == param_form::automatic || p.form_advised || quoted == (p.form == param_form::quoted);
}

/// Whether a value is what `p` says of it. If not, the error is written to `why`, which else stays as it is. What it needed
/// of `allowed` is added to `used`. Linear.
[[nodiscard]] bool is_described_value(const parameter_description& p, const text& value, tolerances allowed,
                                      tolerances& used, scheme_error& why) noexcept;

/// Whether a value in one line, given with its backslashes, is surely what `p` says, as most values are. False also if that
/// takes the closer look of is_described_value(). Linear.
[[nodiscard]] bool is_surely_described(const parameter_description& p, std::string_view raw) noexcept;

}  // namespace authgrammar::schemes

#endif
