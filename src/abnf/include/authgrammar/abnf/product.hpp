#ifndef AUTHGRAMMAR_ABNF_PRODUCT_HPP
#define AUTHGRAMMAR_ABNF_PRODUCT_HPP

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "authgrammar/abnf/automaton.hpp"

namespace authgrammar::abnf {

/// Questions about two languages, answered on the pairs of states that some string reaches. A witness is a
/// shortest one, of the bytes that `class_representatives` prefers; none means that the statement holds, for all
/// strings. Time and memory go with the number of pairs times that of the common byte classes.

/// A string that is in one language and not in the other; none if they are equal.
std::optional<std::string> find_difference(const dfa& a, const dfa& b);

/// A string that is in `a` and not in `b`; none if `a` is included in `b`.
std::optional<std::string> find_excess(const dfa& a, const dfa& b);

/// A string that is in both; none if the intersection is empty.
std::optional<std::string> find_common(const dfa& a, const dfa& b);

/// How many pairs of states some string reaches: the size of the three searches when they find nothing.
std::size_t count_pairs(const dfa& a, const dfa& b);

/// Languages made of languages, each in the form of `minimise`.
dfa intersect(const dfa& a, const dfa& b);
dfa unite(const dfa& a, const dfa& b);
dfa subtract(const dfa& a, const dfa& b);
dfa complement(const dfa& a);

/// Every word of `a` followed by every word of `b`. Exponential in the states of `b` at worst.
dfa concatenate(const dfa& a, const dfa& b);

/// The language of one string.
dfa only(std::string_view text);

}  // namespace authgrammar::abnf

#endif
