#ifndef AUTHLINT_REQUIREMENTS_HPP
#define AUTHLINT_REQUIREMENTS_HPP

#include <string_view>
#include <vector>

namespace authlint {

/// A requirement of grammar/requirements.tsv. Views of the program's own text.
struct requirement {
    std::string_view id;
    std::string_view section;
    std::string_view level;  ///< "MUST", "SHOULD NOT", "ought"
    std::string_view actor;  ///< "sender", "proxy"
    std::string_view text;
};

/// All of them, in the order of the table.
[[nodiscard]] const std::vector<requirement>& all_requirements();

}  // namespace authlint

#endif
