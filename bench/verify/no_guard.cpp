#include "../guard_paths.hpp"

namespace authgrammar::bench {

std::vector<std::unique_ptr<path>> guard_paths() { return {}; }

}  // namespace authgrammar::bench
