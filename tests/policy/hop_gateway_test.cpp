// What a gateway may do: an origin server to its client, and a client to the server behind it (RFC 9110, 3.7).

#include <authgrammar/policy/hop.hpp>

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace authgrammar::policy {
namespace {

using change = field_change;
using lines = std::vector<std::string_view>;
constexpr auto permitted = permission::permitted;
constexpr auto conditional = permission::conditional;
constexpr auto forbidden = permission::forbidden;

std::vector<hop_finding> judged(const hop_message& received, const hop_message& sent) {
    return compare_hop(received, sent, intermediary::gateway);
}

hop_message with(field f, const lines& values, int status, std::string_view host = "") {
    hop_message m;
    m.status = status;
    if (!host.empty()) m.lines.push_back({"Host", host});
    for (const std::string_view value : values) m.lines.push_back({name_of(f), value});
    return m;
}

struct row {
    field about;
    lines received;
    lines sent;
    change what;
    permission allowed;
    std::string_view requirement;
    std::string_view section;
    std::string_view words;
};

// shows: R9110-3.7-gateway conforming
TEST(hop_gateway, every_field_and_every_change) {
    constexpr std::string_view own = "R9110-3.7-gateway";
    constexpr std::string_view bound = "R7235-2.2-server-bound";
    constexpr std::string_view consumed = "R7235-4.4-consumed";
    constexpr std::string_view next = "R7235-4.3-next-hop";
    constexpr std::string_view info = "R9110-11.7.3-proxy-authentication-info";
    const field authorization = field::authorization;
    const field www = field::www_authenticate;
    const field proxy = field::proxy_authenticate;
    const row rows[]{
        {authorization, {"A b"}, {}, change::dropped, permitted, own, "RFC 9110, 3.7", "has consumed them"},
        {authorization, {"A b"}, {"A c"}, change::changed, permitted, own, "RFC 9110, 3.7", "of its own"},
        {authorization, {}, {"A b"}, change::added, permitted, own, "RFC 9110, 3.7", "of its own"},
        {authorization, {"A b"}, {"A b"}, change::unchanged, conditional, bound, "RFC 9110, 11.5", "do not show"},
        {authorization, {"A b=c,d=e"}, {"A b=c, d=e"}, change::respelled, conditional, bound, "RFC 9110, 11.5", "not"},
        {authorization, {"A b", "C d"}, {"C d", "A b"}, change::reordered, conditional, bound, "RFC 9110, 11.5", "not"},
        {field::proxy_authorization,
         {"A b"},
         {},
         change::dropped,
         permitted,
         consumed,
         "RFC 9110, 3.7 and 11.7.2",
         "is not a proxy"},
        {field::proxy_authorization,
         {"A b"},
         {"A b"},
         change::unchanged,
         conditional,
         consumed,
         "RFC 9110, 3.7 and 11.7.2",
         "leak further"},
        {field::proxy_authorization,
         {},
         {"A b"},
         change::added,
         permitted,
         consumed,
         "RFC 9110, 3.7 and 11.7.2",
         "identifies itself"},
        {field::proxy_authorization,
         {"A b"},
         {"A c"},
         change::changed,
         permitted,
         consumed,
         "RFC 9110, 3.7 and 11.7.2",
         "identifies itself"},
        {www, {"A"}, {"A"}, change::unchanged, permitted, own, "RFC 9110, 3.7", "answers for it"},
        {www, {"A", "B"}, {"A, B"}, change::recombined, permitted, own, "RFC 9110, 3.7", "answers for it"},
        {www, {"A"}, {"B"}, change::changed, permitted, own, "RFC 9110, 3.7", "of its own"},
        {www, {}, {"B"}, change::added, permitted, own, "RFC 9110, 3.7", "of its own"},
        {www, {"A"}, {}, change::dropped, permitted, own, "RFC 9110, 3.7", "was for the gateway"},
        {field::authentication_info, {"a=b"}, {}, change::dropped, permitted, own, "RFC 9110, 3.7", "for the gateway"},
        {field::authentication_info, {"a=b"}, {"a=c"}, change::changed, permitted, own, "RFC 9110, 3.7", "of its own"},
        {proxy, {"A"}, {}, change::dropped, permitted, next, "RFC 9110, 3.7 and 11.7.1", "for the gateway"},
        {proxy, {"A"}, {"A"}, change::unchanged, forbidden, next, "RFC 9110, 3.7 and 11.7.1", "Only proxies send"},
        {proxy, {}, {"A"}, change::added, forbidden, next, "RFC 9110, 3.7 and 11.7.1", "Only proxies send"},
        {field::proxy_authentication_info,
         {"a=b"},
         {},
         change::dropped,
         permitted,
         info,
         "RFC 9110, 3.7 and 11.7.3",
         "for the gateway"},
        {field::proxy_authentication_info,
         {"a=b"},
         {"a=c"},
         change::changed,
         forbidden,
         info,
         "RFC 9110, 3.7 and 11.7.3",
         "Only proxies send"},
    };
    for (const row& r : rows) {
        const int status = kind_of(r.about) == field_kind::credentials ? 0 : 200;
        const auto list = judged(with(r.about, r.received, status), with(r.about, r.sent, status));
        const std::string what = std::string(name_of(r.about)) + " " + std::string(name_of(r.what));
        ASSERT_EQ(list.size(), 1u) << what;
        EXPECT_EQ(list[0].field, r.about) << what;
        EXPECT_EQ(list[0].change, r.what) << what << ", not " << name_of(list[0].change);
        EXPECT_EQ(list[0].allowed, r.allowed) << what;
        EXPECT_EQ(list[0].requirement, r.requirement) << what;
        EXPECT_EQ(list[0].section, r.section) << what;
        EXPECT_NE(list[0].text.find(r.words), std::string_view::npos) << what << ": " << list[0].text;
    }
}

// The credentials of its client are for the authority that they were sent to.
// shows: R7235-2.2-server-bound conforming
// shows: R7235-2.2-server-bound violating
TEST(hop_gateway, credentials_of_its_client_stay_within_their_authority) {
    const auto kept = [](std::string_view received, std::string_view sent) {
        const auto list = judged(with(field::authorization, {"Basic dTpw"}, 0, received),
                                 with(field::authorization, {"Basic dTpw"}, 0, sent));
        EXPECT_EQ(list.size(), 1u);
        return list.empty() ? hop_finding{} : list[0];
    };
    for (const std::string_view sent : {"app.example", "APP.example", " app.example\t"}) {
        EXPECT_EQ(kept("App.example", sent).allowed, permitted) << sent;
        EXPECT_NE(kept("app.example", sent).text.find("to the authority"), std::string_view::npos);
    }
    for (const std::string_view sent : {"bucket.example", "app.example.evil.test", "app.example:8080",
                                        "www.app.example", "app.example:8443", "[::1]"}) {
        const hop_finding f = kept("app.example", sent);
        EXPECT_EQ(f.allowed, forbidden) << sent;
        EXPECT_EQ(f.requirement, "R7235-2.2-server-bound");
        EXPECT_EQ(f.section, "RFC 9110, 11.5");
        EXPECT_NE(f.text.find("another authority"), std::string_view::npos);
    }
    for (const std::string_view sent : {"", "app.example:80", "app.example:443"}) {
        EXPECT_EQ(kept("app.example", sent).allowed, conditional) << sent;
    }
    EXPECT_EQ(kept("app.example:80", "app.example:443").allowed, conditional);
    EXPECT_EQ(kept("", "app.example").allowed, conditional);
    hop_message two = with(field::authorization, {"A b"}, 0, "app.example");
    two.lines.push_back({"host", "bucket.example"});
    EXPECT_EQ(judged(two, two)[0].allowed, conditional) << "which of the two";
    for (const lines& sent : {lines{}, lines{"Basic b3du"}}) {
        const auto list = judged(with(field::authorization, {"Basic dTpw"}, 0, "app.example"),
                                 with(field::authorization, sent, 0, "bucket.example"));
        ASSERT_EQ(list.size(), 1u);
        EXPECT_EQ(list[0].allowed, permitted) << "taken out, or replaced";
    }
}

// shows: R9110-3.7-gateway violating
// shows: R7235-2.1-401-challenge violating
TEST(hop_gateway, its_answers_are_an_origin_servers) {
    const auto about = [](int received, const hop_message& sent) {
        std::vector<hop_finding> list;
        for (const hop_finding& f : judged({received, {}}, sent)) {
            if (!f.field) list.push_back(f);
        }
        return list;
    };
    for (const int received : {200, 401, 403, 407, 502}) {
        for (const int sent : {200, 403, 404, 502}) EXPECT_TRUE(about(received, {sent, {}}).empty()) << sent;
        EXPECT_TRUE(about(received, with(field::www_authenticate, {"A"}, 401)).empty()) << "a challenge of its own";
        for (const lines& none : {lines{}, lines{""}, lines{",", " "}}) {
            const auto list = about(received, with(field::www_authenticate, none, 401));
            ASSERT_EQ(list.size(), 1u);
            EXPECT_EQ(list[0].allowed, forbidden);
            EXPECT_EQ(list[0].change, change::changed);
            EXPECT_EQ(list[0].requirement, "R7235-2.1-401-challenge");
            EXPECT_EQ(list[0].section, "RFC 9110, 3.7 and 15.5.2");
            EXPECT_NE(list[0].text.find("without a challenge"), std::string_view::npos);
        }
        const auto list = about(received, with(field::proxy_authenticate, {"A"}, 407));
        ASSERT_EQ(list.size(), 1u);
        EXPECT_EQ(list[0].allowed, forbidden);
        EXPECT_EQ(list[0].requirement, "R9110-3.7-gateway");
        EXPECT_EQ(list[0].section, "RFC 9110, 3.7 and 15.5.8");
        EXPECT_NE(list[0].text.find("sent 407"), std::string_view::npos);
    }
    EXPECT_TRUE(judged({0, {}}, {0, {}}).empty());
}

TEST(hop_gateway, what_holds_for_every_hop) {
    const auto misplaced = judged(with(field::www_authenticate, {"A"}, 0), with(field::www_authenticate, {"A"}, 0));
    ASSERT_EQ(misplaced.size(), 1u);
    EXPECT_EQ(misplaced[0].requirement, "R7235-5.3-fields");
    EXPECT_EQ(judged({0, {}}, {401, {}}).size(), 1u) << "a request and a response";
    EXPECT_EQ(name_of(intermediary::proxy), "proxy");
    EXPECT_EQ(name_of(intermediary::gateway), "gateway");
}

}  // namespace
}  // namespace authgrammar::policy
