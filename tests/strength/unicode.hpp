#ifndef AUTHGRAMMAR_TESTS_STRENGTH_UNICODE_HPP
#define AUTHGRAMMAR_TESTS_STRENGTH_UNICODE_HPP

#include <cstddef>
#include <string>

namespace authgrammar::strength {

/// Prepares usernames and passwords of `n` characters, each reading a dump of callgrind's of its own, whose name is
/// "unicode CALL_FAMILY N". Answers what was not prepared as it should be, or nothing.
std::string count_unicode(std::size_t n);

}  // namespace authgrammar::strength

#endif
