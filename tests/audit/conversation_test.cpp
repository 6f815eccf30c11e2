// What takes two messages, a URL or the caller's word: what is known of a message from elsewhere.

#include "exchange.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace {

using namespace authgrammar::audit;
using namespace authgrammar::audit::testing;
using authgrammar::policy::read_target_uri;

// shows: R7235-6.1-confidentiality conforming
TEST(unsecured, https_is_no_finding) {
    const std::string in_clear = get("/", "a.example", with("Basic dTpw"));
    EXPECT_EQ(found_in(in_clear, at("https://a.example/")), none);
    EXPECT_EQ(found_in(in_clear), none) << "nothing says what the connection is";
    EXPECT_EQ(found_in(get("/", "a.example:443", with("Basic dTpw")), at("https://a.example/")), none);
    EXPECT_EQ(found_in(get("/", "a.example"), at("http://a.example/")), none) << "nothing is given away";
    EXPECT_EQ(found_in(in_clear, at("http://b.example/")), none) << "another server";
}

// shows: R7235-6.1-confidentiality violating
TEST(unsecured, whatever_tells_that_it_is_http) {
    const ids one{"1 warning credentials-unsecured"};
    EXPECT_EQ(found_in(get("/", "a.example", with("Basic dTpw")), at("http://a.example/")), one);
    EXPECT_EQ(found_in(get("/", "A.example:80", with("Bearer t")), at("http://a.example/x")), one);
    EXPECT_EQ(found_in(get("http://a.example/", "a.example", with("Unheard-Of dTpw"))), one);
    EXPECT_EQ(found_in(get("http://a.example/", "a.example", with("Basic dTpw")), at("https://a.example/")), one)
        << "what the message says itself";
    EXPECT_EQ(found_in("Authorization: Basic dTpw\r\n", at("http://a.example/")), one) << "a bare field line";
    EXPECT_EQ(found_in(get("/", "", with("Basic dTpw")), at("http://a.example/")), one) << "without Host";
}

TEST(unsecured, a_proof_is_for_information) {
    const ids info{"1 info credentials-unsecured"};
    EXPECT_EQ(found_in(get("/", "a", with("digest username=\"u\", response=\"r\"")), at("http://a/")), info);
    EXPECT_EQ(found_in(get("/", "a", with("Negotiate YII=")), at("http://a/")), info);
}

TEST(unsecured, what_curl_remarks) {
    const auto dump = [](const std::string& notes, const std::string& field) {
        return "*   Trying 192.0.2.1:80...\n* Connected to a.example (192.0.2.1) port 80 (#0)\n" + notes +
               "> GET / HTTP/1.1\n> Host: a.example\n> " + field + "\n> \n< HTTP/1.1 200 OK\n< \n";
    };
    const std::string basic = "Authorization: Basic dTpw";
    const std::string tls = "* SSL connection using TLSv1.3 / TLS_AES_256_GCM_SHA384\n";
    EXPECT_EQ(found_in(dump("", basic)), ids{"1 warning credentials-unsecured"});
    EXPECT_EQ(found_in(dump(tls, basic)), none);
    EXPECT_EQ(found_in(dump("* schannel: SSL/TLS connection with a.example port 443\n", basic)), none);
    EXPECT_EQ(found_in(dump("* QUIC cipher selection: TLS_AES_128_GCM_SHA256\n", basic)), none);
    EXPECT_EQ(found_in(dump("* Connected to SSL.example (192.0.2.1) port 80 (#0)\n", basic)),
              ids{"1 warning credentials-unsecured"});
    EXPECT_EQ(found_in(dump("", basic), at("https://a.example/")), none) << "the caller knows better";
    EXPECT_EQ(found_in(dump("", "Proxy-Authorization: Basic dTpw")), ids{"1 warning credentials-unsecured"});
    EXPECT_EQ(found_in(dump(tls, "Proxy-Authorization: Basic dTpw")), none);
    const std::string two = dump(tls, "X: y") + dump("", "X: y") + "* Re-using existing connection!\n" +
                            "> GET / HTTP/1.1\n> Host: a.example\n> Authorization: Basic dTpw\n> \n";
    EXPECT_EQ(found_in(two), none) << "one of two connections, and no telling which";
}

// shows: R7235-3.1-401-refused conforming
// shows: R7235-3.1-same-challenge conforming
TEST(refusal, other_credentials_and_other_challenges) {
    const std::string first = get("/", "a") + challenge("Basic realm=\"x\"");
    EXPECT_EQ(found_in(first + get("/", "a", with("Basic dTpw")) + answer(200)), none);
    EXPECT_EQ(found_in(first + get("/", "a", with("Basic dTpw")) + challenge("Basic realm=\"y\"")),
              ids{"4 info several-realms"});
    EXPECT_EQ(found_in(first + get("/", "a") + challenge("Basic realm=\"x\"")), none) << "nothing was tried";
    EXPECT_EQ(found_in(first + get("/", "a", with("Basic dTpw")) + challenge("Digest realm=\"x\", nonce=\"n\"")), none);
    EXPECT_EQ(found_in(challenge("Basic realm=\"x\"") + challenge("Basic realm=\"x\"")), none) << "no requests";
}

TEST(refusal, rounds_and_stale_nonces_are_none) {
    EXPECT_EQ(
        found_in(get("/", "a") + challenge("NTLM") + get("/", "a", with("NTLM TlRM")) + challenge("NTLM TlRMUw==")),
        none);
    const std::string digest = get("/", "a", with("Digest realm=\"x\", nonce=\"1\", username=\"u\""));
    EXPECT_EQ(found_in(digest + challenge("Digest realm=\"x\", nonce=\"2\", stale=true")), none);
    // Basic has no stale (RFC 7617, 2: ignored).
    EXPECT_EQ(found_in(get("/", "a", with("Basic dTpw")) + challenge("Basic realm=\"x\", stale=true")),
              ids{"2 info challenge-repeated"});
    EXPECT_EQ(found_in(digest + challenge("Digest realm=\"y\", nonce=\"2\"")), none) << "sent ahead, for another realm";
}

// shows: R7235-3.1-401-refused violating
// shows: R7235-3.1-same-challenge violating
TEST(refusal, the_challenge_comes_again) {
    const std::string tried = get("/", "a", with("Basic dTpw"));
    EXPECT_EQ(found_in(tried + challenge("Basic realm=\"x\"")), ids{"2 info challenge-repeated"}) << "sent ahead";
    EXPECT_EQ(
        found_in(get("/", "a") + challenge("Basic realm=\"x\", Newauth") + tried + challenge("Newauth, basic realm=x")),
        (ids{"4 info challenge-repeated"}));
    EXPECT_EQ(found_in(tried + "HTTP/1.1 100 Continue\r\n\r\n" + challenge("Basic realm=\"x\"")),
              ids{"3 info challenge-repeated"});
    const std::string proxied = "CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\nProxy-Authorization: Basic dTpw\r\n\r\n";
    EXPECT_EQ(found_in(proxied + answer(407, "Proxy-Authenticate: Basic realm=\"p\"\r\n")),
              ids{"2 info challenge-repeated"});
    const std::string digest = get("/", "a", with("Digest realm=\"x\", nonce=\"1\", username=\"u\""));
    EXPECT_EQ(found_in(digest + challenge("Digest realm=\"x\", nonce=\"2\"")), ids{"2 info challenge-repeated"});
}

// shows: R7235-3.1-401-retry conforming
// shows: R7235-3.1-401-retry violating
TEST(refusal, the_same_credentials_again) {
    const std::string refused = get("/", "a", with("Basic dTpw")) + challenge("Basic realm=\"x\"");
    EXPECT_EQ(found_in(refused + get("/", "a", with("Basic dTpx"))), ids{"2 info challenge-repeated"});
    EXPECT_EQ(found_in(refused + get("/", "b", with("Basic dTpw"))), ids{"2 info challenge-repeated"});
    EXPECT_EQ(found_in(refused + get("/other", "a", with("Basic dTpw"))), ids{"2 info challenge-repeated"});
    EXPECT_EQ(found_in(refused + get("/", "a", with("Basic dTpw"))),
              (ids{"2 info challenge-repeated", "3 warning refused-credentials-again"}));
    const std::string again = get("/", "a", with("Basic dTpw"));
    EXPECT_EQ(found_in(refused + again + answer(200) + again),
              (ids{"2 info challenge-repeated", "3 warning refused-credentials-again"}))
        << "accepted since then";
    EXPECT_EQ(found_in(refused + again + answer(500) + again),
              (ids{"2 info challenge-repeated", "3 warning refused-credentials-again",
                   "5 warning refused-credentials-again"}));
    const std::string proxied = "CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\nProxy-Authorization: Basic dTpw\r\n\r\n";
    EXPECT_EQ(
        found_in(proxied + answer(407, "Proxy-Authenticate: Basic realm=\"p\"\r\n") + proxied + answer(200) + proxied),
        (ids{"2 info challenge-repeated", "3 warning refused-credentials-again"}));
}

// shows: R7235-2.2-server-bound conforming
TEST(redirect, within_the_server) {
    const std::string from = get("/", "a", with("Basic dTpw"));
    EXPECT_EQ(found_in(from + moved("/b") + get("/b", "a", with("Basic dTpw"))), none);
    EXPECT_EQ(found_in(from + moved("http://a:80/b") + get("/b", "a", with("Basic dTpw"))),
              ids{"3 warning credentials-unsecured"})
        << "the redirect tells the scheme";
    EXPECT_EQ(found_in(from + moved("https://b/") + get("/", "b")), none) << "left out";
    EXPECT_EQ(found_in(from + moved("https://b/") + get("/", "b", with("Basic b3RoZXI="))), none) << "somebody else's";
    EXPECT_EQ(found_in(from + answer(200, "Location: https://b/\r\n") + get("/", "b", with("Basic dTpw"))), none);
}

// shows: R7235-2.2-server-bound violating
TEST(redirect, to_another_authority) {
    const std::string from = get("/", "a", with("Basic dTpw"));
    const std::string id = " error credentials-after-redirect";
    EXPECT_EQ(found_in(from + moved("https://b/") + get("/", "b", with("Basic dTpw"))), ids{"3" + id});
    EXPECT_EQ(found_in(from + moved("//b/") + get("/", "b", with("Basic dTpw"))), ids{"3" + id});
    EXPECT_EQ(found_in(from + moved("https://a:8443/") + get("/", "a:8443", with("Basic dTpw"))), ids{"3" + id});
    EXPECT_EQ(found_in(from + moved("https://b/") + get("/", "b") + challenge("Basic realm=\"x\"") +
                       get("/", "b", with("Basic dTpw"))),
              ids{"5" + id})
        << "also when the other server asks";
    EXPECT_EQ(
        found_in(from + moved("https://b/") + get("/", "b") + moved("https://c/") + get("/", "c", with("Basic dTpw"))),
        ids{"5" + id})
        << "by way of a third";
    const std::string digest = "Digest username=\"u\", realm=\"x\", nonce=\"";
    EXPECT_EQ(found_in(get("/", "a", with(digest + "1\"")) + moved("https://b/") + get("/", "b", with(digest + "2\""))),
              ids{"3" + id})
        << "the user is told";
    EXPECT_EQ(found_in(from + moved("http://a/") + get("/", "a", with("Basic dTpw")), at("https://a/")),
              (ids{"3 warning credentials-unsecured", "3" + id}))
        << "from https to http";
    EXPECT_EQ(found_in(from + moved("https://a/") + get("/", "a", with("Basic dTpw")), at("http://a/")),
              (ids{"1 warning credentials-unsecured", "3" + id}))
        << "from http to https: another root, as keeps_authorization() has it";
}

// shows: R7235-6.3-shared-root conforming
// shows: R7235-6.3-shared-root violating
TEST(realms, under_one_root) {
    const std::string x = challenge("Basic realm=\"x\"");
    const std::string y = challenge("Digest realm=\"y\", nonce=\"n\"");
    EXPECT_EQ(found_in(get("/x", "a") + x + get("/y", "a") + y), ids{"4 info several-realms"});
    EXPECT_EQ(found_in(get("/x", "a") + x + get("/y", "a:8080") + y), none);
    EXPECT_EQ(found_in(get("/x", "a") + x + get("/z", "a") + x), none);
    EXPECT_EQ(found_in(get("/x", "a") + challenge("Basic realm=\"x\", Bearer realm=\"y\"")), none)
        << "one response may offer several";
    EXPECT_EQ(found_in(x + y), none) << "who answers is not known";
    EXPECT_EQ(found_in(x + y, at("https://a/")), ids{"2 info several-realms"});
    EXPECT_EQ(found_in(x + moved("https://b/") + y, at("https://a/")), none);
}

// shows: S401-8 conforming
// shows: S401-8 violating
TEST(login, pages_and_forms) {
    known_facts form;
    form.form_login = true;
    const auto page = [](int status, const std::string& field, const std::string& body) {
        return "HTTP/1.1 " + std::to_string(status) + " X\r\n" + field + "\r\n" + body;
    };
    const std::string login = "<FORM method=post>\n<input type=text>\n<Input name='p' TYPE = 'Password'/></FORM>";
    const std::string www = "WWW-Authenticate: Basic realm=\"x\"\r\n";
    EXPECT_EQ(found_in(page(401, "", login)), ids{"1 error login-page-as-401"});
    EXPECT_EQ(found_in("< HTTP/1.1 401 X\n< \n" + login), ids{"1 error login-page-as-401"});
    EXPECT_EQ(found_in(page(403, "", login)), none);
    EXPECT_EQ(found_in(page(401, www, login)), none) << "for those who have no other way";
    EXPECT_EQ(found_in(page(401, "", "<form><input type=text name=password></form>")), none);
    EXPECT_EQ(found_in(page(401, "", "<input type=password>")), none);
    EXPECT_EQ(found_in(page(401, www, ""), form), ids{"1 info 401-from-form-login"}) << "a valid challenge stands";
    EXPECT_EQ(found_in(page(401, "WWW-Authenticate:\r\n", ""), form), ids{"1 error 401-from-form-login"});
    EXPECT_EQ(found_in(page(403, "", login), form), none);
    EXPECT_EQ(found_in(answer(302, "Location: /login\r\n"), form), none);
}

/// Where the request begins whose header section an empty line ended before the last message, if one did.
std::optional<std::size_t> ended_head(const std::string& input) {
    conversation all;
    circumstances last;
    for (const message& m : read_messages(input)) last = all.next(m, read_fields(m));
    return last.head_ended ? std::optional(last.head_ended->offset) : std::nullopt;
}

/// Whether the answer to a request that is not judged takes it for one with credentials, for the server and for the proxy.
std::pair<bool, bool> credentials_of_unjudged(const std::string& lines, std::size_t lines_not_read) {
    const std::vector<message> messages = read_messages(get("/", "a", lines) + challenge("Bearer error=invalid_token"));
    message request = messages.at(0);
    if (lines_not_read != 0) request.past_limit = bytes_past_limit{reading_limit::header_bytes, {}, lines_not_read};
    conversation all;
    static_cast<void>(all.next(request, {}));
    const circumstances around = all.next(messages.at(1), read_fields(messages.at(1)));
    EXPECT_NE(around.request, nullptr);
    return {around.request->authorization, around.request->proxy_authorization};
}

// Else the answer would be told that there were no credentials.
TEST(unjudged_requests, have_the_credentials_of_their_lines) {
    EXPECT_EQ(credentials_of_unjudged("", 0), std::pair(false, false));
    EXPECT_EQ(credentials_of_unjudged("Authorization: Bearer a\r\n", 0), std::pair(true, false));
    EXPECT_EQ(credentials_of_unjudged("Proxy-Authorization: Bearer a\r\n", 0), std::pair(false, true));
    EXPECT_EQ(credentials_of_unjudged("", 1), std::pair(true, true)) << "which of them was not read is not known";
}

TEST(head_ended, by_the_names_of_the_field_lines) {
    const std::string request = get("/", "a");
    for (const char* name :
         {"Accept", "accept-encoding", "Accept-Language", "Authorization", "Content-Length", "Content-Type", "Cookie",
          "Host", "Origin", "Proxy-Authorization", "Referer", "User-Agent"}) {
        const std::string lines = "X: y\r\n" + std::string(name) + ": z\r\n";
        EXPECT_EQ(ended_head(answer(200) + request + lines + "\r\n"), answer(200).size()) << name;
        for (const char* other : {"Authentication-Info", "LOCATION", "Proxy-Authenticate", "Proxy-Authentication-Info",
                                  "Server", "Set-Cookie", "www-authenticate"}) {
            EXPECT_EQ(ended_head(request + lines + other + ": z\r\n\r\n"), std::nullopt) << name << ' ' << other;
        }
    }
    EXPECT_EQ(ended_head(request + "X: y\r\nVia: a\r\nDate: b\r\n\r\n"), std::nullopt);
}

TEST(head_ended, of_a_request_without_a_body_right_before) {
    const std::string lines = "User-Agent: x\r\n\r\n";
    EXPECT_TRUE(ended_head(get("/", "a") + lines));
    EXPECT_EQ(ended_head(lines), std::nullopt) << "nothing before";
    EXPECT_EQ(ended_head(answer(200) + lines), std::nullopt) << "a response";
    EXPECT_EQ(ended_head(get("/", "a") + answer(200) + lines), std::nullopt) << "a response in between";
    EXPECT_EQ(ended_head(get("/", "a") + "X: y\r\n\r\n" + lines), std::nullopt) << "other lines in between";
    EXPECT_EQ(ended_head(get("/", "a") + lines + lines), std::nullopt) << "the second time";
    const std::string more = "> User-Agent: x\n> \n";
    EXPECT_TRUE(ended_head("> GET / HTTP/1.1\n> Host: a\n> \n" + more));
    EXPECT_EQ(ended_head("> POST / HTTP/1.1\n> Content-Length: 3\n> \nabc\n" + more), std::nullopt) << "a body";
}

// Whatever comes after whatever: findings are in order and in the input, and tell no secret.
TEST(conversation, any_order_of_messages) {
    const std::vector<std::string> pieces{get("/", "a", with("Basic c2VjcmV0")),
                                          get("http://b/", "", with("Bearer c2VjcmV0")),
                                          get("/", "b", with("Digest username=\"c2VjcmV0\", realm=\"x\"")),
                                          get("/", "a", "Proxy-" + with("Basic c2VjcmV0")),
                                          get("/c2VjcmV0", "c2VjcmV0"),
                                          "CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\n\r\n",
                                          "Authorization: Basic c2VjcmV0\r\n\r\n",
                                          "stray c2VjcmV0\r\n",
                                          "* Re-using existing connection!\r\n",
                                          "*   Trying 192.0.2.1:80...\r\n",
                                          challenge("Basic realm=\"x\", Digest realm=\"y\", nonce=\"n\""),
                                          challenge("Basic realm=\"x\"\r\nWWW-Authenticate: Bearer realm=\"z\""),
                                          challenge("Basic realm=\"x"),
                                          answer(407, "Proxy-Authenticate: Basic realm=\"p\"\r\n"),
                                          moved("http://b/c2VjcmV0"),
                                          moved("//c2VjcmV0@b/"),
                                          moved("\x01"),
                                          answer(200)};
    std::uint32_t seed = 1;
    std::size_t findings = 0;
    for (int round = 0; round < 3000; ++round) {
        std::string input;
        for (int i = 0; i < 8; ++i) {
            seed = seed * 1664525 + 1013904223;
            input += pieces[(seed >> 16) % pieces.size()];
        }
        known_facts facts;
        if (round % 3 != 0) facts.url = read_target_uri(round % 3 == 1 ? "http://a/" : "https://a/");
        facts.form_login = round % 2 == 1;
        const std::vector<message> messages = read_messages(input);
        conversation all(facts);
        for (const message& m : messages) {
            const auto fields = read_fields(m);
            std::size_t last = 0;
            for (const finding& f : judge(m, fields, all.next(m, fields))) {
                ++findings;
                ASSERT_GE(f.at.offset, last);
                last = f.at.offset;
                ASSERT_LE(f.at.end(), input.size());
                ASSERT_GE(f.at.offset, m.start_line.offset);
                for (const span& s : f.related) ASSERT_LE(s.end(), input.size());
                ASSERT_EQ(f.text.find("c2Vj"), std::string::npos);
                ASSERT_FALSE(f.text.empty() || f.section.empty() || f.explanation.empty());
            }
        }
    }
    EXPECT_GT(findings, 5000u);
}

TEST(conversation, long_ones_take_no_quadratic_time) {
    std::string input;
    for (int i = 0; i < 20000; ++i) {
        const std::string n = std::to_string(i);
        input += get("/", "a", with("Basic dTpw")) + challenge("Basic realm=\"" + n + "\"");
    }
    for (int i = 0; i < 20000; ++i) input += moved("https://h" + std::to_string(i) + "/") + get("/", "a");
    std::string many = "HTTP/1.1 401 X\r\nWWW-Authenticate: A";
    for (int i = 0; i < 20000; ++i) many += ", Basic realm=\"" + std::to_string(i) + "\"";
    EXPECT_GT(found_in(input + get("/", "a", with("Basic dTpw")) + many + "\r\n\r\n").size(), 19000u);
    std::string tags = "HTTP/1.1 401 X\r\n\r\n<form>";
    for (int i = 0; i < 200000; ++i) tags += "<input type";
    EXPECT_EQ(found_in(tags), none);
}

}  // namespace
