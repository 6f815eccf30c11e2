#include <authgrammar/policy/hop.hpp>

#include <gtest/gtest.h>

#include <utility>
#include <vector>

#include <algorithm>

namespace authgrammar::policy {
namespace {

using change = field_change;
using lines = std::vector<field_line>;

/// What is found of a field.
hop_finding of(field f, const hop_message& received, const hop_message& sent) {
    for (const hop_finding& found : compare_hop(received, sent)) {
        if (found.field == f) return found;
    }
    ADD_FAILURE() << "nothing found of " << name_of(f);
    return {};
}

bool complains(const hop_message& received, const hop_message& sent, std::string_view requirement) {
    const auto list = compare_hop(received, sent);
    return std::any_of(list.begin(), list.end(), [&](const hop_finding& found) {
        return !found.field && found.allowed == permission::forbidden && found.requirement == requirement;
    });
}

#define EXPECT_FOUND(f, received, sent, what, permitted, id) \
    do {                                                     \
        const hop_finding found = of(f, received, sent);     \
        EXPECT_EQ(found.change, what);                       \
        EXPECT_EQ(found.allowed, permitted);                 \
        EXPECT_EQ(found.requirement, id);                    \
        EXPECT_FALSE(found.text.empty());                    \
    } while (false)

const hop_message challenge{401, {{"WWW-Authenticate", "Basic realm=\"a, b\""}, {"WWW-Authenticate", "Newauth"}}};

// shows: R7235-4.1-proxy-untouched conforming
TEST(hop, www_authenticate_is_left_alone) {
    const auto f = field::www_authenticate;
    constexpr std::string_view id = "R7235-4.1-proxy-untouched";
    EXPECT_FOUND(f, challenge, challenge, change::unchanged, permission::permitted, id);
    const hop_message respelled{
        401, {{"www-authenticate", " Basic realm=\"a, b\"\t"}, {"X", "y"}, {"WWW-AUTHENTICATE", "Newauth"}}};
    EXPECT_FOUND(f, challenge, respelled, change::unchanged, permission::permitted, id);
    const hop_message joined{401, {{"WWW-Authenticate", "Basic realm=\"a, b\" , Newauth"}}};
    EXPECT_FOUND(f, challenge, joined, change::recombined, permission::permitted, id);
}

// shows: R7235-4.1-proxy-untouched violating
TEST(hop, www_authenticate_is_touched) {
    const auto f = field::www_authenticate;
    constexpr std::string_view id = "R7235-4.1-proxy-untouched";
    const auto bad = permission::forbidden;
    EXPECT_FOUND(f, challenge, (hop_message{401, {}}), change::dropped, bad, id);
    EXPECT_FOUND(f, (hop_message{401, {}}), challenge, change::added, bad, id);
    EXPECT_FOUND(f, challenge, (hop_message{401, {challenge.lines[1], challenge.lines[0]}}), change::reordered, bad,
                 id);
    const hop_message swapped{401, {{"WWW-Authenticate", "Newauth, Basic realm=\"a, b\""}}};
    EXPECT_FOUND(f, challenge, swapped, change::reordered, bad, id);
    const hop_message params{401, {{"WWW-Authenticate", "A b=c, D e=f, g=h"}}};
    EXPECT_FOUND(f, params, (hop_message{401, {{"WWW-Authenticate", "D e=f, g=h, A b=c"}}}), change::reordered, bad,
                 id);
    EXPECT_FOUND(f, params, (hop_message{401, {{"WWW-Authenticate", "A b=c, g=h, D e=f"}}}), change::changed, bad, id);
    EXPECT_FOUND(f, challenge, (hop_message{401, {challenge.lines[0]}}), change::changed, bad, id);
    const hop_message relined{401, {{"WWW-Authenticate", "Basic realm=\"a,b\""}, {"WWW-Authenticate", "Newauth"}}};
    EXPECT_FOUND(f, challenge, relined, change::changed, bad, id);
    const hop_message broken_before{401, {{"WWW-Authenticate", "Basic realm=\"a\\"}}};
    const hop_message broken_after{401, {{"WWW-Authenticate", "Basic realm=\"b\\"}}};
    EXPECT_FOUND(f, broken_before, broken_after, change::changed, bad, id);
    // An empty line adds nothing to the list.
    const hop_message with_empty{401, {challenge.lines[1], {"WWW-Authenticate", ""}, challenge.lines[0]}};
    EXPECT_FOUND(f, challenge, with_empty, change::reordered, bad, id);
}

// shows: R7235-4.2-proxy-untouched conforming
// shows: R7235-4.2-proxy-untouched violating
// shows: R9110-11.6.2-authorization conforming
// shows: R9110-11.6.2-authorization violating
TEST(hop, authorization) {
    const auto f = field::authorization;
    constexpr std::string_view id = "R7235-4.2-proxy-untouched";
    const hop_message request{0, {{"Authorization", "Digest username=\"u\", uri=\"/\""}}};
    EXPECT_FOUND(f, request, request, change::unchanged, permission::permitted, id);
    EXPECT_FOUND(f, request, (hop_message{0, {}}), change::dropped, permission::forbidden, id);
    EXPECT_FOUND(f, (hop_message{0, {}}), request, change::added, permission::forbidden, id);
    const hop_message other{0, {{"Authorization", "Digest username=\"v\", uri=\"/\""}}};
    EXPECT_FOUND(f, request, other, change::changed, permission::forbidden, id);
    const hop_message split{0, {{"Authorization", "Digest username=\"u\""}, {"Authorization", "uri=\"/\""}}};
    EXPECT_FOUND(f, request, split, change::recombined, permission::forbidden, id);
}

// shows: R9110-11.6.3-authentication-info conforming
// shows: R9110-11.6.3-authentication-info violating
TEST(hop, authentication_info) {
    const auto f = field::authentication_info;
    constexpr std::string_view id = "R9110-11.6.3-authentication-info";
    const hop_message response{200, {{"Authentication-Info", "nextnonce=\"1\""}}};
    EXPECT_FOUND(f, response, response, change::unchanged, permission::permitted, id);
    EXPECT_FOUND(f, response, (hop_message{200, {}}), change::dropped, permission::forbidden, id);
    EXPECT_FOUND(f, (hop_message{200, {{"Authentication-Info", "a=\"b, c\", d=e"}}}),
                 (hop_message{200, {{"Authentication-Info", "d=e, a=\"b, c\""}}}), change::reordered,
                 permission::forbidden, id);
    EXPECT_FOUND(f, response, (hop_message{200, {{"Authentication-Info", "nextnonce=\"2\""}}}), change::changed,
                 permission::forbidden, id);
}

// shows: R7235-4.4-consumed conforming
// shows: R7235-4.4-consumed violating
TEST(hop, proxy_authorization_is_consumed_or_relayed) {
    const auto f = field::proxy_authorization;
    constexpr std::string_view id = "R7235-4.4-consumed";
    const hop_message request{0, {{"Proxy-Authorization", "Basic eA=="}}};
    EXPECT_FOUND(f, request, (hop_message{0, {}}), change::dropped, permission::permitted, id);
    EXPECT_FOUND(f, request, request, change::unchanged, permission::conditional, id);
    EXPECT_FOUND(f, (hop_message{0, {}}), request, change::added, permission::permitted, id);
    EXPECT_FOUND(f, request, (hop_message{0, {{"Proxy-Authorization", "Basic eQ=="}}}), change::changed,
                 permission::conditional, id);
}

// shows: R7235-4.3-next-hop conforming
// shows: R7235-4.3-next-hop violating
// shows: R9110-11.7.3-proxy-authentication-info conforming
// shows: R9110-11.7.3-proxy-authentication-info violating
TEST(hop, fields_for_the_next_client) {
    const hop_message asked{407, {{"Proxy-Authenticate", "Basic realm=\"inner\""}}};
    const hop_message own{407, {{"Proxy-Authenticate", "Basic realm=\"outer\""}}};
    const auto f = field::proxy_authenticate;
    EXPECT_FOUND(f, asked, own, change::changed, permission::permitted, "R7235-4.3-next-hop");
    EXPECT_FOUND(f, asked, asked, change::unchanged, permission::conditional, "R7235-4.3-next-hop");
    EXPECT_FOUND(f, asked, (hop_message{502, {}}), change::dropped, permission::permitted, "R7235-4.3-next-hop");
    const hop_message info{200, {{"Proxy-Authentication-Info", "nextnonce=\"1\""}}};
    constexpr std::string_view id = "R9110-11.7.3-proxy-authentication-info";
    EXPECT_FOUND(field::proxy_authentication_info, info, (hop_message{200, {}}), change::dropped, permission::permitted,
                 id);
    EXPECT_FOUND(field::proxy_authentication_info, info, info, change::unchanged, permission::conditional, id);
}

// shows: R7235-2.1-407-challenge violating
// shows: R9110-11.7.1-proxy-authenticate violating
TEST(hop, a_407_keeps_a_challenge) {
    const hop_message asked{407, {{"Proxy-Authenticate", "Basic realm=\"inner\""}}};
    EXPECT_TRUE(complains(asked, {407, {}}, "R7235-2.1-407-challenge"));
    EXPECT_FALSE(complains(asked, asked, "R7235-2.1-407-challenge"));
}

// shows: S401-10 violating
TEST(hop, statuses_are_not_exchanged) {
    const hop_message asked{407, {{"Proxy-Authenticate", "Basic realm=\"inner\""}}};
    EXPECT_TRUE(complains(asked, challenge, "S401-10"));
    EXPECT_TRUE(complains(challenge, asked, "S401-10"));
    EXPECT_TRUE(complains({200, {}}, challenge, "S401-10"));
    EXPECT_TRUE(complains(challenge, {403, {}}, "R9110-3.7-401-forwarded"));
    EXPECT_FALSE(complains(challenge, challenge, "S401-10"));
}

TEST(hop, connection_options_ask_for_removal) {
    const hop_message named{0, {{"Connection", "close, authorization"}, {"Authorization", "Basic eA=="}}};
    EXPECT_FOUND(field::authorization, named, (hop_message{0, {}}), change::dropped, permission::conditional,
                 "R7235-4.2-proxy-untouched");
    const hop_message quoted{0, {{"Connection", "x=\", authorization, \""}, {"Authorization", "Basic eA=="}}};
    EXPECT_FOUND(field::authorization, quoted, (hop_message{0, {}}), change::dropped, permission::forbidden,
                 "R7235-4.2-proxy-untouched");
}

TEST(hop, like_for_like) {
    const auto list = compare_hop({0, {}}, {200, {}});
    ASSERT_EQ(list.size(), 1u);
    EXPECT_EQ(list[0].allowed, permission::forbidden);
    EXPECT_TRUE(compare_hop({0, {}}, {0, {}}).empty());
    const hop_message misplaced{0, {{"WWW-Authenticate", "Basic"}}};
    EXPECT_EQ(of(field::www_authenticate, misplaced, misplaced).allowed, permission::conditional);
}

hop_message on_connect(int status, lines of) {
    hop_message m{status, std::move(of)};
    m.method = "CONNECT";
    return m;
}
hop_message through_tunnel(int status, lines of) {
    hop_message m{status, std::move(of)};
    m.method = "GET";
    m.tunnelled = true;
    return m;
}

/// The findings about the message as a whole.
std::vector<hop_finding> about_message(const hop_message& received, const hop_message& sent,
                                       intermediary between = intermediary::proxy) {
    std::vector<hop_finding> list;
    for (const hop_finding& f : compare_hop(received, sent, between)) {
        if (!f.field) list.push_back(f);
    }
    return list;
}

// shows: R9110-9.3.6-connect conforming
// shows: R9110-9.3.6-connect violating
TEST(hop, whoever_answers_connect_acts_as_a_proxy) {
    const field_line of_server{"WWW-Authenticate", "Basic realm=\"x\""};
    const field_line of_proxy{"Proxy-Authenticate", "Basic realm=\"x\""};
    for (const intermediary between : {intermediary::proxy, intermediary::gateway}) {
        for (const lines& sent : {lines{}, lines{of_server}, lines{of_proxy}}) {
            const hop_message unauthorized = on_connect(401, sent);
            const auto found = about_message(unauthorized, unauthorized, between);
            ASSERT_EQ(found.size(), 1u);
            EXPECT_EQ(found[0].requirement, "R9110-9.3.6-connect");
            EXPECT_EQ(found[0].allowed, permission::forbidden);
            EXPECT_NE(found[0].text.find("means 407"), std::string_view::npos);
        }
        const hop_message wrong_field = on_connect(407, {of_server});
        const auto found = about_message(wrong_field, wrong_field, between);
        ASSERT_EQ(found.size(), 1u);
        EXPECT_EQ(found[0].requirement, "R7235-2.1-407-challenge");
        EXPECT_NE(found[0].text.find("WWW-Authenticate only"), std::string_view::npos);
        EXPECT_TRUE(about_message(on_connect(407, {of_proxy}), on_connect(407, {of_proxy}), between).empty());
        EXPECT_TRUE(about_message(on_connect(200, {}), on_connect(200, {}), between).empty());
    }
    EXPECT_EQ(about_message(on_connect(407, {}), on_connect(407, {})).size(), 1u) << "without any challenge";
    EXPECT_TRUE(about_message(on_connect(403, {}), on_connect(407, {of_proxy})).empty());
}

TEST(hop, proxies_read_authorization_on_connect) {
    const hop_message m = on_connect(0, {{"Authorization", "Basic eA=="}});
    const hop_finding kept = of(field::authorization, m, m);
    EXPECT_EQ(kept.allowed, permission::conditional);
    EXPECT_EQ(kept.requirement, "R9110-9.3.6-connect");
    EXPECT_NE(kept.text.find("only proxies read"), std::string_view::npos);
    EXPECT_EQ(of(field::authorization, m, on_connect(0, {})).allowed, permission::forbidden);
    const hop_message own = on_connect(0, {{"Proxy-Authorization", "Basic eA=="}});
    EXPECT_EQ(of(field::proxy_authorization, own, on_connect(0, {})).allowed, permission::permitted);
}

TEST(hop, behind_a_tunnel_is_the_origin_server) {
    const hop_message asked = through_tunnel(407, {{"Proxy-Authenticate", "Basic realm=\"x\""}});
    const auto about = about_message(asked, asked);
    ASSERT_EQ(about.size(), 1u);
    EXPECT_EQ(about[0].requirement, "R9110-9.3.6-connect");
    EXPECT_EQ(of(field::proxy_authenticate, asked, asked).allowed, permission::forbidden);
    const hop_message given = through_tunnel(0, {{"Proxy-Authorization", "Basic eA=="}});
    EXPECT_EQ(of(field::proxy_authorization, given, given).allowed, permission::forbidden);
    const hop_message ordinary = through_tunnel(0, {{"Authorization", "Basic eA=="}});
    EXPECT_EQ(of(field::authorization, ordinary, ordinary).allowed, permission::permitted);
    EXPECT_EQ(of(field::authorization, ordinary, through_tunnel(0, {})).allowed, permission::forbidden);
    const hop_message unauthorized = through_tunnel(401, {{"WWW-Authenticate", "Basic realm=\"x\""}});
    EXPECT_TRUE(about_message(unauthorized, unauthorized).empty());
}

}  // namespace
}  // namespace authgrammar::policy
