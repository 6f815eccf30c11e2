// Proof P4: RFC 7235 as published, RFC 7230's erratum 5257, and what RFC 9110 made of both.

#include "report.hpp"
#include "texts.hpp"

#include <authgrammar/abnf/product.hpp>

#include <gtest/gtest.h>

#include <cstdio>
#include <iterator>
#include <string>
#include <string_view>

namespace {

using namespace authgrammar;
using namespace authgrammar::proofs;

struct editions_of_a_field {
    abnf::dfa published, erratum, recipient, sender;
};

editions_of_a_field load(std::string_view field) {
    return {get(abnf::make_dfa(get(abnf::load_edition("rfc7235")), field)),
            get(abnf::make_dfa(edition_with("rfc7235", erratum_5257), field)),
            get(abnf::make_dfa(get(abnf::load_edition("rfc9110-recipient")), field)),
            get(abnf::make_dfa(get(abnf::load_edition("rfc9110-sender")), field))};
}

std::string excess(const abnf::dfa& a, const abnf::dfa& b) {
    const auto witness = abnf::find_excess(a, b);
    return witness ? visible(*witness) : "none";
}

struct difference {
    const char* field;
    const char* erratum_over_published;
    const char* published_over_erratum;
    const char* sender_over_erratum;
};

TEST(p4, published_text_and_erratum_differ_both_ways) {
    const stopwatch watch;
    const difference differences[] = {
        {"WWW-Authenticate", "'! ,!=!'", "'! ,,!=!'", "''"}, {"Proxy-Authenticate", "'! ,!=!'", "'! ,,!=!'", "''"},
        {"Authorization", "'! ,!=!'", "'! ,'", "none"},      {"Proxy-Authorization", "'! ,!=!'", "'! ,'", "none"},
        {"Authentication-Info", "',a=a'", "','", "none"},    {"Proxy-Authentication-Info", "',a=a'", "','", "none"},
    };
    std::size_t pairs = 0;
    for (const difference& d : differences) {
        SCOPED_TRACE(d.field);
        const editions_of_a_field all = load(d.field);
        EXPECT_EQ(excess(all.erratum, all.published), d.erratum_over_published);
        EXPECT_EQ(excess(all.published, all.erratum), d.published_over_erratum);
        // The erratum's text lies between RFC 9110's two, too, and is neither.
        EXPECT_EQ(excess(all.erratum, all.recipient), "none");
        EXPECT_NE(excess(all.recipient, all.erratum), "none");
        EXPECT_EQ(excess(all.sender, all.erratum), d.sender_over_erratum);
        pairs += abnf::count_pairs(all.erratum, all.published) + abnf::count_pairs(all.erratum, all.recipient);
    }
    if (HasFailure()) return;
    std::printf("P4 published RFC 7235 and erratum 5257 differ both ways in %zu fields: %zu pairs, %.2f s\n",
                std::size(differences), pairs, watch.seconds());
}

struct row {
    std::string_view value;
    bool challenges;
    bool credentials;
};

// Worked out by hand from the erratum; the other editions are in tests/witness_table.hpp.
TEST(p4, witness_table_of_the_erratum) {
    constexpr bool Y = true;
    constexpr bool n = false;
    const row rows[] = {
        {"", n, n},           {",", n, n},       {"A", Y, Y},         {"A ", Y, Y},
        {"A,", Y, n},         {"A ,", Y, n},     {"A \t,", Y, n},     {",A", Y, n},
        {"A ,b=c", Y, Y},     {"A ,,b=c", n, n}, {"A \t,,b=c", n, n}, {"A, ", n, n},
        {"A b=c,", Y, Y},     {"A b=c, ", n, n}, {"A b=c,,B", Y, n},  {"A b=c , B d", Y, n},
        {"A b=c,B =d", Y, Y}, {"A b= ,C", Y, n}, {"A,b=c", n, n},     {"A b=c ", n, n},
    };
    const abnf::dfa challenges = load("WWW-Authenticate").erratum;
    const abnf::dfa credentials = load("Authorization").erratum;
    for (const row& r : rows) {
        EXPECT_EQ(abnf::accepts(challenges, r.value), r.challenges) << visible(r.value);
        EXPECT_EQ(abnf::accepts(credentials, r.value), r.credentials) << visible(r.value);
    }
}

// The patterns by which RFC 9110's recipient accepts what RFC 7235 as published does not, in its own rules.
constexpr std::string_view patterns =
    // What framing leaves (RFC 9110, Section 5.5): no white space at the ends.
    "field-value = *field-content\n"
    "field-content = field-vchar [ 1*( SP / HTAB / field-vchar ) field-vchar ]\n"
    "field-vchar = VCHAR / obs-text\n"
    // (i) no challenge at all
    "no-element = *( OWS \",\" ) OWS\n"
    // (ii) exactly one comma between 1*SP and the first parameter
    "one-comma = auth-scheme 1*SP OWS \",\" OWS auth-param *( OWS \",\" OWS [ auth-param ] )\n"
    // (iii) HTAB in the white space before the first of such commas
    "tab-before-comma = auth-scheme 1*SP OWS HTAB OWS \",\" *( OWS \",\" ) OWS auth-param\n"
    " *( OWS \",\" OWS [ auth-param ] )\n"
    "tab-before-last-comma = auth-scheme 1*SP OWS HTAB OWS \",\" *( OWS \",\" ) OWS\n"
    // (ii) of an -Info value, which has no scheme: exactly one comma before the first parameter
    "one-comma-first = \",\" OWS auth-param *( OWS \",\" OWS [ auth-param ] )\n"
    "somewhere = *( [ challenge ] OWS \",\" OWS ) ( one-comma / tab-before-comma )\n"
    " *( OWS \",\" OWS [ challenge ] )\n"
    "odd-challenges = no-element / somewhere\n"
    "odd-credentials = one-comma / tab-before-comma / tab-before-last-comma\n"
    "odd-info = one-comma-first\n";

TEST(p4, what_the_recipient_accepts_besides) {
    const stopwatch watch;
    const abnf::rule_set rules = edition_with("rfc9110-recipient", patterns);
    const abnf::dfa framed = get(abnf::make_dfa(rules, "field-value"));
    const char* const fields[][2] = {{"WWW-Authenticate", "odd-challenges"},
                                     {"Authorization", "odd-credentials"},
                                     {"Authentication-Info", "odd-info"}};
    std::size_t states = 0;
    for (const auto& [field, pattern] : fields) {
        const editions_of_a_field all = load(field);
        const abnf::dfa more = abnf::intersect(abnf::subtract(all.recipient, all.published), framed);
        const abnf::dfa odd = abnf::intersect(get(abnf::make_dfa(rules, pattern)), framed);
        EXPECT_EQ(excess(more, odd), "none") << field << ": accepted besides, and of no pattern";
        EXPECT_EQ(excess(odd, more), "none") << field << ": of a pattern, and not accepted besides";
        states += more.states();
    }
    if (HasFailure()) return;
    std::printf("P4 rfc9110-recipient less rfc7235, as framed, is the patterns: %zu fields, %zu states, %.2f s\n",
                std::size(fields), states, watch.seconds());
}

TEST(p4, a_missing_pattern_is_noticed) {
    const abnf::rule_set rules = edition_with("rfc9110-recipient", patterns);
    const abnf::dfa framed = get(abnf::make_dfa(rules, "field-value"));
    const editions_of_a_field all = load("Authorization");
    const abnf::dfa more = abnf::intersect(abnf::subtract(all.recipient, all.published), framed);
    EXPECT_EQ(excess(more, get(abnf::make_dfa(rules, "one-comma"))), "'a \\t,'");
}

}  // namespace
