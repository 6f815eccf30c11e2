#ifndef AUTHGRAMMAR_SCHEMES_DESCRIBED_VALUE_HPP
#define AUTHGRAMMAR_SCHEMES_DESCRIBED_VALUE_HPP

#include <authgrammar/schemes/error.hpp>
#include <authgrammar/schemes/scheme.hpp>
#include <authgrammar/text.hpp>

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

/// Whether a value is what `p` says of it. If not, the error is written to `why`, which else stays as it is. What it needed
/// of `allowed` is added to `used`. Linear.
[[nodiscard]] bool is_described_value(const parameter_description& p, const text& value, tolerances allowed,
                                      tolerances& used, scheme_error& why) noexcept;

}  // namespace authgrammar::schemes

#endif
