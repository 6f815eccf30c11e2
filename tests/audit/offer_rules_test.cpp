// Rules about what a server asks for, beside what the request had and how it came: each branch, and what is near it.

#include "exchange.hpp"
#include "found.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace {

using namespace authgrammar::audit;
using namespace authgrammar::audit::testing;
using authgrammar::field;
using texts = std::vector<std::string>;

std::vector<found> of_rule(std::string_view id, const std::string& input, const known_facts& facts = {}) {
    std::vector<found> list;
    for (const found& f : findings_in(input, facts)) {
        if (f.id == id) list.push_back(f);
    }
    return list;
}

const std::string sent = request("/", "Host: a.example\r\nAuthorization: Basic dTpw\r\n");

// shows: R7235-2.1-select-strongest violating
TEST(offer_rules, the_scheme_that_was_used_is_not_offered) {
    const auto offers = [](const std::string& value) {
        return of_rule("scheme-not-offered", sent + response(401, "WWW-Authenticate: " + value + "\r\n"));
    };
    const auto other = offers("Bearer realm=\"x\"");
    ASSERT_EQ(other.size(), 1U);
    EXPECT_EQ(other[0].level, severity::warning);
    EXPECT_EQ(other[0].related, (texts{"Authorization"}));
    EXPECT_EQ(offers("Bearer, Negotiate, Digest realm=\"x\", nonce=\"n\"").size(), 1U);
    EXPECT_EQ(offers("Bearer, bAsIc realm=\"x\"").size(), 0U);
    EXPECT_EQ(offers("xBasic realm=\"x\"").size(), 0U) << "Basic under a name that browsers do not know";
    EXPECT_EQ(of_rule("scheme-not-offered",
                      request("/", "Authorization: dTpw\r\n") + response(401, "WWW-Authenticate: Bearer\r\n"))
                  .size(),
              0U)
        << "a token without a scheme: another finding";
    EXPECT_EQ(offers("").size(), 0U) << "nothing is offered: another finding";
    EXPECT_EQ(offers("Bearer realm=\"x").size(), 0U) << "not readable: another finding";
    EXPECT_EQ(of_rule("scheme-not-offered", sent + response(403, "WWW-Authenticate: Bearer\r\n")).size(), 0U);
    EXPECT_EQ(of_rule("scheme-not-offered", sent + response(407, "Proxy-Authenticate: Bearer\r\n")).size(), 0U)
        << "Authorization is not for the proxy";
    EXPECT_EQ(of_rule("scheme-not-offered", request("/", "") + response(401, "WWW-Authenticate: Bearer\r\n")).size(),
              0U);
    const auto proxy = of_rule("scheme-not-offered", request("http://a.example/", "Proxy-Authorization: Bearer t\r\n") +
                                                         response(407, "Proxy-Authenticate: Basic realm=\"x\"\r\n"));
    ASSERT_EQ(proxy.size(), 1U);
    EXPECT_EQ(proxy[0].about, field::proxy_authenticate);
}

// shows: R7235-6.1-server-secures violating
TEST(offer_rules, a_password_asked_for_in_the_clear) {
    const auto asks = [](const std::string& value, const std::string& url, const known_facts& facts = {}) {
        return of_rule("challenge-unsecured", request(url, "") + response(401, "WWW-Authenticate: " + value + "\r\n"),
                       facts);
    };
    ASSERT_EQ(asks("Basic realm=\"x\"", "http://a.example/").size(), 1U);
    EXPECT_EQ(asks("Basic realm=\"x\"", "http://a.example/")[0].at, "Basic");
    EXPECT_EQ(asks("Basic realm=\"x\", Bearer", "http://a.example/").size(), 2U);
    EXPECT_EQ(asks("Digest realm=\"x\", nonce=\"n\", Negotiate, DPoP", "http://a.example/").size(), 0U)
        << "what they send is of no use to who reads it";
    EXPECT_EQ(asks("Unknown", "http://a.example/").size(), 0U);
    EXPECT_EQ(asks("Basic realm=\"x\"", "https://a.example/").size(), 0U);
    EXPECT_EQ(asks("Basic realm=\"x\"", "/").size(), 0U) << "nothing tells";
    EXPECT_EQ(asks("Basic realm=\"x\"", "/", at("http://a.example/")).size(), 1U);
    EXPECT_EQ(asks("Basic realm=\"x\"", "/", at("https://a.example/")).size(), 0U);
    EXPECT_EQ(of_rule("challenge-unsecured",
                      request("http://a.example/", "") + response(200, "WWW-Authenticate: Basic realm=\"x\"\r\n"))
                  .size(),
              0U)
        << "nothing is asked for";
    EXPECT_EQ(of_rule("challenge-unsecured", response(401, "WWW-Authenticate: Basic realm=\"x\"\r\n"),
                      at("http://a.example/"))
                  .size(),
              1U);
}

// curl's remarks tell whether the connection to the proxy is secured.
TEST(offer_rules, a_password_for_the_proxy_asked_for_in_the_clear) {
    const auto asks = [](const std::string& remark) -> std::size_t {
        return of_rule("challenge-unsecured",
                       remark +
                           "> CONNECT a.example:443 HTTP/1.1\r\n>\r\n"
                           "< HTTP/1.1 407 X\r\n< Proxy-Authenticate: Basic realm=\"x\"\r\n<\r\n")
            .size();
    };
    EXPECT_EQ(asks("*   Trying 192.0.2.1:3128...\r\n"), 1U);
    EXPECT_EQ(asks(""), 0U);
}

TEST(offer_rules, loopback_counts_as_unsecured_on_request_only) {
    known_facts counts;
    counts.loopback_counts = true;
    for (const char* host : {"localhost", "LOCALHOST:8080", "a.localhost", "127.0.0.1", "127.1.2.3:80", "[::1]:8080"}) {
        const std::string url = std::string("http://") + host + "/";
        const std::string dump =
            request(url, "Authorization: Basic dTpw\r\n") + response(401, "WWW-Authenticate: Basic realm=\"x\"\r\n");
        EXPECT_EQ(of_rule("challenge-unsecured", dump).size(), 0U) << host;
        EXPECT_EQ(of_rule("credentials-unsecured", dump).size(), 0U) << host;
        EXPECT_EQ(of_rule("challenge-unsecured", dump, counts).size(), 1U) << host;
        EXPECT_EQ(of_rule("credentials-unsecured", dump, counts).size(), 1U) << host;
    }
    for (const char* host :
         {"localhost.example", "127.example", "127.0.0.1.example", "[::2]", "notlocalhost", "10.0.0.1"}) {
        const std::string dump = request(std::string("http://") + host + "/", "Authorization: Basic dTpw\r\n");
        EXPECT_EQ(of_rule("credentials-unsecured", dump).size(), 1U) << host;
    }
}

// A name may be mapped to loopback; the proxy may be there, and the server elsewhere.
TEST(offer_rules, loopback_by_the_remarks_of_curl) {
    const auto asks = [](const std::string& address, const std::string& target, bool counts = false) {
        known_facts facts;
        facts.loopback_counts = counts;
        return of_rule("challenge-unsecured",
                       "*   Trying " + address + "...\r\n> GET " + target +
                           " HTTP/1.1\r\n> Host: a.example\r\n>\r\n"
                           "< HTTP/1.1 401 X\r\n< WWW-Authenticate: Basic realm=\"x\"\r\n<\r\n",
                       facts)
            .size();
    };
    EXPECT_EQ(asks("192.0.2.1:80", "/"), 1U);
    for (const char* address : {"127.0.0.1:80", "127.0.0.1 port 80", "[::1]:80", "::1:80"}) {
        EXPECT_EQ(asks(address, "/"), 0U) << address;
        EXPECT_EQ(asks(address, "/", true), 1U) << address;
        EXPECT_EQ(asks(address, "http://a.example/"), 1U) << "the proxy is at " << address;
    }
    EXPECT_EQ(asks("[::12]:80", "/"), 1U);
}

TEST(offer_rules, a_403_to_a_request_without_credentials) {
    const auto after = [](const std::string& before) {
        return of_rule("403-without-credentials", before + response(403, "")).size();
    };
    const auto found = of_rule("403-without-credentials", request("/", "") + response(403, ""));
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].level, severity::info);
    EXPECT_EQ(found[0].related, (texts{"GET / HTTP/1.1"}));
    EXPECT_EQ(after(request("/", "Proxy-Authorization: Basic dTpw\r\n")), 1U) << "those are the proxy's";
    EXPECT_EQ(after(sent), 0U);
    EXPECT_EQ(after(request("/", "Authorization: \"\r\n")), 0U) << "readable or not";
    EXPECT_EQ(after(request("/", "Cookie: session=1\r\n")), 0U) << "it may be a login";
    EXPECT_EQ(after("CONNECT a.example:443 HTTP/1.1\r\n\r\n"), 0U) << "the proxy's";
    EXPECT_EQ(after(""), 0U) << "who knows what it answers";
    EXPECT_EQ(after("OPTIONS / HTTP/1.1\r\nOrigin: https://b.example\r\nAccess-Control-Request-Method: GET\r\n\r\n"),
              0U);
    EXPECT_EQ(after("OPTIONS / HTTP/1.1\r\n\r\n"), 1U);
}

TEST(offer_rules, a_401_to_a_preflight) {
    const std::string challenge = "WWW-Authenticate: Bearer\r\n";
    const auto after = [&](const std::string& before) {
        return of_rule("401-to-preflight", before + response(401, challenge)).size();
    };
    const std::string origin = "Origin: https://b.example\r\n";
    const std::string method = "Access-Control-Request-Method: GET\r\n";
    const auto found =
        of_rule("401-to-preflight", "OPTIONS / HTTP/1.1\r\n" + origin + method + "\r\n" + response(401, challenge));
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].level, severity::warning);
    EXPECT_TRUE(found[0].requirements.empty());
    EXPECT_EQ(finding_rule_from_id("401-to-preflight")->category, rule_category::practice);
    EXPECT_EQ(after("OPTIONS / HTTP/1.1\r\n" + origin + "\r\n"), 0U);
    EXPECT_EQ(after("OPTIONS / HTTP/1.1\r\n" + method + "\r\n"), 0U);
    EXPECT_EQ(after(request("/", origin + method)), 0U);
    EXPECT_EQ(after(""), 0U);
}

// shows: R7235-5.1.2-stateless violating
TEST(offer_rules, a_handshake_on_a_connection_that_ends) {
    const auto after = [](const std::string& lines, const std::string& before = "",
                          const std::string& protocol = "HTTP/1.1") {
        return of_rule("handshake-on-closed-connection", before + protocol + " 401 X\r\n" + lines + "\r\n").size();
    };
    const std::string round = "WWW-Authenticate: Negotiate oYG3\r\n";
    const std::string close = "Connection: close\r\n";
    EXPECT_EQ(after(round + close), 1U);
    EXPECT_EQ(after(round + "Connection: x, CLOSE\r\n"), 1U);
    EXPECT_EQ(after(round + "Connection: x\r\nconnection: close\r\n"), 1U);
    EXPECT_EQ(after(round), 0U);
    EXPECT_EQ(after(round + "Connection: keep-alive\r\n"), 0U);
    EXPECT_EQ(after(round, "", "HTTP/1.0"), 1U);
    EXPECT_EQ(after(round + "Connection: keep-alive\r\n", "", "HTTP/1.0"), 0U);
    EXPECT_EQ(after("WWW-Authenticate: NTLM TlRMTVNTUAACAAAA\r\n" + close), 1U);
    EXPECT_EQ(after(round, request("/", close)), 1U) << "the client ends it";
    EXPECT_EQ(after(round, request("/", "")), 0U);
    EXPECT_EQ(after("WWW-Authenticate: Negotiate\r\nWWW-Authenticate: NTLM\r\n" + close), 0U)
        << "nothing has begun: the first round may come by another connection";
    EXPECT_EQ(after("WWW-Authenticate: SCRAM-SHA-256 s2s=abc\r\n" + close), 0U) << "of no connection";
    EXPECT_EQ(of_rule("handshake-on-closed-connection", response(200, round + close)).size(), 0U) << "it is complete";
    EXPECT_EQ(
        of_rule("handshake-on-closed-connection", response(407, "Proxy-Authenticate: NTLM TlRM\r\n" + close)).size(),
        1U);
}

TEST(offer_rules, a_handshake_over_http2) {
    const auto found = [](const std::string& start, const std::string& lines) {
        std::vector<severity> levels;
        for (const auto& f : of_rule("handshake-over-http2", start + "\r\n" + lines + "\r\n"))
            levels.push_back(f.level);
        return levels;
    };
    using levels = std::vector<severity>;
    EXPECT_EQ(found("GET / HTTP/2", "Authorization: NTLM TlRM\r\n"), levels{severity::warning});
    EXPECT_EQ(found("GET / HTTP/3", "Authorization: Negotiate YII=\r\n"), levels{severity::warning});
    EXPECT_EQ(found("GET / HTTP/1.1", "Authorization: Negotiate YII=\r\n"), levels{});
    EXPECT_EQ(found("GET / HTTP/2", "Authorization: Basic dTpw\r\n"), levels{});
    EXPECT_EQ(found("HTTP/2 401", "WWW-Authenticate: Negotiate, NTLM\r\n"), (levels{severity::info, severity::info}));
    EXPECT_EQ(found("HTTP/2 401", "WWW-Authenticate: Negotiate oYG3\r\n"), levels{severity::warning});
    EXPECT_EQ(found("HTTP/1.1 401 X", "WWW-Authenticate: Negotiate\r\n"), levels{});
    EXPECT_EQ(finding_rule_from_id("handshake-over-http2")->category, rule_category::practice);
}

// What rests on practice is never an error, and names no requirement.
TEST(offer_rules, practice_is_no_error) {
    for (const finding_rule* rule : all_finding_rules()) {
        if (rule->category != rule_category::practice) continue;
        EXPECT_NE(rule->level, severity::error) << rule->id;
        EXPECT_TRUE(rule->requirements.empty()) << rule->id;
        EXPECT_EQ(rule->section.find("RFC"), std::string_view::npos) << rule->id;
    }
    EXPECT_EQ(name_of(rule_category::scheme), "scheme");
    EXPECT_EQ(name_of(rule_category::practice), "practice");
}

}  // namespace
