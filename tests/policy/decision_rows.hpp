#ifndef AUTHGRAMMAR_TESTS_POLICY_DECISION_ROWS_HPP
#define AUTHGRAMMAR_TESTS_POLICY_DECISION_ROWS_HPP

#include <authgrammar/policy/decision.hpp>
#include "policy/decision_tree.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace authgrammar::policy::testing {

/// What a row of the requirements asks of a decision, as a check that can be run on any tree and any cases. Adds a
/// line to `faults` for the first case in which the tree does not do as it says.
struct row {
    std::string_view id;
    void (*check)(const decision_tree& tree, const std::vector<facts>& cases, std::vector<std::string>& faults);
};

/// S401-1 to S401-11, and the decisions of RFC 7235, sections 2 to 4.
const std::vector<row>& all_rows();

/// The row with that id, which must exist.
const row& row_of(std::string_view id);

/// What must hold of every answer, whatever the facts.
struct invariant {
    std::string_view text;
    bool (*holds)(const facts& f, const decision& d, const decision_tree& tree);
};
const std::vector<invariant>& all_invariants();

// With a sanitizer one combination of so many is looked at. It has no factor in common with the numbers of values, so
// that every value comes with every other.
#if defined(__SANITIZE_ADDRESS__)
inline constexpr std::size_t stride = 11;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
inline constexpr std::size_t stride = 11;
#else
inline constexpr std::size_t stride = 1;
#endif
#else
inline constexpr std::size_t stride = 1;
#endif

/// How many combinations of facts there are, and number `i` of them.
std::size_t combination_count();
facts combination(std::size_t i);

/// The facts with those that do not count at their first value.
facts without_idle_facts(facts f);

/// Every combination in which the facts that do not count have their first value, or one of `stride` of them.
const std::vector<facts>& counting_combinations();

/// Those of them that can be true together; and of all that can those by which broken trees are told from the whole one.
const std::vector<facts>& all_cases();
const std::vector<facts>& few_cases();

/// "hop=origin resource=public …"
std::string describe(const facts& f);

/// Whether all that reaches the wire is equal: status and fields, of the recommended answer and of the others.
bool same_on_the_wire(const answer& a, const answer& b);

/// Whether the answers are equal in everything, texts included.
bool same_answer(const answer& a, const answer& b);

}  // namespace authgrammar::policy::testing

#endif
