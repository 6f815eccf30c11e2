#ifndef AUTHGRAMMAR_AUDIT_VALUES_EMPTY_VALUE_HPP
#define AUTHGRAMMAR_AUDIT_VALUES_EMPTY_VALUE_HPP

#include "core/ascii.hpp"

#include <algorithm>
#include <iterator>
#include <string_view>

namespace authgrammar::audit {

/// Whether the text is what programming languages make of a variable that is not set: "undefined", "null", "None", "nil" or
/// "NaN", in any case.
[[nodiscard]] inline bool names_empty_value(std::string_view text) noexcept {
    constexpr std::string_view names[] = {"undefined", "null", "none", "nil", "nan"};
    return std::any_of(std::begin(names), std::end(names),
                       [text](std::string_view name) { return detail::equal_ignoring_case(text, name); });
}

}  // namespace authgrammar::audit

#endif
