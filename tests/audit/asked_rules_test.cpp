// The table that says which rules are asked about a message: what is found is the same as if all of them were.

#include "rules/rules.hpp"

#include <authgrammar/audit/conversation.hpp>
#include <authgrammar/audit/finding.hpp>
#include <authgrammar/schemes/scheme.hpp>

#include <gtest/gtest.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace authgrammar::audit;

std::string described(const std::vector<finding>& all) {
    std::string out;
    for (const finding& f : all) {
        out += std::string(f.rule->id) + " " + std::string(name_of(f.level)) + " " + std::to_string(f.at.offset) + "+" +
               std::to_string(f.at.length) + " " + f.text + "\n";
    }
    return out;
}

/// How many findings there are. Those of every message are the same whether all rules are asked or not.
std::size_t judged(std::string_view input, const known_facts& facts) {
    std::size_t count = 0;
    conversation all(facts);
    for (const message& m : read_messages(input)) {
        const auto fields = read_fields(m);
        const circumstances around = all.next(m, fields);
        const std::vector<finding> found = judge(m, fields, around);
        const std::string wanted = described(judge_with(m, fields, around, fact::all));
        EXPECT_EQ(described(found), wanted) << input;
        count += found.size();
    }
    return count;
}

known_facts facts_for(const finding_rule& rule) {
    known_facts facts;
    facts.form_login = rule.options == "--form-login";
    return facts;
}

TEST(asked_rules, find_what_all_find_in_the_examples) {
    for (const finding_rule* rule : all_finding_rules()) {
        SCOPED_TRACE(rule->id);
        EXPECT_GT(judged(rule->violating, facts_for(*rule)), 0U);
        judged(rule->conforming, facts_for(*rule));
    }
}

// Each octet left out, or with another one in front of it.
TEST(asked_rules, find_what_all_find_in_what_is_nearly_an_example) {
    std::size_t inputs = 0;
    for (const finding_rule* rule : all_finding_rules()) {
        for (std::size_t i = 0; i < rule->violating.size(); ++i) {
            std::string input(rule->violating);
            input.erase(i, 1);
            judged(input, facts_for(*rule));
            input = rule->violating;
            input.insert(i, 1, std::string_view("\",\\= \t\r\n\xC3x:;'")[i % 13]);
            judged(input, facts_for(*rule));
            inputs += 2;
            if (HasFailure()) return;
        }
    }
    EXPECT_GT(inputs, 10000U);
}

// Each scheme with the parameters of all of them.
TEST(asked_rules, find_what_all_find_in_parameters_of_other_schemes) {
    std::string params;
    for (const authgrammar::schemes::scheme_description& s : authgrammar::schemes::all_schemes()) {
        for (const auto& p : s.params) params += (params.empty() ? "" : ", ") + std::string(p.name) + "=\"x\"";
    }
    std::size_t found = 0;
    for (const authgrammar::schemes::scheme_description& s : authgrammar::schemes::all_schemes()) {
        const std::string value = std::string(s.name) + " " + params + "\r\n";
        const std::string credentials = "GET / HTTP/1.1\r\nHost: h\r\nAuthorization: " + value + "\r\n";
        for (const char* status : {"200", "401", "403", "407"}) {
            const std::string start = std::string("HTTP/1.1 ") + status + " X\r\nContent-Length: 0\r\n";
            found += judged(
                credentials + start + "WWW-Authenticate: " + value + "Proxy-Authenticate: " + value + "\r\n", {});
            found += judged(credentials + start + "Authentication-Info: " + params + "\r\n\r\n", {});
        }
    }
    EXPECT_GT(found, 100U);
}

// What is true of one field, one challenge or one line only, in messages that have others.
TEST(asked_rules, find_what_all_find_in_pairs_of_examples) {
    const auto& rules = all_finding_rules();
    for (std::size_t i = 0; i < rules.size(); ++i) {
        const finding_rule& other = *rules[(i * 37 + 11) % rules.size()];
        judged(std::string(rules[i]->violating) + std::string(other.violating), facts_for(*rules[i]));
        judged(std::string(other.conforming) + std::string(rules[i]->violating), facts_for(*rules[i]));
    }
}

finding of(const finding_rule& rule, severity level, std::size_t offset) {
    finding f{};
    f.rule = &rule;
    f.level = level;
    f.at = {offset, 1};
    f.text = "it";
    return f;
}

TEST(shorten, keeps_the_first_of_each_rule_and_severity) {
    const finding_rule& a = *all_finding_rules()[0];
    const finding_rule& b = *all_finding_rules()[1];
    std::vector<finding> all;
    for (std::size_t i = 0; i < 20; ++i) {
        all.push_back(of(a, severity::warning, 3 * i));
        all.push_back(of(b, severity::warning, 3 * i + 1));
        if (i % 2 == 0) all.push_back(of(a, severity::error, 3 * i + 2));
    }
    shorten(all);
    ASSERT_EQ(all.size(), 3 * most_listed);
    std::size_t before = 0;
    std::vector<std::string> said;
    for (const finding& f : all) {
        EXPECT_GE(f.at.offset, before);
        before = f.at.offset;
        if (f.text != "it")
            said.push_back(std::string(f.rule->id) + " " + std::string(name_of(f.level)) + ": " + f.text);
    }
    const std::string first(a.id);
    const std::string second(b.id);
    EXPECT_EQ(said, (std::vector<std::string>{first + " warning: it; 12 more of this kind in the message",
                                              second + " warning: it; 12 more of this kind in the message",
                                              first + " error: it; 2 more of this kind in the message"}));
}

TEST(shorten, leaves_few_as_they_are) {
    std::vector<finding> all;
    for (std::size_t i = 0; i < most_listed; ++i) all.push_back(of(*all_finding_rules()[0], severity::info, i));
    shorten(all);
    ASSERT_EQ(all.size(), most_listed);
    EXPECT_EQ(all.back().text, "it");
}

// What is told of one line does not grow with its elements.
TEST(shorten, bounds_what_is_said_of_a_message) {
    std::size_t sizes[2] = {0, 0};
    for (std::size_t i = 0; i < 2; ++i) {
        std::string input = "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm=a";
        for (std::size_t n = 0; n < 100 * (i + 1); ++n) input += ",Basik realm=a,x=\"\\y\"";
        const std::vector<message> messages = read_messages(input + "\r\n\r\n");
        ASSERT_EQ(messages.size(), 1U);
        std::vector<finding> found = judge(messages[0], read_fields(messages[0]));
        EXPECT_GT(found.size(), 100 * (i + 1));
        shorten(found);
        sizes[i] = found.size();
    }
    EXPECT_EQ(sizes[0], sizes[1]);
}

}  // namespace
