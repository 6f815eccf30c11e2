// Handshakes of several rounds, at a guard and between it and an answerer.
#include <authgrammar/conversation/answerer.hpp>

#include "client.hpp"

#include <gtest/gtest.h>

#include <string>

namespace authgrammar::conversation::test {
namespace {

TEST(rounds, offers_that_are_of_no_use) {
    const auto why = [](std::vector<offer> offers) {
        return std::string(guard(options_for(std::move(offers))).why_not());
    };
    EXPECT_EQ(why({rounds_offer{}, rounds_offer{"NTLM"}, rounds_offer{"scram-sha-256"}, basic_offer{}}), "");
    EXPECT_EQ(why({rounds_offer{"Negotiate"}, rounds_offer{"negotiate"}}), "a scheme is offered twice");
    guard_options longer = options_for({rounds_offer{"SCRAM-SHA-256"}, bearer_offer{}, basic_offer{}});
    longer.realm = std::string(2300, 'r');
    EXPECT_NE(guard(longer).why_not(), "") << "there is no room for the challenges together";
    for (const char* name : {"", "Basic", "Digest", "Bearer", "Mutual", "HOBA", "Custom", "not a token"}) {
        EXPECT_EQ(why({rounds_offer{name}}), "a scheme of rounds is none, or not known") << name;
    }
}

TEST(rounds, of_negotiate_step_by_step) {
    const guard g(options_for({rounds_offer{}, basic_offer{}}));
    exchange x(g);
    EXPECT_EQ(x.check(get_without()), exchange_state::refused);
    EXPECT_EQ(all_of(x.fields(), "WWW-Authenticate"), "Negotiate, Basic realm=\"files\", charset=\"UTF-8\"");
    EXPECT_FALSE(x.keeps_connection());

    EXPECT_EQ(x.check(get("Negotiate Zmlyc3Q=")), exchange_state::pending);
    EXPECT_EQ(x.need(), exchange_need::round);
    EXPECT_EQ(x.scheme(), "Negotiate");
    EXPECT_EQ(x.token(), "Zmlyc3Q=");
    EXPECT_EQ(x.session(), "");
    EXPECT_EQ(x.round_is({round_state::proceed, "c2VydmVy", {}, {}}), exchange_state::refused);
    EXPECT_EQ(x.status(), 401);
    EXPECT_EQ(x.reason().code, reason_code::next_round);
    EXPECT_EQ(all_of(x.fields(), "WWW-Authenticate"), "Negotiate c2VydmVy") << "and no other challenge";
    EXPECT_TRUE(x.keeps_connection());
    EXPECT_EQ(x.user(), "");

    EXPECT_EQ(x.check(get("Negotiate c2Vjb25k")), exchange_state::pending);
    EXPECT_EQ(x.round_is({round_state::established, "bGFzdA==", {}, "Mufasa"}), exchange_state::admitted);
    EXPECT_EQ(x.user(), "Mufasa");
    EXPECT_EQ(all_of(x.fields(), "WWW-Authenticate"), "Negotiate bGFzdA==");
    EXPECT_TRUE(x.keeps_connection());
    EXPECT_EQ(x.forbid(), exchange_state::refused);
    EXPECT_EQ(x.status(), 403);
    EXPECT_EQ(all_of(x.fields(), "WWW-Authenticate"), "Negotiate bGFzdA==") << "the client still checks the server";

    EXPECT_EQ(x.check(get("Negotiate c2Vjb25k")), exchange_state::pending);
    EXPECT_EQ(x.round_is({}), exchange_state::refused);
    EXPECT_EQ(x.reason().code, reason_code::wrong_credentials);
    EXPECT_EQ(all_of(x.fields(), "WWW-Authenticate"), "Negotiate, Basic realm=\"files\", charset=\"UTF-8\"");
    EXPECT_FALSE(x.keeps_connection());
}

TEST(rounds, of_scram) {
    const guard g(options_for({rounds_offer{"SCRAM-SHA-256"}}));
    exchange x(g);
    host h;
    x.check(get_without(), h);
    EXPECT_EQ(all_of(x.fields(), "WWW-Authenticate"), "SCRAM-SHA-256 realm=\"files\"");
    x.check(get(R"(SCRAM-SHA-256 realm="files", data="Zmlyc3Q=")"), h);
    EXPECT_EQ(all_of(x.fields(), "WWW-Authenticate"), "SCRAM-SHA-256 sid=AAAABBBB, data=c2VydmVy");
    EXPECT_FALSE(x.keeps_connection()) << "sid is enough (RFC 7804, 5)";
    EXPECT_EQ(x.check(get(R"(SCRAM-SHA-256 sid="AAAA\BBBB", data=c2Vjb25k)")), exchange_state::pending);
    EXPECT_EQ(x.session(), "AAAABBBB") << "unescaped";
    EXPECT_EQ(x.check(get("SCRAM-SHA-256 sid=AAAABBBB, data=c2Vjb25k"), h), exchange_state::admitted);
    EXPECT_EQ(all_of(x.fields(), "Authentication-Info"), "sid=AAAABBBB, data=\"bGFzdA==\"");
}

// A host may answer with views of the exchange.
TEST(rounds, a_verdict_that_refers_to_what_the_client_escaped) {
    const guard g(options_for({rounds_offer{"SCRAM-SHA-256"}}));
    exchange x(g);
    EXPECT_EQ(x.check(get(R"(SCRAM-SHA-256 sid="AAAA\BBBB", data="c2Vjb2\5k")")), exchange_state::pending);
    EXPECT_EQ(x.round_is({round_state::established, x.token(), x.session(), "Mufasa"}), exchange_state::admitted);
    const std::string info = "sid=AAAABBBB, data=c2Vjb25k";
    EXPECT_EQ(all_of(x.fields(), "Authentication-Info"), info);
    EXPECT_EQ(x.forbid(), exchange_state::refused);
    EXPECT_EQ(x.status(), 403);
    EXPECT_EQ(all_of(x.fields(), "Authentication-Info"), info);
}

TEST(rounds, leave_no_secret_behind) {
    const guard g(options_for({rounds_offer{"SCRAM-SHA-256"}}));
    exchange x(g);
    const auto holds = [&x](std::string_view secret) {
        const std::string_view memory(reinterpret_cast<const char*>(&x), sizeof x);
        return memory.find(secret) != std::string_view::npos;
    };
    const std::string escaped = R"(SCRAM-SHA-256 sid=AAAABBBB, data="c2VjcmV0\IHByb29m")";
    EXPECT_EQ(x.check(get(escaped)), exchange_state::pending);
    EXPECT_EQ(x.token(), "c2VjcmV0IHByb29m");
    EXPECT_TRUE(holds("c2VjcmV0IHByb29m")) << "the copy without escapes";
    x.check(get_without());
    EXPECT_FALSE(holds("c2VjcmV0IHByb29m"));
    EXPECT_FALSE(holds("HByb29m"));
}

TEST(rounds, what_a_host_says_wrongly_lets_nobody_in) {
    const guard g(options_for({rounds_offer{}, rounds_offer{"SCRAM-SHA-256"}, basic_offer{}}));
    exchange x(g);
    const auto after = [&](const round_verdict& v) {
        x.check(get("Negotiate Zmlyc3Q="));
        EXPECT_EQ(x.round_is(v), exchange_state::refused);
        EXPECT_FALSE(x.keeps_connection());
        EXPECT_TRUE(x.fields().empty());
        return std::to_string(x.status()) + " " + std::string(name_of(x.reason().code));
    };
    EXPECT_EQ(after({round_state::proceed, "", {}, {}}), "500 not_answered") << "would begin again";
    EXPECT_EQ(after({round_state::proceed, "not a token68", {}, {}}), "500 not_computable");
    EXPECT_EQ(after({round_state::proceed, std::string_view("a\r\nX: y", 7), {}, {}}), "500 not_computable");
    EXPECT_EQ(after({round_state::established, "not a token68", {}, "Mufasa"}), "500 not_computable");
    const std::string longer(9000, 'a');
    EXPECT_EQ(after({round_state::proceed, longer, {}, {}}), "500 not_computable");
    x.check(get("Negotiate Zmlyc3Q="));
    EXPECT_EQ(x.round_is({static_cast<round_state>(77), "YQ==", {}, "Mufasa"}), exchange_state::refused);
    EXPECT_EQ(x.status(), 401);

    // An answer to another question.
    x.check(get(basic("Mufasa", "?")));
    EXPECT_EQ(x.round_is({round_state::established, {}, {}, "Mufasa"}), exchange_state::refused);
    EXPECT_EQ(x.reason().code, reason_code::not_asked);
    x.check(get("Negotiate Zmlyc3Q="));
    EXPECT_EQ(x.password_is(true), exchange_state::refused);
    x.check(get("Negotiate Zmlyc3Q="));
    EXPECT_EQ(x.cannot_answer(), exchange_state::refused);
    EXPECT_EQ(x.status(), 500);
}

TEST(rounds, authenticate_a_connection) {
    const guard g(options_for({rounds_offer{}, basic_offer{}}));
    exchange x(g);
    request r = get_without();
    r.connection_user = "Mufasa";
    EXPECT_EQ(x.check(r, host{}), exchange_state::admitted);
    EXPECT_EQ(x.user(), "Mufasa");
    EXPECT_TRUE(x.keeps_connection());
    const std::string wrong = basic("Mufasa", "?");
    r.credentials = wrong;
    EXPECT_EQ(x.check(r, host{}), exchange_state::refused) << "what the request says itself counts";
    r.credentials.reset();
    r.secured = false;
    EXPECT_EQ(x.check(r, host{}), exchange_state::refused);
    EXPECT_EQ(x.status(), 403);

    for (const offer& o : {offer(basic_offer{}), offer(rounds_offer{"SCRAM-SHA-256"})}) {
        const guard other(options_for({o}));
        exchange of_other(other);
        request same = get_without();
        same.connection_user = "Mufasa";
        EXPECT_EQ(of_other.check(same, host{}), exchange_state::refused)
            << "no scheme of its authenticates connections";
    }
}

/// A client's part of the host's mechanism.
std::string_view token_after(std::string_view of_server) {
    return of_server.empty() ? host::first_round : of_server == host::server_round ? host::second_round : "";
}

TEST(rounds, between_an_answerer_and_a_guard) {
    for (const char* const scheme : {"Negotiate", "NTLM", "SCRAM-SHA-256"}) {
        for (const bool proxy : {false, true}) {
            guard_options o = options_for({rounds_offer{scheme}, basic_offer{}});
            o.hop = proxy ? policy::hop_role::proxy : policy::hop_role::origin;
            const guard g(o);
            ASSERT_EQ(g.why_not(), "");
            exchange x(g);
            host h;
            answerer client;
            const std::string_view uri = proxy ? "https://proxy.example/" : "https://example.com/";
            ASSERT_TRUE(client.add_rounds(uri, scheme));
            const client_request wanted{"GET", "https://example.com/index.html", {}, {}};
            attempt a = proxy ? client.begin_at_proxy(uri, wanted) : client.begin(wanted);
            std::string statuses;
            std::string all_sent;
            for (int i = 0; i < 6 && a.state() == attempt_state::send; ++i) {
                const std::string sent(a.credentials().value_or(""));
                request r = get_without();
                if (a.credentials()) r.credentials = sent;
                all_sent += sent + "\n";
                x.check(r, h);
                const int status = x.status() == 0 ? 200 : x.status();
                statuses += std::to_string(status) + " ";
                const std::string challenges = all_of(x.fields(), name_of(a.challenge_field()));
                const std::string info = all_of(x.fields(), name_of(a.info_field()));
                a.receive(status, field_value(challenges), field_value(info));
                if (a.state() == attempt_state::pending) a.token_is(token_after(a.token()));
            }
            EXPECT_EQ(statuses, proxy ? "407 407 200 " : "401 401 200 ") << scheme;
            EXPECT_EQ(x.user(), "Mufasa");
            EXPECT_EQ(a.state(), attempt_state::done);
            EXPECT_EQ(a.token(), host::last_round) << "for the mechanism to check the server";
            if (std::string_view(scheme) == "SCRAM-SHA-256") {
                EXPECT_EQ(all_sent,
                          "\nSCRAM-SHA-256 realm=\"files\", data=\"Zmlyc3Q=\"\n"
                          "SCRAM-SHA-256 sid=AAAABBBB, data=c2Vjb25k\n")
                    << "realm in the first round alone (RFC 7804, 5)";
            }
        }
    }
}

TEST(rounds, the_last_token_is_that_of_the_handshake) {
    const auto last = [](std::string_view scheme, std::string_view challenge, std::string_view final_challenge,
                         std::string_view info) {
        answerer client;
        client.add_rounds("https://example.com/", scheme);
        attempt a = client.begin({"GET", "https://example.com/", {}, {}});
        a.receive(401, field_value(challenge));
        a.token_is("YQ==");
        a.receive(200, field_value(final_challenge), field_value(info));
        EXPECT_EQ(a.state(), attempt_state::done);
        return std::string(a.token());
    };
    EXPECT_EQ(last("Negotiate", "Negotiate c2VydmVy", "Negotiate bGFzdA==", ""), "bGFzdA==");
    EXPECT_EQ(last("Negotiate", "Negotiate c2VydmVy", "", ""), "") << "not the one before";
    EXPECT_EQ(last("Negotiate", "Negotiate c2VydmVy", "NTLM bGFzdA==", ""), "");
    EXPECT_EQ(last("Negotiate", "Negotiate c2VydmVy", "Negotiate", ""), "");
    EXPECT_EQ(last("Negotiate", "Negotiate c2VydmVy", "\"", ""), "");
    const std::string_view scram = "SCRAM-SHA-256 sid=A, data=c2VydmVy";
    EXPECT_EQ(last("SCRAM-SHA-256", scram, "", "sid=A, data=bGFzdGx5"), "bGFzdGx5");
    EXPECT_EQ(last("SCRAM-SHA-256", scram, "", "sid=B, data=bGFzdGx5"), "") << "RFC 7804, 5: of another handshake";
    EXPECT_EQ(last("SCRAM-SHA-256", scram, "", "data=bGFzdGx5"), "");
    EXPECT_EQ(last("SCRAM-SHA-256", scram, "SCRAM-SHA-256 sid=A, data=bGFzdGx5", ""), "");
}

TEST(rounds, name_the_realm_once) {
    answerer client;
    client.add_rounds("https://example.com/", "SCRAM-SHA-256");
    attempt a = client.begin({"GET", "https://example.com/", {}, {}});
    a.receive(401, field_value(R"(SCRAM-SHA-256 realm="a \"b\"")"));
    a.token_is("YWFh");
    EXPECT_EQ(a.credentials(), R"(SCRAM-SHA-256 realm="a \"b\"", data=YWFh)");
    a.receive(401, field_value(R"(SCRAM-SHA-256 realm="a \"b\"", sid=A, data=c2VydmVy)"));
    a.token_is("YmJi");
    EXPECT_EQ(a.credentials(), "SCRAM-SHA-256 sid=A, data=YmJi");
}

TEST(rounds, what_only_looks_like_the_scheme) {
    const guard g(options_for({rounds_offer{"SCRAM-SHA-256"}}));
    exchange x(g);
    for (const std::string_view value : {"SCRAM\rSHA-256 data=YQ==",
                                         "SCRAM-SHA-\x12"
                                         "56 data=YQ==",
                                         "SCRAM-SHA-25\x16 data=YQ=="}) {
        EXPECT_EQ(x.check(get(value), host{}), exchange_state::refused);
        EXPECT_EQ(x.reason().code, reason_code::malformed);
    }
    EXPECT_EQ(x.check(get("scram-sha-256 data=\"b25seQ==\""), host{}), exchange_state::admitted);
    EXPECT_EQ(x.scheme(), "SCRAM-SHA-256");
}

TEST(rounds, of_a_server_that_refuses_come_to_an_end) {
    answerer client;
    client.add_rounds("https://example.com/", "Negotiate");
    attempt a = client.begin({"GET", "https://example.com/", {}, {}});
    int requests = 0;
    std::string token = "YQ==";
    while (a.state() == attempt_state::send && requests < 50) {
        ++requests;
        a.receive(401, field_value("Negotiate"));
        if (a.state() == attempt_state::pending) a.token_is(token);
        token[0] = static_cast<char>('a' + requests % 26);  // a mechanism's tokens differ each time
    }
    EXPECT_EQ(a.state(), attempt_state::give_up);
    EXPECT_LE(requests, 6);
}

}  // namespace
}  // namespace authgrammar::conversation::test
