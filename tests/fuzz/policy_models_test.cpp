// The naive models of fuzz_policy against the library, without chance: every combination of facts, and the scripts that
// the mutator makes from the first seeds. Whatever differs aborts.

#include <fuzz_policy.hpp>
#include <support/mutator.hpp>

#include <authgrammar/policy/facts.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

using namespace authgrammar;

TEST(policy_models, every_combination_of_facts) {
    std::size_t combinations = 1;
    for (const policy::fact& fact : policy::all_facts()) combinations *= fact.value_count;
    EXPECT_EQ(combinations, 2903040U);
    for (std::size_t i = 0; i < combinations; ++i) {
        std::string digits;
        std::size_t rest = i;
        for (const policy::fact& fact : policy::all_facts()) {
            digits += static_cast<char>('0' + rest % fact.value_count);
            rest /= fact.value_count;
        }
        fuzz::check_decision(digits);
    }
}

TEST(policy_models, scripts) {
    std::size_t longest = 0;
    for (std::uint64_t seed = 0; seed < 2000; ++seed) {
        fuzz::random_source random(seed);
        std::string script = fuzz::policy_text.whole(random);
        for (int option = 0; option < 4; ++option) script += static_cast<char>(random.below(256));
        longest = std::max(longest, script.size());
        LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(script.data()), script.size());
    }
    EXPECT_GT(longest, 1000U);
}

}  // namespace
