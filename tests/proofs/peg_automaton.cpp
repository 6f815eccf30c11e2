#include "peg_automaton.hpp"

#include <array>
#include <cstdint>
#include <map>
#include <stdexcept>
#include <string>
#include <tuple>
#include <utility>

namespace authgrammar::proofs {
namespace {

using index = std::uint32_t;

/// A statement about the rest of an input. `first` and `second` are numbers of formulas.
struct formula {
    enum class form { never, always, at_end, octet, both, either, opposite, loop };
    form is;
    index first = 0;  ///< of `octet`: what has to hold behind it; of `loop`: what it stands for
    index second = 0;
    std::bitset<256> octets{};
};

/// Writes M(e, K) as formulas, each once.
class writer {
public:
    writer() { formulas_ = {{formula::form::never}, {formula::form::always}, {formula::form::at_end}}; }

    /// M(e, then).
    index match(const expression& e, index then) {
        const std::pair asked(identify(e), then);
        const auto known = matches_.find(asked);
        if (known != matches_.end()) return known->second;
        if (e.is == expression::form::star) return loop(e, asked);
        const index made = write(e, then);
        matches_.emplace(asked, made);
        return made;
    }

    static constexpr index never = 0;
    static constexpr index always = 1;
    static constexpr index at_end = 2;

    [[nodiscard]] const std::vector<formula>& formulas() const { return formulas_; }

private:
    index write(const expression& e, index then) {
        switch (e.is) {
            case expression::form::octet: return add({formula::form::octet, then, 0, e.octets});
            case expression::form::success: return then;
            case expression::form::failure: return never;
            case expression::form::end: return both(at_end, then);
            case expression::form::sequence:
                for (std::size_t i = e.parts.size(); i-- > 0;) then = match(e.parts[i], then);
                return then;
            case expression::form::choice: {
                index made = never;
                for (std::size_t i = e.parts.size(); i-- > 0;) {
                    const index others = both(opposite(match(e.parts[i], always)), made);
                    made = either(match(e.parts[i], then), others);
                }
                return made;
            }
            case expression::form::not_ahead: return both(opposite(match(e.parts.front(), always)), then);
            case expression::form::star: break;
        }
        throw std::logic_error("an expression of no form");
    }

    index loop(const expression& e, std::pair<index, index> asked) {
        const auto x = static_cast<index>(formulas_.size());
        formulas_.push_back({formula::form::loop});
        matches_.emplace(asked, x);
        const expression& body = e.parts.front();
        const index stop = both(opposite(match(body, always)), asked.second);
        const index go_on = match(body, x);
        formulas_[x].first = either(go_on, stop);
        return x;
    }

    index both(index a, index b) {
        if (a == always || b == never) return b;
        return b == always || a == never ? a : add({formula::form::both, a, b});
    }
    index either(index a, index b) {
        if (a == never || b == always) return b;
        return b == never || a == always ? a : add({formula::form::either, a, b});
    }
    index opposite(index a) {
        if (a == never) return always;
        return a == always ? never : add({formula::form::opposite, a});
    }

    /// The same number for expressions that are the same part for part.
    index identify(const expression& e) {
        const auto known = addresses_.find(&e);
        if (known != addresses_.end()) return known->second;
        std::vector<index> parts;
        for (const expression& part : e.parts) parts.push_back(identify(part));
        const auto fresh = static_cast<index>(expressions_.size());
        const index made =
            expressions_.try_emplace({e.is, e.octets.to_string(), std::move(parts)}, fresh).first->second;
        addresses_.emplace(&e, made);
        return made;
    }

    index add(const formula& f) {
        const auto fresh = static_cast<index>(formulas_.size());
        const auto [at, added] = known_.try_emplace({f.is, f.first, f.second, f.octets.to_string()}, fresh);
        if (added) formulas_.push_back(f);
        return at->second;
    }

    std::vector<formula> formulas_;
    std::map<std::tuple<formula::form, index, index, std::string>, index> known_;
    std::map<std::tuple<expression::form, std::string, std::vector<index>>, index> expressions_;
    std::map<const expression*, index> addresses_;
    std::map<std::pair<index, index>, index> matches_;
};

/// The truth of every formula for one rest, from their truth for the rest without its first octet.
class valuation {
public:
    valuation(const std::vector<formula>& formulas, const std::vector<bool>* behind, unsigned octet)
        : formulas_(formulas), behind_(behind), octet_(octet), known_(formulas.size(), open) {}

    /// The truth of those in `wanted`; false for the others.
    std::vector<bool> of(const std::vector<bool>& wanted) {
        std::vector<bool> values;
        for (index f = 0; f < formulas_.size(); ++f) values.push_back(wanted[f] && holds(f));
        return values;
    }

private:
    bool holds(index f) {
        if (known_[f] == busy) throw std::logic_error("a star repeats what may match nothing");
        if (known_[f] == open) {
            known_[f] = busy;
            known_[f] = compute(formulas_[f]) ? yes : no;
        }
        return known_[f] == yes;
    }
    bool compute(const formula& f) {
        switch (f.is) {
            case formula::form::never: return false;
            case formula::form::always: return true;
            case formula::form::at_end: return behind_ == nullptr;
            case formula::form::octet: return behind_ != nullptr && f.octets[octet_] && (*behind_)[f.first];
            case formula::form::both: return holds(f.first) && holds(f.second);
            case formula::form::either: return holds(f.first) || holds(f.second);
            case formula::form::opposite: return !holds(f.first);
            case formula::form::loop: return holds(f.first);
        }
        return false;
    }

    enum truth : char { open, busy, no, yes };
    const std::vector<formula>& formulas_;
    const std::vector<bool>* behind_;
    unsigned octet_;
    std::vector<truth> known_;
};

/// The octets that no formula tells apart share a class.
void partition(const std::vector<formula>& formulas, abnf::dfa& made) {
    std::map<std::vector<bool>, std::uint16_t> classes;
    for (unsigned octet = 0; octet < 256; ++octet) {
        std::vector<bool> membership;
        for (const formula& f : formulas) membership.push_back(f.octets[octet]);
        const auto fresh = static_cast<std::uint16_t>(classes.size());
        made.class_of[octet] = classes.try_emplace(std::move(membership), fresh).first->second;
    }
    made.classes = classes.size();
}

/// The automaton that reads from the right; `root` is the formula of the whole. Its classes are those of `made`.
struct reverse_automaton {
    std::vector<std::vector<index>> next;  ///< by state, then by class; state 0 has read nothing
    std::vector<bool> accepting;
};

reverse_automaton read_from_the_right(const std::vector<formula>& formulas, index root, const abnf::dfa& classes) {
    std::vector<unsigned> representative(classes.classes);
    for (unsigned octet = 256; octet-- > 0;) representative[classes.class_of[octet]] = octet;
    reverse_automaton made;
    std::map<std::vector<bool>, index> numbers;
    std::vector<std::vector<bool>> states;
    // Of what lies behind an octet, only formulas that stand behind one are asked for; with the root they are a state.
    std::vector<bool> kept(formulas.size(), false);
    kept[root] = true;
    for (const formula& f : formulas) {
        if (f.is == formula::form::octet) kept[f.first] = true;
    }
    const auto number = [&](std::vector<bool> values) {
        const auto [at, added] = numbers.try_emplace(std::move(values), static_cast<index>(states.size()));
        if (added) states.push_back(at->first);
        return at->second;
    };
    number(valuation(formulas, nullptr, 0).of(kept));
    for (std::size_t s = 0; s < states.size(); ++s) {
        const std::vector<bool> behind = states[s];
        made.accepting.push_back(behind[root]);
        std::vector<index> row;
        for (const unsigned octet : representative) row.push_back(number(valuation(formulas, &behind, octet).of(kept)));
        made.next.push_back(std::move(row));
    }
    return made;
}

/// The same language, read from the left: a state is the set of states from which the rest has to lead to the
/// first one of `reverse`, which has read nothing.
void turn_round(const reverse_automaton& reverse, abnf::dfa& made) {
    std::map<std::vector<bool>, index> numbers = {{reverse.accepting, 0}};
    std::vector<std::vector<bool>> sets = {reverse.accepting};
    for (std::size_t s = 0; s < sets.size(); ++s) {
        made.accepting.push_back(sets[s][0]);
        for (std::size_t c = 0; c < made.classes; ++c) {
            std::vector<bool> after(reverse.next.size());
            for (std::size_t q = 0; q < after.size(); ++q) after[q] = sets[s][reverse.next[q][c]];
            const auto [at, added] = numbers.try_emplace(std::move(after), static_cast<index>(sets.size()));
            if (added) sets.push_back(at->first);
            made.next.push_back(at->second);
        }
    }
}

}  // namespace

abnf::dfa automaton_of(const expression& e, peg_figures* figures) {
    writer w;
    const index root = w.match(e, writer::at_end);
    abnf::dfa made;
    partition(w.formulas(), made);
    const reverse_automaton reverse = read_from_the_right(w.formulas(), root, made);
    turn_round(reverse, made);
    abnf::dfa minimal = abnf::minimise(made);
    if (figures != nullptr) *figures = {w.formulas().size(), reverse.next.size(), minimal.states()};
    return minimal;
}

}  // namespace authgrammar::proofs
