#include "authgrammar/abnf/labels.hpp"

#include <algorithm>
#include <limits>
#include <tuple>
#include <utility>

#include "nfa.hpp"

namespace authgrammar::abnf {
namespace {

using edge = labelled_automaton::edge;
using state = labelled_automaton::state;

constexpr std::uint32_t unknown = std::numeric_limits<std::uint32_t>::max();

/// Edges with the same label and target become one.
std::vector<edge> merge_edges(const std::vector<edge>& edges) {
    std::map<std::pair<role, std::uint32_t>, std::bitset<256>> merged;
    for (const edge& e : edges) merged[{e.label, e.target}] |= e.bytes;
    std::vector<edge> made;
    for (const auto& [key, bytes] : merged) made.push_back({bytes, key.first, key.second});
    return made;
}

/// The automaton without the states that cannot be reached or cannot reach acceptance.
labelled_automaton trim(const labelled_automaton& a) {
    const std::size_t n = a.states.size();
    std::vector<std::vector<std::uint32_t>> forward(n);
    std::vector<std::vector<std::uint32_t>> backward(n);
    std::vector<std::uint32_t> ends;
    for (std::uint32_t s = 0; s < n; ++s) {
        if (a.states[s].accepting) ends.push_back(s);
        for (const edge& e : a.states[s].edges) {
            forward[s].push_back(e.target);
            backward[e.target].push_back(s);
        }
    }
    const auto reach = [n](const std::vector<std::vector<std::uint32_t>>& next, std::vector<std::uint32_t> work) {
        std::vector<bool> seen(n, false);
        while (!work.empty()) {
            const std::uint32_t s = work.back();
            work.pop_back();
            if (seen[s]) continue;
            seen[s] = true;
            work.insert(work.end(), next[s].begin(), next[s].end());
        }
        return seen;
    };
    const std::vector<bool> reached = reach(forward, {a.start});
    const std::vector<bool> live = reach(backward, ends);
    std::vector<std::uint32_t> number(n, unknown);
    labelled_automaton made;
    for (std::uint32_t s = 0; s < n; ++s) {
        if (s != a.start && (!reached[s] || !live[s])) continue;
        number[s] = static_cast<std::uint32_t>(made.states.size());
        made.states.push_back({a.states[s].accepting, {}});
    }
    made.start = number[a.start];
    for (std::uint32_t s = 0; s < n; ++s) {
        if (number[s] == unknown) continue;
        for (const edge& e : a.states[s].edges) {
            if (number[e.target] == unknown || !live[e.target]) continue;
            made.states[number[s]].edges.push_back({e.bytes, e.label, number[e.target]});
        }
    }
    return made;
}

/// Merges states that accept alike and have the same edges to merged states (bisimulation).
labelled_automaton merge_states(const labelled_automaton& a) {
    using signature = std::vector<std::tuple<role, std::uint32_t, std::string>>;
    const std::size_t n = a.states.size();
    std::vector<std::uint32_t> block(n, 0);
    std::size_t blocks = 0;
    const auto edges_to_blocks = [&](std::uint32_t s) {
        std::vector<edge> edges = a.states[s].edges;
        for (edge& e : edges) e.target = block[e.target];
        return merge_edges(edges);
    };
    for (;;) {
        std::map<std::tuple<std::uint32_t, bool, signature>, std::uint32_t> known;
        std::vector<std::uint32_t> finer(n);
        for (std::uint32_t s = 0; s < n; ++s) {
            signature sign;
            for (const edge& e : edges_to_blocks(s)) sign.emplace_back(e.label, e.target, e.bytes.to_string());
            const auto fresh = static_cast<std::uint32_t>(known.size());
            finer[s] = known.try_emplace({block[s], a.states[s].accepting, std::move(sign)}, fresh).first->second;
        }
        block = std::move(finer);
        if (known.size() == blocks) break;
        blocks = known.size();
    }
    labelled_automaton made;
    made.states.resize(blocks);
    made.start = block[a.start];
    for (std::uint32_t s = 0; s < n; ++s) made.states[block[s]] = {a.states[s].accepting, edges_to_blocks(s)};
    return made;
}

/// The preferred byte of a set that is not empty, as in `class_representatives`.
unsigned char preferred(const std::bitset<256>& bytes) {
    if (bytes.test('a')) return 'a';
    unsigned first = 256;
    for (unsigned b = 256; b-- > 0;) {
        const bool better =
            bytes.test(b) && (first == 256 || (b > 0x20 && b < 0x7F) || !(first > 0x20 && first < 0x7F));
        if (better) first = b;
    }
    return static_cast<unsigned char>(first);
}

std::vector<std::uint32_t> successors(const labelled_automaton& a, const std::vector<std::uint32_t>& subset,
                                      unsigned char byte) {
    std::vector<std::uint32_t> next;
    for (const std::uint32_t s : subset) {
        for (const edge& e : a.states[s].edges) {
            if (e.bytes.test(byte)) next.push_back(e.target);
        }
    }
    std::sort(next.begin(), next.end());
    next.erase(std::unique(next.begin(), next.end()), next.end());
    return next;
}

}  // namespace

result<labelled_automaton> make_labelled(const rule_set& rules, std::string_view rule) {
    const result<nfa> n = make_nfa(rules, rule);
    if (!n) return n.failure();
    labelled_automaton made;
    std::vector<std::uint32_t> number(n->states.size(), unknown);
    std::vector<std::uint32_t> order;
    const auto visit = [&](std::uint32_t s) {
        if (number[s] == unknown) {
            number[s] = static_cast<std::uint32_t>(order.size());
            order.push_back(s);
        }
        return number[s];
    };
    visit(n->start);
    for (std::size_t i = 0; i < order.size(); ++i) {
        state at;
        for (const std::uint32_t s : n->closure({order[i]})) {
            if (s == n->accept) at.accepting = true;
            const nfa_state& consuming = n->states[s];
            if (consuming.bytes.any()) at.edges.push_back({consuming.bytes, consuming.label, visit(consuming.target)});
        }
        made.states.push_back(std::move(at));
    }
    return merge_states(trim(made));
}

labelled_automaton labelled_text(std::string_view text, role label) {
    labelled_automaton made;
    made.states.resize(text.size() + 1);
    made.states.back().accepting = true;
    for (std::size_t i = 0; i < text.size(); ++i) {
        edge e{{}, label, static_cast<std::uint32_t>(i + 1)};
        e.bytes.set(static_cast<unsigned char>(text[i]));
        made.states[i].edges.push_back(e);
    }
    return made;
}

labelled_automaton concatenate(const labelled_automaton& a, const labelled_automaton& b) {
    labelled_automaton made = a;
    const auto shift = static_cast<std::uint32_t>(a.states.size());
    for (state s : b.states) {
        for (edge& e : s.edges) e.target += shift;
        made.states.push_back(std::move(s));
    }
    const state begin = made.states[b.start + shift];
    for (std::uint32_t s = 0; s < shift; ++s) {
        state& end = made.states[s];
        if (!end.accepting) continue;
        end.accepting = begin.accepting;
        end.edges.insert(end.edges.end(), begin.edges.begin(), begin.edges.end());
        end.edges = merge_edges(end.edges);
    }
    return merge_states(trim(made));
}

labelled_automaton relabel(const labelled_automaton& a, const std::vector<role>& to) {
    labelled_automaton made = a;
    for (state& s : made.states) {
        for (edge& e : s.edges) e.label = to.at(static_cast<std::size_t>(e.label));
        s.edges = merge_edges(s.edges);
    }
    return merge_states(made);
}

result<dfa> make_dfa(const labelled_automaton& a) {
    std::vector<std::bitset<256>> sets;
    for (const state& s : a.states) {
        for (const edge& e : s.edges) sets.push_back(e.bytes);
    }
    const byte_partition parts = partition_bytes(sets);
    dfa made;
    made.class_of = parts.class_of;
    made.classes = parts.classes;
    const std::vector<unsigned char> bytes = class_representatives(made);
    std::map<std::vector<std::uint32_t>, std::uint32_t> index = {{{a.start}, 0}};
    std::vector<std::vector<std::uint32_t>> subsets = {{a.start}};
    for (std::size_t i = 0; i < subsets.size(); ++i) {
        if (subsets.size() > (std::size_t{1} << 12)) return error{"", 0, 0, "the automaton has too many states"};
        made.accepting.push_back(
            std::any_of(subsets[i].begin(), subsets[i].end(), [&](std::uint32_t s) { return a.states[s].accepting; }));
        for (const unsigned char byte : bytes) {
            const auto fresh = static_cast<std::uint32_t>(subsets.size());
            const auto [at, added] = index.try_emplace(successors(a, subsets[i], byte), fresh);
            if (added) subsets.push_back(at->first);
            made.next.push_back(at->second);
        }
    }
    return minimise(made);
}

std::optional<label_conflict> find_conflict(const labelled_automaton& a, const labelled_automaton& b,
                                            std::size_t* pairs) {
    struct place {
        std::uint32_t first;
        std::uint32_t second;
        bool differs;
        std::size_t parent;
        unsigned char byte;
        role first_label;
        role second_label;
    };
    std::vector<place> places = {{a.start, b.start, false, 0, 0, role::separator, role::separator}};
    std::map<std::tuple<std::uint32_t, std::uint32_t, bool>, bool> seen = {{{a.start, b.start, false}, true}};
    std::optional<label_conflict> found;
    for (std::size_t i = 0; i < places.size() && !found; ++i) {
        const place at = places[i];
        for (const edge& e : a.states[at.first].edges) {
            for (const edge& f : b.states[at.second].edges) {
                const std::bitset<256> common = e.bytes & f.bytes;
                const bool differs = at.differs || e.label != f.label;
                if (common.none() || !seen.try_emplace({e.target, f.target, differs}, true).second) continue;
                places.push_back({e.target, f.target, differs, i, preferred(common), e.label, f.label});
            }
        }
        if (!at.differs || !a.states[at.first].accepting || !b.states[at.second].accepting) continue;
        found.emplace();
        for (std::size_t p = i; p != 0; p = places[p].parent) {
            found->witness.insert(found->witness.begin(), static_cast<char>(places[p].byte));
            if (!places[p].differs || places[places[p].parent].differs) continue;
            found->first = places[p].first_label;
            found->second = places[p].second_label;
            for (std::size_t q = places[p].parent; q != 0; q = places[q].parent) ++found->offset;
        }
    }
    if (pairs != nullptr) *pairs = places.size();
    return found;
}

label_reader::label_reader(labelled_automaton automaton) : automaton_(std::move(automaton)) {}

std::uint32_t label_reader::intern(std::vector<std::uint32_t> subset) {
    const auto fresh = static_cast<std::uint32_t>(subsets_.size());
    const auto [at, added] = index_.try_emplace(std::move(subset), fresh);
    if (added) {
        subsets_.push_back(at->first);
        successors_.emplace_back(256, unknown);
    }
    return at->second;
}

std::uint32_t label_reader::step(std::uint32_t subset, unsigned char byte) {
    if (successors_[subset][byte] == unknown) {
        const std::uint32_t next = intern(successors(automaton_, subsets_[subset], byte));
        successors_[subset][byte] = next;
    }
    return successors_[subset][byte];
}

std::optional<std::vector<role>> label_reader::read(std::string_view value) {
    std::vector<std::uint32_t> trace = {intern({automaton_.start})};
    trace.reserve(value.size() + 1);
    for (const char c : value) trace.push_back(step(trace.back(), static_cast<unsigned char>(c)));

    const std::vector<std::uint32_t>& last = subsets_[trace.back()];
    const auto accepting =
        std::find_if(last.begin(), last.end(), [&](std::uint32_t s) { return automaton_.states[s].accepting; });
    if (accepting == last.end()) return std::nullopt;
    std::vector<role> roles(value.size(), role::separator);
    std::uint32_t target = *accepting;
    for (std::size_t at = value.size(); at-- > 0;) {
        const auto byte = static_cast<unsigned char>(value[at]);
        const auto step_back = [&]() -> std::pair<std::uint32_t, role> {
            for (const std::uint32_t s : subsets_[trace[at]]) {
                for (const edge& e : automaton_.states[s].edges) {
                    if (e.target == target && e.bytes.test(byte)) return {s, e.label};
                }
            }
            return {target, role::separator};  // Not reached: `target` is in the successor of this subset.
        };
        std::tie(target, roles[at]) = step_back();
    }
    return roles;
}

}  // namespace authgrammar::abnf
