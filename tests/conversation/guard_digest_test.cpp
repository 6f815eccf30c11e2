// What a guard does for Digest, and with secrets of users.
#include "client.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <string_view>
#include <utility>

namespace authgrammar::conversation::test {
namespace {

/// A host that knows secrets, by what they are.
struct secret_host {
    bool secret(const verify::user_query& query, verify::user_secret& found) noexcept {
        found = known;
        return !query.hashed && query.username == "Mufasa" && query.realm == "files" &&
               query.algorithm == schemes::digest_algorithm::sha_256;
    }
    verify::user_secret known;
};

TEST(guard_of_digest, a_secret_does_for_basic_too) {
    basic_offer octets{};
    octets.utf8 = false;
    const guard g(options_for({octets, digest_offer{}}));
    const guard basic_alone(options_for({octets}));
    verify::hasher hashes;
    const verify::hex_hash a1 = hashes.a1(schemes::digest_algorithm::sha_256, "Mufasa", "files", "Circle of Life");
    verify::user_secret password{};
    password.password = "Circle of Life";
    verify::user_secret hash{};
    hash.a1 = a1.view();
    verify::user_secret no_hash{};
    no_hash.a1 = "Circle of Life";
    for (const guard* of : {&g, &basic_alone}) {
        exchange x(*of);
        const auto admits = [&](std::string_view user, std::string_view given, const verify::user_secret& known) {
            const std::string value = basic(user, given);
            return x.check(get(value), secret_host{known}) == exchange_state::admitted;
        };
        for (const verify::user_secret& known : {password, hash}) {
            EXPECT_TRUE(admits("Mufasa", "Circle of Life", known));
            EXPECT_FALSE(admits("Mufasa", "circle of life", known));
            EXPECT_FALSE(admits("Mufasa", "", known));
            EXPECT_FALSE(admits("Scar", "Circle of Life", known));
        }
        EXPECT_FALSE(admits("Mufasa", "", {})) << "no secret is none";
        EXPECT_FALSE(admits("Mufasa", "Circle of Life", {}));
        EXPECT_FALSE(admits("Mufasa", "Circle of Life", no_hash));
    }
}

TEST(guard_of_digest, digest_step_by_step_and_at_once) {
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

TEST(guard_of_digest, names_the_user_as_sent_if_no_hash_was_sent) {
    struct renaming_host {
        bool secret(const verify::user_query&, verify::user_secret& found) noexcept {
            found.username = "Scar";  // only for a query by hash
            found.password = "Circle of Life";
            return true;
        }
    };
    const guard g(options_for({digest_offer{}}));
    exchange x(g);
    x.check(get_without());
    const std::string value = digest(all_of(x.fields(), "WWW-Authenticate"), {});
    EXPECT_EQ(x.check(get(value), renaming_host{}), exchange_state::admitted);
    EXPECT_EQ(x.user(), "Mufasa");
}

TEST(guard_of_digest, names_the_user_whose_hash_was_sent) {
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

// What is bound to the realm alone could be replayed at the other hop.
TEST(guard_of_digest, a_nonce_is_of_one_hop) {
    guard_options at_origin = options_for({digest_offer{}});
    at_origin.nonce_key = verify::nonce_key::from("0123456789abcdef");
    guard_options at_proxy = at_origin;
    at_proxy.hop = policy::hop_role::proxy;
    const guard origin(at_origin);
    const guard proxy(at_proxy);
    exchange at(origin);
    exchange through(proxy);
    at.check(get_without());
    const std::string value = digest(all_of(at.fields(), "WWW-Authenticate"), {});
    EXPECT_EQ(through.check(get(value), host{}), exchange_state::refused);
    EXPECT_EQ(through.reason().verify, verify::verify_code::nonce_foreign);
    EXPECT_EQ(at.check(get(value), host{}), exchange_state::admitted);
    digest_login login{};
    login.proxy = true;
    through.check(get_without());
    const std::string for_proxy = digest(all_of(through.fields(), "Proxy-Authenticate"), login);
    EXPECT_EQ(at.check(get(for_proxy), host{}), exchange_state::refused);
    EXPECT_EQ(at.reason().verify, verify::verify_code::nonce_foreign);
    EXPECT_EQ(through.check(get(for_proxy), host{}), exchange_state::admitted);
}

TEST(guard_of_digest, digest_with_the_body) {
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
    EXPECT_EQ(x.body_hash_is({}), exchange_state::refused);
    EXPECT_EQ(x.reason().code, reason_code::not_answered) << "no hash is no answer";
    EXPECT_EQ(x.check(get(value)), exchange_state::pending);
    EXPECT_EQ(x.body_hash_is(login.body_hash), exchange_state::pending);
    ASSERT_EQ(x.need(), exchange_need::user_secret);
    verify::user_secret secret{};
    secret.password = "Circle of Life";
    EXPECT_FALSE(x.wants_response_hash()) << "not before whoever it is is let in";
    EXPECT_FALSE(x.response_hash_is(login.body_hash));
    EXPECT_EQ(x.secret_is(secret), exchange_state::admitted);

    // rspauth covers the body of the response.
    EXPECT_EQ(all_of(x.fields(), "Authentication-Info"), "");
    EXPECT_TRUE(x.wants_response_hash());
    EXPECT_FALSE(x.response_hash_is("00")) << "no hash of the algorithm";
    EXPECT_TRUE(x.response_hash_is(std::string(64, '7')));
    EXPECT_NE(all_of(x.fields(), "Authentication-Info").find("qop=auth-int"), std::string::npos);
    EXPECT_FALSE(x.wants_response_hash());
    EXPECT_FALSE(x.response_hash_is(std::string(64, '7'))) << "once";
    EXPECT_EQ(x.fields().size(), 3u);

    host h;
    h.hash = std::string(64, '0');
    x.check(get_without());
    EXPECT_EQ(x.check(get(digest(all_of(x.fields(), "WWW-Authenticate"), login)), h), exchange_state::refused)
        << "another body";
}

TEST(guard_of_digest, the_path_of_an_absolute_target_if_told) {
    const auto verdict = [](std::string_view uri, std::string_view target, schemes::tolerances allowed) {
        digest_offer d{};
        d.allowed = allowed;
        guard_options o = options_for({d});
        o.hop = policy::hop_role::proxy;
        const guard g(o);
        exchange x(g);
        x.check(get_without());
        digest_login login{};
        login.proxy = true;
        login.target = uri;
        const std::string value = digest(all_of(x.fields(), "Proxy-Authenticate"), login);
        request r = get(value);
        r.target = target;
        x.check(r, host{});
        return x.state() == exchange_state::admitted
                   ? "in"
                   : std::to_string(x.status()) + " " + std::string(name_of(x.reason().code));
    };
    const schemes::tolerances path = schemes::tolerance::digest_uri_path;
    EXPECT_EQ(verdict("http://h/a?b", "http://h/a?b", {}), "in");
    EXPECT_EQ(verdict("/a?b", "http://h/a?b", {}), "400 other_uri") << "RFC 7616, 3.4.6: MUST be absolute";
    EXPECT_EQ(verdict("/a?b", "http://h/a?b", path), "in") << "curl";
    EXPECT_EQ(verdict("/", "http://h/", path), "in");
    for (const auto& [uri, target] : {std::pair<std::string_view, std::string_view>{"/a", "http://h/a?b"},
                                      {"/a?b", "/b?http://h/a?b"},
                                      {"/a?b", "http:/a?b"},
                                      {"/b", "http://h?/b"},
                                      {"/b", "http://h#/b"},
                                      {"/", "http://h"},
                                      {"h:80", "h:443"},
                                      {"/", "*"},
                                      {"http://h/a", "/a"},
                                      {"http://other/a", "http://h/a"}}) {
        EXPECT_EQ(verdict(uri, target, path), "400 other_uri") << uri << ' ' << target;
    }
}

TEST(guard_of_digest, a_stale_nonce_is_renewed_where_existence_is_hidden) {
    guard_options o = options_for({digest_offer{}, basic_offer{}});
    o.nonce_times.lifetime = std::chrono::minutes(1);
    const guard g(o);
    exchange x(g);
    const auto then = std::chrono::system_clock::now();
    request r = get_without();
    r.now = then;
    x.check(r);
    const std::string challenge = all_of(x.fields(), "WWW-Authenticate");
    digest_login wrong{};
    wrong.password = "?";
    const std::string right_one = digest(challenge, {});
    const std::string wrong_one = digest(challenge, wrong);
    for (const auto resource : {policy::resource_state::protected_resource, policy::resource_state::absent}) {
        for (const auto existence : {policy::existence_rule::hidden, policy::existence_rule::hidden_from_strangers}) {
            r = get(right_one);
            r.now = then + std::chrono::hours(1);
            r.resource = resource;
            r.existence = existence;
            EXPECT_EQ(x.check(r, host{}), exchange_state::refused);
            EXPECT_EQ(x.status(), 401);
            const std::string renewed = all_of(x.fields(), "WWW-Authenticate");
            EXPECT_NE(renewed.find("stale=true"), std::string::npos);
            const std::string again = digest(renewed, {});
            r.credentials = again;
            x.check(r, host{});
            EXPECT_EQ(x.status(), resource == policy::resource_state::absent ? 404 : 0);
            r.credentials = wrong_one;
            EXPECT_EQ(x.check(r, host{}), exchange_state::refused);
            EXPECT_EQ(x.status(), 404) << "nobody who has not shown the password";
        }
    }
}

TEST(guard_of_digest, nonce_of_another_time_is_stale) {
    guard_options o = options_for({digest_offer{}});
    const guard g(o);
    exchange x(g);
    request r = get_without();
    const auto then = std::chrono::system_clock::now();
    r.now = then;
    x.check(r);
    const std::string value = digest(all_of(x.fields(), "WWW-Authenticate"), {});
    for (const auto& [later, code] : {std::pair{std::chrono::hours(-1), verify::verify_code::nonce_from_the_future},
                                      std::pair{std::chrono::hours(1), verify::verify_code::nonce_expired}}) {
        r = get(value);
        r.now = then + later;
        EXPECT_EQ(x.check(r, host{}), exchange_state::refused);
        EXPECT_EQ(x.reason().code, reason_code::stale);
        EXPECT_EQ(x.reason().verify, code);
        EXPECT_EQ(x.status(), 401);
        const std::string challenge = all_of(x.fields(), "WWW-Authenticate");
        EXPECT_NE(challenge.find("stale=true"), std::string::npos);
        const std::string again = digest(challenge, {});
        r.credentials = again;
        EXPECT_EQ(x.check(r, host{}), exchange_state::admitted) << "with the new nonce";
    }
}

}  // namespace
}  // namespace authgrammar::conversation::test
