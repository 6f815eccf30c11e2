// Proof P2: which edition includes which, and what becomes of field lines that are joined.

#include "languages.hpp"
#include "report.hpp"
#include "texts.hpp"

#include "../witness_table.hpp"

#include <authgrammar/abnf/product.hpp>

#include <gtest/gtest.h>

#include <cstdio>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace {

using namespace authgrammar;
using namespace authgrammar::proofs;

const language& language_of(field f, edition e) {
    for (const language& l : languages()) {
        if (l.f == f && l.e == e) return l;
    }
    throw std::logic_error("no such language");
}

/// A shortest value of `a` that `b` lacks, made visible; "none" if there is none.
std::string excess(const abnf::dfa& a, const abnf::dfa& b) {
    const auto witness = abnf::find_excess(a, b);
    return witness ? visible(*witness) : "none";
}

// The witnesses of strictness, worked out by hand: "!" and "a" are tokens.
struct witnesses {
    const char* recipient_over_rfc7235;
    const char* rfc7235_over_sender;
    const char* recipient_over_sender;
};

witnesses witnesses_of(field_kind kind) {
    switch (kind) {
        case field_kind::challenges: return {"''", "'!,'", "','"};
        case field_kind::credentials: return {"'! \\t,'", "'! ,'", "'! ,'"};
        case field_kind::info: break;
    }
    return {"'\\t,'", "','", "','"};
}

TEST(p2, editions_include_each_other) {
    const stopwatch watch;
    std::size_t pairs = 0;
    for (const field f : all_fields) {
        SCOPED_TRACE(name_of(f));
        const abnf::dfa& rfc7235 = language_of(f, edition::rfc7235).automaton;
        const abnf::dfa& recipient = language_of(f, edition::rfc9110_recipient).automaton;
        const abnf::dfa& sender = language_of(f, edition::rfc9110_sender).automaton;
        const bool challenges = kind_of(f) == field_kind::challenges;

        EXPECT_EQ(excess(abnf::subtract(sender, abnf::only("")), rfc7235), "none");
        EXPECT_EQ(excess(sender, rfc7235), challenges ? "''" : "none");
        EXPECT_EQ(excess(rfc7235, recipient), "none");
        EXPECT_EQ(excess(sender, recipient), "none");

        const witnesses strict = witnesses_of(kind_of(f));
        EXPECT_EQ(excess(recipient, rfc7235), strict.recipient_over_rfc7235);
        EXPECT_EQ(excess(rfc7235, sender), strict.rfc7235_over_sender);
        EXPECT_EQ(excess(recipient, sender), strict.recipient_over_sender);
        pairs += abnf::count_pairs(sender, rfc7235) + abnf::count_pairs(rfc7235, recipient) +
                 abnf::count_pairs(sender, recipient);
    }
    if (HasFailure()) return;
    std::printf("P2 rfc9110-sender less '' < rfc7235 < rfc9110-recipient, strictly, in %zu fields: %zu pairs, %.2f s\n",
                all_fields.size(), pairs, watch.seconds());
}

TEST(p2, witness_table_holds_and_tells_the_editions_apart) {
    std::size_t verdicts = 0;
    for (const field f :
         {field::www_authenticate, field::proxy_authenticate, field::authorization, field::proxy_authorization}) {
        // Whether a row tells that the first edition accepts what the second refuses.
        std::set<std::pair<edition, edition>> apart;
        for (const test::witness& w : test::witnesses) {
            const auto& by = kind_of(f) == field_kind::challenges ? w.challenges : w.credentials;
            for (const edition e : all_editions) {
                ++verdicts;
                const bool valid = test::is_valid(by, name_of(e));
                EXPECT_EQ(abnf::accepts(language_of(f, e).automaton, w.value), valid) << name_of(f) << visible(w.value);
                for (const edition other : all_editions) {
                    if (valid && !test::is_valid(by, name_of(other))) apart.emplace(e, other);
                }
            }
        }
        for (const edition e : all_editions) {
            for (const edition other : all_editions) {
                EXPECT_EQ(apart.count({e, other}) != 0,
                          abnf::find_excess(language_of(f, e).automaton, language_of(f, other).automaton).has_value())
                    << name_of(f) << ": the table has no row for what " << name_of(e) << " has over " << name_of(other);
            }
        }
    }
    if (HasFailure()) return;
    std::printf("P2 witness table: %zu verdicts\n", verdicts);
}

/// The separators with which lines are joined (RFC 9110, Section 5.3): a comma, and white space if one likes.
abnf::rule_set separators() {
    return edition_with("rfc9110-sender", "comma = \",\"\ncomma-space = \", \"\nany-comma = OWS \",\" OWS\n");
}
const char* const separator_names[] = {"comma", "comma-space", "any-comma"};

/// The values of `l` but the empty one.
abnf::labelled_automaton not_empty(abnf::labelled_automaton l) {
    l.states.push_back({false, l.states[l.start].edges});
    l.start = static_cast<std::uint32_t>(l.states.size() - 1);
    return l;
}

struct joined {
    std::optional<std::string> lost;                    ///< a join of two valid lines that is not valid
    std::optional<abnf::label_conflict> reinterpreted;  ///< one that is, with another meaning
    std::size_t pairs = 0;
};

/// Joins every value of `first` to every value of `second` and looks for the result in `whole`.
joined join(const abnf::labelled_automaton& first, const abnf::labelled_automaton& separator,
            const abnf::labelled_automaton& second, const abnf::labelled_automaton& whole) {
    const auto both = abnf::concatenate(abnf::concatenate(first, separator), second);
    joined made;
    made.lost = abnf::find_excess(get(abnf::make_dfa(both)), get(abnf::make_dfa(whole)));
    made.reinterpreted = abnf::find_conflict(both, whole, &made.pairs);
    return made;
}

// Two lines joined are a line again, so any number of them are.
TEST(p2, joined_lists_keep_their_meaning) {
    const stopwatch watch;
    const abnf::rule_set rules = separators();
    std::size_t laws = 0;
    std::size_t pairs = 0;
    for (const language& l : languages()) {
        if (kind_of(l.f) == field_kind::credentials) continue;
        for (const char* name : separator_names) {
            SCOPED_TRACE(l.name() + " by " + name);
            const auto separator = get(abnf::make_labelled(rules, name));
            const auto lines = not_empty(l.labels);
            const joined whole = join(lines, separator, lines, lines);
            ++laws;
            pairs += whole.pairs;
            EXPECT_FALSE(whole.lost) << visible(*whole.lost);
            EXPECT_FALSE(whole.reinterpreted) << visible(whole.reinterpreted->witness);
        }
    }
    if (HasFailure()) return;
    std::printf("P2 valid non-empty lines, joined, are valid and mean the same: %zu laws, %zu pairs, %.2f s\n", laws,
                pairs, watch.seconds());
}

// Why empty lines are dropped before lines are joined.
TEST(p2, an_empty_line_breaks_the_join) {
    const abnf::rule_set rules = separators();
    const auto lost = [&](field f, edition e, const char* name) {
        const language& l = language_of(f, e);
        const joined made = join(l.labels, get(abnf::make_labelled(rules, name)), l.labels, l.labels);
        EXPECT_FALSE(made.reinterpreted) << l.name() << visible(made.reinterpreted->witness);
        return made.lost ? visible(*made.lost) : "none";
    };
    for (const char* name : separator_names) {
        // RFC 7235 has no empty challenge list, and RFC 9110's recipient takes every empty element.
        EXPECT_EQ(lost(field::www_authenticate, edition::rfc7235, name), "none");
        EXPECT_EQ(lost(field::www_authenticate, edition::rfc9110_recipient, name), "none");
        EXPECT_EQ(lost(field::authentication_info, edition::rfc9110_recipient, name), "none");
    }
    EXPECT_EQ(lost(field::www_authenticate, edition::rfc9110_sender, "comma"), "','");
    EXPECT_EQ(lost(field::www_authenticate, edition::rfc9110_sender, "comma-space"), "', '");
    EXPECT_EQ(lost(field::authentication_info, edition::rfc7235, "comma"), "',a=a'");
    EXPECT_EQ(lost(field::authentication_info, edition::rfc7235, "comma-space"), "', '");
    EXPECT_EQ(lost(field::authentication_info, edition::rfc9110_sender, "comma"), "','");
}

TEST(p2, two_authorizations_never_make_one) {
    const stopwatch watch;
    const abnf::rule_set rules = separators();
    std::size_t laws = 0;
    std::size_t pairs = 0;
    for (const language& l : languages()) {
        if (kind_of(l.f) != field_kind::credentials) continue;
        for (const char* name : separator_names) {
            const auto two =
                abnf::concatenate(abnf::concatenate(l.automaton, get(abnf::make_dfa(rules, name))), l.automaton);
            const auto witness = abnf::find_common(two, l.automaton);
            ++laws;
            pairs += abnf::count_pairs(two, l.automaton);
            EXPECT_FALSE(witness) << l.name() << ": " << visible(*witness);
        }
    }
    if (HasFailure()) return;
    std::printf("P2 two valid Authorization values joined by a comma are never valid: %zu laws, %zu pairs, %.2f s\n",
                laws, pairs, watch.seconds());
}

TEST(p2, broken_grammars_are_refuted) {
    const abnf::rule_set rules = separators();
    const auto comma = get(abnf::make_labelled(rules, "comma"));

    // Credentials that may be a list.
    const auto list = get(abnf::make_dfa(edition_with("rfc7235", "Authorization = 1#credentials\n"), "Authorization"));
    const auto two = abnf::concatenate(abnf::concatenate(list, abnf::only(",")), list);
    EXPECT_EQ(visible(abnf::find_common(two, list).value_or("none")), "'!,!'");

    // A single challenge with parameters that need no value: the second line's scheme becomes one of them.
    const auto bare = get(abnf::make_labelled(
        edition_with("rfc9110-sender",
                     "auth-param = token [ BWS \"=\" BWS ( token / quoted-string ) ]\n"
                     "WWW-Authenticate = auth-scheme [ 1*SP auth-param *( OWS \",\" OWS auth-param ) ]\n"),
        "WWW-Authenticate"));
    EXPECT_FALSE(abnf::find_conflict(bare, bare));
    const joined made = join(bare, comma, bare, bare);
    ASSERT_TRUE(made.reinterpreted);
    EXPECT_EQ(visible(made.reinterpreted->witness), "'a a,a'");
    EXPECT_EQ(to_string(made.reinterpreted->first), "scheme");
    EXPECT_EQ(to_string(made.reinterpreted->second), "name");

    // A sender that may send an empty element is not included.
    const auto loose = get(abnf::make_dfa(
        edition_with("rfc9110-sender", "WWW-Authenticate = *( [ challenge ] OWS \",\" OWS ) challenge\n"),
        "WWW-Authenticate"));
    EXPECT_EQ(excess(loose, language_of(field::www_authenticate, edition::rfc7235).automaton), "'\\t,!'");
}

}  // namespace
