// Situations, each with the answer of the text that decides it, which it names, as a person tries them: with lint, hop and
// decide. Those of the library are in tests/policy/situations_test.cpp.

#include "own_folder.hpp"
#include "program.hpp"

#include <nlohmann/json.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <string>
#include <vector>

namespace {

using authlint_test::outcome;
using authlint_test::run;
using nlohmann::json;
using texts = std::vector<std::string>;

/// A head of lines.
std::string head(const texts& lines) {
    std::string text;
    for (const std::string& line : lines) text += line + "\r\n";
    return text + "\r\n";
}

/// What lint finds: id and severity.
texts found(const std::string& input, const texts& options = {}) {
    texts list;
    texts arguments{"lint", "--format", "json"};
    arguments.insert(arguments.end(), options.begin(), options.end());
    const json said = json::parse(run(arguments, input).out);
    for (const json& m : said["messages"]) {
        for (const json& f : m["findings"]) {
            list.push_back(f["id"].get<std::string>() + " " + f["severity"].get<std::string>());
        }
    }
    return list;
}
bool finds(const std::string& input, const std::string& what) {
    const texts list = found(input);
    return std::find(list.begin(), list.end(), what) != list.end();
}

/// What hop says of the last message: field, or "message", and permission.
texts judged(const std::string& received, const std::string& sent, const std::string& role) {
    std::ofstream("received", std::ios::binary) << received;
    std::ofstream("sent", std::ios::binary) << sent;
    texts list;
    const json said = json::parse(run({"hop", "--format", "json", "--role", role, "received", "sent"}).out);
    for (const json& f : said["messages"].back()["findings"]) {
        const std::string about = f["field"].is_null() ? "message" : f["field"].get<std::string>();
        list.push_back(about + " " + f["permission"].get<std::string>());
    }
    return list;
}

json decided(const std::string& facts) { return json::parse(run({"decide", "--json"}, facts).out); }

const std::string basic = "Authorization: Basic YTpi";
const std::string challenge = "WWW-Authenticate: Basic realm=\"r\", charset=\"UTF-8\"";
const std::string proxy_challenge = "Proxy-Authenticate: Basic realm=\"p\", charset=\"UTF-8\"";
const std::string connect = head({"CONNECT a.test:443 HTTP/1.1", "Host: a.test:443"});
const std::string extended_connect =
    ":method: CONNECT\n:protocol: websocket\n:scheme: https\n:authority: a.test\n:path: /chat\n\n";

// RFC 9110, 3.7 and 11.5: the credentials are for the server that they were sent to, however Host spells it (4.2.3).
TEST(situations, a_gateway_and_the_authority) {
    const auto sent_to = [](const std::string& host) {
        const auto request = [](const std::string& to) { return head({"GET / HTTP/1.1", "Host: " + to, basic}); };
        return judged(request("Bank.test"), request(host), "gateway").front();
    };
    for (const char* same : {"bank.test", "BANK.TEST", "bank.test:", "b%61nk.test"}) {
        EXPECT_EQ(sent_to(same), "Authorization permitted") << same;
    }
    for (const char* other :
         {"bank.test.", "bank.test:8080", "bank.test.evil.test", "api.bank.test", "[::1]", "b_nk"}) {
        EXPECT_EQ(sent_to(other), "Authorization forbidden") << other;
    }
    for (const char* unknown : {"bank.test:80", "bank.test:443", "bank.test:0443"}) {
        EXPECT_EQ(sent_to(unknown), "Authorization conditional") << unknown;
    }
    // RFC 9112, 3.2.2: Host does not count beside a target in absolute form; RFC 9110, 4.2.4: userinfo is no part of it.
    EXPECT_EQ(judged(head({"GET http://u@bank.test/ HTTP/1.1", "Host: other.test", basic}),
                     head({"GET / HTTP/1.1", "Host: bank.test", basic}), "gateway"),
              texts{"Authorization permitted"});
    EXPECT_EQ(judged(head({"GET / HTTP/1.1", "Host: [::1]", basic}),
                     head({"GET / HTTP/1.1", "Host: [0:0:0:0:0:0:0:1]", basic}), "gateway"),
              texts{"Authorization permitted"});
}

// RFC 9110, 3.7, 15.5.2 and 15.5.8: what a gateway makes of what the server behind it says.
TEST(situations, a_gateway_and_the_server_behind_it) {
    const std::string refused = head({"HTTP/1.1 401 U", challenge});
    const std::string by_proxy = head({"HTTP/1.1 407 P", proxy_challenge});
    EXPECT_EQ(judged(refused, head({"HTTP/1.1 502 B"}), "gateway"), texts{"WWW-Authenticate permitted"});
    EXPECT_EQ(judged(refused, head({"HTTP/1.1 401 U", "WWW-Authenticate: ,"}), "gateway"),
              (texts{"WWW-Authenticate permitted", "message forbidden"}));
    EXPECT_EQ(judged(by_proxy, by_proxy, "gateway"), (texts{"Proxy-Authenticate forbidden", "message forbidden"}));
    EXPECT_EQ(judged(by_proxy, refused, "gateway"),
              (texts{"WWW-Authenticate permitted", "Proxy-Authenticate permitted"}));
    EXPECT_EQ(judged(refused, head({"HTTP/1.1 403 F"}), "proxy"),
              (texts{"WWW-Authenticate forbidden", "message forbidden"}));
    // RFC 9110, 11.6.1: white space within a line is no joining of lines.
    EXPECT_EQ(judged(head({"HTTP/1.1 401 U", "WWW-Authenticate: A x=y,B"}),
                     head({"HTTP/1.1 401 U", "WWW-Authenticate: A x=y, B"}), "proxy"),
              texts{"WWW-Authenticate forbidden"});
    EXPECT_EQ(judged(head({"HTTP/1.1 401 U", "WWW-Authenticate: A x=y", "WWW-Authenticate: B"}),
                     head({"HTTP/1.1 401 U", "WWW-Authenticate: A x=y, B"}), "proxy"),
              texts{"WWW-Authenticate permitted"});
}

// RFC 9110, 9.3.6, 11.7.1 and 15.5.8.
// shows: R9110-9.3.6-connect violating
TEST(situations, connect_on_its_way) {
    const auto answered = [](const std::string& answer) { return judged(connect + answer, connect + answer, "proxy"); };
    EXPECT_EQ(answered(head({"HTTP/1.1 401 U", challenge})),
              (texts{"WWW-Authenticate permitted", "message forbidden"}));
    EXPECT_EQ(answered(head({"HTTP/1.1 401 U", proxy_challenge})),
              (texts{"Proxy-Authenticate conditional", "message forbidden"}));
    EXPECT_EQ(answered(head({"HTTP/1.1 407 P", challenge})),
              (texts{"WWW-Authenticate permitted", "message forbidden"}));
    const std::string with_authorization = head({"CONNECT a.test:443 HTTP/1.1", "Host: a.test:443", basic});
    EXPECT_EQ(judged(with_authorization, with_authorization, "proxy"), texts{"Authorization conditional"});
    const std::string opened = connect + head({"HTTP/1.1 204 N"});
    const auto inside = [&](const std::string& message) { return judged(opened + message, opened + message, "proxy"); };
    EXPECT_EQ(inside(head({"GET / HTTP/1.1", "Host: a.test", "Proxy-" + basic})),
              texts{"Proxy-Authorization forbidden"});
    EXPECT_EQ(inside(head({"GET / HTTP/1.1", "Host: a.test", basic})), texts{"Authorization permitted"});
    EXPECT_EQ(inside(head({"HTTP/1.1 407 P", proxy_challenge})),
              (texts{"Proxy-Authenticate forbidden", "message forbidden"}));
}

// RFC 8441, 4: extended CONNECT has a URI and asks its server. RFC 9110, 9.1: methods are case-sensitive.
// shows: R9110-9.3.6-connect conforming
TEST(situations, what_is_no_connect) {
    EXPECT_EQ(found(extended_connect + ":status: 401\nwww-authenticate: Bearer realm=\"c\"\n\n"), texts{});
    EXPECT_FALSE(finds(extended_connect + ":status: 403\n\n", "401-to-connect error"));
    EXPECT_TRUE(finds(extended_connect + ":status: 403\n\n", "403-without-credentials info"));
    const std::string inside =
        ":method: GET\n:scheme: https\n:authority: a.test\n:path: /\nproxy-authorization: Basic YTpi\n\n";
    EXPECT_FALSE(finds(extended_connect + ":status: 200\n\n" + inside, "proxy-credentials-in-tunnel warning"))
        << "it opens no tunnel";
    const std::string request = head({"CONNECT /chat HTTP/2", "Host: a.test"});
    const std::string refused = head({"HTTP/2 401", challenge});
    EXPECT_EQ(judged(request + refused, request + refused, "gateway"), texts{"WWW-Authenticate permitted"});
    EXPECT_EQ(found(head({"connect a.test:443 HTTP/1.1", "Host: a.test"}) + head({"HTTP/1.1 401 U", challenge})),
              texts{});
    EXPECT_EQ(found(connect + head({"HTTP/1.1 401 U"})), texts{"401-to-connect error"});
    EXPECT_EQ(
        found(connect + head({"HTTP/1.1 407 P", proxy_challenge}) +
              head({"CONNECT a.test:443 HTTP/1.1", "Host: a.test:443", "Proxy-" + basic}) + head({"HTTP/1.1 200 O"})),
        texts{});
}

// RFC 9110, 15.5.2, 15.5.8, 11.6.1 and 6.5.1; the Fetch standard for preflights.
TEST(situations, what_lint_says_of_who_is_asked) {
    const std::string get = head({"GET https://a.test/ HTTP/1.1", "Host: a.test"});
    const std::string end = "Content-Length: 0";
    EXPECT_TRUE(finds(get + head({"HTTP/1.1 401 U", proxy_challenge, end}), "401-without-www-authenticate error"));
    EXPECT_TRUE(finds(get + head({"HTTP/1.1 407 P", challenge, end}), "407-without-proxy-authenticate error"));
    EXPECT_TRUE(finds(get + head({"HTTP/1.1 403 F", end}), "403-without-credentials info"));
    EXPECT_TRUE(finds(head({"GET / HTTP/1.1", "Host: a.test", challenge}), "field-in-wrong-direction warning"));
    EXPECT_TRUE(finds("HTTP/1.1 401 U\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n" + challenge + "\r\n\r\n",
                      "field-in-trailers warning"));
    const std::string preflight = head({"OPTIONS https://a.test/ HTTP/1.1", "Host: a.test", "Origin: https://b.test",
                                        "Access-Control-Request-Method: PUT"});
    const json said =
        json::parse(run({"lint", "--format", "json"}, preflight + head({"HTTP/1.1 401 U", challenge, end}))
                        .out)["messages"][1]["findings"];
    ASSERT_EQ(said.size(), 1u);
    EXPECT_EQ(said[0]["id"], "401-to-preflight");
    EXPECT_EQ(said[0]["severity"], "warning");
    EXPECT_EQ(said[0]["category"], "practice");
    EXPECT_EQ(said[0]["requirements"], json::array());
    const std::string form = head({"POST https://a.test/login HTTP/1.1", "Host: a.test",
                                   "Content-Type: application/x-www-form-urlencoded", "Content-Length: 3"}) +
                             "a=b";
    EXPECT_EQ(found(form + head({"HTTP/1.1 401 U", challenge, end})), texts{}) << "a valid challenge stands there";
    EXPECT_EQ(found(form + head({"HTTP/1.1 401 U", end}), {"--form-login"}), texts{"401-from-form-login error"});
    EXPECT_EQ(found(form + head({"HTTP/1.1 401 U", challenge, end}), {"--form-login"}),
              texts{"401-from-form-login info"});
}

// RFC 9110, 17.16.1, 11.4 and 11.1; RFC 7616, 3.3.
TEST(situations, what_lint_says_of_what_is_offered) {
    const std::string end = "Content-Length: 0";
    const std::string digest = "WWW-Authenticate: Digest realm=\"r\", nonce=\"n\", qop=\"auth\", algorithm=SHA-256";
    EXPECT_TRUE(finds(head({"GET http://a.test/ HTTP/1.1", "Host: a.test"}) + head({"HTTP/1.1 401 U", challenge, end}),
                      "challenge-unsecured warning"));
    EXPECT_FALSE(
        finds(head({"GET https://a.test/ HTTP/1.1", "Host: a.test"}) + head({"HTTP/1.1 401 U", challenge, end}),
              "challenge-unsecured warning"));
    EXPECT_FALSE(finds(head({"GET http://a.test/ HTTP/1.1", "Host: a.test"}) + head({"HTTP/1.1 401 U", digest, end}),
                       "challenge-unsecured warning"));
    const std::string with_basic = head({"GET https://a.test/ HTTP/1.1", "Host: a.test", basic});
    EXPECT_TRUE(finds(with_basic + head({"HTTP/1.1 401 U", digest, end}), "scheme-not-offered warning"));
    EXPECT_FALSE(finds(with_basic + head({"HTTP/1.1 401 U", challenge, end}), "scheme-not-offered warning"));
    const std::string ntlm = "WWW-Authenticate: NTLM TlRMTVNTUAACAAAA";
    const std::string leg =
        head({"GET https://a.test/ HTTP/1.1", "Host: a.test", "Authorization: NTLM TlRMTVNTUAABAAAA"});
    EXPECT_TRUE(finds(leg + head({"HTTP/1.1 401 U", ntlm, "Connection: close", end}),
                      "handshake-on-closed-connection warning"));
    EXPECT_FALSE(finds(leg + head({"HTTP/1.1 401 U", ntlm, end}), "handshake-on-closed-connection warning"));
    EXPECT_TRUE(finds(head({"HTTP/2 401", "www-authenticate: Negotiate"}), "handshake-over-http2 info"));
}

// RFC 9110, 15.4 and 11.5; RFC 7616, 3.3: as keeps_authorization() says.
// shows: R7235-2.2-server-bound violating
TEST(situations, what_lint_says_of_redirects) {
    const auto followed = [](const std::string& from, const std::string& to, const std::string& credentials,
                             const std::string& before = {}) {
        return finds(before + head({"GET " + from + " HTTP/1.1", credentials}) +
                         head({"HTTP/1.1 302 F", "Location: " + to, "Content-Length: 0"}) +
                         head({"GET " + to + " HTTP/1.1", credentials}) +
                         head({"HTTP/1.1 204 N", "Cache-Control: private"}),
                     "credentials-after-redirect error");
    };
    EXPECT_TRUE(followed("http://a.test/x", "https://a.test/x", basic));
    EXPECT_TRUE(followed("https://a.test/x", "http://a.test/x", basic));
    EXPECT_TRUE(followed("https://a.test/x", "https://a.test./x", basic));
    EXPECT_TRUE(followed("https://a.test/x", "https://a.test:8443/x", basic));
    EXPECT_FALSE(followed("https://a.test/x", "https://A.test:443/y", basic));
    const std::string digest =
        "Authorization: Digest username=\"u\", realm=\"r\", nonce=\"n\", uri=\"/x\", qop=auth, nc=00000001, "
        "cnonce=\"c\", "
        "algorithm=SHA-256, response=\"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\"";
    const auto challenged = [](const std::string& domain) {
        return head({"GET https://a.test/x HTTP/1.1"}) +
               head({"HTTP/1.1 401 U",
                     "WWW-Authenticate: Digest realm=\"r\", nonce=\"n\", qop=\"auth\", algorithm=SHA-256, domain=\"" +
                         domain + "\"",
                     "Content-Length: 0"});
    };
    EXPECT_FALSE(followed("https://a.test/x", "https://b.test/x", digest, challenged("/ https://b.test/")));
    EXPECT_TRUE(followed("https://a.test/x", "https://c.test/x", digest, challenged("/ https://b.test/")));
    EXPECT_TRUE(followed("https://a.test/x", "http://b.test/x", digest, challenged("/ http://b.test/")));
    EXPECT_TRUE(followed("https://a.test/x", "https://b.test/x", basic, challenged("/ https://b.test/")))
        << "domain is Digest's alone";
}

// RFC 8259, and what a service that asks has to be told.
TEST(situations, hostile_json) {
    const auto code = [](const std::string& facts) {
        const json said = decided(facts);
        return said.contains("error") ? said["error"]["code"].get<std::string>() : std::string("none");
    };
    EXPECT_EQ(code("{\"credentials\": \"invalid\"}"), "missing_fact");
    EXPECT_EQ(code("{\"resource\": \"public\", \"resource\": \"protected\"}"), "repeated_member");
    EXPECT_EQ(code("{\"resource\": \"public\", \"resourc\\u0065\": \"protected\"}"), "repeated_member");
    EXPECT_EQ(code("{\"policy\": {\"login\": 302, \"login\": 303}}"), "repeated_member");
    EXPECT_EQ(code("{\"resource\": \"protected\"} {}"), "not_json");
    EXPECT_EQ(code("{\"resource\": \"\\ud800\"}"), "not_json");
    EXPECT_EQ(code("{\"resource\": \"protected\xff\"}"), "not_json");
    EXPECT_EQ(code("{\"policy\": {\"malformed\": 4.0e2}}"), "unknown_value");
    EXPECT_EQ(code("{\"resource\": \"protected\\u0000\"}"), "unknown_value");
    EXPECT_EQ(code("{\"resource\": " + std::string(100'000, '[') + "}"), "not_json");
    EXPECT_EQ(code("{\"resource\": \"" + std::string(1'000'000, 'a') + "\"}"), "unknown_value");
    const json said = decided("{\"hop\": \"proxy\", \"resource\": \"moved\", \"existence\": \"hidden\"}");
    EXPECT_EQ(said["error"]["code"], "contradictory_facts");
    EXPECT_EQ(said["error"]["facts"], (json{"hop", "resource", "existence"}));
    EXPECT_FALSE(said.contains("status")) << "nothing that anybody could send";
    // The form of before, without the members that came since.
    const json old = decided(
        "{\"hop\": \"origin\", \"resource\": \"protected\", \"existence\": \"open\", \"authentication\": \"http\", "
        "\"credentials\": \"invalid\", \"cause\": \"expired\", \"forbidden\": false, \"policy\": {\"malformed\": "
        "401}}");
    EXPECT_EQ(old["status"], 401);
    EXPECT_EQ(old["send"]["WWW-Authenticate"], "must");
}

// RFC 9111, 3.5 and 5.2.2.8.
TEST(situations, a_response_that_a_cache_may_keep) {
    const auto reuse = [](const std::string& cache_control) {
        std::ofstream("response", std::ios::binary) << head({"HTTP/1.1 200 O", "Cache-Control: " + cache_control});
        const json said =
            json::parse(run({"hop", "--format", "json", "--authorized", "response", "response"}).out)["messages"][0];
        return said["shared_cache"]["reuse"].get<std::string>() +
               (said["shared_cache"]["must_validate_stale"] == true ? ", validated once stale" : "");
    };
    EXPECT_EQ(reuse("public, proxy-revalidate"), "allowed, validated once stale");
    EXPECT_EQ(reuse("proxy-revalidate, max-age=9"), "forbidden, validated once stale");
    EXPECT_EQ(reuse("public"), "allowed");
    EXPECT_EQ(reuse("max-age=9"), "forbidden");
    EXPECT_EQ(reuse("s-maxage=9, private"), "prohibited, validated once stale");
    EXPECT_EQ(reuse("x=\"public\""), "forbidden");
}

const ::testing::Environment* const folder = ::testing::AddGlobalTestEnvironment(new authlint_test::own_folder);

}  // namespace
