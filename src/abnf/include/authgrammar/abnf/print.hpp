#ifndef AUTHGRAMMAR_ABNF_PRINT_HPP
#define AUTHGRAMMAR_ABNF_PRINT_HPP

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "authgrammar/abnf/automaton.hpp"

namespace authgrammar::abnf {

/// A string between quotes, in ASCII: `\t`, `\"`, `\\` and `\xNN` stand for what is not printable.
std::string quote(std::string_view text);

/// The bytes of a class as ranges: `HTAB`, `SP`, `'!' '#'-'''`, `80-FF`.
std::string describe_class(const dfa& automaton, std::size_t byte_class);

/// The automaton for people: sizes, byte classes, and a line for each state with its access string, flags and
/// transitions; transitions into the dead state are left out. Ends with a line feed.
std::string to_text(const dfa& automaton);

/// The automaton for Graphviz, the dead state left out. `name` is the graph's name.
std::string to_dot(const dfa& automaton, std::string_view name);

}  // namespace authgrammar::abnf

#endif
