// What is kept, offered and discarded.

#include "store_fixture.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace authgrammar::policy {
namespace {

using namespace testing;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

// shows: R7235-2.2-reuse conforming
// shows: R7235-4.2-realm-wide conforming
// shows: R7235-6.3-shared-root violating
// shows: R7235-4.2-realm-wide violating
TEST_F(credential_store_test, offers_what_was_accepted_within_its_space) {
    credential_store store = make();
    ASSERT_TRUE(store.remember(at("http://example.com/docs/index.html"), basic("alice")));
    EXPECT_EQ(offered(store.find(at("http://example.com/docs/other"))), "alice");
    EXPECT_EQ(offered(store.find(at("http://EXAMPLE.com:80/docs/"))), "alice");
    EXPECT_EQ(offered(store.find(at("http://example.com/neighbour/"))), "nothing");
    EXPECT_EQ(offered(store.find({"http://example.com", "r"}, "BASIC")), "alice") << "the whole realm, once it asks";
    EXPECT_EQ(offered(store.find({"http://example.com", "r"}, "Digest")), "nothing");
    EXPECT_EQ(offered(store.find({"http://example.com", "other"}, "Basic")), "nothing");
}

// shows: R7235-2.2-server-bound conforming
// shows: R7235-2.2-server-bound violating
// shows: R7235-6.1-confidentiality conforming
// shows: R7235-6.1-confidentiality violating
TEST_F(credential_store_test, offers_nothing_outside_the_server) {
    credential_store store = make();
    ASSERT_TRUE(store.remember(at("https://example.com/docs/index.html"), basic("alice")));
    for (const std::string_view uri :
         {"http://example.com/docs/", "https://example.com:8443/docs/", "https://example.com/other/",
          "https://www.example.com/docs/", "https://example.com.evil.test/docs/", "https://example.com/docs/../x",
          "https://example.com@evil.test/docs/"}) {
        EXPECT_EQ(offered(store.find(at(uri))), "nothing") << uri;
    }
    EXPECT_EQ(offered(store.find({"http://example.com", "r"}, "Basic")), "nothing");
    accepted_credentials digest;
    digest.scheme = "Digest";
    digest.realm = "r";
    digest.secret = "carol";
    digest.domain = "/a https://other.test/b";
    ASSERT_TRUE(store.remember(at("https://example.com/a/x"), digest));
    EXPECT_EQ(offered(store.find(at("https://other.test/b/x"))), "carol") << "unless the scheme says so";
    EXPECT_EQ(offered(store.find(at("https://other.test/c"))), "nothing");
}

TEST_F(credential_store_test, a_default_port_makes_no_other_server) {
    credential_store store = make();
    ASSERT_TRUE(store.remember(at("https://example.com:443/docs/x"), basic("alice")));
    ASSERT_TRUE(store.remember(at("http://example.com/docs/x"), basic("bob")));
    EXPECT_EQ(offered(store.find(at("https://example.com/docs/y"))), "alice");
    EXPECT_EQ(offered(store.find(at("http://example.com:80/docs/y"))), "bob");
    EXPECT_EQ(offered(store.find(at("http://example.com:443/docs/y"))), "nothing");
}

// Whoever lists a bank in domain neither displaces what the bank accepted nor comes before it, whatever was used last
// and whichever prefix is longer.
// shows: R7235-2.2-server-bound violating
// shows: R7235-6.1-confidentiality violating
TEST_F(credential_store_test, what_another_server_extends_here_comes_after_its_own) {
    accepted_credentials elsewhere = basic("other's");
    elsewhere.scheme = "Digest";
    elsewhere.domain = "https://bank.test/ https://bank.test/account/deep/ https://quiet.test/";
    accepted_credentials digest = basic("own digest");
    digest.scheme = "Digest";
    for (const bool own_first : {true, false}) {
        for (const accepted_credentials& own : {basic("own"), digest}) {
            credential_store store = make();
            const auto keep_own = [&] { ASSERT_TRUE(store.remember(at("https://bank.test/account/"), own)); };
            if (own_first) keep_own();
            now += seconds(1);
            ASSERT_TRUE(store.remember(at("https://other.test/"), elsewhere));
            EXPECT_EQ(offered(store.find(at("https://quiet.test/"))), "other's") << "where there is nothing else";
            if (!own_first) keep_own();
            now += seconds(1);
            EXPECT_EQ(store.size(), 2u);
            EXPECT_EQ(offered(store.find(at("https://bank.test/account/x"))), own.secret);
            EXPECT_EQ(offered(store.find(at("https://bank.test/account/deep/x"))), own.secret) << "the longer prefix";
            EXPECT_NE(offered(store.find(at("https://bank.test/elsewhere"))), "other's")
                << "out of the scope of its own";
            EXPECT_EQ(offered(store.find({"https://bank.test", "r"}, own.scheme)), own.secret);
            EXPECT_EQ(store.discard({"https://bank.test", "r"}), 1u);
            EXPECT_EQ(offered(store.find(at("https://bank.test/account/x"))), "other's") << "when there are no more";
        }
    }
    credential_store store = make();
    ASSERT_TRUE(store.remember_proxy(at("https://quiet.test/"), basic("proxy")));
    ASSERT_TRUE(store.remember(at("https://other.test/"), elsewhere));
    EXPECT_EQ(offered(store.find(at("https://quiet.test/"))), "other's") << "a proxy's are none of the server's";
}

// shows: R7235-6.1-confidentiality violating
TEST_F(credential_store_test, nothing_leaves_https_for_http) {
    credential_store store = make();
    accepted_credentials digest = basic("carol");
    digest.scheme = "Digest";
    digest.domain = "http://bank.test/ http://other.test/ https://other.test/";
    ASSERT_TRUE(store.remember(at("https://other.test/"), digest));
    EXPECT_EQ(offered(store.find(at("https://other.test/"))), "carol");
    EXPECT_EQ(offered(store.find(at("http://bank.test/"))), "nothing");
    EXPECT_EQ(offered(store.find(at("http://other.test/"))), "nothing");
    // A target that says it is not secured, and is of an https server: the root counts.
    target_uri mislabelled = at("https://liar.test/");
    mislabelled.secured = false;
    digest.domain = "http://bank.test/ /";
    ASSERT_TRUE(store.remember(mislabelled, digest));
    EXPECT_EQ(offered(store.find(at("https://liar.test/"))), "carol");
    EXPECT_EQ(offered(store.find(at("http://bank.test/"))), "nothing");
    digest.domain = "https://bank.test/";
    ASSERT_TRUE(store.remember(at("http://plain.test/"), digest));
    EXPECT_EQ(offered(store.find(at("https://bank.test/"))), "carol") << "the other way is more than it was";
}

// shows: R7235-2.2-several-realms conforming
// shows: R7235-2.2-several-realms violating
TEST_F(credential_store_test, keeps_realms_apart) {
    credential_store store = make();
    ASSERT_TRUE(store.remember(at("http://example.com/a/"), basic("alice", "one")));
    ASSERT_TRUE(store.remember(at("http://example.com/a/deep/x"), basic("bob", "two")));
    EXPECT_EQ(store.size(), 2u);
    EXPECT_EQ(offered(store.find(at("http://example.com/a/x"))), "alice");
    EXPECT_EQ(offered(store.find(at("http://example.com/a/deep/y"))), "bob") << "the longest prefix";
    EXPECT_EQ(offered(store.find({"http://example.com", "one"}, "Basic")), "alice");
}

TEST_F(credential_store_test, adds_scopes_of_the_same_and_replaces_others) {
    credential_store store = make();
    ASSERT_TRUE(store.remember(at("http://example.com/a/"), basic("alice")));
    ASSERT_TRUE(store.remember(at("http://example.com/b/"), basic("alice")));
    EXPECT_EQ(store.size(), 1u);
    EXPECT_EQ(offered(store.find(at("http://example.com/a/x"))), "alice");
    EXPECT_EQ(offered(store.find(at("http://example.com/b/x"))), "alice");
    ASSERT_TRUE(store.remember(at("http://example.com/b/"), basic("bob")));
    EXPECT_EQ(store.size(), 1u);
    EXPECT_EQ(offered(store.find(at("http://example.com/a/x"))), "nothing");
    EXPECT_EQ(offered(store.find(at("http://example.com/b/x"))), "bob");
    EXPECT_EQ(memory.not_wiped, 0u);
}

// What is offered may be handed back when it was accepted again.
TEST_F(credential_store_test, remembers_what_it_offered) {
    credential_store store = make();
    ASSERT_TRUE(store.remember(at("http://example.com/a/"), basic("alice")));
    const auto o = store.find(at("http://example.com/a/"));
    ASSERT_TRUE(o);
    accepted_credentials again;
    again.scheme = o->scheme;
    again.realm = *o->space->realm;
    again.secret = o->secret;
    now += hours(9);
    ASSERT_TRUE(store.remember(at("http://example.com/b/"), again));
    EXPECT_EQ(offered(store.find(at("http://example.com/b/x"))), "alice");
}

// shows: R7235-6.2-discard conforming
// shows: R7235-6.2-discard violating
TEST_F(credential_store_test, discards_one_a_space_a_host_all) {
    credential_store store = make();
    const auto fill = [&] {
        accepted_credentials bearer = basic("token");
        bearer.scheme = "Bearer";
        ASSERT_TRUE(store.remember(at("https://example.com/"), basic("alice")));
        ASSERT_TRUE(store.remember(at("https://example.com/"), bearer));
        ASSERT_TRUE(store.remember(at("https://example.com/x/"), basic("bob", "other")));
        ASSERT_TRUE(store.remember(at("http://example.com:8080/"), basic("carol")));
        ASSERT_TRUE(store.remember(at("https://[::1]/"), basic("dave")));
        ASSERT_TRUE(store.remember_proxy(at("http://example.com:3128/"), basic("proxy")));
        ASSERT_EQ(store.size(), 6u);
    };
    fill();
    EXPECT_EQ(store.discard({"https://example.com", "r"}, "basic"), 1u);
    EXPECT_EQ(offered(store.find({"https://example.com", "r"}, "Basic")), "nothing");
    EXPECT_EQ(offered(store.find({"https://example.com", "r"}, "Bearer")), "token");
    fill();
    EXPECT_EQ(store.discard({"https://example.com", "r"}), 2u);
    EXPECT_EQ(offered(store.find(at("https://example.com/x/"))), "bob");
    fill();
    EXPECT_EQ(store.discard_host("Example.COM"), 4u);
    EXPECT_EQ(offered(store.find(at("https://[::1]/"))), "dave");
    EXPECT_EQ(offered(store.find_proxy(at("http://example.com:3128"))), "proxy") << "kept apart";
    EXPECT_EQ(store.discard_proxy(at("http://example.com:3128/")), 1u);
    EXPECT_EQ(store.discard_host("[::1]"), 1u);
    accepted_credentials digest = basic("erin");
    digest.scheme = "Digest";
    digest.domain = "/ https://other.test:8443/";
    ASSERT_TRUE(store.remember(at("https://example.org/"), digest));
    EXPECT_EQ(store.discard_host("other.test"), 1u);
    EXPECT_EQ(offered(store.find(at("https://other.test:8443/"))), "nothing") << "what holds there is of that host";
    fill();
    EXPECT_EQ(store.discard_all(), 6u);
    EXPECT_EQ(store.size(), 0u);
    EXPECT_EQ(store.bytes(), 0u);
    EXPECT_EQ(memory.held, 0u);
    EXPECT_GT(memory.given_back, 0u);
    EXPECT_EQ(memory.not_wiped, 0u) << "memory was given back with something in it";
}

// shows: R7235-4.3-next-hop conforming
TEST_F(credential_store_test, proxies_are_kept_apart) {
    credential_store store = make();
    ASSERT_TRUE(store.remember_proxy(at("http://proxy.test:3128/"), basic("proxy")));
    EXPECT_EQ(offered(store.find(at("http://proxy.test:3128/"))), "nothing");
    EXPECT_EQ(offered(store.find({"http://proxy.test:3128", "r"}, "Basic")), "nothing");
    ASSERT_TRUE(store.remember(at("http://example.com/"), basic("alice")));
    EXPECT_EQ(offered(store.find_proxy(at("http://example.com/"))), "nothing");
    EXPECT_EQ(offered(store.find_proxy(at("http://PROXY.test:3128/any/path"))), "proxy");
    EXPECT_EQ(store.discard({"http://proxy.test:3128", "r"}), 0u);
    EXPECT_EQ(store.discard_host("proxy.test"), 0u);
    EXPECT_EQ(store.discard_all(), 2u);
}

TEST_F(credential_store_test, of_several_the_longest_prefix_and_then_the_last_used) {
    credential_store store = make();
    const auto pass = [&] { now += seconds(1); };
    ASSERT_TRUE(store.remember(at("http://e.test/a/b/"), basic("deep", "one")));
    pass();
    ASSERT_TRUE(store.remember(at("http://e.test/a/"), basic("late", "two")));
    EXPECT_EQ(offered(store.find(at("http://e.test/a/b/c"))), "deep") << "used earlier, and longer";
    pass();
    ASSERT_TRUE(store.remember(at("http://e.test/a/"), basic("later", "three")));
    EXPECT_EQ(offered(store.find(at("http://e.test/a/x"))), "later");
    pass();
    EXPECT_EQ(offered(store.find({"http://e.test", "two"}, "Basic")), "late");
    EXPECT_EQ(offered(store.find(at("http://e.test/a/x"))), "late") << "to be offered is to be used";
    pass();
    EXPECT_EQ(offered(store.find(at("http://e.test/a/b/c"))), "deep");
    ASSERT_TRUE(store.remember_proxy(at("http://p.test/"), basic("first", "one")));
    pass();
    ASSERT_TRUE(store.remember_proxy(at("http://p.test/"), basic("second", "two")));
    EXPECT_EQ(offered(store.find_proxy(at("http://p.test/"))), "second");
    ASSERT_TRUE(store.remember_proxy(at("http://q.test/"), basic("other")));
    EXPECT_EQ(offered(store.find_proxy(at("http://p.test/"))), "second") << "another proxy's are later, and another's";
    pass();
    ASSERT_TRUE(store.remember_proxy(at("http://p.test/"), basic("first", "one")));
    EXPECT_EQ(offered(store.find_proxy(at("http://p.test/"))), "first");
}

TEST_F(credential_store_test, offers_space_scheme_and_secret) {
    credential_store store = make();
    ASSERT_TRUE(store.remember(at("http://e.test/a/"), basic("alice")));
    for (const auto& o : {store.find(at("http://e.test/a/")), store.find({"http://e.test", "r"}, "Basic")}) {
        ASSERT_TRUE(o);
        EXPECT_EQ(*o->space, (protection_space{"http://e.test", "r"}));
        EXPECT_EQ(o->scheme, "basic");
        EXPECT_EQ(o->secret, "alice");
    }
}

// Digest says anew where its credentials hold; Basic only adds to it.
TEST_F(credential_store_test, a_domain_replaces_the_one_before) {
    credential_store store = make();
    accepted_credentials digest = basic("carol");
    digest.scheme = "Digest";
    digest.domain = "/a/";
    ASSERT_TRUE(store.remember(at("http://e.test/"), digest));
    digest.domain = "/b/";
    ASSERT_TRUE(store.remember(at("http://e.test/"), digest));
    EXPECT_EQ(store.size(), 1u);
    EXPECT_EQ(offered(store.find(at("http://e.test/a/"))), "nothing");
    EXPECT_EQ(offered(store.find(at("http://e.test/b/"))), "carol");
}

TEST_F(credential_store_test, of_the_scopes_of_one_entry_the_longest) {
    credential_store store = make();
    accepted_credentials digest = basic("carol");
    digest.scheme = "Digest";
    digest.domain = "/a/ /a/b/c/";
    ASSERT_TRUE(store.remember(at("http://e.test/a/b/"), basic("alice")));
    ASSERT_TRUE(store.remember(at("http://e.test/"), digest));
    EXPECT_EQ(offered(store.find(at("http://e.test/a/b/c/d"))), "carol");
    EXPECT_EQ(offered(store.find(at("http://e.test/a/b/d"))), "alice");
    EXPECT_EQ(offered(store.find(at("http://e.test/a/d"))), "carol");
}

TEST_F(credential_store_test, a_host_is_that_of_the_space_or_of_a_scope) {
    credential_store store = make();
    accepted_credentials digest = basic("carol");
    digest.scheme = "Digest";
    digest.domain = "https://other.test/";
    ASSERT_TRUE(store.remember(at("https://e.test/"), digest));
    EXPECT_EQ(store.discard_host("e.test"), 1u) << "though they hold elsewhere only";
    ASSERT_TRUE(store.remember(at("https://e.test/"), digest));
    EXPECT_EQ(store.discard_host("other.test"), 1u);
}

TEST_F(credential_store_test, whatever_was_kept_first) {
    for (const bool proxy_first : {false, true}) {
        credential_store store = make();
        if (proxy_first) {
            ASSERT_TRUE(store.remember_proxy(at("http://e.test/"), basic("proxy")));
        }
        ASSERT_TRUE(store.remember(at("http://e.test/"), basic("server")));
        if (!proxy_first) {
            ASSERT_TRUE(store.remember_proxy(at("http://e.test/"), basic("proxy")));
        }
        EXPECT_EQ(offered(store.find(at("http://e.test/"))), "server");
        EXPECT_EQ(offered(store.find({"http://e.test", "r"}, "Basic")), "server");
        EXPECT_EQ(offered(store.find_proxy(at("http://e.test/"))), "proxy");
    }
}

TEST_F(credential_store_test, a_server_and_a_proxy_of_one_root_are_two) {
    credential_store store = make();
    ASSERT_TRUE(store.remember(at("http://e.test/"), basic("server")));
    ASSERT_TRUE(store.remember_proxy(at("http://e.test/"), basic("proxy")));
    EXPECT_EQ(store.size(), 2u);
    EXPECT_EQ(offered(store.find(at("http://e.test/"))), "server");
    EXPECT_EQ(offered(store.find_proxy(at("http://e.test/"))), "proxy");
    EXPECT_EQ(store.discard_proxy(at("http://f.test/")), 0u);
    EXPECT_EQ(store.discard({"http://e.test", "r"}, "Basic"), 1u);
    EXPECT_EQ(store.size(), 1u);
    accepted_credentials digest = basic("digest");
    digest.scheme = "Digest";
    digest.domain = "/elsewhere/";
    ASSERT_TRUE(store.remember_proxy(at("http://g.test/x/"), digest));
    EXPECT_EQ(offered(store.find_proxy(at("http://g.test/"))), "digest") << "a domain is not for proxies";
    EXPECT_EQ(store.discard({"http://g.test", "r"}, "Digest"), 0u);
}

TEST_F(credential_store_test, discards_what_is_named_only) {
    credential_store store = make();
    ASSERT_TRUE(store.remember(at("http://e.test/"), basic("alice", "one")));
    ASSERT_TRUE(store.remember(at("http://e.test/"), basic("bob", "two")));
    EXPECT_EQ(store.discard({"http://e.test", "one"}, "Digest"), 0u);
    EXPECT_EQ(store.discard({"http://e.test", "three"}, "Basic"), 0u);
    EXPECT_EQ(store.discard({"https://e.test", "one"}), 0u);
    EXPECT_EQ(store.discard({"http://e.test", "one"}, "BASIC"), 1u);
    EXPECT_EQ(offered(store.find({"http://e.test", "two"}, "Basic")), "bob");
    ASSERT_TRUE(store.remember(at("https://[2001:db8::1]:8443/"), basic("carol")));
    for (const std::string_view host : {"e.test:80", "test", "", "[", "[2001", "2001:db8::1", "[2001:db8::1]:8443"}) {
        EXPECT_EQ(store.discard_host(host), 0u) << host;
    }
    EXPECT_EQ(store.discard_host("[2001:DB8::1]"), 1u);
    EXPECT_EQ(store.discard_host("e.test"), 1u);
}

TEST_F(credential_store_test, schemes_have_no_case) {
    credential_store store = make();
    for (int a = 0; a < 256; ++a) {
        const char kept = static_cast<char>(a);
        accepted_credentials credentials = basic("x");
        credentials.scheme = {&kept, 1};
        ASSERT_TRUE(store.remember(at("http://e.test/"), credentials));
        for (int b = 0; b < 256; ++b) {
            const char asked = static_cast<char>(b);
            const bool letters = (a | 0x20) >= 'a' && (a | 0x20) <= 'z';
            const bool equal = a == b || (letters && (a ^ b) == 0x20);
            ASSERT_EQ(store.find({"http://e.test", "r"}, {&asked, 1}).has_value(), equal) << a << ' ' << b;
        }
        ASSERT_EQ(store.discard_all(), 1u);
    }
}

}  // namespace
}  // namespace authgrammar::policy
