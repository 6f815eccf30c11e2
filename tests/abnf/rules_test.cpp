#include "authgrammar/abnf/rules.hpp"

#include <filesystem>
#include <fstream>

#include "authgrammar/abnf/product.hpp"
#include "support.hpp"

namespace authgrammar::abnf {
namespace {

std::optional<error> add(rule_set& rules, std::string_view text, std::string_view source) {
    return rules.add(get(read(text, source)));
}

TEST(Rules, FindsNamesWithoutRegardToCase) {
    rule_set rules;
    ASSERT_FALSE(add(rules, "Auth-Scheme = \"x\"\n", "t"));
    ASSERT_NE(rules.find("AUTH-scheme"), nullptr);
    EXPECT_EQ(rules.find("auth-scheme")->name, "Auth-Scheme");
    EXPECT_EQ(rules.find("auth"), nullptr);
}

TEST(Rules, JoinsIncrementalAlternatives) {
    rule_set rules;
    ASSERT_FALSE(add(rules, "a = \"x\" / \"y\"\nb = a\nA =/ \"z\"\n", "t"));
    EXPECT_EQ(to_string(normalise(rules.find("a")->definition)), "\"x\" / \"y\" / \"z\"");
    EXPECT_EQ(rules.find("a")->text, "a = \"x\" / \"y\"\nA =/ \"z\"");
    EXPECT_EQ(rules.rules().size(), 2U);
}

TEST(Rules, RefusesDefinitionsThatContradict) {
    rule_set rules;
    std::optional<error> failure = add(rules, "a = \"x\"\nb = a\nA = \"y\"\n", "t");
    ASSERT_TRUE(failure);
    EXPECT_EQ(to_string(*failure), "t:3:1: the rule A is defined a second time");
    EXPECT_TRUE(rules.rules().empty());
    failure = add(rules, "a =/ \"x\"\n", "t");
    ASSERT_TRUE(failure);
    EXPECT_EQ(to_string(*failure), "t:1:1: \"=/\" adds to the rule a, which this text has not defined");
}

TEST(Rules, LetsLaterTextsReplaceRules) {
    rule_set rules;
    ASSERT_FALSE(add(rules, "a = \"1\"\nb = a\n", "first"));
    ASSERT_FALSE(add(rules, "A = \"2\"\n", "second"));
    EXPECT_EQ(rules.find("a")->source, "second");
    EXPECT_EQ(rules.rules().size(), 2U);
    EXPECT_TRUE(accepts(automaton_of(get(rules.resolve(list_form::sender)), "b"), "2"));
}

TEST(Rules, ResolvesImports) {
    rule_set rules;
    ASSERT_FALSE(add(rules, "; RFC 7230: tokens\n; Section 3.2.6\ntoken = 1*\"t\"\n", "tokens"));
    ASSERT_FALSE(add(rules,
                     "; RFC 7235\n; Appendix B\ntoken = <token, see [RFC7230], Section 3.2.6>\n"
                     "name = <token, see [RFC7230], Section 3.2.6> \"=\"\n",
                     "user"));
    EXPECT_EQ(rules.find("token")->source, "tokens");
    EXPECT_EQ(rules.find("token")->import_text, "token = <token, see [RFC7230], Section 3.2.6>");
    EXPECT_TRUE(accepts(automaton_of(get(rules.resolve(list_form::sender)), "name"), "tt="));

    std::optional<error> failure = add(rules, "token = <token, see [RFC9110], Section 5.6.2>\n", "other");
    ASSERT_TRUE(failure);
    EXPECT_EQ(to_string(*failure), "other:1:9: <token, see [RFC9110], Section 5.6.2> names no rule that is at hand");
    ASSERT_FALSE(add(rules, "x = <anything>\n", "prose"));
    EXPECT_EQ(to_string(rules.resolve(list_form::sender).failure()),
              "prose:1:5: <anything> names no rule that is at hand");
}

TEST(Rules, NamesUndefinedRules) {
    rule_set rules;
    ASSERT_FALSE(add(rules, "a = \"x\"\n  [ missing ]\n", "t"));
    EXPECT_EQ(to_string(rules.resolve(list_form::sender).failure()), "t:2:5: the rule missing is not defined");
    ASSERT_FALSE(add(rules, "missing = #a\n", "u"));
    EXPECT_EQ(to_string(rules.resolve(list_form::sender).failure()), "u:1:11: the rule OWS is not defined");
}

std::string expanded(const std::string& list, list_form form) {
    const rule r = get(read("x = " + list + "\n", "t")).front();
    return to_string(get(expand_lists(r.definition, form, "t")));
}

TEST(Lists, ExpandAsTheRfcsPrintThem) {
    EXPECT_EQ(expanded("1#e", list_form::sender), "e *( OWS \",\" OWS e )");
    EXPECT_EQ(expanded("#e", list_form::sender), "[ e *( OWS \",\" OWS e ) ]");
    EXPECT_EQ(expanded("3#5e", list_form::sender), "e 2*4( OWS \",\" OWS e )");
    EXPECT_EQ(expanded("#e", list_form::rfc7230_recipient), "[ ( \",\" / e ) *( OWS \",\" [ OWS e ] ) ]");
    EXPECT_EQ(expanded("1#e", list_form::rfc7230_recipient), "*( \",\" OWS ) e *( OWS \",\" [ OWS e ] )");
    EXPECT_EQ(expanded("#e", list_form::rfc9110_recipient), "[ e ] *( OWS \",\" OWS [ e ] )");
    EXPECT_EQ(expanded("2#3e", list_form::rfc9110_recipient), "[ e ] *( OWS \",\" OWS [ e ] )");
    EXPECT_EQ(expanded("1#1( a #b )", list_form::sender), "a [ b *( OWS \",\" OWS b ) ]");
    EXPECT_EQ(expanded("#1e", list_form::sender), "[ e ]");
    EXPECT_EQ(expanded("1#e", list_form::rfc2616), "*( *LWS \",\" ) *LWS e *( *LWS \",\" [ *LWS e ] )");
    const rule any = get(read("x = #e\n", "t")).front();
    EXPECT_EQ(to_string(expand_lists(any.definition, list_form::rfc2616, "t").failure()),
              "t:1:5: no form is known for a list of RFC 2616 with these bounds");
    const rule r = get(read("x = a\n  2#e\n", "t")).front();
    EXPECT_EQ(to_string(expand_lists(r.definition, list_form::rfc7230_recipient, "t").failure()),
              "t:2:3: RFC 7230, Section 7 gives recipients no form for a list with these bounds");
}

/// The rules of `listed`, expanded, are those of `collected`: as trees and as languages.
void expect_collected(std::string_view listed, list_form form, const std::vector<std::string_view>& base,
                      std::string_view collected_edition, std::size_t rules) {
    std::vector<std::string_view> files = base;
    files.push_back(listed);
    const rule_set expanded = get(load_files(files, form));
    const rule_set& collected = edition(collected_edition);
    std::size_t compared = 0;
    for (const rule& r : expanded.rules()) {
        if (r.source != listed) continue;
        ++compared;
        const rule* published = collected.find(r.name);
        ASSERT_NE(published, nullptr) << r.name;
        EXPECT_NE(published->source, listed);
        EXPECT_TRUE(same_structure(r.definition, published->definition)) << to_string(r.definition) << "\n"
                                                                         << to_string(published->definition);
        EXPECT_EQ(find_difference(automaton_of(expanded, r.name), automaton_of(collected, r.name)), std::nullopt);
    }
    EXPECT_EQ(compared, rules);
}

TEST(Editions, Rfc7235ListsExpandToTheCollectedAbnf) {
    expect_collected("rfc7235-lists.abnf", list_form::rfc7230_recipient,
                     {"rfc5234.abnf", "rfc7230.abnf", "rfc7235.abnf", "rfc7615.abnf"}, "rfc7235", 4);
}

TEST(Editions, Rfc9110ListsExpandToTheCollectedAbnf) {
    expect_collected("rfc9110-recipient.abnf", list_form::sender, {"rfc5234.abnf", "rfc9110.abnf"}, "rfc9110-sender",
                     6);
}

TEST(Editions, ADifferentExpansionIsNoticed) {
    const rule_set sender =
        get(load_files({"rfc5234.abnf", "rfc7230.abnf", "rfc7235.abnf", "rfc7235-lists.abnf"}, list_form::sender));
    EXPECT_FALSE(
        same_structure(sender.find("challenge")->definition, edition("rfc7235").find("challenge")->definition));
    EXPECT_EQ(
        find_difference(automaton_of(sender, "WWW-Authenticate"), automaton_of(edition("rfc7235"), "WWW-Authenticate")),
        "!,");
}

TEST(Editions, HaveEveryField) {
    ASSERT_EQ(editions().size(), 3U);
    for (const edition_info& e : editions()) {
        for (const std::string_view field : field_names()) EXPECT_NE(edition(e.name).find(field), nullptr) << field;
    }
    EXPECT_EQ(load_edition("rfc2617").failure().message, "there is no edition rfc2617");
}

TEST(Schemes, HaveRulesOfTheirOwn) {
    ASSERT_EQ(schemes().size(), 4U);
    for (const edition_info& scheme : schemes()) {
        const rule_set rules = get(load_scheme(scheme.name));
        for (const char* name : {"challenge", "credentials"}) {
            ASSERT_NE(rules.find(name), nullptr) << scheme.name;
            EXPECT_TRUE(is_scheme_rule(*rules.find(name))) << scheme.name;
        }
        EXPECT_FALSE(is_scheme_rule(*rules.find("SP"))) << scheme.name;
    }
    EXPECT_EQ(get(load_scheme("digest")).find("nc-value")->section, "Section 3.5, in words");
    EXPECT_EQ(get(load_scheme("bearer")).find("b64token")->section, "Section 2.1");
    EXPECT_EQ(load_scheme("vapid").failure().message, "there is no grammar of a scheme vapid");
}

TEST(Editions, SiblingFieldsAreEqual) {
    for (const char* e : all_editions) {
        for (const auto& [a, b] :
             {std::pair("WWW-Authenticate", "Proxy-Authenticate"), std::pair("Authorization", "Proxy-Authorization"),
              std::pair("Authentication-Info", "Proxy-Authentication-Info")}) {
            EXPECT_EQ(find_difference(automaton_of(edition(e), a), automaton_of(edition(e), b)), std::nullopt);
        }
    }
}

TEST(Editions, TellWhereRulesComeFrom) {
    const rule_set& old = edition("rfc7235");
    EXPECT_EQ(old.find("ows")->document, "RFC 7230");
    EXPECT_EQ(old.find("ows")->import_text, "OWS = <OWS, see [RFC7230], Section 3.2.3>");
    EXPECT_EQ(old.find("challenge")->section, "Section 2.1");
    EXPECT_EQ(edition("rfc9110-recipient").find("challenge")->source, "rfc9110-recipient.abnf");
    EXPECT_EQ(edition("rfc9110-sender").find("challenge")->source, "rfc9110.abnf");
    EXPECT_EQ(edition("rfc9110-sender").find("auth-param")->section, "Section 11.2");
}

TEST(Editions, CanBeReadFromAFolder) {
    const std::filesystem::path folder = std::filesystem::path(AUTHGRAMMAR_SOURCE_DIR) / "grammar" / "abnf";
    for (const char* e : all_editions) {
        const rule_set from_folder = get(load_edition(e, folder));
        ASSERT_EQ(from_folder.rules().size(), edition(e).rules().size());
        for (const rule& r : from_folder.rules()) EXPECT_EQ(r.text, edition(e).find(r.name)->text);
    }
    // A changed text is what counts, and an error in it has its place.
    const std::filesystem::path changed = std::filesystem::current_path() / "changed";
    std::filesystem::remove_all(changed);
    std::filesystem::copy(folder, changed);
    std::ofstream(changed / "rfc9110.abnf", std::ios::app) << "\nauth-param = token\n";
    EXPECT_NE(load_edition("rfc9110-sender", changed).failure().message.find("a second time"), std::string::npos);
    std::ofstream(changed / "rfc9110-recipient.abnf", std::ios::app) << "\nauth-param = token\n";
    std::filesystem::copy(folder / "rfc9110.abnf", changed / "rfc9110.abnf",
                          std::filesystem::copy_options::overwrite_existing);
    EXPECT_TRUE(accepts(automaton_of(get(load_edition("rfc9110-recipient", changed)), "Authentication-Info"), "a, b"));
    EXPECT_EQ(load_edition("rfc9110-sender", changed / "none").failure().message, "the file cannot be opened");
}

TEST(Rules, KnowsWhatARuleUses) {
    const std::vector<const rule*> used = rules_used_by(edition("rfc9110-sender"), "token");
    std::string names;
    for (const rule* r : used) names += r->name + " ";
    EXPECT_EQ(names, "token tchar DIGIT ALPHA ");
}

}  // namespace
}  // namespace authgrammar::abnf
