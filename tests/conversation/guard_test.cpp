// What a guard does, one thing at a time; situations_test.cpp goes through all of them together.
#include "client.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <string>

namespace authgrammar::conversation::test {
namespace {

guard_options options_for(std::vector<offer> offers) {
    guard_options o;
    o.realm = "files";
    o.offers = std::move(offers);
    return o;
}

request get(std::string_view authorization) {
    request r{};
    r.method = "GET";
    r.target = "/index.html";
    r.credentials = authorization;
    r.secured = true;
    return r;
}
request get_without() {
    request r = get({});
    r.credentials.reset();
    return r;
}

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

TEST(guard, digest_step_by_step_and_at_once) {
    const guard g(options_for({digest_offer{}}));
    exchange x(g);
    x.check(get_without());
    const std::string challenge = all_of(x.fields(), "WWW-Authenticate");
    const std::string first = digest(challenge, {});
    ASSERT_NE(first, "");
    EXPECT_EQ(x.check(get(first)), exchange_state::pending);
    ASSERT_EQ(x.need(), exchange_need::user_secret);
    EXPECT_EQ(x.query().username, "Mufasa");
    // In the exchange, where it stays: the name as the verifier prepared it is gone by now.
    const auto* const object = reinterpret_cast<const char*>(&x);
    EXPECT_TRUE(x.query().username.data() >= object && x.query().username.data() < object + sizeof x);
    verify::user_secret secret{};
    secret.password = "Circle of Life";
    EXPECT_EQ(x.secret_is(secret), exchange_state::admitted);
    EXPECT_EQ(x.user(), "Mufasa");
    EXPECT_NE(all_of(x.fields(), "Authentication-Info").find("rspauth="), std::string::npos);

    EXPECT_EQ(x.check(get(first), host{}), exchange_state::refused) << "replayed";
    EXPECT_EQ(x.status(), 401);
    EXPECT_EQ(x.reason().code, reason_code::stale);
    EXPECT_NE(all_of(x.fields(), "WWW-Authenticate").find("stale=true"), std::string::npos);

    digest_login next{};
    next.nc = 2;
    host h;
    EXPECT_EQ(x.check(get(digest(challenge, next)), h), exchange_state::admitted);
    EXPECT_EQ(h.asked, 1);

    next.nc = 3;
    const std::string third = digest(challenge, next);
    EXPECT_EQ(x.check(get(third)), exchange_state::pending);
    EXPECT_EQ(x.no_such_user(), exchange_state::refused);
    EXPECT_EQ(x.status(), 401);
    EXPECT_EQ(x.reason().code, reason_code::wrong_credentials);
    EXPECT_EQ(all_of(x.fields(), "WWW-Authenticate").find("stale=true"), std::string::npos);
}

TEST(guard, names_the_user_whose_hash_was_sent) {
    digest_offer d{};
    d.userhash = true;
    const guard g(options_for({d}));
    exchange x(g);
    x.check(get_without());
    const std::string challenge = all_of(x.fields(), "WWW-Authenticate");
    const std::string value = digest(challenge, {});
    ASSERT_NE(value.find("userhash=true"), std::string::npos);
    EXPECT_EQ(x.check(get(value), host{}), exchange_state::admitted);
    EXPECT_EQ(x.user(), "Mufasa");

    digest_login next{};
    next.nc = 2;
    const std::string second = digest(challenge, next);
    EXPECT_EQ(x.check(get(second)), exchange_state::pending);
    ASSERT_TRUE(x.query().hashed);
    const std::string hash(x.query().username);
    verify::user_secret secret{};
    host{}.secret(x.query(), secret);
    EXPECT_EQ(x.secret_is(secret), exchange_state::admitted);
    EXPECT_EQ(x.user(), "Mufasa");

    next.nc = 3;
    const std::string third = digest(challenge, next);
    verify::hasher hashes;
    const verify::hex_hash a1 = hashes.a1(schemes::digest_algorithm::sha_256, "Mufasa", "files", "Circle of Life");
    secret = {};
    secret.a1 = a1.view();
    EXPECT_EQ(x.check(get(third)), exchange_state::pending);
    EXPECT_EQ(x.secret_is(secret), exchange_state::admitted);
    EXPECT_EQ(x.user(), hash) << "the host did not say whose";
}

TEST(guard, digest_with_the_body) {
    digest_offer d{};
    d.qop = schemes::digest_qop::auth_int;
    const guard g(options_for({d}));
    exchange x(g);
    x.check(get_without());
    digest_login login{};
    login.body_hash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    const std::string value = digest(all_of(x.fields(), "WWW-Authenticate"), login);
    ASSERT_NE(value, "");
    EXPECT_EQ(x.check(get(value)), exchange_state::pending);
    ASSERT_EQ(x.need(), exchange_need::body_hash);
    EXPECT_EQ(x.algorithm(), schemes::digest_algorithm::sha_256);
    EXPECT_EQ(x.body_hash_is(login.body_hash), exchange_state::pending);
    ASSERT_EQ(x.need(), exchange_need::user_secret);
    verify::user_secret secret{};
    secret.password = "Circle of Life";
    EXPECT_EQ(x.secret_is(secret), exchange_state::admitted);

    host h;
    h.hash = std::string(64, '0');
    x.check(get_without());
    EXPECT_EQ(x.check(get(digest(all_of(x.fields(), "WWW-Authenticate"), login)), h), exchange_state::refused)
        << "another body";
}

TEST(guard, expired_nonce_is_stale_and_one_of_the_future_is_not) {
    guard_options o = options_for({digest_offer{}});
    const guard g(o);
    exchange x(g);
    request r = get_without();
    const auto then = std::chrono::system_clock::now();
    r.now = then;
    x.check(r);
    const std::string value = digest(all_of(x.fields(), "WWW-Authenticate"), {});
    r = get(value);
    r.now = then + std::chrono::hours(1);
    EXPECT_EQ(x.check(r, host{}), exchange_state::refused);
    EXPECT_EQ(x.reason().code, reason_code::stale);
    r.now = then - std::chrono::hours(1);
    EXPECT_EQ(x.check(r, host{}), exchange_state::refused);
    EXPECT_EQ(x.reason().verify, verify::verify_code::nonce_from_the_future);
    EXPECT_EQ(x.status(), 401);
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
}

}  // namespace
}  // namespace authgrammar::conversation::test
