// Every state of the specification's automaton, every octet, every short suffix, every cut.

#include <support/state_cover.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <cstdio>

namespace {

using namespace authgrammar;

#ifdef AUTHGRAMMAR_SLOW_BUILD
constexpr std::size_t longest_suffix = 1;
#else
constexpr std::size_t longest_suffix = 2;
#endif

constexpr field one_of_each_kind[] = {field::www_authenticate, field::authorization, field::authentication_info};

TEST(strength, every_state_octet_suffix_and_cut) {
    const auto start = std::chrono::steady_clock::now();
    fuzz::cover_figures n;
    for (const edition e : all_editions) {
        for (const field f : one_of_each_kind) {
            EXPECT_EQ(fuzz::cover_states(f, e, longest_suffix, n), "") << name_of(f) << " in " << name_of(e);
        }
    }
    EXPECT_GT(n.valid, n.values / 100);
    std::printf("Strength: %zu states, %zu values (%zu valid), %zu readings, %.1f s\n", n.states, n.values, n.valid,
                n.readings, std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
}

}  // namespace
