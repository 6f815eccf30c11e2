#include "authgrammar/abnf/reader.hpp"

#include "support.hpp"

namespace authgrammar::abnf {
namespace {

rule only_rule(std::string_view text) {
    std::vector<rule> rules = get(read(text, "t"));
    if (rules.size() != 1) throw std::runtime_error("not one rule");
    return rules.front();
}

/// The definition `x = …` printed back.
std::string printed(const std::string& elements) { return to_string(only_rule("x = " + elements + "\n").definition); }

TEST(Reader, TakesEveryForm) {
    EXPECT_EQ(printed("a"), "a");
    EXPECT_EQ(printed("a b c"), "a b c");
    EXPECT_EQ(printed("a / b c/d"), "a / b c / d");
    EXPECT_EQ(printed("a (b / c) d"), "a ( b / c ) d");
    EXPECT_EQ(printed("[a b]"), "[ a b ]");
    EXPECT_EQ(printed("*a"), "*a");
    EXPECT_EQ(printed("1*a"), "1*a");
    EXPECT_EQ(printed("*2a"), "*2a");
    EXPECT_EQ(printed("2*5a"), "2*5a");
    EXPECT_EQ(printed("3a"), "3*3a");
    EXPECT_EQ(printed("*(a b)"), "*( a b )");
    EXPECT_EQ(printed("*[a]"), "*[ a ]");
    EXPECT_EQ(printed("#a"), "#a");
    EXPECT_EQ(printed("1#a"), "1#a");
    EXPECT_EQ(printed("2#4( a / b )"), "2#4( a / b )");
    EXPECT_EQ(printed("%x41-5A"), "%x41-5A");
    EXPECT_EQ(printed("%d65"), "%x41");
    EXPECT_EQ(printed("%b1000001-1011010"), "%x41-5A");
    EXPECT_EQ(printed("%X2d"), "\"-\"");
    EXPECT_EQ(printed("%d13.10"), "%x0D.0A");
    EXPECT_EQ(printed("%x61.62.63"), "%s\"abc\"");
    EXPECT_EQ(printed("\"Abc\""), "\"Abc\"");
    EXPECT_EQ(printed("%i\"Abc\""), "\"Abc\"");
    EXPECT_EQ(printed("%s\"Abc\""), "%s\"Abc\"");
    EXPECT_EQ(printed("%S\"!\""), "\"!\"");
    EXPECT_EQ(printed("\"\""), "\"\"");
    EXPECT_EQ(printed("<any text, even \"this\">"), "<any text, even \"this\">");
}

TEST(Reader, TakesCaseOfLiteralsAsTheRfcsSay) {
    const rule_set rules = rules_of("i = \"aB\"\nj = %i\"aB\"\ns = %s\"aB\"\nn = %x61.42\n");
    for (const char* rule : {"i", "j"}) {
        for (const char* word : {"ab", "AB", "Ab", "aB"}) EXPECT_TRUE(accepts(automaton_of(rules, rule), word)) << word;
    }
    for (const char* rule : {"s", "n"}) {
        EXPECT_TRUE(accepts(automaton_of(rules, rule), "aB"));
        EXPECT_FALSE(accepts(automaton_of(rules, rule), "ab"));
    }
}

TEST(Reader, PrintsWhatItReadsBack) {
    for (const std::string_view file : embedded_file_names()) {
        for (const rule& r : get(read(get(load_file(file)), file))) {
            const rule again = only_rule("x = " + to_string(r.definition) + "\n");
            EXPECT_TRUE(same_structure(r.definition, again.definition)) << r.text;
        }
    }
}

TEST(Reader, JoinsContinuationLines) {
    const rule r = only_rule(
        "x = a ; first\r\n"
        "      ; only a comment\r\n"
        " \t\r\n"
        "\t/ b ; second\r\n");
    EXPECT_EQ(to_string(r.definition), "a / b");
}

TEST(Reader, TakesABrokenListTagAsPrinted) {
    // RFC 7235, Appendix C breaks lines between the star and its group only where white space may stand.
    EXPECT_EQ(printed("[ ( \",\" / p ) *(\n OWS \",\" [ OWS p ] ) ]"), "[ ( \",\" / p ) *( OWS \",\" [ OWS p ] ) ]");
}

TEST(Reader, RemembersWhereRulesStand) {
    const std::vector<rule> rules =
        get(read("; RFC 9999, Appendix A: Collected ABNF\n"
                 "; More words.\n"
                 "\n"
                 "; Section 3.2.3: Whitespace\n"
                 "OWS = *( SP\n"
                 " / HTAB ) ; both\n"
                 "     ; optional whitespace\n"
                 "BWS = OWS\n"
                 "; Appendix B.1\n"
                 "Last =/ \"x\"",
                 "f.abnf"));
    ASSERT_EQ(rules.size(), 3U);
    EXPECT_EQ(rules[0].name, "OWS");
    EXPECT_EQ(rules[0].source, "f.abnf");
    EXPECT_EQ(rules[0].document, "RFC 9999");
    EXPECT_EQ(rules[0].section, "Section 3.2.3");
    EXPECT_EQ(rules[0].line, 5U);
    EXPECT_EQ(rules[0].text, "OWS = *( SP\n / HTAB ) ; both\n     ; optional whitespace");
    EXPECT_EQ(rules[1].section, "Section 3.2.3");
    EXPECT_EQ(rules[1].line, 8U);
    EXPECT_EQ(rules[1].text, "BWS = OWS");
    EXPECT_EQ(rules[2].section, "Appendix B.1");
    EXPECT_TRUE(rules[2].incremental);
    EXPECT_EQ(rules[2].text, "Last =/ \"x\"");
}

TEST(Reader, GivesEveryRuleOfTheTextsADocumentAndASection) {
    for (const std::string_view file : embedded_file_names()) {
        for (const rule& r : get(read(get(load_file(file)), file))) {
            EXPECT_EQ(r.document.substr(0, 4), "RFC ") << r.name;
            EXPECT_FALSE(r.section.empty()) << file << " " << r.name;
        }
    }
}

struct bad_text {
    const char* text;
    std::size_t line;
    std::size_t column;
    const char* message;
};

TEST(Reader, NamesThePlaceOfErrors) {
    const bad_text cases[] = {
        {"1x = a\n", 1, 1, "a rule name is expected, not '1'"},
        {"  x = a\n", 1, 3, "a line that is indented continues a rule, and here is none"},
        {"x = a\n; note\n  / b\n", 3, 3, "a line that is indented continues a rule, and here is none"},
        {"x a\n", 1, 3, "\"=\" or \"=/\" is expected, not 'a'"},
        {"x\n", 1, 2, "\"=\" or \"=/\" is expected, but the line ends and the next one does not continue it"},
        {"x = \n", 1, 5, "an element is expected, but the line ends and the next one does not continue it"},
        {"x =", 1, 4, "an element is expected, but the text ends"},
        {"y = a\nx = a /\n", 2, 8, "an element is expected, but the line ends and the next one does not continue it"},
        {"x = (a\n", 1, 7,
         "\"/\", an element or \")\" is expected, but the line ends and the next one does not continue it"},
        {"x = (a]\n", 1, 7, "\"/\", an element or \")\" is expected, not ']'"},
        {"x = [a)\n", 1, 7, "\"/\", an element or \"]\" is expected, not ')'"},
        {"x = ()\n", 1, 6, "an element is expected, not ')'"},
        {"x = a)\n", 1, 6, "\"/\", an element or the end of the line is expected, not ')'"},
        {"x = a | b\n", 1, 7, "\"/\", an element or the end of the line is expected, not '|'"},
        {"x = \"a\"\"b\"\n", 1, 8, "white space is needed between two elements"},
        {"x = \"a\n", 1, 7, "a closing DQUOTE is expected, but the line ends and the next one does not continue it"},
        {"x = \"\xC3\xA9\"\n", 1, 6, "a closing DQUOTE is expected, not byte C3"},
        {"x = <a\n", 1, 7, "a closing \">\" is expected, but the line ends and the next one does not continue it"},
        {"x = * a\n", 1, 6, "an element is expected, not ' '"},
        {"x = **a\n", 1, 6, "an element is expected, not '*'"},
        {"x = 3*2a\n", 1, 5, "the upper bound is less than the lower"},
        {"x = 0#0a\n", 1, 5, "a list of no element"},
        {"x = 65536a\n", 1, 5, "a repetition of more than 65535"},
        {"x = 99999999999999999999999999*a\n", 1, 5, "a repetition of more than 65535"},
        {"x = %q41\n", 1, 6, "one of b, d, x, s and i is expected, not 'q'"},
        {"x = %xG\n", 1, 7, "a digit of base 16 is expected, not 'G'"},
        {"x = %b2\n", 1, 7, "a digit of base 2 is expected, not '2'"},
        {"x = %x100\n", 1, 7, "the value is not a byte"},
        {"x = %x1F600\n", 1, 7, "the value is not a byte"},
        {"x = %x30-2F\n", 1, 5, "the range ends before it begins"},
        {"x = %x30-\n", 1, 10,
         "a digit of base 16 is expected, but the line ends and the next one does not continue it"},
        {"x = %sa\n", 1, 7, "a DQUOTE is expected, not 'a'"},
        {"x = a ; \x01\n", 1, 9, "a control character stands in a comment"},
        {"x = a\rb = c\n", 1, 6, "\"/\", an element or the end of the line is expected, not byte 0D"},
    };
    for (const bad_text& bad : cases) {
        const result<std::vector<rule>> r = read(bad.text, "t");
        ASSERT_FALSE(r) << bad.text;
        EXPECT_EQ(r.failure().line, bad.line) << bad.text;
        EXPECT_EQ(r.failure().column, bad.column) << bad.text;
        EXPECT_EQ(r.failure().message, bad.message) << bad.text;
        EXPECT_EQ(r.failure().source, "t");
    }
    EXPECT_EQ(to_string(read("x a\n", "t").failure()), "t:1:3: \"=\" or \"=/\" is expected, not 'a'");
    const result<std::vector<rule>> nul = read(std::string_view("x = \0", 5), "t");
    ASSERT_FALSE(nul);
    EXPECT_EQ(nul.failure().message, "an element is expected, not byte 00");
}

TEST(Reader, IsBoundedOnHostileText) {
    const std::string deep = "x = " + std::string(64, '(') + "a" + std::string(64, ')') + "\n";
    EXPECT_TRUE(read(deep, "t"));
    const std::string deeper = "x = " + std::string(65, '[') + "a" + std::string(65, ']') + "\n";
    ASSERT_FALSE(read(deeper, "t"));
    EXPECT_EQ(read(deeper, "t").failure().column, 69U);
    EXPECT_FALSE(read("x = " + std::string(500000, '('), "t"));
    EXPECT_FALSE(read(std::string(reader_limits().bytes + 1, '\n'), "t"));
    EXPECT_TRUE(read(std::string(reader_limits().bytes, '\n'), "t"));
    std::string long_line = "x = a";
    while (long_line.size() < 900000) long_line += " ;\n / a";
    EXPECT_TRUE(read(long_line, "t"));
}

TEST(Reader, SurvivesMutatedTexts) {
    const std::string original = get(load_file("rfc7230.abnf")) + get(load_file("rfc9110-recipient.abnf"));
    static constexpr std::string_view alphabet("()[]\"%<>/*#=;-. \t\r\n0129aAxX\0\xFF", 29);
    std::uint32_t state = 1;
    const auto random = [&](std::size_t below) {
        state = state * 1664525U + 1013904223U;
        return static_cast<std::size_t>(state >> 8) % below;
    };
    std::size_t good = 0;
    for (int round = 0; round < 3000; ++round) {
        std::string text = original;
        for (std::size_t changes = 1 + random(3); changes > 0; --changes) {
            const std::size_t at = random(text.size());
            const char byte = alphabet[random(alphabet.size())];
            switch (random(3)) {
                case 0: text[at] = byte; break;
                case 1: text.insert(at, 1, byte); break;
                default: text.erase(at, 1 + random(20)); break;
            }
        }
        const result<std::vector<rule>> rules = read(text, "t");
        if (!rules) {
            EXPECT_GE(rules.failure().line, 1U);
            EXPECT_LE(rules.failure().line, 60U);
            EXPECT_GE(rules.failure().column, 1U);
            continue;
        }
        ++good;
        for (const rule& r : *rules) {
            EXPECT_TRUE(same_structure(only_rule("x = " + to_string(r.definition) + "\n").definition, r.definition));
        }
    }
    EXPECT_GT(good, 100U);
    EXPECT_LT(good, 2900U);
}

TEST(Reader, AcceptsNothingAtAll) {
    EXPECT_TRUE(get(read("", "t")).empty());
    EXPECT_TRUE(get(read("; only a comment", "t")).empty());
    EXPECT_TRUE(get(read("\r\n  \n\t; indented comment\n", "t")).empty());
}

}  // namespace
}  // namespace authgrammar::abnf
