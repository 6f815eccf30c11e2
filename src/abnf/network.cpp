#include "network.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <unordered_map>
#include <utility>

#include "components.hpp"

namespace authgrammar::abnf {
namespace {

constexpr std::size_t max_rules = 1024;
constexpr std::size_t max_positions = 65536;
constexpr std::size_t max_pairs = std::size_t{1} << 20;
constexpr std::size_t max_visits = std::size_t{1} << 24;

/// What can be said of a part of a definition before positions exist.
struct summary {
    bool possible = false;  ///< it derives something
    bool nullable = false;  ///< it derives the empty string
};

/// A rule name in a definition.
struct mention {
    std::uint32_t callee;
    std::uint32_t ordinal;
};

/// A part of a definition as an automaton. `ways` in `first` and `last` are those of reaching the position from
/// the begin of the part, and the end from it, without consuming anything.
struct fragment {
    bool possible = true;
    count empty;
    std::vector<weighted> first;
    std::vector<weighted> last;
};

/// Ways to repeat something with `empty` empty derivations any further number of times without consuming.
count star_of(count empty) { return empty.is_zero() ? count(1) : count::infinite(); }

/// The sum of the powers of `empty` from `at_least` to `at_most`.
count power_sum(count empty, std::uint32_t at_least, std::uint32_t at_most) {
    if (empty.is_zero()) return count(at_least == 0 ? 1 : 0);
    if (at_most == unbounded) return count::infinite();
    if (empty == count(1)) return count(at_most - at_least + 1);
    count power = 1;
    count sum;
    for (std::uint32_t k = 0; k <= at_most; ++k) {
        if (!power.is_exact()) return sum + power;
        if (k >= at_least) sum = sum + power;
        power = power * empty;
    }
    return sum;
}

void scale(std::vector<weighted>& list, count factor) {
    for (weighted& w : list) w.ways = w.ways * factor;
}

void append(std::vector<weighted>& list, const std::vector<weighted>& more, count factor) {
    if (factor.is_zero()) return;
    for (const weighted& w : more) list.push_back({w.position, w.ways * factor});
}

class builder {
public:
    builder(const rule_set& rules, std::string_view top) : used_(rules_used_by(rules, top)) {
        if (used_.empty()) throw error{"", 0, 0, "there is no rule " + std::string(top)};
        if (used_.size() > max_rules) throw too_large();
        for (std::size_t i = 0; i < used_.size(); ++i) {
            index_.emplace(fold_case(used_[i]->name), static_cast<std::uint32_t>(i));
        }
        for (rule_ = 0; rule_ < used_.size(); ++rule_) note_mentions(used_[rule_]->definition);
    }

    network build() {
        summarise_rules();
        count_empty();
        network_.rules.resize(used_.size());
        for (rule_ = 0; rule_ < used_.size(); ++rule_) {
            fragment whole = make(used_[rule_]->definition);
            network_rule& made = network_.rules[rule_];
            made.name = used_[rule_]->name;
            if (!whole.possible) continue;
            made.empty = empty_[rule_];
            made.first = std::move(whole.first);
            for (const weighted& w : made.first) network_.positions[w.position].is_first = true;
            for (const weighted& w : whole.last) {
                network_.positions[w.position].last = w.ways;
                made.ends.push_back(w.position);
            }
        }
        for (std::uint32_t p = 0; p < network_.positions.size(); ++p) {
            for (const weighted& w : network_.positions[p].follow) network_.positions[w.position].before.push_back(p);
        }
        network_.productive = summaries_.front().possible;
        rank_rules();
        return std::move(network_);
    }

private:
    static error too_large() { return error{"", 0, 0, "the rules are too large for the recogniser"}; }

    void spend(std::size_t limit) {
        if (++work_ > limit) throw too_large();
    }

    void note_mentions(const node& n) {
        if (n.kind == node_kind::reference) {
            const auto found = index_.find(fold_case(n.text));
            if (found == index_.end()) {
                throw error{used_[rule_]->source, n.line, n.column, "the rule " + n.text + " is not defined"};
            }
            mentions_.emplace(&n, mention{found->second, next_ordinal_[{rule_, found->second}]++});
        }
        if (n.kind == node_kind::list || n.kind == node_kind::prose) {
            throw error{used_[rule_]->source, n.line, n.column, "the rules are not resolved"};
        }
        for (const node& child : n.children) note_mentions(child);
    }

    /// The least fixed point of what the rules derive. Callees mostly stand after their callers.
    void summarise_rules() {
        summaries_.resize(used_.size());
        for (bool changed = true; changed;) {
            changed = false;
            for (std::size_t r = used_.size(); r-- > 0;) {
                const summary now = summarise(used_[r]->definition);
                changed = changed || now.possible != summaries_[r].possible || now.nullable != summaries_[r].nullable;
                summaries_[r] = now;
            }
        }
        work_ = 0;
    }

    summary summarise(const node& n) {
        spend(max_visits);
        switch (n.kind) {
            case node_kind::alternation: {
                summary any;
                for (const node& child : n.children) {
                    const summary s = summarise(child);
                    any = {any.possible || s.possible, any.nullable || s.nullable};
                }
                return any;
            }
            case node_kind::repetition: {
                const summary s = summarise(n.children.front());
                return {n.at_least == 0 || s.possible, n.at_least == 0 || s.nullable};
            }
            case node_kind::reference: return summaries_[mentions_.at(&n).callee];
            case node_kind::literal: return {true, n.text.empty()};
            case node_kind::range: return {true, false};
            default: {
                summary all{true, true};
                for (const node& child : n.children) {
                    const summary s = summarise(child);
                    all = {all.possible && s.possible, all.nullable && s.nullable};
                }
                return all;
            }
        }
    }

    /// The rules that take part in a derivation of the empty string from `n`, which is nullable.
    void empty_callees(const node& n, std::vector<std::uint32_t>& callees) {
        if (n.kind == node_kind::reference) callees.push_back(mentions_.at(&n).callee);
        if (n.kind == node_kind::repetition && n.at_most == 0) return;
        for (const node& child : n.children) {
            if (summarise(child).nullable) empty_callees(child, callees);
        }
    }

    /// Counts the derivations of the empty string, callees first. A rule that takes part in its own has infinitely
    /// many.
    void count_empty() {
        const std::size_t n = used_.size();
        std::vector<std::vector<std::uint32_t>> callees(n);
        for (std::size_t r = 0; r < n; ++r) {
            if (summaries_[r].nullable) empty_callees(used_[r]->definition, callees[r]);
        }
        const components graph = find_components(callees);
        std::vector<std::uint32_t> order(n);
        std::iota(order.begin(), order.end(), 0U);
        std::stable_sort(order.begin(), order.end(),
                         [&](std::uint32_t a, std::uint32_t b) { return graph.rank[a] < graph.rank[b]; });
        empty_.assign(n, count());
        for (const std::uint32_t r : order) {
            if (!summaries_[r].nullable) continue;
            empty_[r] = graph.cyclic[r] ? count::infinite() : empty_of(used_[r]->definition);
        }
        work_ = 0;
    }

    count empty_of(const node& n) const {
        switch (n.kind) {
            case node_kind::alternation: {
                count sum;
                for (const node& child : n.children) sum = sum + empty_of(child);
                return sum;
            }
            case node_kind::repetition: return power_sum(empty_of(n.children.front()), n.at_least, n.at_most);
            case node_kind::reference: return empty_[mentions_.at(&n).callee];
            case node_kind::literal: return count(n.text.empty() ? 1 : 0);
            case node_kind::range: return count();
            default: {
                count product = 1;
                for (const node& child : n.children) product = product * empty_of(child);
                return product;
            }
        }
    }

    std::uint32_t add_position() {
        if (network_.positions.size() == max_positions) throw too_large();
        network_.positions.emplace_back();
        network_.positions.back().rule = rule_;
        return static_cast<std::uint32_t>(network_.positions.size() - 1);
    }

    static fragment single(std::uint32_t position) {
        fragment f;
        f.first = f.last = {{position, 1}};
        return f;
    }

    static fragment nothing() {
        fragment f;
        f.empty = 1;
        return f;
    }

    void link(const std::vector<weighted>& from, const std::vector<weighted>& to, count factor) {
        if (from.size() > 0 && to.size() > (max_pairs - pairs_) / from.size()) throw too_large();
        pairs_ += from.size() * to.size();
        for (const weighted& a : from) {
            for (const weighted& b : to) {
                network_.positions[a.position].follow.push_back({b.position, a.ways * b.ways * factor});
            }
        }
    }

    fragment concatenate(fragment a, fragment b) {
        fragment both;
        both.possible = a.possible && b.possible;
        if (!both.possible) return both;
        link(a.last, b.first, 1);
        both.empty = a.empty * b.empty;
        both.first = std::move(a.first);
        append(both.first, b.first, a.empty);
        both.last = std::move(b.last);
        append(both.last, a.last, b.empty);
        return both;
    }

    static fragment optional(fragment f) {
        if (!f.possible) return nothing();
        f.empty = f.empty + count(1);
        return f;
    }

    /// One or more of what `f` derives.
    fragment plus(fragment f) {
        if (!f.possible) return f;
        const count around = star_of(f.empty);
        link(f.last, f.first, around);
        scale(f.first, around);
        scale(f.last, around);
        f.empty = f.empty.is_zero() ? count() : count::infinite();
        return f;
    }

    fragment repeat(const node& n) {
        const node& element = n.children.front();
        const bool open = n.at_most == unbounded;
        const std::uint32_t required = open && n.at_least > 0 ? n.at_least - 1 : n.at_least;
        fragment tail = nothing();
        if (open) {
            tail = plus(make(element));
            if (n.at_least == 0) tail = optional(std::move(tail));
        } else {
            for (std::uint32_t k = n.at_least; k < n.at_most; ++k) {
                tail = optional(concatenate(make(element), std::move(tail)));
            }
        }
        for (std::uint32_t k = 0; k < required; ++k) tail = concatenate(make(element), std::move(tail));
        return tail;
    }

    fragment make(const node& n) {
        spend(max_pairs);
        switch (n.kind) {
            case node_kind::alternation: {
                fragment any;
                any.possible = false;
                for (const node& child : n.children) {
                    const fragment f = make(child);
                    if (!f.possible) continue;
                    any.possible = true;
                    any.empty = any.empty + f.empty;
                    append(any.first, f.first, 1);
                    append(any.last, f.last, 1);
                }
                return any;
            }
            case node_kind::repetition: return repeat(n);
            case node_kind::reference: {
                const mention called = mentions_.at(&n);
                const std::uint32_t p = add_position();
                network_.positions[p].callee = called.callee;
                network_.positions[p].ordinal = called.ordinal;
                fragment f = single(p);
                f.possible = summaries_[called.callee].possible;
                f.empty = empty_[called.callee];
                return f;
            }
            case node_kind::literal: {
                fragment all = nothing();
                for (const char c : n.text) {
                    const std::uint32_t p = add_position();
                    network_.positions[p].bytes.set(static_cast<unsigned char>(c));
                    if (n.any_case && ((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'))) {
                        network_.positions[p].bytes.set(static_cast<unsigned char>(c) ^ 0x20U);
                    }
                    all = concatenate(std::move(all), single(p));
                }
                return all;
            }
            case node_kind::range: {
                const std::uint32_t p = add_position();
                for (unsigned b = n.low; b <= n.high; ++b) network_.positions[p].bytes.set(b);
                return single(p);
            }
            default: {
                fragment all = nothing();
                for (const node& child : n.children) all = concatenate(std::move(all), make(child));
                return all;
            }
        }
    }

    void rank_rules() {
        std::vector<std::vector<std::uint32_t>> calls(network_.rules.size());
        for (const network_position& p : network_.positions) {
            if (p.callee != no_rule && p.is_first && !p.last.is_zero()) calls[p.rule].push_back(p.callee);
        }
        const components graph = find_components(calls);
        for (std::size_t r = 0; r < network_.rules.size(); ++r) {
            network_.rules[r].rank = graph.rank[r];
            network_.rules[r].cyclic = graph.cyclic[r];
        }
    }

    std::vector<const rule*> used_;
    std::unordered_map<std::string, std::uint32_t> index_;
    std::vector<summary> summaries_;
    std::vector<count> empty_;
    network network_;
    std::uint32_t rule_ = 0;
    std::unordered_map<const node*, mention> mentions_;
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> next_ordinal_;
    std::size_t pairs_ = 0;
    std::size_t work_ = 0;
};

}  // namespace

result<network> make_network(const rule_set& rules, std::string_view top) {
    try {
        return builder(rules, top).build();
    } catch (error& failure) {
        return std::move(failure);
    }
}

}  // namespace authgrammar::abnf
