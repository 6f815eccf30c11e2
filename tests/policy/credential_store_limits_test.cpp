// How long, how much, and in what memory.

#include "store_fixture.hpp"

#include <algorithm>
#include <chrono>
#include <new>
#include <optional>
#include <string>
#include <string_view>

namespace authgrammar::policy {
namespace {

using namespace testing;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

class no_memory : public std::pmr::memory_resource {
    void* do_allocate(std::size_t, std::size_t) override { throw std::bad_alloc(); }
    void do_deallocate(void*, std::size_t, std::size_t) override {}
    bool do_is_equal(const memory_resource& other) const noexcept override { return this == &other; }
};

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

TEST_F(credential_store_test, times_are_met_exactly) {
    const auto start = now;
    const auto alive_after = [&](std::chrono::seconds time, std::optional<seconds> lifetime = {}) {
        now = start;
        credential_store store = make();
        accepted_credentials a = basic("alice");
        a.lifetime = lifetime;
        EXPECT_TRUE(store.remember(at("http://e.test/"), a));
        now += time;
        return store.find(at("http://e.test/")).has_value();
    };
    constexpr hours century(24 * 365 * 100);
    limits.idle_time = seconds::max();
    limits.lifetime = seconds::max();
    EXPECT_TRUE(alive_after(century - seconds(1)));
    EXPECT_FALSE(alive_after(century));
    EXPECT_TRUE(alive_after(century - seconds(1), seconds::max()));
    EXPECT_FALSE(alive_after(century, seconds::max()));
    limits.lifetime = seconds(10);
    EXPECT_TRUE(alive_after(seconds(9)));
    EXPECT_FALSE(alive_after(seconds(10)));
    EXPECT_FALSE(alive_after(seconds(10), seconds(11))) << "the shorter one counts";
    EXPECT_FALSE(alive_after(seconds(9), seconds(9)));
    EXPECT_FALSE(alive_after(seconds(0), seconds(-1)));
    limits.lifetime = seconds(-1);
    EXPECT_FALSE(alive_after(seconds(0)));
    limits.lifetime = hours(1);
    limits.idle_time = seconds(5);
    EXPECT_TRUE(alive_after(seconds(4)));
    EXPECT_FALSE(alive_after(seconds(5)));
    limits.idle_time = seconds(-5);
    EXPECT_FALSE(alive_after(seconds(0)));
    limits = {};
    EXPECT_TRUE(alive_after(minutes(30) - seconds(1)));
    EXPECT_FALSE(alive_after(minutes(30))) << "idle by default";
    limits.idle_time = hours(24);
    EXPECT_TRUE(alive_after(hours(8) - seconds(1)));
    EXPECT_FALSE(alive_after(hours(8))) << "old by default";
}

// Whatever is called first after the time is over: what has expired is not offered, not counted, and gone.
TEST_F(credential_store_test, every_call_forgets_in_time) {
    limits.lifetime = seconds(10);
    credential_store store = make();
    const protection_space space{"http://e.test", "r"};
    const auto expired = [&] {
        EXPECT_TRUE(store.remember(at("http://e.test/"), basic("alice")));
        EXPECT_TRUE(store.remember_proxy(at("http://e.test/"), basic("alice")));
        now += seconds(10);
        return store.size() == 2;
    };
    const auto is_empty = [&] { return store.size() == 0 && store.bytes() == 0 && memory.held == 0; };
    EXPECT_TRUE(expired() && !store.find(at("http://e.test/")) && is_empty());
    EXPECT_TRUE(expired() && !store.find(space, "Basic") && is_empty());
    EXPECT_TRUE(expired() && !store.find_proxy(at("http://e.test/")) && is_empty());
    EXPECT_TRUE(expired() && store.discard(space, "Basic") == 0 && is_empty());
    EXPECT_TRUE(expired() && store.discard(space) == 0 && is_empty());
    EXPECT_TRUE(expired() && store.discard_host("e.test") == 0 && is_empty());
    EXPECT_TRUE(expired() && store.discard_proxy(at("http://e.test/")) == 0 && is_empty());
    EXPECT_TRUE(expired() && store.discard_expired() == 2 && is_empty());
    EXPECT_TRUE(expired() && store.remember(at("http://f.test/"), basic("bob")));
    EXPECT_EQ(store.size(), 1u);
    EXPECT_EQ(memory.held, 3u);
    limits.bytes = 40;
    credential_store small = make();
    ASSERT_TRUE(small.remember(at("http://e.test/"), basic("alice")));
    now += seconds(10);
    EXPECT_FALSE(small.remember(at("http://e.test/"), basic(std::string(50, 's'))));
    EXPECT_EQ(small.size(), 0u);
}

// By every kind of find() credentials are used, which keeps them from idling.
TEST_F(credential_store_test, finding_is_using) {
    limits.idle_time = seconds(10);
    credential_store store = make();
    ASSERT_TRUE(store.remember(at("http://e.test/"), basic("alice")));
    ASSERT_TRUE(store.remember_proxy(at("http://e.test/"), basic("proxy")));
    for (int i = 0; i < 4; ++i) {
        now += seconds(9);
        ASSERT_TRUE(i % 2 == 0 ? store.find(at("http://e.test/")) : store.find({"http://e.test", "r"}, "Basic"));
        ASSERT_TRUE(store.find_proxy(at("http://e.test/")));
    }
}

TEST_F(credential_store_test, without_a_clock_it_is_the_steady_one) {
    credential_store store({}, {}, &memory);
    ASSERT_TRUE(store.remember(at("http://e.test/"), basic("alice")));
    EXPECT_EQ(offered(store.find(at("http://e.test/"))), "alice");
    EXPECT_EQ(store.discard_expired(), 0u);
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
    EXPECT_FALSE(store.remember(uri(4), basic(longest))) << "more than half of the room displaces none of others";
    EXPECT_EQ(store.size(), 3u);
    store.discard_all();
    ASSERT_TRUE(store.remember(uri(4), basic(longest)));
    EXPECT_EQ(store.size(), 1u);
    EXPECT_EQ(store.bytes(), limits.bytes);
    EXPECT_FALSE(store.remember(uri(4), basic(longest + "s")));
    EXPECT_FALSE(store.remember(uri(5), basic("x", longest + "s"))) << "a realm of the server's choice counts, too";
    EXPECT_FALSE(store.remember(at("http://h5.test/" + longest + "/"), basic("x"))) << "and so does a path";
    EXPECT_EQ(offered(store.find(uri(4))), longest);
    EXPECT_EQ(memory.not_wiped, 0u);
}

// Credentials accepted elsewhere never push out what a server accepted itself, however many realms or bytes there are.
// shows: R7235-2.2-server-bound conforming
TEST_F(credential_store_test, no_server_clears_out_another) {
    const auto digest = [](std::string_view secret, std::string_view domain, std::string_view realm) {
        accepted_credentials a = basic(secret, realm);
        a.scheme = "Digest";
        if (!domain.empty()) a.domain = domain;
        return a;
    };
    limits.entries = 1;
    credential_store one = make();
    ASSERT_TRUE(one.remember(at("https://bank.test/"), basic("bank")));
    EXPECT_FALSE(one.remember(at("https://evil.test/"), digest("evil", "https://bank.test/", "r")));
    EXPECT_EQ(offered(one.find(at("https://bank.test/"))), "bank");
    EXPECT_TRUE(one.remember(at("https://other.test/"), digest("other", "/", "r"))) << "an ordinary one does";
    EXPECT_EQ(offered(one.find(at("https://bank.test/"))), "nothing");

    for (const std::size_t entries : {2u, 3u, 8u, 9u}) {
        limits.entries = entries;
        credential_store store = make();
        ASSERT_TRUE(store.remember(at("https://bank.test/"), basic("bank")));
        for (std::size_t i = 0; i < 3 * entries; ++i) {
            now += seconds(1);
            ASSERT_TRUE(store.remember(at("https://evil.test/"), digest("evil", "", "realm " + std::to_string(i))));
        }
        EXPECT_EQ(store.size(), entries);
        EXPECT_TRUE(store.find({"https://evil.test", "realm " + std::to_string(3 * entries - 1)}, "Digest"));
        EXPECT_FALSE(store.find({"https://evil.test", "realm 0"}, "Digest")) << "its own go first, by last use";
        EXPECT_EQ(offered(store.find(at("https://bank.test/"))), "bank") << entries;
    }

    limits = {};
    limits.bytes = 1000;
    credential_store small = make();
    ASSERT_TRUE(small.remember(at("https://bank.test/"), basic("bank")));
    for (int i = 0; i < 9; ++i) {
        now += seconds(1);
        ASSERT_TRUE(
            small.remember(at("https://evil.test/"), digest("evil", "", std::string(400, static_cast<char>('a' + i)))));
    }
    EXPECT_FALSE(small.remember(at("https://evil.test/"), digest("evil", "", std::string(950, 'r'))));
    EXPECT_EQ(offered(small.find(at("https://bank.test/"))), "bank");
    EXPECT_LE(small.bytes(), limits.bytes);
    EXPECT_EQ(memory.not_wiped, 0u);
}

// A proxy and a server of one root are strangers: neither's credentials were accepted by the other.
TEST_F(credential_store_test, a_server_and_a_proxy_of_one_root_displace_each_other) {
    limits.entries = 1;
    credential_store store = make();
    const target_uri both = at("http://e.test/");
    for (int round = 0; round < 2; ++round) {
        ASSERT_TRUE(store.remember(both, basic("server"))) << round;
        EXPECT_EQ(offered(store.find(both)), "server");
        EXPECT_EQ(offered(store.find_proxy(both)), "nothing");
        ASSERT_TRUE(store.remember_proxy(both, basic("proxy"))) << round;
        EXPECT_EQ(offered(store.find(both)), "nothing");
        EXPECT_EQ(offered(store.find_proxy(both)), "proxy");
    }
    EXPECT_EQ(store.size(), 1u);
}

// What has to stay is known before anything goes.
TEST_F(credential_store_test, what_finds_no_room_changes_nothing) {
    limits.entries = 2;
    credential_store store = make();
    accepted_credentials both = basic("evil");
    both.scheme = "Digest";
    both.domain = "https://a.test/ https://b.test/";
    ASSERT_TRUE(store.remember(at("https://a.test/"), basic("a")));
    ASSERT_TRUE(store.remember(at("https://b.test/"), basic("b")));
    EXPECT_FALSE(store.remember(at("https://evil.test/"), both));
    EXPECT_EQ(store.size(), 2u);
    ASSERT_TRUE(store.remember_proxy(at("https://p.test/"), basic("proxy"))) << "a proxy has no domain";
    EXPECT_EQ(offered(store.find(at("https://a.test/"))), "nothing") << "the last used longest ago";
    EXPECT_EQ(offered(store.find(at("https://b.test/"))), "b");
    now += seconds(1);
    ASSERT_TRUE(store.remember(at("https://evil.test/"), both)) << "in place of the proxy's";
    EXPECT_EQ(offered(store.find_proxy(at("https://p.test/"))), "nothing");
    EXPECT_EQ(offered(store.find(at("https://b.test/"))), "b");
    both.secret = "evil again";
    EXPECT_TRUE(store.remember(at("https://evil.test/"), both)) << "in place of its own of the same space";
    EXPECT_EQ(store.size(), 2u);
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

TEST_F(credential_store_test, so_do_all_scopes_that_are_too_many) {
    limits.scopes = 2;
    credential_store store = make();
    accepted_credentials digest = basic("x");
    digest.scheme = "Digest";
    digest.domain = "/a/ /b/ /c/ /d/";
    ASSERT_TRUE(store.remember(at("http://e.test/"), digest));
    EXPECT_EQ(offered(store.find(at("http://e.test/a/"))), "nothing");
    EXPECT_EQ(offered(store.find(at("http://e.test/b/"))), "nothing");
    EXPECT_EQ(offered(store.find(at("http://e.test/c/"))), "x");
    EXPECT_EQ(offered(store.find(at("http://e.test/d/"))), "x");
}

// Of the 39 bytes of an entry, those of its scopes may go.
TEST_F(credential_store_test, scopes_go_before_credentials) {
    // Root twice (13), realm (1), scheme (5), secret (4), and a scope of 3: 39 bytes. Another scope is 16 more.
    limits.bytes = 54;
    credential_store store = make();
    ASSERT_TRUE(store.remember(at("http://e.test/a/"), basic("four")));
    EXPECT_EQ(store.bytes(), 39u);
    ASSERT_TRUE(store.remember(at("http://e.test/b/"), basic("four")));
    EXPECT_EQ(store.bytes(), 39u);
    EXPECT_EQ(offered(store.find(at("http://e.test/a/"))), "nothing");
    EXPECT_EQ(offered(store.find(at("http://e.test/b/"))), "four");
    limits.bytes = 55;
    credential_store wide = make();
    ASSERT_TRUE(wide.remember(at("http://e.test/a/"), basic("four")));
    ASSERT_TRUE(wide.remember(at("http://e.test/b/"), basic("four")));
    EXPECT_EQ(wide.bytes(), 55u);
    ASSERT_TRUE(wide.remember(at("http://e.test/c/"), basic("four")));
    EXPECT_EQ(wide.bytes(), 55u);
    EXPECT_EQ(offered(wide.find(at("http://e.test/a/"))), "nothing");
    EXPECT_EQ(offered(wide.find(at("http://e.test/b/"))), "four");
    EXPECT_EQ(offered(wide.find(at("http://e.test/c/"))), "four");
    ASSERT_TRUE(wide.remember(at("http://e.test/b/"), basic("four")));
    EXPECT_EQ(wide.bytes(), 55u) << "a scope that is known is not kept twice";
    EXPECT_EQ(offered(wide.find(at("http://e.test/c/"))), "four");
}

TEST_F(credential_store_test, every_text_counts) {
    credential_store store = make();
    accepted_credentials a;
    a.scheme = "New";
    a.secret = "12345";
    ASSERT_TRUE(store.remember(at("http://e.test/abc/x"), a));
    EXPECT_EQ(store.bytes(), 13u + 3u + 5u + (13u + 5u)) << "root, scheme, secret and one scope, without a realm";
    a.realm = "1234567";
    ASSERT_TRUE(store.remember(at("http://e.test/abc/x"), a));
    EXPECT_EQ(store.bytes(), 39u + 39u + 7u);
    EXPECT_EQ(store.discard({"http://e.test", std::nullopt}), 1u);
    EXPECT_EQ(store.bytes(), 39u + 7u);
    a.scheme = "Digest";
    a.domain = "/d http://o.test/";
    ASSERT_TRUE(store.remember(at("http://e.test/abc/x"), a));
    EXPECT_EQ(store.bytes(), 46u + (13u + 7u + 6u + 5u) + (13u + 2u) + (13u + 1u));
    EXPECT_EQ(store.discard_all(), 2u);
    EXPECT_EQ(store.bytes(), 0u);
}

TEST_F(credential_store_test, a_room_of_no_entries_or_scopes_keeps_nothing) {
    limits.entries = 0;
    credential_store none = make();
    EXPECT_FALSE(none.remember(at("http://e.test/"), basic("x")));
    EXPECT_EQ(none.size(), 0u);
    limits.entries = 1;
    limits.scopes = 0;
    credential_store nowhere = make();
    EXPECT_FALSE(nowhere.remember_proxy(at("http://e.test/"), basic("x")));
    EXPECT_EQ(nowhere.size(), 0u);
    limits.scopes = 1;
    credential_store one = make();
    EXPECT_TRUE(one.remember(at("http://e.test/"), basic("x")));
    EXPECT_TRUE(one.remember(at("http://f.test/"), basic("y")));
    EXPECT_EQ(one.size(), 1u);
    EXPECT_EQ(offered(one.find(at("http://f.test/"))), "y");
}

// Entries of one time go in the order in which they were kept; the last one kept is the last used.
TEST_F(credential_store_test, a_clock_that_stands_still) {
    limits.entries = 3;
    credential_store store = make();
    ASSERT_TRUE(store.remember(at("http://e.test/"), basic("alice", "one")));
    ASSERT_TRUE(store.remember(at("http://e.test/"), basic("bob", "two")));
    EXPECT_EQ(offered(store.find(at("http://e.test/"))), "bob");
    ASSERT_TRUE(store.remember_proxy(at("http://p.test/"), basic("carol", "one")));
    EXPECT_EQ(offered(store.find_proxy(at("http://p.test/"))), "carol");
    ASSERT_TRUE(store.remember_proxy(at("http://p.test/"), basic("dave", "two")));
    EXPECT_EQ(offered(store.find({"http://e.test", "one"}, "Basic")), "nothing") << "the first one kept";
    EXPECT_EQ(offered(store.find({"http://e.test", "two"}, "Basic")), "bob");
    EXPECT_EQ(offered(store.find_proxy(at("http://p.test/"))), "dave");
}

TEST(store_limits, by_default) {
    const store_limits limits;
    EXPECT_EQ(limits.entries, 256u);
    EXPECT_EQ(limits.bytes, 1048576u) << "1 MiB";
    EXPECT_EQ(limits.scopes, 64u);
    EXPECT_EQ(limits.lifetime, hours(8));
    EXPECT_EQ(limits.idle_time, minutes(30));
}

TEST_F(credential_store_test, without_memory_nothing_is_kept) {
    no_memory none;
    credential_store store(
        {}, [this] { return now; }, &none);
    EXPECT_FALSE(store.remember(at("http://example.com/"), basic("alice")));
    EXPECT_EQ(store.size(), 0u);
    EXPECT_EQ(store.bytes(), 0u);
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

}  // namespace
}  // namespace authgrammar::policy
