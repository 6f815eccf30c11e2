#include <authgrammar/audit/why.hpp>

#include "exchange.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace authgrammar::audit {
namespace {

using namespace testing;

refusals why(const std::string& input, const known_login& login = {}, const known_facts& facts = {}) {
    const std::vector<message> messages = read_messages(input);
    refusals all = explain_refusals(messages, input, facts, login);
    for (refusal& r : all.refused) r.response = r.request = nullptr;  // the messages end here
    return all;
}

/// The ids of the reasons for the last refusal, each with its certainty.
std::vector<std::string> reasons(const std::string& input, const known_login& login = {}) {
    const refusals all = why(input, login);
    std::vector<std::string> out;
    if (all.refused.empty()) return out;
    for (const refusal_reason& r : all.refused.back().reasons) {
        EXPECT_LE(r.at.end(), input.size());
        for (const span& s : r.related) EXPECT_LE(s.end(), input.size());
        out.push_back(std::string(name_of(r.how)) + " " + std::string(r.cause->id));
    }
    return out;
}

std::string first(const std::string& input, const known_login& login = {}) {
    const auto all = reasons(input, login);
    return all.empty() ? "-" : all.front();
}

std::vector<std::string> missing(const std::vector<missing_evidence>& list) {
    std::vector<std::string> out;
    for (const missing_evidence& m : list) out.emplace_back(m.id);
    return out;
}

known_login password(const char* text) {
    known_login login;
    login.password.emplace(text);
    return login;
}

std::string refused(const std::string& credentials, const std::string& value) {
    return get("/", "a.example", with(credentials)) + challenge(value);
}

TEST(why, what_is_no_refusal_is_never_clean) {
    EXPECT_EQ(missing(why("").missing), ids{"messages"});
    EXPECT_EQ(missing(why("{\"log\": {\"version\": \"1.2\", \"entries\": []}}").missing), ids{"messages"});
    EXPECT_EQ(missing(why(answer(200)).missing), ids{"request"});
    EXPECT_EQ(missing(why(get("/", "a.example", with("Basic dTpw"))).missing), ids{"response"});
    EXPECT_EQ(missing(why(get("/", "a.example") + answer(200)).missing), ids{"refusal"});
    EXPECT_EQ(missing(why(get("/", "a.example", with("Basic dTpw")) + answer(503)).missing), ids{"refusal"});
}

TEST(why, malformed_credentials_that_nothing_answers_lack_the_response) {
    const refusals all = why(get("/", "a.example", with("Basic dTpw!")));
    ASSERT_EQ(all.refused.size(), 1u);
    EXPECT_FALSE(all.refused[0].reasons.empty());
    EXPECT_EQ(missing(all.refused[0].missing), ids{"response"});
}

TEST(why, accepted_credentials_are_counted) {
    const refusals all = why(get("/", "a.example", with("Basic dTpw")) + answer(200));
    EXPECT_EQ(all.accepted, 1u);
    EXPECT_TRUE(all.refused.empty());
    EXPECT_TRUE(all.missing.empty());
}

TEST(why, a_challenge_that_is_answered_is_no_refusal) {
    const std::string asked = get("/", "a.example") + challenge("Basic realm=\"r\"");
    EXPECT_EQ(first(asked), "certain no-credentials");
    EXPECT_TRUE(why(asked + get("/", "a.example", with("Basic dTpw")) + answer(200)).refused.empty());
    // Credentials for another server do not answer it.
    EXPECT_EQ(first(asked + get("/", "b.example", with("Basic dTpw")) + answer(200)), "certain no-credentials");
}

TEST(why, credentials_that_were_dropped_are_named) {
    const refusals all = why(get("/", "a.example", with("Basic dTpw")) + answer(200) + get("/x", "a.example") +
                             challenge("Basic realm=\"r\""));
    ASSERT_EQ(all.refused.size(), 1u);
    EXPECT_EQ(all.refused[0].reasons[0].cause->id, "no-credentials");
    EXPECT_NE(all.refused[0].reasons[0].text.find("an earlier one had"), std::string::npos);
}

TEST(why, a_handshake_that_goes_on_is_no_refusal) {
    const std::string leg = get("/", "a.example", with("NTLM TlRMTVNTUAABAAAA")) + challenge("NTLM TlRMTVNTUAACAAAA");
    EXPECT_EQ(first(leg), "likely handshake-unfinished");
    EXPECT_TRUE(why(leg + get("/", "a.example", with("NTLM TlRMTVNTUAADAAAA")) + answer(200)).refused.empty());
}

TEST(why, other_statuses_count_only_with_evidence) {
    const std::string bearer = get("/", "a.example", with("Bearer x.y"));
    EXPECT_EQ(first(bearer + answer(403)), "-");
    EXPECT_EQ(missing(why(bearer + answer(403)).missing), ids{"refusal"});
    EXPECT_EQ(first(bearer + answer(403, "WWW-Authenticate: Bearer error=\"insufficient_scope\"\r\n")),
              "certain insufficient-scope");
    EXPECT_EQ(first(get("/", "a.example", with("Basic u:p")) + answer(400)), "certain malformed-credentials");
}

TEST(why, a_request_alone_is_examined) {
    EXPECT_EQ(first(get("/", "a.example", with("Bearer Bearer x"))), "certain malformed-credentials");
    EXPECT_EQ(first(get("/", "a.example", with("Basic dTpw"))), "-") << "nothing speaks against it";
}

TEST(why, responses_without_requests_say_what_is_missing) {
    const refusals all = why(challenge("Basic realm=\"r\""));
    ASSERT_EQ(all.refused.size(), 1u);
    EXPECT_EQ(missing(all.refused[0].missing), ids{"request"});
}

TEST(why, the_token_of_a_challenge_tells_the_clock) {
    // "exp": 1, long past; the response has no Date.
    const std::string token = "eyJhbGciOiJSUzI1NiJ9.eyJleHAiOjF9.c2ln";
    known_login login;
    login.now = 1000;
    const std::string input = refused("Bearer " + token, "Bearer realm=\"r\"");
    EXPECT_EQ(first(input, login), "possible token-expired");
    const std::string dated = get("/", "a.example", with("Bearer " + token)) +
                              answer(401, "Date: Thu, 01 Jan 1970 00:00:01 GMT\r\nWWW-Authenticate: Bearer\r\n");
    EXPECT_EQ(first(dated), "certain token-expired");
    EXPECT_NE(why(dated).refused[0].reasons[0].text.find("expired at 1970-01-01T00:00:01Z"), std::string::npos);
}

TEST(why, digest_is_recomputed_from_rfc_7616) {
    if (!can_compute_digest()) GTEST_SKIP() << "built without the verify library";
    // RFC 7616, 3.9.1.
    const std::string asked =
        "Digest realm=\"http-auth@example.org\", qop=\"auth, auth-int\", algorithm=SHA-256, "
        "nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\", "
        "opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\"";
    const std::string sent =
        "Digest username=\"Mufasa\", realm=\"http-auth@example.org\", uri=\"/dir/index.html\", algorithm=SHA-256, "
        "nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\", nc=00000001, "
        "cnonce=\"f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ\", qop=auth, "
        "response=\"753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1\", "
        "opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\"";
    const std::string input = get("/dir/index.html", "a.example") + challenge(asked) +
                              get("/dir/index.html", "a.example", with(sent)) + challenge(asked);
    EXPECT_EQ(reasons(input, password("Circle of Life")), ids{"likely refused-by-server"});
    EXPECT_EQ(reasons(input, password("Circle of life")), ids{"certain wrong-password"});
    EXPECT_EQ(first(input), "possible wrong-password");
}

TEST(why, a_body_that_is_not_there_is_named) {
    if (!can_compute_digest()) GTEST_SKIP() << "built without the verify library";
    const std::string sent =
        "Digest username=\"u\", realm=\"r\", nonce=\"n\", uri=\"/\", qop=auth-int, nc=00000001, cnonce=\"c\", "
        "response=\"0123456789abcdef0123456789abcdef\"";
    const std::string input = "POST / HTTP/1.1\r\nHost: a.example\r\nContent-Length: 5\r\n" + with(sent) + "\r\n" +
                              challenge("Digest realm=\"r\", nonce=\"n\", qop=\"auth-int\"");
    const refusals all = why(input, password("p"));
    ASSERT_EQ(all.refused.size(), 1u);
    EXPECT_EQ(missing(all.refused[0].missing), ids{"body"});
    const std::string whole = "POST / HTTP/1.1\r\nHost: a.example\r\nContent-Length: 5\r\n" + with(sent) + "\r\nhello" +
                              challenge("Digest realm=\"r\", nonce=\"n\", qop=\"auth-int\"");
    EXPECT_EQ(first(whole, password("p")), "certain wrong-password");
}

TEST(why, causes_are_complete_and_different) {
    ids seen;
    for (const refusal_cause* c : all_refusal_causes()) {
        EXPECT_EQ(std::count(seen.begin(), seen.end(), std::string(c->id)), 0) << c->id;
        seen.emplace_back(c->id);
        EXPECT_EQ(refusal_cause_from_id(c->id), c);
        for (const std::string_view text : {c->title, c->section, c->explanation, c->fix})
            EXPECT_FALSE(text.empty()) << c->id;
    }
    EXPECT_EQ(refusal_cause_from_id("no-such-cause"), nullptr);
}

TEST(why, a_userinfo_in_host_is_not_shown) {
    const std::string token = "eyJhbGciOiJ4In0.eyJhdWQiOlsgICAgImh0dHA6Ly9iIl19.c2ln";
    for (const char* host : {"secret@a.example", "user:secret@a.example", "secret a.example", "a.example\rsecret"}) {
        for (const std::string& credentials :
             {"Bearer " + token, std::string("Negotiate TlRMTVNTUAABAAAAB7IAAAAAAAAAAAAAAAAAAAAAAAA=")}) {
            const refusals all =
                why(get("/", host, with(credentials)) + challenge(credentials.substr(0, credentials.find(' '))));
            for (const refusal& r : all.refused) {
                for (const refusal_reason& reason : r.reasons) {
                    EXPECT_EQ((reason.text + reason.right).find("secret"), std::string::npos) << reason.text;
                    EXPECT_EQ((reason.text + reason.right).find("user"), std::string::npos) << reason.text;
                }
            }
        }
    }
}

TEST(why, a_server_behind_a_proxy_gets_the_path_as_its_target) {
    const std::string sent =
        "Digest username=\"u\", realm=\"r\", nonce=\"n\", uri=\"/a?b\", qop=auth, nc=00000001, cnonce=\"c\", "
        "response=\"0123456789abcdef0123456789abcdef\"";
    const std::string asked = challenge("Digest realm=\"r\", nonce=\"n\", qop=\"auth\"");
    EXPECT_EQ(first(get("http://a.example/a?b", "a.example", with(sent)) + asked), "possible wrong-password");
    EXPECT_EQ(first(get("http://a.example/a", "a.example", with(sent)) + asked), "certain other-uri");
    // The same resource (3.4.6), whatever a server makes of it.
    EXPECT_EQ(first(get("/%61?b", "a.example", with(sent)) + asked), "likely other-uri");
}

TEST(why, what_a_token_shows_is_not_more_than_it_says) {
    const auto sent = [](const char* claims, const std::string& value, const std::string& more = "") {
        return get("/", "a.example", with(std::string("Bearer eyJhbGciOiJ4In0.") + claims + ".c2ln")) +
               answer(401, "WWW-Authenticate: " + value + "\r\n" + more);
    };
    const std::string date = "Date: Thu, 01 Jan 1970 00:00:01 GMT\r\n";
    // {"aud":"api://1-2"}, {"aud":"http://b.example"}, {"iat":2}, {"nbf":2}
    EXPECT_EQ(first(sent("eyJhdWQiOiJhcGk6Ly8xLTIifQ", "Bearer error=\"invalid_token\"")), "likely token-refused");
    EXPECT_EQ(first(sent("eyJhdWQiOiJodHRwOi8vYi5leGFtcGxlIn0", "Bearer error=\"invalid_token\"")),
              "likely wrong-audience");
    EXPECT_EQ(first(sent("eyJpYXQiOjJ9", "Bearer error=\"invalid_token\"", date)), "likely token-not-yet-valid");
    EXPECT_EQ(first(sent("eyJuYmYiOjJ9", "Bearer error=\"invalid_token\"", date)), "certain token-not-yet-valid");
    EXPECT_EQ(first(sent("e30", "Bearer error=\"x-own\"")), "likely token-refused");
    // {"nbf":1795000000000}
    const std::string milliseconds = sent("eyJuYmYiOjE3OTUwMDAwMDAwMDB9", "Bearer error=\"invalid_token\"",
                                          "Date: Fri, 27 Nov 2026 22:00:00 GMT\r\n");
    EXPECT_EQ(first(milliseconds), "certain token-not-yet-valid");
    EXPECT_EQ(why(milliseconds).refused.front().reasons.front().text,
              "nbf is in milliseconds, and a NumericDate is in seconds");
    EXPECT_EQ(first(refused("DPoP abc", "DPoP error=\"use_dpop_nonce\", algs=\"ES256\"")), "certain dpop-nonce-needed");
    EXPECT_EQ(first(refused("DPoP abc", "DPoP error=\"invalid_dpop_proof\", algs=\"ES256\"")),
              "certain dpop-proof-refused");
}

TEST(why, credentials_that_another_realm_accepted_are_for_that_realm) {
    const std::string asked = get("/a", "a.example") + challenge("Basic realm=\"a\"");
    const std::string login = get("/a", "a.example", with("Basic dTpw")) + answer(200);
    const auto inner = [](const char* realm, const char* token = "Basic dTpw") {
        const std::string value = "Basic realm=\"" + std::string(realm) + "\"";
        return get("/b", "a.example") + challenge(value) + get("/b", "a.example", with(token)) + challenge(value);
    };
    EXPECT_EQ(first(asked + login + inner("b")), "likely other-realm");
    EXPECT_EQ(first(asked + login + inner("a")), "possible wrong-password");
    EXPECT_EQ(first(asked + login + inner("b", "Basic dTpx")), "possible wrong-password");
    EXPECT_EQ(first(login + inner("b")), "possible wrong-password");
    const auto answered = [&](int status) {
        return first(asked + get("/a", "a.example", with("Basic dTpw")) + answer(status) + inner("b"));
    };
    EXPECT_EQ(answered(399), "likely other-realm");
    EXPECT_EQ(answered(400), "possible wrong-password") << "which does not say that they were accepted";
}

TEST(why, a_client_may_read_a_broken_challenge_as_it_was_meant) {
    const auto sent = [](const char* realm) {
        const std::string value = R"(Digest realm="a "b" c", nonce="n", qop="auth")";
        const std::string credentials = R"(Digest username="u", realm=")" + std::string(realm) +
                                        R"(", nonce="n", uri="/", response="0123456789abcdef0123456789abcdef", )"
                                        R"(qop=auth, nc=00000001, cnonce="c")";
        return get("/", "a.example") + challenge(value) + get("/", "a.example", with(credentials)) + challenge(value);
    };
    EXPECT_EQ(first(sent("a ")), "likely quote-in-challenge");
    EXPECT_EQ(first(sent(R"(a \"b\" c)")), "possible quote-in-challenge");
}

TEST(why, credentials_behind_an_empty_line_were_not_sent) {
    const std::string head = "POST / HTTP/1.1\r\nHost: a.example\r\n\r\n";
    const std::string lines = "User-Agent: x\r\nAuthorization: Basic dTpw\r\n\r\n";
    EXPECT_EQ(first(head + lines + challenge("Basic realm=\"r\"")), "certain no-credentials");
    EXPECT_EQ(why(head + lines + challenge("Basic realm=\"r\"")).refused.front().reasons.front().text,
              "the credentials are behind the empty line that ends the header section, so they were not sent");
}

TEST(why, nc_begins_with_one) {
    const std::string asked = "Digest realm=\"r\", nonce=\"n\", qop=\"auth\"";
    const std::string sent =
        R"(Digest username="u", realm="r", nonce="n", uri="/", qop=auth, nc=00000000, cnonce="c", )"
        R"(response="0123456789abcdef0123456789abcdef")";
    EXPECT_EQ(first(get("/", "a.example") + challenge(asked) + refused(sent, asked)), "certain nc-out-of-order");
}

TEST(why, a_word_for_nothing_may_be_a_name) {
    const auto basic = [](const char* token) { return refused(std::string("Basic ") + token, "Basic realm=\"r\""); };
    const std::string user_none = basic("bm9uZTpzZWNyZXQ=");  // none:secret
    const std::string both_null = basic("bnVsbDpudWxs");      // null:null
    const std::string password_null = basic("dTpudWxs");      // u:null
    EXPECT_EQ(first(user_none), "likely placeholder");
    EXPECT_EQ(first(password_null), "likely placeholder");
    EXPECT_EQ(first(both_null), "certain placeholder");
    known_login login = password("secret");
    EXPECT_EQ(first(password_null, login), "certain placeholder");
    login.user = "none";
    EXPECT_EQ(first(user_none, login), "likely refused-by-server");
    login.user = "u";
    EXPECT_EQ(first(user_none, login), "certain placeholder");
    EXPECT_EQ(first(refused("Bearer null", "Bearer")), "certain placeholder");
    EXPECT_EQ(first(refused("Bearer token", "Bearer")), "likely placeholder");
    const std::string digest = "realm=\"r\", nonce=\"n\", uri=\"/\", response=\"" + std::string(32, '0') + "\"";
    const std::string named_null = refused("Digest username=\"null\", " + digest, "Digest realm=\"r\", nonce=\"n\"");
    EXPECT_EQ(first(named_null), "likely placeholder");
    EXPECT_EQ(first(named_null, login), "certain placeholder");
    login.user = "null";
    EXPECT_EQ(first(named_null, login), "certain wrong-password");
}

TEST(why, the_end_of_a_handshake_may_close_the_connection) {
    const std::string server = "NTLM TlRMTVNTUAACAAAAAAAAAAAAAAABggAAMTIzNDU2NzgAAAAAAAAAAAAAAAAAAAAA";
    const std::string begin = get("/", "a.example", with("NTLM TlRMTVNTUAABAAAAB7IAAAAAAAAAAAAAAAAAAAAAAAA="));
    const std::string last =
        with("NTLM TlRMTVNTUAADAAAAAAAAAEAAAAAAAAAAQAAAAAAAAABAAAAAAAAAAEAAAAAAAAAAQAAAAAAAAABAAAAAAYIAAA==");
    const std::string close = "Connection: close\r\n";
    const auto refused_401 = [](const std::string& value, const std::string& more) {
        return "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: " + value + "\r\n" + more + "Content-Length: 0\r\n\r\n";
    };
    const std::string legs = begin + refused_401(server, "");
    EXPECT_EQ(first(legs + get("/", "a.example", last) + refused_401("NTLM", close)), "likely ticket-refused");
    EXPECT_EQ(first(legs + get("/", "a.example", last + close) + refused_401("NTLM", "")), "likely ticket-refused");
    // Between the legs it may not.
    EXPECT_EQ(first(begin + refused_401(server, close) + get("/", "a.example", last) + refused_401("NTLM", "")),
              "certain connection-closed");
}

}  // namespace
}  // namespace authgrammar::audit
