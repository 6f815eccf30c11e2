#ifndef AUTHGRAMMAR_TESTS_STRENGTH_CALLS_HPP
#define AUTHGRAMMAR_TESTS_STRENGTH_CALLS_HPP

#include <cstddef>
#include <string>

namespace authgrammar::strength {

/// Makes each public call on a value of `n` units of each shape, each reading a dump of callgrind's of its own, whose
/// name is "calls CALL_SHAPE N". Answers what did not do what it should, or nothing.
std::string count_calls(std::size_t n);

/// Looks for a repeated name among `n`: that differ, "calls names_differing N" is the dump; that differ and have one hash,
/// names_colliding; and of which each is there twice, names_repeated.
std::string count_names(std::size_t n);

}  // namespace authgrammar::strength

#endif
