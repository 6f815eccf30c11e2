// Proof P3: the meaning of every value is unique, though its derivations may be many.

#include "languages.hpp"
#include "report.hpp"
#include "texts.hpp"

#include <authgrammar/abnf/events.hpp>
#include <authgrammar/abnf/product.hpp>
#include <authgrammar/abnf/recogniser.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <cstdio>
#include <string>

namespace {

using namespace authgrammar;
using namespace authgrammar::proofs;

TEST(p3, roles_are_unique) {
    const stopwatch watch;
    std::size_t states = 0;
    std::size_t pairs = 0;
    for (const language& l : languages()) {
        // The labels stand on all values of the language and on no other.
        const auto difference = abnf::find_difference(get(abnf::make_dfa(l.labels)), l.automaton);
        EXPECT_FALSE(difference) << l.name() << ": " << visible(*difference);
        std::size_t searched = 0;
        const auto conflict = abnf::find_conflict(l.labels, l.labels, &searched);
        EXPECT_FALSE(conflict) << l.name() << ": " << visible(conflict->witness) << " at " << conflict->offset << " is "
                               << to_string(conflict->first) << " and " << to_string(conflict->second);
        states += l.labels.states.size();
        pairs += searched;
    }
    if (HasFailure()) return;
    std::printf("P3 one meaning for every value: %zu languages, %zu states, %zu pairs, %.2f s\n",
                all_editions.size() * all_fields.size(), states, pairs, watch.seconds());
}

std::string repeat(const std::string& first, const std::string& more, int times) {
    std::string value = first;
    for (int i = 1; i < times; ++i) value += more;
    return value;
}

struct family {
    const char* what;
    const char* first;
    const char* more;
    std::uint64_t base;  ///< k challenges have base^(k-1) derivations
    bool in_sender;
};

// Who owns a comma, or the space before one, is left open; what a byte means is not.
TEST(p3, derivations_are_exponentially_many) {
    const stopwatch watch;
    const family families[] = {
        {"A ,A ,A", "A", " ,A", 2, true},
        {"A ,,A ,,A", "A", " ,,A", 3, false},
        {"A a=b,,A a=b", "A a=b", ",,A a=b", 2, false},
    };
    std::size_t values = 0;
    std::size_t trees_compared = 0;
    for (const edition e : all_editions) {
        const auto rules = get(abnf::load_edition(name_of(e)));
        const auto judge = get(abnf::recogniser::make(rules, "WWW-Authenticate"));
        for (const family& f : families) {
            SCOPED_TRACE(std::string(name_of(e)) + ": " + f.what);
            std::uint64_t expected = 1;
            for (int k = 1; k <= 24; ++k, expected *= f.base) {
                const abnf::recognition seen = judge.recognise(repeat(f.first, f.more, k));
                ++values;
                if (k > 1 && e == edition::rfc9110_sender && !f.in_sender) {
                    EXPECT_FALSE(seen.accepted());
                    continue;
                }
                ASSERT_TRUE(seen.accepted());
                EXPECT_EQ(seen.derivations(), abnf::count(expected)) << k;
                if (k > 5) continue;
                const auto trees = seen.trees(1000);
                EXPECT_EQ(trees.size(), expected);
                for (const auto& tree : trees) {
                    ++trees_compared;
                    EXPECT_EQ(abnf::events_of(tree), abnf::events_of(trees.front()));
                }
            }
        }
    }
    if (HasFailure()) return;
    std::printf("P3 2^(k-1) and 3^(k-1) derivations of k challenges: %zu values, %zu trees of one meaning, %.2f s\n",
                values, trees_compared, watch.seconds());
}

struct ambiguity {
    const char* why;
    const char* field;
    const char* text;
    const char* witness;
};

TEST(p3, broken_grammars_are_refuted) {
    const ambiguity ambiguities[] = {
        {"a parameter without a value may be a token68", "Authorization",
         "auth-param = token [ BWS \"=\" BWS ( token / quoted-string ) ]\n", "'a a'"},
        {"a parameter with an empty value may be a token68", "Authorization",
         "auth-param = token BWS \"=\" BWS [ token / quoted-string ]\n", "'a a='"},
        {"a scheme may look like a parameter", "WWW-Authenticate", "auth-scheme = 1*( tchar / \"=\" )\n", "'a ,a=a'"},
    };
    for (const ambiguity& a : ambiguities) {
        const auto labels = get(abnf::make_labelled(edition_with("rfc9110-recipient", a.text), a.field));
        const auto conflict = abnf::find_conflict(labels, labels);
        ASSERT_TRUE(conflict) << a.why;
        EXPECT_EQ(visible(conflict->witness), a.witness) << a.why;
    }
}

}  // namespace
