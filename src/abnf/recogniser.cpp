#include "authgrammar/abnf/recogniser.hpp"

#include <algorithm>
#include <functional>
#include <limits>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "network.hpp"

namespace authgrammar::abnf {

/// A position of a rule that began at `origin`, and the number of derivations of what lies between.
struct item {
    std::uint32_t position;
    std::size_t origin;
    count ways;
};

/// A rule that derives the bytes from `origin` to here.
struct completion {
    std::uint32_t rule;
    std::size_t origin;
    count ways;
};

/// What is known at one offset of the value. The vectors are sorted by their first two members.
struct chart_set {
    std::vector<item> consumed;           ///< positions whose occurrence ends here
    std::vector<item> calling;            ///< positions whose occurrence, a rule, may begin here
    std::vector<completion> completions;  ///< rules that end here, none of them empty
};

struct chart {
    std::vector<chart_set> sets;
};

namespace {

using item_map = std::map<std::pair<std::uint32_t, std::size_t>, count>;

/// Earley's completer, for the set at one offset. A completion is taken up when its count is final: shorter
/// ones come first, and of the same bytes the callee before the caller (`rank`).
class completer {
public:
    completer(const network& n, const std::vector<chart_set>& earlier) : network_(n), earlier_(earlier) {}

    void consume(std::uint32_t position, std::size_t origin, count ways) {
        count& known = consumed_[{position, origin}];
        known = known + ways;
        const network_position& p = network_.positions[position];
        if (p.last.is_zero()) return;
        const agenda_key key = {~origin, network_.rules[p.rule].rank, p.rule};
        // A rule that calls itself for its own word has an infinite count from the start, which nothing changes.
        const bool cyclic = network_.rules[p.rule].cyclic;
        if (cyclic && done_.count(key) != 0) return;
        count& pending = agenda_[key];
        pending = cyclic ? count::infinite() : pending + ways * p.last;
    }

    chart_set run() {
        chart_set here;
        while (!agenda_.empty()) {
            const auto [key, ways] = *agenda_.begin();
            agenda_.erase(agenda_.begin());
            done_.insert(key);
            const std::size_t origin = ~std::get<0>(key);
            const std::uint32_t rule = std::get<2>(key);
            here.completions.push_back({rule, origin, ways});
            for (const item& caller : earlier_[origin].calling) {
                if (network_.positions[caller.position].callee != rule) continue;
                consume(caller.position, caller.origin, caller.ways * ways);
            }
        }
        std::sort(here.completions.begin(), here.completions.end(), [](const completion& a, const completion& b) {
            return std::tie(a.rule, a.origin) < std::tie(b.rule, b.origin);
        });
        for (const auto& [at, ways] : consumed_) here.consumed.push_back({at.first, at.second, ways});
        return here;
    }

private:
    using agenda_key = std::tuple<std::size_t, std::uint32_t, std::uint32_t>;  ///< ~origin, rank, rule

    const network& network_;
    const std::vector<chart_set>& earlier_;
    item_map consumed_;
    std::map<agenda_key, count> agenda_;
    std::set<agenda_key> done_;
};

/// The positions that may come next at `offset`: those that follow a consumed one, and the first ones of every
/// rule that may be called here (Earley's predictor).
item_map next_positions(const network& n, const chart_set& here, std::size_t offset) {
    item_map next;
    std::vector<bool> predicted(n.rules.size(), false);
    std::vector<std::uint32_t> to_predict;
    const auto reach = [&](std::uint32_t position, std::size_t origin, count ways) {
        count& known = next[{position, origin}];
        known = known + ways;
        const std::uint32_t callee = n.positions[position].callee;
        if (callee == no_rule || predicted[callee]) return;
        predicted[callee] = true;
        to_predict.push_back(callee);
    };
    if (offset == 0) {
        predicted[0] = true;
        to_predict.push_back(0);
    }
    for (const item& i : here.consumed) {
        for (const weighted& w : n.positions[i.position].follow) reach(w.position, i.origin, i.ways * w.ways);
    }
    while (!to_predict.empty()) {
        const std::uint32_t rule = to_predict.back();
        to_predict.pop_back();
        for (const weighted& w : n.rules[rule].first) reach(w.position, offset, w.ways);
    }
    return next;
}

const completion* find_completion(const chart_set& set, std::uint32_t rule, std::size_t origin) {
    const auto at =
        std::lower_bound(set.completions.begin(), set.completions.end(), std::tie(rule, origin),
                         [](const completion& c, const auto& key) { return std::tie(c.rule, c.origin) < key; });
    return at != set.completions.end() && at->rule == rule && at->origin == origin ? &*at : nullptr;
}

bool is_consumed(const chart_set& set, std::uint32_t position, std::size_t origin) {
    const auto at =
        std::lower_bound(set.consumed.begin(), set.consumed.end(), std::tie(position, origin),
                         [](const item& i, const auto& key) { return std::tie(i.position, i.origin) < key; });
    return at != set.consumed.end() && at->position == position && at->origin == origin;
}

/// Reads derivations out of a chart, from the right to the left.
class tree_reader {
public:
    /// `choose(n)` selects one of n possibilities, n > 0.
    tree_reader(const network& n, const chart& c, std::function<std::size_t(std::size_t)> choose)
        : network_(n), chart_(c), choose_(std::move(choose)) {}

    std::vector<tree_node> read(std::size_t length) {
        std::vector<tree_node> tree;
        std::vector<task> tasks = {{0, 0, length, 0, 0}};
        while (!tasks.empty()) {
            const task t = tasks.back();
            tasks.pop_back();
            const auto self = static_cast<std::uint32_t>(tree.size());
            tree.push_back({network_.rules[t.rule].name, t.begin, t.end, t.parent, t.ordinal});
            // The last callee is pushed first, so that the first one is read next.
            if (t.begin != t.end) push_callees(t, self, tasks);
        }
        return tree;
    }

private:
    struct task {
        std::uint32_t rule;
        std::size_t begin;
        std::size_t end;
        std::uint32_t parent;
        std::uint32_t ordinal;
    };
    struct step {
        std::uint32_t position;
        std::size_t begin;  ///< where the occurrence begins
    };

    void push_callees(const task& t, std::uint32_t self, std::vector<task>& tasks) {
        std::vector<std::uint32_t> ends;
        for (const std::uint32_t p : network_.rules[t.rule].ends) {
            if (is_consumed(chart_.sets[t.end], p, t.begin)) ends.push_back(p);
        }
        std::uint32_t position = ends[choose_(ends.size())];
        std::size_t end = t.end;
        for (;;) {
            const std::vector<std::size_t> begins = occurrence_begins(position, t.begin, end);
            const std::size_t begin = begins[choose_(begins.size())];
            const network_position& p = network_.positions[position];
            if (p.callee != no_rule) tasks.push_back({p.callee, begin, end, self, p.ordinal});
            // The rule's own begin comes last among the possibilities.
            std::vector<std::uint32_t> before = positions_before(position, t.begin, begin);
            const bool may_begin = begin == t.begin && p.is_first;
            const std::size_t chosen = choose_(before.size() + (may_begin ? 1 : 0));
            if (chosen == before.size()) return;
            position = before[chosen];
            end = begin;
        }
    }

    std::vector<std::uint32_t> positions_before(std::uint32_t position, std::size_t origin, std::size_t offset) const {
        std::vector<std::uint32_t> before;
        for (const std::uint32_t q : network_.positions[position].before) {
            if (is_consumed(chart_.sets[offset], q, origin)) before.push_back(q);
        }
        std::sort(before.begin(), before.end());
        before.erase(std::unique(before.begin(), before.end()), before.end());
        return before;
    }

    bool reachable(std::uint32_t position, std::size_t origin, std::size_t offset) const {
        return (offset == origin && network_.positions[position].is_first) ||
               !positions_before(position, origin, offset).empty();
    }

    /// Where the occurrence of `position` that ends at `end` may begin, in a rule that begins at `origin`.
    std::vector<std::size_t> occurrence_begins(std::uint32_t position, std::size_t origin, std::size_t end) const {
        const std::uint32_t callee = network_.positions[position].callee;
        if (callee == no_rule) return {end - 1};
        std::vector<std::size_t> begins;
        const std::vector<completion>& completions = chart_.sets[end].completions;
        auto at =
            std::lower_bound(completions.begin(), completions.end(), std::tie(callee, origin),
                             [](const completion& c, const auto& key) { return std::tie(c.rule, c.origin) < key; });
        for (; at != completions.end() && at->rule == callee; ++at) {
            if (reachable(position, origin, at->origin)) begins.push_back(at->origin);
        }
        return begins;
    }

    const network& network_;
    const chart& chart_;
    std::function<std::size_t(std::size_t)> choose_;
};

}  // namespace

result<recogniser> recogniser::make(const rule_set& rules, std::string_view rule) {
    result<network> made = make_network(rules, rule);
    if (!made) return made.failure();
    return recogniser(std::make_shared<const network>(std::move(*made)));
}

recognition recogniser::recognise(std::string_view value) const {
    return *recognise_within(value, std::numeric_limits<std::size_t>::max());
}

std::optional<recognition> recogniser::recognise_within(std::string_view value, std::size_t entries) const {
    const network& n = *network_;
    auto filled = std::make_shared<chart>();
    recognition outcome;
    outcome.network_ = network_;
    outcome.length_ = value.size();
    if (!n.productive) return outcome;

    chart_set here;
    std::size_t used = 0;
    for (std::size_t offset = 0;; ++offset) {
        const item_map next = next_positions(n, here, offset);
        for (const auto& [at, ways] : next) {
            if (n.positions[at.first].callee != no_rule) here.calling.push_back({at.first, at.second, ways});
        }
        used += here.consumed.size() + here.calling.size() + here.completions.size();
        if (used > entries) return std::nullopt;
        filled->sets.push_back(std::move(here));
        outcome.viable_prefix_ = offset;
        if (offset == value.size()) break;

        completer set(n, filled->sets);
        for (const auto& [at, ways] : next) {
            const network_position& p = n.positions[at.first];
            const bool scanned = p.callee == no_rule && p.bytes.test(static_cast<unsigned char>(value[offset]));
            if (scanned) set.consume(at.first, at.second, ways);
        }
        here = set.run();
        if (here.consumed.empty()) break;
    }

    if (outcome.viable_prefix_ == value.size()) {
        const completion* whole = find_completion(filled->sets.back(), 0, 0);
        if (value.empty()) {
            outcome.derivations_ = n.rules.front().empty;
        } else if (whole != nullptr) {
            outcome.derivations_ = whole->ways;
        }
        outcome.accepted_ = !outcome.derivations_.is_zero();
    }
    outcome.chart_ = std::move(filled);
    return outcome;
}

std::optional<derivation_tree> recognition::tree() const {
    std::vector<derivation_tree> one = trees(1);
    if (one.empty()) return std::nullopt;
    return std::move(one.front());
}

std::vector<derivation_tree> recognition::trees(std::size_t limit) const {
    std::vector<derivation_tree> all;
    if (!accepted_) return all;
    const bool endless =
        std::any_of(network_->rules.begin(), network_->rules.end(), [](const network_rule& r) { return r.cyclic; });
    if (endless) return all;
    // An odometer of choices: every reading follows the digits so far and appends zeros; then the last digit that
    // can grow does, and those after it fall away.
    struct digit {
        std::size_t value;
        std::size_t base;
    };
    std::vector<digit> digits;
    while (all.size() < limit) {
        std::size_t used = 0;
        tree_reader reader(*network_, *chart_, [&](std::size_t possibilities) {
            if (possibilities == 1) return std::size_t{0};
            if (used == digits.size()) digits.push_back({0, possibilities});
            return digits[used++].value;
        });
        all.emplace_back(reader.read(length_), network_);
        while (!digits.empty() && digits.back().value + 1 == digits.back().base) digits.pop_back();
        if (digits.empty()) break;
        ++digits.back().value;
    }
    return all;
}

}  // namespace authgrammar::abnf
