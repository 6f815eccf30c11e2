// Rules about who is asked, a proxy or a server: each branch, and what is near it.

#include "found.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace {

using namespace authgrammar::audit;
using namespace authgrammar::audit::testing;
using authgrammar::field;
using texts = std::vector<std::string>;

std::string connect(const std::string& lines, const std::string& authority = "a.example:443") {
    return "CONNECT " + authority + " HTTP/1.1\r\nHost: " + authority + "\r\n" + lines + "\r\n";
}

const std::string opened = response(200, "");
const std::string www = "WWW-Authenticate: Basic realm=\"x\"\r\n";
const std::string proxy = "Proxy-Authenticate: Basic realm=\"x\"\r\n";
const std::string proxy_basic = "Proxy-Authorization: Basic cHU6cHc=\r\n";

std::vector<found> of_rule(std::string_view id, const std::string& input) {
    std::vector<found> list;
    for (const found& f : findings_in(input)) {
        if (f.id == id) list.push_back(f);
    }
    return list;
}

// shows: S401-10 violating
TEST(proxy_rules, a_401_to_connect_is_a_407) {
    const auto bare = findings_in(connect("") + response(401, ""));
    ASSERT_EQ(bare.size(), 1U) << "no talk of WWW-Authenticate or a login page";
    EXPECT_EQ(bare[0].id, "401-to-connect");
    EXPECT_EQ(bare[0].level, severity::error);
    EXPECT_EQ(bare[0].related, (texts{"CONNECT a.example:443 HTTP/1.1"}));
    EXPECT_EQ(bare[0].section, "RFC 9110, 15.5.8");
    EXPECT_EQ(ids_in(connect("") + response(401, proxy)), (texts{"401-to-connect"}));
    EXPECT_EQ(ids_in(connect("") + response(401, "WWW-Authenticate: \r\n")).front(), "401-to-connect");
    const auto server = findings_in(connect("") + response(401, www));
    ASSERT_EQ(server.size(), 1U);
    EXPECT_EQ(server[0].level, severity::warning) << "an origin server may implement CONNECT (RFC 9110, 9.3.6)";
    EXPECT_EQ(ids_in(connect("") + response(407, proxy)), texts{});
    EXPECT_EQ(ids_in(connect("") + response(100, "") + response(401, "")), (texts{"401-to-connect"}));
    EXPECT_EQ(ids_in(response(401, www)), texts{}) << "who knows what it answers";
}

TEST(proxy_rules, a_status_and_a_challenge_that_do_not_go_together) {
    const auto fix_of = [](const std::string& input) {
        const std::vector<message> messages = read_messages(input);
        const auto list = judge(messages[0], read_fields(messages[0]));
        return list.empty() ? std::string() : list[0].fix;
    };
    const auto unauthorized = findings_in(response(401, proxy));
    ASSERT_EQ(unauthorized.size(), 1U);
    EXPECT_EQ(unauthorized[0].id, "401-without-www-authenticate");
    EXPECT_EQ(unauthorized[0].related, (texts{"Proxy-Authenticate"}));
    EXPECT_NE(fix_of(response(401, proxy)).find("has to be 407"), std::string::npos);
    const auto proxy_asks = findings_in(response(407, www));
    ASSERT_EQ(proxy_asks.size(), 1U);
    EXPECT_EQ(proxy_asks[0].id, "407-without-proxy-authenticate");
    EXPECT_EQ(proxy_asks[0].related, (texts{"WWW-Authenticate"}));
    EXPECT_NE(fix_of(response(407, www)).find("has to be 401"), std::string::npos);
    EXPECT_EQ(ids_in(response(401, www + proxy)), texts{});
    EXPECT_EQ(ids_in(response(407, www + proxy)), texts{});
    for (const char* none : {"", "Proxy-Authenticate: \r\n", "Proxy-Authenticate: \"\r\n"}) {
        EXPECT_TRUE(findings_in(response(401, none))[0].related.empty()) << none;
        EXPECT_EQ(fix_of(response(401, none)), finding_rule_from_id("401-without-www-authenticate")->fix) << none;
    }
}

// shows: R9110-3.7-gateway violating
TEST(proxy_rules, a_407_that_no_proxy_sent) {
    const std::string get = request("/", "Host: a.example\r\n");
    const auto inside = of_rule("407-from-server", connect("") + opened + get + response(407, proxy));
    ASSERT_EQ(inside.size(), 1U);
    EXPECT_EQ(inside[0].level, severity::error);
    EXPECT_EQ(inside[0].related, (texts{"GET / HTTP/1.1"}));
    const auto outside = of_rule("407-from-server", get + response(407, proxy));
    ASSERT_EQ(outside.size(), 1U);
    EXPECT_EQ(outside[0].level, severity::warning) << "it may be a proxy that intercepts";
    const std::string tunnel = connect("") + opened + get;
    EXPECT_EQ(ids_in(tunnel + response(407, "")), (texts{"407-from-server"})) << "the status is wrong, not the field";
    EXPECT_EQ(ids_in(tunnel + response(407, www)), (texts{"407-from-server"}));
    EXPECT_EQ(ids_in(get + response(407, "")), (texts{"407-without-proxy-authenticate", "407-from-server"}));
}

// shows: R9110-3.7-gateway conforming
TEST(proxy_rules, a_407_of_a_proxy) {
    EXPECT_EQ(ids_in(request("http://a.example/", "") + response(407, proxy)), texts{});
    EXPECT_EQ(ids_in(connect("") + response(407, proxy)), texts{});
    EXPECT_EQ(ids_in("OPTIONS * HTTP/1.1\r\n\r\n" + response(407, proxy)), texts{});
    EXPECT_EQ(ids_in("GET / HTTP/2\r\n\r\n" + response(407, proxy)), texts{}) << "HTTP/2 has no absolute form";
    EXPECT_EQ(ids_in(response(407, proxy)), texts{});
    EXPECT_EQ(ids_in(request("/", "Host: a.example\r\n") + response(401, www)), texts{});
    // Another proxy behind the first.
    EXPECT_EQ(ids_in(connect("", "p.example:3128") + opened + connect("") + response(407, proxy)), texts{});
    EXPECT_EQ(ids_in(connect("", "p.example:80") + opened + request("http://a.example/", "") + response(407, proxy)),
              texts{});
}

// shows: R7235-4.4-consumed violating
TEST(proxy_rules, proxy_credentials_in_the_tunnel) {
    const std::string get = "Host: a.example\r\n";
    const auto same =
        of_rule("proxy-credentials-in-tunnel", connect(proxy_basic) + opened + request("/", get + proxy_basic));
    ASSERT_EQ(same.size(), 1U);
    EXPECT_EQ(same[0].level, severity::error);
    EXPECT_EQ(same[0].about, field::proxy_authorization);
    EXPECT_EQ(same[0].related, (texts{"Proxy-Authorization"}));
    const auto asked =
        of_rule("proxy-credentials-in-tunnel",
                connect("") + opened + request("/", get) + response(407, proxy + "Content-Length: 0\r\n") +
                    request("/", get + "Proxy-Authorization: Digest username=\"u\"\r\n"));
    ASSERT_EQ(asked.size(), 1U);
    EXPECT_EQ(asked[0].level, severity::error);
    EXPECT_EQ(asked[0].related, (texts{"HTTP/1.1 407 X"}));
    const auto others =
        of_rule("proxy-credentials-in-tunnel",
                connect(proxy_basic) + opened + request("/", get + "Proxy-Authorization: Bearer t\r\n"));
    ASSERT_EQ(others.size(), 1U);
    EXPECT_EQ(others[0].level, severity::warning) << "they may be meant for that server";
    EXPECT_TRUE(others[0].related.empty());
}

TEST(proxy_rules, where_a_tunnel_begins_and_ends) {
    const auto found = [](const std::string& before, const std::string& host) {
        return of_rule("proxy-credentials-in-tunnel",
                       before + request("/", (host.empty() ? "" : "Host: " + host + "\r\n") + proxy_basic))
            .size();
    };
    EXPECT_EQ(found(connect("") + opened, "a.example"), 1U);
    EXPECT_EQ(found(connect("") + opened, "A.Example:443"), 1U);
    EXPECT_EQ(found(connect("") + opened, ""), 1U);
    EXPECT_EQ(found(connect("", "[::1]:443") + opened, "[::1]"), 1U);
    EXPECT_EQ(found(connect("", "[::1]:443") + opened, "[::2]"), 0U);
    EXPECT_EQ(found(connect("") + opened, "b.example"), 0U) << "of another connection";
    EXPECT_EQ(found(connect("") + response(407, proxy + "Content-Length: 0\r\n"), "a.example"), 0U);
    EXPECT_EQ(found(connect("") + response(302, "Content-Length: 0\r\n"), "a.example"), 0U);
    EXPECT_EQ(found("", "a.example"), 0U);
    EXPECT_EQ(found(connect("") + opened + request("http://b.example/", "") + response(204, ""), "a.example"), 0U)
        << "a request to the proxy";
    EXPECT_EQ(found(connect("") + opened + request("/", "Host: a.example\r\n") + response(204, ""), "a.example"), 1U);
    EXPECT_EQ(of_rule("proxy-credentials-in-tunnel", connect(proxy_basic) + opened + proxy_basic).size(), 0U)
        << "bare field lines are no request";
}

TEST(proxy_rules, fields_in_the_wrong_direction) {
    const texts one{"field-in-wrong-direction"};
    for (const char* line : {"WWW-Authenticate: NTLM\r\n", "Proxy-Authenticate: NTLM\r\n",
                             "Authentication-Info: a=b\r\n", "Proxy-Authentication-Info: a=b\r\n"}) {
        EXPECT_EQ(ids_in(request("/", line)), one) << line;
        EXPECT_EQ(ids_in(response(200, line)), texts{}) << line;
        EXPECT_EQ(ids_in(line), texts{}) << "without a start line: " << line;
    }
    for (const char* line : {"Authorization: Bearer t\r\n", "Proxy-Authorization: Bearer t\r\n"}) {
        EXPECT_EQ(ids_in(request("/", line)), texts{}) << line;
        const auto list = findings_in(response(200, line));
        ASSERT_EQ(list.size(), 1U) << line;
        EXPECT_EQ(list[0].id, one[0]);
        EXPECT_EQ(list[0].section, line[0] == 'A' ? "RFC 9110, 11.6.2" : "RFC 9110, 11.7.2");
    }
}

}  // namespace
