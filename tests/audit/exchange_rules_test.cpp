// Findings that take two messages, a body or what the caller knows: every member of each, and every branch on which it
// depends.

#include "of_rule.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace {

using namespace authgrammar::audit;
using namespace authgrammar::audit::testing;
using authgrammar::field;
using texts = std::vector<std::string>;

TEST(login_page_as_401, only_without_a_challenge) {
    const std::string page = "\r\n<form><input type=password></form>";
    const found f = the("login-page-as-401", "HTTP/1.1 401 X\r\nProxy-Authenticate: A\r\n" + page);
    EXPECT_EQ(f.about, field::www_authenticate);
    EXPECT_EQ(f.at, "HTTP/1.1 401 X");
    EXPECT_TRUE(of_rule("login-page-as-401", "HTTP/1.1 401 X\r\nWWW-Authenticate: A\r\n" + page).empty());
    EXPECT_TRUE(of_rule("login-page-as-401", "HTTP/1.1 401 X\r\n\r\n").empty());
    const found form = the("401-from-form-login", response(401, "WWW-Authenticate: A\r\n"), form_login());
    EXPECT_EQ(form.about, field::www_authenticate);
    EXPECT_EQ(form.at, "HTTP/1.1 401 X");
    const auto level = [](const std::string& lines) {
        return the("401-from-form-login", response(401, lines), form_login()).level;
    };
    EXPECT_EQ(form.level, severity::info) << "a valid challenge makes it a 401 by RFC 9110, 15.5.2";
    EXPECT_EQ(level("WWW-Authenticate: @\r\nWWW-Authenticate: A b=c\r\n"), severity::error)
        << "of one list, not in the grammar";
    for (const std::string lines : {"", "Proxy-Authenticate: A\r\n", "WWW-Authenticate: @\r\n",
                                    "WWW-Authenticate: ,\r\n", "WWW-Authenticate:\r\n"}) {
        EXPECT_EQ(level(lines), severity::error) << lines;
    }
    for (const int status : {200, 400, 402, 403}) {
        EXPECT_TRUE(of_rule("401-from-form-login", response(status, ""), form_login()).empty()) << status;
    }
    EXPECT_TRUE(of_rule("401-from-form-login", response(401, "")).empty());
    const message m = read_messages(response(401, "WWW-Authenticate: NTLM\r\n")).at(0);
    EXPECT_TRUE(judge(m, read_fields(m)).empty()) << "of which nothing else is known";
}

// Schemes that prove who sends the request, and schemes that give a secret away.
TEST(credentials_unsecured, by_scheme) {
    const auto sent = [](const std::string& credentials) {
        return the("credentials-unsecured", request("http://a.test/", "Authorization: " + credentials + "\r\n"));
    };
    for (const std::string proof :
         {"Digest", "NEGOTIATE", "ntlm", "HOBA", "SCRAM-SHA-256", "SCRAM-SHA-1", "Mutual", "Concealed"}) {
        const found f = sent(proof + " eA==");
        EXPECT_EQ(f.level, severity::info) << proof;
        EXPECT_TRUE(says(f, "a proof for this request")) << proof;
        EXPECT_TRUE(says(f, "to the server")) << proof;
        EXPECT_EQ(f.at, "Authorization");
        EXPECT_EQ(f.about, field::authorization);
    }
    for (const std::string secret : {"Basic", "Bearer", "DPoP", "Newauth", "Digests", "SCRAM-SHA"}) {
        const found f = sent(secret + " eA==");
        EXPECT_EQ(f.level, severity::warning) << secret;
        EXPECT_FALSE(says(f, "prove")) << secret;
    }
    EXPECT_TRUE(of_rule("credentials-unsecured", request("http://a.test/", "Authorization: @\r\n")).empty());
    EXPECT_TRUE(of_rule("credentials-unsecured", request("http://a.test/", "WWW-Authenticate: Basic\r\n")).empty());
    EXPECT_TRUE(of_rule("credentials-unsecured", request("https://a.test/", "Authorization: Basic eA==\r\n")).empty());
    EXPECT_TRUE(of_rule("credentials-unsecured", request("/", "Authorization: Basic eA==\r\n")).empty());
}

TEST(credentials_unsecured, by_field) {
    const std::string plain = "*   Trying 192.0.2.1:80...\n";
    const std::string tls = plain + "* SSL connection using TLSv1.3\n";
    const auto get = [](const std::string& line) { return "> GET https://a.test/ HTTP/1.1\n> " + line + "\n> \n"; };
    const found proxy = the("credentials-unsecured", plain + get("Proxy-Authorization: Basic eA=="));
    EXPECT_EQ(proxy.about, field::proxy_authorization);
    EXPECT_TRUE(says(proxy, "to the proxy"));
    EXPECT_EQ(proxy.level, severity::warning);
    EXPECT_TRUE(of_rule("credentials-unsecured", tls + get("Proxy-Authorization: Basic eA==")).empty());
    EXPECT_TRUE(of_rule("credentials-unsecured", plain + get("Authorization: Basic eA==")).empty())
        << "the target is https, whatever the connection to the proxy";
    EXPECT_TRUE(of_rule("credentials-unsecured", get("Proxy-Authorization: Basic eA==")).empty()) << "nothing tells";
    EXPECT_TRUE(of_rule("credentials-unsecured", plain + get("WWW-Authenticate: Basic realm=\"x\"")).empty());
}

// What needs two messages: where it points, and to what.
TEST(exchanges, both_places) {
    const std::string host = "Host: a\r\n";
    const std::string basic = "Authorization: Basic dTpw\r\n";
    const std::string asked = response(401, "WWW-Authenticate: Newauth, Basic realm=\"x\"\r\n");
    const found ahead = the("challenge-repeated", request("/", host + basic) + asked);
    EXPECT_EQ(ahead.about, field::www_authenticate);
    EXPECT_EQ(ahead.at, "Basic");
    EXPECT_EQ(ahead.related, texts{"Authorization"});
    EXPECT_TRUE(says(ahead, "answers the credentials with a challenge")) << ahead.text;
    EXPECT_EQ(ahead.section, "RFC 9110, 15.5.2");
    const std::string twofold =
        request("/", host + basic) + response(401, "WWW-Authenticate: Basic realm=\"x\", Basic\r\n");
    EXPECT_EQ(the("challenge-repeated", twofold).offset, twofold.find("Basic realm")) << "the first";
    const found again = the("challenge-repeated", request("/", host) + asked + request("/", host + basic) + asked);
    EXPECT_TRUE(says(again, "sends the challenge that the credentials answered again")) << again.text;
    const found proxy = the("challenge-repeated", request("/", host + "Proxy-Authorization: Basic dTpw\r\n") +
                                                      response(407, "Proxy-Authenticate: Basic realm=\"x\"\r\n"));
    EXPECT_EQ(proxy.about, field::proxy_authenticate);
    EXPECT_EQ(proxy.section, "RFC 9110, 15.5.8");
    EXPECT_EQ(proxy.related, texts{"Proxy-Authorization"});
    const std::string twice = request("/", host + basic) + asked + request("/", host + basic);
    const found sent_again = the("refused-credentials-again", twice);
    EXPECT_EQ(sent_again.about, field::authorization);
    EXPECT_EQ(sent_again.at, "Authorization");
    EXPECT_GT(sent_again.offset, twice.rfind("GET"));
    EXPECT_EQ(sent_again.related, texts{"Authorization"});
    EXPECT_TRUE(says(sent_again, "were rejected for the same target"));
    const found carried =
        the("credentials-after-redirect", request("/", host + basic) + response(302, "Location: http://b/\r\n") +
                                              request("/", "Host: b\r\n" + basic));
    EXPECT_EQ(carried.about, field::authorization);
    EXPECT_EQ(carried.at, "Authorization");
    EXPECT_EQ(carried.related, texts{"Authorization"});
    EXPECT_TRUE(says(carried, "the server that redirected here"));
    const std::string realms = request("/", host) + response(401, "WWW-Authenticate: Basic realm=\"x\"\r\n") +
                               request("/y", host) +
                               response(401, "WWW-Authenticate: A realm=\"y\", B, C realm=z, D realm=\"x\"\r\n");
    const auto list = of_rule("several-realms", realms);
    ASSERT_EQ(list.size(), 2u);
    EXPECT_EQ(list[0].at, "y");
    EXPECT_EQ(list[1].at, "z");
    for (const found& f : list) {
        EXPECT_EQ(f.about, field::www_authenticate);
        EXPECT_EQ(f.related, texts{"x"});
        EXPECT_EQ(f.section, "RFC 9110, 17.16.3");
    }
    EXPECT_EQ(the("several-realms", request("/", host) + response(401, "WWW-Authenticate: Basic realm=\"x\"\r\n") +
                                        request("/y", host) +
                                        response(407, "Proxy-Authenticate: A\r\nWWW-Authenticate: A realm=\"y\"\r\n"))
                  .at,
              "y");
}

}  // namespace
