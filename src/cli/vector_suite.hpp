#ifndef AUTHLINT_VECTOR_SUITE_HPP
#define AUTHLINT_VECTOR_SUITE_HPP

#include "vector_file.hpp"

#include <authgrammar/abnf/automaton.hpp>
#include <authgrammar/field.hpp>

#include <cstddef>
#include <iosfwd>
#include <set>
#include <string>
#include <vector>

namespace authlint {

/// Words that tell all states of a minimal automaton apart, the empty word among them: without it, a wrong
/// accepting flag of the state at the end of a string would not be seen. Chosen greedily: the shorter and then the
/// more telling word first. Throws std::runtime_error if two states are the same.
[[nodiscard]] std::vector<std::string> characterising_words(const authgrammar::abnf::dfa& automaton);

/// How much a suite is to find.
struct suite_settings {
    std::size_t extra_states = 0;  ///< how many states an implementation may have above the automaton's
    bool every_byte = false;       ///< all 256 bytes instead of one for each class
};

/// The W-method (Chow 1978): every implementation whose behaviour is that of an automaton with at most
/// automaton.states() + extra_states states, over the alphabet of the suite, is equal to the automaton if it
/// accepts the same of these strings. They are the strings to each state, then at most extra_states + 1 letters,
/// then a characterising word.
[[nodiscard]] std::set<std::string> w_method(const authgrammar::abnf::dfa& automaton, const suite_settings& settings);

/// Writes the file of vectors with the suites of all three editions for the fields of one kind, with what the
/// reference engine says of each string. `command` is put into the file as what makes it. Throws
/// std::runtime_error if the reference cannot be built, or the fields of the kind are not of one language.
void write_suite(std::ostream& out, authgrammar::field_kind kind, const suite_settings& settings,
                 const std::string& command);

}  // namespace authlint

#endif
