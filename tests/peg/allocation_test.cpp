// Reading allocates nothing: every way into the C and C++ heaps is counted while values are read.

#include "support/allocations.hpp"

#include <authgrammar/peg/parse.hpp>

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace authgrammar::test {
namespace {

struct counter {
    std::size_t events = 0;
    bool on_event(const event&) noexcept {
        ++events;
        return true;
    }
};

TEST(allocation, the_counter_counts) {
    const std::size_t before = fuzz::heap_so_far().blocks;
    const auto memory = std::make_unique<std::string>(1000, 'a');
    EXPECT_EQ(fuzz::heap_so_far().blocks - before, 2u);
}

TEST(allocation, reading_makes_none) {
    std::string many = "Digest realm=\"a\"";
    for (int i = 0; i < 10000; ++i) many += ", b=\"c\\\"\", Basic d=e";
    const std::vector<std::string> values{
        "",
        "Basic YQ==",
        "Newauth realm=\"apps\", type=1, title=\"Login to \\\"apps\\\"\", Basic r=\"s\"",
        "A b==x",
        "A b=\"unterminated",
        std::string("A\0B", 3),
        many,
        many + "\x01",
        std::string(1 << 20, 'a')};
    counter consumer;
    const std::size_t before = fuzz::heap_so_far().blocks;
    for (const std::string& value : values) {
        for (const field f : all_fields) {
            for (const edition e : all_editions) {
                static_cast<void>(peg::recognise(f, e, value));
                static_cast<void>(peg::parse(f, e, value, sink_for(consumer)));
            }
        }
    }
    EXPECT_EQ(fuzz::heap_so_far().blocks - before, 0u);
    EXPECT_GT(consumer.events, 100000u);
}

}  // namespace
}  // namespace authgrammar::test
