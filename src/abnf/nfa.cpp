#include "nfa.hpp"

#include <algorithm>
#include <map>
#include <unordered_map>
#include <utility>

#include "roles.hpp"

namespace authgrammar::abnf {
namespace {

constexpr std::size_t max_states = std::size_t{1} << 16;
constexpr std::size_t max_depth = 1000;

class builder {
public:
    explicit builder(const rule_set& rules) : rules_(rules) {}

    nfa build(std::string_view top) {
        const rule* r = rules_.find(top);
        if (r == nullptr) throw error{"", 0, 0, "there is no rule " + std::string(top)};
        nfa_.start = add_state();
        nfa_.accept = call(*r, nfa_.start, role::separator);
        return std::move(nfa_);
    }

private:
    std::uint32_t add_state() {
        if (nfa_.states.size() == max_states) throw error{"", 0, 0, "the rule is too large for an automaton"};
        nfa_.states.emplace_back();
        return static_cast<std::uint32_t>(nfa_.states.size() - 1);
    }

    void jump(std::uint32_t from, std::uint32_t to) { nfa_.states[from].epsilon.push_back(to); }

    /// Consuming states have no other way out, so each is new.
    std::uint32_t consume(std::uint32_t from, const std::bitset<256>& bytes, role label) {
        const std::uint32_t consuming = add_state();
        const std::uint32_t after = add_state();
        jump(from, consuming);
        nfa_.states[consuming].bytes = bytes;
        nfa_.states[consuming].target = after;
        nfa_.states[consuming].label = label;
        return after;
    }

    std::uint32_t call(const rule& r, std::uint32_t from, role label) {
        if (std::find(open_.begin(), open_.end(), &r) != open_.end()) {
            throw error{r.source, r.line, r.column, "the rule " + r.name + " is recursive: it has no automaton"};
        }
        open_.push_back(&r);
        const std::uint32_t end = add(r.definition, from, label);
        open_.pop_back();
        return end;
    }

    /// How many mentions of the same rule stand before this one in the definition of the rule that is open.
    std::uint32_t ordinal(const node& mention) {
        std::unordered_map<const node*, std::uint32_t>& known = ordinals_[open_.back()];
        if (known.empty()) {
            std::map<std::string, std::uint32_t> next;
            number(open_.back()->definition, next, known);
        }
        return known.at(&mention);
    }

    static void number(const node& n, std::map<std::string, std::uint32_t>& next,
                       std::unordered_map<const node*, std::uint32_t>& known) {
        if (n.kind == node_kind::reference) known[&n] = next[fold_case(n.text)]++;
        for (const node& child : n.children) number(child, next, known);
    }

    /// Adds what `n` derives between `from` and the state that is returned.
    std::uint32_t add(const node& n, std::uint32_t from, role label) {
        if (++depth_ > max_depth) throw error{"", 0, 0, "the rule is nested too deep for an automaton"};
        const std::uint32_t end = add_any(n, from, label);
        --depth_;
        return end;
    }

    std::uint32_t add_any(const node& n, std::uint32_t from, role label) {
        switch (n.kind) {
            case node_kind::alternation: {
                const std::uint32_t end = add_state();
                for (const node& child : n.children) jump(add(child, from, label), end);
                return end;
            }
            case node_kind::concatenation: {
                std::uint32_t at = add_state();
                jump(from, at);
                for (const node& child : n.children) at = add(child, at, label);
                return at;
            }
            case node_kind::repetition: return repeat(n, from, label);
            case node_kind::reference: {
                const rule* callee = rules_.find(n.text);
                if (callee == nullptr) throw error{"", n.line, n.column, "the rule " + n.text + " is not defined"};
                const std::optional<role> own = role_of_mention(callee->name, open_.back()->name, ordinal(n));
                return call(*callee, from, own.value_or(label));
            }
            case node_kind::literal: {
                std::uint32_t at = add_state();
                jump(from, at);
                for (const char c : n.text) {
                    std::bitset<256> bytes;
                    bytes.set(static_cast<unsigned char>(c));
                    const bool letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
                    if (n.any_case && letter) bytes.set(static_cast<unsigned char>(c) ^ 0x20U);
                    at = consume(at, bytes, label);
                }
                return at;
            }
            case node_kind::range: {
                std::bitset<256> bytes;
                for (unsigned b = n.low; b <= n.high; ++b) bytes.set(b);
                return consume(from, bytes, label);
            }
            case node_kind::list:
            case node_kind::prose: break;
        }
        throw error{"", n.line, n.column, "the rules are not resolved"};
    }

    std::uint32_t repeat(const node& n, std::uint32_t from, role label) {
        const node& element = n.children.front();
        std::uint32_t at = add_state();
        jump(from, at);
        for (std::uint32_t k = 0; k < n.at_least; ++k) at = add(element, at, label);
        if (n.at_most == unbounded) {
            // The loop has a state of its own, which nothing else enters or leaves.
            const std::uint32_t loop = add_state();
            jump(at, loop);
            jump(add(element, loop, label), loop);
            const std::uint32_t end = add_state();
            jump(loop, end);
            return end;
        }
        const std::uint32_t end = add_state();
        jump(at, end);
        for (std::uint32_t k = n.at_least; k < n.at_most; ++k) {
            at = add(element, at, label);
            jump(at, end);
        }
        return end;
    }

    const rule_set& rules_;
    nfa nfa_;
    std::vector<const rule*> open_;
    std::unordered_map<const rule*, std::unordered_map<const node*, std::uint32_t>> ordinals_;
    std::size_t depth_ = 0;
};

}  // namespace

std::vector<std::uint32_t> nfa::closure(std::vector<std::uint32_t> from) const {
    std::vector<bool> seen(states.size(), false);
    std::vector<std::uint32_t> all;
    while (!from.empty()) {
        const std::uint32_t s = from.back();
        from.pop_back();
        if (seen[s]) continue;
        seen[s] = true;
        if (s == accept || states[s].bytes.any()) all.push_back(s);
        from.insert(from.end(), states[s].epsilon.begin(), states[s].epsilon.end());
    }
    std::sort(all.begin(), all.end());
    return all;
}

result<nfa> make_nfa(const rule_set& rules, std::string_view rule) {
    try {
        return builder(rules).build(rule);
    } catch (error& failure) {
        return std::move(failure);
    }
}

byte_partition partition_bytes(const std::vector<std::bitset<256>>& sets) {
    byte_partition parts;
    for (const std::bitset<256>& set : sets) {
        std::map<std::pair<std::uint16_t, bool>, std::uint16_t> split;
        byte_partition finer;
        for (std::size_t b = 0; b < 256; ++b) {
            const auto fresh = static_cast<std::uint16_t>(split.size());
            finer.class_of[b] = split.try_emplace({parts.class_of[b], set.test(b)}, fresh).first->second;
        }
        finer.classes = split.size();
        parts = finer;
    }
    return parts;
}

}  // namespace authgrammar::abnf
