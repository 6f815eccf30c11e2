// Which considerations of RFC 7235, 5.1.2 the schemes break: by hand, from their RFCs, beside what the data say.

#include <authgrammar/schemes/considerations.hpp>

#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>

namespace {

using namespace authgrammar::schemes;
using authgrammar::field_kind;
using authgrammar::param_form;

using considerations_broken = std::set<std::string>;

constexpr consideration all[]{
    consideration::stateless,   consideration::realm_reserved, consideration::token68_legacy,
    consideration::both_forms,  consideration::unknown_params, consideration::where_usable,
    consideration::other_field, consideration::parsing_fixed,  consideration::info_considered};

/// The part of the id that differs: behind the section.
std::string short_id(consideration c) {
    const std::string_view id = text_of(c).id;
    return std::string(id.substr(id.find('-', id.find('-') + 1) + 1));
}

considerations_broken broken_by(const scheme_description& s) {
    considerations_broken ids;
    for (const broken_consideration& b : considerations(s)) ids.insert(short_id(b.what));
    return ids;
}

TEST(considerations, of_each_scheme_by_hand) {
    const std::map<std::string, considerations_broken> expected{
        {"Basic", {"token68-legacy"}},
        // 3: other parameters may be used, with no word on recipients. 2.2: a form body, with no word on caches.
        {"Bearer", {"token68-legacy", "unknown-params", "other-field"}},
        // 3: signs a key exporter of the TLS connection. 4: without quotes.
        {"Concealed", {"stateless", "both-forms", "unknown-params"}},
        // 3.3 to 3.5: quoted only, and never quoted.
        {"Digest", {"both-forms", "unknown-params"}},
        {"DPoP", {"token68-legacy"}},
        // 9.1: the example has semicolons and bare URIs.
        {"GNAP", {"token68-legacy", "unknown-params", "where-usable", "parsing-fixed"}},
        {"HOBA", {"unknown-params"}},
        // 6: sessions.
        {"Mutual", {"stateless"}},
        // The note of the registry: connection-oriented, and incompatible syntax.
        {"Negotiate", {"stateless", "token68-legacy", "parsing-fixed"}},
        {"OAuth", {"both-forms", "where-usable", "other-field"}},
        {"PrivateToken", {"where-usable"}},
        // 5: sid ties messages together; the example has base64 with padding outside quotes.
        // 6 and 8: nothing on what Authentication-Info shows. (RFC 7616, 5.4 and RFC 8120, 17.5 have something.)
        {"SCRAM-SHA-1", {"stateless", "unknown-params", "where-usable", "parsing-fixed", "info-considered"}},
        {"SCRAM-SHA-256", {"stateless", "unknown-params", "where-usable", "parsing-fixed", "info-considered"}},
        {"vapid", {}},
        {"NTLM", {"stateless", "token68-legacy", "where-usable"}},
        // Captures: Credential and SignedHeaders hold octets that a token does not, and are never quoted.
        {"AWS4-HMAC-SHA256", {"both-forms", "unknown-params", "where-usable", "parsing-fixed"}},
    };
    EXPECT_EQ(all_schemes().size(), expected.size());
    for (const scheme_description& s : all_schemes()) {
        const auto found = expected.find(std::string(s.name));
        ASSERT_NE(found, expected.end()) << s.name;
        EXPECT_EQ(broken_by(s), found->second) << s.name;
    }
}

/// A scheme that breaks nothing.
scheme_description model() {
    scheme_description s;
    s.name = "Model";
    s.reference = "this test";
    s.challenge.params = s.credentials.params = true;
    s.origin = usability::yes;
    s.proxy = usability::no;
    s.realm = realm_rule::optional;
    s.unknown_params = unknown_rule::ignored;
    return s;
}

// shows: R7235-5.1.2-stateless conforming
// shows: R7235-5.1.2-realm-reserved conforming
// shows: R7235-5.1.2-token68-legacy conforming
// shows: R7235-5.1.2-both-forms conforming
// shows: R7235-5.1.2-unknown-params conforming
// shows: R7235-5.1.2-where-usable conforming
// shows: R7235-5.1.2-other-field conforming
// shows: R9110-16.4.2-info-considered conforming
TEST(considerations, a_scheme_may_break_none) {
    scheme_description s = model();
    EXPECT_TRUE(considerations(s).empty());
    // What looks like a breach and is none: advice on forms, realm quoted, refusal of what is unknown, other carriers
    // whose caching is forbidden, and a scheme for proxies alone.
    parameter_description params[2];
    params[0].name = "realm";
    params[0].form = param_form::quoted;
    params[1].name = "a";
    params[1].in_info = presence::optional;
    s.info_considered = "this test";
    params[1].form = param_form::token;
    params[1].form_advised = true;
    s.params = params;
    s.unknown_params = unknown_rule::refused;
    s.origin = usability::no;
    s.proxy = usability::yes;
    carrier_description carrier;
    carrier.name = "field X-Key";
    carrier.caching_forbidden = true;
    s.carriers = {&carrier, 1};
    const sample samples[]{{field_kind::challenges, "Model realm=\"x\", a=1, Basic realm=\"y\"", ""},
                           {field_kind::credentials, "Model a=\"1\"", ""},
                           {field_kind::info, "a=1, b=\"\"", ""}};
    s.samples = samples;
    EXPECT_TRUE(considerations(s).empty());
}

// shows: R7235-5.1.2-stateless violating
TEST(considerations, a_state_outside_the_request_is_flagged) {
    for (const state_rule state : {state_rule::server, state_rule::connection, state_rule::tls_connection}) {
        scheme_description s = model();
        s.state = state;
        EXPECT_EQ(broken_by(s), considerations_broken{"stateless"}) << name_of(state);
    }
}

// shows: R7235-5.1.2-realm-reserved violating
TEST(considerations, a_realm_of_another_meaning_is_flagged) {
    for (const realm_rule realm : {realm_rule::required, realm_rule::none, realm_rule::ignored}) {
        scheme_description s = model();
        s.realm = realm;
        EXPECT_EQ(broken_by(s), considerations_broken{}) << name_of(realm);
    }
    scheme_description s = model();
    s.realm = realm_rule::redefined;
    EXPECT_EQ(broken_by(s), considerations_broken{"realm-reserved"});
}

// shows: R7235-5.1.2-token68-legacy violating
TEST(considerations, a_token68_is_flagged) {
    scheme_description s = model();
    s.credentials = {false, true, false};
    EXPECT_EQ(broken_by(s), considerations_broken{"token68-legacy"});
    s.challenge = {true, true, false};
    const broken_considerations both = considerations(s);
    ASSERT_EQ(both.size(), 1u);
    EXPECT_EQ(both.begin()->about, "challenge");
    EXPECT_EQ(both.begin()->others, 1u);
}

// shows: R7235-5.1.2-both-forms violating
TEST(considerations, a_parameter_of_one_form_is_flagged) {
    scheme_description s = model();
    parameter_description params[3];
    params[0].name = "a";
    params[1].name = "b";
    params[1].form = param_form::token;
    params[2].name = "c";
    params[2].form = param_form::quoted;
    s.params = params;
    const broken_considerations found = considerations(s);
    ASSERT_EQ(found.size(), 1u);
    EXPECT_TRUE(found.has(consideration::both_forms));
    EXPECT_EQ(found.begin()->about, "b");
    EXPECT_EQ(found.begin()->others, 1u);
    // Two rows, as of a parameter whose value in credentials is another one.
    params[2].name = "b";
    EXPECT_EQ(considerations(s).begin()->others, 0u);
}

// shows: R7235-5.1.2-unknown-params violating
TEST(considerations, silence_on_unknown_parameters_is_flagged) {
    scheme_description s = model();
    s.unknown_params = unknown_rule::undefined;
    EXPECT_EQ(broken_by(s), considerations_broken{"unknown-params"});
}

// shows: R7235-5.1.2-where-usable violating
TEST(considerations, silence_on_proxies_or_origin_servers_is_flagged) {
    scheme_description s = model();
    s.proxy = usability::unstated;
    EXPECT_EQ(broken_by(s), considerations_broken{"where-usable"});
    EXPECT_EQ(considerations(s).begin()->about, "proxies");
    s = model();
    s.origin = usability::unstated;
    EXPECT_EQ(broken_by(s), considerations_broken{"where-usable"});
    EXPECT_EQ(considerations(s).begin()->about, "origin servers");
}

// shows: R7235-5.1.2-other-field violating
TEST(considerations, a_carrier_that_may_be_cached_is_flagged) {
    scheme_description s = model();
    carrier_description carrier;
    carrier.name = "field X-Key";
    s.carriers = {&carrier, 1};
    EXPECT_EQ(broken_by(s), considerations_broken{"other-field"});
    EXPECT_EQ(considerations(s).begin()->about, "field X-Key");
}

// shows: R7235-5.1.2-parsing-fixed violating
TEST(considerations, a_value_outside_the_grammar_is_flagged) {
    const sample outside[]{{field_kind::challenges, "Model a=1;b=2", ""},
                           {field_kind::challenges, "Model a=http://x", ""},
                           {field_kind::challenges, "Model YQ==, YQ==", ""},
                           {field_kind::credentials, "Model a=1, Model b=2", ""},
                           {field_kind::credentials, "Model \"x\"", ""},
                           {field_kind::credentials, "", ""},
                           {field_kind::info, "Model a=1", ""}};
    for (const sample& each : outside) {
        scheme_description s = model();
        s.samples = {&each, 1};
        EXPECT_EQ(broken_by(s), considerations_broken{"parsing-fixed"}) << each.value;
        EXPECT_EQ(considerations(s).begin()->about, each.value);
    }
}

// shows: R9110-16.4.2-info-considered violating
TEST(considerations, silence_on_info_fields_is_flagged) {
    scheme_description s = model();
    parameter_description params[4];
    params[0].name = "a";
    params[0].in_challenge = params[0].in_credentials = presence::required;
    params[1].name = params[2].name = "b";
    params[1].in_info = presence::required;
    params[2].in_info = presence::conditional;
    params[3].name = "c";
    params[3].in_info = presence::optional;
    s.params = {params, 1};
    EXPECT_EQ(broken_by(s), considerations_broken{}) << "none of -Info fields";
    s.params = params;
    const broken_considerations found = considerations(s);
    ASSERT_EQ(found.size(), 1u);
    EXPECT_TRUE(found.has(consideration::info_considered));
    EXPECT_EQ(found.begin()->about, "b");
    EXPECT_EQ(found.begin()->others, 1u);
    s.info_considered = "section 9";
    EXPECT_EQ(broken_by(s), considerations_broken{});
}

TEST(considerations, have_the_ids_of_the_requirements) {
    std::set<std::string> ids;
    for (const consideration c : all) {
        const consideration_text text = text_of(c);
        const bool later = c == consideration::info_considered;
        EXPECT_EQ(text.id.substr(0, later ? 13 : 12), later ? "R9110-16.4.2-" : "R7235-5.1.2-");
        EXPECT_FALSE(text.section.empty() || text.broken.empty() || text.advice.empty()) << text.id;
        ids.insert(std::string(text.id));
    }
    EXPECT_EQ(ids.size(), 9u);
}

}  // namespace
