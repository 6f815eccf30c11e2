#include "vectors/vector_file.hpp"

#include <authgrammar/abnf/automaton.hpp>
#include <authgrammar/abnf/edition.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <cstdio>

#include <string>
#include <tuple>
#include <vector>

namespace {

using authgrammar::edition;
using authgrammar::field;
using authgrammar::abnf::dfa;

/// A value and whether it is in the language.
struct judged_value {
    std::string value;
    bool valid;
};

std::vector<judged_value> suite_of(const std::string& kind, edition e) {
    const std::string path = std::string(AUTHGRAMMAR_SOURCE_DIR) + "/corpus/vectors/w-" + kind + "-generated.json";
    std::vector<judged_value> suite;
    for (const authlint::test_vector& v : authlint::read_vector_file(path).vectors) {
        for (const authlint::vector_expectation& x : v.expected) {
            for (const edition of : x.editions) {
                if (of == e) suite.push_back({v.value(), x.valid});
            }
        }
    }
    return suite;
}

bool kills(const std::vector<judged_value>& suite, const dfa& mutant) {
    for (const judged_value& v : suite) {
        if (authgrammar::abnf::accepts(mutant, v.value) != v.valid) return true;
    }
    return false;
}

class suites : public ::testing::TestWithParam<std::tuple<edition, field>> {
protected:
    edition language = std::get<0>(GetParam());
    field in = std::get<1>(GetParam());

    [[nodiscard]] dfa automaton() const {
        const auto rules = authgrammar::abnf::load_edition(name_of(language));
        return make_dfa(rules.value(), name_of(in)).value();
    }
    [[nodiscard]] std::vector<judged_value> suite() const {
        switch (kind_of(in)) {
            case authgrammar::field_kind::challenges: return suite_of("challenges", language);
            case authgrammar::field_kind::credentials: return suite_of("credentials", language);
            case authgrammar::field_kind::info: break;
        }
        return suite_of("info", language);
    }
};

TEST_P(suites, pass_the_automaton_itself) {
    const auto values = suite();
    ASSERT_FALSE(values.empty());
    EXPECT_FALSE(kills(values, automaton()));
}

TEST_P(suites, kill_every_changed_transition) {
    const auto values = suite();
    dfa mutant = automaton();
    std::size_t tried = 0;
    for (std::size_t at = 0; at < mutant.next.size(); ++at) {
        const std::uint32_t right = mutant.next[at];
        for (std::uint32_t wrong = 0; wrong < mutant.states(); ++wrong) {
            if (wrong == right) continue;
            mutant.next[at] = wrong;
            ++tried;
            ASSERT_TRUE(kills(values, mutant)) << "state " << at / mutant.classes << ", class " << at % mutant.classes
                                               << " to " << wrong << " instead of " << right;
        }
        mutant.next[at] = right;
    }
    std::printf("%zu transitions changed, all found by %zu values\n", tried, values.size());
}

TEST_P(suites, kill_every_changed_accepting_flag) {
    const auto values = suite();
    dfa mutant = automaton();
    for (std::size_t state = 0; state < mutant.states(); ++state) {
        mutant.accepting[state] = !mutant.accepting[state];
        EXPECT_TRUE(kills(values, mutant)) << "state " << state;
        mutant.accepting[state] = !mutant.accepting[state];
    }
}

TEST_P(suites, kill_every_other_start) {
    const auto values = suite();
    dfa mutant = automaton();
    const std::uint32_t right = mutant.start;
    for (std::uint32_t start = 0; start < mutant.states(); ++start) {
        mutant.start = start;
        EXPECT_EQ(kills(values, mutant), start != right) << "state " << start;
    }
}

INSTANTIATE_TEST_SUITE_P(all, suites,
                         ::testing::Combine(::testing::ValuesIn(authgrammar::all_editions),
                                            ::testing::ValuesIn(authgrammar::all_fields)),
                         [](const auto& tested) {
                             std::string name(name_of(std::get<0>(tested.param)));
                             name += "_" + std::string(name_of(std::get<1>(tested.param)));
                             for (char& c : name) {
                                 if (c == '-') c = '_';
                             }
                             return name;
                         });

}  // namespace
