#ifndef AUTHLINT_KNOWN_NAMES_HPP
#define AUTHLINT_KNOWN_NAMES_HPP

#include <string>
#include <vector>

namespace authlint {

/// The names of the six fields.
[[nodiscard]] std::vector<std::string> known_fields();

/// The names of the schemes of the table.
[[nodiscard]] std::vector<std::string> known_schemes();

}  // namespace authlint

#endif
