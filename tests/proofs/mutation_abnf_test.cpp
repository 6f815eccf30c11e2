// The proofs and the vectors would notice a wrong judge: its text is changed, and its automata are.

#include "abnf_mutants.hpp"
#include "languages.hpp"
#include "peg_automaton.hpp"
#include "peg_rules.hpp"
#include "report.hpp"
#include "texts.hpp"
#include "vectors.hpp"

#include <authgrammar/abnf/product.hpp>
#include <authgrammar/abnf/recogniser.hpp>
#include <authgrammar/abnf/w_method.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

using namespace authgrammar;
using namespace authgrammar::proofs;

/// A slow build tries a sample of the changed texts.
constexpr std::size_t one_mutant_in = checked_build ? 10 : 1;

struct text_figures {
    std::size_t rules = 0;
    std::size_t mutants = 0;
    std::size_t recursive = 0;   ///< refused: a rule would contain itself
    std::size_t unreadable = 0;  ///< refused: RFC 7230 gives a list with such bounds no form
    std::size_t noticed = 0;
    std::map<std::string, std::size_t> equal;  ///< mutants of the same language, by change
};

/// Whether the recogniser of the changed text says the same as the compiled PEG rule, on the W-method suite of the
/// language over one byte of each class.
bool recogniser_agrees(const abnf::rule_set& changed, const peg_rule& peg, const abnf::dfa& language) {
    const auto judge = get(abnf::recogniser::make(changed, peg.name));
    bool agrees = true;
    abnf::for_each_suite_word(language, {}, [&](const std::string& word) {
        agrees = agrees && judge.recognise(word).accepted() == peg.matches(word);
    });
    return agrees;
}

/// Changes one rule in every way and lets P1 compare.
void mutate_rule(const abnf::rule_set& text, abnf::list_form lists, const abnf::rule& rule, const peg_rule& peg,
                 text_figures& sum) {
    std::vector<std::string> names;
    for (const abnf::rule& other : text.rules()) names.push_back(other.name);
    const abnf::dfa language = automaton_of(peg.types);
    ++sum.rules;
    std::size_t turn = 0;
    for (const abnf_mutant& mutant : mutants_of(rule.definition, names)) {
        if (turn++ % one_mutant_in != 0) continue;
        ++sum.mutants;
        const std::string definition = rule.name + " = " + abnf::to_string(mutant.definition) + "\n";
        SCOPED_TRACE(definition + mutant.change);
        abnf::rule_set changed = text;
        ASSERT_FALSE(changed.add(get(abnf::read(definition, "mutant"))));
        const auto resolved = changed.resolve(lists);
        if (!resolved) {
            ++sum.unreadable;
            EXPECT_NE(resolved.failure().message.find("no form"), std::string::npos) << resolved.failure().message;
            continue;
        }
        const auto automaton = abnf::make_dfa(*resolved, rule.name);
        if (!automaton) {
            ++sum.recursive;
            EXPECT_NE(automaton.failure().message.find("recursive"), std::string::npos) << automaton.failure().message;
            continue;
        }
        if (const auto witness = abnf::find_difference(language, *automaton)) {
            ++sum.noticed;
            // Two programs that have no part in the comparison differ over the witness, too.
            const auto judge = get(abnf::recogniser::make(*resolved, rule.name));
            EXPECT_NE(judge.recognise(*witness).accepted(), peg.matches(*witness)) << visible(*witness);
        } else {
            ++sum.equal[mutant.change];
            EXPECT_TRUE(recogniser_agrees(*resolved, peg, language)) << "a change that P1 does not notice";
        }
    }
}

TEST(mutation_abnf, p1_notices_every_changed_text) {
    const stopwatch watch;
    text_figures sum;
    std::set<std::pair<std::string, std::string>> done;  // a file's rule, in the first edition that uses it
    for (const abnf::edition_info& edition : abnf::editions()) {
        abnf::rule_set text;
        for (const std::string_view file : edition.files) {
            ASSERT_FALSE(text.add(get(abnf::read(get(abnf::load_file(file)), file))));
        }
        const auto peg = peg_rules_of(edition.name);
        const std::vector<abnf::rule> rules = text.rules();
        for (const abnf::rule& rule : rules) {
            if (done.emplace(rule.source, rule.name).second) {
                mutate_rule(text, edition.lists, rule, peg.at(rule.name), sum);
            }
        }
    }
    std::size_t equal = 0;
    std::string changes;
    for (const auto& [change, count] : sum.equal) {
        equal += count;
        changes += (changes.empty() ? "" : ", ") + std::to_string(count) + " " + change;
    }
    EXPECT_EQ(sum.mutants, sum.recursive + sum.unreadable + sum.noticed + equal);
    EXPECT_GT(sum.noticed, sum.mutants / 2);
    if (HasFailure()) return;
    std::printf(
        "Mutation of the ABNF text: %zu rules, %zu mutants, %zu noticed by P1, %zu refused by the judge, %zu proved "
        "equal (%s), %.1f s\n",
        sum.rules, sum.mutants, sum.noticed, sum.recursive + sum.unreadable, equal, changes.c_str(), watch.seconds());
}

struct automaton_figures {
    std::size_t mutants = 0;
    std::vector<std::string> survivors;
};

bool killed(const abnf::dfa& mutant, const std::vector<verdict>& suite) {
    return std::any_of(suite.begin(), suite.end(),
                       [&](const verdict& v) { return abnf::accepts(mutant, v.value) != v.valid; });
}

/// Sends every transition of every class everywhere else, and turns every flag.
void mutate_automaton(const language& l, const std::vector<verdict>& suite, automaton_figures& sum) {
    const abnf::dfa& right = l.automaton;
    ASSERT_FALSE(killed(right, suite)) << "the suite is wrong about " << l.name();
    const auto access = abnf::access_strings(right);
    for (std::uint32_t s = 0; s < right.states(); ++s) {
        for (std::size_t c = 0; c < right.classes; ++c) {
            abnf::dfa mutant = right;
            std::uint32_t& target = mutant.next[s * right.classes + c];
            for (std::uint32_t wrong = 0; wrong < right.states(); ++wrong) {
                if (wrong == right.next[s * right.classes + c]) continue;
                target = wrong;
                ++sum.mutants;
                if (!killed(mutant, suite)) {
                    sum.survivors.push_back(l.name() + ": after " + visible(*access[s]) + ", class " +
                                            std::to_string(c) + " leads to " + visible(*access[wrong]));
                }
            }
        }
        abnf::dfa mutant = right;
        mutant.accepting[s] = !mutant.accepting[s];
        ++sum.mutants;
        if (!killed(mutant, suite)) sum.survivors.push_back(l.name() + ": the flag of " + visible(*access[s]));
    }
}

/// The vectors in corpus/vectors for a language; `generated` ones only or not.
std::vector<verdict> committed(const language& l, bool generated) {
    static const std::vector<vector_case> all = load_vectors(AUTHGRAMMAR_SOURCE_DIR "/corpus/vectors");
    std::vector<verdict> suite;
    for (const vector_case& v : all) {
        if (v.generated == generated && v.field == name_of(l.f) && v.edition == name_of(l.e)) {
            suite.push_back(v.says);
        }
    }
    return suite;
}

std::vector<verdict> w_suite(const language& l) {
    std::vector<verdict> suite;
    abnf::for_each_suite_word(l.automaton, {}, [&](const std::string& word) {
        suite.push_back({word, abnf::accepts(l.automaton, word)});
    });
    return suite;
}

template <typename Suite>
automaton_figures mutate_automata(const char* what, Suite&& suite_of) {
    const stopwatch watch;
    automaton_figures sum;
    std::size_t strings = 0;
    for (const language& l : languages()) {
        const std::vector<verdict> suite = suite_of(l);
        strings += suite.size();
        mutate_automaton(l, suite, sum);
    }
    std::printf("Mutation of the automata: %zu mutants, %zu killed by %zu verdicts of %s, %.1f s\n", sum.mutants,
                sum.mutants - sum.survivors.size(), strings, what, watch.seconds());
    return sum;
}

TEST(mutation_abnf, committed_vectors_kill_every_wrong_automaton) {
    const auto sum = mutate_automata("the committed vectors", [](const language& l) {
        std::vector<verdict> suite = committed(l, true);
        for (verdict& v : committed(l, false)) suite.push_back(std::move(v));
        return suite;
    });
    EXPECT_GT(sum.mutants, 0U);
    EXPECT_TRUE(sum.survivors.empty()) << sum.survivors.size() << ", first " << sum.survivors.front();
}

TEST(mutation_abnf, w_method_kills_every_wrong_automaton) {
    const auto sum = mutate_automata("fresh W-method suites", w_suite);
    EXPECT_TRUE(sum.survivors.empty()) << sum.survivors.size() << ", first " << sum.survivors.front();
}

// What the check is worth: suites that are merely good leave some alive.
TEST(mutation_abnf, lesser_suites_do_not) {
    const auto by_hand =
        mutate_automata("the vectors written by hand", [](const language& l) { return committed(l, false); });
    EXPECT_FALSE(by_hand.survivors.empty());
    const auto accepted = mutate_automata("the valid half of the W-method suites", [](const language& l) {
        std::vector<verdict> suite = w_suite(l);
        suite.erase(std::remove_if(suite.begin(), suite.end(), [](const verdict& v) { return !v.valid; }), suite.end());
        return suite;
    });
    EXPECT_FALSE(accepted.survivors.empty());
}

}  // namespace
