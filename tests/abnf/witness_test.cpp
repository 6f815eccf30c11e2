#include "authgrammar/abnf/automaton.hpp"
#include "authgrammar/abnf/recogniser.hpp"
#include "support.hpp"

namespace authgrammar::abnf {
namespace {

/// A string that tells languages apart, with `Y` or `.` for rfc7235, rfc9110-sender and rfc9110-recipient.
/// The verdicts were worked out by hand from the RFCs; they judge the engine and are never regenerated.
struct witness {
    std::string_view value;
    const char* challenges;
    const char* credentials;
};

const witness table[] = {
    {"", ".YY", "..."},
    {",", "..Y", "..."},
    {", ,", "..Y", "..."},
    {" A", "...", "..."},
    {"A\t", "...", "..."},
    {"A b=c ", "...", "..."},
    {"A", "YYY", "YYY"},
    {"A ", "YYY", "YYY"},
    {"A,", "Y.Y", "..."},
    {"A\t,", "Y.Y", "..."},
    {"A ,", "Y.Y", "Y.Y"},
    {"A \t,", "Y.Y", "..Y"},
    {"A, ", "..Y", "..."},
    {" ,A", "..Y", "..."},
    {",A", "Y.Y", "..."},
    {"A ,b=c", "..Y", "..Y"},
    {"A ,,b=c", "Y.Y", "Y.Y"},
    {"A \t,,b=c", "..Y", "..Y"},
    {"A,b=c", "...", "..."},
    {"A b=c,", "Y.Y", "Y.Y"},
    {"A b=c, ", "..Y", "..Y"},
    {"A b=c,,B", "Y.Y", "..."},
    {"A b=c , B d", "YYY", "..."},
    {"A b=c,B =d", "YYY", "YYY"},
    {"A b=", "YYY", "YYY"},
    {"A b==", "YYY", "YYY"},
    {"A b= ,C", "YYY", "..."},
    {"A b=, c=d", "...", "..."},
    {"A b, c=d", "...", "..."},
    {"A b c=d", "...", "..."},
    {"A b/c=d", "...", "..."},
    {"A b=c d=e", "...", "..."},
    {"A =", "...", "..."},
    {"A\tb=c", "...", "..."},
    {"A \tb=c", "...", "..."},
    {"A  b=c", "YYY", "YYY"},
    {"A b = c", "YYY", "YYY"},
    {"A b=\"\x80\"", "YYY", "YYY"},
    {"A b=\x80", "...", "..."},
    {"A b=\"\x7f\"", "...", "..."},
    {"A b=\"\"c=\"\"", "...", "..."},
};

const char* const columns[] = {"rfc7235", "rfc9110-sender", "rfc9110-recipient"};

void expect_verdicts(const char* field, const char* witness::*verdicts) {
    for (int column = 0; column < 3; ++column) {
        const rule_set& rules = edition(columns[column]);
        const dfa automaton = automaton_of(rules, field);
        const recogniser context_free = recogniser_of(rules, field);
        for (const witness& w : table) {
            const bool expected = (w.*verdicts)[column] == 'Y';
            EXPECT_EQ(accepts(automaton, w.value), expected) << columns[column] << " " << field << " " << w.value;
            EXPECT_EQ(context_free.recognise(w.value).accepted(), expected)
                << columns[column] << " " << field << " " << w.value;
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
