#ifndef AUTHGRAMMAR_ABNF_RECOGNISER_HPP
#define AUTHGRAMMAR_ABNF_RECOGNISER_HPP

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "authgrammar/abnf/count.hpp"
#include "authgrammar/abnf/error.hpp"
#include "authgrammar/abnf/rules.hpp"

namespace authgrammar::abnf {

struct network;
struct chart;

/// An occurrence of a rule in a derivation.
struct tree_node {
    std::string_view rule;  ///< its name as defined; lives as long as a copy of the tree
    std::size_t begin = 0;  ///< the bytes [begin, end) that it derives
    std::size_t end = 0;
    std::uint32_t parent = 0;   ///< index of the caller; the root is its own
    std::uint32_t ordinal = 0;  ///< which mention of this rule in the caller's definition, from 0
};

/// One derivation: the root first, callers before callees, callees from left to right. Rules that derive the
/// empty string have no node, except the root.
class derivation_tree {
public:
    /// `names` owns what the nodes' names refer to.
    derivation_tree(std::vector<tree_node> nodes, std::shared_ptr<const void> names)
        : nodes_(std::move(nodes)), names_(std::move(names)) {}

    std::size_t size() const noexcept { return nodes_.size(); }
    const tree_node& operator[](std::size_t index) const { return nodes_[index]; }
    const tree_node& root() const { return nodes_.front(); }
    std::vector<tree_node>::const_iterator begin() const noexcept { return nodes_.begin(); }
    std::vector<tree_node>::const_iterator end() const noexcept { return nodes_.end(); }

private:
    std::vector<tree_node> nodes_;
    std::shared_ptr<const void> names_;
};

/// The outcome for one value. Cheap to copy; independent of the value's memory.
class recognition {
public:
    /// True if the value is in the rule's language.
    bool accepted() const noexcept { return accepted_; }

    /// Length of the longest prefix of the value that some continuation makes a word of the language; exact. This
    /// is the error offset of a value that is not accepted. 0 also if the language is empty.
    std::size_t viable_prefix() const noexcept { return viable_prefix_; }

    /// The number of derivations: two differ if they choose another alternative, another number of repetitions or
    /// other ends for some part. 0 if the value is not accepted.
    count derivations() const noexcept { return derivations_; }

    /// One derivation; none if the value is not accepted or a rule derives itself. Polynomial.
    std::optional<derivation_tree> tree() const;

    /// All derivations that differ in their trees, up to `limit`; derivations that differ only in how something
    /// empty is derived count once or more often.
    std::vector<derivation_tree> trees(std::size_t limit) const;

private:
    friend class recogniser;
    bool accepted_ = false;
    std::size_t viable_prefix_ = 0;
    count derivations_;
    std::size_t length_ = 0;
    std::shared_ptr<const network> network_;
    std::shared_ptr<const chart> chart_;
};

/// A recogniser for one rule, any context-free one: Earley's algorithm, over a position automaton for each rule
/// instead of dotted productions. Repetition is a loop in the automaton, so lists cost no recursion.
///
/// Time is cubic in the length of the value at worst and memory quadratic; both are linear where the number
/// of rule occurrences that are open at a byte is bounded. In the authentication fields it is, except in a run of
/// white space after a scheme, where each byte may be the first of OWS. Nothing recurses.
class recogniser {
public:
    /// For `rule` of a resolved set, which need not outlive the recogniser. Errors: no such rule, or the rules
    /// exceed a bound (1024 rules, 65536 occurrences, 2^20 pairs of neighbours).
    static result<recogniser> make(const rule_set& rules, std::string_view rule);

    /// Decides any bytes. A pure function; may be called from several threads at once.
    recognition recognise(std::string_view value) const;

    /// The same, but gives up, with no answer, when the chart has more than `entries` entries (24 bytes each, and
    /// some ten of them for a byte of an ordinary field value).
    std::optional<recognition> recognise_within(std::string_view value, std::size_t entries) const;

private:
    explicit recogniser(std::shared_ptr<const network> n) : network_(std::move(n)) {}
    std::shared_ptr<const network> network_;
};

}  // namespace authgrammar::abnf

#endif
