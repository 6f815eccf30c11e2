// Reading allocates nothing. The allocator of the program is replaced by one that counts.

#include <authgrammar/peg/parse.hpp>

#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <memory>
#include <new>
#include <string>
#include <string_view>
#include <vector>

#if defined(__SANITIZE_ADDRESS__)
#define AUTHGRAMMAR_TEST_COUNTS_MALLOC 0
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define AUTHGRAMMAR_TEST_COUNTS_MALLOC 0
#endif
#endif
#if !defined(AUTHGRAMMAR_TEST_COUNTS_MALLOC) && defined(__GLIBC__)
#define AUTHGRAMMAR_TEST_COUNTS_MALLOC 1
#endif

namespace {

std::atomic<std::size_t> allocations{0};

}  // namespace

#if AUTHGRAMMAR_TEST_COUNTS_MALLOC
extern "C" void* __libc_malloc(std::size_t size);
extern "C" void* __libc_calloc(std::size_t count, std::size_t size);
extern "C" void* __libc_realloc(void* old, std::size_t size);
extern "C" void* malloc(std::size_t size) {
    ++allocations;
    return __libc_malloc(size);
}
extern "C" void* calloc(std::size_t count, std::size_t size) {
    ++allocations;
    return __libc_calloc(count, size);
}
extern "C" void* realloc(void* old, std::size_t size) {
    ++allocations;
    return __libc_realloc(old, size);
}
#endif

void* operator new(std::size_t size) {
    ++allocations;
    void* const memory = std::malloc(size == 0 ? 1 : size);
    if (memory == nullptr) std::abort();
    return memory;
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

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
    const std::size_t before = allocations;
    const auto memory = std::make_unique<std::string>(1000, 'a');
    EXPECT_GE(allocations - before, 2u);
#if AUTHGRAMMAR_TEST_COUNTS_MALLOC
    const std::size_t between = allocations;
    void* volatile raw = std::malloc(10);
    std::free(raw);
    EXPECT_EQ(allocations - between, 1u);
#endif
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
    const std::size_t before = allocations;
    for (const std::string& value : values) {
        for (const field f : all_fields) {
            for (const edition e : all_editions) {
                static_cast<void>(peg::recognise(f, e, value));
                static_cast<void>(peg::parse(f, e, value, sink_for(consumer)));
            }
        }
    }
    EXPECT_EQ(allocations - before, 0u);
    EXPECT_GT(consumer.events, 100000u);
}

}  // namespace
}  // namespace authgrammar::test
