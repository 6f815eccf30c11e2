#ifndef AUTHGRAMMAR_ABNF_W_METHOD_HPP
#define AUTHGRAMMAR_ABNF_W_METHOD_HPP

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "authgrammar/abnf/automaton.hpp"

namespace authgrammar::abnf {

/// Words that tell all states of a minimal automaton apart, the empty word among them: without it, a wrong
/// accepting flag of the state at the end of a string would not be seen. Chosen greedily: the shorter and then the
/// more telling word first. Throws std::runtime_error if two states are the same.
std::vector<std::string> characterising_words(const dfa& automaton);

/// How much a suite is to find.
struct suite_settings {
    std::size_t extra_states = 0;  ///< how many states an implementation may have above the automaton's
    bool every_byte = false;       ///< all 256 bytes instead of one for each class
};

/// The W-method (Chow 1978): every implementation whose behaviour is that of an automaton with at most
/// automaton.states() + extra_states states, over the alphabet of the suite, is equal to the automaton if it
/// accepts the same of these strings. They are a shortest string to each state, then at most extra_states + 1
/// letters, then a characterising word. Calls `visit` for each, for some of them more than once. Throws
/// std::runtime_error if the automaton is not minimal: a state that no string reaches, or two that are the same.
void for_each_suite_word(const dfa& automaton, const suite_settings& settings,
                         const std::function<void(const std::string&)>& visit);

}  // namespace authgrammar::abnf

#endif
