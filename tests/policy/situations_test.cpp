// Situations, each with the answer of the text that decides it, which it names.

#include "store_fixture.hpp"

#include <authgrammar/policy/challenge_field.hpp>
#include <authgrammar/policy/decision.hpp>
#include <authgrammar/policy/hop.hpp>
#include <authgrammar/policy/protection_space.hpp>
#include <authgrammar/policy/retry.hpp>

#include <algorithm>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace authgrammar::policy {
namespace {

using testing::at;

bool lists(const std::vector<outcome>& also, int status) {
    return std::any_of(also.begin(), also.end(), [status](const outcome& o) { return o.status == status; });
}

/// The challenge that is sent if `offered` is what the service offers, and the credentials are of the first scheme in it.
std::string sent_with(const outcome& o, std::string_view offered) {
    inline_event_buffer<64> events;
    const auto list = parse_challenges(field::www_authenticate, offered, events);
    if (!list) return "not in the grammar";
    const auto field = challenges_to_send(o, *list, offered.substr(0, offered.find(' ')));
    return field ? field->value : "nothing";
}

std::string steps(field f, std::initializer_list<std::pair<std::string_view, std::string_view>> tries) {
    retry_guard guard(f);
    std::string taken;
    for (const auto& [credentials, challenge] : tries) {
        if (!credentials.empty()) guard.sent(credentials);
        taken += (taken.empty() ? "" : ", ") + std::string(name_of(guard.challenged(challenge).step));
    }
    return taken;
}

// RFC 9110, 9.3.6: any recipient of CONNECT can answer it, and acts as a proxy then. 11.7.1: it asks with 407.
TEST(situations, connect_is_asked_for_by_407_whoever_answers) {
    for (const hop_role hop : {hop_role::origin, hop_role::proxy, hop_role::gateway}) {
        facts f(resource_state::protected_resource, credentials_state::invalid);
        f.hop = hop;
        f.method = request_method::connect;
        const decision d = decide(f);
        EXPECT_EQ(d.status(), 407);
        EXPECT_EQ(d.recommended.www_authenticate, sending::must_not);
        EXPECT_EQ(d.recommended.proxy_authenticate, sending::must);
        EXPECT_FALSE(lists(d.also, 401));
        EXPECT_FALSE(lists(d.also, 404)) << "no resource is hidden from who asks for a tunnel";
        EXPECT_EQ(sent_with(d.recommended, "Bearer realm=\"p\""), "Bearer realm=\"p\"")
            << "RFC 6750 defines its errors for resource servers and 401";
        f.cause = invalid_cause::stale_nonce;
        EXPECT_EQ(sent_with(decide(f).recommended, "Digest realm=\"p\", nonce=\"n\", qop=\"auth\""),
                  "Digest realm=\"p\", nonce=\"n\", qop=\"auth\", stale=true")
            << "RFC 7616, 3.8: with 407 as with 401";
    }
}

// RFC 9110, 9.3.6: "Any 2xx response indicates that the sender will switch to tunnel mode". There is nothing to cache.
TEST(situations, an_open_tunnel_has_no_personal_content) {
    facts f(resource_state::protected_resource, credentials_state::sufficient);
    f.method = request_method::connect;
    const decision d = decide(f);
    EXPECT_EQ(d.status(), 200);
    EXPECT_EQ(d.recommended.cache_control, "");
    EXPECT_EQ(d.recommended.vary, "");
    EXPECT_EQ(d.recommended.www_authenticate, sending::must_not);
}

// RFC 9110, 3.7: all requirements on an origin server hold for a gateway, and 407 is none of them.
TEST(situations, a_gateway_is_an_origin_server_in_every_state) {
    for (const auto whose :
         {credentials_state::absent, credentials_state::malformed, credentials_state::partial,
          credentials_state::invalid, credentials_state::insufficient, credentials_state::sufficient}) {
        facts f(resource_state::protected_resource, whose);
        const decision origin = decide(f);
        f.hop = hop_role::gateway;
        const decision gateway = decide(f);
        EXPECT_EQ(gateway.status(), origin.status());
        EXPECT_EQ(gateway.recommended.www_authenticate, origin.recommended.www_authenticate);
        EXPECT_EQ(gateway.recommended.proxy_authenticate, sending::must_not);
        EXPECT_FALSE(lists(gateway.also, 407));
    }
}

// RFC 6750, 3: no error code without a token; 3.1: invalid_request 400, invalid_token 401, insufficient_scope 403. RFC 9470,
// 3: insufficient_user_authentication 401. RFC 9449, 8 and 9: use_dpop_nonce 401.
TEST(situations, what_is_said_of_a_token_and_with_which_status) {
    struct row {
        credentials_state whose;
        invalid_cause cause;
        std::string_view offered;
        int status;
        std::string_view sent;
    };
    const auto wrong = invalid_cause::wrong;
    const auto refused = credentials_state::invalid;
    for (const row& r : {
             row{credentials_state::absent, wrong, "Bearer realm=\"a\", error=\"invalid_token\"", 401,
                 "Bearer realm=\"a\""},
             row{credentials_state::malformed, wrong, "Bearer realm=\"a\"", 400,
                 "Bearer realm=\"a\", error=\"invalid_request\""},
             row{refused, invalid_cause::expired, "Bearer realm=\"a\"", 401,
                 "Bearer realm=\"a\", error=\"invalid_token\""},
             row{refused, invalid_cause::more_authentication, "Bearer realm=\"a\"", 401,
                 "Bearer realm=\"a\", error=\"insufficient_user_authentication\""},
             row{credentials_state::insufficient, wrong, "Bearer realm=\"a\"", 403,
                 "Bearer realm=\"a\", error=\"insufficient_scope\""},
             row{refused, invalid_cause::stale_nonce, "DPoP algs=\"ES256\"", 401,
                 "DPoP algs=\"ES256\", error=\"use_dpop_nonce\""},
             row{refused, invalid_cause::stale_nonce, "Bearer realm=\"a\"", 401, "Bearer realm=\"a\""},
             row{refused, invalid_cause::stale_nonce, "Digest realm=\"a\", nonce=\"n\", qop=\"auth\"", 401,
                 "Digest realm=\"a\", nonce=\"n\", qop=\"auth\", stale=true"},
             row{refused, wrong, "Digest realm=\"a\", nonce=\"n\", qop=\"auth\", stale=true", 401,
                 "Digest realm=\"a\", nonce=\"n\", qop=\"auth\""},
             row{refused, wrong, "Basic realm=\"a\", Bearer realm=\"a\"", 401, "Basic realm=\"a\", Bearer realm=\"a\""},
             row{refused, wrong, "Negotiate", 401, "Negotiate"},
         }) {
        facts f(resource_state::protected_resource, r.whose);
        f.cause = r.cause;
        f.malformed = malformed_policy::bad_request;
        const decision d = decide(f);
        EXPECT_EQ(d.status(), r.status) << r.offered;
        EXPECT_EQ(sent_with(d.recommended, r.offered), r.sent) << r.status;
    }
}

// RFC 9110, 15.5.4: "An origin server that wishes to 'hide' the current existence of a forbidden target resource MAY instead
// respond with a status code of 404". What is said of a token would tell that it is known here.
// shows: S401-6 conforming
TEST(situations, a_hidden_404_says_nothing_of_the_token) {
    for (const auto what : {resource_state::protected_resource, resource_state::absent}) {
        for (const auto whose : {credentials_state::insufficient, credentials_state::invalid}) {
            facts f(what, whose);
            f.existence = existence_rule::hidden;
            const decision d = decide(f);
            EXPECT_EQ(d.status(), 404);
            EXPECT_EQ(sent_with(d.recommended, "Bearer realm=\"a\""), "Bearer realm=\"a\"");
            EXPECT_EQ(d.recommended.cache_control, "no-store");
            EXPECT_FALSE(lists(d.also, 410));
            EXPECT_FALSE(d.alike.empty());
            for (const outcome& o : d.also) EXPECT_FALSE(o.alike.empty()) << o.status;
        }
    }
}

// RFC 9110, 9.3.4: PUT creates what is not there, and 201 says so. Who may is a question like for what is there.
TEST(situations, a_put_to_nothing) {
    const auto status = [](credentials_state whose, existence_rule existence, resource_state what) {
        facts f(what, whose);
        f.existence = existence;
        f.method = request_method::put;
        return decide(f).status();
    };
    const auto nothing = resource_state::absent;
    EXPECT_EQ(status(credentials_state::absent, existence_rule::open, nothing), 401);
    EXPECT_EQ(status(credentials_state::insufficient, existence_rule::open, nothing), 403);
    EXPECT_EQ(status(credentials_state::sufficient, existence_rule::open, nothing), 201);
    EXPECT_EQ(status(credentials_state::sufficient, existence_rule::hidden, nothing), 201);
    EXPECT_EQ(status(credentials_state::sufficient, existence_rule::open, resource_state::protected_resource), 200);
    for (const auto whose : {credentials_state::absent, credentials_state::invalid, credentials_state::insufficient}) {
        EXPECT_EQ(status(whose, existence_rule::hidden, nothing),
                  status(whose, existence_rule::hidden, resource_state::protected_resource));
    }
}

// RFC 6585, 4: 429 is about the client. RFC 7725, 3: 451 is about the resource, so under hidden existence it would tell.
TEST(situations, refusals_where_existence_is_hidden) {
    facts f(resource_state::absent, credentials_state::sufficient);
    f.existence = existence_rule::hidden;
    f.forbidden = refusal::too_many_requests;
    const decision rate = decide(f);
    EXPECT_EQ(rate.status(), 429);
    EXPECT_EQ(rate.recommended.retry_after, sending::may);
    EXPECT_EQ(rate.recommended.cache_control, "no-store") << "\"MUST NOT be stored by a cache\"";
    EXPECT_FALSE(lists(rate.also, 404));
    f.forbidden = refusal::legal_reasons;
    const decision law = decide(f);
    EXPECT_EQ(law.status(), 404);
    EXPECT_TRUE(lists(law.also, 451)) << "for every path";
    EXPECT_EQ(law.recommended.www_authenticate, sending::must_not);
    f.forbidden = refusal::unsecured_connection;
    f.hop = hop_role::gateway;
    EXPECT_TRUE(lists(decide(f).also, 308)) << "to https, for every path";
}

// RFC 6585, 6: 511 "SHOULD NOT be generated by origin servers"; it is a captive portal's.
TEST(situations, a_captive_portal_and_a_site_with_a_form) {
    facts f(resource_state::protected_resource, credentials_state::absent);
    f.authentication = authentication_kind::form;
    f.login = login_policy::network_authentication;
    EXPECT_EQ(status_for(f), 0);
    EXPECT_EQ(decide(f).contradictions.size(), 1u);
    f.hop = hop_role::proxy;
    EXPECT_EQ(decide(f).status(), 511);
    EXPECT_EQ(decide(f).recommended.cache_control, "no-store");
    EXPECT_FALSE(lists(decide(f).also, 407)) << "there is no challenge to send";
}

// RFC 9110, 11.4 with 15.5.2; RFC 9111, 4.1: an answer that depends on Authorization varies by it.
TEST(situations, a_public_page_with_a_greeting) {
    facts f(resource_state::public_resource, credentials_state::invalid);
    EXPECT_EQ(decide(f).status(), 200);
    f.optional = public_policy::check;
    EXPECT_EQ(decide(f).status(), 401);
    f.credentials = credentials_state::absent;
    EXPECT_EQ(decide(f).status(), 200);
    EXPECT_EQ(decide(f).recommended.vary, "Authorization");
    EXPECT_EQ(decide(f).recommended.cache_control, "");
    f.credentials = credentials_state::sufficient;
    EXPECT_EQ(decide(f).recommended.cache_control, "private");
}

// RFC 7804, 5: data goes on, sid names the exchange. RFC 4559, 5: so does a token68. What comes back once more is a refusal.
// shows: R7235-2.1-multi-round conforming
TEST(situations, rounds_are_rounds_and_end) {
    const field www = field::www_authenticate;
    EXPECT_EQ(steps(www, {{"", "SCRAM-SHA-256 realm=\"r\""},
                          {"SCRAM-SHA-256 realm=\"r\", data=\"YQ==\"", "SCRAM-SHA-256 sid=AA, data=\"Yg==\""},
                          {"SCRAM-SHA-256 sid=AA, data=\"Yw==\"", "SCRAM-SHA-256 realm=\"r\""}}),
              "answer, continue round, show");
    EXPECT_EQ(steps(www, {{"", "Negotiate"}, {"Negotiate YQ==", "Negotiate Yg=="}, {"Negotiate Yw==", "Negotiate"}}),
              "answer, continue round, show");
    EXPECT_EQ(steps(www, {{"", "Negotiate, Basic realm=\"r\""},
                          {"Negotiate YQ==", "Negotiate Yg==, Basic realm=\"r\""},
                          {"Negotiate Yw==", "Negotiate Yg==, Basic realm=\"r\""}}),
              "answer, continue round, show")
        << "the same round again";
}

// RFC 7616, 3.3: stale says that "the client may wish to simply retry the request with a new encrypted response", which
// is made with the realm; without it "new values MUST be obtained".
// shows: R7235-3.1-same-challenge conforming
TEST(situations, a_nonce_is_renewed_in_its_realm) {
    const std::string_view first = "Digest realm=\"r\", nonce=\"1\", qop=\"auth\"";
    const std::string_view sent = "Digest username=\"u\", realm=\"r\", nonce=\"1\", uri=\"/\", response=\"0\"";
    const field www = field::www_authenticate;
    EXPECT_EQ(steps(www, {{"", first}, {sent, "Digest realm=\"r\", nonce=\"2\", qop=\"auth\", stale=TRUE"}}),
              "answer, renew");
    EXPECT_EQ(steps(www, {{"", first}, {sent, "Digest realm=\"\\r\", nonce=\"2\", qop=\"auth\", stale=true"}}),
              "answer, renew");
    EXPECT_EQ(steps(www, {{"", first}, {sent, "Digest realm=\"other\", nonce=\"2\", qop=\"auth\", stale=true"}}),
              "answer, answer")
        << "the password of one realm is none of another";
    EXPECT_EQ(steps(www, {{"", first}, {sent, "Digest realm=\"r\", nonce=\"2\", qop=\"auth\""}}), "answer, show");
    EXPECT_EQ(steps(www, {{"DPoP a", "DPoP error=\"use_dpop_nonce\""}, {"DPoP a", "DPoP error=\"use_dpop_nonce\""}}),
              "renew, show");
    EXPECT_EQ(steps(field::proxy_authenticate, {{"", first}, {sent, "Digest realm=\"r\", nonce=\"2\", stale=true"}}),
              "answer, renew");
}

// RFC 7617, 2.2 for Basic; RFC 7616, 3.3 for Digest; RFC 9110, 11.5: http and https are two servers.
// shows: R7235-2.2-server-bound violating
TEST(situations, redirects_keep_what_the_scheme_says) {
    struct row {
        std::string_view scheme;
        std::string_view from;
        std::string_view to;
        std::string_view domain;
        bool kept;
    };
    for (const row& r : {
             row{"Basic", "https://a.test/x/y", "https://a.test/x/z?q", "", true},
             row{"Basic", "https://a.test/x/y", "https://a.test:443/x/", "", true},
             row{"Basic", "https://a.test/x/y", "https://a.test/z", "", false},
             row{"Basic", "https://a.test/x/y", "https://a.test/x/%2e%2e/z", "", false},
             row{"Basic", "https://a.test/x/y", "https://a.test/x/..%2Fz", "", true},  // one segment (RFC 3986, 2.2)
             row{"Basic", "https://a.test/x/y", "https://a.test./x/y", "", false},
             row{"Basic", "http://a.test/x", "https://a.test/x", "", false},
             row{"Basic", "https://a.test/x", "https://a.test@b.test/x", "", false},
             row{"Basic", "https://a.test/x", "https://b.test/x", "https://b.test/", false},
             row{"Digest", "https://a.test/x", "https://a.test/z", "", true},
             row{"Digest", "https://a.test/x", "https://a.test/z", "/x", false},
             row{"Digest", "https://a.test/x", "https://b.test/x", "/ https://b.test/", true},
             row{"Digest", "https://a.test/x", "http://b.test/x", "/ http://b.test/", false},
             row{"Bearer", "https://a.test/x", "https://b.test/x", "", false},
         }) {
        EXPECT_EQ(keeps_authorization(at(r.from), at(r.to), r.scheme, r.domain), r.kept)
            << r.scheme << ' ' << r.from << ' ' << r.to << ' ' << r.domain;
    }
}

// RFC 7616, 3.3: URIs of domain are absolute or paths. What is neither names nothing.
using hostile = testing::credential_store_test;
TEST_F(hostile, domains) {
    credential_store store = make();
    accepted_credentials evil = basic("evil");
    evil.scheme = "Digest";
    evil.domain =
        "//bank.test/ \\\\bank.test/ https:bank.test https:/bank.test/ https://evil.test@bank.test:443/x "
        "https://BANK.test:443/y https://b\xc3\xa4nk.test/ https://[fe80::1%25eth0]/ ftp://bank.test/ /own";
    ASSERT_TRUE(store.remember(at("https://evil.test/"), evil));
    EXPECT_EQ(offered(store.find(at("https://bank.test/"))), "nothing");
    EXPECT_EQ(offered(store.find(at("https://bank.test/y"))), "evil") << "by RFC 7616, as long as nothing is its own";
    EXPECT_EQ(offered(store.find(at("https://evil.test/"))), "nothing");
    EXPECT_EQ(offered(store.find(at("https://evil.test/own"))), "evil");
    ASSERT_TRUE(store.remember(at("https://bank.test/accounts/1"), basic("bank")));
    EXPECT_EQ(offered(store.find(at("https://bank.test/y"))), "nothing") << "not even outside the scope of its own";
    EXPECT_EQ(offered(store.find(at("https://bank.test/accounts/2"))), "bank");
    EXPECT_EQ(offered(store.find({"https://bank.test", "r"}, "Digest")), "nothing");
    EXPECT_EQ(store.discard_host("bank.test"), 2u);
}

// RFC 9110, 9.3.6: "There is no default port; a client MUST send the port number". RFC 8441, 4: extended CONNECT has a URI.
TEST(situations, what_connect_targets) {
    const auto uri = [](std::string_view method, std::string_view target, bool extended) {
        const auto t = effective_request_uri(method, target, "chat.test", true, extended);
        return t ? t->root + t->path : "none";
    };
    EXPECT_EQ(uri("CONNECT", "e.test:8443", false), "https://e.test:8443/");
    EXPECT_EQ(uri("CONNECT", "[::1]:443", false), "https://[::1]/");
    for (const std::string_view target : {"e.test", "e.test:", "e.test:0", "e.test:000", "[::1]", "e.test:70000",
                                          "https://e.test/", "e.test:443/", "u@e.test:443", ":443", "443"}) {
        EXPECT_EQ(uri("CONNECT", target, false), "none") << target;
    }
    EXPECT_EQ(uri("CONNECT", "/chat", true), "https://chat.test/chat");
    EXPECT_EQ(uri("connect", "/chat", false), "https://chat.test/chat") << "methods are case-sensitive (RFC 9110, 9.1)";
}

}  // namespace
}  // namespace authgrammar::policy
