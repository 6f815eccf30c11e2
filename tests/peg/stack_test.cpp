// The stack is bounded by the grammar: values of 1 MiB are read in a thread whose stack could not hold a frame for
// every sixteenth byte.

#include <authgrammar/peg/parse.hpp>

#include <gtest/gtest.h>
#include <pthread.h>

#include <string>
#include <string_view>
#include <vector>

namespace authgrammar::test {
namespace {

constexpr std::size_t stack_size = 512 * 1024;

struct counter {
    std::size_t events = 0;
    bool on_event(const event&) noexcept {
        ++events;
        return true;
    }
};

struct job {
    field f = field::www_authenticate;
    edition e = edition::rfc7235;
    std::string_view value;
    peg::verdict verdict;
    std::size_t events = 0;
};

void* run(void* argument) {
    job& j = *static_cast<job*>(argument);
    counter consumer;
    j.verdict = peg::parse(j.f, j.e, j.value, sink_for(consumer));
    j.events = consumer.events;
    return nullptr;
}

job read_on_a_small_stack(field f, edition e, std::string_view value) {
    job j;
    j.f = f;
    j.e = e;
    j.value = value;
    pthread_attr_t attributes;
    pthread_t thread;
    EXPECT_EQ(pthread_attr_init(&attributes), 0);
    EXPECT_EQ(pthread_attr_setstacksize(&attributes, stack_size), 0);
    EXPECT_EQ(pthread_create(&thread, &attributes, run, &j), 0);
    EXPECT_EQ(pthread_join(thread, nullptr), 0);
    EXPECT_EQ(pthread_attr_destroy(&attributes), 0);
    return j;
}

std::string fill(std::string_view first, std::string_view part) {
    std::string text(first);
    while (text.size() < (1u << 20)) text += part;
    return text;
}

TEST(stack, does_not_grow_with_the_value) {
    const std::string token = fill("", "a"), quoted = fill("A b=\"", "\\\"c"), params = fill("A b=c", ", d=\"e\""),
                      challenges = fill("A", ", A b=c"), token68 = fill("A b", "/"), commas = fill("A b=c", " ,"),
                      spaces = fill("A", " "), equals = fill("A b", "=");
    for (const edition e : all_editions) {
        const auto expect = [e](const std::string& value, bool valid, std::size_t events) {
            const job j = read_on_a_small_stack(field::www_authenticate, e, value);
            EXPECT_EQ(j.verdict.valid, valid) << value.substr(0, 20);
            EXPECT_EQ(j.verdict.error_offset, valid ? 0 : value.size()) << value.substr(0, 20);
            EXPECT_EQ(j.events, events) << value.substr(0, 20);
        };
        expect(token, true, 3);
        expect(quoted, false, 3);
        expect(quoted + "\"", true, 5);
        expect(params, true, 5 + 2 * ((params.size() - 5) / 7));
        expect(challenges, true, 3 + 5 * ((challenges.size() - 1) / 7));
        expect(token68, true, 4);
        expect(equals, true, 4);
        expect(spaces, true, 3);
        if (e != edition::rfc9110_sender) expect(commas, true, 5);
    }
}

}  // namespace
}  // namespace authgrammar::test
