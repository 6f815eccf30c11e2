#include "../witness_table.hpp"
#include "authgrammar/abnf/automaton.hpp"
#include "authgrammar/abnf/recogniser.hpp"
#include "support.hpp"

namespace authgrammar::abnf {
namespace {

using test::witness;

void expect_verdicts(const char* field, std::string_view witness::*verdicts) {
    for (const std::string_view name : test::witness_editions) {
        const rule_set& rules = edition(name);
        const dfa automaton = automaton_of(rules, field);
        const recogniser context_free = recogniser_of(rules, field);
        for (const witness& w : test::witnesses) {
            const bool valid = test::is_valid(w.*verdicts, name);
            EXPECT_EQ(accepts(automaton, w.value), valid) << name << " " << field << " " << w.value;
            EXPECT_EQ(context_free.recognise(w.value).accepted(), valid) << name << " " << field << " " << w.value;
        }
    }
}

TEST(Witness, Challenges) {
    expect_verdicts("WWW-Authenticate", &witness::challenges);
    expect_verdicts("Proxy-Authenticate", &witness::challenges);
}

TEST(Witness, Credentials) {
    expect_verdicts("Authorization", &witness::credentials);
    expect_verdicts("Proxy-Authorization", &witness::credentials);
}

TEST(Witness, Rfc7235Examples) {
    const std::string_view challenges[] = {
        "Basic realm=\"simple\"",
        "Newauth realm=\"apps\", type=1, title=\"Login to \\\"apps\\\"\", Basic realm=\"simple\"",
    };
    for (const char* e : all_editions) {
        for (const std::string_view value : challenges) {
            EXPECT_TRUE(recogniser_of(edition(e), "WWW-Authenticate").recognise(value).accepted()) << value;
        }
        EXPECT_TRUE(
            recogniser_of(edition(e), "Authorization").recognise("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==").accepted());
        EXPECT_FALSE(recogniser_of(edition(e), "Authorization").recognise(challenges[1]).accepted());
    }
}

}  // namespace
}  // namespace authgrammar::abnf
