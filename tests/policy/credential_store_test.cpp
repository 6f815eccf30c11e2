#include <authgrammar/policy/credential_store.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

namespace authgrammar::policy {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

target_uri at(std::string_view uri) {
    const auto target = read_target_uri(uri);
    EXPECT_TRUE(target) << uri;
    return target.value_or(target_uri{});
}

/// Memory that looks at what is given back.
class watching_memory : public std::pmr::memory_resource {
public:
    std::size_t given_back = 0;
    std::size_t not_wiped = 0;
    std::size_t held = 0;

private:
    void* do_allocate(std::size_t bytes, std::size_t alignment) override {
        held += bytes;
        return std::pmr::new_delete_resource()->allocate(bytes, alignment);
    }
    void do_deallocate(void* p, std::size_t bytes, std::size_t alignment) override {
        const char* const first = static_cast<const char*>(p);
        if (!std::all_of(first, first + bytes, [](char c) { return c == '\0'; })) ++not_wiped;
        ++given_back;
        held -= bytes;
        std::pmr::new_delete_resource()->deallocate(p, bytes, alignment);
    }
    bool do_is_equal(const memory_resource& other) const noexcept override { return this == &other; }
};

class no_memory : public std::pmr::memory_resource {
    void* do_allocate(std::size_t, std::size_t) override { throw std::bad_alloc(); }
    void do_deallocate(void*, std::size_t, std::size_t) override {}
    bool do_is_equal(const memory_resource& other) const noexcept override { return this == &other; }
};

class credential_store_test : public ::testing::Test {
protected:
    std::chrono::steady_clock::time_point now{};
    watching_memory memory;
    store_limits limits;

    credential_store make() {
        return credential_store(
            limits, [this] { return now; }, &memory);
    }
    static accepted_credentials basic(std::string_view secret, std::string_view realm = "r") {
        accepted_credentials a;
        a.scheme = "Basic";
        a.realm = realm;
        a.secret = secret;
        return a;
    }
    static std::string offered(const std::optional<offered_credentials>& o) {
        return o ? std::string(o->secret) : "nothing";
    }
};

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

// shows: R7235-2.2-reuse violating
// shows: R7235-6.2-discard conforming
TEST_F(credential_store_test, forgets_in_time) {
    limits.lifetime = hours(2);
    limits.idle_time = minutes(10);
    credential_store store = make();
    ASSERT_TRUE(store.remember(at("http://example.com/"), basic("alice")));
    now += minutes(10) - seconds(1);
    EXPECT_EQ(offered(store.find(at("http://example.com/"))), "alice");
    now += minutes(10) - seconds(1);
    EXPECT_EQ(offered(store.find(at("http://example.com/"))), "alice") << "use keeps it from idling";
    now += minutes(10);
    EXPECT_EQ(offered(store.find(at("http://example.com/"))), "nothing");
    EXPECT_EQ(store.size(), 0u);
    EXPECT_EQ(memory.held, 0u);

    ASSERT_TRUE(store.remember(at("http://example.com/"), basic("alice")));
    for (int i = 0; i < 23; ++i) {
        now += minutes(5);
        EXPECT_EQ(offered(store.find(at("http://example.com/"))), "alice");
    }
    now += minutes(5);
    EXPECT_EQ(offered(store.find(at("http://example.com/"))), "nothing") << "use does not prolong its life";

    accepted_credentials brief = basic("bob");
    brief.lifetime = seconds(5);
    ASSERT_TRUE(store.remember(at("http://example.com/"), brief));
    now += seconds(5);
    EXPECT_EQ(store.discard_expired(), 1u);
    EXPECT_EQ(memory.not_wiped, 0u);
}

TEST_F(credential_store_test, times_without_bound_are_long) {
    limits.lifetime = seconds::max();
    limits.idle_time = seconds::max();
    credential_store store = make();
    accepted_credentials long_lived = basic("alice");
    long_lived.lifetime = seconds::max();
    ASSERT_TRUE(store.remember(at("http://example.com/"), long_lived));
    now += hours(24 * 365 * 99);
    EXPECT_EQ(offered(store.find(at("http://example.com/"))), "alice");
    long_lived.lifetime = seconds::min() + seconds(1);
    ASSERT_TRUE(store.remember(at("http://example.com/"), long_lived));
    EXPECT_EQ(offered(store.find(at("http://example.com/"))), "nothing");
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

TEST_F(credential_store_test, wipes_on_destruction) {
    {
        credential_store store = make();
        ASSERT_TRUE(store.remember(at("http://example.com/"), basic("a secret that is longer than any short string")));
        EXPECT_EQ(memory.given_back, 0u);
    }
    EXPECT_EQ(memory.given_back, 1u);
    EXPECT_EQ(memory.not_wiped, 0u);
    EXPECT_EQ(memory.held, 0u);
}

TEST_F(credential_store_test, the_watch_sees_what_is_not_wiped) {
    void* const p = memory.allocate(4, 1);
    std::copy_n("left", 4, static_cast<char*>(p));
    memory.deallocate(p, 4, 1);
    EXPECT_EQ(memory.not_wiped, 1u);
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

TEST_F(credential_store_test, memory_is_bounded_and_the_least_recently_used_goes_first) {
    // "http://h0.test" twice, "/", "r", "basic" and "four" are 39 bytes.
    limits.entries = 3;
    limits.bytes = 3 * 39;
    credential_store store = make();
    const auto uri = [](int i) { return at("http://h" + std::to_string(i) + ".test/"); };
    for (int i = 0; i < 3; ++i) {
        now += seconds(1);
        ASSERT_TRUE(store.remember(uri(i), basic("four")));
    }
    now += seconds(1);
    EXPECT_EQ(offered(store.find(uri(0))), "four");
    now += seconds(1);
    ASSERT_TRUE(store.remember(uri(3), basic("four")));
    EXPECT_EQ(store.size(), 3u);
    EXPECT_EQ(offered(store.find(uri(1))), "nothing");
    EXPECT_EQ(offered(store.find(uri(0))), "four");

    EXPECT_EQ(store.bytes(), limits.bytes);

    const std::string longest(limits.bytes - 35, 's');
    ASSERT_TRUE(store.remember(uri(4), basic(longest)));
    EXPECT_EQ(store.size(), 1u);
    EXPECT_EQ(store.bytes(), limits.bytes);
    EXPECT_FALSE(store.remember(uri(4), basic(longest + "s")));
    EXPECT_FALSE(store.remember(uri(5), basic("x", longest + "s"))) << "a realm of the server's choice counts, too";
    EXPECT_FALSE(store.remember(at("http://h5.test/" + longest + "/"), basic("x"))) << "and so does a path";
    EXPECT_EQ(offered(store.find(uri(4))), longest);
    EXPECT_EQ(memory.not_wiped, 0u);
}

TEST_F(credential_store_test, the_oldest_scope_goes_first) {
    limits.scopes = 2;
    credential_store narrow = make();
    for (const std::string_view path : {"http://e.test/a/", "http://e.test/b/", "http://e.test/c/"}) {
        ASSERT_TRUE(narrow.remember(at(path), basic("x")));
    }
    EXPECT_EQ(offered(narrow.find(at("http://e.test/a/"))), "nothing");
    EXPECT_EQ(offered(narrow.find(at("http://e.test/c/"))), "x");

    limits = {};
    limits.bytes = 64;
    credential_store small = make();
    for (const std::string_view path : {"http://e.test/a/", "http://e.test/b/", "http://e.test/c/"}) {
        ASSERT_TRUE(small.remember(at(path), basic("x")));
        EXPECT_LE(small.bytes(), limits.bytes);
    }
    EXPECT_EQ(offered(small.find(at("http://e.test/a/"))), "nothing");
    EXPECT_EQ(offered(small.find(at("http://e.test/c/"))), "x");
}

TEST_F(credential_store_test, without_memory_nothing_is_kept) {
    no_memory none;
    credential_store store(
        {}, [this] { return now; }, &none);
    EXPECT_FALSE(store.remember(at("http://example.com/"), basic("alice")));
    EXPECT_EQ(store.size(), 0u);
    EXPECT_EQ(store.bytes(), 0u);
}

TEST(secret, compares_and_moves) {
    secret a("bytes");
    EXPECT_TRUE(a.equals("bytes"));
    EXPECT_FALSE(a.equals("bytez"));
    EXPECT_FALSE(a.equals("bytesbytes"));
    EXPECT_FALSE(a.equals(""));
    secret b = std::move(a);
    EXPECT_EQ(b.bytes(), "bytes");
    b.wipe();
    EXPECT_TRUE(b.equals(""));
    EXPECT_FALSE(b.equals("x"));
    EXPECT_FALSE(b.equals(std::string_view("\0", 1)));
}

}  // namespace
}  // namespace authgrammar::policy
