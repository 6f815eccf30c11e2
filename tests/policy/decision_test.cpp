#include "decision_rows.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <set>
#include <sstream>
#include <type_traits>
#include <utility>

namespace authgrammar::policy {
namespace {

using namespace testing;

std::string read_source(const std::string& path) {
    std::ifstream file(std::string(AUTHGRAMMAR_SOURCE_DIR "/") + path);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

std::vector<std::string> faults_of(std::string_view id, const decision_tree& tree) {
    std::vector<std::string> found;
    row_of(id).check(tree, all_cases(), found);
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
    const outcome o = decide(f).answer.recommended;
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

// shows: R7235-5.2-status-codes conforming
// shows: R7235-2.1-other-mechanisms conforming
TEST(decision, all_combinations_keep_all_invariants) {
    std::size_t decided = 0;
    std::size_t contradictory = 0;
    std::size_t held = 0;
    for (std::size_t i = 0; i < combination_count(); ++i) {
        const facts f = combination(i);
        const decision d = decide(f);
        if (!d) {
            ++contradictory;
            for (const contradiction& c : d.contradictions) {
                ASSERT_TRUE(c.applies(f)) << describe(f);
                ASSERT_FALSE(c.names.empty() || c.explanation.empty());
            }
            continue;
        }
        ++decided;
        for (const invariant& each : all_invariants()) {
            ASSERT_TRUE(each.holds(f, d, standard_tree())) << each.text << ": " << describe(f);
            ++held;
        }
    }
    EXPECT_EQ(decided + contradictory, combination_count());
    std::printf("decisions: %zu combinations, %zu decided, %zu contradictory; %zu invariants held, %zu checks\n",
                combination_count(), decided, contradictory, all_invariants().size(), held);
}

// Resource and credentials have to be said, and nothing can be made of contradictions.
static_assert(!std::is_default_constructible_v<facts>);
static_assert(std::is_constructible_v<facts, resource_state, credentials_state>);
static_assert(!std::is_constructible_v<facts, resource_state>);
static_assert(!std::is_constructible_v<facts, credentials_state>);
static_assert(noexcept(status_for(std::declval<const facts&>())));

TEST(decision, status_for_is_the_status_of_decide) {
    std::size_t none = 0;
    for (std::size_t i = 0; i < combination_count(); ++i) {
        const facts f = combination(i);
        const decision d = decide(f);
        const int status = status_for(f);
        ASSERT_EQ(status, d.answer.recommended.status) << describe(f);
        ASSERT_EQ(status == 0, !d) << describe(f);
        if (d) continue;
        ++none;
        ASSERT_TRUE(d.answer.also.empty() && d.answer.recommended.reasons.empty()) << describe(f);
        ASSERT_EQ(d.answer.recommended.challenges, challenge_set::none) << describe(f);
        ASSERT_EQ(d.answer.recommended.www_authenticate, sending::must_not) << describe(f);
        ASSERT_EQ(d.answer.recommended.location, sending::must_not) << describe(f);
    }
    EXPECT_GT(none, 0u);
    std::printf("status_for: %zu combinations as decide() has them, %zu of them without a status\n",
                combination_count(), none);
}

TEST(decision, every_contradiction_and_every_verdict_occurs) {
    std::set<std::string_view> contradictions;
    std::set<std::string> ends;
    std::size_t leaves = 0;
    for (const tree_node& n : standard_tree().nodes) {
        for (std::size_t b = 0; b < n.branch_count; ++b) leaves += n.branches[b].ends ? 1 : 0;
    }
    for (std::size_t i = 0; i < combination_count(); ++i) {
        const decision d = decide(combination(i));
        for (const contradiction& c : d.contradictions) contradictions.insert(c.explanation);
        if (d) {
            const step& last = d.answer.walk.back();
            ends.insert(std::string(last.question) + last.branch.data());
        }
    }
    const auto all = all_contradictions();
    EXPECT_EQ(contradictions.size(), static_cast<std::size_t>(all.end() - all.begin()));
    EXPECT_EQ(ends.size(), leaves);
    EXPECT_GE(leaves, verdict_count);
}

// Each branch of the tree is led to each other verdict in turn, and each two branches of a question are swapped. A
// row or an invariant has to notice, unless the broken tree answers as the whole one does for all facts.
TEST(decision, a_broken_tree_is_noticed) {
    const auto noticed = [](const decision_tree& tree, std::set<std::string_view>& by) {
        bool any = false;
        for (const row& r : all_rows()) {
            std::vector<std::string> found;
            r.check(tree, few_cases(), found);
            if (found.empty()) continue;
            by.insert(r.id);
            any = true;
        }
        return any;
    };
    const auto equal_everywhere = [](const decision_tree& tree) {
        return std::all_of(all_cases().begin(), all_cases().end(), [&](const facts& f) {
            return same_on_the_wire(decide(f).answer, decide_by(tree, f).answer);
        });
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
        } else {
            ADD_FAILURE() << "a broken tree passes all rows: " << text;
        }
    }
    EXPECT_EQ(by.size(), all_rows().size()) << "a row that no broken tree breaks";
    std::printf("broken trees: %zu made, %zu noticed by %zu rows, %zu answer alike\n", mutants.size(), killed,
                by.size(), equivalent);
}

TEST(decision, requirement_ids_exist) {
    const std::string table = read_source("grammar/requirements.tsv");
    ASSERT_FALSE(table.empty());
    std::set<std::string_view> cited;
    for (std::size_t i = 0; i < combination_count(); ++i) {
        const decision d = decide(combination(i));
        for (const reason& r : d.answer.recommended.reasons) cited.insert(r.requirement);
        for (const outcome& o : d.answer.also) {
            for (const reason& r : o.reasons) cited.insert(r.requirement);
        }
    }
    for (const std::string_view id : cited) {
        EXPECT_NE(table.find("\n" + std::string(id) + "\t"), std::string::npos) << id;
    }
    EXPECT_GE(cited.size(), 20u);
}

TEST(decision, every_decision_of_the_thread_has_a_row) {
    std::istringstream table(read_source("grammar/requirements.tsv"));
    std::set<std::string> known;
    for (std::string line; std::getline(table, line);) known.insert(line.substr(0, line.find('\t')));
    std::set<std::string> rows;
    for (const row& r : all_rows()) {
        EXPECT_EQ(known.count(std::string(r.id)), 1u) << r.id;
        EXPECT_TRUE(rows.emplace(r.id).second) << r.id;
    }
    std::size_t decisions = 0;
    for (const std::string& id : known) {
        if (id.rfind("S401-", 0) != 0) continue;
        ++decisions;
        EXPECT_EQ(rows.count(id), 1u) << id;
    }
    EXPECT_EQ(decisions, 11u);
}

TEST(decision, the_guide_lists_every_contradiction) {
    std::string guide = read_source("docs/decisions.md");
    ASSERT_FALSE(guide.empty());
    const auto single_spaced = [](std::string text) {
        std::replace(text.begin(), text.end(), '\n', ' ');
        const auto twice = [](char a, char b) { return a == ' ' && b == ' '; };
        text.erase(std::unique(text.begin(), text.end(), twice), text.end());
        return text;
    };
    guide = single_spaced(guide);
    for (const contradiction& c : all_contradictions()) {
        EXPECT_NE(guide.find(c.explanation), std::string::npos) << c.explanation;
    }
}

TEST(decision, defaults_are_the_first_values) {
    const facts f(resource_state{}, credentials_state{});
    for (const fact& each : all_facts()) {
        EXPECT_EQ(each.get(f), 0) << each.name;
        EXPECT_EQ(fact_from_name(each.name), &each);
        for (std::size_t i = 0; i < each.value_count; ++i) {
            facts g(resource_state{}, credentials_state{});
            each.set(g, static_cast<std::uint8_t>(i));
            EXPECT_EQ(each.get(g), i);
            EXPECT_EQ(each.index_of(each.values[i]), i);
        }
        EXPECT_EQ(each.index_of("no such value"), std::nullopt);
    }
    EXPECT_EQ(fact_from_name("no such fact"), nullptr);
}

}  // namespace
}  // namespace authgrammar::policy
