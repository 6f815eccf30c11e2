#include "values/compute/composed.hpp"

namespace authgrammar::audit {

std::optional<std::string> composed(std::string_view) { return std::nullopt; }

}  // namespace authgrammar::audit
