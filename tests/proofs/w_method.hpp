#ifndef AUTHGRAMMAR_TESTS_PROOFS_W_METHOD_HPP
#define AUTHGRAMMAR_TESTS_PROOFS_W_METHOD_HPP

#include <authgrammar/abnf/automaton.hpp>
#include <authgrammar/abnf/product.hpp>

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

/// Test suites by the W-method (Chow, 1978). Run on any recogniser that is a finite automaton with no more states
/// than `language`, minimal, they are complete: if it gives every verdict right, it recognises the language.
namespace authgrammar::proofs {

/// Words of which at least one tells any two states apart: it leads from the one to acceptance and not from the
/// other. The empty word is the first.
inline std::vector<std::string> separating_words(const abnf::dfa& language) {
    std::vector<std::string> words = {""};
    const auto from = [&](std::uint32_t state) {
        abnf::dfa moved = language;
        moved.start = state;
        return moved;
    };
    for (std::uint32_t p = 0; p < language.states(); ++p) {
        for (std::uint32_t q = 0; q < p; ++q) {
            const abnf::dfa a = from(p);
            const abnf::dfa b = from(q);
            const bool apart = std::any_of(words.begin(), words.end(), [&](const std::string& w) {
                return abnf::accepts(a, w) != abnf::accepts(b, w);
            });
            if (!apart) words.push_back(abnf::find_difference(a, b).value());
        }
    }
    return words;
}

/// Calls `visit(word)` for every word of the suite: to each state by a shortest way, then at most one of `octets`,
/// then a separating word. Throws if the automaton has a state that nothing reaches, or two that act alike.
template <typename Visit>
void for_each_w_word(const abnf::dfa& language, const std::vector<unsigned char>& octets, Visit&& visit) {
    const std::vector<std::string> ends = separating_words(language);
    for (const auto& access : abnf::access_strings(language)) {
        for (const std::string& end : ends) visit(access.value() + end);
        for (const unsigned char octet : octets) {
            const std::string step = access.value() + static_cast<char>(octet);
            for (const std::string& end : ends) visit(step + end);
        }
    }
}

/// The 256 octets.
inline const std::vector<unsigned char>& all_octets() {
    static const std::vector<unsigned char> all = [] {
        std::vector<unsigned char> octets(256);
        for (std::size_t i = 0; i < octets.size(); ++i) octets[i] = static_cast<unsigned char>(i);
        return octets;
    }();
    return all;
}

}  // namespace authgrammar::proofs

#endif
