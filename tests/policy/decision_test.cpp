#include "decision_rows.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <set>
#include <utility>

namespace authgrammar::policy {
namespace {

using namespace testing;

std::vector<std::string> faults_of(std::string_view id, const decision_tree& tree) {
    std::vector<std::string> found;
    row_of(id).check(tree, all_cases(), found);
    if (stride != 1) row_of(id).check(tree, few_cases(), found);  // of all there are only some
    return found;
}

/// The tree with one branch led elsewhere.
decision_tree broken(question q, std::size_t branch, verdict v) {
    decision_tree tree = standard_tree();
    auto& b = tree.nodes[static_cast<std::size_t>(q)].branches[branch];
    b.ends = true;
    b.end = v;
    return tree;
}

#define EXPECT_CONFORMS(id)                                        \
    do {                                                           \
        const auto found = faults_of(id, standard_tree());         \
        EXPECT_TRUE(found.empty()) << id << ": " << found.front(); \
    } while (false)

#define EXPECT_BROKEN_BY(id, q, b, v) EXPECT_FALSE(faults_of(id, broken(question::q, b, verdict::v)).empty()) << id

// shows: S401-1 conforming
// shows: S401-1 violating
// shows: R9110-15.5.2-401 conforming
TEST(decision, s401_1) {
    EXPECT_CONFORMS("S401-1");
    EXPECT_BROKEN_BY("S401-1", are_sufficient, 0, inadequate);
}

// shows: S401-2 conforming
// shows: S401-2 violating
TEST(decision, s401_2) {
    EXPECT_CONFORMS("S401-2");
    EXPECT_BROKEN_BY("S401-2", are_sufficient, 0, inadequate);
}

// shows: S401-3 conforming
// shows: S401-3 violating
TEST(decision, s401_3) {
    EXPECT_CONFORMS("S401-3");
    EXPECT_BROKEN_BY("S401-3", is_bad_request, 1, challenge);
}

// shows: S401-4 conforming
// shows: S401-4 violating
// shows: R9110-15.5.4-403 conforming
TEST(decision, s401_4) {
    EXPECT_CONFORMS("S401-4");
    EXPECT_BROKEN_BY("S401-4", are_sufficient, 1, challenge);
}

// shows: S401-5 conforming
// shows: S401-5 violating
TEST(decision, s401_5) {
    EXPECT_CONFORMS("S401-5");
    EXPECT_BROKEN_BY("S401-5", is_refusal_hidden, 0, challenge);
}

// shows: S401-6 conforming
// shows: S401-6 violating
// shows: R9110-15.5.4-403 violating
TEST(decision, s401_6) {
    EXPECT_CONFORMS("S401-6");
    EXPECT_BROKEN_BY("S401-6", how_hidden, 0, inadequate);
}

// shows: S401-7 conforming
// shows: S401-7 violating
TEST(decision, s401_7) {
    EXPECT_CONFORMS("S401-7");
    EXPECT_BROKEN_BY("S401-7", how_hidden, 1, not_found);
}

// shows: S401-8 conforming
// shows: S401-8 violating
// shows: R7235-2.1-other-mechanisms violating
TEST(decision, s401_8) {
    EXPECT_CONFORMS("S401-8");
    EXPECT_BROKEN_BY("S401-8", how_authenticated, 1, challenge);
}

// shows: S401-9 conforming
// shows: S401-9 violating
TEST(decision, s401_9) {
    EXPECT_CONFORMS("S401-9");
    EXPECT_BROKEN_BY("S401-9", what_is_there, 2, challenge);
    EXPECT_BROKEN_BY("S401-9", what_is_there, 3, challenge);
}

// shows: S401-10 conforming
// shows: S401-10 violating
// shows: R9110-15.5.8-407 conforming
// shows: R7235-5.2-status-codes violating
TEST(decision, s401_10) {
    EXPECT_CONFORMS("S401-10");
    EXPECT_BROKEN_BY("S401-10", which_hop, 1, challenge);
}

// shows: R9110-3.7-gateway conforming
// shows: R9110-3.7-gateway violating
TEST(decision, a_gateway_is_an_origin_server_to_its_client) {
    EXPECT_CONFORMS("R9110-3.7-gateway");
    EXPECT_BROKEN_BY("R9110-3.7-gateway", which_hop, 2, proxy_challenge);
    facts f(resource_state{}, credentials_state{});
    f.hop = hop_role::gateway;
    f.resource = resource_state::protected_resource;
    const outcome o = decide(f).recommended;
    EXPECT_EQ(o.status, 401);
    EXPECT_EQ(o.www_authenticate, sending::must);
    EXPECT_EQ(o.proxy_authenticate, sending::must_not);
    EXPECT_EQ(o.reasons.front().requirement, "R9110-3.7-gateway");
    EXPECT_EQ(o.reasons.front().section, "RFC 9110, 3.7");
    EXPECT_NE(o.reasons.front().text.find("401, never 407"), std::string_view::npos);
}

// shows: S401-11 conforming
// shows: S401-11 violating
TEST(decision, s401_11) {
    EXPECT_CONFORMS("S401-11");
    EXPECT_BROKEN_BY("S401-11", are_sufficient, 1, challenge);
}

// shows: R7235-2.1-401-challenge conforming
// shows: R7235-2.1-401-challenge violating
TEST(decision, every_401_carries_a_challenge) {
    EXPECT_CONFORMS("R7235-2.1-401-challenge");
    decision_tree never = broken(question::which_hop, 0, verdict::inadequate);
    never.nodes[static_cast<std::size_t>(question::which_hop)].branches[2].end = verdict::inadequate;
    never.nodes[static_cast<std::size_t>(question::is_hidden)].branches[1] = {"yes", true, question::is_refused,
                                                                              verdict::not_found};
    EXPECT_FALSE(faults_of("R7235-2.1-401-challenge", never).empty());
}

// shows: R7235-2.1-407-challenge conforming
// shows: R7235-2.1-407-challenge violating
// shows: R9110-11.7.1-proxy-authenticate conforming
// shows: R9110-15.5.8-407 violating
TEST(decision, every_407_carries_a_challenge) {
    EXPECT_CONFORMS("R7235-2.1-407-challenge");
    EXPECT_BROKEN_BY("R7235-2.1-407-challenge", which_hop, 0, proxy_challenge);
    EXPECT_BROKEN_BY("R7235-2.1-407-challenge", which_hop, 1, inadequate);
}

// shows: R7235-2.1-no-or-bad-credentials conforming
// shows: R7235-2.1-no-or-bad-credentials violating
// shows: R9110-15.5.2-401 violating
TEST(decision, no_or_bad_credentials) {
    EXPECT_CONFORMS("R7235-2.1-no-or-bad-credentials");
    EXPECT_BROKEN_BY("R7235-2.1-no-or-bad-credentials", which_hop, 0, inadequate);
}

// shows: R7235-2.1-no-or-bad-proxy-credentials conforming
// shows: R7235-2.1-no-or-bad-proxy-credentials violating
TEST(decision, no_or_bad_proxy_credentials) {
    EXPECT_CONFORMS("R7235-2.1-no-or-bad-proxy-credentials");
    EXPECT_BROKEN_BY("R7235-2.1-no-or-bad-proxy-credentials", which_hop, 1, inadequate);
}

// shows: R7235-2.1-inadequate-403 conforming
// shows: R7235-2.1-inadequate-403 violating
TEST(decision, inadequate_credentials) {
    EXPECT_CONFORMS("R7235-2.1-inadequate-403");
    EXPECT_BROKEN_BY("R7235-2.1-inadequate-403", are_sufficient, 1, challenge);
}

// shows: R7235-2.1-multi-round conforming
// shows: R7235-2.1-multi-round violating
TEST(decision, partial_credentials_are_answered_with_the_next_round) {
    EXPECT_CONFORMS("R7235-2.1-multi-round");
    EXPECT_BROKEN_BY("R7235-2.1-multi-round", is_round_due, 1, not_found);
}

// shows: R7235-3.1-401-refused conforming
// shows: R7235-3.1-401-refused violating
TEST(decision, a_401_refuses_credentials) {
    EXPECT_CONFORMS("R7235-3.1-401-refused");
    EXPECT_BROKEN_BY("R7235-3.1-401-refused", are_sufficient, 1, challenge);
}

// shows: R7235-4.1-elsewhere conforming
// shows: R7235-4.1-elsewhere violating
TEST(decision, other_statuses_may_carry_a_challenge) {
    EXPECT_CONFORMS("R7235-4.1-elsewhere");
    EXPECT_FALSE([] {
        decision_tree tree = standard_tree();
        for (tree_node& n : tree.nodes) {
            for (branch& b : n.branches) {
                b.ends = true;
                b.end = verdict::refused;
            }
        }
        return faults_of("R7235-4.1-elsewhere", tree).empty();
    }());
}

// shows: R7235-4.2-realm-wide conforming
// shows: R7235-4.2-realm-wide violating
TEST(decision, adequate_credentials_are_accepted) {
    EXPECT_CONFORMS("R7235-4.2-realm-wide");
    EXPECT_BROKEN_BY("R7235-4.2-realm-wide", are_sufficient, 2, challenge);
}

// shows: R7235-4.4-consumed conforming
// shows: R7235-4.4-consumed violating
TEST(decision, adequate_proxy_credentials_are_consumed) {
    EXPECT_CONFORMS("R7235-4.4-consumed");
    EXPECT_BROKEN_BY("R7235-4.4-consumed", are_sufficient, 2, inadequate);
}

// shows: R7235-6.1-server-secures conforming
// shows: R7235-6.1-server-secures violating
TEST(decision, unsecured_connections_are_refused_without_a_challenge) {
    EXPECT_CONFORMS("R7235-6.1-server-secures");
    EXPECT_BROKEN_BY("R7235-6.1-server-secures", is_refused, 1, challenge);
}

// shows: R9110-9.3.6-connect conforming
// shows: R9110-9.3.6-connect violating
TEST(decision, who_answers_connect_acts_as_a_proxy) {
    EXPECT_CONFORMS("R9110-9.3.6-connect");
    EXPECT_BROKEN_BY("R9110-9.3.6-connect", which_hop, 1, challenge);
    for (const hop_role hop : {hop_role::origin, hop_role::proxy, hop_role::gateway}) {
        facts f(resource_state::protected_resource, credentials_state::absent);
        f.hop = hop;
        f.method = request_method::connect;
        EXPECT_EQ(status_for(f), 407);
        f.credentials = credentials_state::sufficient;
        EXPECT_EQ(status_for(f), 200);
    }
}

// shows: R9110-9.3.4-created conforming
// shows: R9110-9.3.4-created violating
TEST(decision, what_put_would_create_is_decided_as_what_exists) {
    EXPECT_CONFORMS("R9110-9.3.4-created");
    EXPECT_BROKEN_BY("R9110-9.3.4-created", is_created, 1, not_found);
}

// shows: R6585-4-429 conforming
// shows: R6585-4-429 violating
// shows: R7725-3-451 conforming
// shows: R7725-3-451 violating
// shows: R9110-15.5.22-426 conforming
// shows: R9110-15.5.22-426 violating
TEST(decision, reasons_to_refuse_have_their_own_status) {
    for (const char* id : {"R6585-4-429", "R7725-3-451", "R9110-15.5.22-426"}) {
        EXPECT_CONFORMS(id);
        EXPECT_BROKEN_BY(id, is_refusal_hidden, 0, refused_and_hidden);
    }
}

// shows: R6585-6-511 conforming
// shows: R6585-6-511 violating
TEST(decision, only_a_captive_portal_sends_511) {
    EXPECT_CONFORMS("R6585-6-511");
    EXPECT_BROKEN_BY("R6585-6-511", how_authenticated, 1, challenge);
    facts f(resource_state::protected_resource, credentials_state::absent);
    f.authentication = authentication_kind::form;
    f.login = login_policy::network_authentication;
    EXPECT_EQ(status_for(f), 0) << "an origin server is none";
}

// shows: R9110-11.4-optional conforming
// shows: R9110-11.4-optional violating
TEST(decision, credentials_for_a_public_target_are_checked_by_policy) {
    EXPECT_CONFORMS("R9110-11.4-optional");
    EXPECT_BROKEN_BY("R9110-11.4-optional", is_checked, 1, open_to_all);
}

// shows: R9110-15.5.5-heuristic conforming
// shows: R9110-15.5.5-heuristic violating
TEST(decision, no_cache_keeps_a_404_that_hides) {
    EXPECT_CONFORMS("R9110-15.5.5-heuristic");
    EXPECT_BROKEN_BY("R9110-15.5.5-heuristic", how_hidden, 0, not_found);
}

// shows: R9111-3.5-personal conforming
// shows: R9111-3.5-personal violating
TEST(decision, what_is_personal_is_private) {
    EXPECT_CONFORMS("R9111-3.5-personal");
    EXPECT_BROKEN_BY("R9111-3.5-personal", are_sufficient, 2, open_to_all);
}

// Each branch of the tree is led to each other verdict in turn, and each two branches of a question are swapped. A
// row or an invariant has to notice, unless the broken tree answers as the whole one does for all facts.
TEST(decision, a_broken_tree_is_noticed) {
    const auto noticed = [](const decision_tree& tree, std::set<std::string_view>& by) {
        bool any = false;
        for (const row& r : all_rows()) {
            if (any && by.count(r.id) != 0) continue;
            std::vector<std::string> found;
            r.check(tree, few_cases(), found);
            if (found.empty()) continue;
            by.insert(r.id);
            any = true;
        }
        // No row is about preflights, which no RFC knows.
        return any || std::any_of(few_cases().begin(), few_cases().end(), [&](const facts& f) {
                   const decision d = decide_by(tree, f);
                   return std::any_of(all_invariants().begin(), all_invariants().end(),
                                      [&](const invariant& each) { return !each.holds(f, d, tree); });
               });
    };
    const auto equal_everywhere = [](const decision_tree& tree) {
        return std::all_of(all_cases().begin(), all_cases().end(),
                           [&](const facts& f) { return same_on_the_wire(decide(f), decide_by(tree, f)); });
    };
    struct mutant {
        std::string text;
        decision_tree tree;
    };
    std::vector<mutant> mutants;
    for (std::size_t q = 0; q < question_count; ++q) {
        const tree_node& n = standard_tree().nodes[q];
        for (std::size_t b = 0; b < n.branch_count; ++b) {
            for (std::size_t v = 0; v < verdict_count; ++v) {
                const branch& now = n.branches[b];
                if (now.ends && now.end == static_cast<verdict>(v)) continue;
                mutants.push_back({std::string(n.text) + " " + std::string(n.branches[b].label) + ": " +
                                       std::string(name_of(static_cast<verdict>(v))),
                                   broken(static_cast<question>(q), b, static_cast<verdict>(v))});
            }
            for (std::size_t c = b + 1; c < n.branch_count; ++c) {
                // Two branches with one verdict: the origin server's and the gateway's.
                if (n.branches[b].ends && n.branches[c].ends && n.branches[b].end == n.branches[c].end) continue;
                decision_tree tree = standard_tree();
                std::swap(tree.nodes[q].branches[b], tree.nodes[q].branches[c]);
                mutants.push_back({std::string(n.text) + " branches swapped", tree});
            }
        }
    }
    std::set<std::string_view> by;
    std::size_t killed = 0;
    std::size_t equivalent = 0;
    for (const auto& [text, tree] : mutants) {
        if (noticed(tree, by)) {
            ++killed;
        } else if (equal_everywhere(tree)) {
            ++equivalent;
            std::printf("answers alike: %s\n", text.c_str());
        } else {
            ADD_FAILURE() << "a broken tree passes all rows: " << text;
        }
    }
    EXPECT_EQ(by.size(), all_rows().size()) << "a row that no broken tree breaks";
    std::printf("broken trees: %zu made, %zu noticed by %zu rows, %zu answer alike\n", mutants.size(), killed,
                by.size(), equivalent);
}

}  // namespace
}  // namespace authgrammar::policy
