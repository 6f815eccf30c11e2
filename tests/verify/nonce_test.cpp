#include <authgrammar/verify/nonce.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <set>
#include <string>

namespace authgrammar::verify {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

nonce_key key_of(unsigned char first) {
    nonce_key key;
    key.bytes[0] = first;
    return key;
}

const time_point now{std::chrono::hours(500'000)};

std::string made_by(nonce_maker& maker, const nonce_binding& binding, time_point when = now) {
    char nonce[nonce_maker::size];
    EXPECT_TRUE(maker.make(binding, when, nonce));
    return {nonce, sizeof nonce};
}

nonce_binding binding_of(std::string_view realm, std::string_view client = {}, std::string_view other = {}) {
    nonce_binding b;
    b.realm = realm;
    b.client = client;
    b.other = other;
    return b;
}

// shows: R7616-3.3-nonce-bound conforming
TEST(nonce, is_valid_for_its_lifetime) {
    nonce_times times;
    times.lifetime = seconds(60);
    times.skew = seconds(2);
    nonce_maker maker(key_of(1), times);
    ASSERT_TRUE(maker.usable());
    const nonce_binding b = binding_of("realm", "192.0.2.1");
    const std::string nonce = made_by(maker, b);
    const auto verdict = [&](time_point t) { return maker.check(nonce, b, t).verdict; };
    EXPECT_EQ(verdict(now), nonce_verdict::valid);
    EXPECT_EQ(verdict(now + seconds(60)), nonce_verdict::valid);
    EXPECT_EQ(verdict(now + seconds(60) + milliseconds(1)), nonce_verdict::expired);
    EXPECT_EQ(verdict(now + seconds(61)), nonce_verdict::expired);
    EXPECT_EQ(verdict(now - seconds(2)), nonce_verdict::valid);
    EXPECT_EQ(verdict(now - seconds(2) - milliseconds(1)), nonce_verdict::from_the_future);
    EXPECT_EQ(maker.check(nonce, b, now).identity.made,
              static_cast<std::uint64_t>(std::chrono::duration_cast<milliseconds>(now.time_since_epoch()).count()));
}

TEST(nonce, times_that_are_none) {
    const nonce_binding b = binding_of("realm");
    for (const milliseconds skew : {milliseconds::min(), milliseconds(-1), milliseconds::max()}) {
        nonce_times times;
        times.skew = skew;
        nonce_maker maker(key_of(1), times);
        const std::string nonce = made_by(maker, b);
        EXPECT_EQ(maker.check(nonce, b, now).verdict, nonce_verdict::valid);
        EXPECT_EQ(maker.check(nonce, b, now - milliseconds(1)).verdict,
                  skew > milliseconds(0) ? nonce_verdict::valid : nonce_verdict::from_the_future);
    }
    for (const milliseconds lifetime : {milliseconds::min(), milliseconds(-1), milliseconds::max()}) {
        nonce_times times;
        times.lifetime = lifetime;
        nonce_maker maker(key_of(1), times);
        const std::string nonce = made_by(maker, b);
        EXPECT_EQ(maker.check(nonce, b, now).verdict,
                  lifetime > milliseconds(0) ? nonce_verdict::valid : nonce_verdict::expired);
    }
}

// shows: R7616-3.3-nonce-bound violating
TEST(nonce, is_bound) {
    nonce_maker maker(key_of(1));
    nonce_maker other(key_of(2));
    const nonce_binding b = binding_of("realm", "client", "proxy");
    const std::string nonce = made_by(maker, b);
    EXPECT_EQ(maker.check(nonce, b, now).verdict, nonce_verdict::valid);
    for (const nonce_binding& wrong :
         {binding_of("Realm", "client", "proxy"), binding_of("realm", "client2", "proxy"),
          binding_of("realm", "client"), binding_of("realmclient", "", "proxy"), binding_of("realm", "", "clientproxy"),
          binding_of("realm", "clientp", "roxy")}) {
        EXPECT_EQ(maker.check(nonce, wrong, now).verdict, nonce_verdict::foreign);
    }
    EXPECT_EQ(other.check(nonce, b, now).verdict, nonce_verdict::foreign);
    const std::string long_realm(1000, 'r');
    const std::string bound_to_long = made_by(maker, binding_of(long_realm));
    EXPECT_EQ(maker.check(bound_to_long, binding_of(long_realm), now).verdict, nonce_verdict::valid);
    EXPECT_EQ(maker.check(bound_to_long, binding_of(long_realm + "r"), now).verdict, nonce_verdict::foreign);
}

// No character of a nonce can be changed, and none can be added or left out.
TEST(nonce, is_whole) {
    nonce_maker maker(key_of(1));
    const nonce_binding b = binding_of("realm");
    const std::string nonce = made_by(maker, b);
    for (std::size_t i = 0; i != nonce.size(); ++i) {
        std::string changed = nonce;
        changed[i] = changed[i] == 'A' ? 'B' : 'A';
        EXPECT_EQ(maker.check(changed, b, now).verdict, nonce_verdict::foreign) << i;
        changed[i] = '*';
        EXPECT_EQ(maker.check(changed, b, now).verdict, nonce_verdict::malformed) << i;
        EXPECT_EQ(maker.check(std::string_view(nonce).substr(0, i), b, now).verdict, nonce_verdict::malformed) << i;
    }
    const std::string longer = nonce + "A";
    EXPECT_EQ(maker.check(longer, b, now).verdict, nonce_verdict::malformed);
    const std::string huge(1 << 20, 'A');
    EXPECT_EQ(maker.check(huge, b, now).verdict, nonce_verdict::malformed);
}

TEST(nonce, outlives_a_change_of_keys_by_one) {
    nonce_maker old(key_of(1));
    nonce_maker next(key_of(2), {}, key_of(1));
    nonce_maker last(key_of(3), {}, key_of(2));
    const nonce_binding b = binding_of("realm");
    const std::string nonce = made_by(old, b);
    EXPECT_EQ(next.check(nonce, b, now).verdict, nonce_verdict::valid);
    EXPECT_EQ(last.check(nonce, b, now).verdict, nonce_verdict::foreign);
    const std::string newer = made_by(next, b);
    EXPECT_EQ(next.check(newer, b, now).verdict, nonce_verdict::valid);
    EXPECT_EQ(last.check(newer, b, now).verdict, nonce_verdict::valid);
    EXPECT_EQ(old.check(newer, b, now).verdict, nonce_verdict::foreign);
}

TEST(nonce, each_is_another) {
    nonce_maker maker(*nonce_key::generate());
    std::set<std::string> seen;
    std::set<std::uint64_t> identities;
    const nonce_binding b = binding_of("realm");
    for (int i = 0; i != 1000; ++i) {
        const std::string nonce = made_by(maker, b);
        EXPECT_TRUE(seen.insert(nonce).second);
        EXPECT_TRUE(identities.insert(maker.check(nonce, b, now).identity.random).second);
    }
    EXPECT_NE(nonce_key::generate()->bytes, nonce_key::generate()->bytes);
}

TEST(nonce, has_a_time_that_fits) {
    nonce_maker maker(key_of(1));
    char nonce[nonce_maker::size];
    EXPECT_FALSE(maker.make({}, time_point(seconds(-1)), nonce));
    EXPECT_TRUE(maker.make({}, time_point(seconds(0)), nonce));
}

}  // namespace
}  // namespace authgrammar::verify
