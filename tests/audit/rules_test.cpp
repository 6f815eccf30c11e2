// What holds for all findings: which requirements they name, their order, that no field is left out. Each rule is tested with
// its family, in the other files.

#include "of_rule.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace {

using namespace authgrammar::audit;
using namespace authgrammar::audit::testing;
using authgrammar::field;
using authgrammar::name_of;
using texts = std::vector<std::string>;

TEST(rules, a_finding_has_what_its_rule_says) {
    const found f = the("obs-fold", "WWW-Authenticate: A,\n B\n");
    const finding_rule* const rule = finding_rule_from_id("obs-fold");
    EXPECT_EQ(f.level, rule->level);
    EXPECT_EQ(f.section, rule->section);
    EXPECT_EQ(f.explanation, rule->explanation);
    EXPECT_TRUE(f.requirements.empty());
    const found once = the("param-repeated", "WWW-Authenticate: A b=1, b=2\n");
    EXPECT_EQ(once.requirements, (texts{"R7235-2.1-param-once", "R9110-11.2-param-once"}));
    EXPECT_EQ(name_of(severity::info), "info");
    EXPECT_EQ(name_of(severity::warning), "warning");
    EXPECT_EQ(name_of(severity::error), "error");
}

// By their place; where that is the same, in the order of the rules.
TEST(rules, findings_are_in_order) {
    const std::string page = "<form><input type=password></form>";
    EXPECT_EQ(ids_in("HTTP/1.1 401 X\r\n\r\n" + page, form_login()), (texts{"401-from-form-login"}));
    EXPECT_EQ(
        ids_in("HTTP/1.1 401 X\r\nstray\r\nProxy-Authenticate : A b=1,b=2,\r\n d=e\r\n\r\n"),
        (texts{"401-without-www-authenticate", "unreadable-line", "space-before-colon", "param-repeated", "obs-fold"}));
}

// Fields are judged one by one: whatever the first ones are, the last one is found.
TEST(rules, every_field_is_judged) {
    const std::vector<std::pair<std::string, std::string>> lines{
        {"syntax", "WWW-Authenticate: @\n"},
        {"empty-list-elements", "WWW-Authenticate: A,,B\n"},
        {"element-spans-lines", "WWW-Authenticate: A b=\"c\nWWW-Authenticate: d\"\n"},
        {"no-challenge", "WWW-Authenticate: \n"},
        {"param-repeated", "WWW-Authenticate: A b=1, b=2\n"},
        {"realm-as-token", "WWW-Authenticate: A realm=x\n"},
        {"unknown-scheme-first", "WWW-Authenticate: A, Basic realm=\"x\"\n"},
        {"obs-fold", "WWW-Authenticate: A,\n B\n"},
        {"space-before-colon", "WWW-Authenticate : A\n"},
        {"several-credentials", "Authorization: A b\nAuthorization: A b\n"},
        {"credentials-unsecured", "Authorization: A b\n"},
    };
    for (const auto& [id, last] : lines) {
        for (const std::string first : {"X: y\n", "Proxy-Authenticate: A\n", "Proxy-Authenticate: @\n",
                                        "Authentication-Info: a=b\n", "Proxy-Authorization: A b\n"}) {
            const std::string input = "GET http://a.test/ HTTP/1.1\n" + first + last;
            const field about = *authgrammar::field_from_name(last.substr(0, last.find_first_of(" :")));
            const auto list = of_rule(id, input);
            EXPECT_EQ(std::count_if(list.begin(), list.end(), [&](const found& f) { return f.about == about; }), 1)
                << id << " behind " << first;
        }
    }
}

}  // namespace
