#ifndef AUTHGRAMMAR_FUZZ_STATE_COVER_HPP
#define AUTHGRAMMAR_FUZZ_STATE_COVER_HPP

#include <authgrammar/edition.hpp>
#include <authgrammar/field.hpp>

#include <cstddef>
#include <string>

namespace authgrammar::fuzz {

/// What cover_states has looked at.
struct cover_figures {
    std::size_t states = 0;
    std::size_t values = 0;
    std::size_t valid = 0;
    std::size_t readings = 0;
};

/// Every state of the automaton that is made from the ABNF, entered by its access string, then each of the 256 octets,
/// then every string of up to `longest_suffix` octets, one for each class: the tokenizer's verdict, offset and events,
/// however the value is cut in two, and the PEGTL grammar's verdict and offset are those of the judge. Adds to `n`.
/// Answers the first disagreement, or nothing.
[[nodiscard]] std::string cover_states(field f, edition e, std::size_t longest_suffix, cover_figures& n);

}  // namespace authgrammar::fuzz

#endif
