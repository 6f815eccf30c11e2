#include "authgrammar/abnf/events.hpp"

#include <functional>

#include "authgrammar/abnf/labels.hpp"
#include "authgrammar/abnf/product.hpp"
#include "support.hpp"

namespace authgrammar::abnf {
namespace {

std::string print(const std::vector<event>& events) {
    std::string text;
    for (const event& e : events) {
        text += (text.empty() ? "" : " ") + std::string(to_string(e.kind)) + (e.quoted ? "(q)" : "") + "[" +
                std::to_string(e.begin) + "," + std::to_string(e.end) + ")";
    }
    return text;
}

std::string events_by_tree(std::string_view e, std::string_view field, std::string_view value) {
    const std::optional<derivation_tree> tree = recogniser_of(edition(e), field).recognise(value).tree();
    return tree ? print(events_of(*tree)) : "not accepted";
}

std::string events_by_labels(std::string_view e, std::string_view field, std::string_view value) {
    label_reader reader(get(make_labelled(edition(e), field)));
    const std::optional<std::vector<role>> roles = reader.read(value);
    return roles ? print(events_of(*roles)) : "not accepted";
}

TEST(Events, OfValuesWorkedByHand) {
    struct hand_worked {
        const char* field;
        std::string_view value;
        const char* events;
    };
    const hand_worked cases[] = {
        {"WWW-Authenticate", "A", "challenge_begin[0,0) scheme[0,1) challenge_end[0,1)"},
        {"WWW-Authenticate", "A ", "challenge_begin[0,0) scheme[0,1) challenge_end[0,1)"},
        {"WWW-Authenticate", "A ,", "challenge_begin[0,0) scheme[0,1) challenge_end[0,1)"},
        {"WWW-Authenticate", ",A", "challenge_begin[1,1) scheme[1,2) challenge_end[1,2)"},
        {"WWW-Authenticate", "Basic realm=\"x\"",
         "challenge_begin[0,0) scheme[0,5) param_name[6,11) param_value(q)[13,14) challenge_end[0,15)"},
        {"WWW-Authenticate", "A  b \t= c\t,\td=\"\" ,Neg YWI=,C",
         "challenge_begin[0,0) scheme[0,1) param_name[3,4) param_value[8,9) param_name[12,13) param_value(q)[15,15) "
         "challenge_end[0,16) challenge_begin[18,18) scheme[18,21) token68[22,26) challenge_end[18,26) "
         "challenge_begin[27,27) scheme[27,28) challenge_end[27,28)"},
        {"WWW-Authenticate", "A b=\"\\\"\\\\,\"",
         "challenge_begin[0,0) scheme[0,1) param_name[2,3) param_value(q)[5,10) challenge_end[0,11)"},
        {"WWW-Authenticate", "A b=c,B =d",
         "challenge_begin[0,0) scheme[0,1) param_name[2,3) param_value[4,5) param_name[6,7) param_value[9,10) "
         "challenge_end[0,10)"},
        {"WWW-Authenticate", "A b= ,C",
         "challenge_begin[0,0) scheme[0,1) token68[2,4) challenge_end[0,4) challenge_begin[6,6) scheme[6,7) "
         "challenge_end[6,7)"},
        {"WWW-Authenticate", "A b==", "challenge_begin[0,0) scheme[0,1) token68[2,5) challenge_end[0,5)"},
        {"WWW-Authenticate", "A ,,b=c",
         "challenge_begin[0,0) scheme[0,1) param_name[4,5) param_value[6,7) challenge_end[0,7)"},
        {"Authorization",
         "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==", "challenge_begin[0,0) scheme[0,5) token68[6,34) challenge_end[0,34)"},
        {"Authorization", "A ,", "challenge_begin[0,0) scheme[0,1) challenge_end[0,1)"},
        {"Proxy-Authorization", "A a=b , c=\"d\" ,,",
         "challenge_begin[0,0) scheme[0,1) param_name[2,3) param_value[4,5) param_name[8,9) param_value(q)[11,12) "
         "challenge_end[0,13)"},
        {"Authentication-Info", "a=b,,c = \"d\"",
         "param_name[0,1) param_value[2,3) param_name[5,6) param_value(q)[10,11)"},
        {"Proxy-Authentication-Info", "", ""},
    };
    for (const hand_worked& c : cases) {
        for (const char* e : {"rfc7235", "rfc9110-recipient"}) {
            EXPECT_EQ(events_by_tree(e, c.field, c.value), c.events) << c.value;
            EXPECT_EQ(events_by_labels(e, c.field, c.value), c.events) << c.value;
        }
    }
    for (const char* e : all_editions) {
        EXPECT_EQ(events_by_tree(e, "WWW-Authenticate",
                                 "Newauth realm=\"apps\", type=1, title=\"Login to \\\"apps\\\"\", "
                                 "Basic realm=\"simple\""),
                  "challenge_begin[0,0) scheme[0,7) param_name[8,13) param_value(q)[15,19) param_name[22,26) "
                  "param_value[27,28) param_name[30,35) param_value(q)[37,54) challenge_end[0,55) "
                  "challenge_begin[57,57) scheme[57,62) param_name[63,68) param_value(q)[70,76) challenge_end[57,77)");
    }
    EXPECT_EQ(events_by_tree("rfc9110-recipient", "WWW-Authenticate", ", ,"), "");
    EXPECT_EQ(events_by_labels("rfc9110-recipient", "WWW-Authenticate", ", ,"), "");
    EXPECT_EQ(events_by_tree("rfc7235", "WWW-Authenticate", "A ,b=c"), "not accepted");
    EXPECT_EQ(events_by_labels("rfc7235", "WWW-Authenticate", "A ,b=c"), "not accepted");
}

/// Visits the accepted values over the representatives up to a length.
void visit_values(const recogniser& r, std::size_t length, std::string& value,
                  const std::function<void(const std::string&, const recognition&)>& visit) {
    const recognition outcome = r.recognise(value);
    if (outcome.accepted()) visit(value, outcome);
    if (value.size() == length || outcome.viable_prefix() < value.size()) return;
    for (const char c : representatives) {
        value.push_back(c);
        visit_values(r, length, value, visit);
        value.pop_back();
    }
}

TEST(Events, AreTheSameForEveryDerivation) {
    for (const char* e : all_editions) {
        for (const char* field : {"WWW-Authenticate", "Authorization", "Authentication-Info"}) {
            label_reader reader(get(make_labelled(edition(e), field)));
            std::size_t values = 0;
            std::string value;
            visit_values(recogniser_of(edition(e), field), 5, value,
                         [&](const std::string& v, const recognition& outcome) {
                             const std::optional<std::vector<role>> roles = reader.read(v);
                             ASSERT_TRUE(roles) << v;
                             const std::vector<event> expected = events_of(*roles);
                             const std::vector<derivation_tree> trees = outcome.trees(10000);
                             ASSERT_EQ(trees.size(), outcome.derivations().value()) << v;
                             for (const derivation_tree& tree : trees) {
                                 ASSERT_EQ(events_of(tree), expected) << v;
                                 ASSERT_EQ(roles_of(tree), *roles) << v;
                             }
                             ++values;
                         });
            EXPECT_GT(values, 20U);
        }
    }
}

TEST(Labels, AreUniqueForEveryFieldAndEdition) {
    for (const char* e : all_editions) {
        for (const std::string_view field : field_names()) {
            const labelled_automaton labelled = get(make_labelled(edition(e), field));
            std::size_t pairs = 0;
            const std::optional<label_conflict> conflict = find_conflict(labelled, labelled, &pairs);
            EXPECT_FALSE(conflict) << conflict->witness;
            EXPECT_GE(pairs, labelled.states.size());
            EXPECT_EQ(find_difference(get(make_dfa(labelled)), automaton_of(edition(e), field)), std::nullopt);
        }
    }
}

TEST(Labels, ConflictsAreFound) {
    // If a scheme were allowed a BWS and "=", a word after a comma would be either.
    const rule_set rules = rules_of(
        "top = challenge *( \",\" challenge )\n"
        "challenge = auth-scheme SP auth-param *( \",\" auth-param ) / auth-scheme [ \"=\" 1*ALPHA ]\n"
        "auth-scheme = 1*ALPHA\n"
        "token = 1*ALPHA\n"
        "auth-param = token \"=\" token\n");
    const labelled_automaton labelled = get(make_labelled(rules, "top"));
    const std::optional<label_conflict> conflict = find_conflict(labelled, labelled);
    ASSERT_TRUE(conflict);
    EXPECT_EQ(conflict->witness, "a a=a,a=a");
    EXPECT_EQ(conflict->offset, 6U);
    EXPECT_NE(conflict->first, conflict->second);
    EXPECT_NE(find_conflict(labelled, relabel(labelled, std::vector<role>(7, role::separator))), std::nullopt);
}

TEST(Labels, JoinedLinesKeepTheirMeaning) {
    for (const char* e : {"rfc7235", "rfc9110-recipient"}) {
        const labelled_automaton line = get(make_labelled(edition(e), "WWW-Authenticate"));
        const labelled_automaton joined = concatenate(concatenate(line, labelled_text(", ", role::separator)), line);
        EXPECT_EQ(find_difference(get(make_dfa(joined)),
                                  concatenate(concatenate(automaton_of(edition(e), "WWW-Authenticate"), only(", ")),
                                              automaton_of(edition(e), "WWW-Authenticate"))),
                  std::nullopt);
        EXPECT_FALSE(find_conflict(joined, line));
    }
}

TEST(Labels, CanBeMerged) {
    const labelled_automaton info = get(make_labelled(edition("rfc7235"), "Authentication-Info"));
    const std::vector<role> all_values = {role::separator, role::scheme, role::token68, role::name,
                                          role::value,     role::value,  role::value};
    const labelled_automaton merged = relabel(info, all_values);
    EXPECT_FALSE(find_conflict(merged, merged));
    EXPECT_TRUE(find_conflict(merged, info));
}

}  // namespace
}  // namespace authgrammar::abnf
