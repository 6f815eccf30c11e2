#ifndef AUTHGRAMMAR_TESTS_AGREEMENT_VALUE_SOURCE_HPP
#define AUTHGRAMMAR_TESTS_AGREEMENT_VALUE_SOURCE_HPP

#include <authgrammar/abnf/automaton.hpp>

#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace authgrammar::agreement {

/// An endless sequence of values for one language, the same for the same seed: members by random walks over the
/// automaton, strings of the field's usual fragments, and either of them changed in a few places.
class value_source {
public:
    value_source(const abnf::dfa& language, std::uint32_t seed);

    [[nodiscard]] std::string next();

    /// A member that begins with `viable`, which some member does.
    [[nodiscard]] std::string complete(std::string viable) const;

private:
    [[nodiscard]] std::size_t below(std::size_t n) { return n == 0 ? 0 : random_() % n; }
    [[nodiscard]] std::string walk();
    [[nodiscard]] std::string fragments();
    void mutate(std::string& value);

    const abnf::dfa& language_;
    std::vector<bool> live_;
    std::vector<std::vector<unsigned char>> bytes_of_class_;
    std::vector<std::string> completion_;  // of each live state: a shortest word to acceptance
    std::vector<std::string> earlier_;
    std::mt19937 random_;
};

}  // namespace authgrammar::agreement

#endif
