#ifndef AUTHGRAMMAR_FUZZ_DERIVATION_HPP
#define AUTHGRAMMAR_FUZZ_DERIVATION_HPP

#include "random.hpp"

#include <authgrammar/abnf/automaton.hpp>
#include <authgrammar/abnf/rules.hpp>
#include <authgrammar/abnf/tree.hpp>
#include <authgrammar/field.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace authgrammar::fuzz {

/// Derives random words of the rules of a resolved set, none of which is recursive.
class deriver {
public:
    /// The set need not outlive the deriver.
    explicit deriver(const abnf::rule_set& rules);

    /// A word of `rule` by a random derivation: every alternative and every number of repetitions has its chance.
    /// From about `most` bytes on, whatever can be left out is. An unknown rule, and prose, give the empty string.
    /// Linear in the word, times the depth of the rules.
    [[nodiscard]] std::string derive(std::string_view rule, random_source& random, std::size_t most = 200) const;

private:
    /// A definition, with references by number.
    struct part {
        abnf::node_kind kind;
        std::vector<part> children;
        std::uint32_t at_least;
        std::uint32_t at_most;
        std::string text;
        bool any_case;
        std::uint8_t low;
        std::uint8_t high;
        std::size_t rule;
    };
    [[nodiscard]] part compile(const abnf::node& n);
    [[nodiscard]] std::size_t number_of(std::string_view rule) const;
    void derive(const part& p, random_source& random, std::size_t most, std::string& out) const;

    std::vector<std::string> names_;
    std::vector<part> rules_;
};

/// `word` with one edit: an octet inserted, replaced or removed, or two neighbours exchanged. The octets are those
/// on which the grammar turns, more often than others.
[[nodiscard]] std::string near_miss(std::string_view word, random_source& random);

/// `word`, of the language of `automaton`, grown to about `size` bytes by repeating a part of it that leads from a
/// state back to it: again of the language. If it has no such part, `word` itself.
[[nodiscard]] std::string pump(const abnf::dfa& automaton, std::string_view word, random_source& random,
                               std::size_t size);

/// A long repetitive value: `prefix`, any number of `unit`, `suffix`. What stresses a reader, in the language or not.
struct family {
    std::string_view name;
    field f;
    std::string_view prefix;
    std::string_view unit;
    std::string_view suffix;

    /// The member of about `size` bytes: as many whole units as fit.
    [[nodiscard]] std::string member(std::size_t size) const;
};

/// All families, in a fixed order.
struct family_list {
    const family* first;
    std::size_t count;
    [[nodiscard]] const family* begin() const noexcept { return first; }
    [[nodiscard]] const family* end() const noexcept { return first + count; }
    [[nodiscard]] std::size_t size() const noexcept { return count; }
    [[nodiscard]] const family& operator[](std::size_t i) const noexcept { return first[i]; }
};
[[nodiscard]] family_list all_families() noexcept;

}  // namespace authgrammar::fuzz

#endif
