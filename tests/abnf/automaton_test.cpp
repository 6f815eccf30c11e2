#include "authgrammar/abnf/automaton.hpp"

#include "authgrammar/abnf/print.hpp"
#include "authgrammar/abnf/product.hpp"
#include "support.hpp"

namespace authgrammar::abnf {
namespace {

std::pair<std::size_t, std::size_t> size_of(const rule_set& rules, std::string_view rule) {
    const dfa a = automaton_of(rules, rule);
    EXPECT_TRUE(well_formed(a));
    return {a.states(), a.classes};
}

using size_pair = std::pair<std::size_t, std::size_t>;

/// RFC 9110, Section 5.5: what framing lets through.
dfa field_value() {
    static const rule_set rules = rules_of(
        "field-value = *field-content\n"
        "field-content = field-vchar [ 1*( SP / HTAB / field-vchar ) field-vchar ]\n"
        "field-vchar = VCHAR / %x80-FF\n");
    return automaton_of(rules, "field-value");
}

TEST(Automaton, HasTheKnownSizes) {
    const std::pair<const char*, std::array<std::size_t, 3>> sizes[] = {
        {"rfc7235", {28, 18, 12}}, {"rfc9110-sender", {23, 17, 11}}, {"rfc9110-recipient", {24, 17, 11}}};
    for (const auto& [name, states] : sizes) {
        const rule_set& rules = edition(name);
        EXPECT_EQ(size_of(rules, "WWW-Authenticate"), size_pair(states[0], 11)) << name;
        EXPECT_EQ(size_of(rules, "Proxy-Authenticate"), size_pair(states[0], 11)) << name;
        EXPECT_EQ(size_of(rules, "Authorization"), size_pair(states[1], 11)) << name;
        EXPECT_EQ(size_of(rules, "Proxy-Authorization"), size_pair(states[1], 11)) << name;
        EXPECT_EQ(size_of(rules, "challenge"), size_pair(states[1], 11)) << name;
        EXPECT_EQ(size_of(rules, "Authentication-Info"), size_pair(states[2], 8)) << name;
        EXPECT_EQ(size_of(rules, "Proxy-Authentication-Info"), size_pair(states[2], 8)) << name;
        EXPECT_EQ(size_of(rules, "auth-param").first, 9U);
        EXPECT_EQ(size_of(rules, "token68").first, 4U);
        EXPECT_EQ(size_of(rules, "quoted-string").first, 5U);
    }
    EXPECT_EQ(field_value().states(), 4U);
    EXPECT_EQ(intersect(automaton_of(edition("rfc7235"), "WWW-Authenticate"), field_value()).states(), 28U);
    EXPECT_EQ(intersect(automaton_of(edition("rfc7235"), "Authorization"), field_value()).states(), 18U);
    EXPECT_EQ(intersect(automaton_of(edition("rfc7235"), "Authentication-Info"), field_value()).states(), 12U);
    EXPECT_EQ(intersect(automaton_of(edition("rfc9110-recipient"), "WWW-Authenticate"), field_value()).states(), 26U);
    EXPECT_EQ(intersect(automaton_of(edition("rfc9110-recipient"), "Authorization"), field_value()).states(), 18U);
    EXPECT_EQ(intersect(automaton_of(edition("rfc9110-recipient"), "Authentication-Info"), field_value()).states(),
              12U);
}

TEST(Automaton, HasTheKnownByteClasses) {
    const dfa a = automaton_of(edition("rfc7235"), "WWW-Authenticate");
    std::vector<std::size_t> sizes(a.classes, 0);
    for (const std::uint16_t c : a.class_of) ++sizes[c];
    // Numbered by their smallest bytes: never, HTAB, SP, token only, DQUOTE, quoted only, token and token68, and
    // the comma, the slash, the equals sign and the backslash.
    EXPECT_EQ(sizes, (std::vector<std::size_t>{32, 1, 1, 10, 1, 140, 67, 1, 1, 1, 1}));
    EXPECT_EQ(describe_class(a, 0), "00-08 0A-1F 7F");
    EXPECT_EQ(describe_class(a, 1), "HTAB");
    EXPECT_EQ(describe_class(a, 3), "'!' '#'-''' '*' '^' '`' '|'");
    EXPECT_EQ(describe_class(a, 6), "'+' '-' '.' '0'-'9' 'A'-'Z' '_' 'a'-'z' '~'");
    std::string chosen;
    for (const unsigned char byte : class_representatives(a)) chosen += static_cast<char>(byte);
    EXPECT_EQ(chosen, std::string_view("\0\t !\"(a,/=\\", 11));
}

TEST(Automaton, HasTheKnownAccessStrings) {
    const dfa a = automaton_of(edition("rfc7235"), "WWW-Authenticate");
    std::string listed;
    const std::vector<std::optional<std::string>> strings = access_strings(a);
    for (std::size_t s = 0; s < a.states(); ++s) {
        ASSERT_TRUE(strings[s]);
        listed += quote(*strings[s]) + (a.accepting[s] ? "+ " : " ");
    }
    EXPECT_EQ(listed,
              R"("" "\x00" "!"+ "," "!\t" "! "+ "!,"+ "! !" "! a"+ "! ,"+ "! /"+ "!,\t" )"
              R"("! !\t" "! !=" "! a\t" "! a="+ "! ,\t" "! ,,"+ "! /="+ "! !=!"+ "! !=\"" "! a=\t" "! ,,\t" "! ,,!"+ )"
              R"("! !=!\t" "! !=\"\""+ "! !=\"\\" "! ,,! "+ )");
}

/// How many strings of at most `length` bytes over the representatives are in the language.
std::size_t count_values(const dfa& a, std::size_t length) {
    std::vector<std::size_t> strings(a.states(), 0);
    strings[a.start] = 1;
    std::size_t accepted = 0;
    for (std::size_t l = 0;; ++l) {
        std::vector<std::size_t> longer(a.states(), 0);
        for (std::uint32_t s = 0; s < a.states(); ++s) {
            if (a.accepting[s]) accepted += strings[s];
            for (const char c : representatives) longer[a.step(s, static_cast<unsigned char>(c))] += strings[s];
        }
        if (l == length) return accepted;
        strings = std::move(longer);
    }
}

TEST(Automaton, AcceptsAsManyValuesAsAreKnown) {
    const auto counted = [](const char* e, const char* field) {
        return count_values(automaton_of(edition(e), field), 7);
    };
    EXPECT_EQ(counted("rfc7235", "WWW-Authenticate"), 28726U);
    EXPECT_EQ(counted("rfc7235", "Authorization"), 2932U);
    EXPECT_EQ(counted("rfc9110-recipient", "WWW-Authenticate"), 46132U);
    EXPECT_EQ(counted("rfc9110-recipient", "Authorization"), 4012U);
    EXPECT_EQ(counted("rfc9110-sender", "WWW-Authenticate"), 9495U);
    EXPECT_EQ(counted("rfc9110-sender", "Authorization"), 2442U);
}

TEST(Automaton, IsCanonical) {
    const rule_set rules = rules_of("a = *( \"x\" / \"yz\" )\nb = [ 1*( \"yz\" / \"x\" ) ]\n");
    const dfa a = automaton_of(rules, "a");
    const dfa b = automaton_of(rules, "b");
    EXPECT_EQ(a.class_of, b.class_of);
    EXPECT_EQ(a.next, b.next);
    EXPECT_EQ(a.accepting, b.accepting);
    EXPECT_EQ(a.start, 0U);
    const dfa again = minimise(a);
    EXPECT_EQ(again.next, a.next);
}

TEST(Automaton, RefusesRecursiveAndHugeRules) {
    const rule_set recursive = rules_of("a = \"(\" *b \")\"\nb = a / \"x\"\n");
    EXPECT_EQ(to_string(make_dfa(recursive, "a").failure()), "test:1:1: the rule a is recursive: it has no automaton");
    EXPECT_EQ(make_dfa(recursive, "c").failure().message, "there is no rule c");
    EXPECT_EQ(make_dfa(rules_of("a = 60000( 60000( \"x\" ) )\n"), "a").failure().message,
              "the rule is too large for an automaton");
    EXPECT_EQ(make_dfa(rules_of("a = 60000( 60000( 60000\"\" ) )\n"), "a").failure().message,
              "the rule is too large for an automaton");
    // The n-th letter from the end needs 2^n states.
    EXPECT_EQ(make_dfa(rules_of("a = *( \"x\" / \"y\" ) \"x\" 20( \"x\" / \"y\" )\n"), "a").failure().message,
              "the automaton has too many states");
    std::string doubling = "a0 = \"x\"\n";
    for (int i = 1; i < 40; ++i) {
        const std::string before = "a" + std::to_string(i - 1);
        doubling += "a" + std::to_string(i) + " = " + before + " " + before + "\n";
    }
    EXPECT_EQ(make_dfa(rules_of(doubling), "a39").failure().message, "the rule is too large for an automaton");
    std::string chain = "c0 = \"x\"\n";
    for (int i = 1; i < 5000; ++i) chain += "c" + std::to_string(i) + " = c" + std::to_string(i - 1) + "\n";
    EXPECT_EQ(make_dfa(rules_of(chain), "c4999").failure().message, "the rule is nested too deep for an automaton");
}

TEST(Automaton, TellsViablePrefixes) {
    const dfa a = automaton_of(edition("rfc7235"), "WWW-Authenticate");
    const std::vector<bool> live = live_states(a);
    const auto offset = [&](std::string_view value) { return viable_prefix(a, live, value); };
    EXPECT_EQ(offset(""), 0U);
    EXPECT_EQ(offset("A ,b=c"), 4U);  // b can only be the next scheme, and no scheme has an equals sign
    EXPECT_EQ(offset("A ,b c=d"), 8U);
    EXPECT_EQ(offset("A b c=d"), 4U);
    EXPECT_EQ(offset("A b=\"x"), 6U);
    EXPECT_EQ(offset("A b=\"x\x7F\""), 6U);
    EXPECT_EQ(offset("Basic\tx"), 6U);
    EXPECT_EQ(offset(std::string_view("\0", 1)), 0U);
    const rule_set none = rules_of("never = \"x\" never\n");
    EXPECT_FALSE(make_dfa(none, "never"));
}

TEST(Product, AnswersWithShortestWitnesses) {
    const dfa old = automaton_of(edition("rfc7235"), "WWW-Authenticate");
    const dfa sender = automaton_of(edition("rfc9110-sender"), "WWW-Authenticate");
    const dfa recipient = automaton_of(edition("rfc9110-recipient"), "WWW-Authenticate");
    EXPECT_EQ(find_excess(sender, old), "");
    EXPECT_EQ(find_excess(subtract(sender, only("")), old), std::nullopt);
    EXPECT_EQ(find_excess(sender, recipient), std::nullopt);
    EXPECT_EQ(find_excess(old, recipient), std::nullopt);
    EXPECT_EQ(find_excess(recipient, unite(old, only(""))), ",");
    EXPECT_EQ(find_difference(old, old), std::nullopt);
    EXPECT_EQ(count_pairs(old, old), old.states());

    for (const char* e : all_editions) {
        const dfa credentials = automaton_of(edition(e), "Authorization");
        for (const char* between : {",", ", "}) {
            const dfa joined = concatenate(concatenate(credentials, only(between)), credentials);
            EXPECT_EQ(find_common(joined, credentials), std::nullopt) << e;
            EXPECT_NE(shortest_word(joined), std::nullopt);
        }
    }
    const dfa joined = concatenate(concatenate(old, only(", ")), old);
    EXPECT_EQ(find_excess(joined, old), std::nullopt);
    EXPECT_EQ(find_excess(concatenate(concatenate(sender, only(", ")), sender), sender), ", ");
}

TEST(Product, KnowsTheLawsOfSets) {
    const rule_set rules = rules_of("a = *%s\"x\"\nb = 1*2%s\"x\" / %s\"y\"\nempty = 0\"x\"\n");
    const dfa a = automaton_of(rules, "a");
    const dfa b = automaton_of(rules, "b");
    EXPECT_EQ(find_common(a, complement(a)), std::nullopt);
    EXPECT_EQ(shortest_word(complement(unite(a, complement(a)))), std::nullopt);
    EXPECT_EQ(find_difference(subtract(a, b), intersect(a, complement(b))), std::nullopt);
    EXPECT_EQ(find_excess(b, a), "y");
    EXPECT_EQ(find_common(a, b), "x");
    EXPECT_EQ(find_difference(a, b), "");
    EXPECT_EQ(find_difference(automaton_of(rules, "empty"), only("")), std::nullopt);
    EXPECT_EQ(find_difference(concatenate(b, only("")), b), std::nullopt);
    EXPECT_EQ(shortest_word(concatenate(b, only("z\x80"))), "xz\x80");
    EXPECT_TRUE(accepts(concatenate(b, b), "yxx"));
    EXPECT_FALSE(accepts(concatenate(b, b), "yxxx"));
}

TEST(Print, WritesTextAndDot) {
    const dfa a = automaton_of(edition("rfc9110-sender"), "token68");
    EXPECT_EQ(to_text(a),
              "4 states, 3 byte classes\n"
              "\n"
              "class 0: 00-08 HTAB 0A-1F SP '!' DQUOTE '#'-'*' ',' ':'-'<' '>'-'@' '['-'^' '`' '{'-'}' 7F-FF\n"
              "class 1: '+' '-'-'/' '0'-'9' 'A'-'Z' '_' 'a'-'z' '~'\n"
              "class 2: '='\n"
              "\n"
              "state 0 start, after \"\"\n"
              "  1 -> 2\n"
              "state 1 dead, after \"!\"\n"
              "state 2 accepting, after \"a\"\n"
              "  1 -> 2\n"
              "  2 -> 3\n"
              "state 3 accepting, after \"a=\"\n"
              "  2 -> 3\n");
    const std::string dot = to_dot(a, "token68");
    EXPECT_EQ(dot.substr(0, 19), "digraph \"token68\" {");
    EXPECT_NE(dot.find("  2 -> 3 [label=\"'='\"];\n"), std::string::npos);
    EXPECT_NE(dot.find("  3 [shape=doublecircle];\n"), std::string::npos);
    EXPECT_EQ(dot.find(" 1 "), std::string::npos) << "the dead state is left out";
    EXPECT_EQ(quote("a\t\"\\\x80"), "\"a\\t\\\"\\\\\\x80\"");
}

}  // namespace
}  // namespace authgrammar::abnf
