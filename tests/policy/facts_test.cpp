#include "decision_rows.hpp"

#include "policy/decision_table.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <utility>
#include <vector>

namespace authgrammar::policy {
namespace {

using namespace testing;

// The table of docs/decisions.md, and what only the library and the options know.
TEST(facts, have_the_names_of_the_guide) {
    const std::vector<std::pair<std::string, std::vector<std::string>>> guide{
        {"hop", {"origin", "proxy", "gateway"}},
        {"resource", {"public", "protected", "absent", "moved"}},
        {"existence", {"open", "hidden", "hidden-from-strangers"}},
        {"authentication", {"http", "form"}},
        {"credentials", {"absent", "malformed", "partial", "invalid", "insufficient", "sufficient"}},
        {"cause", {"wrong", "expired", "revoked", "unknown-user", "stale-nonce", "step-up"}},
        {"forbidden",
         {"no", "yes", "network", "unsecured-connection", "too-many-requests", "legal-reasons", "upgrade-required"}},
        {"policy.malformed", {"401", "400"}},
        {"policy.hide_with", {"404", "401"}},
        {"policy.login", {"403", "302", "303", "307", "511"}},
        {"method", {"other", "PUT", "CONNECT", "preflight"}},
        {"policy.optional", {"200", "401"}},
    };
    std::vector<std::pair<std::string, std::vector<std::string>>> found;
    for (const fact& each : all_facts()) {
        found.emplace_back(each.name, std::vector<std::string>(each.values, each.values + each.value_count));
        EXPECT_FALSE(each.explanation.empty()) << each.name;
    }
    EXPECT_EQ(found, guide);
    EXPECT_EQ(all_facts().size(), guide.size());
    EXPECT_EQ(fact_count, guide.size());
}

// Each fact is its own member, and each value the enumerator of that name.
TEST(facts, are_the_members_of_that_name) {
    const auto set = [](std::string_view name, std::string_view value) {
        facts f(resource_state{}, credentials_state{});
        const fact* const each = fact_from_name(name);
        each->set(f, each->index_of(value).value());
        return f;
    };
    EXPECT_EQ(set("hop", "proxy").hop, hop_role::proxy);
    EXPECT_EQ(set("method", "PUT").method, request_method::put);
    EXPECT_EQ(set("method", "CONNECT").method, request_method::connect);
    EXPECT_EQ(set("method", "preflight").method, request_method::preflight);
    EXPECT_EQ(set("cause", "stale-nonce").cause, invalid_cause::stale_nonce);
    EXPECT_EQ(set("cause", "step-up").cause, invalid_cause::more_authentication);
    EXPECT_EQ(set("forbidden", "too-many-requests").forbidden, refusal::too_many_requests);
    EXPECT_EQ(set("forbidden", "legal-reasons").forbidden, refusal::legal_reasons);
    EXPECT_EQ(set("forbidden", "upgrade-required").forbidden, refusal::upgrade_required);
    EXPECT_EQ(set("policy.login", "511").login, login_policy::network_authentication);
    EXPECT_EQ(set("policy.optional", "401").optional, public_policy::check);
    EXPECT_EQ(set("hop", "gateway").hop, hop_role::gateway);
    EXPECT_EQ(set("resource", "protected").resource, resource_state::protected_resource);
    EXPECT_EQ(set("resource", "absent").resource, resource_state::absent);
    EXPECT_EQ(set("resource", "moved").resource, resource_state::moved);
    EXPECT_EQ(set("existence", "hidden").existence, existence_rule::hidden);
    EXPECT_EQ(set("existence", "hidden-from-strangers").existence, existence_rule::hidden_from_strangers);
    EXPECT_EQ(set("authentication", "form").authentication, authentication_kind::form);
    EXPECT_EQ(set("credentials", "malformed").credentials, credentials_state::malformed);
    EXPECT_EQ(set("credentials", "partial").credentials, credentials_state::partial);
    EXPECT_EQ(set("credentials", "invalid").credentials, credentials_state::invalid);
    EXPECT_EQ(set("credentials", "insufficient").credentials, credentials_state::insufficient);
    EXPECT_EQ(set("credentials", "sufficient").credentials, credentials_state::sufficient);
    EXPECT_EQ(set("cause", "unknown-user").cause, invalid_cause::unknown_user);
    EXPECT_EQ(set("forbidden", "network").forbidden, refusal::network);
    EXPECT_EQ(set("forbidden", "unsecured-connection").forbidden, refusal::unsecured_connection);
    EXPECT_EQ(set("policy.malformed", "400").malformed, malformed_policy::bad_request);
    EXPECT_EQ(set("policy.hide_with", "401").hide_with, hiding_policy::challenge);
    EXPECT_EQ(set("policy.login", "303").login, login_policy::see_other);
    EXPECT_EQ(set("policy.login", "307").login, login_policy::temporary_redirect);
}

// The list of docs/decisions.md, each stated again in the words that it uses there, for every combination.
TEST(facts, contradict_one_another_as_the_guide_says) {
    const auto names_against = [](const facts& f) {
        const bool hidden = f.existence != existence_rule::open;
        const bool connect = f.method == request_method::connect;
        const bool proxy = f.hop == hop_role::proxy && !connect;
        const bool form = f.authentication == authentication_kind::form;
        const bool for_all = f.resource == resource_state::public_resource || f.resource == resource_state::moved;
        std::multiset<std::string_view> names;
        if (proxy && (f.resource == resource_state::absent || f.resource == resource_state::moved)) {
            names.insert("hop, resource");
        }
        if (proxy && hidden) names.insert("hop, existence");
        if (connect && (f.resource == resource_state::absent || f.resource == resource_state::moved)) {
            names.insert("method, resource");
        }
        if (connect && hidden) names.insert("method, existence");
        if (f.method == request_method::preflight && !proxy && f.credentials != credentials_state::absent) {
            names.insert("method, credentials");
        }
        if (form && f.credentials == credentials_state::invalid && f.cause == invalid_cause::stale_nonce) {
            names.insert("authentication, cause");
        }
        if (form && f.resource == resource_state::public_resource && f.optional == public_policy::check) {
            names.insert("authentication, resource, policy.optional");
        }
        if (form && !proxy && !connect && f.login == login_policy::network_authentication) {
            names.insert("hop, authentication, policy.login");
        }
        if (for_all && hidden && f.forbidden == refusal::no) names.insert("resource, existence");
        if (for_all && f.credentials == credentials_state::insufficient) names.insert("resource, credentials");
        if (form && hidden && f.hide_with == hiding_policy::challenge) {
            names.insert("authentication, existence, policy.hide_with");
        }
        return names;
    };
    for (const facts& f : counting_combinations()) {
        std::multiset<std::string_view> found;
        for (const contradiction& c : decide(f).contradictions) found.insert(c.names);
        ASSERT_EQ(found, names_against(f)) << describe(f);
    }
}

// The two contradictions of hop and resource are told apart.
TEST(facts, absent_and_moved_proxies_are_two_things) {
    facts f(resource_state{}, credentials_state{});
    f.hop = hop_role::proxy;
    f.resource = resource_state::absent;
    ASSERT_EQ(decide(f).contradictions.size(), 1u);
    EXPECT_NE(decide(f).contradictions[0].explanation.find("absent"), std::string_view::npos);
    f.resource = resource_state::moved;
    ASSERT_EQ(decide(f).contradictions.size(), 1u);
    EXPECT_NE(decide(f).contradictions[0].explanation.find("moved"), std::string_view::npos);
}

// Who may know that a target exists.
TEST(facts, who_may_know) {
    using state = credentials_state;
    for (const state c :
         {state::absent, state::malformed, state::partial, state::invalid, state::insufficient, state::sufficient}) {
        facts f(resource_state{}, credentials_state{});
        f.credentials = c;
        EXPECT_TRUE(may_know(f));
        f.existence = existence_rule::hidden;
        EXPECT_EQ(may_know(f), c == state::sufficient) << describe(f);
        f.existence = existence_rule::hidden_from_strangers;
        EXPECT_EQ(may_know(f), c == state::sufficient || c == state::insufficient) << describe(f);
    }
}

}  // namespace
}  // namespace authgrammar::policy
