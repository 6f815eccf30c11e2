// The comments above the rules, held against the rules and against the ABNF files.

#include "abnf_text.hpp"
#include "header_text.hpp"
#include "rule_list.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>

namespace authgrammar::test {
namespace {

std::string file_of(std::string_view source) {
    std::string file(source);
    std::replace(file.begin(), file.end(), '_', '-');
    return file + ".abnf";
}

// "RFC 7617" of the first line of a file, "; RFC 7617: Basic".
std::string rfc_of(std::string_view source) {
    const std::string first = read_lines("grammar/abnf/" + file_of(source)).front();
    EXPECT_EQ(first.substr(0, 6), "; RFC ") << source;
    return first.substr(2, first.find_first_of(":,") - 2);
}

std::string identifier(std::string name) {
    std::replace(name.begin(), name.end(), '-', '_');
    return name;
}

bool mentions(const abnf_rule& rule, const std::set<std::string>& names) {
    for (const std::string& line : rule.lines) {
        for (const std::string& word : words(line, " ()[]*/#\"=")) {
            if (names.count(word) != 0) return true;
        }
    }
    return false;
}

// What the namespace of a source has to hold. rfc9110-recipient.abnf replaces rules of rfc9110.abnf, so the rules
// there that use a replaced one exist once more.
std::map<std::string, abnf_rule> abnf_of(std::string_view source) {
    std::map<std::string, abnf_rule> rules;
    std::set<std::string> names;
    for (abnf_rule& rule : read_abnf(file_of(source))) {
        names.insert(rule.name);
        EXPECT_TRUE(rules.emplace(identifier(rule.name), std::move(rule)).second) << "twice in " << source;
    }
    if (source == "rfc9110_recipient") {
        const std::vector<abnf_rule> collected = read_abnf("rfc9110.abnf");
        for (std::size_t before = 0; before != names.size();) {
            before = names.size();
            for (const abnf_rule& rule : collected) {
                if (names.count(rule.name) != 0 || !mentions(rule, names)) continue;
                names.insert(rule.name);
                rules.emplace(identifier(rule.name), rule);
            }
        }
    }
    return rules;
}

class source_test : public ::testing::TestWithParam<std::string_view> {};

TEST_P(source_test, header_and_type_list_name_the_same_rules) {
    std::vector<std::string> in_header, in_list;
    for (const header_rule& rule : read_header(GetParam())) in_header.push_back(rule.name);
    for (const listed_rule& rule : listed_rules(GetParam())) in_list.push_back(rule.name);
    EXPECT_EQ(in_header, in_list);
}

TEST_P(source_test, grammar_and_abnf_name_the_same_rules) {
    std::set<std::string> in_header, in_abnf;
    for (const header_rule& rule : read_header(GetParam())) {
        if (rule.helper) continue;
        EXPECT_TRUE(in_header.insert(rule.name).second) << rule.name;
    }
    for (const auto& entry : abnf_of(GetParam())) in_abnf.insert(entry.first);
    EXPECT_EQ(in_header, in_abnf);
}

TEST_P(source_test, abnf_and_section_above_each_rule_are_the_files) {
    const auto abnf = abnf_of(GetParam());
    for (const header_rule& rule : read_header(GetParam())) {
        if (rule.helper) continue;
        const auto found = abnf.find(rule.name);
        ASSERT_NE(found, abnf.end()) << rule.name;
        EXPECT_EQ(rule.abnf, found->second.lines);
        EXPECT_EQ(rule.reference, rfc_of(GetParam()) + ", " + found->second.section) << rule.name;
    }
}

TEST_P(source_test, helpers_do_not_take_the_name_of_an_abnf_rule) {
    const auto abnf = abnf_of(GetParam());
    for (const header_rule& rule : read_header(GetParam())) {
        if (!rule.helper) continue;
        EXPECT_EQ(abnf.count(rule.name), 0u) << rule.name;
    }
}

TEST_P(source_test, examples_are_what_they_say) {
    std::map<std::string, matcher> rules;
    for (const listed_rule& rule : listed_rules(GetParam())) rules.emplace(rule.name, rule.matches);
    for (const header_rule& rule : read_header(GetParam())) {
        ASSERT_EQ(rules.count(rule.name), 1u) << rule.name;
        for (const std::string& value : rule.accepts)
            EXPECT_TRUE(rules[rule.name](value)) << rule.name << ": " << value;
        for (const std::string& value : rule.rejects)
            EXPECT_FALSE(rules[rule.name](value)) << rule.name << ": " << value;
    }
}

std::string name_of_source(const ::testing::TestParamInfo<std::string_view>& info) { return std::string(info.param); }

INSTANTIATE_TEST_SUITE_P(grammar, source_test, ::testing::ValuesIn(sources), name_of_source);

// rfc7235-lists.abnf prints rules of rfc7235.abnf a second time, before the expansion.
TEST(mirror, every_abnf_file_is_a_source) {
    std::set<std::string> expected{"rfc7235-lists.abnf"}, found;
    for (std::string_view source : sources) expected.insert(file_of(source));
    for (const auto& entry : std::filesystem::directory_iterator(AUTHGRAMMAR_SOURCE_DIR "/grammar/abnf")) {
        found.insert(entry.path().filename().string());
    }
    EXPECT_EQ(found, expected);

    const auto collected = abnf_of("rfc7235");
    for (const abnf_rule& rule : read_abnf("rfc7235-lists.abnf")) {
        EXPECT_EQ(collected.count(identifier(rule.name)), 1u) << rule.name;
    }
}

TEST(mirror, all_core_rules_are_there) { EXPECT_EQ(read_abnf("rfc5234.abnf").size(), 16u); }

}  // namespace
}  // namespace authgrammar::test
