#include "authgrammar/abnf/reference.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include "authgrammar/abnf/automaton.hpp"
#include "authgrammar/abnf/edition.hpp"
#include "authgrammar/abnf/labels.hpp"
#include "authgrammar/abnf/recogniser.hpp"

namespace authgrammar::abnf {

/// What is made from the rule of one field.
struct reference::engine {
    recogniser context_free;
    dfa automaton;
    std::vector<bool> live;
    label_reader reader;
};

struct reference::impl {
    rule_set rules;
    std::map<std::string, engine> engines;
};

namespace {

bool same(const verdict& a, const verdict& b) {
    return a.valid == b.valid && a.error_offset == b.error_offset && a.events == b.events;
}

}  // namespace

reference::reference(std::unique_ptr<impl> content) : impl_(std::move(content)) {}
reference::reference(reference&&) noexcept = default;
reference& reference::operator=(reference&&) noexcept = default;
reference::~reference() = default;

const rule_set& reference::rules() const noexcept { return impl_->rules; }

result<reference> reference::load(std::string_view edition, const std::optional<std::filesystem::path>& directory) {
    result<rule_set> rules = load_edition(edition, directory);
    if (!rules) return rules.failure();
    auto content = std::make_unique<impl>();
    content->rules = std::move(*rules);
    return reference(std::move(content));
}

result<verdict> reference::parse(std::string_view field, std::string_view value) {
    const std::string name = fold_case(field);
    const std::vector<std::string_view>& fields = field_names();
    const bool known =
        std::any_of(fields.begin(), fields.end(), [&](std::string_view f) { return fold_case(f) == name; });
    if (!known) return error{"", 0, 0, "there is no field " + std::string(field)};

    auto at = impl_->engines.find(name);
    if (at == impl_->engines.end()) {
        result<recogniser> context_free = recogniser::make(impl_->rules, name);
        if (!context_free) return context_free.failure();
        result<dfa> automaton = make_dfa(impl_->rules, name);
        if (!automaton) return automaton.failure();
        result<labelled_automaton> labelled = make_labelled(impl_->rules, name);
        if (!labelled) return labelled.failure();
        std::vector<bool> live = live_states(*automaton);
        at = impl_->engines
                 .emplace(name, engine{std::move(*context_free), std::move(*automaton), std::move(live),
                                       label_reader(std::move(*labelled))})
                 .first;
    }
    engine& e = at->second;

    verdict by_automaton;
    by_automaton.valid = accepts(e.automaton, value);
    by_automaton.error_offset = viable_prefix(e.automaton, e.live, value);
    const std::optional<std::vector<role>> roles = e.reader.read(value);
    if (roles) by_automaton.events = events_of(*roles);
    if (roles.has_value() != by_automaton.valid) return error{"", 0, 0, "the two automata disagree"};
    if (value.size() > longest_for_recogniser) return by_automaton;

    verdict by_derivation;
    const std::optional<recognition> outcome = e.context_free.recognise_within(value, largest_chart);
    if (!outcome) return by_automaton;
    by_derivation.valid = outcome->accepted();
    by_derivation.error_offset = outcome->viable_prefix();
    by_derivation.derivations = outcome->derivations();
    if (const std::optional<derivation_tree> tree = outcome->tree()) by_derivation.events = events_of(*tree);
    if (!same(by_derivation, by_automaton)) return error{"", 0, 0, "the recogniser and the automaton disagree"};
    return by_derivation;
}

}  // namespace authgrammar::abnf
