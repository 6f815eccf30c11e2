#ifndef AUTHGRAMMAR_TESTS_GRAMMAR_WITNESS_TABLE_HPP
#define AUTHGRAMMAR_TESTS_GRAMMAR_WITNESS_TABLE_HPP

#include <string_view>

namespace authgrammar::test {

/// Values that tell the editions apart, or look as if they did, with the verdict of each edition, worked out by
/// hand from the RFCs and never regenerated.
struct witness_row {
    std::string_view value;
    struct verdicts {
        bool rfc7235, recipient, sender;
    } challenges, credentials;  ///< as WWW-Authenticate and as Authorization
};

inline constexpr bool Y = true;
inline constexpr bool n = false;

inline constexpr witness_row witness_table[] = {
    // value                  challenges   credentials
    {"", {n, Y, Y}, {n, n, n}},
    {",", {n, Y, n}, {n, n, n}},
    {", ,", {n, Y, n}, {n, n, n}},
    {" A", {n, n, n}, {n, n, n}},
    {"A\t", {n, n, n}, {n, n, n}},
    {"A b=c ", {n, n, n}, {n, n, n}},
    {"A", {Y, Y, Y}, {Y, Y, Y}},
    {"A ", {Y, Y, Y}, {Y, Y, Y}},
    {"A,", {Y, Y, n}, {n, n, n}},
    {"A\t,", {Y, Y, n}, {n, n, n}},
    {"A ,", {Y, Y, n}, {Y, Y, n}},
    {"A \t,", {Y, Y, n}, {n, Y, n}},
    {"A, ", {n, Y, n}, {n, n, n}},
    {" ,A", {n, Y, n}, {n, n, n}},
    {",A", {Y, Y, n}, {n, n, n}},
    {"A ,b=c", {n, Y, n}, {n, Y, n}},
    {"A ,,b=c", {Y, Y, n}, {Y, Y, n}},
    {"A \t,,b=c", {n, Y, n}, {n, Y, n}},
    {"A,b=c", {n, n, n}, {n, n, n}},
    {"A  b=c", {Y, Y, Y}, {Y, Y, Y}},
    {"A b=c,", {Y, Y, n}, {Y, Y, n}},
    {"A b=c, ", {n, Y, n}, {n, Y, n}},
    {"A b=c,,B", {Y, Y, n}, {n, n, n}},
    {"A b=c , B d", {Y, Y, Y}, {n, n, n}},
    {"A b=c,B =d", {Y, Y, Y}, {Y, Y, Y}},
    {"A b=", {Y, Y, Y}, {Y, Y, Y}},
    {"A b==", {Y, Y, Y}, {Y, Y, Y}},
    {"A b= ,C", {Y, Y, Y}, {n, n, n}},
    {"A b=, c=d", {n, n, n}, {n, n, n}},
    {"A b, c=d", {n, n, n}, {n, n, n}},
    {"A b c=d", {n, n, n}, {n, n, n}},
    {"A b/c=d", {n, n, n}, {n, n, n}},
    {"A b=c d=e", {n, n, n}, {n, n, n}},
    {"A =", {n, n, n}, {n, n, n}},
    {"A\tb=c", {n, n, n}, {n, n, n}},
    {"A \tb=c", {n, n, n}, {n, n, n}},
    {"A b = c", {Y, Y, Y}, {Y, Y, Y}},
    {"A b=\"\x80\"", {Y, Y, Y}, {Y, Y, Y}},
    {"A b=\x80", {n, n, n}, {n, n, n}},
    {"A b=\"\x7f\"", {n, n, n}, {n, n, n}},
    {"A b=\"\"c=\"\"", {n, n, n}, {n, n, n}},
};

}  // namespace authgrammar::test

#endif
