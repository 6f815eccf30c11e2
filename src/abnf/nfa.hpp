#ifndef AUTHGRAMMAR_ABNF_NFA_HPP
#define AUTHGRAMMAR_ABNF_NFA_HPP

#include <array>
#include <bitset>
#include <cstdint>
#include <string_view>
#include <vector>

#include "authgrammar/abnf/error.hpp"
#include "authgrammar/abnf/events.hpp"
#include "authgrammar/abnf/rules.hpp"

namespace authgrammar::abnf {

/// A state of Thompson's construction: it either consumes a byte of `bytes` and goes to `target`, or goes
/// anywhere in `epsilon` without.
struct nfa_state {
    std::vector<std::uint32_t> epsilon;
    std::bitset<256> bytes;
    std::uint32_t target = 0;
    role label = role::separator;  ///< of the consumed byte, by the chain of rules that mention it
};

struct nfa {
    std::vector<nfa_state> states;
    std::uint32_t start = 0;
    std::uint32_t accept = 0;

    /// The states that consume a byte, and `accept`, that are reachable from `from` without consuming, `from`
    /// included, ascending. The others only pass on.
    std::vector<std::uint32_t> closure(std::vector<std::uint32_t> from) const;
};

/// The automaton of a non-recursive rule, every mention of a rule replaced by a copy of it. Errors as for
/// `make_dfa`. It has nothing in common with `network` but the tree, so that the two check each other.
result<nfa> make_nfa(const rule_set& rules, std::string_view rule);

/// The coarsest partition of the bytes that no set of `sets` splits: a class for each byte, numbered by their
/// smallest bytes, and their number.
struct byte_partition {
    std::array<std::uint16_t, 256> class_of{};
    std::size_t classes = 1;
};
byte_partition partition_bytes(const std::vector<std::bitset<256>>& sets);

}  // namespace authgrammar::abnf

#endif
