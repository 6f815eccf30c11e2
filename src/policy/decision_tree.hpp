#ifndef AUTHGRAMMAR_POLICY_DECISION_TREE_HPP
#define AUTHGRAMMAR_POLICY_DECISION_TREE_HPP

#include <authgrammar/policy/decision.hpp>
#include <authgrammar/policy/export.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace authgrammar::policy {

/// The questions of the decision, in the order in which they may come.
enum class question : std::uint8_t {
    is_refused,
    is_refusal_hidden,
    is_preflight,
    is_bad_request,
    is_hidden,
    is_round_due,
    how_hidden,
    what_is_there,
    is_checked,
    is_created,
    how_authenticated,
    are_sufficient,
    which_hop
};
inline constexpr std::size_t question_count = 13;

/// The kinds of answer.
enum class verdict : std::uint8_t {
    refused,             ///< 403, 426, 429 or 451
    refused_and_hidden,  ///< 404
    preflight,           ///< 200, whoever asks
    bad_request,         ///< 400
    round_for_all,       ///< 401, the next round, whatever the path
    challenge_for_all,   ///< 401, whatever the path
    not_found_for_all,   ///< 404, whatever the path
    not_found,           ///< 404
    moved,               ///< 301
    open_to_all,         ///< the request is answered, or forwarded
    granted,             ///< the same; 201 if it creates its target
    inadequate,          ///< 403
    log_in,              ///< 403, a redirect to the login page, or 511
    challenge,           ///< 401
    proxy_challenge      ///< 407
};
inline constexpr std::size_t verdict_count = 15;

/// Where a branch leads: to another question or to a verdict.
struct branch {
    std::string_view label{};
    bool ends = false;
    question next = question::is_refused;
    verdict end = verdict::refused;
};

/// A question with its branches.
struct tree_node {
    std::string_view text{};
    std::string_view section{};
    std::size_t branch_count = 0;
    std::array<branch, 4> branches{};
};

/// The decision as data: from here it is decided, drawn and mutated. Indexed by `question`; the first is the root.
struct decision_tree {
    std::array<tree_node, question_count> nodes{};
};

/// The tree of decide(). Of static storage.
[[nodiscard]] AUTHGRAMMAR_POLICY_EXPORT const decision_tree& standard_tree() noexcept;

/// Where the facts end in the tree of decide(); they must not contradict each other. Constant time; no allocation.
[[nodiscard]] verdict standard_verdict(const facts& f) noexcept;

/// The branch that `f` takes at `q`: less than the branches of the question if `f` has no value outside its enumeration.
/// Constant time.
[[nodiscard]] AUTHGRAMMAR_POLICY_EXPORT std::size_t branch_taken(question q, const facts& f) noexcept;

/// A status and a few words for the leaf of a picture: "401 with a challenge". Of static storage.
[[nodiscard]] AUTHGRAMMAR_POLICY_EXPORT std::string_view name_of(verdict v) noexcept;

/// decide() by another tree, for tests that break it on purpose. A tree that does not end, or lacks the branch that is
/// taken, gives an answer with status 0.
[[nodiscard]] AUTHGRAMMAR_POLICY_EXPORT decision decide_by(const decision_tree& tree, const facts& f);

}  // namespace authgrammar::policy

#endif
