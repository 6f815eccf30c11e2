// The tree as data, and the table that is made of it.

#include "policy/decision_tree.hpp"

#include "decision_rows.hpp"

#include "policy/decision_table.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <iterator>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace authgrammar::policy {
namespace {

using namespace testing;

TEST(decision_tree, every_question_is_whole) {
    std::set<std::string_view> texts;
    for (const tree_node& node : standard_tree().nodes) {
        EXPECT_TRUE(texts.insert(node.text).second) << node.text;
        const bool practice = node.section.find("the Fetch standard") == 0;
        EXPECT_TRUE(practice || node.section.substr(0, 9) == "RFC 9110,") << node.text;
        std::set<std::string_view> labels;
        for (std::size_t i = 0; i < node.branches.size(); ++i) {
            EXPECT_EQ(node.branches[i].label.empty(), i >= node.branch_count) << node.text;
            EXPECT_TRUE(i >= node.branch_count || labels.insert(node.branches[i].label).second) << node.text;
        }
        EXPECT_GE(node.branch_count, 2u);
    }
    EXPECT_EQ(tree_node{}.branch_count, 0u);
    EXPECT_FALSE(branch{}.ends);
}

// Where each question comes from (RFC 9110, 15.5.1 is 400, 15.5.4 is 403, 15.5.5 is 404, 11.3 and 11.4 the framework),
// and what its branches are called.
TEST(decision_tree, questions_name_their_sections_and_branches) {
    struct row {
        question q;
        std::string_view section;
        std::vector<std::string_view> labels;
    };
    const std::vector<row> rows{
        {question::is_refused, "15.5.4", {"no", "yes"}},
        {question::is_refusal_hidden, "15.5.4", {"no", "yes"}},
        {question::is_preflight, "", {"no", "yes"}},
        {question::is_bad_request, "15.5.1", {"no", "yes"}},
        {question::is_hidden, "15.5.4", {"no", "yes"}},
        {question::is_round_due, "11.4", {"no", "yes"}},
        {question::how_hidden, "15.5.5", {"no", "yes"}},
        {question::what_is_there, "15.5.5", {"open to everyone", "protected", "nothing", "moved"}},
        {question::is_checked, "11.4", {"no", "yes"}},
        {question::is_created, "9.3.4", {"no", "yes"}},
        {question::how_authenticated, "11.4", {"yes", "no, a form"}},
        {question::are_sufficient, "11.4", {"nothing yet", "valid, but not sufficient", "sufficient"}},
        {question::which_hop, "3.7 and 11.3", {"the origin server", "a proxy", "a gateway"}},
    };
    ASSERT_EQ(rows.size(), question_count);
    for (const row& r : rows) {
        const tree_node& node = standard_tree().nodes[static_cast<std::size_t>(r.q)];
        const std::string section =
            r.section.empty() ? "the Fetch standard, CORS-preflight fetch" : "RFC 9110, " + std::string(r.section);
        EXPECT_EQ(node.section, section) << node.text;
        ASSERT_EQ(node.branch_count, r.labels.size()) << node.text;
        for (std::size_t i = 0; i < r.labels.size(); ++i) EXPECT_EQ(node.branches[i].label, r.labels[i]) << node.text;
    }
}

TEST(decision_tree, a_branch_that_is_there_is_taken) {
    std::set<std::pair<std::size_t, std::size_t>> taken;
    std::size_t branches = 0;
    for (std::size_t q = 0; q < question_count; ++q) {
        branches += standard_tree().nodes[q].branch_count;
        for (const facts& f : all_cases()) {
            const std::size_t branch = branch_taken(static_cast<question>(q), f);
            ASSERT_LT(branch, standard_tree().nodes[q].branch_count) << q << ' ' << describe(f);
            taken.emplace(q, branch);
        }
    }
    EXPECT_EQ(taken.size(), branches) << "a branch that nothing takes";
}

/// The verdict for `f`, by following the tree.
verdict verdict_for(const facts& f) {
    question at{};
    for (;;) {
        const branch& b = standard_tree().nodes[static_cast<std::size_t>(at)].branches[branch_taken(at, f)];
        if (b.ends) return b.end;
        at = b.next;
    }
}

// The leaf of a picture says which status it is, and whether there is a challenge.
TEST(decision_tree, a_verdict_has_the_name_of_its_answer) {
    std::set<std::string_view> names;
    for (const facts& f : all_cases()) {
        const verdict v = verdict_for(f);
        const std::string_view name = name_of(v);
        names.insert(name);
        const outcome o = decide(f).recommended;
        ASSERT_NE(name.find(std::to_string(o.status)), std::string_view::npos) << name << ": " << describe(f);
        const auto says = [&](std::string_view words) { return name.find(words) != std::string_view::npos; };
        const bool none = o.challenges == challenge_set::none;
        ASSERT_TRUE(!says("no challenge") || none) << name << ": " << describe(f);
        ASSERT_TRUE(!says("with") || says("Location") || !none) << name << ": " << describe(f);
        ASSERT_TRUE(!says("every path") || f.existence != existence_rule::open) << name << ": " << describe(f);
        ASSERT_EQ(says("next round"), v == verdict::round_for_all) << name;
    }
    EXPECT_EQ(names.size(), verdict_count);
}

TEST(decision_tree, the_walk_names_question_branch_and_section) {
    facts f(resource_state{}, credentials_state{});
    f.hop = hop_role::proxy;
    f.resource = resource_state::protected_resource;
    const std::vector<step> walk = decide(f).walk;
    const std::vector<std::pair<question, std::size_t>> expected{
        {question::is_refused, 0},        {question::is_preflight, 0},  {question::is_bad_request, 0},
        {question::is_hidden, 0},         {question::what_is_there, 1}, {question::are_sufficient, 0},
        {question::how_authenticated, 0}, {question::which_hop, 1},
    };
    ASSERT_EQ(walk.size(), expected.size());
    for (std::size_t i = 0; i < walk.size(); ++i) {
        const tree_node& node = standard_tree().nodes[static_cast<std::size_t>(expected[i].first)];
        EXPECT_EQ(walk[i].question, node.text);
        EXPECT_EQ(walk[i].branch, node.branches[expected[i].second].label);
        EXPECT_EQ(walk[i].section, node.section);
    }
}

// A tree that goes round is left after as many questions as there are, and one that asks all of them is not.
TEST(decision_tree, one_that_does_not_end_has_no_answer) {
    decision_tree round = standard_tree();
    for (tree_node& node : round.nodes) {
        for (branch& b : node.branches) b = {"on", false, question::is_refused, verdict::refused};
    }
    const decision lost = decide_by(round, facts(resource_state{}, credentials_state{}));
    EXPECT_TRUE(lost);
    EXPECT_EQ(lost.status(), 0);
    EXPECT_TRUE(lost.also.empty());
    EXPECT_EQ(lost.walk.size(), question_count);

    decision_tree chain = round;
    for (std::size_t q = 0; q < question_count; ++q) {
        for (branch& b : chain.nodes[q].branches) {
            b.ends = q + 1 == question_count;
            b.next = static_cast<question>(q + 1);
            b.end = verdict::not_found;
        }
    }
    EXPECT_EQ(decide_by(chain, facts(resource_state{}, credentials_state{})).status(), 404);
    EXPECT_EQ(decide_by(chain, facts(resource_state{}, credentials_state{})).walk.size(), question_count);
}

/// The standard tree without the branch that `f` takes at `q`, and those after it.
decision_tree without_branch(question q, const facts& f) {
    decision_tree tree = standard_tree();
    tree.nodes[static_cast<std::size_t>(q)].branch_count = branch_taken(q, f);
    return tree;
}

// Wherever on the walk the branch is missing: the answer has the steps before it and no status.
TEST(decision_tree, one_that_lacks_a_branch_has_no_answer) {
    const facts f(resource_state::protected_resource, credentials_state::absent);
    const decision whole = decide(f);
    ASSERT_EQ(whole.status(), 401);
    std::size_t on_the_walk = 0;
    for (std::size_t q = 0; q < question_count; ++q) {
        const auto step = std::find_if(whole.walk.begin(), whole.walk.end(),
                                       [&](const auto& s) { return s.question == standard_tree().nodes[q].text; });
        const decision d = decide_by(without_branch(static_cast<question>(q), f), f);
        if (step == whole.walk.end()) {
            EXPECT_EQ(d.status(), 401) << q;
            continue;
        }
        ++on_the_walk;
        EXPECT_EQ(d.status(), 0) << step->question;
        EXPECT_TRUE(d.also.empty()) << step->question;
        EXPECT_EQ(d.walk.size(), static_cast<std::size_t>(step - whole.walk.begin())) << step->question;
    }
    EXPECT_EQ(on_the_walk, whole.walk.size());
}

// The walks beside the first: of the request behind a preflight, and by the other policy for malformed credentials.
TEST(decision_tree, one_that_lacks_a_branch_of_another_walk) {
    facts preflight(resource_state::protected_resource, credentials_state::absent);
    preflight.method = request_method::preflight;
    ASSERT_EQ(decide(preflight).status(), 200);
    EXPECT_EQ(decide_by(without_branch(question::what_is_there, preflight), preflight).status(), 0);

    facts malformed(resource_state::protected_resource, credentials_state::malformed);
    malformed.malformed = malformed_policy::bad_request;
    const decision_tree never_400 = without_branch(question::is_bad_request, malformed);
    malformed.malformed = malformed_policy::as_invalid;
    const auto is_400 = [](const outcome& o) { return o.status == 400; };
    const auto has_400 = [&](const decision& d) { return std::any_of(d.also.begin(), d.also.end(), is_400); };
    const decision whole = decide(malformed);
    const decision less = decide_by(never_400, malformed);
    EXPECT_EQ(whole.status(), 401);
    EXPECT_EQ(less.status(), 401);
    EXPECT_TRUE(has_400(whole));
    EXPECT_FALSE(has_400(less));
    EXPECT_EQ(less.also.size() + 1, whole.also.size());
}

/// What distinguishes answers in the table: status and fields, and the rules behind the recommended answer.
bool same_entry(const answer& a, const answer& b) {
    const auto rules = [](const answer& x) {
        std::vector<std::string_view> ids;
        for (const reason& r : x.recommended.reasons) ids.push_back(r.requirement);
        return ids;
    };
    const auto same = [](const outcome& x, const outcome& y) {
        const auto all = [](const outcome& o) {
            return std::tie(o.status, o.www_authenticate, o.proxy_authenticate, o.location, o.upgrade, o.retry_after,
                            o.challenges);
        };
        return all(x) == all(y);
    };
    return same(a.recommended, b.recommended) && rules(a) == rules(b) &&
           std::equal(a.also.begin(), a.also.end(), b.also.begin(), b.also.end(), same);
}

TEST(decision_table, is_the_decision) {
    const std::vector<table_row> table = decision_table();
    for (const table_row& r : table) EXPECT_TRUE(r.met_by(r.example)) << describe(r.example);
    for (const facts& f : counting_combinations()) {
        std::size_t met = 0;
        for (const table_row& r : table) {
            if (!r.met_by(f)) continue;
            ++met;
            ASSERT_TRUE(same_entry(decide(f), decide(r.example))) << describe(f);
        }
        ASSERT_EQ(met, decide(f) ? 1u : 0u) << describe(f);
    }
    std::printf("decision table: %zu rows\n", table.size());
}

// No two rows with one answer differ in one fact only: they would be one row.
TEST(decision_table, has_no_row_too_many) {
    const std::vector<table_row> table = decision_table();
    std::vector<decision> decided;
    for (const table_row& r : table) decided.push_back(decide(r.example));
    for (std::size_t i = 0; i < table.size(); ++i) {
        for (std::size_t j = i + 1; j < table.size(); ++j) {
            if (!same_entry(decided[i], decided[j])) continue;
            std::size_t differing = 0;
            for (std::size_t k = 0; k < fact_count; ++k) differing += table[i].values[k] != table[j].values[k] ? 1 : 0;
            EXPECT_NE(differing, 1u) << describe(table[i].example) << '\n' << describe(table[j].example);
        }
    }
}

TEST(decision_table, any_means_all_values) {
    std::size_t anys = 0;
    for (const table_row& r : decision_table()) {
        for (std::size_t i = 0; i < fact_count; ++i) {
            const fact& each = *std::next(all_facts().begin(), static_cast<std::ptrdiff_t>(i));
            bool all = true;
            for (std::size_t v = 0; v < each.value_count; ++v) all = all && ((r.values[i] >> v) & 1u) != 0;
            EXPECT_EQ(r.any(i), all);
            anys += all ? 1 : 0;
            EXPECT_EQ(r.values[i] >> each.value_count, 0) << "no value that is not there";
        }
    }
    EXPECT_GT(anys, 0u);
}

}  // namespace
}  // namespace authgrammar::policy
