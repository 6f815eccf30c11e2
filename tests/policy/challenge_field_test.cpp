#include <authgrammar/authgrammar.hpp>
#include <authgrammar/policy/challenge_field.hpp>
#include <authgrammar/schemes/scheme.hpp>

#include "decision_rows.hpp"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace authgrammar::policy {
namespace {

/// "WWW-Authenticate: …", or "nothing".
std::string sent_with(const outcome& o, std::string_view offered, std::string_view used = {}) {
    inline_event_buffer<32> events;
    const auto read = parse_challenges(field::www_authenticate, offered, events);
    EXPECT_TRUE(read.has_value()) << offered;
    const auto sent = read ? challenges_to_send(o, *read, used) : std::nullopt;
    return sent ? std::string(name_of(sent->name)) + ": " + sent->value : "nothing";
}

TEST(challenge_field, holds_what_the_service_offers_in_order) {
    facts f(resource_state{}, credentials_state{});
    f.resource = resource_state::protected_resource;
    const std::string_view offered = "Digest realm=x, nonce=\"n\",, Basic realm=\"x\"";
    const std::string sent = "Digest realm=\"x\", nonce=\"n\", Basic realm=\"x\"";
    EXPECT_EQ(sent_with(decide(f).recommended, offered), "WWW-Authenticate: " + sent);
    EXPECT_EQ(sent_with(decide(f).recommended, ","), "nothing") << "no challenge, no 401";
    EXPECT_EQ(sent_with(decide(f).recommended, "A b=1, B=2"), "nothing") << "not to be written";
    f.hop = hop_role::proxy;
    EXPECT_EQ(sent_with(decide(f).recommended, offered), "Proxy-Authenticate: " + sent);
    f.credentials = credentials_state::insufficient;
    EXPECT_EQ(sent_with(decide(f).recommended, offered), "Proxy-Authenticate: " + sent) << "a 403 may have it";
    f.forbidden = refusal::network;
    EXPECT_EQ(sent_with(decide(f).recommended, offered), "nothing");
}

TEST(challenge_field, of_specs_is_that_of_what_they_write) {
    const param_spec digest[] = {{"realm", "a"}, {"nonce", "b"}, {"qop", "auth"}, {"algorithm", "SHA-256"}};
    const param_spec bearer[] = {{"realm", "a"}, {"scope", "read write"}};
    const std::vector<challenge_spec> offered{{"Digest", digest}, {"Bearer", bearer}, challenge_spec("Negotiate")};
    const std::string_view text =
        R"(Digest realm="a", nonce=b, qop=auth, algorithm=SHA-256, Bearer realm=a, scope="read write", Negotiate)";
    for (const credentials_state whose : {credentials_state::absent, credentials_state::malformed,
                                          credentials_state::invalid, credentials_state::insufficient}) {
        const decision d = decide(facts(resource_state::protected_resource, whose));
        for (const std::string_view used : {"", "Bearer", "Digest"}) {
            const auto sent = challenges_to_send(d.recommended, offered, used);
            ASSERT_TRUE(sent);
            EXPECT_EQ(std::string(name_of(sent->name)) + ": " + sent->value, sent_with(d.recommended, text, used));
        }
    }
    const outcome o = decide(facts(resource_state::protected_resource, credentials_state::absent)).recommended;
    EXPECT_EQ(challenges_to_send(o, offered.data(), 1)->value,
              R"(Digest realm="a", nonce="b", qop="auth", algorithm=SHA-256)");
    EXPECT_FALSE(challenges_to_send(o, std::vector<challenge_spec>{})) << "no challenge, no 401";
    EXPECT_FALSE(challenges_to_send(o, static_cast<const challenge_spec*>(nullptr), 3));
    challenge_spec null("Digest");
    null.param_count = 1;
    EXPECT_FALSE(challenges_to_send(o, &null, 1));
    EXPECT_FALSE(challenges_to_send(o, std::vector<challenge_spec>{challenge_spec("not a token")}));
}

// Quoted or bare as the scheme wants it, else as it is offered; realm is always quoted.
TEST(challenge_field, keeps_the_form_of_parameters) {
    facts f(resource_state{}, credentials_state{});
    f.resource = resource_state::protected_resource;
    const outcome o = decide(f).recommended;
    const std::pair<std::string_view, std::string_view> examples[] = {
        {"Digest realm=\"f\", nonce=\"a\", opaque=\"b\", qop=\"auth\", algorithm=SHA-256", ""},
        {"Digest realm=f, nonce=a, opaque=b, qop=auth, algorithm=\"SHA-256\"",
         "Digest realm=\"f\", nonce=\"a\", opaque=\"b\", qop=\"auth\", algorithm=SHA-256"},
        {"Digest realm=\"f\", nonce=\"a\", nc=\"1\"", ""},  // bare in credentials only
        {"X y=\"z\", q=r, t=\"a \\\"b\\\"\"", ""},
        {"X realm=y, Z abc==, W", "X realm=\"y\", Z abc==, W"},
    };
    for (const auto& [offered, sent] : examples) {
        EXPECT_EQ(sent_with(o, offered), "WWW-Authenticate: " + std::string(sent.empty() ? offered : sent));
    }
}

// All rows of the table, the first and the last included.
TEST(challenge_field, quotes_each_parameter_as_the_table_of_schemes_says) {
    const outcome o = decide(facts(resource_state::protected_resource, credentials_state::absent)).recommended;
    const quoting_table table = schemes::standard_quoting();
    std::size_t rows = 0;
    for (std::size_t i = 0; i < table.count; ++i) {
        const quoting& row = table.lines[i];
        const schemes::scheme_description* scheme = schemes::find_scheme(row.scheme);
        ASSERT_NE(scheme, nullptr);
        // What only a refusal says is not sent here.
        if (row.kind != field_kind::challenges || find_parameter(*scheme, row.kind, row.param)->of_refusal) continue;
        const auto offered = [&row](std::string_view value) {
            return std::string(row.scheme) + " " + std::string(row.param) + "=" + std::string(value);
        };
        const bool bare = row.form == param_form::token;
        const std::string expected = "WWW-Authenticate: " + offered(bare ? "x" : "\"x\"");
        EXPECT_EQ(sent_with(o, offered(bare ? "\"x\"" : "x")).substr(0, expected.size()), expected);
        ++rows;
    }
    EXPECT_GT(rows, 10U);
}

outcome answer_to(credentials_state c, invalid_cause cause = invalid_cause::wrong,
                  malformed_policy m = malformed_policy::as_invalid, hop_role hop = hop_role::origin) {
    facts f(resource_state::protected_resource, c);
    f.cause = cause;
    f.malformed = m;
    f.hop = hop;
    return decide(f).recommended;
}

// shows: R6750-3.1-no-error-without-token conforming
// shows: R6750-3-error-with-token conforming
// shows: R6750-3.1-invalid-token conforming
// shows: R6750-3.1-invalid-request conforming
// shows: R6750-3.1-insufficient-scope conforming
TEST(challenge_field, says_of_tokens_what_goes_with_the_status) {
    using state = credentials_state;
    const std::string bearer = "WWW-Authenticate: Bearer realm=\"x\"";
    const auto sent = [](const outcome& o) { return sent_with(o, "Bearer realm=\"x\""); };
    EXPECT_EQ(sent(answer_to(state::absent)), bearer);
    EXPECT_EQ(sent(answer_to(state::sufficient)), bearer);
    for (const invalid_cause cause :
         {invalid_cause::wrong, invalid_cause::expired, invalid_cause::revoked, invalid_cause::unknown_user}) {
        EXPECT_EQ(sent(answer_to(state::invalid, cause)), bearer + ", error=\"invalid_token\"") << "alike for all";
    }
    EXPECT_EQ(sent(answer_to(state::invalid, invalid_cause::more_authentication)),
              bearer + ", error=\"insufficient_user_authentication\"");
    EXPECT_EQ(sent(answer_to(state::invalid, invalid_cause::stale_nonce)), bearer) << "Bearer has no nonce";
    EXPECT_EQ(sent(answer_to(state::insufficient)), bearer + ", error=\"insufficient_scope\"");
    EXPECT_EQ(sent(answer_to(state::malformed)), bearer + ", error=\"invalid_token\"");
    EXPECT_EQ(sent(answer_to(state::malformed, invalid_cause::wrong, malformed_policy::bad_request)),
              bearer + ", error=\"invalid_request\"");
    EXPECT_EQ(sent(answer_to(state::invalid, invalid_cause::wrong, malformed_policy::as_invalid, hop_role::proxy)),
              "Proxy-Authenticate: Bearer realm=\"x\"")
        << "RFC 6750 has errors for 400, 401 and 403";
}

TEST(challenge_field, says_when_only_a_nonce_was_refused) {
    const outcome stale = answer_to(credentials_state::invalid, invalid_cause::stale_nonce);
    const outcome wrong = answer_to(credentials_state::invalid);
    const std::string digest = "Digest realm=\"x\", nonce=\"n\"";
    EXPECT_EQ(sent_with(stale, digest), "WWW-Authenticate: " + digest + ", stale=true");
    EXPECT_EQ(sent_with(wrong, digest), "WWW-Authenticate: " + digest) << "wrong user or password";
    EXPECT_EQ(sent_with(wrong, digest + ", stale=true"), "WWW-Authenticate: " + digest) << "which it is not";
    EXPECT_EQ(sent_with(stale, "DPoP algs=\"ES256\""),
              "WWW-Authenticate: DPoP algs=\"ES256\", error=\"use_dpop_nonce\"");
    EXPECT_EQ(error_to_send(stale, "dpop")->with, "a new nonce in the field DPoP-Nonce");
    EXPECT_EQ(error_to_send(stale, "SCRAM-SHA-256")->param, "stale");
    EXPECT_EQ(error_to_send(wrong, "Mutual")->value, "auth-failed");
    EXPECT_EQ(error_to_send(answer_to(credentials_state::absent), "Mutual")->value, "initial");
    EXPECT_FALSE(error_to_send(wrong, "Basic"));
    EXPECT_FALSE(error_to_send(wrong, "no such scheme"));
    const outcome proxy = answer_to(credentials_state::invalid, invalid_cause::stale_nonce,
                                    malformed_policy::as_invalid, hop_role::proxy);
    EXPECT_EQ(sent_with(proxy, digest), "Proxy-Authenticate: " + digest + ", stale=true");
}

// shows: R6750-3.1-no-error-without-token violating
TEST(challenge_field, an_error_belongs_to_the_scheme_that_was_used) {
    const outcome wrong = answer_to(credentials_state::invalid);
    const std::string two = "Bearer realm=\"x\", Basic realm=\"x\"";
    EXPECT_EQ(sent_with(wrong, two), "WWW-Authenticate: " + two) << "whose credentials came is not known";
    EXPECT_EQ(sent_with(wrong, two, "basic"), "WWW-Authenticate: " + two);
    EXPECT_EQ(sent_with(wrong, two, "bearer"),
              "WWW-Authenticate: Bearer realm=\"x\", error=\"invalid_token\", Basic realm=\"x\"");
    const std::string stated = "Bearer error=\"invalid_token\", error_description=\"d\", error_uri=\"u\"";
    EXPECT_EQ(sent_with(answer_to(credentials_state::absent), stated), "WWW-Authenticate: Bearer");
    EXPECT_EQ(sent_with(wrong, stated),
              "WWW-Authenticate: Bearer error_description=\"d\", error_uri=\"u\", "
              "error=\"invalid_token\"");
    EXPECT_EQ(sent_with(wrong, "DPoP error=\"invalid_dpop_proof\""),
              "WWW-Authenticate: DPoP error=\"invalid_dpop_proof\"")
        << "which says more than we know";
}

// Whatever the facts: the field is there if and only if the outcome must or may send it.
TEST(challenge_field, agrees_with_every_decision) {
    for (const facts& f : testing::all_cases()) {
        const outcome o = decide(f).recommended;
        std::string expected = "nothing";
        if (o.www_authenticate != sending::must_not) expected = "WWW-Authenticate: Negotiate";
        if (o.proxy_authenticate != sending::must_not) expected = "Proxy-Authenticate: Negotiate";
        ASSERT_EQ(sent_with(o, "Negotiate"), expected) << testing::describe(f);
    }
}

}  // namespace
}  // namespace authgrammar::policy
