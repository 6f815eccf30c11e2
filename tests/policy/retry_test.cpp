#include <authgrammar/policy/retry.hpp>

#include <gtest/gtest.h>

namespace authgrammar::policy {
namespace {

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

TEST_F(retry, what_bearer_says_of_the_last_try_is_no_difference) {
    EXPECT_EQ(guard.challenged("Bearer realm=\"x\"").step, retry_step::answer);
    guard.sent("Bearer t");
    EXPECT_EQ(guard.challenged("Bearer realm=\"x\", error=\"invalid_token\"").step, retry_step::show);
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
    EXPECT_EQ(guard.challenged("").step, retry_step::show);
    EXPECT_EQ(guard.challenged("Basic realm=\"x").step, retry_step::show);
    EXPECT_EQ(guard.challenged("@").step, retry_step::show);
}

}  // namespace
}  // namespace authgrammar::policy
