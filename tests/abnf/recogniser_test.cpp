#include "authgrammar/abnf/recogniser.hpp"

#include <cstdint>
#include <ctime>
#include <functional>
#include <map>

#include "authgrammar/abnf/automaton.hpp"
#include "support.hpp"

namespace authgrammar::abnf {
namespace {

recognition recognise(const rule_set& rules, std::string_view rule, std::string_view value) {
    return recogniser_of(rules, rule).recognise(value);
}

std::string derivations(const rule_set& rules, std::string_view rule, std::string_view value) {
    return to_string(recognise(rules, rule, value).derivations());
}

/// Counts derivations by trying everything, in the most obvious way: from each offset, the ends of what a part
/// of a definition derives, with the number of ways. Exponential, and for rules that do not recurse.
using ends = std::map<std::size_t, std::uint64_t>;

ends match(const rule_set& rules, const node& n, std::string_view value, std::size_t from) {
    ends found;
    const auto then = [&](const ends& before, const node& next) {
        ends after;
        for (const auto& [at, ways] : before) {
            for (const auto& [end, more] : match(rules, next, value, at)) after[end] += ways * more;
        }
        return after;
    };
    switch (n.kind) {
        case node_kind::alternation:
            for (const node& child : n.children) {
                for (const auto& [end, ways] : match(rules, child, value, from)) found[end] += ways;
            }
            return found;
        case node_kind::concatenation:
            found[from] = 1;
            for (const node& child : n.children) found = then(found, child);
            return found;
        case node_kind::repetition: {
            ends at = {{from, 1}};
            for (std::uint32_t k = 0; !at.empty(); ++k) {
                if (k >= n.at_least) {
                    for (const auto& [end, ways] : at) found[end] += ways;
                }
                if (k == n.at_most) break;
                at = then(at, n.children.front());
            }
            return found;
        }
        case node_kind::reference: return match(rules, rules.find(n.text)->definition, value, from);
        case node_kind::range:
            if (from < value.size()) {
                const auto byte = static_cast<unsigned char>(value[from]);
                if (byte >= n.low && byte <= n.high) found[from + 1] = 1;
            }
            return found;
        case node_kind::literal: {
            const std::string_view here = value.substr(from, n.text.size());
            if (n.any_case ? fold_case(here) == fold_case(n.text) : here == n.text) found[from + n.text.size()] = 1;
            return found;
        }
        default: throw std::runtime_error("not resolved");
    }
}

std::uint64_t brute_force(const rule_set& rules, std::string_view rule, std::string_view value) {
    const ends all = match(rules, rules.find(rule)->definition, value, 0);
    const auto whole = all.find(value.size());
    return whole == all.end() ? 0 : whole->second;
}

TEST(Recogniser, CountsDerivations) {
    for (const char* e : {"rfc7235", "rfc9110-recipient"}) {
        EXPECT_EQ(derivations(edition(e), "WWW-Authenticate", "A ,"), "3");
        EXPECT_EQ(derivations(edition(e), "WWW-Authenticate", "A ,,,B"), "4");
    }
    const auto repeated = [](std::string_view unit, std::string_view between, int times) {
        std::string value(unit);
        for (int i = 1; i < times; ++i) value.append(between).append(unit);
        return value;
    };
    std::uint64_t two = 1;
    std::uint64_t three = 1;
    for (int k = 1; k <= 40; ++k, two *= 2, three *= 3) {
        for (const char* e : all_editions) {
            EXPECT_EQ(derivations(edition(e), "WWW-Authenticate", repeated("A", " ,", k)), std::to_string(two)) << k;
        }
        for (const char* e : {"rfc7235", "rfc9110-recipient"}) {
            EXPECT_EQ(derivations(edition(e), "WWW-Authenticate", repeated("A", " ,,", k)), std::to_string(three)) << k;
            EXPECT_EQ(derivations(edition(e), "WWW-Authenticate", repeated("A a=b", ",,", k)), std::to_string(two))
                << k;
        }
    }
    EXPECT_EQ(derivations(edition("rfc7235"), "WWW-Authenticate", repeated("A", " ,,", 100)),
              "at least 18446744073709551614");
    EXPECT_EQ(derivations(edition("rfc9110-recipient"), "Authorization", "A  ,"), "2");
    EXPECT_EQ(derivations(edition("rfc7235"), "Authorization", "A  ,"), "1");
}

TEST(Recogniser, CountsAmbiguityOfEveryForm) {
    const rule_set rules = rules_of(
        "a = 2*3( \"x\" / \"xx\" )\n"
        "b = [ [ \"x\" ] ]\n"
        "c = *[ \"x\" ]\n"
        "d = 1*( 1*\"x\" )\n"
        "e = 0*2[ \"y\" ] \"x\"\n"
        "f = *\"x\" *\"x\"\n"
        "g = \"x\" / %s\"x\" / %x78 / \"X\"\n"
        "h = 3[ \"x\" ]\n"
        "i = 1*\"\"\n"
        "j = 5\"\" \"x\"\n"
        "k = 0\"x\" \"y\"\n");
    EXPECT_EQ(derivations(rules, "a", "xxx"), "3");
    EXPECT_EQ(derivations(rules, "b", ""), "2");
    EXPECT_EQ(derivations(rules, "b", "x"), "1");
    EXPECT_EQ(derivations(rules, "c", ""), "infinite");
    EXPECT_EQ(derivations(rules, "c", "xx"), "infinite");
    EXPECT_EQ(derivations(rules, "d", "xxxx"), "8");
    EXPECT_EQ(derivations(rules, "e", "x"), "3");
    EXPECT_EQ(derivations(rules, "e", "yx"), "3");
    EXPECT_EQ(derivations(rules, "f", "xxxx"), "5");
    EXPECT_EQ(derivations(rules, "g", "x"), "4");
    EXPECT_EQ(derivations(rules, "g", "X"), "2");
    EXPECT_EQ(derivations(rules, "h", "x"), "3");
    EXPECT_EQ(derivations(rules, "i", ""), "infinite");
    EXPECT_EQ(derivations(rules, "j", "x"), "1");
    EXPECT_EQ(derivations(rules, "k", "y"), "1");
    EXPECT_EQ(derivations(rules, "k", "xy"), "0");
    for (const char* rule : {"a", "b", "d", "e", "f", "g", "h", "j", "k"}) {
        for (const char* value : {"", "x", "X", "y", "xx", "yx", "xy", "xxx", "yyx", "xxxx", "xxxxx", "yyyx"}) {
            EXPECT_EQ(derivations(rules, rule, value), std::to_string(brute_force(rules, rule, value)))
                << rule << " " << value;
        }
    }
}

TEST(Recogniser, TakesRecursiveRules) {
    const rule_set rules = rules_of(
        "comment = \"(\" *( ctext / quoted-pair / comment ) \")\"\n"  // RFC 7230, Section 3.2.6
        "ctext = HTAB / SP / %x21-27 / %x2A-5B / %x5D-7E / %x80-FF\n"
        "quoted-pair = \"\\\" ( HTAB / SP / VCHAR / %x80-FF )\n"
        "catalan = \"x\" / catalan catalan\n"
        "left = [ left \",\" ] \"x\"\n"
        "middle = \"\" / \"(\" middle \")\" / middle middle\n");
    EXPECT_TRUE(recognise(rules, "comment", "(a (b \\) c) (d))").accepted());
    EXPECT_EQ(derivations(rules, "comment", "(a (b \\) c) (d))"), "1");
    EXPECT_EQ(recognise(rules, "comment", "(a(b)").viable_prefix(), 5U);
    EXPECT_EQ(recognise(rules, "comment", "(a))").viable_prefix(), 3U);
    EXPECT_EQ(recognise(rules, "comment", "(\\\x01").viable_prefix(), 2U);
    const char* const catalan_numbers[] = {"1", "1", "2", "5", "14", "42", "132", "429", "1430", "4862"};
    for (std::size_t n = 0; n < 10; ++n) {
        EXPECT_EQ(derivations(rules, "catalan", std::string(n + 1, 'x')), catalan_numbers[n]);
        EXPECT_EQ(recognise(rules, "catalan", std::string(n + 1, 'x')).trees(100).size(),
                  std::min<std::size_t>(100, std::stoul(catalan_numbers[n])));
    }
    EXPECT_EQ(derivations(rules, "left", "x,x,x"), "1");
    EXPECT_EQ(recognise(rules, "left", "x,,x").viable_prefix(), 2U);
    EXPECT_EQ(derivations(rules, "middle", "(()())"), "infinite");

    std::string deep(20000, '(');
    EXPECT_EQ(recognise(rules, "comment", deep).viable_prefix(), deep.size());
    deep += std::string(20000, ')');
    const recognition nested = recognise(rules, "comment", deep);
    EXPECT_TRUE(nested.accepted());
    EXPECT_EQ(nested.tree()->size(), 20000U);
}

TEST(Recogniser, CountsWhatDerivesItself) {
    const rule_set rules = rules_of(
        "a = a / \"x\"\n"
        "b = c / \"x\"\nc = d\nd = b / \"y\"\n"
        "e = f \"z\"\nf = [ \"q\" ] f / \"x\"\n"
        "g = \"(\" a \")\"\n");
    EXPECT_EQ(derivations(rules, "a", "x"), "infinite");
    EXPECT_EQ(derivations(rules, "a", ""), "0");
    for (const char* rule : {"b", "c", "d"}) {
        for (const char* value : {"x", "y"}) EXPECT_EQ(derivations(rules, rule, value), "infinite") << rule;
    }
    EXPECT_EQ(derivations(rules, "e", "qxz"), "infinite");
    EXPECT_EQ(derivations(rules, "g", "(x)"), "infinite");
    EXPECT_FALSE(recognise(rules, "g", "(x)").tree());
}

TEST(Recogniser, TellsExactlyWhatIsViable) {
    // What can never be completed is not viable, however it begins.
    const rule_set rules = rules_of(
        "a = \"x\" never / \"y\" \"z\"\n"
        "never = \"q\" never\n"
        "b = *never \"y\"\n"
        "c = ( \"x\" / never ) never / [ never ] \"w\"\n");
    EXPECT_EQ(recognise(rules, "a", "xq").viable_prefix(), 0U);
    EXPECT_EQ(recognise(rules, "a", "yz").viable_prefix(), 2U);
    EXPECT_TRUE(recognise(rules, "a", "yz").accepted());
    EXPECT_EQ(recognise(rules, "b", "q").viable_prefix(), 0U);
    EXPECT_TRUE(recognise(rules, "b", "y").accepted());
    EXPECT_EQ(recognise(rules, "c", "x").viable_prefix(), 0U);
    EXPECT_TRUE(recognise(rules, "c", "w").accepted());
    EXPECT_EQ(recognise(rules, "never", "q").viable_prefix(), 0U);
    EXPECT_FALSE(recognise(rules, "never", "").accepted());
}

TEST(Recogniser, TellsErrorOffsetsOfFields) {
    struct offset_case {
        const char* field;
        std::string_view value;
        std::size_t offset;
    };
    const offset_case cases[] = {
        {"WWW-Authenticate", " A", 1},   // white space may still lead to a comma
        {"WWW-Authenticate", "A\t", 2},  // HTAB may still lead to a comma
        {"Authorization", "A\t", 1},
        {"WWW-Authenticate", "A\tb=c", 2},
        {"WWW-Authenticate", "Basic realm=\"x", 14},
        {"WWW-Authenticate", "Basic realm=\"x\"y", 15},
        {"WWW-Authenticate", "Basic realm=\"x\" y=z", 16},
        {"WWW-Authenticate", "A b/c=d", 6},
        {"WWW-Authenticate", "A b=, c=d", 7},  // after the token68 b= the next word is a scheme
        {"WWW-Authenticate", "A =", 2},
        {"WWW-Authenticate", "A b=\x80", 4},
        {"WWW-Authenticate", "A b=\"\x7f\"", 5},
        {"WWW-Authenticate", "A b=\"\"c", 6},
        {"Authorization", "A b=c,,B", 8},
        {"Authorization", "A, b=c", 1},
        {"Authorization", "", 0},
        {"Authentication-Info", "a", 1},
        {"Authentication-Info", "a=b c", 4},
        {"Authentication-Info", "a=b;", 3},
    };
    for (const offset_case& c : cases) {
        const recognition outcome = recognise(edition("rfc9110-recipient"), c.field, c.value);
        EXPECT_FALSE(outcome.accepted()) << c.value;
        EXPECT_EQ(outcome.viable_prefix(), c.offset) << c.field << " " << c.value;
    }
    EXPECT_EQ(recognise(edition("rfc7235"), "WWW-Authenticate", " A").viable_prefix(), 0U);
    EXPECT_EQ(recognise(edition("rfc7235"), "WWW-Authenticate", "A ,b=c").viable_prefix(), 4U);
    EXPECT_EQ(recognise(edition("rfc7235"), "Authorization", "A ,b=c").viable_prefix(), 3U);
    EXPECT_EQ(recognise(edition("rfc9110-sender"), "WWW-Authenticate", "A ,,B").viable_prefix(), 3U);
    EXPECT_EQ(recognise(edition("rfc9110-sender"), "WWW-Authenticate", "A,").viable_prefix(), 2U);
}

/// Visits all strings over the representatives up to a length, save the extensions of those that are not viable,
/// about which there is nothing more to say: the recogniser stops and the automaton is in its dead state.
void visit_strings(const recogniser& r, std::size_t length, std::string& value,
                   const std::function<void(const std::string&, const recognition&)>& visit) {
    const recognition outcome = r.recognise(value);
    visit(value, outcome);
    if (value.size() == length || outcome.viable_prefix() < value.size()) return;
    for (const char c : representatives) {
        value.push_back(c);
        visit_strings(r, length, value, visit);
        value.pop_back();
    }
}

TEST(Recogniser, AgreesWithTheAutomatonAndWithBruteForce) {
    for (const char* e : all_editions) {
        for (const char* field :
             {"WWW-Authenticate", "Authorization", "Authentication-Info", "auth-param", "quoted-string"}) {
            const rule_set& rules = edition(e);
            const dfa automaton = automaton_of(rules, field);
            const std::vector<bool> live = live_states(automaton);
            std::size_t accepted = 0;
            std::string value;
            visit_strings(recogniser_of(rules, field), 5, value, [&](const std::string& v, const recognition& outcome) {
                ASSERT_EQ(outcome.accepted(), accepts(automaton, v)) << e << " " << field << " " << v;
                ASSERT_EQ(outcome.viable_prefix(), viable_prefix(automaton, live, v)) << e << " " << field << " " << v;
                ASSERT_EQ(outcome.derivations().value(), brute_force(rules, field, v)) << e << " " << field << " " << v;
                accepted += outcome.accepted() ? 1 : 0;
            });
            EXPECT_GT(accepted, 0U);
        }
    }
}

TEST(Recogniser, IsPolynomialOnTheExponentialFamilies) {
    for (const std::string unit : {"A ,", "A ,,", "A a=b,,"}) {
        std::string value;
        while (value.size() < 8000) value += unit;
        for (const char* e : all_editions) {
            const recogniser r = recogniser_of(edition(e), "WWW-Authenticate");
            const std::clock_t begin = std::clock();
            EXPECT_FALSE(r.recognise(value + '\0').accepted());
            const recognition outcome = r.recognise(value + 'B');
            EXPECT_EQ(outcome.accepted(), unit == "A ," || e != std::string_view("rfc9110-sender"));
            EXPECT_EQ(outcome.tree().has_value(), outcome.accepted());
            EXPECT_LT(std::clock() - begin, 20 * CLOCKS_PER_SEC);
        }
    }
    EXPECT_FALSE(recogniser_of(edition("rfc7235"), "token").recognise_within(std::string(1000, 'a'), 1000));
}

TEST(Recogniser, IsBoundedOnHostileRules) {
    const std::string message = "the rules are too large for the recogniser";
    EXPECT_EQ(recogniser::make(rules_of("a = 60000( 60000( \"x\" ) )\n"), "a").failure().message, message);
    EXPECT_EQ(recogniser::make(rules_of("a = 60000( 60000( 60000\"\" ) )\n"), "a").failure().message, message);
    EXPECT_EQ(recogniser::make(rules_of("a = 5000[ \"x\" ]\n"), "a").failure().message, message);
    EXPECT_EQ(recogniser::make(rules_of("a = \"x\"\n"), "b").failure().message, "there is no rule b");
    std::string chain = "c0 = \"x\" / c9\n";
    for (int i = 1; i < 1100; ++i) chain += "c" + std::to_string(i) + " = c" + std::to_string(i - 1) + "\n";
    EXPECT_EQ(recogniser::make(rules_of(chain), "c1099").failure().message, message);
    EXPECT_EQ(derivations(rules_of(chain), "c1000", "x"), "infinite");
}

TEST(Recogniser, ReadsTrees) {
    const recognition outcome = recognise(edition("rfc7235"), "auth-param", "a=\"\"");
    const std::optional<derivation_tree> tree = outcome.tree();
    ASSERT_TRUE(tree);
    std::string text;
    for (const tree_node& n : *tree) {
        text += std::string(n.rule) + "[" + std::to_string(n.begin) + "," + std::to_string(n.end) + ")" +
                std::to_string(n.parent) + "." + std::to_string(n.ordinal) + " ";
    }
    EXPECT_EQ(text,
              "auth-param[0,4)0.0 token[0,1)0.0 tchar[0,1)1.0 ALPHA[0,1)2.0 quoted-string[2,4)0.0 "
              "DQUOTE[2,3)4.0 DQUOTE[3,4)4.1 ");
    EXPECT_EQ(outcome.trees(10).size(), 1U);
    EXPECT_TRUE(recognise(edition("rfc7235"), "auth-param", "a").trees(10).empty());

    std::string value;
    visit_strings(recogniser_of(edition("rfc7235"), "WWW-Authenticate"), 5, value,
                  [](const std::string& v, const recognition& r) {
                      ASSERT_EQ(r.trees(1000).size(), r.derivations().value()) << v;
                  });
}

}  // namespace
}  // namespace authgrammar::abnf
