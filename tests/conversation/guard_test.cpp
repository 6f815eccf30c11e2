// What a guard does, one thing at a time; situations_test.cpp goes through all of them together.
#include "client.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <string_view>
#include <utility>

namespace authgrammar::conversation::test {
namespace {

TEST(guard, says_why_it_is_of_no_use) {
    const auto why = [](guard_options o) { return std::string(guard(std::move(o)).why_not()); };
    EXPECT_EQ(why(options_for({basic_offer{}, digest_offer{}, bearer_offer{}})), "");
    EXPECT_EQ(why(options_for({})), "no scheme is offered");
    EXPECT_EQ(why(options_for({basic_offer{}, basic_offer{}})), "a scheme is offered twice");
    digest_offer none{};
    none.algorithms.clear();
    EXPECT_EQ(why(options_for({none})), "Digest is offered without an algorithm");
    digest_offer no_qop{};
    no_qop.qop = {};
    EXPECT_EQ(why(options_for({no_qop})), "Digest is offered without a quality of protection");
    digest_offer many{};
    many.algorithms.assign(9, schemes::digest_algorithm::md5);
    EXPECT_EQ(why(options_for({many})), "more challenges are offered than guard::most_challenges");
    guard_options control = options_for({basic_offer{}});
    control.realm = "a\nb";
    EXPECT_EQ(why(control), "the realm cannot be written");
    guard_options longer = options_for({bearer_offer{std::string(7000, 'x'), {}}});
    EXPECT_NE(why(longer), "");
}

TEST(guard, without_memory_for_nonces_is_of_no_use) {
    const auto why = [](std::uint32_t nonces, std::chrono::milliseconds lifetime) {
        guard_options o = options_for({digest_offer{}});
        o.nonces = nonces;
        o.nonce_times.lifetime = lifetime;
        return std::string(guard(std::move(o)).why_not());
    };
    EXPECT_EQ(why(1, std::chrono::seconds(1)), "");
    EXPECT_NE(why(0, std::chrono::seconds(1)), "");
    EXPECT_NE(why(1, std::chrono::milliseconds(999)), "");
    EXPECT_NE(why(1, std::chrono::milliseconds(-1)), "");
    EXPECT_NE(why(1, std::chrono::milliseconds::min()), "");
}

/// What is sent.
std::string bytes_of(const exchange& x) {
    std::string bytes = std::to_string(x.status());
    for (const field_to_send& f : x.fields()) bytes += "\n" + std::string(f.name) + ": " + std::string(f.value);
    return bytes;
}

// Whoever may not have a target gets the answer of one that does not exist, whatever scheme they used.
TEST(guard, a_target_hidden_from_its_user_looks_absent) {
    for (const policy::hop_role hop : {policy::hop_role::origin, policy::hop_role::gateway}) {
        for (const policy::hiding_policy hide : {policy::hiding_policy::not_found, policy::hiding_policy::challenge}) {
            guard_options o = options_for(
                {rounds_offer{}, rounds_offer{"SCRAM-SHA-256"}, digest_offer{}, bearer_offer{}, basic_offer{}});
            o.hop = hop;
            o.hide_with = hide;
            const guard g(o);
            exchange x(g);
            request r = get_without();
            x.check(r);
            digest_login login{};
            const std::string challenge = all_of(x.fields(), "WWW-Authenticate");
            for (const std::string& value :
                 {basic("Mufasa", "Circle of Life"), std::string("Bearer good"), std::string("Negotiate b25seQ=="),
                  std::string(R"(SCRAM-SHA-256 sid="AAAA\BBBB", data="c2Vjb2\5k")"), std::string("Digest")}) {
                const auto answer = [&](policy::resource_state resource, std::uint32_t nc) {
                    login.nc = nc;
                    const std::string sent = value == "Digest" ? digest(challenge, login) : value;
                    r.credentials = field_value(sent);
                    r.resource = resource;
                    r.existence = policy::existence_rule::hidden;
                    x.check(r, host{});
                    if (resource == policy::resource_state::absent) return bytes_of(x);
                    EXPECT_EQ(x.state(), exchange_state::admitted) << value;
                    x.forbid();
                    return bytes_of(x);
                };
                EXPECT_EQ(answer(policy::resource_state::protected_resource, 1),
                          answer(policy::resource_state::absent, 2))
                    << value;
            }
        }
    }
}

TEST(guard, of_no_use_lets_nobody_in) {
    const guard g(options_for({}));
    exchange x(g);
    EXPECT_EQ(x.check(get(basic("Mufasa", "Circle of Life")), host{}), exchange_state::refused);
    EXPECT_EQ(x.status(), 500);
    EXPECT_TRUE(x.fields().empty());
    EXPECT_EQ(x.reason().code, reason_code::guard_unusable);
}

TEST(guard, asks_for_credentials) {
    const guard g(options_for({digest_offer{}, bearer_offer{"read", {}}, basic_offer{}}));
    exchange x(g);
    EXPECT_EQ(x.check(get_without(), host{}), exchange_state::refused);
    EXPECT_EQ(x.status(), 401);
    EXPECT_EQ(x.reason().code, reason_code::no_credentials);
    ASSERT_EQ(x.fields().size(), 3u);
    const field_to_send* f = x.fields().begin();
    EXPECT_EQ(f[0].value.substr(0, 20), "Digest realm=\"files\"");
    EXPECT_EQ(f[1].value, "Bearer realm=\"files\", scope=\"read\"");
    EXPECT_EQ(f[2].value, "Basic realm=\"files\", charset=\"UTF-8\"");
    for (const field_to_send& line : x.fields()) EXPECT_EQ(line.name, "WWW-Authenticate");
}

TEST(guard, sends_one_line_if_told) {
    guard_options o = options_for({bearer_offer{}, basic_offer{}});
    o.one_line = true;
    const guard g(o);
    exchange x(g);
    x.check(get_without());
    ASSERT_EQ(x.fields().size(), 1u);
    EXPECT_EQ(x.fields().begin()->value, "Bearer realm=\"files\", Basic realm=\"files\", charset=\"UTF-8\"");
}

TEST(guard, has_no_line_longer_than_its_room) {
    guard_options o = options_for({bearer_offer{}, basic_offer{}});
    o.realm = std::string(2800, 'r');
    o.one_line = true;
    const guard g(o);
    ASSERT_EQ(g.why_not(), "");
    exchange x(g);
    for (const std::size_t size : {100u, 2400u, 2600u, 5000u, 5400u, 9000u}) {
        const std::string scope(size, 's');
        x.check(get("Bearer x"));
        token_verdict v{};
        v.is = token_state::step_up;
        v.scope = scope;
        EXPECT_EQ(x.token_is(v), exchange_state::refused) << size;
        EXPECT_TRUE(x.status() == 401 || (x.status() == 500 && x.reason().code == reason_code::not_computable)) << size;
        EXPECT_EQ(x.status() == 401, x.fields().size() == 1) << size;
    }
}

TEST(guard, basic_step_by_step) {
    const guard g(options_for({basic_offer{}}));
    exchange x(g);
    const std::string value = basic("Mufasa", "Circle of Life");
    EXPECT_EQ(x.check(get(value)), exchange_state::pending);
    EXPECT_EQ(x.need(), exchange_need::password_verdict);
    EXPECT_EQ(x.user(), "Mufasa");
    EXPECT_EQ(x.password(), "Circle of Life");
    EXPECT_EQ(x.password_is(true), exchange_state::admitted);
    EXPECT_EQ(x.user(), "Mufasa");
    EXPECT_EQ(x.scheme(), "Basic");
    EXPECT_EQ(x.fields().size(), 2u);
    EXPECT_EQ(all_of(x.fields(), "Vary"), "Authorization");
    EXPECT_EQ(all_of(x.fields(), "Cache-Control"), "private")
        << "what is for one user is no shared cache's (RFC 9111, 3.5)";

    EXPECT_EQ(x.check(get(value)), exchange_state::pending);
    EXPECT_EQ(x.password_is(false), exchange_state::refused);
    EXPECT_EQ(x.status(), 401);
    EXPECT_EQ(x.reason().code, reason_code::wrong_credentials);
}

TEST(guard, an_answer_to_another_question_lets_nobody_in) {
    const guard g(options_for({basic_offer{}, bearer_offer{}, digest_offer{}}));
    exchange x(g);
    token_verdict good{};
    good.is = token_state::valid;
    x.check(get(basic("Mufasa", "?")));
    EXPECT_EQ(x.token_is(good), exchange_state::refused);
    EXPECT_EQ(x.reason().code, reason_code::not_asked);
    EXPECT_EQ(x.status(), 500);
    EXPECT_EQ(x.password_is(true), exchange_state::refused) << "the question is no longer open";
    x.check(get("Bearer bad"));
    EXPECT_EQ(x.password_is(true), exchange_state::refused);
    x.check(get_without());
    EXPECT_EQ(x.password_is(true), exchange_state::refused);
    EXPECT_EQ(x.secret_is({}), exchange_state::refused);
    EXPECT_EQ(x.body_hash_is("00"), exchange_state::refused);
    EXPECT_EQ(x.forbid(), exchange_state::refused);
}

struct basic_only_host {
    bool password(std::string_view, std::string_view) noexcept { return true; }
};

TEST(guard, a_host_without_an_answer_lets_nobody_in) {
    const guard g(options_for({basic_offer{}, bearer_offer{}}));
    exchange x(g);
    EXPECT_EQ(x.check(get("Bearer good"), basic_only_host{}), exchange_state::refused);
    EXPECT_EQ(x.status(), 500);
    EXPECT_EQ(x.reason().code, reason_code::not_answered);
}

TEST(guard, bearer_errors_go_with_their_status) {
    const guard g(options_for({bearer_offer{"read", {}}}));
    exchange x(g);
    const auto sent = [&](std::string_view value) {
        x.check(get(value), host{});
        return std::to_string(x.status()) + " " + all_of(x.fields(), "WWW-Authenticate");
    };
    EXPECT_EQ(sent("Bearer bad"), R"(401 Bearer realm="files", scope="read", error="invalid_token")");
    EXPECT_EQ(sent("Bearer narrow"), R"(403 Bearer realm="files", scope="write", error="insufficient_scope")");
    EXPECT_EQ(sent("Bearer old"),
              R"(401 Bearer realm="files", scope="read", error="insufficient_user_authentication", max_age="5")");
    EXPECT_EQ(sent("Bearer a=b, c=d"), R"(400 Bearer realm="files", scope="read", error="invalid_request")");
    EXPECT_EQ(x.check(get("Bearer good"), host{}), exchange_state::admitted);
    EXPECT_EQ(x.user(), "Mufasa");
    EXPECT_EQ(x.forbid("admin"), exchange_state::refused);
    EXPECT_EQ(all_of(x.fields(), "WWW-Authenticate"),
              R"(Bearer realm="files", scope="admin", error="insufficient_scope")");
    EXPECT_EQ(x.status(), 403);

    request open = get("Bearer good");
    open.resource = policy::resource_state::public_resource;
    EXPECT_EQ(x.check(open, host{}), exchange_state::admitted);
    EXPECT_EQ(x.forbid(), exchange_state::refused) << "whoever is forbidden is not let in";
    EXPECT_EQ(x.reason().code, reason_code::contradiction);
}

TEST(guard, a_scope_of_the_host_that_cannot_be_written_is_left_out) {
    const guard g(options_for({bearer_offer{}}));
    exchange x(g);
    x.check(get("Bearer x"));
    token_verdict v{};
    v.is = token_state::insufficient_scope;
    v.scope = "a\"b";
    EXPECT_EQ(x.token_is(v), exchange_state::refused);
    EXPECT_EQ(x.status(), 403);
    EXPECT_EQ(all_of(x.fields(), "WWW-Authenticate"), R"(Bearer realm="files", error="insufficient_scope")");
}

TEST(guard, preflight_is_nobodys_admission) {
    const guard g(options_for({basic_offer{}}));
    exchange x(g);
    request r = get_without();
    r.preflight = true;
    EXPECT_EQ(x.check(r, host{}), exchange_state::preflight);
    EXPECT_EQ(x.status(), 0);
    EXPECT_TRUE(x.user().empty());
}

TEST(guard, nobody_is_forbidden_what_is_for_everybody) {
    const guard g(options_for({basic_offer{}}));
    exchange x(g);
    const std::string value = basic("Mufasa", "Circle of Life");
    request r = get(value);
    r.resource = policy::resource_state::public_resource;
    EXPECT_EQ(x.check(r, host{}), exchange_state::admitted);
    EXPECT_EQ(x.forbid(), exchange_state::refused);
    EXPECT_EQ(x.status(), 500);
    EXPECT_EQ(x.reason().code, reason_code::contradiction);
}

TEST(guard, at_a_proxy) {
    guard_options o = options_for({digest_offer{}, basic_offer{}});
    o.hop = policy::hop_role::proxy;
    const guard g(o);
    exchange x(g);
    EXPECT_EQ(x.check(get_without(), host{}), exchange_state::refused);
    EXPECT_EQ(x.status(), 407);
    digest_login login{};
    login.proxy = true;
    const std::string value = digest(all_of(x.fields(), "Proxy-Authenticate"), login);
    ASSERT_NE(value, "");
    EXPECT_EQ(x.check(get(value), host{}), exchange_state::admitted);
    EXPECT_NE(all_of(x.fields(), "Proxy-Authentication-Info"), "");
}

TEST(guard, what_is_no_enumerator_lets_nobody_in) {
    const guard g(options_for({basic_offer{}}));
    exchange x(g);
    const std::string value = basic("Mufasa", "Circle of Life");
    request r = get(value);
    r.resource = static_cast<policy::resource_state>(77);
    EXPECT_EQ(x.check(r, host{}), exchange_state::refused);
    EXPECT_EQ(x.status(), 500);
    r = get(value);
    r.existence = static_cast<policy::existence_rule>(77);
    EXPECT_EQ(x.check(r, host{}), exchange_state::refused);
    EXPECT_EQ(x.reason().code, reason_code::contradiction);
}

TEST(guard, keeps_nothing_of_the_request_before) {
    const guard g(options_for({basic_offer{}, bearer_offer{}}));
    exchange x(g);
    x.check(get(basic("Mufasa", "Circle of Life")), host{});
    EXPECT_EQ(x.user(), "Mufasa");
    x.check(get_without(), host{});
    EXPECT_EQ(x.user(), "");
    EXPECT_EQ(x.password(), "");
    EXPECT_EQ(x.token(), "");
    EXPECT_EQ(x.scheme(), "");

    x.check(get("Basic YTAw"), host{});
    EXPECT_NE(x.reason().scheme, schemes::scheme_error_code::none);
    const std::string right = basic("Mufasa", "Circle of Life");
    request absent = get(right);
    absent.resource = policy::resource_state::absent;
    EXPECT_EQ(x.check(absent, host{}), exchange_state::refused);
    EXPECT_EQ(x.reason().code, reason_code::by_resource);
    EXPECT_EQ(x.reason().scheme, schemes::scheme_error_code::none);
    EXPECT_EQ(x.reason().verify, verify::verify_code::none);
    EXPECT_TRUE(x.reason().expected.empty() && x.reason().section.empty());
}

}  // namespace
}  // namespace authgrammar::conversation::test
