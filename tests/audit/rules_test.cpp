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

// The requirements that each rule stands for.
TEST(rules, requirements) {
    const std::map<std::string, texts> expected{
        {"syntax",
         {"R7235-4.1-syntax", "R7235-4.2-syntax", "R7235-4.3-syntax", "R7235-4.4-syntax", "R7615-3-info",
          "R9110-11.6.1-www-authenticate", "R9110-11.7.1-proxy-authenticate", "R9110-11.6.3-authentication-info",
          "R9110-11.7.3-proxy-authentication-info"}},
        {"401-without-www-authenticate", {"R7235-2.1-401-challenge", "R9110-15.5.2-401"}},
        {"407-without-proxy-authenticate",
         {"R7235-2.1-407-challenge", "R9110-15.5.8-407", "R9110-11.7.1-proxy-authenticate"}},
        {"no-challenge",
         {"R7235-4.1-syntax", "R7235-4.3-syntax", "R9110-11.6.1-www-authenticate", "R9110-11.7.1-proxy-authenticate",
          "R7235-2.1-401-challenge", "R7235-2.1-407-challenge", "R9110-15.5.2-401", "R9110-15.5.8-407"}},
        {"apostrophes-as-quotes", {}},
        {"misread-value", {}},
        {"scheme-missing", {"R7235-4.2-syntax", "R7235-4.4-syntax"}},
        {"space-around-equals", {}},
        {"login-page-as-401", {"S401-8", "R7235-2.1-401-challenge", "R9110-15.5.2-401", "R7235-2.1-other-mechanisms"}},
        {"401-from-form-login", {"S401-8", "R7235-2.1-other-mechanisms"}},
        {"credentials-unsecured", {"R7235-6.1-confidentiality", "R7235-6.1-server-secures"}},
        {"challenge-repeated", {"R7235-3.1-401-refused", "R7235-3.1-same-challenge"}},
        {"refused-credentials-again", {"R7235-3.1-same-challenge", "R7235-3.1-401-retry"}},
        {"credentials-after-redirect", {"R7235-2.2-server-bound", "R7235-6.1-confidentiality"}},
        {"several-realms", {"R7235-6.3-shared-root", "R7235-2.2-protection-space"}},
        {"param-repeated", {"R7235-2.1-param-once", "R9110-11.2-param-once"}},
        {"realm-as-token", {"R7235-2.2-realm-quoted", "R9110-11.5-realm"}},
        {"unknown-scheme-first", {"R7235-2.1-order-known-first"}},
        {"empty-list-elements", {"R9110-5.6.1.1-no-empty", "R9110-5.6.1.2-accept-empty", "R7235-4.1-empty-elements"}},
        {"several-credentials", {"R9110-5.3-field-lines"}},
        {"element-spans-lines", {"R9110-5.3-field-lines"}},
        {"value-broken-into-lines", {}},
        {"obs-fold", {}},
        {"space-before-colon", {}},
        {"unreadable-line", {}},
        {"nothing-to-read", {}},
        {"foreign-input", {}},
        {"unclear-framing", {}},
        {"field-in-trailers", {}},
        {"uri-not-read", {}},
        {"401-to-connect", {"R7235-2.1-407-challenge", "R9110-15.5.8-407", "S401-10"}},
        {"407-from-server", {"R9110-3.7-gateway", "R9110-15.5.8-407"}},
        {"proxy-credentials-in-tunnel", {"R7235-4.4-consumed"}},
        {"field-in-wrong-direction", {}},
        {"scheme-not-offered",
         {"R7235-2.1-no-or-bad-credentials", "R7235-2.1-no-or-bad-proxy-credentials", "R7235-2.1-select-strongest"}},
        {"challenge-unsecured", {"R7235-6.1-server-secures", "R7235-6.1-confidentiality"}},
        {"403-without-credentials", {"R9110-15.5.4-403", "R7235-2.1-no-or-bad-credentials", "S401-1"}},
        {"401-to-preflight", {}},
        {"handshake-on-closed-connection", {"R7235-5.1.2-stateless"}},
        {"handshake-over-http2", {}},
    };
    std::map<std::string, texts> found;
    for (const finding_rule* rule : all_finding_rules()) {
        for (const auto id : rule->requirements) found[std::string(rule->id)].emplace_back(id);
        found.try_emplace(std::string(rule->id));
    }
    EXPECT_EQ(found, expected);
}

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
