#ifndef AUTHGRAMMAR_ABNF_LABELS_HPP
#define AUTHGRAMMAR_ABNF_LABELS_HPP

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "authgrammar/abnf/automaton.hpp"
#include "authgrammar/abnf/error.hpp"
#include "authgrammar/abnf/events.hpp"
#include "authgrammar/abnf/rules.hpp"

namespace authgrammar::abnf {

/// A nondeterministic automaton that gives a role to every byte that it reads: the transducer from values to
/// their meaning. A value may have many accepting paths (derivations differ in who owns a comma); that they all
/// carry the same roles is what `find_conflict` proves. Every state can be reached and can reach acceptance.
struct labelled_automaton {
    struct edge {
        std::bitset<256> bytes;
        role label;
        std::uint32_t target;
    };
    struct state {
        bool accepting = false;
        std::vector<edge> edges;  ///< at most one for each label and target
    };
    std::vector<state> states;
    std::uint32_t start = 0;
};

/// The labelled automaton of a non-recursive rule of a resolved set; states that behave the same are merged.
/// Errors as for `make_dfa`. The start is kept even if the language is empty.
result<labelled_automaton> make_labelled(const rule_set& rules, std::string_view rule);

/// One that reads `text` and calls every byte `label`.
labelled_automaton labelled_text(std::string_view text, role label);

/// Reads a value of `a` and then one of `b`.
labelled_automaton concatenate(const labelled_automaton& a, const labelled_automaton& b);

/// The same automaton with each label replaced, by `{label -> to[label]}`: for example one value role for
/// tokens, quoted text and DQUOTEs.
labelled_automaton relabel(const labelled_automaton& a, const std::vector<role>& to);

/// The language without the labels, minimal. An error if it has more than 2^12 states.
result<dfa> make_dfa(const labelled_automaton& a);

/// A value that both automata accept, with different roles for one byte at least.
struct label_conflict {
    std::string witness;     ///< a shortest one
    std::size_t offset = 0;  ///< the first byte at which the roles differ
    role first;
    role second;
};

/// Searches the pairs of states that some string reaches in both. None proves that no string has two
/// readings: with `a` and `b` the same, that the meaning of every value is unique. If `pairs` is given, the
/// number of pairs searched is stored there (a pair before and after a difference counts twice).
std::optional<label_conflict> find_conflict(const labelled_automaton& a, const labelled_automaton& b,
                                            std::size_t* pairs = nullptr);

/// Reads values with a labelled automaton, with the subset construction on demand. Not for several threads at
/// once: subsets are remembered from one value to the next.
class label_reader {
public:
    explicit label_reader(labelled_automaton automaton);

    /// The roles along one accepting path; none if the value is not accepted. Time is linear in the value; memory
    /// is five bytes for each of its bytes, beside the subsets, of which the fields have less than a hundred.
    std::optional<std::vector<role>> read(std::string_view value);

private:
    std::uint32_t intern(std::vector<std::uint32_t> subset);
    std::uint32_t step(std::uint32_t subset, unsigned char byte);

    labelled_automaton automaton_;
    std::map<std::vector<std::uint32_t>, std::uint32_t> index_;
    std::vector<std::vector<std::uint32_t>> subsets_;
    std::vector<std::vector<std::uint32_t>> successors_;  ///< 256 for each subset, `unknown` where not computed yet
};

}  // namespace authgrammar::abnf

#endif
