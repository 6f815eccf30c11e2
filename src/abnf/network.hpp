#ifndef AUTHGRAMMAR_ABNF_NETWORK_HPP
#define AUTHGRAMMAR_ABNF_NETWORK_HPP

#include <bitset>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "authgrammar/abnf/count.hpp"
#include "authgrammar/abnf/error.hpp"
#include "authgrammar/abnf/rules.hpp"

namespace authgrammar::abnf {

/// A place of a definition where a word may go on, and in how many ways without consuming anything between.
struct weighted {
    std::uint32_t position;
    count ways;
};

inline constexpr std::uint32_t no_rule = std::numeric_limits<std::uint32_t>::max();

/// An occurrence of a byte set or of a rule in a definition. It always consumes at least one byte: that a rule
/// may be empty is part of the ways in which its neighbours are reached.
struct network_position {
    std::bitset<256> bytes;          ///< what it consumes, if `callee` is `no_rule`
    std::uint32_t callee = no_rule;  ///< the rule that it calls
    std::uint32_t rule = no_rule;    ///< the rule that it belongs to
    std::uint32_t ordinal = 0;       ///< which mention of the callee in the rule it is, from 0 in text order
    count last;                      ///< in how many ways the rule may end here
    std::vector<weighted> follow;
    bool is_first = false;
    std::vector<std::uint32_t> before;  ///< the positions that this one follows
};

struct network_rule {
    std::string name;
    count empty;  ///< derivations of the empty string
    std::vector<weighted> first;
    std::vector<std::uint32_t> ends;  ///< the positions with `last`
    /// A rule that may call another one for the whole of its own word comes after it in `rank`.
    std::uint32_t rank = 0;
    bool cyclic = false;  ///< may call itself so: every word that is not empty has infinitely many derivations
};

/// The rules that a rule uses, each as a weighted position automaton (Glushkov) that calls the others. What can
/// derive nothing at all is left out, so that every word that begins to be consumed can be completed.
struct network {
    std::vector<network_rule> rules;  ///< the top rule is the first
    std::vector<network_position> positions;
    bool productive = false;  ///< the top rule derives something
};

/// Builds the network of `top`, whose set must be resolved. An error if a bound is exceeded: 1024 rules, 65536
/// positions, 2^20 pairs of neighbours.
result<network> make_network(const rule_set& rules, std::string_view top);

}  // namespace authgrammar::abnf

#endif
