// Fields that Connection names (RFC 9110, 7.6.1): of the message that was received, and of the one that was sent.

#include <authgrammar/policy/hop.hpp>

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace authgrammar::policy {
namespace {

using change = field_change;

int status_with(field f) { return kind_of(f) == field_kind::credentials ? 0 : 200; }

/// A message with a value of the field, or without, whose Connection names what is given.
hop_message message_with(field f, std::optional<std::string_view> value, std::string_view connection) {
    hop_message m;
    m.status = status_with(f);
    if (!connection.empty()) m.lines.push_back({"Connection", connection});
    if (value) m.lines.push_back({name_of(f), *value});
    return m;
}

hop_finding only_one(const hop_message& received, const hop_message& sent, intermediary between) {
    const auto list = compare_hop(received, sent, between);
    EXPECT_EQ(list.size(), 1u);
    return list.empty() ? hop_finding{} : list[0];
}

constexpr intermediary both[]{intermediary::proxy, intermediary::gateway};
constexpr std::string_view id = "R9110-7.6.1-connection";

// shows: R9110-7.6.1-connection violating
TEST(hop_connection, what_the_received_message_names_is_not_forwarded) {
    for (const field f : all_fields) {
        for (const intermediary between : both) {
            const std::string name(name_of(f));
            const std::string options = "close, " + name;
            const hop_message received = message_with(f, "A", options);
            const hop_finding kept = only_one(received, message_with(f, "A", ""), between);
            EXPECT_EQ(kept.change, change::unchanged) << name;
            EXPECT_EQ(kept.allowed, permission::forbidden) << name;
            const bool is_never_a_gateways = between == intermediary::gateway &&
                                             (f == field::proxy_authenticate || f == field::proxy_authentication_info);
            if (is_never_a_gateways) continue;
            EXPECT_EQ(kept.requirement, id) << name;
            EXPECT_EQ(kept.section, "RFC 9110, 7.6.1") << name;
            EXPECT_NE(kept.text.find("had to be removed"), std::string_view::npos) << kept.text;
        }
    }
}

// However the lines that are kept were joined, spelled or ordered.
TEST(hop_connection, other_ways_to_keep_a_field) {
    const auto kept = [](std::vector<std::string_view> sent) {
        hop_message received{
            200, {{"connection", "WWW-AUTHENTICATE"}, {"WWW-Authenticate", "A"}, {"WWW-Authenticate", "B"}}};
        hop_message forwarded{200, {}};
        for (const std::string_view value : sent) forwarded.lines.push_back({"WWW-Authenticate", value});
        return only_one(received, forwarded, intermediary::gateway);
    };
    EXPECT_EQ(kept({"A", "B"}).requirement, id);
    EXPECT_EQ(kept({"A, B"}).requirement, id) << "recombined";
    EXPECT_EQ(kept({"A", "B,"}).requirement, id) << "respelled";
    EXPECT_EQ(kept({"B", "A"}).requirement, id) << "reordered";
    EXPECT_EQ(kept({"C"}).allowed, permission::permitted) << "the gateway's own";
    EXPECT_EQ(kept({}).allowed, permission::permitted) << "it was removed";
}

// shows: R9110-7.6.1-connection conforming
TEST(hop_connection, what_it_does_not_name_is_judged_as_ever) {
    for (const std::string_view other : {"", "close", "authorizations", "x=\", authorization, \""}) {
        const hop_message received = message_with(field::authorization, "Basic dTpw", other);
        const hop_message sent = message_with(field::authorization, "Basic dTpw", "keep-alive");
        EXPECT_EQ(only_one(received, sent, intermediary::proxy).allowed, permission::permitted) << other;
        EXPECT_EQ(only_one(received, sent, intermediary::gateway).allowed, permission::conditional) << other;
    }
    // The proxy's own credentials for the next proxy, behind those that it removed.
    const hop_message received = message_with(field::proxy_authorization, "Basic dTpw", "Proxy-Authorization");
    const hop_message own = message_with(field::proxy_authorization, "Basic cDpw", "Proxy-Authorization");
    EXPECT_EQ(only_one(received, own, intermediary::proxy).allowed, permission::conditional);
    EXPECT_EQ(only_one(received, message_with(field::proxy_authorization, {}, ""), intermediary::proxy).allowed,
              permission::permitted);
}

// A field for all recipients is no connection option; a proxy's fields are for its neighbour and may be one.
// shows: R9110-7.6.1-connection violating
TEST(hop_connection, what_the_forwarded_message_names) {
    for (const field f : {field::www_authenticate, field::authorization, field::authentication_info}) {
        for (const intermediary between : both) {
            const std::string name(name_of(f));
            const hop_finding kept = only_one(message_with(f, "A", ""), message_with(f, "A", name), between);
            EXPECT_EQ(kept.allowed, permission::forbidden) << name;
            EXPECT_EQ(kept.requirement, id) << name;
            EXPECT_NE(kept.text.find("the next hop removes it"), std::string_view::npos) << kept.text;
            const hop_finding gone = only_one(message_with(f, "A", ""), message_with(f, {}, name), between);
            EXPECT_NE(gone.requirement, id) << name << ": there is nothing to remove";
        }
        const hop_finding own =
            only_one(message_with(f, {}, ""), message_with(f, "A", name_of(f)), intermediary::gateway);
        EXPECT_EQ(own.requirement, id) << "what a gateway adds, too";
    }
    const field between_neighbours = field::proxy_authorization;
    EXPECT_EQ(only_one(message_with(between_neighbours, {}, ""),
                       message_with(between_neighbours, "A", "proxy-authorization"), intermediary::proxy)
                  .allowed,
              permission::permitted);
}

// What is forbidden anyway keeps its own reason, and so does what has no meaning in the message.
TEST(hop_connection, other_reasons_stay) {
    const hop_message received = message_with(field::authorization, "A b", "authorization");
    const hop_finding changed =
        only_one(received, message_with(field::authorization, "A c", "authorization"), intermediary::proxy);
    EXPECT_EQ(changed.requirement, "R7235-4.2-proxy-untouched");
    hop_message response = received;
    response.status = 200;
    const hop_finding misplaced = only_one(response, response, intermediary::proxy);
    EXPECT_EQ(misplaced.requirement, "R7235-5.3-fields");
    EXPECT_EQ(misplaced.allowed, permission::conditional);
    hop_message inside = received;
    inside.tunnelled = true;
    EXPECT_EQ(only_one(inside, received, intermediary::proxy).requirement, "R9110-9.3.6-connect");
    EXPECT_EQ(only_one(inside, received, intermediary::proxy).allowed, permission::permitted)
        << "a tunnel carries it all, and nobody on the way reads Connection";
    hop_message connect = received;
    connect.method = "CONNECT";
    EXPECT_EQ(only_one(connect, connect, intermediary::proxy).requirement, id);
}

}  // namespace
}  // namespace authgrammar::policy
