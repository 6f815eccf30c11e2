// A client's answers, and both sides together.
#include <authgrammar/conversation/answerer.hpp>

#include "client.hpp"

#include <gtest/gtest.h>

#include <string>

namespace authgrammar::conversation::test {
namespace {

constexpr std::string_view uri = "https://example.com/files/a?b=c";

/// A server of one resource.
class server {
public:
    explicit server(std::vector<offer> offers, policy::hop_role hop = policy::hop_role::origin)
        : guard_(options(std::move(offers), hop)), exchange_(guard_) {}

    /// Answers a request of the attempt. Whether it was admitted.
    bool respond(const attempt& a, std::string_view method = "GET", std::string_view target = "/files/a?b=c",
                 std::string_view hash_of_body = {}) {
        const std::string sent(a.credentials().value_or(""));
        request r{};
        r.method = method;
        r.target = target;
        if (a.credentials()) r.credentials = std::string_view(sent);
        r.secured = true;
        const bool in = exchange_.check(r, host_) == exchange_state::admitted;
        if (exchange_.wants_response_hash()) exchange_.response_hash_is(hash_of_body);
        challenges_.clear();
        info_.clear();
        for (const field_to_send& f : exchange_.fields()) {
            (field_from_name(f.name) == field::authentication_info ||
                     field_from_name(f.name) == field::proxy_authentication_info
                 ? info_
                 : challenges_)
                .push_back(std::string(f.value));
        }
        return in;
    }

    /// The response, for the attempt.
    attempt_state tell(attempt& a, std::string_view hash_of_body = {}) const {
        const field_lines challenges(challenges_);
        const field_lines info(info_);
        return a.receive(exchange_.status() == 0 ? 200 : exchange_.status(), challenges.value(), info.value(),
                         hash_of_body);
    }

    [[nodiscard]] const exchange& last() const { return exchange_; }
    host& accounts() { return host_; }

private:
    static guard_options options(std::vector<offer> offers, policy::hop_role hop) {
        guard_options o;
        o.realm = "files";
        o.offers = std::move(offers);
        o.hop = hop;
        return o;
    }
    guard guard_;
    exchange exchange_;
    host host_;
    std::vector<std::string> challenges_;
    std::vector<std::string> info_;
};

client_request get() { return {"GET", uri, {}, {}}; }

/// Lets both talk until one is done. How many requests were sent.
int talk(attempt& a, server& s, bool& admitted) {
    int requests = 0;
    while (a.state() == attempt_state::send && requests < 20) {
        ++requests;
        admitted = s.respond(a);
        s.tell(a);
    }
    return requests;
}

TEST(answerer, talks_with_a_guard) {
    const std::vector<std::vector<offer>> all = {{basic_offer{}},
                                                 {digest_offer{}},
                                                 {bearer_offer{}},
                                                 {digest_offer{}, basic_offer{}},
                                                 {bearer_offer{}, digest_offer{}, basic_offer{}}};
    for (const auto& offers : all) {
        answerer client;
        ASSERT_TRUE(client.add_user("https://example.com/", "Mufasa", "Circle of Life"));
        ASSERT_TRUE(client.add_token("https://example.com/", "good"));
        server s(offers);
        bool admitted = false;
        attempt first = client.begin(get());
        EXPECT_EQ(first.credentials(), std::nullopt);
        EXPECT_EQ(talk(first, s, admitted), 2);
        EXPECT_TRUE(admitted) << name_of(s.last().reason().code) << name_of(first.why());
        EXPECT_EQ(first.state(), attempt_state::done);
        EXPECT_EQ(s.last().user(), "Mufasa");
        EXPECT_EQ(first.proof(), s.last().scheme() == "Digest" ? server_proof::right : server_proof::none);
        // What holds for this path is sent without a challenge.
        for (int i = 0; i < 3; ++i) {
            attempt next = client.begin(get());
            EXPECT_EQ(talk(next, s, admitted), 1);
            EXPECT_TRUE(admitted) << i << name_of(s.last().reason().code);
        }
        client.forget();
        attempt after = client.begin(get());
        EXPECT_EQ(talk(after, s, admitted), 2);
    }
}

TEST(answerer, prefers_the_most_secure) {
    answerer client;
    client.add_user("https://example.com/", "Mufasa", "Circle of Life");
    attempt a = client.begin(get());
    const std::string lines[] = {R"(Basic realm="r")", R"(Digest realm="r", nonce="n", qop="auth")",
                                 R"(Digest realm="r", nonce="n", qop="auth", algorithm=SHA-256)"};
    const field_lines challenges(lines);
    EXPECT_EQ(a.receive(401, challenges.value()), attempt_state::send);
    EXPECT_NE(a.credentials()->find("algorithm=SHA-256"), std::string_view::npos);
}

TEST(answerer, does_not_repeat_what_was_refused) {
    for (const offer& o : {offer(basic_offer{}), offer(digest_offer{}), offer(bearer_offer{})}) {
        answerer client;
        client.add_user("https://example.com/", "Mufasa", "wrong");
        client.add_token("https://example.com/", "bad");
        server s({o});
        attempt a = client.begin(get());
        bool admitted = false;
        EXPECT_LE(talk(a, s, admitted), 3);
        EXPECT_FALSE(admitted);
        EXPECT_EQ(a.state(), attempt_state::give_up);
        EXPECT_TRUE(a.why() == give_up_reason::already_tried || a.why() == give_up_reason::refused);
        EXPECT_EQ(a.credentials(), std::nullopt);
    }
}

give_up_reason why_not(answerer& client, std::string_view to, std::optional<std::string_view> challenge,
                       int status = 401) {
    attempt a = client.begin({"GET", to, {}, {}});
    if (a.state() == attempt_state::give_up) return a.why();
    std::optional<field_value> value;
    if (challenge) value = *challenge;
    a.receive(status, value);
    return a.state() == attempt_state::give_up ? a.why() : give_up_reason::none;
}

TEST(answerer, says_why_not) {
    answerer client;
    client.add_user("https://example.com/", "Mufasa", "Circle of Life");
    client.add_user("http://example.com/", "Mufasa", "Circle of Life");
    client.add_user("https://realm.example/", "a", "b", "mine");
    EXPECT_FALSE(client.add_user("not a uri", "a", "b"));
    EXPECT_EQ(why_not(client, uri, R"(Basic realm="r")"), give_up_reason::none);
    EXPECT_EQ(why_not(client, "not a uri", R"(Basic realm="r")"), give_up_reason::no_account);
    EXPECT_EQ(why_not(client, "https://other.example/", R"(Basic realm="r")"), give_up_reason::no_account);
    EXPECT_EQ(why_not(client, "https://example.com:8443/", R"(Basic realm="r")"), give_up_reason::no_account);
    EXPECT_EQ(why_not(client, uri, std::nullopt), give_up_reason::no_challenge);
    EXPECT_EQ(why_not(client, uri, R"(Basic realm="r)"), give_up_reason::malformed);
    EXPECT_EQ(why_not(client, uri, R"(Negotiate)"), give_up_reason::unknown_scheme);
    EXPECT_EQ(why_not(client, uri, R"(Bearer realm="r")"), give_up_reason::unknown_scheme);
    EXPECT_EQ(why_not(client, "http://example.com/", R"(Basic realm="r")"), give_up_reason::unsecured);
    EXPECT_EQ(why_not(client, "http://example.com/", R"(Digest realm="r", nonce="n", qop="auth")"),
              give_up_reason::none);
    EXPECT_EQ(why_not(client, "https://realm.example/", R"(Basic realm="mine")"), give_up_reason::none);
    EXPECT_EQ(why_not(client, "https://realm.example/", R"(Basic realm="yours")"), give_up_reason::no_account);
    EXPECT_EQ(why_not(client, uri, R"(Basic realm="r")", 407), give_up_reason::wrong_proxy_status);
}

TEST(answerer, answers_a_proxy) {
    answerer client;
    client.add_user("http://proxy.example:3128/", "Mufasa", "Circle of Life");
    server s({digest_offer{}}, policy::hop_role::proxy);
    attempt a = client.begin_at_proxy("http://proxy.example:3128/", {"CONNECT", "example.com:443", {}, {}});
    EXPECT_EQ(a.credentials_field(), field::proxy_authorization);
    EXPECT_FALSE(s.respond(a, "CONNECT", "example.com:443"));
    EXPECT_EQ(s.tell(a), attempt_state::send);
    EXPECT_TRUE(s.respond(a, "CONNECT", "example.com:443")) << name_of(s.last().reason().code);
    EXPECT_EQ(s.tell(a), attempt_state::done);
    EXPECT_EQ(a.proof(), server_proof::right);
}

TEST(answerer, a_server_that_does_not_know_the_password_is_found_out) {
    answerer client;
    client.add_user("https://example.com/", "Mufasa", "Circle of Life");
    attempt a = client.begin(get());
    a.receive(401, field_value(R"(Digest realm="r", nonce="n", qop="auth", algorithm=SHA-256)"));
    a.receive(200, std::nullopt,
              field_value(R"(rspauth="0000000000000000000000000000000000000000000000000000000000000000", qop=auth)"));
    EXPECT_EQ(a.proof(), server_proof::wrong);
    attempt next = client.begin(get());
    EXPECT_EQ(next.credentials(), std::nullopt) << "what was accepted by somebody else is not remembered";
}

TEST(answerer, uses_the_next_nonce) {
    digest_offer d{};
    d.renew_nonce = true;
    answerer client;
    client.add_user("https://example.com/", "Mufasa", "Circle of Life");
    server s({d});
    bool admitted = false;
    attempt first = client.begin(get());
    talk(first, s, admitted);
    attempt second = client.begin(get());
    ASSERT_TRUE(second.credentials());
    EXPECT_NE(second.credentials()->find("nc=00000001"), std::string_view::npos);
    EXPECT_EQ(talk(second, s, admitted), 1);
    EXPECT_TRUE(admitted);
}

TEST(answerer, passes_over_what_it_cannot_compute) {
    answerer client;
    client.add_user("https://example.com/", "Mufasa", "Circle of Life");
    attempt a = client.begin(get());
    const std::string lines[] = {R"(Digest realm="r", nonce="n", qop="auth", algorithm=SHA-3)",
                                 R"(Digest realm="r", nonce="n", qop="tomorrow", algorithm=SHA-256)",
                                 R"(Digest realm="r", nonce="n", qop="auth", algorithm=MD5)"};
    const field_lines challenges(lines);
    EXPECT_EQ(a.receive(401, challenges.value()), attempt_state::send) << name_of(a.why());
    EXPECT_NE(a.credentials()->find("algorithm=MD5"), std::string_view::npos);
}

TEST(answerer, realms_of_one_server_have_nonces_of_their_own) {
    answerer client;
    client.add_user("https://example.com/", "Mufasa", "Circle of Life");
    const auto accept = [&](std::string_view to, std::string_view challenge) {
        attempt a = client.begin({"GET", to, {}, {}});
        a.receive(401, field_value(challenge));
        a.receive(200, std::nullopt);
        EXPECT_EQ(a.state(), attempt_state::done);
    };
    accept("https://example.com/a/", R"(Digest realm="a", nonce="na", qop="auth", domain="/a/")");
    accept("https://example.com/b/", R"(Digest realm="b", nonce="nb", qop="auth", domain="/b/")");
    attempt again = client.begin({"GET", "https://example.com/a/x", {}, {}});
    ASSERT_TRUE(again.credentials());
    EXPECT_NE(again.credentials()->find("nonce=\"na\""), std::string_view::npos);
    EXPECT_NE(again.credentials()->find("nc=00000002"), std::string_view::npos);
}

TEST(answerer, computes_with_the_target_as_it_is_sent) {
    answerer client;
    client.add_user("https://example.com/", "Mufasa", "Circle of Life");
    const auto uri_for = [&](client_request r) {
        attempt a = client.begin(r);
        a.receive(401, field_value(R"(Digest realm="r", nonce="n", qop="auth")"));
        const std::string value(a.credentials().value_or(""));
        const std::size_t at = value.find("uri=\"") + 5;
        return value.substr(at, value.find('"', at) - at);
    };
    EXPECT_EQ(uri_for({"GET", "https://u@example.com:443/%7Ea/../b?c#d", {}, {}}), "/b?c");
    EXPECT_EQ(uri_for({"GET", "https://example.com/%7Ea", {}, "/%7Ea"}), "/%7Ea");
}

TEST(answerer, auth_int_by_sha_256_alone) {
    answerer client;
    client.add_user("https://example.com/", "Mufasa", "Circle of Life");
    const std::string hash(64, 'a');
    const auto answer = [&](std::string_view challenge, std::string_view body_hash) {
        attempt a = client.begin({"PUT", uri, body_hash, {}});
        a.receive(401, field_value(challenge));
        return a.state();
    };
    EXPECT_EQ(answer(R"(Digest realm="r", nonce="n", qop="auth-int", algorithm=SHA-256)", hash), attempt_state::send);
    EXPECT_EQ(answer(R"(Digest realm="r", nonce="n", qop="auth-int", algorithm=SHA-256)", ""), attempt_state::give_up);
    EXPECT_EQ(answer(R"(Digest realm="r", nonce="n", qop="auth-int", algorithm=MD5)", hash), attempt_state::give_up);
}

TEST(answerer, rspauth_covers_the_body_with_auth_int) {
    digest_offer d{};
    d.qop = schemes::digest_qop::auth_int;
    const std::string of_request(64, 'a');
    const std::string of_response(64, 'b');
    for (const std::string& seen : {of_response, std::string(64, 'c'), std::string()}) {
        server s({d});
        s.accounts().hash = of_request;
        answerer client;
        client.add_user("https://example.com/", "Mufasa", "Circle of Life");
        attempt a = client.begin({"PUT", uri, of_request, {}});
        EXPECT_FALSE(s.respond(a, "PUT"));
        s.tell(a);
        EXPECT_TRUE(s.respond(a, "PUT", "/files/a?b=c", of_response)) << name_of(s.last().reason().code);
        s.tell(a, seen);
        EXPECT_EQ(a.state(), attempt_state::done);
        EXPECT_EQ(a.proof(), seen.empty()          ? server_proof::none
                             : seen == of_response ? server_proof::right
                                                   : server_proof::wrong);
    }
}

TEST(answerer, names_fields_and_target) {
    answerer client;
    const attempt a = client.begin({"GET", "https://u@example.com:443/%7Ea/../b?c#d", {}, {}});
    EXPECT_EQ(a.target(), "/b?c");
    EXPECT_EQ(a.credentials_field(), field::authorization);
    EXPECT_EQ(a.challenge_field(), field::www_authenticate);
    EXPECT_EQ(a.info_field(), field::authentication_info);
    const attempt p = client.begin_at_proxy("http://proxy.example:3128/", {"GET", "http://example.com", {}, {}});
    EXPECT_EQ(p.target(), "http://example.com/");
    EXPECT_EQ(p.credentials_field(), field::proxy_authorization);
    EXPECT_EQ(p.challenge_field(), field::proxy_authenticate);
    EXPECT_EQ(p.info_field(), field::proxy_authentication_info);
    EXPECT_EQ(client.begin({"GET", "https://example.com/%7Ea", {}, "/%7Ea"}).target(), "/%7Ea");
}

TEST(answerer, rounds) {
    answerer client;
    client.add_rounds("https://example.com/", "Negotiate");
    attempt a = client.begin(get());
    EXPECT_EQ(a.receive(401, field_value("Negotiate")), attempt_state::pending);
    EXPECT_EQ(a.scheme(), "Negotiate");
    EXPECT_EQ(a.token(), "");
    EXPECT_EQ(a.token_is("YIIC"), attempt_state::send);
    EXPECT_EQ(a.credentials(), "Negotiate YIIC");
    EXPECT_EQ(a.receive(401, field_value("Negotiate oRQw")), attempt_state::pending);
    EXPECT_EQ(a.token(), "oRQw");
    EXPECT_EQ(a.token_is(std::nullopt), attempt_state::give_up);
}

/// What an attempt shows: state, scheme, token and credentials.
std::string shown(const attempt& a) {
    return std::string(name_of(a.state())) + " [" + std::string(a.scheme()) + "] [" + std::string(a.token()) + "] [" +
           std::string(a.credentials().value_or("")) + "]" +
           std::string(a.advice().requirement.empty() ? "" : " advice");
}

TEST(answerer, shows_nothing_of_an_earlier_step) {
    answerer client;
    client.add_rounds("https://example.com/", "Negotiate");
    client.add_user("https://example.com/", "u", "p");
    const auto begun = [&client] {
        attempt a = client.begin(get());
        EXPECT_EQ(shown(a), "send [] [] []");
        a.receive(401, field_value("Negotiate"));
        EXPECT_EQ(shown(a), "pending [Negotiate] [] [] advice");
        a.token_is("YIIC");
        EXPECT_EQ(shown(a), "send [Negotiate] [] [Negotiate YIIC] advice");
        a.receive(401, field_value("Negotiate oRQw"));
        EXPECT_EQ(shown(a), "pending [Negotiate] [oRQw] [] advice") << "not the token that was sent before";
        return a;
    };
    attempt a = begun();
    a.token_is(a.token());
    EXPECT_EQ(shown(a), "send [Negotiate] [] [Negotiate oRQw] advice");
    a.receive(200, field_value("Negotiate bGFzdA=="));
    EXPECT_EQ(shown(a), "done [Negotiate] [bGFzdA==] []");

    a = begun();
    a.token_is("YIID");
    a.receive(200, std::nullopt);
    EXPECT_EQ(shown(a), "done [Negotiate] [] []");

    a = begun();
    a.token_is(std::nullopt);
    EXPECT_EQ(shown(a), "give_up [] [] [] advice");

    a = begun();
    a.token_is("YIID");
    a.receive(401, field_value(R"(Basic realm="files")"));
    EXPECT_EQ(shown(a), "send [Basic] [] [Basic dTpw] advice") << "another scheme than before";
    a.receive(401, field_value(R"(Basic realm="files")"));
    EXPECT_EQ(shown(a), "give_up [] [] [] advice");

    a = begun();
    a.token_is("YIID");
    a.receive(401, field_value("Negotiate b1J3"));
    a.receive(401, std::nullopt);
    EXPECT_EQ(shown(a), "pending [Negotiate] [b1J3] [] advice") << "no response is expected";
    a.token_is("YIIE");
    a.receive(401, std::nullopt);
    EXPECT_EQ(shown(a), "give_up [] [] []");
}

TEST(answerer, shows_no_scheme_without_credentials) {
    answerer client;
    client.add_user("https://example.com/", "u", "p");
    EXPECT_EQ(shown(client.begin({"GET", "mailto:x", {}, {}})), "give_up [] [] []");
    const std::string hash(64, 'a');
    attempt first = client.begin({"PUT", uri, hash, {}});
    first.receive(401, field_value(R"(Digest realm="r", nonce="n", qop="auth-int", algorithm=SHA-256)"));
    EXPECT_EQ(first.scheme(), "Digest");
    first.receive(200, std::nullopt);
    EXPECT_EQ(first.scheme(), "Digest") << "accepted";
    EXPECT_EQ(first.credentials(), std::nullopt) << "nothing is to be sent any more";
    EXPECT_EQ(client.begin({"PUT", uri, hash, {}}).scheme(), "Digest");
    EXPECT_EQ(shown(client.begin({"PUT", uri, {}, {}})), "send [] [] []")
        << "not computable without the hash of the body";
}

}  // namespace
}  // namespace authgrammar::conversation::test
