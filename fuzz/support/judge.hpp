#ifndef AUTHGRAMMAR_FUZZ_JUDGE_HPP
#define AUTHGRAMMAR_FUZZ_JUDGE_HPP

#include "derivation.hpp"

#include <authgrammar/abnf/automaton.hpp>
#include <authgrammar/abnf/labels.hpp>
#include <authgrammar/abnf/rules.hpp>
#include <authgrammar/edition.hpp>
#include <authgrammar/event.hpp>
#include <authgrammar/field.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace authgrammar::fuzz {

/// What is true of a value.
struct opinion {
    bool valid = false;
    std::size_t offset = 0;     ///< length of the longest viable prefix; of a valid value its length
    std::vector<event> events;  ///< of a valid value
};

/// The ABNF's opinion of the values of one field in one edition: the automaton and the labelled automaton that are
/// made from its text.
class judge {
public:
    /// The judge of a field and edition. It is made when it is first asked for, and then is the same for the whole
    /// run of the program. Aborts if the ABNF cannot be read.
    [[nodiscard]] static judge& of(field f, edition e);

    /// The rules of an edition, resolved.
    [[nodiscard]] static const abnf::rule_set& rules(edition e);

    /// Derives words of the rules of an edition.
    [[nodiscard]] static const deriver& words(edition e);

    /// Linear in the value.
    [[nodiscard]] opinion decide(std::string_view value);

    /// The role of every byte of a valid value.
    [[nodiscard]] std::vector<abnf::role> roles(std::string_view value) { return *reader_.read(value); }

    /// A valid value that begins with `viable`, a prefix of some valid value: a shortest such.
    [[nodiscard]] std::string complete(std::string_view viable) const;

    [[nodiscard]] const abnf::dfa& automaton() const noexcept { return automaton_; }
    [[nodiscard]] const std::vector<bool>& live() const noexcept { return live_; }

private:
    judge(field f, edition e);

    abnf::dfa automaton_;
    std::vector<bool> live_;
    std::vector<std::string> completions_;  // of each state; empty for dead ones too
    abnf::label_reader reader_;
};

}  // namespace authgrammar::fuzz

#endif
