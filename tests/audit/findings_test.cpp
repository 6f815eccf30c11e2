#include "found.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <set>
#include <string>
#include <utility>

namespace {

using namespace authgrammar::audit;
using namespace authgrammar::audit::testing;

const std::string login_page = "<!doctype html><form action=/login><input name=u><input type=\"password\"></form>";

std::string page(int status, const std::string& lines) {
    return response(status, lines + "Content-Length: " + std::to_string(login_page.size()) + "\r\n") + login_page;
}

known_facts form_login() {
    known_facts facts;
    facts.form_login = true;
    return facts;
}

// shows: R7235-2.2-realm-quoted violating
// shows: R9110-11.5-realm violating
// shows: R7235-2.1-order-known-first conforming
// shows: R7235-2.1-order-known-first violating
TEST(findings, each_rule_has_a_conforming_and_a_violating_example) {
    EXPECT_GE(all_finding_rules().size(), 60U);
    for (const finding_rule* rule : all_finding_rules()) {
        SCOPED_TRACE(rule->id);
        known_facts facts;
        facts.form_login = rule->options == "--form-login";
        EXPECT_EQ(facts.form_login, !rule->options.empty()) << "an option that this test does not know";
        for (const found& f : all_findings_in(std::string(rule->conforming), facts)) EXPECT_NE(f.id, rule->id);
        std::size_t hits = 0;
        for (const found& f : all_findings_in(std::string(rule->violating), facts)) {
            if (f.id != rule->id) continue;
            ++hits;
            EXPECT_EQ(f.level, rule->level);
        }
        EXPECT_EQ(hits, 1U);
    }
}

// An example that has other findings, too, would show something else than it says. What is named here cannot do without.
TEST(findings, a_conforming_example_has_no_warning) {
    const std::set<std::pair<std::string_view, std::string>> inherent{
        {"uri-token-cacheable", "token-in-uri"}, {"server-error-to-credentials", "basic-not-base64"}};
    for (const finding_rule* rule : all_finding_rules()) {
        known_facts facts;
        facts.form_login = rule->options == "--form-login";
        for (const found& f : all_findings_in(std::string(rule->conforming), facts)) {
            if (inherent.count({rule->id, f.id}) != 0) continue;
            EXPECT_EQ(f.level, severity::info) << rule->id << ": " << f.id << ": " << f.text;
        }
    }
}

TEST(findings, a_sound_exchange_has_none) {
    EXPECT_EQ(ids_in("GET / HTTP/1.1\r\nHost: x\r\n\r\n" +
                     response(401,
                              "WWW-Authenticate: Basic realm=\"x\", Digest realm=\"x\", nonce=\"y\", qop=\"auth\", "
                              "algorithm=SHA-256\r\nWWW-Authenticate: NTLM\r\n") +
                     "GET / HTTP/1.1\r\nAuthorization: Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==\r\n\r\n" +
                     response(200, "Authentication-Info: a=\"z\"\r\n")),
              std::vector<std::string>{});
}

TEST(findings, ids_of_requirements_exist) {
    std::ifstream file(AUTHGRAMMAR_SOURCE_DIR "/grammar/requirements.tsv");
    std::set<std::string> known;
    for (std::string line; std::getline(file, line);) known.insert(line.substr(0, line.find('\t')));
    ASSERT_GT(known.size(), 50U);
    std::size_t used = 0;
    for (const finding_rule* rule : all_finding_rules()) {
        for (const auto id : rule->requirements) {
            EXPECT_EQ(known.count(std::string(id)), 1U) << rule->id << ": " << id;
            ++used;
        }
    }
    EXPECT_GT(used, 10U);
}

TEST(findings, requirements_of_a_finding_are_among_those_of_its_rule) {
    for (const finding_rule* each : all_finding_rules()) {
        for (const found& f : findings_in(std::string(each->violating))) {
            const finding_rule* rule = finding_rule_from_id(f.id);
            ASSERT_NE(rule, nullptr);
            for (const std::string& id : f.requirements) {
                EXPECT_EQ(std::count(rule->requirements.begin(), rule->requirements.end(), id), 1) << f.id << ' ' << id;
            }
        }
    }
}

TEST(findings, every_rule_is_complete) {
    std::set<std::string_view> ids;
    for (const finding_rule* rule : all_finding_rules()) {
        EXPECT_TRUE(ids.insert(rule->id).second) << rule->id;
        EXPECT_FALSE(rule->title.empty()) << rule->id;
        EXPECT_GT(rule->explanation.size(), 40U) << rule->id;
        EXPECT_GT(rule->fix.size(), 15U) << rule->id;
        EXPECT_GT(rule->peers.size(), 15U) << rule->id;
        EXPECT_EQ(rule->peers.back(), '.') << rule->id;
        EXPECT_EQ(rule->fix.back(), '.') << rule->id;
        EXPECT_TRUE(rule->varies.empty() || rule->varies.back() == '.') << rule->id;
        EXPECT_TRUE(rule->title.back() != '.' && (rule->needs.empty() || rule->needs.back() != '.')) << rule->id;
        EXPECT_EQ(rule->explanation.back(), '.') << rule->id;
        EXPECT_EQ(rule->section.substr(0, 4) == "RFC ", rule->category != rule_category::practice) << rule->id;
        EXPECT_EQ(finding_rule_from_id(rule->id), rule);
    }
    EXPECT_EQ(finding_rule_from_id("nonsense"), nullptr);
}

TEST(findings, syntax_is_told_line_by_line) {
    const auto all = findings_in(response(401,
                                          "WWW-Authenticate: A b=\r\nWWW-Authenticate: A b =\r\n"
                                          "WWW-Authenticate: A\r\nWWW-Authenticate: \"\r\n"));
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all[0].at, "");
    EXPECT_EQ(all[1].at, "\"");
    EXPECT_NE(all[1].text.find("expected_scheme at byte 0"), std::string::npos) << all[1].text;
    EXPECT_EQ(all[1].section, "RFC 9110, 11.1");
}

TEST(findings, empty_elements_tell_the_editions) {
    const auto all = findings_in("WWW-Authenticate: A ,b=c\n\nWWW-Authenticate: A ,,b=c\n");
    ASSERT_EQ(all.size(), 2U);
    EXPECT_NE(all[0].text.find("rfc9110-recipient accepts the value, rfc7235 and rfc9110-sender do not"),
              std::string::npos)
        << all[0].text;
    EXPECT_NE(all[1].text.find("rfc7235 and rfc9110-recipient accept the value, rfc9110-sender does not"),
              std::string::npos)
        << all[1].text;
}

TEST(findings, an_empty_challenge_field_weighs_as_much_as_the_status_makes_it) {
    const auto level = [](const std::string& input) {
        const auto all = findings_in(input);
        EXPECT_GE(all.size(), 1U);
        return all.back().level;
    };
    EXPECT_EQ(level(response(200, "WWW-Authenticate:\r\n")), severity::warning);
    EXPECT_EQ(level(response(401, "WWW-Authenticate:\r\n")), severity::error);
    EXPECT_EQ(level(response(407, "Proxy-Authenticate:\r\n")), severity::error);
    const auto commas = findings_in(response(401, "WWW-Authenticate: , ,\r\n"));
    ASSERT_EQ(commas.size(), 2U);
    EXPECT_EQ(commas[0].id, "no-challenge");
    EXPECT_EQ(commas[1].id, "empty-list-elements");
    EXPECT_EQ(commas[0].section, "RFC 9110, 15.5.2");
}

TEST(findings, a_repeated_parameter_is_shown_in_both_places) {
    const std::string input = "WWW-Authenticate: A x=1, Realm=\"a\",\r\n realm=\"b\", REALM=\"c\"\r\n";
    std::vector<found> repeats;
    for (const found& f : findings_in(input)) {
        if (f.id == "param-repeated") repeats.push_back(f);
    }
    ASSERT_EQ(repeats.size(), 2U);
    EXPECT_EQ(repeats[0].at, "realm");
    EXPECT_EQ(repeats[1].at, "REALM");
    for (const found& f : repeats) {
        ASSERT_EQ(f.related.size(), 1U);
        EXPECT_EQ(f.related[0], "Realm");
        EXPECT_NE(f.text.find("byte " + std::to_string(input.find("Realm"))), std::string::npos) << f.text;
    }
}

TEST(findings, a_name_may_stand_in_two_challenges) {
    EXPECT_EQ(ids_in("WWW-Authenticate: A b=1, C b=2\nWWW-Authenticate: D b=3\n"), std::vector<std::string>{});
}

TEST(findings, repeats_outside_challenges_are_warnings) {
    const auto request = findings_in("Authorization: X a=1, A=2\n");
    ASSERT_EQ(request.size(), 1U);
    EXPECT_EQ(request[0].level, severity::warning);
    const auto info = findings_in("Authentication-Info: a=1\nAuthentication-Info: a=2\n");
    ASSERT_EQ(info.size(), 1U);
    EXPECT_EQ(info[0].level, severity::warning);
}

TEST(findings, several_credentials_are_judged_one_by_one) {
    const auto all = findings_in("Authorization: A b\nAuthorization: A b, c\nAuthorization:\n");
    std::vector<std::string> ids;
    for (const found& f : all) ids.push_back(f.id);
    EXPECT_EQ(ids, (std::vector<std::string>{"several-credentials", "syntax"}));
    EXPECT_EQ(all[0].related, (std::vector<std::string>{"Authorization", "Authorization"}));
    EXPECT_EQ(ids_in("Authorization:\n"), std::vector<std::string>{"syntax"});
}

TEST(findings, many_lines_and_parameters_take_no_quadratic_time) {
    std::string lines;
    for (int i = 0; i < 20000; ++i) lines += "WWW-Authenticate: A realm=x\n";
    EXPECT_EQ(ids_in(lines).size(), 20000U);
    std::string params = "WWW-Authenticate: A a=1";
    for (int i = 0; i < 100000; ++i) params += ",a=1";
    EXPECT_EQ(ids_in(params).size(), 100000U);
}

// One fault is one finding, whatever else follows from it.
TEST(findings, one_fault_is_one_finding) {
    const std::pair<std::string, std::string> faults[] = {
        {"WWW-Authenticate: Basic realm=\"store\" charset=\"UTF-8\"", "syntax"},
        {"WWW-Authenticate: Basic, realm=\"x\"", "syntax"},
        {"WWW-Authenticate: Basic Basic realm=\"x\"", "syntax"},
        {"WWW-Authenticate: Basic realm=\"My \"special\" site\"", "syntax"},
        {"WWW-Authenticate: Basic realm=My Site", "syntax"},
        {"WWW-Authenticate: Basic realm=\"x", "syntax"},
        {"WWW-Authenticate: Basic realm=\"C:\\\"", "syntax"},
        {"WWW-Authenticate: Bearer authorization_uri=https://a.example/b, resource_id=https://c.example/", "syntax"},
        {"WWW-Authenticate: Basic realm=admin@example.com", "syntax"},
        {"WWW-Authenticate: realm=\"x\"", "syntax"},
        {"WWW-Authenticate: Basic realm: \"x\"", "syntax"},
        {"WWW-Authenticate: Digest realm=\"a\"; nonce=\"b\"", "syntax"},
        {"WWW-Authenticate: WWW-Authenticate: Basic realm=\"x\"", "syntax"},
        {"WWW-Authenticate: Basic realm = \"x\"", "space-around-equals"},
        {"WWW-Authenticate: Basic realm=\"x\", charset='UTF-8'", "apostrophes-as-quotes"},
        {"WWW-Authenticate: Basic realm=x", "realm-as-token"},
        {"WWW-Authenticate: Basic realm=\"x\",, NTLM", "empty-list-elements"},
        {"WWW-Authenticate: Digest realm=\"x\", nonce=\"y\", qop=auth,auth-int", "misread-value"},
        {"WWW-Authenticate: Basic realm=", "misread-value"},
        {"Authorization: Bearer Bearer a.b.c", "syntax"},
        {"Authorization: Bearer tok-1,Bearer tok-1", "syntax"},
        {"Authorization: Bearer tok-1, Basic dXNlcjpwYXNz", "syntax"},
        {"Authorization: Bearer, tok", "syntax"},
        {"Authorization: Basic user:pass", "syntax"},
        {"Authorization: Basic dXNl cjpwYXNz", "syntax"},
        {"Authorization: Authorization: Bearer tok-1", "syntax"},
        {"Authorization: Digest username=\"u\", qop=auth,auth-int, nc=00000001", "syntax"},
        {"Authorization: Digest username=\"u\", qop=\"auth,auth-int\"", "misread-value"},
        {"Authorization: Basic dXNlcjpwYXNz=1", "misread-value"},
        {"Authorization: eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.c2ln", "scheme-missing"},
        {"Proxy-Authorization: sk-123456", "scheme-missing"},
        {"Authentication-Info: nextnonce=\"a\"b\"", "syntax"},
        {"Authentication-Info: nextnonce = \"a\"", "space-around-equals"},
        {"Proxy-Authentication-Info: Digest nextnonce=\"a\"", "syntax"},
    };
    for (const auto& [line, id] : faults) EXPECT_EQ(ids_in(line + "\n"), (std::vector<std::string>{id})) << line;
    EXPECT_EQ(ids_in("WWW-Authenticate: Bearer realm=\"a\",\nWWW-Authenticate: error=\"b\",\n"),
              (std::vector<std::string>{"element-spans-lines"}));
    EXPECT_EQ(ids_in(page(401, "")), (std::vector<std::string>{"login-page-as-401"}));
    EXPECT_EQ(ids_in(response(401, ""), form_login()), (std::vector<std::string>{"401-from-form-login"}));
}

}  // namespace
