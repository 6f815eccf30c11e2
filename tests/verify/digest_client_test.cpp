#include "digest_fixture.hpp"

#include <authgrammar/parse.hpp>

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace authgrammar::verify {
namespace {

/// The nonce of the challenge that is chosen; empty if none is.
std::string chosen(std::string_view value, schemes::tolerances allowed = {}, field f = field::www_authenticate) {
    inline_event_buffer<128> events;
    const auto list = parse_challenges(f, value, events);
    if (!list) return "not read";
    const hasher hashes;
    const auto challenge = choose_challenge(hashes, *list, allowed, f);
    return challenge ? std::string(challenge->nonce.raw()) : std::string();
}

constexpr std::string_view sha_256 = "Digest realm=\"r\", nonce=\"of-sha-256\", qop=\"auth\", algorithm=SHA-256";
constexpr std::string_view md5 = "Digest realm=\"r\", nonce=\"of-md5\", qop=\"auth\", algorithm=MD5";

std::string joined(std::string_view a, std::string_view b) { return std::string(a) + ", " + std::string(b); }

// The order is the server's, whatever the strength.
// shows: R7616-3.7-first-supported conforming
TEST(digest_client, uses_the_first_challenge) {
    EXPECT_EQ(chosen(joined(sha_256, md5)), "of-sha-256");
    EXPECT_EQ(chosen(joined(md5, sha_256)), "of-md5");
    EXPECT_EQ(chosen(joined("Basic realm=\"r\"", sha_256)), "of-sha-256");
}

// shows: R7616-3.7-first-supported violating
TEST(digest_client, passes_over_what_it_does_not_support) {
    const std::string unknown_algorithm = "Digest realm=\"r\", nonce=\"n\", qop=\"auth\", algorithm=SHA3-256";
    const std::string unknown_qop = "Digest realm=\"r\", nonce=\"n\", qop=\"auth-conf\", algorithm=SHA-256";
    const std::string without_realm = "Digest nonce=\"n\", qop=\"auth\"";
    for (const std::string& other : {unknown_algorithm, unknown_qop, without_realm}) {
        EXPECT_EQ(chosen(joined(other, sha_256)), "of-sha-256") << other;
        EXPECT_EQ(chosen(other), "");
    }
    EXPECT_EQ(chosen("Basic realm=\"r\", Negotiate"), "");
}

TEST(digest_client, chooses_with_tolerances_and_by_field) {
    const std::string without_qop = "Digest realm=\"r\", nonce=\"old\"";
    EXPECT_EQ(chosen(joined(without_qop, sha_256)), "of-sha-256");
    EXPECT_EQ(chosen(joined(without_qop, sha_256), schemes::tolerance::digest_without_qop), "old");
    // domain means nothing in Proxy-Authenticate, and is not looked at.
    const std::string bad_domain = joined(std::string(md5) + ", domain=\"<\"", sha_256);
    EXPECT_EQ(chosen(bad_domain), "of-sha-256");
    EXPECT_EQ(chosen(bad_domain, {}, field::proxy_authenticate), "of-md5");
}

// username* is for what no quoted-string of ASCII holds.
TEST(digest_client, a_space_needs_no_ext_value) {
    testing::server_and_client s;
    const std::string challenge = s.challenge(digest_algorithm::sha_256);
    s.login.username = "a b~";
    EXPECT_NE(s.answer(challenge).find("username=\"a b~\""), std::string::npos);
    s.login.username = "a\x7f";
    EXPECT_NE(s.answer(challenge).find("username*=UTF-8''a%7F"), std::string::npos);
}

// shows: R7616-3.4-qop-offered violating
TEST(digest_client, chooses_auth_int_only_with_a_hash_of_the_body) {
    const std::string integrity = "Digest realm=\"r\", nonce=\"int\", qop=\"auth-int\", algorithm=SHA-256";
    const auto chosen_for = [&](const std::string& value, schemes::digest_qops usable) {
        inline_event_buffer<128> events;
        const auto list = parse_challenges(field::www_authenticate, std::string_view(value), events);
        const hasher hashes;
        const auto c = choose_challenge(hashes, *list, {}, field::www_authenticate, usable);
        return c ? std::string(c->nonce.raw()) : std::string();
    };
    EXPECT_EQ(chosen(joined(integrity, md5)), "of-md5");
    EXPECT_EQ(chosen(integrity), "");
    EXPECT_EQ(chosen_for(joined(integrity, md5), digest_qop::auth | digest_qop::auth_int), "int");
    EXPECT_EQ(chosen_for(joined(md5, integrity), digest_qop::auth_int), "int");
    EXPECT_EQ(chosen_for(integrity, {}), "");
}

// H(A1) of another algorithm, or in capitals, can be no hash of this one.
TEST(digest_client, a1_is_of_the_algorithm) {
    testing::server_and_client s;
    for (const digest_algorithm a : testing::all_algorithms) {
        const std::string value = s.challenge(a);
        const std::size_t digits = schemes::hex_digits(a);
        for (const std::string& bad : {std::string(96 - digits, 'a'), std::string(digits - 1, 'a'),
                                       std::string(digits, 'A'), std::string(digits, 'g'), std::string("x")}) {
            s.login = {"Mufasa", {}, bad};
            EXPECT_EQ(s.answer(value), "a1_unfit") << bad;
            EXPECT_EQ(s.last.error.status(), 500u);
            EXPECT_TRUE(s.last.a1.empty());
        }
        const hex_hash a1 = s.hashes.a1(a, "Mufasa", s.offer.realm, "Circle of Life");
        s.login = {"Mufasa", {}, a1.view()};
        EXPECT_EQ(s.verify(s.answer(value)).is, verdict::accepted);
    }
}

// Names that are UTF-8 are sent, however long they are when decomposed; others are refused with the reason and place.
TEST(digest_client, usernames_that_no_quoted_string_holds) {
    testing::server_and_client s;
    std::string longest;
    for (int i = 0; i != 512; ++i) longest += "\u0390";
    s.login.username = longest;
    EXPECT_NE(s.answer(s.challenge(digest_algorithm::md5)).find("username*=UTF-8''%CE%90"), std::string::npos);
    longest += "x";
    s.login.username = longest;
    EXPECT_EQ(s.answer(s.challenge(digest_algorithm::md5)), "too_long");
    s.login.username = "J\xe4son";
    EXPECT_EQ(s.answer(s.challenge(digest_algorithm::md5)), "username_unfit");
    EXPECT_EQ(s.last.error.precis, precis_code::not_utf8);
    EXPECT_EQ(s.last.error.offset, 1u);
}

// What is chosen is answered, and the server lets it in.
TEST(digest_client, answers_what_it_chose) {
    testing::server_and_client s;
    const std::string first = s.challenge(digest_algorithm::sha_512_256);
    const std::string value = joined(first, s.challenge(digest_algorithm::md5));
    inline_event_buffer<128> events;
    const auto list = parse_challenges(field::www_authenticate, std::string_view(value), events);
    ASSERT_TRUE(list);
    const auto challenge = choose_challenge(s.hashes, *list);
    ASSERT_TRUE(challenge);
    EXPECT_EQ(challenge->algorithm, digest_algorithm::sha_512_256);
    char buffer[4096];
    const digest_answer answer = answer_challenge(s.hashes, *challenge, s.login, s.use, buffer, sizeof buffer);
    ASSERT_TRUE(answer);
    EXPECT_EQ(s.verify({buffer, answer.written.size}).is, verdict::accepted);
}

}  // namespace
}  // namespace authgrammar::verify
