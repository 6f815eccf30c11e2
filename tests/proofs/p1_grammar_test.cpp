// Proof P1: the PEGTL grammar equals the ABNF text, rule by rule.

#include "peg_automaton.hpp"
#include "peg_rules.hpp"
#include "report.hpp"

#include <authgrammar/abnf/edition.hpp>
#include <authgrammar/abnf/product.hpp>
#include <authgrammar/abnf/w_method.hpp>

#include <gtest/gtest.h>

#include <cstdio>
#include <iterator>
#include <optional>
#include <stdexcept>
#include <string>

namespace {

using namespace authgrammar;
using namespace authgrammar::proofs;

constexpr abnf::suite_settings every_byte{0, true};

struct totals {
    std::size_t rules = 0;
    std::size_t formulas = 0;
    std::size_t reverse_states = 0;
    std::size_t states = 0;
    std::size_t pairs = 0;
};

/// A shortest value on which the types and the text differ; none if there is none.
std::optional<std::string> difference(const peg_rule& rule, const abnf::dfa& text, totals& sum) {
    peg_figures made;
    const abnf::dfa peg = automaton_of(rule.types, &made);
    ++sum.rules;
    sum.formulas += made.formulas;
    sum.reverse_states += made.reverse_states;
    sum.states += made.states;
    sum.pairs += abnf::count_pairs(peg, text);
    return abnf::find_difference(peg, text);
}

std::string shown(const peg_rule& rule, const abnf::dfa& text, const std::string& witness) {
    return visible(witness) +
           (abnf::accepts(text, witness) ? " is in the ABNF, and not in the PEG's "
                                         : " is in the PEG's, and not in the ABNF's ") +
           rule.name;
}

// shows: R7235-C-collected conforming
TEST(p1, peg_equals_abnf) {
    const stopwatch watch;
    totals sum;
    for (const abnf::edition_info& edition : abnf::editions()) {
        const abnf::rule_set text = get(abnf::load_edition(edition.name));
        const auto peg = peg_rules_of(edition.name);
        for (const abnf::rule& rule : text.rules()) {
            ASSERT_TRUE(peg.count(rule.name)) << rule.name << " of " << edition.name << " has no PEG rule";
            const abnf::dfa automaton = get(abnf::make_dfa(text, rule.name));
            const auto witness = difference(peg.at(rule.name), automaton, sum);
            EXPECT_FALSE(witness) << edition.name << ": " << shown(peg.at(rule.name), automaton, *witness);
        }
        const auto fields = peg_fields_of(edition.name);
        ASSERT_EQ(fields.size(), abnf::field_names().size());
        for (const peg_rule& field : fields) {
            const abnf::dfa automaton = get(abnf::make_dfa(text, field.name));
            const auto witness = difference(field, automaton, sum);
            EXPECT_FALSE(witness) << edition.name << ": " << shown(field, automaton, *witness);
        }
    }
    if (HasFailure()) return;
    std::printf(
        "P1 PEGTL grammar = ABNF: %zu editions, %zu comparisons of rules and fields, %zu formulas, %zu reverse and %zu "
        "states, %zu pairs, %.1f s\n",
        abnf::editions().size(), sum.rules, sum.formulas, sum.reverse_states, sum.states, sum.pairs, watch.seconds());
}

/// The rules of a scheme's own texts.
std::vector<abnf::rule> own_rules(const abnf::rule_set& text) {
    std::vector<abnf::rule> own;
    for (const abnf::rule& rule : text.rules()) {
        if (abnf::is_scheme_rule(rule)) own.push_back(rule);
    }
    return own;
}

TEST(p1, peg_equals_abnf_in_the_schemes) {
    const stopwatch watch;
    totals sum;
    for (const abnf::edition_info& scheme : abnf::schemes()) {
        const abnf::rule_set text = get(abnf::load_scheme(scheme.name));
        const auto peg = peg_rules_of_scheme(scheme.name);
        const auto own = own_rules(text);
        EXPECT_EQ(own.size(), peg.size()) << scheme.name;
        for (const abnf::rule& rule : own) {
            ASSERT_TRUE(peg.count(rule.name)) << rule.name << " of " << scheme.name << " has no PEG rule";
            const abnf::dfa automaton = get(abnf::make_dfa(text, rule.name));
            const auto witness = difference(peg.at(rule.name), automaton, sum);
            EXPECT_FALSE(witness) << scheme.name << ": " << shown(peg.at(rule.name), automaton, *witness);
        }
    }
    if (HasFailure()) return;
    std::printf(
        "P1 PEGTL grammar = ABNF of the schemes: %zu schemes, %zu comparisons of rules, %zu formulas, %zu reverse and "
        "%zu states, %zu pairs, %.1f s\n",
        abnf::schemes().size(), sum.rules, sum.formulas, sum.reverse_states, sum.states, sum.pairs, watch.seconds());
}

/// Runs the compiled rule on the suite of the language that the walk says it has; the number of strings.
std::size_t run_suite(const peg_rule& rule, const abnf::suite_settings& settings) {
    std::size_t words = 0;
    const abnf::dfa peg = automaton_of(rule.types);
    abnf::for_each_suite_word(peg, settings, [&](const std::string& word) {
        ++words;
        ASSERT_EQ(rule.matches(word), abnf::accepts(peg, word)) << rule.name << " " << visible(word);
    });
    return words;
}

// The proof reads the types; PEGTL reads them too. That both read the same is tested, and completely if what the
// compiler makes of a rule has no more states than its language.
TEST(p1, compiled_rules_do_what_the_walk_says) {
    const stopwatch watch;
    std::size_t rules = 0;
    std::size_t words = 0;
    for (const abnf::edition_info& edition : abnf::editions()) {
        auto all = peg_fields_of(edition.name);
        for (const auto& [name, rule] : peg_rules_of(edition.name)) all.push_back(rule);
        rules += all.size();
        for (const peg_rule& rule : all) words += run_suite(rule, every_byte);
    }
    if (HasFailure()) return;
    std::printf("P1 compiled rules = walk: %zu rules, %zu strings of W-method suites over 256 bytes, %.1f s\n", rules,
                words, watch.seconds());
}

// Over one byte of each class: the names of Digest's parameters make many states. A slow build leaves out the largest.
TEST(p1, compiled_rules_of_schemes_do_what_the_walk_says) {
    const stopwatch watch;
    std::size_t rules = 0;
    std::size_t words = 0;
    for (const abnf::edition_info& scheme : abnf::schemes()) {
        for (const auto& [name, rule] : peg_rules_of_scheme(scheme.name)) {
            if (checked_build && (name == "credentials" || name == "credentials-param")) continue;
            words += run_suite(rule, {});
            ++rules;
        }
    }
    if (HasFailure()) return;
    std::printf("P1 compiled rules of schemes = walk: %zu rules, %zu strings of W-method suites, %.1f s\n", rules,
                words, watch.seconds());
}

struct refutation {
    const char* edition;
    const char* transcription;
    const char* field;
    const char* witness;
    bool in_abnf;  ///< else in the PEG's language
};

// "!" is a token that is no token68, "a" one that is. A text that is copied can only lose
// values, because what a PEG matches is a derivation; one that is read by another list rule may win some.
const refutation refutations[] = {
    {"rfc7235", "literal copy", "WWW-Authenticate", "! ,!", true},
    {"rfc7235", "literal copy", "Authorization", "! a=!", true},
    {"rfc7235", "params first", "WWW-Authenticate", "! a", true},
    {"rfc7235", "guarded token68", "WWW-Authenticate", "! ,!", true},
    {"rfc7235", "separated list", "WWW-Authenticate", "! ,,!=!", true},
    {"rfc7235", "optional gap", "WWW-Authenticate", "! ,!=!", false},
    {"rfc7235", "sender expansion", "WWW-Authenticate", "", false},
    {"rfc7235", "recipient expansion", "WWW-Authenticate", "", false},
    {"rfc9110-recipient", "literal copy", "WWW-Authenticate", "! ,!", true},
    {"rfc9110-recipient", "literal copy", "Authorization", "! a=!", true},
    {"rfc9110-recipient", "guarded token68", "WWW-Authenticate", "! ,!", true},
    {"rfc9110-recipient", "sender expansion", "WWW-Authenticate", ",", true},
    {"rfc9110-recipient", "rfc7230 expansion", "WWW-Authenticate", "", true},
    {"rfc9110-sender", "literal copy", "WWW-Authenticate", "! a=!", true},
    {"rfc9110-sender", "literal copy", "Authorization", "! a=!", true},
};

// shows: R7235-C-collected violating
TEST(p1, naive_grammars_are_refuted) {
    const auto naive = naive_rules();
    ASSERT_EQ(naive.size(), std::size(refutations));
    for (std::size_t i = 0; i < naive.size(); ++i) {
        const refutation& by = refutations[i];
        const peg_rule& rule = naive[i].rule;
        ASSERT_EQ(naive[i].edition, by.edition);
        ASSERT_EQ(naive[i].transcription, by.transcription);
        ASSERT_EQ(rule.name, by.field);
        const abnf::dfa text = get(abnf::make_dfa(get(abnf::load_edition(by.edition)), by.field));
        totals ignored;
        const auto witness = difference(rule, text, ignored);
        ASSERT_TRUE(witness) << by.transcription << " is not refuted";
        EXPECT_EQ(visible(*witness), visible(by.witness)) << by.edition << ", " << by.transcription;
        EXPECT_EQ(abnf::accepts(text, *witness), by.in_abnf);
        EXPECT_EQ(rule.matches(*witness), !by.in_abnf) << "the compiled rule does otherwise";
    }
    if (HasFailure()) return;
    std::printf("P1 refutes %zu naive transcriptions, each by its shortest witness\n", naive.size());
}

// PEGTL would read on for ever: the walk says so instead.
TEST(p1, a_star_of_nothing_is_refused) {
    const expression loop = make(expression::form::star, {make(expression::form::success)});
    EXPECT_THROW(automaton_of(loop), std::logic_error);
}

}  // namespace
