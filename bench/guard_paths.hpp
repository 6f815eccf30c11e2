#ifndef AUTHGRAMMAR_BENCH_GUARD_PATHS_HPP
#define AUTHGRAMMAR_BENCH_GUARD_PATHS_HPP

#include "path.hpp"

#include <memory>
#include <vector>

namespace authgrammar::bench {

/// "<isa>/guard", from the field value to a request that is let in: conversation::exchange with Basic, of which the host has
/// compared the password. None if authgrammar::conversation is not built.
std::vector<std::unique_ptr<path>> guard_paths();

}  // namespace authgrammar::bench

#endif
