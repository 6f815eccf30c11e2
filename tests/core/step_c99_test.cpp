// The step of the tokenizer is one file in two languages: a C99 compiler makes the same of it, bit for bit.

#include "step_c99.h"
#include "support.hpp"

#include <authgrammar/detail/step.h>

namespace authgrammar::test {
namespace {

using namespace detail;

TEST(StepC99, ClassesAreTheSame) {
    ASSERT_EQ(step_c99_is_c(), 1);
    for (int octet = 0; octet < 256; ++octet) EXPECT_EQ(step_c99_class_of(octet), int{ag_class_of[octet]}) << octet;
}

TEST(StepC99, StepsAreTheSame) {
    std::size_t alive = 0;
    // One state and one class more than there are: what is not in the tables is dead in both.
    for (const int e : ag_edition_flags) {
        for (int kind = 0; kind < AG_KINDS; ++kind) {
            for (int state = 0; state <= AG_STATES; ++state) {
                for (int c = 0; c <= AG_CLASSES; ++c) {
                    const ag_step_result step = ag_step(e, kind, state, c);
                    EXPECT_EQ(step_c99_step(e, kind, state, c), step) << e << kind << " " << state << " " << c;
                    if ((step & 0xFF) != AG_DEAD) ++alive;
                }
                EXPECT_EQ(step_c99_finish(e, kind, state), ag_finish(e, kind, state)) << e << kind << " " << state;
            }
        }
    }
    EXPECT_GT(alive, 500U);
}

TEST(StepC99, ADeadStepDoesNothing) {
    for (const int e : ag_edition_flags) {
        for (int kind = 0; kind < AG_KINDS; ++kind) {
            for (int state = 0; state <= AG_STATES; ++state) {
                for (int c = 0; c < AG_CLASSES; ++c) {
                    const ag_step_result step = ag_step(e, kind, state, c);
                    EXPECT_LE(step & 0xFF, static_cast<unsigned>(AG_DEAD));
                    if ((step & 0xFF) == AG_DEAD) {
                        EXPECT_EQ(step, static_cast<unsigned>(AG_DEAD));
                    }
                }
                const ag_step_result end = ag_finish(e, kind, state);
                EXPECT_TRUE((end & 0xFF) == AG_START || end == AG_DEAD);
            }
            for (int c = 0; c < AG_CLASSES; ++c) {
                EXPECT_EQ(ag_step(e, kind, AG_DEAD, c), static_cast<unsigned>(AG_DEAD));
            }
        }
    }
}

// In C++ the step can be asked at compile time.
static_assert((ag_step(AG_RECIPIENT, AG_CHALLENGES, AG_START, AG_ALNUM) & 0xFF) == AG_SCHEME);

}  // namespace
}  // namespace authgrammar::test
