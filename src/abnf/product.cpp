#include "authgrammar/abnf/product.hpp"

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

namespace authgrammar::abnf {
namespace {

using pair = std::pair<std::uint32_t, std::uint32_t>;
using decision = bool (*)(bool, bool);

/// The classes that both automata agree on, carried by an automaton without states.
dfa common_classes(const dfa& a, const dfa& b) {
    dfa joint;
    std::map<std::pair<std::uint16_t, std::uint16_t>, std::uint16_t> index;
    for (std::size_t byte = 0; byte < 256; ++byte) {
        const auto fresh = static_cast<std::uint16_t>(index.size());
        joint.class_of[byte] = index.try_emplace({a.class_of[byte], b.class_of[byte]}, fresh).first->second;
    }
    joint.classes = index.size();
    return joint;
}

/// The pairs that some string reaches, as an automaton that accepts where `accept` says so.
dfa make_product(const dfa& a, const dfa& b, decision accept) {
    dfa made = common_classes(a, b);
    const std::vector<unsigned char> bytes = class_representatives(made);
    std::map<pair, std::uint32_t> index = {{{a.start, b.start}, 0}};
    std::vector<pair> pairs = {{a.start, b.start}};
    for (std::size_t i = 0; i < pairs.size(); ++i) {
        const auto [p, q] = pairs[i];
        made.accepting.push_back(accept(a.accepting[p], b.accepting[q]));
        for (const unsigned char byte : bytes) {
            const pair next = {a.step(p, byte), b.step(q, byte)};
            const auto [at, added] = index.try_emplace(next, static_cast<std::uint32_t>(pairs.size()));
            if (added) pairs.push_back(next);
            made.next.push_back(at->second);
        }
    }
    return made;
}

}  // namespace

std::optional<std::string> find_difference(const dfa& a, const dfa& b) {
    return shortest_word(make_product(a, b, [](bool x, bool y) { return x != y; }));
}

std::optional<std::string> find_excess(const dfa& a, const dfa& b) {
    return shortest_word(make_product(a, b, [](bool x, bool y) { return x && !y; }));
}

std::optional<std::string> find_common(const dfa& a, const dfa& b) {
    return shortest_word(make_product(a, b, [](bool x, bool y) { return x && y; }));
}

std::size_t count_pairs(const dfa& a, const dfa& b) {
    return make_product(a, b, [](bool, bool) { return false; }).states();
}

dfa intersect(const dfa& a, const dfa& b) {
    return minimise(make_product(a, b, [](bool x, bool y) { return x && y; }));
}

dfa unite(const dfa& a, const dfa& b) {
    return minimise(make_product(a, b, [](bool x, bool y) { return x || y; }));
}

dfa subtract(const dfa& a, const dfa& b) {
    return minimise(make_product(a, b, [](bool x, bool y) { return x && !y; }));
}

dfa complement(const dfa& a) {
    dfa made = a;
    made.accepting.flip();
    return minimise(made);
}

dfa concatenate(const dfa& a, const dfa& b) {
    // A state is one of `a` with the states of `b` that the words begun at acceptances of `a` have reached.
    using state = std::pair<std::uint32_t, std::vector<std::uint32_t>>;
    dfa made = common_classes(a, b);
    const std::vector<unsigned char> bytes = class_representatives(made);
    std::map<state, std::uint32_t> index;
    std::vector<state> states;
    const auto intern = [&](std::uint32_t first, std::vector<std::uint32_t> second) {
        if (a.accepting[first]) second.push_back(b.start);
        std::sort(second.begin(), second.end());
        second.erase(std::unique(second.begin(), second.end()), second.end());
        const auto [at, added] =
            index.try_emplace(state(first, std::move(second)), static_cast<std::uint32_t>(states.size()));
        if (added) states.push_back(at->first);
        return at->second;
    };
    made.start = intern(a.start, {});
    for (std::size_t i = 0; i < states.size(); ++i) {
        const state s = states[i];
        made.accepting.push_back(
            std::any_of(s.second.begin(), s.second.end(), [&](std::uint32_t q) { return b.accepting[q]; }));
        for (const unsigned char byte : bytes) {
            std::vector<std::uint32_t> second;
            for (const std::uint32_t q : s.second) second.push_back(b.step(q, byte));
            made.next.push_back(intern(a.step(s.first, byte), std::move(second)));
        }
    }
    return minimise(made);
}

dfa only(std::string_view text) {
    dfa made;
    made.classes = 256;
    for (std::size_t b = 0; b < 256; ++b) made.class_of[b] = static_cast<std::uint16_t>(b);
    const auto dead = static_cast<std::uint32_t>(text.size() + 1);
    made.accepting.assign(text.size() + 2, false);
    made.accepting[text.size()] = true;
    made.next.assign(made.states() * made.classes, dead);
    for (std::size_t i = 0; i < text.size(); ++i) {
        made.next[i * made.classes + static_cast<unsigned char>(text[i])] = static_cast<std::uint32_t>(i + 1);
    }
    return minimise(made);
}

}  // namespace authgrammar::abnf
