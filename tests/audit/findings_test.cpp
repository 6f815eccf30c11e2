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

/// For each rule an input that it is content with and one that it is not, which differ in little else.
struct sample {
    const char* id;
    std::string conforming;
    std::string violating;
    severity level;
    const char* at;
    known_facts facts{};
};

const std::string basic = "Authorization: Basic dTpw\r\n";
const std::string login_page = "<!doctype html><form action=/login><input name=u><input type=\"password\"></form>";

std::string page(int status, const std::string& lines) {
    return response(status, lines + "Content-Length: " + std::to_string(login_page.size()) + "\r\n") + login_page;
}

std::string connect(const std::string& lines) {
    return "CONNECT a.example:443 HTTP/1.1\r\nHost: a.example:443\r\n" + lines + "\r\n";
}

const std::string preflight =
    "OPTIONS / HTTP/1.1\r\nOrigin: https://b.example\r\nAccess-Control-Request-Method: GET\r\n\r\n";

known_facts form_login() {
    known_facts facts;
    facts.form_login = true;
    return facts;
}

const std::vector<sample>& samples() {
    static const std::vector<sample> all{
        {"login-page-as-401", page(403, ""), page(401, ""), severity::error, "HTTP/1.1 401 X"},
        {"401-from-form-login", page(403, ""), response(401, "Proxy-Authenticate: Form\r\n"), severity::error,
         "HTTP/1.1 401 X", form_login()},
        {"credentials-unsecured", request("https://a.example/", basic), request("http://a.example/", basic),
         severity::warning, "Authorization"},
        {"challenge-repeated",
         request("/", "") + response(401, "WWW-Authenticate: Basic realm=\"x\"\r\n") + request("/", basic) +
             response(401, "WWW-Authenticate: Basic realm=\"y\"\r\n"),
         request("/", "Host: h\r\n") + response(401, "WWW-Authenticate: Basic realm=\"x\"\r\n") +
             request("/", "Host: h\r\n" + basic) + response(401, "WWW-Authenticate: Basic realm=\"x\"\r\n"),
         severity::info, "Basic"},
        {"refused-credentials-again",
         request("/", "Host: h\r\n" + basic) + response(401, "WWW-Authenticate: Basic realm=\"x\"\r\n") +
             request("/", "Host: h\r\nAuthorization: Basic dTpx\r\n"),
         request("/", "Host: h\r\n" + basic) + response(401, "WWW-Authenticate: Basic realm=\"x\"\r\n") +
             request("/", "Host: h\r\n" + basic),
         severity::warning, "Authorization"},
        {"credentials-after-redirect",
         request("/", "Host: a\r\n" + basic) + response(302, "Location: /b\r\n") + request("/b", "Host: a\r\n" + basic),
         request("/", "Host: a\r\n" + basic) + response(302, "Location: http://b/\r\n") +
             request("/", "Host: b\r\n" + basic),
         severity::error, "Authorization"},
        {"several-realms",
         request("/", "Host: a\r\n") + response(401, "WWW-Authenticate: Basic realm=\"x\"\r\n") +
             request("/", "Host: b\r\n") + response(401, "WWW-Authenticate: Basic realm=\"y\"\r\n"),
         request("/", "Host: a\r\n") + response(401, "WWW-Authenticate: Basic realm=\"x\"\r\n") +
             request("/b", "Host: a\r\n") + response(401, "WWW-Authenticate: Basic realm=\"y\"\r\n"),
         severity::info, "y"},
        {"syntax", response(401, "WWW-Authenticate: Basic realm=\"a \\\"b\\\"\"\r\n"),
         response(401, "WWW-Authenticate: Basic realm=\"a \"b\"\"\r\n"), severity::error, "\""},
        {"401-without-www-authenticate", response(401, "WWW-Authenticate: A\r\n"),
         response(401, "Proxy-Authenticate: A\r\n"), severity::error, "HTTP/1.1 401 X"},
        {"407-without-proxy-authenticate", response(407, "Proxy-Authenticate: A\r\n"),
         response(407, "WWW-Authenticate: A\r\n"), severity::error, "HTTP/1.1 407 X"},
        {"no-challenge", response(401, "WWW-Authenticate: A\r\n"), response(401, "WWW-Authenticate: \r\n"),
         severity::error, "WWW-Authenticate"},
        {"scheme-missing", "Authorization: Bearer abc\r\n", "Authorization: abc\r\n", severity::error, "abc"},
        {"misread-value", "Authorization: Basic dXNlcjpwYXNz\r\n", "Authorization: Basic dXNlcjpwYXNz=1\r\n",
         severity::error, "1"},
        {"apostrophes-as-quotes", response(401, "WWW-Authenticate: A b=\"it's\"\r\n"),
         response(401, "WWW-Authenticate: A b='its'\r\n"), severity::warning, "'its'"},
        {"space-around-equals", response(401, "WWW-Authenticate: A b=\"c = d\"\r\n"),
         response(401, "WWW-Authenticate: A b =c\r\n"), severity::warning, " ="},
        {"param-repeated", response(401, "WWW-Authenticate: A b=1, c=2, D B=\"3\"\r\n"),
         response(401, "WWW-Authenticate: A b=1, c=2, B=\"3\"\r\n"), severity::error, "B"},
        {"realm-as-token", response(401, "WWW-Authenticate: A realm=\"x\"\r\n"),
         response(401, "WWW-Authenticate: A Realm = x\r\n"), severity::warning, "x"},
        {"unknown-scheme-first",
         response(401, "WWW-Authenticate: basic realm=\"x\", NTLM\r\nWWW-Authenticate: Newauth, Oldauth\r\n"),
         response(401, "WWW-Authenticate: Newauth a=b\r\nWWW-Authenticate: Oldauth, Basic realm=\"x\"\r\n"),
         severity::info, "Newauth"},
        {"empty-list-elements", response(401, "WWW-Authenticate: A b=c, D\r\n"),
         response(401, "WWW-Authenticate: A b=c, , D\r\n"), severity::info, ","},
        {"several-credentials", "GET / HTTP/1.1\r\nAuthorization: A b\r\nProxy-Authorization: A b\r\n\r\n",
         "GET / HTTP/1.1\r\nAuthorization: A b\r\nauthorization: A b\r\n\r\n", severity::error, "authorization"},
        {"element-spans-lines", response(401, "WWW-Authenticate: A b=\"c\"\r\nWWW-Authenticate: D e=\"f\"\r\n"),
         response(401, "WWW-Authenticate: A b=\"c\r\nWWW-Authenticate: d\"\r\n"), severity::error, "A b=\"c"},
        {"value-broken-into-lines", "Authorization: Basic dXNlcjpwYXNz\r\n",
         "Authorization: Basic dXNlcjpwYX\r\nNzdw==\r\n", severity::error, "Basic dXNlcjpwYX"},
        {"obs-fold", response(401, "WWW-Authenticate: A b=c, d=e\r\nX: y\r\n z\r\n"),
         response(401, "WWW-Authenticate: A b=c,\r\n d=e\r\n"), severity::warning, "\r\n "},
        {"space-before-colon", response(401, "WWW-Authenticate: A\r\n"), response(401, "WWW-Authenticate : A\r\n"),
         severity::error, " "},
        {"unreadable-line", response(401, "WWW-Authenticate: A\r\n"),
         response(401, "WWW-Authenticate: A\r\nno colon\r\n\x01\r\n"), severity::warning, "no colon\r\n\x01"},
        {"nothing-to-read", "X: y", "", severity::warning, ""},
        {"uri-not-read", request("/", "Host: a\r\n") + response(301, "Location: /\xC3\xA4 |\r\n"),
         request("/", "Host: a\r\n") + response(301, "Location: https://[x/\r\n"), severity::warning, "https://[x/"},
        {"foreign-input", "\xEF\xBB\xBFX: y", "SIP/2.0 401 Unauthorized\r\nWWW-Authenticate: Digest realm=\"x\r\n",
         severity::error, ""},
        {"unclear-framing", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nHTTP/1.1 " + response(204, ""),
         "HTTP/1.1 200 OK\r\nContent-Length: 18\r\n\r\n" + response(401, ""), severity::warning, "HTTP/1.1 401 X"},
        {"field-in-trailers",
         "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nAuthentication-Info: a=b\r\n\r\n",
         "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nWWW-Authenticate: Basic realm=\"x\"\r\n\r\n",
         severity::warning, "WWW-Authenticate"},
        {"401-to-connect", connect("") + response(407, "Proxy-Authenticate: A\r\n"),
         connect("") + response(401, "Proxy-Authenticate: A\r\n"), severity::error, "HTTP/1.1 401 X"},
        {"407-from-server", request("http://a.example/", "") + response(407, "Proxy-Authenticate: A\r\n"),
         connect("") + response(200, "") + request("/", "") + response(407, "Proxy-Authenticate: A\r\n"),
         severity::error, "HTTP/1.1 407 X"},
        {"proxy-credentials-in-tunnel",
         connect("Proxy-Authorization: Basic dTpw\r\n") + response(200, "") + request("/", basic),
         connect("Proxy-Authorization: Basic dTpw\r\n") + response(200, "") +
             request("/", "Proxy-Authorization: Basic dTpw\r\n"),
         severity::error, "Proxy-Authorization"},
        {"field-in-wrong-direction", request("/", "Proxy-Authorization: Basic dTpw\r\n"),
         request("/", "WWW-Authenticate: Basic realm=\"x\"\r\n"), severity::warning, "WWW-Authenticate"},
        {"scheme-not-offered", request("/", basic) + response(401, "WWW-Authenticate: Bearer, BASIC realm=\"x\"\r\n"),
         request("/", basic) + response(401, "WWW-Authenticate: Bearer\r\n"), severity::warning, "WWW-Authenticate"},
        {"challenge-unsecured",
         request("https://a.example/", "") + response(401, "WWW-Authenticate: Basic realm=\"x\"\r\n"),
         request("http://a.example/", "") + response(401, "WWW-Authenticate: Basic realm=\"x\"\r\n"), severity::warning,
         "Basic"},
        {"403-without-credentials", request("/", basic) + response(403, ""), request("/", "") + response(403, ""),
         severity::info, "HTTP/1.1 403 X"},
        {"401-to-preflight", preflight + response(204, ""), preflight + response(401, "WWW-Authenticate: Bearer\r\n"),
         severity::warning, "HTTP/1.1 401 X"},
        {"handshake-on-closed-connection", response(401, "WWW-Authenticate: NTLM TlRM\r\n"),
         response(401, "WWW-Authenticate: NTLM TlRM\r\nConnection: close\r\n"), severity::warning, "NTLM"},
        {"handshake-over-http2", "GET / HTTP/1.1\r\nAuthorization: Negotiate YII=\r\n\r\n",
         "GET / HTTP/2\r\nAuthorization: Negotiate YII=\r\n\r\n", severity::warning, "Negotiate"},
    };
    return all;
}

// shows: R7235-2.2-realm-quoted violating
// shows: R9110-11.5-realm violating
// shows: R7235-2.1-order-known-first conforming
// shows: R7235-2.1-order-known-first violating
TEST(findings, each_rule_has_a_conforming_and_a_violating_case) {
    std::set<std::string> tested;
    for (const sample& s : samples()) {
        SCOPED_TRACE(s.id);
        tested.insert(s.id);
        for (const found& f : findings_in(s.conforming, s.facts)) EXPECT_NE(f.id, s.id);
        std::size_t hits = 0;
        for (const found& f : findings_in(s.violating, s.facts)) {
            if (f.id != s.id) continue;
            ++hits;
            EXPECT_EQ(f.level, s.level);
            EXPECT_EQ(f.at, s.at);
        }
        EXPECT_EQ(hits, 1U);
    }
    std::set<std::string> known;
    for (const finding_rule* rule : all_finding_rules()) known.emplace(rule->id);
    EXPECT_EQ(tested, known);
}

TEST(findings, a_sound_exchange_has_none) {
    EXPECT_EQ(ids_in("GET / HTTP/1.1\r\nHost: x\r\n\r\n" +
                     response(401,
                              "WWW-Authenticate: Basic realm=\"x\", Digest realm=\"x\", nonce=\"y\"\r\n"
                              "WWW-Authenticate: Negotiate\r\n") +
                     "GET / HTTP/1.1\r\nAuthorization: Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==\r\n\r\n" +
                     response(200, "Authentication-Info: nextnonce=\"z\"\r\n")),
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
    for (const sample& s : samples()) {
        for (const found& f : findings_in(s.violating, s.facts)) {
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
        EXPECT_EQ(rule->fix.back(), '.') << rule->id;
        EXPECT_EQ(rule->explanation.back(), '.') << rule->id;
        EXPECT_EQ(rule->section.substr(0, 4) == "RFC ", rule->category == rule_category::standard) << rule->id;
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
    const auto request = findings_in("Authorization: Digest a=1, A=2\n");
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
    for (int i = 0; i < 50000; ++i) lines += "WWW-Authenticate: A realm=x\n";
    EXPECT_EQ(ids_in(lines).size(), 50000U);
    std::string params = "WWW-Authenticate: A a=1";
    for (int i = 0; i < 200000; ++i) params += ",a=1";
    EXPECT_EQ(ids_in(params).size(), 200000U);
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
        {"WWW-Authenticate: Basic realm=\"x\",, Negotiate", "empty-list-elements"},
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
