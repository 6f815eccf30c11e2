// Names that are deprecated in 0.2 still compile, and mean what they did.
#include <authgrammar/policy/decision.hpp>
#include <authgrammar/writer.hpp>

#include <gtest/gtest.h>

#include <string>
#include <utility>

#if defined(__GNUC__)
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
#endif

namespace authgrammar::policy {
namespace {

TEST(deprecated, members_of_the_answer) {
    const facts protected_one(resource_state::protected_resource, credentials_state::absent);
    decision d = decide(protected_one);
    EXPECT_EQ(d.answer.recommended.status, 401);
    EXPECT_EQ(&d.answer.recommended, &d.recommended);
    EXPECT_EQ(d.answer.also.size(), d.also.size());
    EXPECT_EQ(decide(protected_one).answer.recommended.status, d.status());
    const policy::answer whole = decide(protected_one).answer;
    EXPECT_EQ(whole.recommended.status, 401);

    // Each decision has an answer of its own, however it came to be.
    const decision copied = d;
    decision moved = std::move(d);
    decision assigned;
    assigned = copied;
    EXPECT_EQ(&copied.answer.walk, &copied.walk);
    EXPECT_EQ(&moved.answer.walk, &moved.walk);
    EXPECT_EQ(&assigned.answer.walk, &assigned.walk);
    EXPECT_EQ(assigned.answer.walk.size(), copied.walk.size());
    moved = decision();
    EXPECT_EQ(moved.answer.recommended.status, 0);
}

TEST(deprecated, challenge_spec_for_credentials) {
    const param_spec params[] = {{"a", "1"}};
    const challenge_spec old("Custom", params);
    char buffer[32];
    const write_result written = write_credentials(field::authorization, old, buffer, sizeof buffer);
    ASSERT_TRUE(written);
    EXPECT_EQ(std::string(buffer, written.size), "Custom a=1");
    std::string out;
    ASSERT_TRUE(write_credentials_to(out, field::authorization, old));
    EXPECT_EQ(out, "Custom a=1");
}

}  // namespace
}  // namespace authgrammar::policy
