#ifndef AUTHGRAMMAR_TESTS_PROOFS_ABNF_MUTANTS_HPP
#define AUTHGRAMMAR_TESTS_PROOFS_ABNF_MUTANTS_HPP

#include <authgrammar/abnf/tree.hpp>

#include <string>
#include <vector>

namespace authgrammar::proofs {

/// A definition with one change, as a slip of the pen makes it.
struct abnf_mutant {
    std::string change;  ///< "drop an alternative", "raise the lower bound", …
    abnf::node definition;
};

/// Every definition that differs from `original` by one change: an alternative or an element dropped, two neighbours
/// exchanged, a bound of a repetition or list moved by one, set or lifted, a repetition left out, a literal's byte or
/// a range's end moved by one, its case made to matter or not, a reference turned into one to another of `names`.
std::vector<abnf_mutant> mutants_of(const abnf::node& original, const std::vector<std::string>& names);

}  // namespace authgrammar::proofs

#endif
