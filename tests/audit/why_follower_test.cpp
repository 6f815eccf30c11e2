// How refusals are found in the messages, and what stood around each: the input with all that is said of it.

#include "explained.hpp"
#include "octets.hpp"

namespace authgrammar::audit {
namespace {

using namespace testing;

const std::string basic = "Basic realm=\"r\"";
const std::string mine = with("Basic dTpw");
const std::string for_proxy = "Proxy-Authorization: Basic dTpw\r\n";
const std::string by_proxy = answer(407, "Proxy-Authenticate: Basic realm=\"p\"\r\n");

void expect_all_explained(const std::vector<explanation>& all) {
    for (const explanation& each : all) EXPECT_EQ(all_explained(each.input), each.said) << each.input;
}

TEST(why_follower, what_is_missing) {
    expect_all_explained({
        {"", "missing messages\n"},
        {answer(200), "missing request\n"},
        {get("/", "a.example", mine), "missing response\n"},
        {get("/", "a.example"), "missing response\n"},
        {get("/", "a.example") + answer(200), "missing refusal\n"},
        {get("/", "a.example") + answer(500), "missing refusal\n"},
        {get("/", "a.example", mine) + answer(200), "accepted 1\n"},
        {get("/", "a.example", mine) + answer(399), "accepted 1\n"},
        {get("/", "a.example", mine) + answer(404), "missing refusal\n"},
        {get("/", "a.example", mine) + answer(403), "missing refusal\n"},
        {get("/", "a.example", mine) + answer(500), "missing refusal\n"},
        {get("/", "a.example", mine) + answer(500) + get("/", "a.example", mine) + answer(200), "accepted 1\n"},
        {get("/", "a.example", mine) + answer(499), "missing refusal\n"},
        {"HTTP/1.1 100 Continue\r\n\r\n", "missing messages\n"},
        {"{\"log\": {\"version\": \"1.2\", \"entries\": []}}", "missing messages\n"},
        {"INVITE sip:a@b SIP/2.0\r\n\r\n" + answer(200), "missing messages\n"},
        {get("/", "a.example", mine) + answer(200) + get("/", "a.example", mine) + answer(201), "accepted 2\n"},
        {get("/", "a.example", mine + for_proxy) + answer(204), "accepted 1\n"},
    });
}

TEST(why_follower, what_is_missing_is_said) {
    const auto said = [](const std::string& input) {
        const std::vector<message> messages = read_messages(input);
        const refusals all = explain_refusals(messages, input, {}, {});
        return all.missing.size() == 1 ? all.missing[0].text.substr(0, 70) : "?";
    };
    const std::string sent = get("/", "a.example", mine);
    EXPECT_EQ(said(""), "The input has no HTTP message.");
    EXPECT_EQ(said("{\"log\": {\"version\": \"1.2\", \"entries\": []}}"),
              "The input is not text with HTTP messages; authlint lint names its form");
    EXPECT_EQ(said(sent), "The input has no response, so it does not show whether the credentials");
    EXPECT_EQ(said(answer(200)), "The input has responses only, and none of them refuses anything. If a ");
    EXPECT_EQ(said(sent + answer(404)), "A request with credentials got the status 404, which does not refuse c");
    EXPECT_EQ(said(sent + answer(403)), "A request with credentials got the status 403, which does not refuse c");
    EXPECT_EQ(said(sent + answer(503)), "A request with credentials got the status 503, which does not refuse c");
    EXPECT_EQ(said(get("/", "a.example") + answer(404)),
              "No request here has credentials, and no response is a 401 or 407. If a");
    EXPECT_EQ(said(get("/", "a.example") + challenge(basic) + sent),
              "A request with credentials has no response in the input, so it does no");
    EXPECT_EQ(said(get("/", "a.example") + answer(200) + get("/", "a.example", for_proxy)),
              "A request with credentials has no response in the input, so it does no");
    EXPECT_EQ(said(get("/", "a.example") + answer(200) + get("/", "a.example")),
              "No request here has credentials, and no response is a 401 or 407. If a");
}

TEST(why_follower, statuses) {
    expect_all_explained({
        {get("/", "a.example", mine) + answer(400), "missing refusal\n"},
        {get("/", "a.example", with("Basic dTpw!")) + answer(400),
         "400 to GET, Authorization: -\n"
         "  certain malformed-credentials [!]: the token has a character that tokens cannot contain\n"},
        {get("/", "a.example", with("Basic dTpw!")) + answer(403),
         "403 to GET, Authorization: -\n"
         "  certain malformed-credentials [!]: the token has a character that tokens cannot contain\n"},
        {get("/", "a.example", with("Basic dTpw!")) + answer(404), "missing refusal\n"},
        {get("/", "a.example", with("Bearer x")) + answer(403, "WWW-Authenticate: Bearer error=own\r\n"),
         "403 to GET, Authorization: Bearer\n"
         "  likely token-refused [x#2] beside [own]: the server answers with an error code of its own\n"},
        {get("/", "a.example", with("Bearer x")) + answer(403, "WWW-Authenticate: Basic, Bearer error=own\r\n"),
         "403 to GET, Authorization: Bearer\n"
         "  likely token-refused [x#2] beside [own]: the server answers with an error code of its own\n"},
        {get("/", "a.example", with("Bearer x")) + answer(403, "WWW-Authenticate: Bearer scope=x\r\n"),
         "missing refusal\n"},
        {get("/", "a.example") + answer(403), "missing refusal\n"},
        {get("/", "a.example", "Proxy-Authorization: Basic dTpw!\r\n") + answer(400), "missing refusal\n"},
        {get("/", "a.example", "Proxy-Authorization: Basic dTpw!\r\n") + answer(407),
         "407 to GET, Proxy-Authorization: -\n"
         "  certain malformed-credentials [!] of Proxy-Authorization: the token has a character that tokens cannot "
         "contain\n"},
        {get("/", "a.example", mine) + by_proxy,
         "407 to GET, -: -\n"
         "  certain credentials-for-other-hop [Authorization] of Proxy-Authorization: the proxy asks for credentials, "
         "and the request has some in Authorization only => Proxy-Authorization\n"},
        {get("/", "a.example", mine + for_proxy) + by_proxy,
         "407 to GET, Proxy-Authorization: Basic\n"
         "  possible wrong-password [dTpw#2] of Proxy-Authorization: user and password are readable, and the server "
         "does not accept them\n"
         "missing password\n"},
        {get("/", "a.example", mine + for_proxy) + challenge(basic),
         "401 to GET, Authorization: Basic\n"
         "  possible wrong-password [dTpw]: user and password are readable, and the server does not accept them\n"
         "missing password\n"},
        {get("/", "a.example", mine) + "HTTP/1.1 100 Continue\r\n\r\n" + challenge(basic),
         "401 to GET, Authorization: Basic\n"
         "  possible wrong-password [dTpw]: user and password are readable, and the server does not accept them\n"
         "missing password\n"},
        {get("/", "a.example", mine) + "HTTP/1.1 101 Switching\r\n\r\n" + challenge(basic),
         "401 to -, -: -\n"
         "  possible no-credentials [HTTP/1.1 401 X]: the server asks for credentials, and no response after it "
         "accepts any\n"
         "missing request\n"
         "accepted 1\n"},
        {get("/", "a.example", mine) + answer(199) + challenge(basic),
         "401 to GET, Authorization: Basic\n"
         "  possible wrong-password [dTpw]: user and password are readable, and the server does not accept them\n"
         "missing password\n"},
        {get("/", "a.example", mine) + answer(200) + challenge(basic),
         "401 to -, -: -\n"
         "  possible no-credentials [HTTP/1.1 401 X]: the server asks for credentials, and no response after it "
         "accepts any\n"
         "missing request\n"
         "accepted 1\n"},
    });
}

TEST(why_follower, requests_without_an_answer) {
    expect_all_explained({
        {get("/", "a.example", with("Basic dTpw!")),
         "- to GET, Authorization: -\n"
         "  certain malformed-credentials [!]: the token has a character that tokens cannot contain\n"
         "missing response\n"},
        {get("/", "a.example", with("Bearer null")),
         "- to GET, Authorization: Bearer\n"
         "  certain placeholder [null]: the token is the name of an empty value\n"
         "missing response\n"},
        {get("/", "a.example", with("Bearer x")), "missing response\n"},
        {get("/", "a.example", with("Basic dTpw!")) + get("/b", "a.example"),
         "- to GET, Authorization: -\n"
         "  certain malformed-credentials [!]: the token has a character that tokens cannot contain\n"
         "missing response\n"},
        {get("/", "a.example", with("Basic dTpw!") + "Proxy-Authorization: Bearer null\r\n"),
         "- to GET, Authorization: -\n"
         "  certain malformed-credentials [!]: the token has a character that tokens cannot contain\n"
         "missing response\n"
         "- to GET, Proxy-Authorization: Bearer\n"
         "  certain placeholder [null] of Proxy-Authorization: the token is the name of an empty value\n"
         "missing response\n"},
        {get("/", "a.example") + challenge("Bearer") + get("/", "a.example", mine),
         "- to GET, Authorization: Basic\n"
         "  certain scheme-not-offered [Basic] beside [WWW-Authenticate]: the credentials are for Basic, and the "
         "challenge offers Bearer => credentials for Bearer\n"
         "missing response\n"},
        {get("/", "a.example", with("X-Own x")), "missing response\n"},
        {with("Basic dTpw!"),
         "- to , Authorization: -\n"
         "  certain malformed-credentials [!]: the token has a character that tokens cannot contain\n"
         "missing response\n"},
        {"Proxy-Authorization: Bearer null\r\n",
         "- to , Proxy-Authorization: Bearer\n"
         "  certain placeholder [null] of Proxy-Authorization: the token is the name of an empty value\n"
         "missing response\n"},
        {"Host: a.example\r\n", "missing messages\n"},
    });
}

TEST(why_follower, challenges_that_are_answered) {
    const std::string asked = get("/", "a.example") + challenge(basic);
    expect_all_explained({
        {asked,
         "401 to GET, -: -\n"
         "  certain no-credentials [GET / HTTP/1.1]: the request has no Authorization, and no request after it has one "
         "for this server => Authorization with credentials for Basic\n"},
        {asked + asked,
         "401 to GET, -: -\n"
         "  certain no-credentials [GET / HTTP/1.1#2]: the request has no Authorization, and no request after it has "
         "one for this server => Authorization with credentials for Basic\n"},
        {asked + get("/b", "b.example") + challenge("Bearer"),
         "401 to GET, -: -\n"
         "  certain no-credentials [GET / HTTP/1.1]: the request has no Authorization, and no request after it has one "
         "for this server => Authorization with credentials for Basic\n"
         "401 to GET, -: -\n"
         "  certain no-credentials [GET /b HTTP/1.1]: the request has no Authorization, and no request after it has "
         "one for this server => Authorization with credentials for Bearer\n"},
        {asked + get("/", "a.example", mine) + answer(200), "accepted 1\n"},
        {asked + get("/", "a.example", mine), "missing response\n"},
        {asked + get("/", "b.example", mine) + answer(200),
         "401 to GET, -: -\n"
         "  certain no-credentials [GET / HTTP/1.1]: the request has no Authorization, and no request after it has one "
         "for this server => Authorization with credentials for Basic\n"
         "accepted 1\n"},
        {asked + get("/", "a.example", for_proxy) + answer(200),
         "401 to GET, -: -\n"
         "  certain no-credentials [GET / HTTP/1.1]: the request has no Authorization, and no request after it has one "
         "for this server => Authorization with credentials for Basic\n"
         "accepted 1\n"},
        {get("/", "a.example") + by_proxy + get("/", "a.example", for_proxy) + answer(200), "accepted 1\n"},
        {get("/", "a.example") + by_proxy + get("/", "b.example", for_proxy) + answer(200), "accepted 1\n"},
        {get("/", "a.example") + by_proxy + get("/", "a.example", mine) + answer(200),
         "407 to GET, -: -\n"
         "  certain no-credentials [GET / HTTP/1.1] of Proxy-Authorization: the request has no Proxy-Authorization, "
         "and no request after it has one for this proxy => Proxy-Authorization with credentials for Basic\n"
         "accepted 1\n"},
        // In the order of the messages, whoever asked.
        {get("/z", "z.example") + challenge(basic) + get("/p", "p.example") + by_proxy + get("/a", "a.example") +
             challenge(basic),
         "401 to GET, -: -\n"
         "  certain no-credentials [GET /z HTTP/1.1]: the request has no Authorization, and no request after it has "
         "one for this server => Authorization with credentials for Basic\n"
         "407 to GET, -: -\n"
         "  certain no-credentials [GET /p HTTP/1.1] of Proxy-Authorization: the request has no Proxy-Authorization, "
         "and no request after it has one for this proxy => Proxy-Authorization with credentials for Basic\n"
         "401 to GET, -: -\n"
         "  certain no-credentials [GET /a HTTP/1.1]: the request has no Authorization, and no request after it has "
         "one for this server => Authorization with credentials for Basic\n"},
        {get("/", "z.example") + challenge(basic) + get("/", "a.example", with("Bearer x")) + challenge("Bearer"),
         "401 to GET, -: -\n"
         "  certain no-credentials [GET / HTTP/1.1]: the request has no Authorization, and no request after it has one "
         "for this server => Authorization with credentials for Basic\n"
         "401 to GET, Authorization: Bearer\n"
         "  possible token-refused [x#3]: the server does not accept the token and does not say why\n"
         "missing token\n"},
    });
}

TEST(why_follower, redirects) {
    const std::string away = get("/", "a.example", mine) + moved("http://b.example/");
    const std::string there = get("/", "b.example");
    expect_all_explained({
        {away + there + challenge(basic),
         "401 to GET, -: -\n"
         "  certain dropped-at-redirect [GET / HTTP/1.1#2] beside [Authorization]: the request that was redirected "
         "here had credentials, and this one has none\n"
         "accepted 1\n"},
        {away + there + moved("http://c.example/") + get("/", "c.example") + challenge(basic),
         "401 to GET, -: -\n"
         "  certain dropped-at-redirect [GET / HTTP/1.1#3] beside [Authorization]: the request that was redirected "
         "here had credentials, and this one has none\n"
         "accepted 1\n"},
        {away + there + answer(200) + there + challenge(basic),
         "401 to GET, -: -\n"
         "  certain no-credentials [GET / HTTP/1.1#3]: the request has no Authorization, and no request after it has "
         "one for this server => Authorization with credentials for Basic\n"
         "accepted 1\n"},
        {get("/", "a.example", mine) + answer(300, "Location: http://b.example/\r\n") + there + challenge(basic),
         "401 to GET, -: -\n"
         "  certain dropped-at-redirect [GET / HTTP/1.1#2] beside [Authorization]: the request that was redirected "
         "here had credentials, and this one has none\n"
         "accepted 1\n"},
        {get("/", "a.example", mine) + answer(307) + there + challenge(basic),
         "401 to GET, -: -\n"
         "  certain no-credentials [GET / HTTP/1.1#2]: the request has no Authorization, and no request after it has "
         "one for this server => Authorization with credentials for Basic\n"
         "accepted 1\n"},
        {get("/", "a.example", mine) + answer(200, "Location: http://b.example/\r\n") + there + challenge(basic),
         "401 to GET, -: -\n"
         "  certain no-credentials [GET / HTTP/1.1#2]: the request has no Authorization, and no request after it has "
         "one for this server => Authorization with credentials for Basic\n"
         "accepted 1\n"},
        {get("/", "a.example", mine) + answer(400, "Location: http://b.example/\r\n") + there + challenge(basic),
         "401 to GET, -: -\n"
         "  certain no-credentials [GET / HTTP/1.1#2]: the request has no Authorization, and no request after it has "
         "one for this server => Authorization with credentials for Basic\n"},
        {get("/", "a.example", for_proxy) + moved("http://b.example/") + there + challenge(basic),
         "401 to GET, -: -\n"
         "  certain no-credentials [GET / HTTP/1.1#2]: the request has no Authorization, and no request after it has "
         "one for this server => Authorization with credentials for Basic\n"
         "accepted 1\n"},
        {get("/", "a.example") + moved("http://b.example/") + there + challenge(basic),
         "401 to GET, -: -\n"
         "  certain no-credentials [GET / HTTP/1.1#2]: the request has no Authorization, and no request after it has "
         "one for this server => Authorization with credentials for Basic\n"},
    });
}

TEST(why_follower, lines_behind_the_empty_line) {
    expect_all_explained({
        {get("/", "a.example") + mine + "\r\n" + challenge(basic),
         "401 to GET, -: -\n"
         "  certain no-credentials [Authorization]: the credentials are behind the empty line that ends the header "
         "section, so they were not sent => no empty line before them\n"},
        {get("/", "a.example") + "User-Agent: x\r\n\r\n" + challenge(basic),
         "401 to GET, -: -\n"
         "  certain no-credentials [GET / HTTP/1.1]: the request has no Authorization, and no request after it has one "
         "for this server => Authorization with credentials for Basic\n"},
        {get("/", "a.example") + mine + "\r\n" + challenge(basic) + get("/", "a.example") + challenge(basic),
         "401 to GET, -: -\n"
         "  certain no-credentials [GET / HTTP/1.1#2]: the request has no Authorization, and no request after it has "
         "one for this server => Authorization with credentials for Basic\n"},
    });
}

TEST(why_follower, handshakes) {
    const std::string one = "NTLM " + base64(ntlm_message(1));
    const std::string two = "NTLM " + base64(ntlm_message(2));
    const std::string three = "NTLM " + base64(ntlm_message(3));
    expect_all_explained({
        {get("/", "a.example", with(one)) + challenge(two) + get("/", "a.example", with(three)) + answer(200),
         "accepted 1\n"},
        {get("/", "a.example", with(one)) + challenge(two),
         "401 to GET, Authorization: NTLM\n"
         "  likely handshake-unfinished "
         "[TlRMTVNTUAABAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==]: "
         "the server goes on with its part of the handshake, and no further request does\n"},
        {get("/", "a.example", with(one)) + challenge("Basic realm=\"r\", " + two),
         "401 to GET, Authorization: NTLM\n"
         "  likely handshake-unfinished "
         "[TlRMTVNTUAABAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==]: "
         "the server goes on with its part of the handshake, and no further request does\n"},
        {get("/", "a.example", with(one)) + challenge("NTLM") + get("/", "a.example", with(three)) + answer(200),
         "401 to GET, Authorization: NTLM\n"
         "  likely ticket-refused "
         "[TlRMTVNTUAABAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==]: "
         "the server does not accept the client's message\n"
         "missing password\n"
         "accepted 1\n"},
        {get("/", "a.example", with(one)) + challenge("Negotiate abcd"),
         "401 to GET, Authorization: NTLM\n"
         "  certain scheme-not-offered [NTLM] beside [WWW-Authenticate]: the credentials are for NTLM, and the "
         "challenge offers Negotiate => credentials for Negotiate\n"},
        {get("/", "a.example", "Proxy-" + with(one)) + answer(407, "Proxy-Authenticate: " + two + "\r\n") +
             get("/", "a.example", "Proxy-" + with(three)) + answer(200),
         "accepted 1\n"},
    });
}

// The challenges before are compared as long as they are shorter, all in all, than eight times what was read, and 64 KiB.
TEST(why_follower, long_challenges) {
    const std::string value = "Bearer realm=\"" + std::string(10000, 'x') + "\"";
    std::string input = get("/", "a.example") + challenge(value);
    for (int i = 0; i < 60; ++i) {
        input += get("/", "a.example", with("Bearer x")) + "HTTP/1.1 401 X\r\nContent-Length: 4\r\n\r\nbody";
    }
    const std::vector<message> messages = read_messages(input);
    const refusals all = explain_refusals(messages, input, {}, {});
    ASSERT_EQ(all.refused.size(), 60u);
    ASSERT_EQ(messages.size(), 122u);
    std::size_t read = 0;
    std::size_t compared = 0;
    std::size_t left_out = 0;
    for (std::size_t i = 0; i < messages.size(); ++i) {
        read += messages[i].start_line.length + messages[i].body_bytes;
        for (const field_line& line : messages[i].lines) read += line.whole.length;
        if (i < 2 || i % 2 == 0) continue;
        compared += value.size();
        const bool too_long = compared > 8 * read + 65536;
        EXPECT_EQ(missing_in(all.refused[i / 2 - 1].missing),
                  std::string(too_long ? "missing long-challenges\n" : "") + "missing token\n")
            << i;
        if (too_long) ++left_out;
    }
    EXPECT_GT(left_out, 10u);
    EXPECT_LT(left_out, 50u);
}

}  // namespace
}  // namespace authgrammar::audit
