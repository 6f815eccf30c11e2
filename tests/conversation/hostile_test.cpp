// What hostile peers, and hosts that do not do their part, send through a guard and an answerer: nobody is let in, everything
// is refused with a reason, and nothing is lost.
#include <authgrammar/conversation/answerer.hpp>

#include "client.hpp"

#include <cli/vectors/vector_file.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <iostream>
#include <string>

namespace authgrammar::conversation::test {
namespace {

guard_options all_schemes(policy::hop_role hop = policy::hop_role::origin) {
    guard_options o =
        options_for({rounds_offer{}, rounds_offer{"SCRAM-SHA-256"}, digest_offer{}, bearer_offer{}, basic_offer{}});
    o.hop = hop;
    return o;
}
guard_options digest_only() { return options_for({digest_offer{}}); }

/// A user whom nobody knows the password of.
struct closed_host {
    bool password(std::string_view, std::string_view) noexcept { return false; }
    bool secret(const verify::user_query&, verify::user_secret& found) noexcept {
        found.password = "another";
        return true;
    }
    token_verdict token(std::string_view) noexcept { return {}; }
    round_verdict round(const client_round&) noexcept { return {}; }
    std::string_view body_hash(schemes::digest_algorithm) noexcept { return "00"; }
};

void expect_refused(const exchange& x, const std::string& id) {
    EXPECT_EQ(x.state(), exchange_state::refused) << id;
    EXPECT_TRUE(x.status() == 400 || x.status() == 401 || x.status() == 407) << id << ' ' << x.status();
    EXPECT_NE(x.reason().code, reason_code::none) << id;
    for (const field_to_send& f : x.fields()) {
        const auto which = field_from_name(f.name);
        parse_options sender{};
        sender.language = edition::rfc9110_sender;
        EXPECT_TRUE(!which || parse(*which, f.value, event_sink{}, sender)) << id << ' ' << f.value;
    }
}

/// A vector as credentials. Whether it was refused as malformed.
bool to_guard(exchange& x, const authlint::test_vector& v) {
    const field_lines lines(v.lines);
    request r = get_without();
    r.credentials = lines.value();
    x.check(r, closed_host{});
    expect_refused(x, v.id);
    const reason_code code = x.reason().code;
    const bool too_long = x.reason().verify == verify::verify_code::too_long;
    return code == reason_code::malformed || code == reason_code::several_lines || too_long;
}

/// A vector as what a server sends: with 401 and with 200.
void to_answerer(const authlint::test_vector& v, field f) {
    const field_lines lines(v.lines);
    for (const int status : {401, 407, 200}) {
        answerer client;
        client.add_user("https://example.com/", "Mufasa", "Circle of Life");
        client.add_token("https://example.com/", "good");
        client.add_rounds("https://example.com/", "Negotiate");
        client.add_rounds("https://example.com/", "SCRAM-SHA-256");
        attempt a = client.begin({"GET", "https://example.com/", {}, {}});
        if (kind_of(f) == field_kind::info) {
            a.receive(401, field_value(R"(Digest realm="r", nonce="n", qop="auth", algorithm=SHA-256)"));
            a.receive(status, std::nullopt, lines.value());
            EXPECT_NE(a.proof(), server_proof::right) << v.id << ": nobody else knows the password";
        } else {
            a.receive(status, lines.value());
        }
        if (a.state() == attempt_state::pending) a.token_is("YQ==");
        if (a.state() == attempt_state::give_up) {
            EXPECT_NE(a.why(), give_up_reason::none) << v.id;
            EXPECT_FALSE(a.credentials()) << v.id;
        }
        const auto sent = a.credentials();
        EXPECT_TRUE(!sent || parse(field::authorization, *sent, event_sink{})) << v.id;
    }
}

TEST(hostile, every_vector_through_both) {
    const guard at_origin(all_schemes());
    const guard at_proxy(all_schemes(policy::hop_role::proxy));
    exchange origin(at_origin);
    exchange proxy(at_proxy);
    std::size_t count = 0;
    std::size_t malformed = 0;
    for (const char* name : {"cve", "peers", "rfc-examples", "w-challenges-generated", "w-credentials-generated",
                             "w-info-generated", "witness"}) {
        const authlint::vector_file file =
            authlint::read_vector_file(std::string(AUTHGRAMMAR_SOURCE_DIR "/corpus/vectors/") + name + ".json");
        for (const authlint::test_vector& v : file.vectors) {
            ++count;
            const bool refused_as_malformed = to_guard(origin, v);
            EXPECT_EQ(to_guard(proxy, v), refused_as_malformed) << v.id;
            const bool of_credentials = std::any_of(v.fields.begin(), v.fields.end(),
                                                    [](field f) { return kind_of(f) == field_kind::credentials; });
            for (const authlint::vector_expectation& e : v.expected) {
                const bool recipient =
                    std::find(e.editions.begin(), e.editions.end(), edition::rfc9110_recipient) != e.editions.end();
                if (!of_credentials || !recipient || e.valid || v.lines.size() != 1) continue;
                EXPECT_TRUE(refused_as_malformed) << v.id;
                ++malformed;
            }
            for (const field f : v.fields) {
                if (f == field::www_authenticate || f == field::authentication_info) to_answerer(v, f);
            }
        }
    }
    std::cout << "hostile: " << count << " vectors, " << malformed << " malformed credentials\n";
    EXPECT_GT(count, 500u);
    EXPECT_GT(malformed, 100u);
}

// Of the CVEs that are about meaning there is no value that shows them.

TEST(hostile, a_nonce_count_that_overflows_is_no_new_one) {  // CVE-2020-11945, CVE-2014-9749, CVE-2026-3099
    const guard g(digest_only());
    exchange x(g);
    x.check(get_without());
    const std::string challenge = all_of(x.fields(), "WWW-Authenticate");
    const auto with_count = [&](std::uint32_t nc) {
        digest_login login{};
        login.nc = nc;
        const std::string value = digest(challenge, login);
        x.check(get(value), host{});
        return x.state() == exchange_state::admitted ? "in" : std::string(name_of(x.reason().code));
    };
    EXPECT_EQ(with_count(0), "malformed") << "counting begins at 1";
    EXPECT_EQ(with_count(1), "in");
    EXPECT_EQ(with_count(0xFFFFFFFF), "in");
    EXPECT_EQ(with_count(0xFFFFFFFF), "stale");
    EXPECT_EQ(with_count(1), "stale");
    EXPECT_EQ(with_count(2), "stale") << "far behind: nobody knows";
}

TEST(hostile, credentials_are_of_one_target_and_one_proxy) {  // CVE-2017-12196, CVE-2026-7168, CVE-2026-8927
    answerer client;
    client.add_user("http://proxy-a.example:3128/", "Mufasa", "Circle of Life");
    client.add_user("http://proxy-b.example:3128/", "Mufasa", "Circle of Life");
    const client_request wanted{"GET", "http://example.com/", {}, {}};
    attempt first = client.begin_at_proxy("http://proxy-a.example:3128/", wanted);
    first.receive(407, field_value(R"(Digest realm="r", nonce="of a", qop="auth", algorithm=SHA-256)"));
    ASSERT_TRUE(first.credentials());
    first.receive(200, std::nullopt);
    EXPECT_TRUE(client.begin_at_proxy("http://proxy-a.example:3128/", wanted).credentials());
    attempt other = client.begin_at_proxy("http://proxy-b.example:3128/", wanted);
    EXPECT_EQ(other.credentials(), std::nullopt);
    EXPECT_EQ(client.begin({"GET", "http://proxy-a.example:3128/", {}, {}}).credentials(), std::nullopt);
    other.receive(407, field_value(R"(Digest realm="r", nonce="of b", qop="auth", algorithm=SHA-256)"));
    EXPECT_EQ(other.credentials()->find("of a"), std::string_view::npos);
    EXPECT_NE(other.credentials()->find("nc=00000001"), std::string_view::npos);
}

TEST(hostile, what_a_client_is_given_to_write) {  // CVE-2007-2292
    const auto why = [](std::string_view user, std::string_view password, std::string_view challenge) {
        answerer client;
        client.add_user("https://example.com/", user, password);
        attempt a = client.begin({"GET", "https://example.com/", {}, {}});
        a.receive(401, field_value(challenge));
        EXPECT_FALSE(a.credentials() && a.credentials()->find_first_of("\r\n") != std::string_view::npos);
        return a.why();
    };
    const std::string_view basic = R"(Basic realm="r")";
    const std::string_view utf8 = R"(Basic realm="r", charset="UTF-8")";
    const std::string_view digest = R"(Digest realm="r", nonce="n", qop="auth")";
    EXPECT_EQ(why("a\r\nX: y", "p", digest), give_up_reason::none) << "as username*, in percent-encoding";
    for (const std::string_view challenge : {basic, utf8}) {
        EXPECT_EQ(why("a\r\nX: y", "p", challenge), give_up_reason::not_computable) << challenge;
        EXPECT_EQ(why(std::string_view("a\0b", 3), "p", challenge), give_up_reason::not_computable) << challenge;
    }
    for (const std::string_view challenge : {basic, utf8, digest}) {
        EXPECT_EQ(why("a", "p", challenge), give_up_reason::none) << challenge;
        EXPECT_EQ(why("a", "p", std::string(challenge) + std::string(1, '\0')), give_up_reason::malformed);
    }
    for (const std::string_view challenge : {basic, utf8}) {
        EXPECT_EQ(why("a:b", "p", challenge), give_up_reason::not_computable) << "who knows where the user ends";
        EXPECT_EQ(why("a", "p\nq", challenge), give_up_reason::not_computable);
    }
    EXPECT_EQ(why("\xFF", "p", utf8), give_up_reason::not_computable);
    EXPECT_EQ(why(std::string(100'000, 'a'), "p", digest), give_up_reason::not_computable);
}

TEST(hostile, challenges_that_lack_what_they_need) {  // CVE-2025-32910, CVE-2025-32912, CVE-2025-4476, CVE-2008-3746
    const auto why = [](std::string_view challenge) {
        answerer client;
        client.add_user("https://example.com/", "Mufasa", "Circle of Life");
        attempt a = client.begin({"GET", "https://example.com/", {}, {}});
        a.receive(401, field_value(challenge));
        if (a.state() == attempt_state::send) a.receive(200, std::nullopt);
        return a.why();
    };
    EXPECT_EQ(why(R"(Digest nonce="n", qop="auth")"), give_up_reason::malformed);
    EXPECT_EQ(why(R"(Digest realm="r", qop="auth")"), give_up_reason::malformed);
    EXPECT_EQ(why(R"(Digest realm="r", nonce="n")"), give_up_reason::malformed) << "without qop";
    EXPECT_EQ(why("Digest"), give_up_reason::malformed);
    EXPECT_EQ(why("Basic"), give_up_reason::malformed);
    EXPECT_EQ(why(R"(Digest realm="r", nonce="n", qop="auth", domain="")"), give_up_reason::none);
    EXPECT_EQ(why(R"(Digest realm="r", nonce="n", qop="auth", domain="// :: \\ http:// /" )"),
              give_up_reason::malformed);
    EXPECT_EQ(why(R"(Digest realm="r", nonce="n", qop="auth", domain=")" + std::string(100'000, '/') + "\""),
              give_up_reason::none);
}

TEST(hostile, a_domain_of_others_is_none_of_the_clients) {
    answerer client;
    client.add_user("https://example.com/", "Mufasa", "Circle of Life");
    attempt a = client.begin({"GET", "https://example.com/", {}, {}});
    a.receive(401, field_value(R"(Digest realm="r", nonce="n", qop="auth", domain="https://other.example/ /a/")"));
    a.receive(200, std::nullopt);
    EXPECT_EQ(client.begin({"GET", "https://other.example/", {}, {}}).credentials(), std::nullopt);
    EXPECT_EQ(client.begin({"GET", "http://example.com/a/", {}, {}}).credentials(), std::nullopt);
    EXPECT_TRUE(client.begin({"GET", "https://example.com/a/", {}, {}}).credentials());

    answerer other;
    other.add_user("https://example.com/", "Mufasa", "Circle of Life");
    attempt b = other.begin({"GET", "https://example.com/", {}, {}});
    b.receive(401, field_value(R"(Digest realm="r", nonce="n", qop="auth", domain="https://other.example/ //x/y")"));
    b.receive(200, std::nullopt);
    EXPECT_EQ(b.state(), attempt_state::done);
    EXPECT_EQ(other.begin({"GET", "https://example.com/", {}, {}}).credentials(), std::nullopt) << "not of its space";
}

TEST(hostile, a_client_that_drops_in_the_middle) {
    const guard g(all_schemes());
    exchange x(g);
    const std::string first = basic("Mufasa", "Circle of Life");
    x.check(get(first));
    const std::uint64_t asked = x.question();
    EXPECT_NE(asked, 0u);
    {
        const std::string gone = basic("Mufasa", "of a request that is gone");
        x.check(get(gone));
    }
    const std::string of_other = basic("Scar", "?");
    x.check(get(of_other));
    EXPECT_NE(x.question(), asked) << "the answer to the first question comes late, and is dropped";
    EXPECT_EQ(x.user(), "Scar");
    EXPECT_EQ(x.password_is(false), exchange_state::refused);
    EXPECT_EQ(x.question(), 0u);
    EXPECT_EQ(x.check(get(first), host{}), exchange_state::admitted) << "nothing is lost";

    for (const std::string_view value : {"Bearer good", "Negotiate Zmlyc3Q="}) {
        exchange dropped(g);
        EXPECT_EQ(dropped.check(get(value)), exchange_state::pending);
    }
    answerer client;
    client.add_rounds("https://example.com/", "Negotiate");
    attempt a = client.begin({"GET", "https://example.com/", {}, {}});
    a.receive(401, field_value("Negotiate"));
    EXPECT_EQ(a.state(), attempt_state::pending);  // and ends here
}

/// A store that never has room, or that fails.
struct other_store {
    verify::replay_verdict says;
    verify::replay_verdict test_and_set(const verify::nonce_identity&, std::uint32_t) noexcept { return says; }
};

TEST(hostile, a_store_that_is_full) {
    for (const verify::replay_verdict says : {verify::replay_verdict::full, verify::replay_verdict::forgotten,
                                              verify::replay_verdict::seen, static_cast<verify::replay_verdict>(77)}) {
        other_store store{says};
        guard_options o = digest_only();
        o.replays = verify::replay_check(store);
        const guard g(o);
        exchange x(g);
        x.check(get_without());
        const std::string value = digest(all_of(x.fields(), "WWW-Authenticate"), {});
        EXPECT_EQ(x.check(get(value), host{}), exchange_state::refused);
        EXPECT_EQ(x.status(), 401);
        EXPECT_EQ(x.reason().code, reason_code::stale);
        EXPECT_EQ(x.user(), "Mufasa") << "named, and not let in";
        EXPECT_EQ(all_of(x.fields(), "Authentication-Info"), "");
    }
    guard_options small = digest_only();
    small.nonces = 1;
    const guard g(small);
    ASSERT_EQ(g.why_not(), "");
    exchange x(g);
    int in = 0;
    int stale = 0;
    for (int i = 0; i < 2000; ++i) {
        x.check(get_without());
        const std::string value = digest(all_of(x.fields(), "WWW-Authenticate"), {});
        if (x.check(get(value), host{}) == exchange_state::admitted) {
            ++in;
        } else {
            EXPECT_EQ(x.reason().verify, verify::verify_code::replay_store_full);
            ++stale;
        }
    }
    EXPECT_GT(in, 0);
    EXPECT_GT(stale, 0);
}

TEST(hostile, a_clock_that_goes_back) {
    const guard g(digest_only());
    exchange x(g);
    const auto noon = std::chrono::system_clock::now();
    request r = get_without();
    r.now = noon;
    x.check(r);
    const std::string value = digest(all_of(x.fields(), "WWW-Authenticate"), {});
    r = get(value);
    r.now = noon - std::chrono::milliseconds(1);
    EXPECT_EQ(x.check(r, host{}), exchange_state::refused);
    EXPECT_EQ(x.reason().code, reason_code::stale);
    EXPECT_EQ(x.reason().verify, verify::verify_code::nonce_from_the_future);
    // The client answers the new challenge, and is let in; what it was refused with before is good once the clock is right.
    const std::string again = digest(all_of(x.fields(), "WWW-Authenticate"), {});
    r = get(again);
    r.now = noon - std::chrono::milliseconds(1);
    EXPECT_EQ(x.check(r, host{}), exchange_state::admitted);
    for (const auto wrong : {std::chrono::system_clock::time_point(), std::chrono::system_clock::time_point::min(),
                             std::chrono::system_clock::time_point::max()}) {
        r = get(value);
        r.now = wrong;
        EXPECT_EQ(x.check(r, host{}), exchange_state::refused);
        EXPECT_NE(x.reason().code, reason_code::none);
    }
    r.now = noon;
    EXPECT_EQ(x.check(r, host{}), exchange_state::admitted);
}

TEST(hostile, keys_of_nonces) {
    EXPECT_FALSE(verify::nonce_key::from(""));
    EXPECT_FALSE(verify::nonce_key::from("fifteen octets."));
    EXPECT_FALSE(verify::nonce_key::from("seventeen octets."));
    EXPECT_FALSE(verify::nonce_key::from(std::string(16, '\0')));
    const auto key = verify::nonce_key::from("sixteen octets..");
    ASSERT_TRUE(key);
    guard_options o = digest_only();
    o.nonce_key = key;
    EXPECT_EQ(guard(o).why_not(), "");
    o.nonce_key = verify::nonce_key{};
    const guard zero(o);
    EXPECT_EQ(zero.why_not(), "the key of nonces is zero");
    exchange x(zero);
    EXPECT_EQ(x.check(get_without(), host{}), exchange_state::refused);
    EXPECT_EQ(x.status(), 500);
}

/// A host whose database is gone.
struct failing_host {
    bool password(std::string_view, std::string_view) noexcept { return false; }
    bool secret(const verify::user_query&, verify::user_secret& found) noexcept {
        found.a1 = "not a hash";
        return true;
    }
};

/// Says that it knows everybody, and nothing else.
struct silent_host {
    bool secret(const verify::user_query&, verify::user_secret&) noexcept { return true; }
};

TEST(hostile, a_secret_that_nobody_filled_in_is_no_empty_password) {
    digest_offer d{};
    d.utf8 = false;
    const guard g(options_for({d}));
    exchange x(g);
    x.check(get_without());
    digest_login login{};
    login.password = "";
    const std::string value = digest(all_of(x.fields(), "WWW-Authenticate"), login);
    ASSERT_NE(value, "");
    EXPECT_EQ(x.check(get(value), silent_host{}), exchange_state::refused);
    EXPECT_EQ(x.reason().code, reason_code::wrong_credentials);
    EXPECT_EQ(x.check(get(value)), exchange_state::pending);
    EXPECT_EQ(x.secret_is({}), exchange_state::refused);
}

/// Uses the exchange that asks it for another request, whose password is wrong.
struct meddling_host {
    bool password(std::string_view user, std::string_view) noexcept {
        if (user == "Scar") return false;
        x->check(get(other));
        return true;
    }
    exchange* x;
    std::string other = basic("Scar", "wrong");
};

TEST(hostile, a_host_that_uses_the_exchange_that_asks_it) {
    const guard g(options_for({basic_offer{}}));
    exchange x(g);
    EXPECT_EQ(x.check(get(basic("Mufasa", "Circle of Life")), meddling_host{&x}), exchange_state::refused);
    EXPECT_EQ(x.reason().code, reason_code::not_asked);
}

TEST(hostile, a_host_that_fails) {
    const guard g(digest_only());
    exchange x(g);
    x.check(get_without());
    const std::string value = digest(all_of(x.fields(), "WWW-Authenticate"), {});
    EXPECT_EQ(x.check(get(value), failing_host{}), exchange_state::refused);
    EXPECT_EQ(x.reason().code, reason_code::wrong_credentials);
    EXPECT_EQ(x.check(get(value)), exchange_state::pending);
    EXPECT_EQ(x.cannot_answer(), exchange_state::refused);
    EXPECT_EQ(x.status(), 500);
    EXPECT_TRUE(x.fields().empty());
    EXPECT_EQ(x.check(get(value), host{}), exchange_state::admitted) << "the nonce is not used up";
}

}  // namespace
}  // namespace authgrammar::conversation::test
