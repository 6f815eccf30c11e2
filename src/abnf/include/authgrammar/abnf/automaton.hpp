#ifndef AUTHGRAMMAR_ABNF_AUTOMATON_HPP
#define AUTHGRAMMAR_ABNF_AUTOMATON_HPP

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "authgrammar/abnf/error.hpp"
#include "authgrammar/abnf/rules.hpp"

namespace authgrammar::abnf {

/// A complete deterministic automaton over the 256 bytes, the dead state included. A plain table, so that
/// anyone may fill one in: `class_of` maps every byte to a class below `classes`, and row s of `next` has the
/// successors of state s. `well_formed` checks one that was filled in by hand.
struct dfa {
    std::array<std::uint16_t, 256> class_of{};
    std::size_t classes = 0;
    std::vector<std::uint32_t> next;  ///< states() * classes entries
    std::vector<bool> accepting;      ///< one for each state
    std::uint32_t start = 0;

    /// The number of states, the dead one included.
    std::size_t states() const noexcept { return accepting.size(); }

    /// The successor of a state at a byte.
    std::uint32_t step(std::uint32_t state, unsigned char byte) const { return next[state * classes + class_of[byte]]; }
};

/// True if the sizes fit together and all entries are in range, with at least one state and class.
bool well_formed(const dfa& automaton);

/// The minimal automaton of a non-recursive rule of a resolved set, in the canonical form of `minimise`.
/// Errors: no such rule; the rule is recursive (the message names the cycle's rule); a bound is exceeded
/// (2^16 states before, 2^12 after determinisation).
result<dfa> make_dfa(const rule_set& rules, std::string_view rule);

/// The smallest automaton of the same language, in canonical form: states are numbered in the order of their
/// access strings (shortest first, then by the smallest byte of each class), and so are classes by their
/// smallest byte. Two automata have the same language if and only if their minimal forms are equal, member by
/// member. Bytes that no state tells apart share a class. Quadratic in the states.
dfa minimise(const dfa& automaton);

/// Whether the value is in the language. Linear.
bool accepts(const dfa& automaton, std::string_view value);

/// For each state, whether some string leads from it to acceptance.
std::vector<bool> live_states(const dfa& automaton);

/// Length of the longest prefix of the value that leads to a live state: the error offset, if the value is not
/// accepted. `live` is what `live_states` returns.
std::size_t viable_prefix(const dfa& automaton, const std::vector<bool>& live, std::string_view value);

/// The byte that stands for each class in access strings and witnesses: `a` if it is in the class, else the
/// first visible character, else the first byte.
std::vector<unsigned char> class_representatives(const dfa& automaton);

/// A shortest string that leads to each state; none if the state cannot be reached.
std::vector<std::optional<std::string>> access_strings(const dfa& automaton);

/// A shortest string of the language; none if it is empty.
std::optional<std::string> shortest_word(const dfa& automaton);

}  // namespace authgrammar::abnf

#endif
