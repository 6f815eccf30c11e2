#include "authgrammar/abnf/automaton.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <numeric>
#include <utility>

#include "nfa.hpp"

namespace authgrammar::abnf {
namespace {

constexpr std::size_t max_dfa_states = std::size_t{1} << 12;

/// The subset construction. The empty set is the dead state.
result<dfa> determinise(const nfa& n) {
    std::vector<std::bitset<256>> sets;
    for (const nfa_state& s : n.states) {
        const bool known = std::find(sets.begin(), sets.end(), s.bytes) != sets.end();
        if (s.bytes.any() && !known) sets.push_back(s.bytes);
    }
    const byte_partition parts = partition_bytes(sets);
    dfa made;
    made.class_of = parts.class_of;
    made.classes = parts.classes;
    std::vector<std::size_t> representative(parts.classes, 256);
    for (std::size_t b = 256; b-- > 0;) representative[parts.class_of[b]] = b;

    std::map<std::vector<std::uint32_t>, std::uint32_t> index;
    std::vector<std::vector<std::uint32_t>> subsets;
    const auto intern = [&](std::vector<std::uint32_t> subset) {
        const auto [at, added] = index.try_emplace(std::move(subset), static_cast<std::uint32_t>(subsets.size()));
        if (added) {
            subsets.push_back(at->first);
            made.accepting.push_back(std::binary_search(at->first.begin(), at->first.end(), n.accept));
        }
        return at->second;
    };
    made.start = intern(n.closure({n.start}));
    for (std::size_t s = 0; s < subsets.size(); ++s) {
        if (subsets.size() > max_dfa_states) return error{"", 0, 0, "the automaton has too many states"};
        for (std::size_t c = 0; c < parts.classes; ++c) {
            std::vector<std::uint32_t> targets;
            for (const std::uint32_t state : subsets[s]) {
                if (n.states[state].bytes.test(representative[c])) targets.push_back(n.states[state].target);
            }
            made.next.push_back(intern(n.closure(std::move(targets))));
        }
    }
    return made;
}

/// Moore's partition refinement: the block of each state.
std::vector<std::uint32_t> refine(const dfa& a) {
    std::vector<std::uint32_t> block(a.states());
    for (std::size_t s = 0; s < a.states(); ++s) block[s] = a.accepting[s] ? 1 : 0;
    std::size_t blocks = 0;
    for (;;) {
        std::map<std::vector<std::uint32_t>, std::uint32_t> signatures;
        std::vector<std::uint32_t> finer(a.states());
        for (std::size_t s = 0; s < a.states(); ++s) {
            std::vector<std::uint32_t> signature = {block[s]};
            for (std::size_t c = 0; c < a.classes; ++c) signature.push_back(block[a.next[s * a.classes + c]]);
            const auto fresh = static_cast<std::uint32_t>(signatures.size());
            finer[s] = signatures.try_emplace(std::move(signature), fresh).first->second;
        }
        block = std::move(finer);
        if (signatures.size() == blocks) return block;
        blocks = signatures.size();
    }
}

/// Merges the classes whose columns are equal and numbers the rest by their smallest bytes.
dfa merge_classes(const dfa& a) {
    dfa made = a;
    made.next.clear();
    std::map<std::vector<std::uint32_t>, std::uint16_t> columns;
    std::vector<std::vector<std::uint32_t>> kept;
    for (std::size_t b = 0; b < 256; ++b) {
        std::vector<std::uint32_t> column;
        for (std::size_t s = 0; s < a.states(); ++s) column.push_back(a.next[s * a.classes + a.class_of[b]]);
        const auto [at, added] = columns.try_emplace(std::move(column), static_cast<std::uint16_t>(kept.size()));
        if (added) kept.push_back(at->first);
        made.class_of[b] = at->second;
    }
    made.classes = kept.size();
    for (std::size_t s = 0; s < a.states(); ++s) {
        for (const std::vector<std::uint32_t>& column : kept) made.next.push_back(column[s]);
    }
    return made;
}

/// Numbers the states that can be reached breadth first, by class, and drops the others.
dfa number_states(const dfa& a) {
    constexpr std::uint32_t unseen = std::numeric_limits<std::uint32_t>::max();
    std::vector<std::uint32_t> number(a.states(), unseen);
    std::vector<std::uint32_t> order = {a.start};
    number[a.start] = 0;
    for (std::size_t i = 0; i < order.size(); ++i) {
        for (std::size_t c = 0; c < a.classes; ++c) {
            const std::uint32_t t = a.next[order[i] * a.classes + c];
            if (number[t] != unseen) continue;
            number[t] = static_cast<std::uint32_t>(order.size());
            order.push_back(t);
        }
    }
    dfa made;
    made.class_of = a.class_of;
    made.classes = a.classes;
    for (const std::uint32_t s : order) {
        made.accepting.push_back(a.accepting[s]);
        for (std::size_t c = 0; c < a.classes; ++c) made.next.push_back(number[a.next[s * a.classes + c]]);
    }
    return made;
}

}  // namespace

bool well_formed(const dfa& a) {
    const bool sizes = a.states() > 0 && a.classes > 0 && a.next.size() == a.states() * a.classes;
    return sizes && a.start < a.states() &&
           std::all_of(a.class_of.begin(), a.class_of.end(), [&](std::uint16_t c) { return c < a.classes; }) &&
           std::all_of(a.next.begin(), a.next.end(), [&](std::uint32_t s) { return s < a.states(); });
}

result<dfa> make_dfa(const rule_set& rules, std::string_view rule) {
    const result<nfa> n = make_nfa(rules, rule);
    if (!n) return n.failure();
    const result<dfa> a = determinise(*n);
    if (!a) return a.failure();
    return minimise(*a);
}

dfa minimise(const dfa& automaton) {
    const dfa a = number_states(automaton);
    const std::vector<std::uint32_t> block = refine(a);
    dfa quotient;
    quotient.class_of = a.class_of;
    quotient.classes = a.classes;
    quotient.start = block[a.start];
    std::vector<std::size_t> member(static_cast<std::size_t>(*std::max_element(block.begin(), block.end())) + 1);
    for (std::size_t s = a.states(); s-- > 0;) member[block[s]] = s;
    for (const std::size_t s : member) {
        quotient.accepting.push_back(a.accepting[s]);
        for (std::size_t c = 0; c < a.classes; ++c) quotient.next.push_back(block[a.next[s * a.classes + c]]);
    }
    return number_states(merge_classes(quotient));
}

bool accepts(const dfa& a, std::string_view value) {
    std::uint32_t state = a.start;
    for (const char c : value) state = a.step(state, static_cast<unsigned char>(c));
    return a.accepting[state];
}

std::vector<bool> live_states(const dfa& a) {
    std::vector<std::vector<std::uint32_t>> sources(a.states());
    std::vector<std::uint32_t> work;
    std::vector<bool> live = a.accepting;
    for (std::uint32_t s = 0; s < a.states(); ++s) {
        for (std::size_t c = 0; c < a.classes; ++c) sources[a.next[s * a.classes + c]].push_back(s);
        if (live[s]) work.push_back(s);
    }
    while (!work.empty()) {
        const std::uint32_t s = work.back();
        work.pop_back();
        for (const std::uint32_t source : sources[s]) {
            if (live[source]) continue;
            live[source] = true;
            work.push_back(source);
        }
    }
    return live;
}

std::size_t viable_prefix(const dfa& a, const std::vector<bool>& live, std::string_view value) {
    std::uint32_t state = a.start;
    for (std::size_t offset = 0; offset < value.size(); ++offset) {
        state = a.step(state, static_cast<unsigned char>(value[offset]));
        if (!live[state]) return offset;
    }
    return live[a.start] ? value.size() : 0;
}

std::vector<unsigned char> class_representatives(const dfa& a) {
    const auto rank = [](unsigned b) { return b == 'a' ? 0 : b > 0x20 && b < 0x7F ? 1 : 2; };
    std::vector<unsigned char> chosen(a.classes, 0);
    std::vector<bool> known(a.classes, false);
    for (unsigned b = 0; b < 256; ++b) {
        const std::uint16_t c = a.class_of[b];
        if (known[c] && rank(b) >= rank(chosen[c])) continue;
        known[c] = true;
        chosen[c] = static_cast<unsigned char>(b);
    }
    return chosen;
}

std::vector<std::optional<std::string>> access_strings(const dfa& a) {
    const std::vector<unsigned char> bytes = class_representatives(a);
    std::vector<std::optional<std::string>> strings(a.states());
    std::vector<std::uint32_t> order = {a.start};
    strings[a.start] = "";
    for (std::size_t i = 0; i < order.size(); ++i) {
        for (const unsigned char byte : bytes) {
            const std::uint32_t t = a.step(order[i], byte);
            if (strings[t]) continue;
            strings[t] = *strings[order[i]] + static_cast<char>(byte);
            order.push_back(t);
        }
    }
    return strings;
}

std::optional<std::string> shortest_word(const dfa& a) {
    const std::vector<std::optional<std::string>> strings = access_strings(a);
    std::optional<std::string> shortest;
    for (std::size_t s = 0; s < a.states(); ++s) {
        if (!a.accepting[s] || !strings[s]) continue;
        if (!shortest || strings[s]->size() < shortest->size()) shortest = strings[s];
    }
    return shortest;
}

}  // namespace authgrammar::abnf
