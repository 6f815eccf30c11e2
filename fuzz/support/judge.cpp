#include "judge.hpp"

#include <authgrammar/abnf/edition.hpp>
#include <authgrammar/abnf/events.hpp>

#include <array>
#include <memory>

namespace authgrammar::fuzz {

namespace {

/// A shortest word from each state to acceptance: breadth first, backwards.
std::vector<std::string> completions_of(const abnf::dfa& automaton) {
    const std::vector<unsigned char> representatives = abnf::class_representatives(automaton);
    std::vector<std::string> words(automaton.states());
    std::vector<bool> known = automaton.accepting;
    for (bool changed = true; changed;) {
        changed = false;
        const std::vector<bool> before = known;
        for (std::uint32_t s = 0; s < automaton.states(); ++s) {
            for (std::size_t c = 0; c < automaton.classes && !known[s]; ++c) {
                const std::uint32_t next = automaton.step(s, representatives[c]);
                if (!before[next]) continue;
                words[s] = static_cast<char>(representatives[c]) + words[next];
                known[s] = changed = true;
            }
        }
    }
    return words;
}

}  // namespace

judge& judge::of(field f, edition e) {
    static std::array<std::array<std::unique_ptr<judge>, all_fields.size()>, all_editions.size()> judges;
    std::unique_ptr<judge>& j = judges[static_cast<std::size_t>(e)][static_cast<std::size_t>(f)];
    if (j == nullptr) j.reset(new judge(f, e));
    return *j;
}

const abnf::rule_set& judge::rules(edition e) {
    static std::array<std::unique_ptr<abnf::rule_set>, all_editions.size()> sets;
    std::unique_ptr<abnf::rule_set>& set = sets[static_cast<std::size_t>(e)];
    if (set == nullptr) set = std::make_unique<abnf::rule_set>(abnf::load_edition(name_of(e)).value());
    return *set;
}

const deriver& judge::words(edition e) {
    static std::array<std::unique_ptr<deriver>, all_editions.size()> derivers;
    std::unique_ptr<deriver>& d = derivers[static_cast<std::size_t>(e)];
    if (d == nullptr) d = std::make_unique<deriver>(rules(e));
    return *d;
}

judge::judge(field f, edition e)
    : automaton_(abnf::make_dfa(rules(e), name_of(f)).value()),
      live_(abnf::live_states(automaton_)),
      completions_(completions_of(automaton_)),
      reader_(abnf::make_labelled(rules(e), name_of(f)).value()) {}

opinion judge::decide(std::string_view value) {
    opinion o;
    o.offset = abnf::viable_prefix(automaton_, live_, value);
    o.valid = o.offset == value.size() && abnf::accepts(automaton_, value);
    if (!o.valid) return o;
    const std::vector<abnf::event> events = abnf::events_of(*reader_.read(value));
    o.events.reserve(events.size());
    for (const abnf::event& e : events) {
        o.events.push_back({static_cast<event_kind>(e.kind), e.quoted, static_cast<std::uint32_t>(e.begin),
                            static_cast<std::uint32_t>(e.end)});
    }
    return o;
}

std::string judge::complete(std::string_view viable) const {
    std::uint32_t state = automaton_.start;
    for (const char c : viable) state = automaton_.step(state, static_cast<unsigned char>(c));
    return std::string(viable) + completions_[state];
}

}  // namespace authgrammar::fuzz
