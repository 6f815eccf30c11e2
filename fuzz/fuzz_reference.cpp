// The reader of ABNF on any text: rules or an error with a place, in bounded work; rules that it prints it reads
// back; and for small grammars the two ways in which the reference decides a value agree.
// Options: four bytes, of which values for the rules are made, and the form of lists.

#include "support/allocations.hpp"
#include "support/input.hpp"
#include "support/mutator.hpp"
#include "support/oracle.hpp"
#include "support/random.hpp"

#include <authgrammar/abnf/automaton.hpp>
#include <authgrammar/abnf/reader.hpp>
#include <authgrammar/abnf/recogniser.hpp>
#include <authgrammar/abnf/rules.hpp>
#include <authgrammar/abnf/tree.hpp>

#include <algorithm>
#include <string>
#include <vector>

namespace {

using namespace authgrammar;
using fuzz::planted;
using fuzz::require;

/// What reading may cost: bytes of heap for each byte of text, and for the text as a whole.
constexpr std::size_t heap_per_byte = 2500;
constexpr std::size_t heap_in_all = 20000;

std::size_t nodes_of(const abnf::node& n) {
    std::size_t count = 1;
    for (const abnf::node& child : n.children) count += nodes_of(child);
    return count;
}

/// A measure of how many states a definition may take.
std::size_t weight_of(const abnf::node& n) {
    std::size_t weight = 1 + n.text.size();
    for (const abnf::node& child : n.children) weight += weight_of(child);
    if (n.kind == abnf::node_kind::repetition || n.kind == abnf::node_kind::list) {
        const std::size_t times = n.at_most == abnf::unbounded ? n.at_least + std::size_t{1} : n.at_most;
        weight *= std::max<std::size_t>(times, 1);
    }
    return std::min<std::size_t>(weight, 1000000);
}

void check_error(std::string_view text, const abnf::error& why) {
    const std::size_t lines = 1 + static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
    std::size_t line = why.line;
    if (planted("error_counts_lines_twice") && line > 2) line = 2 * lines;
    require("error_has_a_place", !why.message.empty() && why.source == "fuzz" && line >= 1 && line <= lines &&
                                     why.column >= 1 && why.column <= text.size() + 1);
}

void check_rule(std::string_view text, const abnf::rule& r) {
    const bool elsewhere = planted("a_rule_s_text_is_the_next_one_s") && r.line > 2;
    require("rule_is_of_the_text", !elsewhere && text.find(r.text) != std::string_view::npos &&
                                       r.text.compare(0, r.name.size(), r.name) == 0 && r.column == 1);
    const std::string printed = "x = " + abnf::to_string(r.definition) + "\n";
    const auto again = abnf::read(printed, "printed");
    bool same = again.has_value() && again->size() == 1 &&
                abnf::same_structure(abnf::normalise((*again)[0].definition), abnf::normalise(r.definition));
    if (planted("prints_an_option_as_a_group") && r.text.find('[') != std::string::npos) same = false;
    require("printed_is_read_back", same);
}

/// A value that follows the automaton for a while, and then perhaps does not.
std::string value_for(const abnf::dfa& automaton, const std::vector<bool>& live, fuzz::random_source& random) {
    const std::vector<unsigned char> bytes = abnf::class_representatives(automaton);
    std::string value;
    std::uint32_t state = automaton.start;
    for (std::size_t n = random.below(12); n != 0; --n) {
        const unsigned char byte = random.any(bytes);
        const std::uint32_t next = automaton.step(state, byte);
        if (!live[next] && !random.one_in(8)) continue;
        value += static_cast<char>(byte);
        state = next;
    }
    return value;
}

/// Automaton and recogniser, made from one rule in different ways.
void check_engines(const abnf::rule_set& rules, const abnf::rule& r, fuzz::random_source& random) {
    const auto automaton = abnf::make_dfa(rules, r.name);
    const auto recogniser = abnf::recogniser::make(rules, r.name);
    if (!recogniser) return;
    if (!automaton) return;
    const bool merged = planted("two_states_are_not_merged") && automaton->states() > 4;
    require("automaton_is_minimal",
            !merged && abnf::well_formed(*automaton) && abnf::minimise(*automaton).states() == automaton->states());
    const std::vector<bool> live = abnf::live_states(*automaton);
    if (const auto word = abnf::shortest_word(*automaton)) {
        const auto said = recogniser->recognise_within(*word, 100000);
        bool accepted = !said || said->accepted();
        if (planted("a_range_is_one_short") && r.text.find("%x41") != std::string::npos && !word->empty())
            accepted = false;
        require("shortest_word_is_recognised", accepted);
    }
    for (int i = 0; i < 3; ++i) {
        const std::string value = value_for(*automaton, live, random);
        const auto said = recogniser->recognise_within(value, 100000);
        if (!said) continue;
        bool same = said->accepted() == abnf::accepts(*automaton, value) &&
                    said->viable_prefix() == abnf::viable_prefix(*automaton, live, value);
        if (planted("a_repetition_of_two_is_dead") && value.size() == 2 && r.text.find('*') != std::string::npos)
            same = false;
        require("two_ways_agree", same);
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const fuzz::input in(data, size, 4);
    const fuzz::heap_copy copy(in.text());
    const std::string_view text = copy.view();

    const fuzz::heap_use before = fuzz::heap_so_far();
    const auto rules = abnf::read(text, "fuzz");
    if (planted("reading_is_quadratic") && text.size() > 100) fuzz::take_and_give_back(40 * text.size() * text.size());
    require("work_is_bounded", fuzz::heap_so_far().bytes - before.bytes <= heap_in_all + heap_per_byte * text.size());
    if (!rules) {
        check_error(text, rules.failure());
        return 0;
    }
    std::size_t nodes = 0;
    for (const abnf::rule& r : *rules) {
        check_rule(text, r);
        nodes += nodes_of(r.definition);
    }
    if (planted("an_option_is_many_nodes") && text.find("[ ") != std::string_view::npos) nodes += 100 * text.size();
    require("tree_is_bounded", nodes <= 4 * text.size() + 4);

    // The editions' own texts are too large for this; fragments of them are not.
    std::size_t weight = 0;
    for (const abnf::rule& r : *rules) weight += weight_of(r.definition);
    if (weight > 300) return 0;
    abnf::rule_set set;
    if (set.add(*rules)) return 0;
    const auto resolved = set.resolve(static_cast<abnf::list_form>(in.option(3) % 3));
    if (!resolved) {
        require("error_explained", !resolved.failure().message.empty() && !planted("an_unknown_rule_is_silent"));
        return 0;
    }
    fuzz::random_source random(in.option(0) + 256 * in.option(1) + 65536 * in.option(2));
    for (const abnf::rule& r : resolved->rules()) {
        std::size_t expanded = 0;
        for (const abnf::rule* used : abnf::rules_used_by(*resolved, r.name)) expanded += weight_of(used->definition);
        if (expanded <= 300) check_engines(*resolved, r, random);
    }
    return 0;
}

AUTHGRAMMAR_FUZZ_MUTATOR(4, authgrammar::fuzz::abnf_text)
