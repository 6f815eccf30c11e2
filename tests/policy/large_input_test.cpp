// Input of a size that somebody hostile would choose. Each test ends at once, or takes hours if something is worse than
// linear; strength counts the instructions.

#include <authgrammar/policy/credential_store.hpp>
#include <authgrammar/policy/hop.hpp>
#include <authgrammar/policy/protection_space.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace authgrammar::policy {
namespace {

constexpr std::size_t ten_megabytes = 10'000'000;

std::string repeated(std::string_view unit, std::size_t size) {
    std::string out;
    out.reserve(size + unit.size());
    while (out.size() < size) out += unit;
    return out;
}

/// Two messages that differ in nothing but the last line of the second.
field_change change_of(const std::string& value, std::string_view last) {
    const hop_message received{401, {{"WWW-Authenticate", value}, {"WWW-Authenticate", "Basic"}}};
    const hop_message sent{401, {{"WWW-Authenticate", value}, {"WWW-Authenticate", last}}};
    const auto list = compare_hop(received, sent);
    EXPECT_EQ(list.size(), 1u);
    return list.empty() ? field_change::unchanged : list[0].change;
}

TEST(large_input, hop_of_long_values) {
    struct shape {
        std::string_view begin;
        std::string_view unit;
        std::size_t size;
    };
    for (const shape& s : {shape{"A b=\"", "\\\"", ten_megabytes}, shape{"A", ", b=\"c, d\"", ten_megabytes / 10},
                           shape{"A", ",", ten_megabytes / 10}, shape{"A ", " \t", ten_megabytes / 10},
                           shape{"", "A,", ten_megabytes / 10}, shape{"", "\"", ten_megabytes / 10}}) {
        const std::string value = std::string(s.begin) + repeated(s.unit, s.size);
        EXPECT_EQ(change_of(value, "Basic"), field_change::unchanged) << s.unit;
        EXPECT_NE(change_of(value, "Newauth"), field_change::unchanged) << s.unit;
    }
}

TEST(large_input, hop_of_many_lines) {
    constexpr std::size_t count = 200'000;
    const std::string value = "Digest realm=\"one of many\", nonce=\"0123456789\"";
    std::vector<std::string> values;
    hop_message received{401, {}};
    hop_message reversed{401, {}};
    hop_message joined{401, {}};
    for (std::size_t i = 0; i < count; ++i) values.push_back(value + ", opaque=\"" + std::to_string(i) + "\"");
    std::string all;
    for (std::size_t i = 0; i < count; ++i) {
        received.lines.push_back({"WWW-Authenticate", values[i]});
        reversed.lines.push_back({"WWW-Authenticate", values[count - 1 - i]});
        all += (all.empty() ? "" : ", ") + values[i];
    }
    joined.lines.push_back({"WWW-Authenticate", all});
    EXPECT_GT(all.size(), ten_megabytes);
    EXPECT_EQ(compare_hop(received, received)[0].change, field_change::unchanged);
    EXPECT_EQ(compare_hop(received, reversed)[0].change, field_change::reordered);
    EXPECT_EQ(compare_hop(received, joined)[0].change, field_change::recombined);
    EXPECT_EQ(compare_hop(joined, reversed)[0].change, field_change::changed) << "beyond the limits of reading";
}

TEST(large_input, connection_options) {
    hop_message m{0, {{"Authorization", "A b"}, {"Connection", {}}}};
    const std::string options = repeated("x,", ten_megabytes) + "authorization";
    m.lines[1].value = options;
    EXPECT_EQ(compare_hop(m, m)[0].requirement, "R9110-7.6.1-connection");
}

TEST(large_input, domain_of_ten_thousand_uris) {
    const target_uri target = *read_target_uri("https://e.test/a/b");
    std::string domain;
    for (int i = 0; i < 10'000; ++i) domain += "https://h" + std::to_string(i) + ".test/a/ ";
    const std::vector<scope> scopes = domain_scopes(target, domain);
    ASSERT_EQ(scopes.size(), 64u) << "those that come first";
    EXPECT_EQ(scopes.front().root, "https://h0.test");
    EXPECT_EQ(scopes.back().root, "https://h63.test");
    EXPECT_EQ(domain_scopes(target, repeated("http://e.test/ ", ten_megabytes / 10)),
              std::vector<scope>{path_scope(target)});
    EXPECT_EQ(domain_scopes(target, repeated(" ", ten_megabytes)), std::vector<scope>{root_scope(target)});
    EXPECT_EQ(domain_scopes(target, "/" + repeated("a/../", ten_megabytes / 10)),
              std::vector<scope>{root_scope(target)});
    EXPECT_FALSE(keeps_authorization(target, *read_target_uri("https://e.test/a/b"), "Digest", domain));
    EXPECT_TRUE(keeps_authorization(target, *read_target_uri("https://h63.test/a/b"), "Digest", domain));
    EXPECT_FALSE(keeps_authorization(target, *read_target_uri("https://h64.test/a/b"), "Digest", domain));
}

TEST(large_input, targets) {
    const auto target = read_target_uri("http://e.test/" + repeated("%2e%2E/", ten_megabytes / 10) + "x");
    ASSERT_TRUE(target);
    EXPECT_EQ(target->path, "/x");
    const std::string deep = repeated("/a", ten_megabytes / 10);
    ASSERT_TRUE(effective_request_uri("GET", deep, "e.test", true));
    EXPECT_EQ(effective_request_uri("GET", deep, "e.test", true)->path, deep);
    EXPECT_FALSE(read_target_uri("http://" + repeated("@", ten_megabytes / 10)));
    EXPECT_FALSE(read_target_uri("http://e.test:" + repeated("9", ten_megabytes / 10)));
}

// A store that is full of whatever a hostile server sends: no more than its room, and its own user's credentials are
// found until they are the oldest.
TEST(large_input, store_at_its_limits) {
    auto now = credential_store::time_point{};
    store_limits limits;
    limits.entries = 50;
    limits.bytes = 20'000;
    limits.scopes = 8;
    credential_store store(limits, [&] { return now; });
    const target_uri bank = *read_target_uri("https://bank.test/");
    accepted_credentials a;
    a.scheme = "Basic";
    a.secret = "own";
    ASSERT_TRUE(store.remember(bank, a));
    std::string domain;
    for (int i = 0; i < 10'000; ++i) domain += "https://bank.test/" + std::to_string(i) + "/ ";
    for (int i = 0; i < 2'000; ++i) {
        now += std::chrono::milliseconds(1);
        const std::string realm = std::to_string(i);
        accepted_credentials hostile;
        hostile.scheme = i % 2 == 0 ? "Digest" : "Basic";
        hostile.realm = realm;
        hostile.domain = domain;
        hostile.secret = "theirs";
        store.remember(*read_target_uri("https://h" + realm + ".test/" +
                                        std::string(static_cast<std::size_t>(i % 500), 'p') + "/"),
                       hostile);
        ASSERT_LE(store.size(), limits.entries);
        ASSERT_LE(store.bytes(), limits.bytes);
        const auto found = store.find(bank);
        ASSERT_TRUE(found) << "in use, so not the oldest";
        ASSERT_EQ(found->secret, "own");
    }
    EXPECT_EQ(store.size(), limits.entries) << "full";
    const auto inside = store.find(*read_target_uri("https://bank.test/63/x"));
    ASSERT_TRUE(inside);
    EXPECT_EQ(inside->secret, "own") << "whatever else names this server";
    EXPECT_FALSE(store.remember(bank, {"Basic", {}, {}, repeated("s", limits.bytes), {}}));
    EXPECT_EQ(store.find(bank)->secret, "own") << "what does not fit displaces nothing";
    EXPECT_EQ(store.discard_all(), limits.entries);
    EXPECT_EQ(store.bytes(), 0u);
}

}  // namespace
}  // namespace authgrammar::policy
