#ifndef AUTHLINT_NEAR_NAMES_HPP
#define AUTHLINT_NEAR_NAMES_HPP

#include <string>
#include <string_view>
#include <vector>

namespace authlint {

/// Whether both name the same thing: ASCII case does not matter, nor "-" for "_".
[[nodiscard]] bool is_same_name(std::string_view a, std::string_view b) noexcept;

/// An unknown name as a complaint repeats it: its first 64 bytes, and "..." if there are more.
[[nodiscard]] std::string cut_name(std::string_view name);

/// "; did you mean a, b?" with those of `names` that are spelled much like `name`; empty if none is.
[[nodiscard]] std::string near_names(std::string_view name, const std::vector<std::string>& names);

}  // namespace authlint

#endif
