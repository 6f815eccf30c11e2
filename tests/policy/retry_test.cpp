#include <authgrammar/policy/retry.hpp>

#include <gtest/gtest.h>

#include <string>

namespace authgrammar::policy {
namespace {

bool says(const retry_advice& advice, std::string_view words) {
    return advice.text.find(words) != std::string_view::npos;
}

struct retry : ::testing::Test {
    retry_guard guard{field::www_authenticate};
};

// shows: R7235-3.1-401-retry conforming
// shows: R7235-3.1-same-challenge conforming
TEST_F(retry, the_same_challenge_after_a_try_is_shown) {
    const retry_advice first = guard.challenged("Basic realm=\"x\", Newauth realm=\"y\"");
    EXPECT_EQ(first.step, retry_step::answer);
    EXPECT_EQ(first.requirement, "R7235-3.1-401-retry");
    guard.sent("Basic d3Jvbmc=");
    const retry_advice second = guard.challenged("newauth REALM=y ,, basic realm=\"\\x\"");
    EXPECT_EQ(second.step, retry_step::show) << "order, case, quotes and empty elements are no difference";
    EXPECT_EQ(second.requirement, "R7235-3.1-same-challenge");
    EXPECT_TRUE(guard.was_sent("Basic d3Jvbmc="));
    EXPECT_FALSE(guard.was_sent("Basic b3RoZXI="));
}

// shows: R7235-3.1-same-challenge violating
// shows: R7235-3.1-401-retry violating
TEST_F(retry, a_server_that_changes_its_challenge_for_ever_is_left) {
    std::size_t tries = 0;
    for (int i = 0; i < 100; ++i) {
        const std::string challenge = "Basic realm=\"" + std::to_string(i) + "\"";
        if (guard.challenged(std::string_view(challenge)).step == retry_step::show) break;
        guard.sent("Basic " + std::to_string(i));
        ++tries;
    }
    EXPECT_EQ(tries, retry_limits{}.tries);
}

TEST_F(retry, new_tokens_count_as_tries) {
    retry_limits limits;
    limits.tries = 3;
    limits.renewals = 10;
    for (const field f : {field::www_authenticate, field::proxy_authenticate}) {
        retry_guard patient{f, limits};
        std::size_t answers = 0;
        while (patient.challenged("Bearer realm=\"x\", error=\"invalid_token\"").step == retry_step::answer) {
            ASSERT_LE(++answers, limits.tries);
            patient.sent("Bearer t" + std::to_string(answers));
        }
        EXPECT_EQ(answers, limits.tries) << name_of(f);
    }
}

TEST_F(retry, a_challenge_that_changed_may_be_answered) {
    EXPECT_EQ(guard.challenged("Basic realm=\"x\"").step, retry_step::answer);
    guard.sent("Basic d3Jvbmc=");
    EXPECT_EQ(guard.challenged("Basic realm=\"z\"").step, retry_step::answer);
    guard.sent("Basic b3RoZXI=");
    EXPECT_EQ(guard.challenged("Basic realm=\"z\"").step, retry_step::show);
}

TEST_F(retry, credentials_sent_ahead_leave_one_try) {
    guard.sent("Basic b2xk");
    EXPECT_EQ(guard.challenged("Basic realm=\"x\"").step, retry_step::answer);
    EXPECT_TRUE(guard.was_sent("Basic b2xk"));
    guard.sent("Basic bmV3");
    EXPECT_EQ(guard.challenged("Basic realm=\"x\"").step, retry_step::show);
}

TEST_F(retry, a_stale_nonce_is_renewed_once) {
    EXPECT_EQ(guard.challenged("Digest realm=\"x\", nonce=\"1\", qop=\"auth\"").step, retry_step::answer);
    guard.sent("Digest username=\"u\", nonce=\"1\"");
    EXPECT_EQ(guard.challenged("Digest realm=\"x\", nonce=\"2\", qop=\"auth\", stale=TRUE").step, retry_step::renew);
    guard.sent("Digest username=\"u\", nonce=\"2\"");
    EXPECT_EQ(guard.challenged("Digest realm=\"x\", nonce=\"3\", qop=\"auth\", stale=true").step, retry_step::show);
}

TEST_F(retry, a_new_nonce_alone_is_the_same_challenge) {
    EXPECT_EQ(guard.challenged("Digest realm=\"x\", nonce=\"1\"").step, retry_step::answer);
    guard.sent("Digest username=\"u\"");
    EXPECT_EQ(guard.challenged("Digest realm=\"x\", nonce=\"2\", opaque=\"o\", stale=false").step, retry_step::show);
}

TEST_F(retry, stale_of_another_scheme_renews_nothing) {
    EXPECT_EQ(guard.challenged("Basic realm=\"x\", Digest realm=\"x\", nonce=\"1\"").step, retry_step::answer);
    guard.sent("Basic d3Jvbmc=");
    EXPECT_EQ(guard.challenged("Basic realm=\"x\", Digest realm=\"x\", nonce=\"2\", stale=true").step,
              retry_step::show);
}

// RFC 6750, 3.1: "The client MAY request a new access token and retry the protected resource request."
TEST_F(retry, a_token_that_was_refused_is_replaced_once) {
    for (const char* error : {"invalid_token", "insufficient_user_authentication", "insufficient_scope"}) {
        for (const char* scheme : {"Bearer", "DPoP"}) {
            const std::string asked = std::string(scheme) + " realm=\"x\"";
            const std::string refused = asked + ", error=\"" + error + "\"";
            retry_guard g(field::www_authenticate);
            EXPECT_EQ(g.challenged(std::string_view(asked)).step, retry_step::answer);
            g.sent(std::string(scheme) + " t1");
            const retry_advice first = g.challenged(std::string_view(refused));
            EXPECT_EQ(first.step, retry_step::answer) << refused;
            EXPECT_TRUE(says(first, "a new one")) << refused;
            EXPECT_TRUE(g.was_sent(std::string(scheme) + " t1")) << "not the same again";
            g.sent(std::string(scheme) + " t2");
            EXPECT_EQ(g.challenged(std::string_view(refused)).step, retry_step::show) << refused;
        }
    }
}

TEST_F(retry, what_is_said_of_another_scheme_or_of_the_request_replaces_no_token) {
    EXPECT_EQ(guard.challenged("Bearer realm=\"x\", Basic realm=\"x\"").step, retry_step::answer);
    guard.sent("Basic d3Jvbmc=");
    EXPECT_EQ(guard.challenged("Bearer realm=\"x\", error=\"invalid_token\", Basic realm=\"x\"").step,
              retry_step::show);
    retry_guard other(field::www_authenticate);
    EXPECT_EQ(other.challenged("Bearer realm=\"x\"").step, retry_step::answer);
    other.sent("Bearer t");
    EXPECT_EQ(other.challenged("Bearer realm=\"x\", error=\"invalid_request\"").step, retry_step::show);
}

// RFC 9449, 9: the token is the same, and the proof has the new nonce.
TEST_F(retry, a_nonce_for_a_proof_is_renewed_once) {
    guard.sent("DPoP t");
    EXPECT_EQ(guard.challenged("DPoP error=\"use_dpop_nonce\", error_description=\"d\"").step, retry_step::renew);
    EXPECT_FALSE(guard.was_sent("DPoP t")) << "the same token is sent again";
    guard.sent("DPoP t");
    EXPECT_EQ(guard.challenged("DPoP error=\"use_dpop_nonce\"").step, retry_step::show);
}

// RFC 7804, 5, and RFC 8120, 4.3: parameters carry the rounds.
TEST_F(retry, rounds_of_parameters_are_rounds) {
    EXPECT_EQ(guard.challenged("SCRAM-SHA-256 realm=\"x\"").step, retry_step::answer);
    guard.sent("SCRAM-SHA-256 realm=\"x\", data=biws");
    EXPECT_EQ(guard.challenged("SCRAM-SHA-256 sid=AAAA, data=cj1y").step, retry_step::continue_round);
    guard.sent("SCRAM-SHA-256 sid=AAAA, data=Yz1i");
    EXPECT_EQ(guard.challenged("SCRAM-SHA-256 realm=\"x\"").step, retry_step::show) << "the proof was wrong";

    retry_guard repeated(field::www_authenticate);
    repeated.sent("SCRAM-SHA-256 data=biws");
    EXPECT_EQ(repeated.challenged("SCRAM-SHA-256 sid=AAAA, data=cj1y").step, retry_step::continue_round);
    repeated.sent("SCRAM-SHA-256 sid=AAAA, data=Yz1i");
    EXPECT_NE(repeated.challenged("SCRAM-SHA-256 sid=BBBB, data=cj1y").step, retry_step::continue_round);

    retry_guard mutual(field::www_authenticate);
    mutual.sent("Mutual user=\"u\", kc1=\"1\"");
    EXPECT_EQ(mutual.challenged("Mutual version=1, sid=s, ks1=\"2\"").step, retry_step::continue_round);
}

// shows: R7235-2.1-multi-round conforming
// shows: R7235-2.1-multi-round violating
TEST_F(retry, rounds_go_on_and_end) {
    EXPECT_EQ(guard.challenged("NTLM, Negotiate").step, retry_step::answer);
    guard.sent("NTLM AAAA");
    EXPECT_EQ(guard.challenged("NTLM BBBB").step, retry_step::continue_round);
    guard.sent("NTLM CCCC");
    EXPECT_EQ(guard.challenged("NTLM, Negotiate").step, retry_step::show) << "the rounds came to nothing";

    retry_guard endless(field::www_authenticate);
    EXPECT_EQ(endless.challenged("Negotiate").step, retry_step::answer);
    std::size_t rounds = 0;
    for (int i = 0; i < 100; ++i) {
        endless.sent("Negotiate AAAA");
        const std::string round = "Negotiate B" + std::to_string(i);
        if (endless.challenged(std::string_view(round)).step != retry_step::continue_round) break;
        ++rounds;
    }
    EXPECT_EQ(rounds, retry_limits{}.rounds);

    retry_guard repeated(field::www_authenticate);
    EXPECT_EQ(repeated.challenged("Negotiate").step, retry_step::answer);
    repeated.sent("Negotiate AAAA");
    EXPECT_EQ(repeated.challenged("Negotiate BBBB").step, retry_step::continue_round);
    repeated.sent("Negotiate CCCC");
    EXPECT_NE(repeated.challenged("Negotiate BBBB").step, retry_step::continue_round);
}

// shows: R7235-3.2-407-retry conforming
// shows: R7235-3.2-407-retry violating
TEST_F(retry, the_same_for_a_proxy) {
    retry_guard proxy(field::proxy_authenticate);
    const retry_advice first = proxy.challenged("Basic realm=\"x\"");
    EXPECT_EQ(first.step, retry_step::answer);
    EXPECT_EQ(first.requirement, "R7235-3.2-407-retry");
    proxy.sent("Basic d3Jvbmc=");
    EXPECT_EQ(proxy.challenged("Basic realm=\"x\"").step, retry_step::show);
}

// shows: R7235-4.1-several-lines conforming
TEST_F(retry, lines_are_one_list) {
    EXPECT_EQ(guard.challenged("Basic realm=\"x\", Newauth").step, retry_step::answer);
    guard.sent("Basic d3Jvbmc=");
    const std::string_view lines[]{"Newauth", "Basic realm=\"x\""};
    EXPECT_EQ(guard.challenged({lines, 2}).step, retry_step::show);
}

TEST_F(retry, what_cannot_be_read_is_shown) {
    for (const std::string_view value : {"", ",", "Basic realm=\"x", "@"}) {
        const retry_advice advice = guard.challenged(value);
        EXPECT_EQ(advice.step, retry_step::show) << value;
        EXPECT_EQ(advice.requirement, "R7235-2.1-401-challenge") << value;
        EXPECT_TRUE(says(advice, "No challenge")) << value;
    }
    EXPECT_EQ(guard.challenged("Basic").step, retry_step::answer) << "and does not count as a try";
}

// As many events as a value of its length can have, and one more than may be read.
TEST_F(retry, long_values) {
    retry_guard many(field::www_authenticate);
    std::string dense = "A";
    for (std::uint32_t i = 1; i < default_limits.challenges; ++i) dense += ",A";
    EXPECT_EQ(many.challenged(std::string_view(dense)).step, retry_step::answer);
    EXPECT_EQ(guard.challenged("A").step, retry_step::answer) << "three events of one byte";
    const std::string large = "A b=\"" + std::string(default_limits.total_bytes - 5, 'c') + "\"";
    EXPECT_EQ(guard.challenged(std::string_view(large)).step, retry_step::show) << "one byte above the limit";
}

// A guard that went through a handshake that failed begins the next one anew.
TEST_F(retry, six_rounds_a_failure_and_eight_more) {
    const auto rounds = [&](const std::string& attempt, int count) {
        for (int i = 0; i < count; ++i) {
            guard.sent("Negotiate AAAA");
            const std::string round = "Negotiate " + attempt + std::to_string(i);
            const retry_advice advice = guard.challenged(std::string_view(round));
            EXPECT_EQ(advice.step, retry_step::continue_round) << round;
            EXPECT_EQ(advice.requirement, "R7235-2.1-multi-round");
        }
        guard.sent("Negotiate AAAA");
    };
    EXPECT_EQ(guard.challenged("Negotiate").step, retry_step::answer);
    rounds("one", 6);
    EXPECT_EQ(guard.challenged("Negotiate, Basic realm=\"x\"").step, retry_step::answer)
        << "it failed, and Basic is new";
    rounds("two", 8);
    const retry_advice ninth = guard.challenged("Negotiate last");
    EXPECT_EQ(ninth.step, retry_step::show);
    EXPECT_TRUE(says(ninth, "often enough"));
}

TEST_F(retry, of_two_rounds_the_new_one_counts) {
    EXPECT_EQ(guard.challenged("Negotiate").step, retry_step::answer);
    guard.sent("Negotiate AAAA");
    EXPECT_EQ(guard.challenged("Negotiate BBBB").step, retry_step::continue_round);
    guard.sent("Negotiate CCCC");
    EXPECT_EQ(guard.challenged("Negotiate BBBB, Negotiate DDDD").step, retry_step::continue_round);
}

TEST_F(retry, a_round_may_come_again_in_the_next_handshake) {
    EXPECT_EQ(guard.challenged("Negotiate").step, retry_step::answer);
    guard.sent("Negotiate AAAA");
    EXPECT_EQ(guard.challenged("Negotiate BBBB").step, retry_step::continue_round);
    guard.sent("Negotiate CCCC");
    EXPECT_EQ(guard.challenged("Negotiate, Newauth").step, retry_step::answer);
    guard.sent("Negotiate AAAA");
    EXPECT_EQ(guard.challenged("Negotiate BBBB").step, retry_step::continue_round);
}

TEST_F(retry, a_nonce_may_be_stale_once_after_each_answer) {
    const auto stale = [&] {
        guard.sent("Digest nonce=\"1\"");
        return guard.challenged("Digest realm=\"x\", nonce=\"2\", stale=true");
    };
    EXPECT_EQ(guard.challenged("Digest realm=\"x\", nonce=\"1\"").step, retry_step::answer);
    const retry_advice renewed = stale();
    EXPECT_EQ(renewed.step, retry_step::renew);
    EXPECT_EQ(renewed.requirement, "R7235-3.1-401-retry");
    EXPECT_TRUE(says(renewed, "stale"));
    guard.sent("Digest nonce=\"2\"");
    EXPECT_EQ(guard.challenged("Digest realm=\"y\", nonce=\"1\"").step, retry_step::answer) << "another realm";
    EXPECT_EQ(stale().step, retry_step::renew);
    EXPECT_EQ(stale().step, retry_step::show);
}

TEST_F(retry, limits_are_met_exactly) {
    retry_guard narrow(field::www_authenticate, {2, 1, 2});
    EXPECT_EQ(narrow.challenged("A b=1").step, retry_step::answer);
    for (int i = 0; i < 2; ++i) {
        narrow.sent("A c");
        EXPECT_EQ(narrow.challenged("A b=1, stale=true").step, retry_step::renew);
    }
    narrow.sent("A c");
    EXPECT_EQ(narrow.challenged("A b=2, stale=true").step, retry_step::answer)
        << "no more renewals, but it has changed";
    narrow.sent("A c");
    EXPECT_EQ(narrow.challenged("A round").step, retry_step::continue_round);
    narrow.sent("A c");
    const retry_advice round = narrow.challenged("A another");
    EXPECT_EQ(round.step, retry_step::show);
    EXPECT_TRUE(says(round, "often enough"));
    narrow.sent("A c");
    const retry_advice third = narrow.challenged("A b=3");
    EXPECT_EQ(third.step, retry_step::show);
    EXPECT_EQ(third.requirement, "R7235-3.1-same-challenge");
    EXPECT_TRUE(says(third, "often enough"));
}

// Requests without credentials are tries, too, and no challenge is the same again as long as nothing was tried.
TEST_F(retry, challenges_that_nothing_was_sent_for) {
    for (std::size_t i = 0; i < retry_limits{}.tries; ++i) {
        const retry_advice advice = guard.challenged("Basic realm=\"x\"");
        EXPECT_EQ(advice.step, retry_step::answer) << i;
        EXPECT_TRUE(says(advice, "first challenge"));
    }
    const retry_advice advice = guard.challenged("Basic realm=\"x\"");
    EXPECT_EQ(advice.step, retry_step::show);
    EXPECT_TRUE(says(advice, "often enough"));
}

TEST_F(retry, a_try_is_judged_once) {
    EXPECT_EQ(guard.challenged("Basic realm=\"x\"").step, retry_step::answer);
    guard.sent("Basic d3Jvbmc=");
    const retry_advice again = guard.challenged("Basic realm=\"x\"");
    EXPECT_EQ(again.step, retry_step::show);
    EXPECT_TRUE(says(again, "same challenge"));
    EXPECT_EQ(guard.challenged("Basic realm=\"x\"").step, retry_step::answer) << "nothing was sent since";
}

// The first challenge and one that has changed are told apart, and so are a server and a proxy.
TEST_F(retry, first_and_changed) {
    for (const field f : {field::www_authenticate, field::proxy_authenticate}) {
        const bool proxy = f == field::proxy_authenticate;
        const std::string_view id = proxy ? "R7235-3.2-407-retry" : "R7235-3.1-401-retry";
        for (const bool ahead : {false, true}) {
            retry_guard one(f);
            if (ahead) one.sent("Basic b2xk");
            const retry_advice first = one.challenged("Basic realm=\"x\"");
            EXPECT_EQ(first.step, retry_step::answer);
            EXPECT_EQ(first.requirement, id);
            EXPECT_TRUE(says(first, "first challenge"));
            EXPECT_FALSE(says(first, "has changed"));
            EXPECT_EQ(says(first, "proxy's"), proxy);
            one.sent("Basic d3Jvbmc=");
            const retry_advice changed = one.challenged("Basic realm=\"y\"");
            EXPECT_EQ(changed.step, retry_step::answer);
            EXPECT_EQ(changed.requirement, id);
            EXPECT_TRUE(says(changed, "has changed"));
            EXPECT_FALSE(says(changed, "first challenge"));
            EXPECT_EQ(says(changed, "proxy's"), proxy);
        }
        retry_guard digest(f);
        digest.sent("Digest nonce=\"1\"");
        const retry_advice renewed = digest.challenged("Digest nonce=\"2\", stale=true");
        EXPECT_EQ(renewed.step, retry_step::renew);
        EXPECT_EQ(renewed.requirement, id);
        EXPECT_EQ(says(renewed, "proxy's"), proxy);
        const retry_advice none = digest.challenged("");
        EXPECT_EQ(none.requirement, proxy ? "R7235-2.1-407-challenge" : "R7235-2.1-401-challenge");
        EXPECT_EQ(says(none, "of the proxy"), proxy);
    }
}

/// Whether a try with the second challenge after one with the first is one with the same challenge.
bool same(std::string_view first, std::string_view second) {
    retry_guard guard(field::www_authenticate);
    EXPECT_EQ(guard.challenged(first).step, retry_step::answer) << first;
    guard.sent("Other c");
    const retry_advice advice = guard.challenged(second);
    EXPECT_EQ(advice.step == retry_step::show, says(advice, "same challenge")) << second;
    return advice.step == retry_step::show;
}

TEST_F(retry, what_a_server_makes_anew_is_no_difference) {
    for (const std::string name : {"nonce", "opaque", "stale", "error", "error_description", "error_uri", "NONCE"}) {
        EXPECT_TRUE(same("A realm=x, " + name + "=1", "A realm=x, " + name + "=2")) << name;
        EXPECT_TRUE(same("A realm=x", "A realm=x, " + name + "=2")) << name;
    }
    for (const std::string name : {"realm", "qop", "algorithm", "scope", "nonces", "err", "domain"}) {
        EXPECT_FALSE(same("A x=x, " + name + "=1", "A x=x, " + name + "=2")) << name;
    }
}

// RFC 7486, 3: "The challenge MUST be unique for every 401 HTTP response". What continues an exchange is another matter.
TEST_F(retry, what_a_scheme_makes_anew_is_no_difference_in_it) {
    EXPECT_TRUE(same("HOBA max-age=10, challenge=1", "HOBA max-age=10, challenge=2"));
    EXPECT_FALSE(same("HOBA max-age=10, challenge=1", "HOBA max-age=11, challenge=1"));
    EXPECT_TRUE(same("SCRAM-SHA-256 realm=\"x\", sr=1", "scram-sha-256 realm=\"x\", sr=2, stale=false"));
    EXPECT_FALSE(same("SCRAM-SHA-256", "SCRAM-SHA-256 sid=1, data=\"YQ==\""));
    EXPECT_TRUE(same("Mutual realm=\"x\", reason=initial", "Mutual realm=\"x\", reason=auth-failed"));
    EXPECT_FALSE(same("Mutual realm=\"x\", reason=initial", "Mutual realm=\"x\", ks1=12, sid=34"));
    EXPECT_FALSE(same("PrivateToken challenge=\"YQ==\"", "PrivateToken challenge=\"Yg==\""));
}

// RFC 7617, 2: other parameters of a challenge are ignored. To take a stale of theirs for Digest's would repeat a request
// with a password that was refused.
TEST_F(retry, stale_means_nothing_to_a_scheme_without_it) {
    const auto step = [](const std::string& scheme) {
        retry_guard one(field::www_authenticate);
        EXPECT_EQ(one.challenged(std::string_view(scheme)).step, retry_step::answer);
        one.sent(scheme + " YTpi");
        return one.challenged(std::string_view(scheme + " stale=true")).step;
    };
    for (const std::string scheme : {"Basic", "bearer", "HOBA", "Mutual"}) EXPECT_EQ(step(scheme), retry_step::show);
    for (const std::string scheme : {"Digest", "SCRAM-SHA-1", "Newauth"}) EXPECT_EQ(step(scheme), retry_step::renew);
}

TEST_F(retry, when_challenges_are_the_same) {
    EXPECT_TRUE(same("A b=1, c=2", "A c=2, b=1"));
    EXPECT_TRUE(same("A b=1, C", "C, A b=1"));
    EXPECT_TRUE(same("A b=x", "a B=\"\\x\""));
    EXPECT_TRUE(same("A dG9rZW4=", "A dG9rZW4="));
    EXPECT_FALSE(same("A dG9rZW4=", "A dG9rZW5="));
    EXPECT_FALSE(same("A b=x", "A b=X"));
    EXPECT_FALSE(same("A b=1", "B b=1"));
    EXPECT_FALSE(same("A, B", "A"));
    EXPECT_FALSE(same("A", "A, B"));
    EXPECT_FALSE(same("A b=1, B", "A, B b=1"));
    EXPECT_FALSE(same("A bc=1", "A b=c1")) << "where a name ends";
    EXPECT_FALSE(same("A bc", "Abc")) << "and a scheme";
    EXPECT_FALSE(same("A b=c", "A b=c, d=e"));
    EXPECT_FALSE(same("A nonce=1, b=c", "A nonce=2, b=d"));
    // Alike if lengths were run together with what follows: "2" "1a" "20" … and "21" "a20…" "1" "z".
    const std::string v(18, 'v');
    EXPECT_FALSE(same("A 1a=" + v + "1z", "A a20" + v + "=z"));
}

// What is sent is that of the scheme; rounds and stale nonces of others are challenges like any.
TEST_F(retry, the_scheme_is_that_of_the_credentials_sent_last) {
    const auto step = [](std::string_view credentials, std::string_view challenge) {
        retry_guard one(field::www_authenticate);
        one.sent("Negotiate AAAA");
        one.sent(credentials);
        return one.challenged(challenge).step;
    };
    EXPECT_EQ(step("NEGOTIATE AAAA", "negotiate BBBB"), retry_step::continue_round);
    EXPECT_EQ(step("NTLM AAAA", "Negotiate BBBB"), retry_step::answer);
    EXPECT_EQ(step("NTLM AAAA", "Negotiate BBBB, NTLM CCCC"), retry_step::continue_round);
    EXPECT_EQ(step("Digest a=b", "Negotiate BBBB, Digest stale=true"), retry_step::renew);
    EXPECT_EQ(step("Digest a=b", "Digest stale=false"), retry_step::answer);
    EXPECT_EQ(step("Digest a=b", "Digest x=true"), retry_step::answer);
    EXPECT_EQ(step("Digest", "Digest stale=true"), retry_step::renew);
    EXPECT_EQ(step("Negotiate\tAAAA", "Negotiate BBBB"), retry_step::answer) << "not in the grammar";
    EXPECT_EQ(step("Negotiate,AAAA", "Negotiate BBBB"), retry_step::answer);
    EXPECT_EQ(step("", "Negotiate BBBB"), retry_step::answer);
}

TEST_F(retry, remembers_all_that_was_sent) {
    for (const std::string_view value : {"Basic one", "Basic two", "Basic three"}) guard.sent(value);
    for (const std::string_view value : {"Basic one", "Basic two", "Basic three"}) EXPECT_TRUE(guard.was_sent(value));
    for (const std::string_view value : {"basic one", "BASIC   one"}) EXPECT_TRUE(guard.was_sent(value)) << value;
    for (const std::string_view value : {"Basic on", "Basic One", "Basicone", "", "Basic", "Basic threes"}) {
        EXPECT_FALSE(guard.was_sent(value)) << value;
    }
    EXPECT_FALSE(retry_guard(field::www_authenticate).was_sent(""));
}

std::string digest_of(const std::string& user, const std::string& nonce, const std::string& realm = "x") {
    return "Digest username=\"" + user + "\", realm=\"" + realm + "\", nonce=\"" + nonce +
           "\", uri=\"/\", response=\"" + std::string(32, nonce.back()) + "\", cnonce=\"c" + nonce +
           "\", nc=00000001, qop=auth";
}

// RFC 7616, 3.3: without stale=true "the username and/or password are invalid, and new values MUST be obtained", however
// often the nonce is new.
// shows: R7235-3.1-same-challenge conforming
// shows: R7235-3.1-same-challenge violating
TEST_F(retry, digest_credentials_are_those_of_a_user) {
    guard.sent(digest_of("u", "1"));
    EXPECT_EQ(guard.challenged("Digest realm=\"x\", nonce=\"2\", qop=\"auth\"").step, retry_step::answer);
    EXPECT_TRUE(guard.was_sent(digest_of("u", "2"))) << "they were refused, and not their nonce";
    EXPECT_TRUE(guard.was_sent("dIGEST nonce=\"3\", realm=x, username=\"\\u\""))
        << "whatever else, and how it is spelled";
    EXPECT_FALSE(guard.was_sent(digest_of("v", "2")));
    EXPECT_FALSE(guard.was_sent(digest_of("u", "2", "y")));
    EXPECT_FALSE(guard.was_sent("Digest username*=UTF-8''u, realm=\"x\", nonce=\"2\"")) << "another parameter";
    EXPECT_FALSE(guard.was_sent("Mutual username=\"u\", realm=\"x\"")) << "which Mutual does not have";
    EXPECT_FALSE(guard.was_sent("Mutual user=\"u\", realm=\"x\""));
    guard.sent("Mutual user=\"u\", realm=\"x\", kc1=1");
    EXPECT_TRUE(guard.was_sent("Mutual user=\"u\", realm=\"x\", kc1=2"));
    guard.sent("Newauth username=\"u\", proof=1");
    EXPECT_FALSE(guard.was_sent("Newauth username=\"u\", proof=2")) << "nobody knows what that scheme makes anew";
}

TEST_F(retry, a_stale_nonce_refuses_no_credentials) {
    for (const field f : {field::www_authenticate, field::proxy_authenticate}) {
        retry_guard one(f);
        one.sent(digest_of("u", "1"));
        EXPECT_EQ(one.challenged("Digest realm=\"x\", nonce=\"2\", stale=true").step, retry_step::renew);
        EXPECT_FALSE(one.was_sent(digest_of("u", "2")));
        one.sent(digest_of("u", "2"));
        EXPECT_EQ(one.challenged("Digest realm=\"x\", nonce=\"3\"").step, retry_step::show);
        EXPECT_TRUE(one.was_sent(digest_of("u", "3")));
        EXPECT_TRUE(one.was_sent(digest_of("u", "2")));
    }
}

TEST(retry_step, names) {
    EXPECT_EQ(name_of(retry_step::answer), "answer");
    EXPECT_EQ(name_of(retry_step::renew), "renew");
    EXPECT_EQ(name_of(retry_step::continue_round), "continue round");
    EXPECT_EQ(name_of(retry_step::show), "show");
}

}  // namespace
}  // namespace authgrammar::policy
