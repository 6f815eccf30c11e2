#include <authgrammar/authgrammar.hpp>
#include <authgrammar/policy/challenge_field.hpp>

#include "decision_rows.hpp"

#include <gtest/gtest.h>

#include <utility>

namespace authgrammar::policy {
namespace {

/// "WWW-Authenticate: …", or "nothing".
std::string sent_with(const outcome& o, std::string_view offered) {
    inline_event_buffer<32> events;
    const auto read = parse_challenges(field::www_authenticate, offered, events);
    EXPECT_TRUE(read.has_value()) << offered;
    const auto sent = read ? challenges_to_send(o, *read) : std::nullopt;
    return sent ? std::string(name_of(sent->name)) + ": " + sent->value : "nothing";
}

TEST(challenge_field, holds_what_the_service_offers_in_order) {
    facts f(resource_state{}, credentials_state{});
    f.resource = resource_state::protected_resource;
    const std::string_view offered = "Digest realm=x, nonce=\"n\",, Basic realm=\"x\"";
    const std::string sent = "Digest realm=\"x\", nonce=\"n\", Basic realm=\"x\"";
    EXPECT_EQ(sent_with(decide(f).answer.recommended, offered), "WWW-Authenticate: " + sent);
    EXPECT_EQ(sent_with(decide(f).answer.recommended, ","), "nothing") << "no challenge, no 401";
    EXPECT_EQ(sent_with(decide(f).answer.recommended, "A b=1, B=2"), "nothing") << "not to be written";
    f.hop = hop_role::proxy;
    EXPECT_EQ(sent_with(decide(f).answer.recommended, offered), "Proxy-Authenticate: " + sent);
    f.credentials = credentials_state::insufficient;
    EXPECT_EQ(sent_with(decide(f).answer.recommended, offered), "Proxy-Authenticate: " + sent) << "a 403 may have it";
    f.forbidden = refusal::network;
    EXPECT_EQ(sent_with(decide(f).answer.recommended, offered), "nothing");
}

// Quoted or bare as the scheme wants it, else as it is offered; realm is always quoted.
TEST(challenge_field, keeps_the_form_of_parameters) {
    facts f(resource_state{}, credentials_state{});
    f.resource = resource_state::protected_resource;
    const outcome o = decide(f).answer.recommended;
    const std::pair<std::string_view, std::string_view> examples[] = {
        {"Digest realm=\"f\", nonce=\"a\", opaque=\"b\", qop=\"auth\", algorithm=SHA-256", ""},
        {"Digest realm=f, nonce=a, opaque=b, qop=auth, algorithm=\"SHA-256\", stale=\"true\"",
         "Digest realm=\"f\", nonce=\"a\", opaque=\"b\", qop=\"auth\", algorithm=SHA-256, stale=true"},
        {"X y=\"z\", q=r, t=\"a \\\"b\\\"\"", ""},
        {"X realm=y, Z abc==, W", "X realm=\"y\", Z abc==, W"},
    };
    for (const auto& [offered, sent] : examples) {
        EXPECT_EQ(sent_with(o, offered), "WWW-Authenticate: " + std::string(sent.empty() ? offered : sent));
    }
}

// Whatever the facts: the field is there if and only if the outcome must or may send it.
TEST(challenge_field, agrees_with_every_decision) {
    for (const facts& f : testing::all_cases()) {
        const outcome o = decide(f).answer.recommended;
        std::string expected = "nothing";
        if (o.www_authenticate != sending::must_not) expected = "WWW-Authenticate: Negotiate";
        if (o.proxy_authenticate != sending::must_not) expected = "Proxy-Authenticate: Negotiate";
        ASSERT_EQ(sent_with(o, "Negotiate"), expected) << testing::describe(f);
    }
}

}  // namespace
}  // namespace authgrammar::policy
