// What holds of all combinations of facts, and of the tables that describe them.

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

// shows: R7235-5.2-status-codes conforming
// shows: R7235-2.1-other-mechanisms conforming
TEST(decision, all_combinations_keep_all_invariants) {
    std::size_t decided = 0;
    std::size_t contradictory = 0;
    std::size_t held = 0;
    for (const facts& f : counting_combinations()) {
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
    EXPECT_GT(decided, 0u);
    std::printf(
        "decisions: %zu combinations of facts that count, %zu decided, %zu contradictory; %zu invariants held, "
        "%zu checks\n",
        counting_combinations().size(), decided, contradictory, all_invariants().size(), held);
}

// So what holds of the combinations above holds of all.
TEST(decision, a_fact_that_does_not_count_changes_nothing) {
    const std::size_t every = stride == 1 ? 11 : 101;  // no factor in common with the numbers of values
    std::size_t compared = 0;
    std::size_t possible = 0;
    facts before(resource_state{}, credentials_state{});
    decision known = decide(before);
    for (std::size_t i = 0; i < combination_count(); i += every) {
        const facts f = combination(i);
        const facts g = without_idle_facts(f);
        const decision d = decide(f);
        const bool again = std::all_of(all_facts().begin(), all_facts().end(),
                                       [&](const fact& each) { return each.get(g) == each.get(before); });
        if (!again) known = decide(g);
        before = g;
        ASSERT_EQ(static_cast<bool>(d), static_cast<bool>(known)) << describe(f);
        ASSERT_TRUE(same_answer(d, known)) << describe(f);
        ++compared;
    }
    for (std::size_t i = 0; i < combination_count(); ++i) {
        const facts f = combination(i);
        const int status = status_for(f);
        ASSERT_EQ(status, status_for(without_idle_facts(f))) << describe(f);
        possible += status != 0 ? 1 : 0;
    }
    std::printf("idle facts: %zu of %zu combinations answered as without, all with the same status; %zu have one\n",
                compared, combination_count(), possible);
}

// Resource and credentials have to be said, and nothing can be made of contradictions.
static_assert(!std::is_default_constructible_v<facts>);
static_assert(std::is_constructible_v<facts, resource_state, credentials_state>);
static_assert(!std::is_constructible_v<facts, resource_state>);
static_assert(!std::is_constructible_v<facts, credentials_state>);
static_assert(noexcept(status_for(std::declval<const facts&>())));

TEST(decision, status_for_is_the_status_of_decide) {
    std::size_t none = 0;
    for (const facts& f : counting_combinations()) {
        const decision d = decide(f);
        const int status = status_for(f);
        ASSERT_EQ(status, d.status()) << describe(f);
        ASSERT_EQ(status == 0, !d) << describe(f);
        if (d) continue;
        ++none;
        ASSERT_TRUE(d.also.empty() && d.recommended.reasons.empty()) << describe(f);
        ASSERT_EQ(d.recommended.challenges, challenge_set::none) << describe(f);
        ASSERT_EQ(d.recommended.www_authenticate, sending::must_not) << describe(f);
        ASSERT_EQ(d.recommended.location, sending::must_not) << describe(f);
    }
    EXPECT_GT(none, 0u);
    std::printf("status_for: %zu combinations as decide() has them, %zu of them without a status\n",
                counting_combinations().size(), none);
}

// A value that is in no enumeration has no answer, and a name.
TEST(decision, a_value_outside_its_enumeration_fails_closed) {
    for (const facts& good : few_cases()) {
        for (const fact& each : all_facts()) {
            for (const std::size_t value : {each.value_count, std::size_t{255}}) {
                facts f = good;
                each.set(f, static_cast<std::uint8_t>(value));
                ASSERT_EQ(status_for(f), 0) << describe(f);
                const decision d = decide(f);
                ASSERT_FALSE(d);
                ASSERT_EQ(d.status(), 0);
                ASSERT_TRUE(std::any_of(d.contradictions.begin(), d.contradictions.end(), [&](const contradiction& c) {
                    return c.names == each.name && c.explanation.find("outside") != std::string_view::npos;
                })) << describe(f);
                for (std::size_t q = 0; q < question_count; ++q) {
                    static_cast<void>(branch_taken(static_cast<question>(q), f));  // no branch is looked up
                }
            }
        }
    }
}

TEST(decision, every_contradiction_and_every_verdict_occurs) {
    std::set<std::string_view> contradictions;
    std::set<std::string> ends;
    std::size_t leaves = 0;
    for (const tree_node& n : standard_tree().nodes) {
        for (std::size_t b = 0; b < n.branch_count; ++b) leaves += n.branches[b].ends ? 1 : 0;
    }
    for (const facts& f : counting_combinations()) {
        const decision d = decide(f);
        for (const contradiction& c : d.contradictions) contradictions.insert(c.explanation);
        if (d) {
            const step& last = d.walk.back();
            ends.insert(std::string(last.question) + last.branch.data());
        }
    }
    const auto all = all_contradictions();
    EXPECT_EQ(contradictions.size() + all_facts().size(), static_cast<std::size_t>(all.end() - all.begin()))
        << "the others are for values outside the enumerations";
    EXPECT_EQ(ends.size(), leaves);
    EXPECT_GE(leaves, verdict_count);
}

TEST(decision, requirement_ids_exist) {
    const std::string table = read_source("grammar/requirements.tsv");
    ASSERT_FALSE(table.empty());
    std::set<std::string_view> cited;
    for (const facts& f : counting_combinations()) {
        const decision d = decide(f);
        for (const reason& r : d.recommended.reasons) cited.insert(r.requirement);
        for (const outcome& o : d.also) {
            for (const reason& r : o.reasons) cited.insert(r.requirement);
        }
    }
    EXPECT_EQ(cited.erase(""), 1u) << "preflights, which no RFC knows";
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
        if (c.explanation.find("outside the enumeration") != std::string_view::npos) continue;
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
