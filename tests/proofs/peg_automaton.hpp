#ifndef AUTHGRAMMAR_TESTS_PROOFS_PEG_AUTOMATON_HPP
#define AUTHGRAMMAR_TESTS_PROOFS_PEG_AUTOMATON_HPP

#include "peg_expression.hpp"

#include <authgrammar/abnf/automaton.hpp>

#include <cstddef>

namespace authgrammar::proofs {

/// What the automaton of an expression was made from.
struct peg_figures {
    std::size_t formulas = 0;        ///< different statements about the rest of an input
    std::size_t reverse_states = 0;  ///< of the automaton that reads from the right
    std::size_t states = 0;          ///< of the one that reads from the left, in the form of `minimise`
};

/// The automaton of all values that `e`, a parsing expression, matches as a whole, as `seq<e, eof>` does.
///
/// What an expression does is said in formulas about the rest of the input. M(e, K) means: e matches a prefix of
/// the rest, and K holds for what is left after it. From right to left,
///
///     M(octets, K)   =  the rest begins with such an octet, and K holds behind it
///     M(success, K)  =  K
///     M(failure, K)  =  false
///     M(end, K)      =  the rest is empty, and K
///     M(a b, K)      =  M(a, M(b, K))
///     M(a / b, K)    =  M(a, K), or not M(a, true) and M(b, K)
///     M(a*, K)       =  X, where X = M(a, X), or not M(a, true) and K
///     M(!a, K)       =  not M(a, true), and K
///
/// which is PEGTL's behaviour, rule by rule: `true` stands for "whatever follows", so M(a, true) says that a matches
/// here, and a choice that has taken a never comes back to b. Reading a value from its end, the truth of every
/// formula follows from that of those behind one octet: the vector of these is a state of a deterministic automaton
/// that reads from the right. Turned round and determinised once more, it reads from the left.
///
/// Throws std::logic_error if a star repeats what may match nothing: PEGTL would not come back from it.
abnf::dfa automaton_of(const expression& e, peg_figures* figures = nullptr);

}  // namespace authgrammar::proofs

#endif
