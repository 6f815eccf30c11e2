// Every member of every finding about a hop, for each field and each change.

#include <authgrammar/policy/hop.hpp>

#include <gtest/gtest.h>

#include <optional>
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

hop_message with(field f, const lines& values, int status) {
    hop_message m;
    m.status = status;
    for (const std::string_view value : values) m.lines.push_back({name_of(f), value});
    return m;
}

int status_for(field f) {
    if (kind_of(f) == field_kind::credentials) return 0;
    if (f == field::www_authenticate) return 401;
    return f == field::proxy_authenticate ? 407 : 200;
}

/// What is found of a field that is received and sent with these lines.
hop_finding found_of(field f, const lines& received, const lines& sent) {
    const auto list = compare_hop(with(f, received, status_for(f)), with(f, sent, status_for(f)));
    for (const hop_finding& found : list) {
        if (found.field == f) return found;
    }
    ADD_FAILURE() << "nothing found of " << name_of(f);
    return {};
}

/// What became of a field that holds a list.
change of_challenges(const lines& received, const lines& sent) {
    return found_of(field::www_authenticate, received, sent).change;
}
change of_info(const lines& received, const lines& sent) {
    return found_of(field::authentication_info, received, sent).change;
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

// RFC 9110, 11.6.1, 11.6.2 and 11.6.3: forwarded as they are; 11.7.1 to 11.7.3: between two neighbours.
TEST(hop_rules, every_field_and_every_change) {
    constexpr std::string_view www = "R7235-4.1-proxy-untouched";
    constexpr std::string_view authorization = "R7235-4.2-proxy-untouched";
    constexpr std::string_view info = "R9110-11.6.3-authentication-info";
    constexpr std::string_view next = "R7235-4.3-next-hop";
    constexpr std::string_view proxy_info = "R9110-11.7.3-proxy-authentication-info";
    constexpr std::string_view consumed = "R7235-4.4-consumed";
    const row rows[]{
        {field::www_authenticate, {"A"}, {"A"}, change::unchanged, permitted, www, "RFC 9110, 11.6.1", "as it was"},
        {field::www_authenticate,
         {"A"},
         {"B"},
         change::changed,
         forbidden,
         www,
         "RFC 9110, 11.6.1",
         "or change its order"},
        {field::www_authenticate,
         {"A"},
         {},
         change::dropped,
         forbidden,
         www,
         "RFC 9110, 11.6.1",
         "or change its order"},
        {field::www_authenticate, {}, {"A"}, change::added, forbidden, www, "RFC 9110, 11.6.1", "or change its order"},
        {field::www_authenticate, {"A, B"}, {"B, A"}, change::reordered, forbidden, www, "RFC 9110, 11.6.1", "order"},
        {field::www_authenticate, {"A", "B"}, {"A, B"}, change::recombined, permitted, www, "RFC 9110, 5.3", "joined"},
        {field::authorization,
         {"A b"},
         {"A b"},
         change::unchanged,
         permitted,
         authorization,
         "RFC 9110, 11.6.2",
         "Authorization is forwarded as it was"},
        {field::authorization,
         {"A b"},
         {"A c"},
         change::changed,
         forbidden,
         authorization,
         "RFC 9110, 11.6.2",
         "must not modify Authorization"},
        {field::authorization,
         {"A b=c, d=e"},
         {"A b=c", "d=e"},
         change::recombined,
         forbidden,
         authorization,
         "RFC 9110, 11.6.2",
         "must not modify Authorization"},
        {field::authorization,
         {"A b", "C d"},
         {"C d", "A b"},
         change::reordered,
         forbidden,
         authorization,
         "RFC 9110, 11.6.2",
         "must not modify Authorization"},
        {field::authorization,
         {"A b=c, d=e"},
         {"d=e, A b=c"},
         change::changed,
         forbidden,
         authorization,
         "RFC 9110, 11.6.2",
         "must not modify Authorization"},
        {field::authentication_info,
         {"a=b"},
         {"a=b"},
         change::unchanged,
         permitted,
         info,
         "RFC 9110, 11.6.3",
         "Authentication-Info is forwarded as it was"},
        {field::authentication_info, {"a=b"}, {}, change::dropped, forbidden, info, "RFC 9110, 11.6.3", "in any way"},
        {field::authentication_info,
         {"a=b, c=d"},
         {"a=b", "c=d"},
         change::recombined,
         permitted,
         info,
         "RFC 9110, 5.3",
         "makes no difference"},
        {field::authentication_info,
         {"a=b, c=d"},
         {"a=b,c=d"},
         change::respelled,
         forbidden,
         info,
         "RFC 9110, 11.6.3",
         "in any way"},
        {field::www_authenticate, {"A,, B"}, {"A, B"}, change::respelled, forbidden, www, "RFC 9110, 11.6.1", "modify"},
        {field::authorization,
         {"A b=c,d=e"},
         {"A b=c, d=e"},
         change::respelled,
         forbidden,
         authorization,
         "RFC 9110, 11.6.2",
         "must not modify"},
        {field::proxy_authorization,
         {"A b=c,d=e"},
         {"A b=c, d=e"},
         change::respelled,
         conditional,
         consumed,
         "RFC 9110, 11.7.2",
         "consumed the credentials and identifies"},
        {field::proxy_authenticate,
         {"A ,B"},
         {"A, B"},
         change::respelled,
         conditional,
         next,
         "RFC 9110, 11.7.1",
         "same organisation"},
        {field::proxy_authenticate,
         {"A"},
         {"A"},
         change::unchanged,
         conditional,
         next,
         "RFC 9110, 11.7.1",
         "same organisation runs both"},
        {field::proxy_authenticate,
         {"A", "B"},
         {"A, B"},
         change::recombined,
         conditional,
         next,
         "RFC 9110, 11.7.1",
         "same organisation runs both"},
        {field::proxy_authenticate,
         {"A", "B"},
         {"B", "A"},
         change::reordered,
         conditional,
         next,
         "RFC 9110, 11.7.1",
         "same organisation runs both"},
        {field::proxy_authenticate, {}, {"A"}, change::added, permitted, next, "RFC 9110, 11.7.1", "proxy's own field"},
        {field::proxy_authenticate,
         {"A"},
         {"B"},
         change::changed,
         permitted,
         next,
         "RFC 9110, 11.7.1",
         "proxy's own field"},
        {field::proxy_authentication_info,
         {"a=b"},
         {},
         change::dropped,
         permitted,
         proxy_info,
         "RFC 9110, 11.7.3",
         "was for this proxy"},
        {field::proxy_authentication_info,
         {"a=b"},
         {"a=c"},
         change::changed,
         permitted,
         proxy_info,
         "RFC 9110, 11.7.3",
         "proxy's own field"},
        {field::proxy_authentication_info,
         {"a=b"},
         {"a=b"},
         change::unchanged,
         conditional,
         proxy_info,
         "RFC 9110, 11.7.3",
         "same organisation runs both"},
        {field::proxy_authorization,
         {"A b"},
         {"A b"},
         change::unchanged,
         conditional,
         consumed,
         "RFC 9110, 11.7.2",
         "leak to the next hop"},
        {field::proxy_authorization,
         {"A b"},
         {},
         change::dropped,
         permitted,
         consumed,
         "RFC 9110, 11.7.2",
         "consumes them"},
        {field::proxy_authorization,
         {},
         {"A b"},
         change::added,
         permitted,
         consumed,
         "RFC 9110, 11.7.2",
         "identifies itself"},
        {field::proxy_authorization,
         {"A b"},
         {"A c"},
         change::changed,
         conditional,
         consumed,
         "RFC 9110, 11.7.2",
         "consumed the credentials and identifies"},
    };
    for (const row& r : rows) {
        const hop_finding found = found_of(r.about, r.received, r.sent);
        const std::string what = std::string(name_of(r.about)) + " " + std::string(name_of(r.what));
        EXPECT_EQ(found.change, r.what) << what << ", not " << name_of(found.change);
        EXPECT_EQ(found.allowed, r.allowed) << what;
        EXPECT_EQ(found.requirement, r.requirement) << what;
        EXPECT_EQ(found.section, r.section) << what;
        EXPECT_NE(found.text.find(r.words), std::string_view::npos) << what << ": " << found.text;
    }
}

// A 407 whose challenge is taken away is a finding about the message as well as about the field.
TEST(hop_rules, a_dropped_proxy_challenge_was_for_this_hop) {
    const auto list = compare_hop(with(field::proxy_authenticate, {"A"}, 407), {502, {}});
    ASSERT_EQ(list.size(), 1u);
    EXPECT_EQ(list[0].change, change::dropped);
    EXPECT_EQ(list[0].allowed, permitted);
    EXPECT_NE(list[0].text.find("was for this proxy"), std::string_view::npos);
}

// RFC 9110, 7.6.1: what Connection names is removed.
TEST(hop_rules, connection_options) {
    const auto dropped = [](std::string_view name, std::string_view options) {
        const hop_message received{0, {{name, options}, {"Authorization", "A b"}}};
        for (const hop_finding& found : compare_hop(received, {0, {}})) {
            if (found.field == field::authorization) return found;
        }
        return hop_finding{};
    };
    const hop_finding named = dropped("connection", "close,\tAUTHORIZATION ,x");
    EXPECT_EQ(named.allowed, conditional);
    EXPECT_EQ(named.section, "RFC 9110, 7.6.1");
    EXPECT_NE(named.text.find("Connection"), std::string_view::npos);
    EXPECT_EQ(dropped("Connection", "authorization").allowed, conditional);
    for (const std::string_view other : {"close", "authorizations", "author ization", "\"authorization\"", ""}) {
        EXPECT_EQ(dropped("Connection", other).allowed, forbidden) << other;
        EXPECT_EQ(dropped("Connection", other).section, "RFC 9110, 11.6.2") << other;
    }
    EXPECT_EQ(dropped("Keep-Alive", "authorization").allowed, forbidden);
    const hop_message received{0, {{"Connection", "authorization"}, {"Authorization", "A b"}}};
    const auto changed = compare_hop(received, with(field::authorization, {"A c"}, 0));
    ASSERT_EQ(changed.size(), 1u);
    EXPECT_EQ(changed[0].allowed, forbidden) << "it had to be removed, not changed";
}

TEST(hop_rules, white_space_around_values_and_case_of_names) {
    EXPECT_EQ(of_challenges({"A"}, {" \tA\t "}), change::unchanged);
    EXPECT_EQ(of_challenges({"A b=c"}, {"A b= c"}), change::changed) << "inside, it is a change";
    EXPECT_EQ(of_challenges({" "}, {"\t"}), change::unchanged) << "empty lines are lines";
    EXPECT_EQ(of_challenges({"A", ""}, {"A"}), change::recombined);
    EXPECT_EQ(of_challenges({""}, {"A"}), change::changed);
}

// Where the elements of a list end: at commas outside of quoted-strings.
TEST(hop_rules, lists_are_compared_element_by_element) {
    EXPECT_EQ(of_info({"a=\"x\\\", y\", b=c"}, {"a=\"x\\\", y\"", "b=c"}), change::recombined);
    EXPECT_EQ(of_info({"a=\"x\\\\\", b=c"}, {"a=\"x\\\\\"", "b=c"}), change::recombined);
    EXPECT_EQ(of_info({"a=\"x, y\""}, {"a=\"x", "y\""}), change::changed) << "the comma was inside";
    EXPECT_EQ(of_info({"a=x\\, b=c"}, {"a=x\\", "b=c"}), change::recombined) << "no escape outside";
    EXPECT_EQ(of_info({"a=b,, c=d"}, {"a=b, c=d"}), change::respelled) << "empty elements";
    EXPECT_EQ(of_info({",a=b ,c=d,"}, {"a=b", "c=d"}), change::respelled);
    EXPECT_EQ(of_info({"a=b ,\tc=d"}, {"a=b", "c=d"}), change::recombined) << "whatever white space the comma has";
    EXPECT_EQ(of_info({"a=b,,c=d"}, {"a=b,", "c=d"}), change::recombined) << "at one of the commas";
    EXPECT_EQ(of_info({"a=b,,c=d"}, {"a=b", ",c=d"}), change::recombined);
    EXPECT_EQ(of_info({"a=b,", ", c=d"}, {"a=b,,, c=d"}), change::recombined);
    EXPECT_EQ(of_info({"a=b,", ", c=d"}, {"a=b,, c=d"}), change::respelled)
        << "one comma for each line and for the join";
    EXPECT_EQ(of_info({"a=b,,c=d"}, {"a=b", "c=d"}), change::respelled);
    EXPECT_EQ(of_info({"a=b,", "c=d"}, {"a=b", ",c=d"}), change::respelled);
    EXPECT_EQ(of_info({"a=b, c=d", "e=f"}, {"a=b, c=d, e=f"}), change::recombined);
    EXPECT_EQ(of_info({"a=b, c=d", "e=f"}, {"a=b,c=d, e=f"}), change::respelled) << "joined, and changed within";
    EXPECT_EQ(of_info({"a=b, c=d", "e=f"}, {"a=b", "c=d, e=f"}), change::recombined);
    EXPECT_EQ(of_info({"a=b"}, {",a=b"}), change::respelled);
    EXPECT_EQ(of_info({"a=b"}, {"a=b,"}), change::respelled);
    EXPECT_EQ(of_info({"a=b", ""}, {"", "a=b"}), change::recombined) << "empty lines say nothing";
    EXPECT_EQ(of_info({"a=b", ","}, {"a=b"}), change::respelled);
    EXPECT_EQ(of_info({","}, {",,"}), change::respelled);
    EXPECT_EQ(of_info({",", ""}, {","}), change::recombined);
    EXPECT_EQ(of_info({"a=b, c=d"}, {"a=bc=d"}), change::changed);
    EXPECT_EQ(of_info({"a=\"b", "c=d, e=f"}, {"a=\"b", "c=d", "e=f"}), change::recombined) << "each line anew";
    EXPECT_EQ(of_info({"a=b, c=d"}, {"c=d", "a=b"}), change::reordered);
    EXPECT_EQ(of_info({"a=b", "c=d"}, {"c=d", "a=b"}), change::reordered);
    EXPECT_EQ(of_info({"a=b, c=d"}, {"c=d, a=b, a=b"}), change::changed);
    EXPECT_EQ(of_info({"a=b"}, {","}), change::changed);
}

// Challenges are reordered as a whole, each with its parameters as they are spelled.
TEST(hop_rules, challenges_are_compared_one_by_one) {
    EXPECT_EQ(of_challenges({"A", "B"}, {"B, A"}), change::reordered);
    EXPECT_EQ(of_challenges({"A,B"}, {"B, A"}), change::reordered);
    EXPECT_EQ(of_challenges({"B", "A"}, {"A", "B"}), change::reordered);
    EXPECT_EQ(of_challenges({"B, A"}, {"A", "B"}), change::reordered);
    EXPECT_EQ(of_challenges({"A b=c", "D e=f"}, {"D e=f, A b=c"}), change::reordered);
    EXPECT_EQ(of_challenges({"A b=c, d=e, F"}, {"F, A b=c, d=e"}), change::reordered);
    EXPECT_EQ(of_challenges({"A b=c, d=e, F"}, {"F, A d=e, b=c"}), change::changed) << "parameters may not";
    EXPECT_EQ(of_challenges({"A, B"}, {"B, C"}), change::changed);
    EXPECT_EQ(of_challenges({"A, B"}, {"B, A, A"}), change::changed);
    EXPECT_EQ(of_challenges({"A, B"}, {"b, A"}), change::changed) << "the case of a scheme is a change";
    EXPECT_EQ(of_challenges({"A b=\"c"}, {"A d=\"e"}), change::changed) << "neither can be read";
    lines many;
    std::string backwards;
    for (int i = 0; i < 300; ++i) {
        many.push_back(i % 2 == 0 ? "A" : "B");
        backwards += i % 2 == 0 ? "B," : "A,";
    }
    EXPECT_EQ(of_challenges(many, {backwards}), change::reordered) << "as many events as there can be";
}

// S401-10 and the rest that statuses say: what a hop may make of an answer.
// shows: R9110-3.7-401-forwarded conforming
// shows: R9110-3.7-401-forwarded violating
TEST(hop_rules, statuses) {
    struct pair {
        int received;
        int sent;
        std::string_view requirement;
        std::string_view section;
        std::string_view words;
    };
    const pair pairs[]{
        {407, 401, "S401-10", "RFC 9110, 11.3 and 15.5.8", "another proxy's 407 into a 401"},
        {401, 407, "S401-10", "RFC 9110, 11.3 and 15.5.2", "401 into a 407"},
        {200, 401, "S401-10", "RFC 9110, 11.3 and 15.5.2", "turned another response into a 401"},
        {403, 401, "S401-10", "RFC 9110, 11.3 and 15.5.2", "turned another response into a 401"},
        {401, 403, "R9110-3.7-401-forwarded", "RFC 9110, 3.7 and 15.5.2", "401 into another status code"},
        {401, 200, "R9110-3.7-401-forwarded", "RFC 9110, 3.7 and 15.5.2", "401 into another status code"},
        {401, 401, "", "", ""},
        {407, 407, "", "", ""},
        {407, 502, "", "", ""},
        {200, 407, "", "", ""},
        {402, 400, "", "", ""},
        {406, 408, "", "", ""},
    };
    for (const pair& p : pairs) {
        hop_message sent{p.sent, {}};
        if (p.sent == 407) sent.lines.push_back({"Proxy-Authenticate", "A"});
        std::vector<hop_finding> about;
        for (const hop_finding& found : compare_hop({p.received, {}}, sent)) {
            if (!found.field) about.push_back(found);
        }
        ASSERT_EQ(about.size(), p.requirement.empty() ? 0u : 1u) << p.received << ' ' << p.sent;
        if (about.empty()) continue;
        EXPECT_EQ(about[0].requirement, p.requirement) << p.received << ' ' << p.sent;
        EXPECT_EQ(about[0].section, p.section) << p.received << ' ' << p.sent;
        EXPECT_EQ(about[0].allowed, forbidden);
        EXPECT_EQ(about[0].change, change::changed);
        EXPECT_NE(about[0].text.find(p.words), std::string_view::npos) << about[0].text;
    }
}

// shows: R9110-11.7.1-proxy-authenticate conforming
// shows: R9110-11.7.1-proxy-authenticate violating
TEST(hop_rules, an_empty_proxy_authenticate) {
    for (const int status : {407, 502}) {
        for (const lines& values : {lines{""}, lines{","}, lines{"", " , "}}) {
            const auto list = compare_hop({status, {}}, with(field::proxy_authenticate, values, status));
            ASSERT_EQ(list.size(), 2u) << "the field, and the message";
            EXPECT_FALSE(list[1].field);
            EXPECT_EQ(list[1].allowed, forbidden);
            EXPECT_EQ(list[1].requirement, "R9110-11.7.1-proxy-authenticate");
            EXPECT_EQ(list[1].section, "RFC 9110, 11.7.1");
            EXPECT_NE(list[1].text.find("empty"), std::string_view::npos);
        }
        EXPECT_EQ(compare_hop({status, {}}, with(field::proxy_authenticate, {"", "A"}, status)).size(), 1u);
    }
    EXPECT_EQ(compare_hop(with(field::proxy_authenticate, {""}, 502), {502, {}}).size(), 1u) << "it was not sent on";
}

TEST(hop_rules, a_407_without_a_challenge) {
    const auto list = compare_hop({407, {}}, {407, {}});
    ASSERT_EQ(list.size(), 1u);
    EXPECT_FALSE(list[0].field);
    EXPECT_EQ(list[0].change, change::changed);
    EXPECT_EQ(list[0].allowed, forbidden);
    EXPECT_EQ(list[0].requirement, "R7235-2.1-407-challenge");
    EXPECT_EQ(list[0].section, "RFC 9110, 15.5.8");
    EXPECT_NE(list[0].text.find("without Proxy-Authenticate"), std::string_view::npos);
    EXPECT_EQ(compare_hop({401, {}}, {407, {}}).size(), 2u) << "and a 401 that was made one";
    EXPECT_TRUE(compare_hop({408, {}}, {408, {}}).empty());
    EXPECT_TRUE(compare_hop({0, {}}, {0, {}}).empty()) << "a request has no status";
    EXPECT_TRUE(compare_hop(hop_message{}, {0, {}}).empty()) << "and is the default";
}

TEST(hop_rules, a_request_and_a_response) {
    for (const bool request : {false, true}) {
        const hop_message one = with(field::www_authenticate, {"A"}, request ? 0 : 401);
        const hop_message other = with(field::www_authenticate, {"B"}, request ? 401 : 0);
        const auto list = compare_hop(one, other);
        ASSERT_EQ(list.size(), 1u) << "and nothing else is compared";
        EXPECT_FALSE(list[0].field);
        EXPECT_EQ(list[0].change, change::changed);
        EXPECT_EQ(list[0].allowed, forbidden);
        EXPECT_EQ(list[0].requirement, "R7235-4.1-proxy-untouched");
        EXPECT_EQ(list[0].section, "RFC 9110, 3.7");
    }
}

// Findings come in the order of the enumeration, and a field in a message of the wrong kind is one of them.
TEST(hop_rules, all_fields_in_order) {
    for (const int status : {0, 200}) {
        hop_message m{status, {}};
        for (const field f : all_fields) m.lines.insert(m.lines.begin(), {name_of(f), "A"});
        const auto list = compare_hop(m, m);
        ASSERT_EQ(list.size(), all_fields.size());
        for (std::size_t i = 0; i < list.size(); ++i) {
            EXPECT_EQ(list[i].field, all_fields[i]);
            EXPECT_EQ(list[i].change, change::unchanged);
            const bool misplaced = (kind_of(all_fields[i]) == field_kind::credentials) != (status == 0);
            EXPECT_EQ(list[i].requirement == "R7235-5.3-fields", misplaced) << name_of(all_fields[i]);
            if (!misplaced) continue;
            EXPECT_EQ(list[i].allowed, conditional);
            EXPECT_EQ(list[i].section, "RFC 9110, 11.6 and 11.7");
            EXPECT_NE(list[i].text.find("no meaning"), std::string_view::npos);
        }
    }
}

TEST(hop_rules, names) {
    EXPECT_EQ(name_of(change::unchanged), "unchanged");
    EXPECT_EQ(name_of(change::recombined), "recombined");
    EXPECT_EQ(name_of(change::respelled), "respelled");
    EXPECT_EQ(name_of(change::reordered), "reordered");
    EXPECT_EQ(name_of(change::added), "added");
    EXPECT_EQ(name_of(change::dropped), "dropped");
    EXPECT_EQ(name_of(change::changed), "changed");
    EXPECT_EQ(name_of(permitted), "permitted");
    EXPECT_EQ(name_of(conditional), "conditional");
    EXPECT_EQ(name_of(forbidden), "forbidden");
}

}  // namespace
}  // namespace authgrammar::policy
