#include <authgrammar/verify/replay.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <random>
#include <set>
#include <thread>
#include <vector>

namespace authgrammar::verify {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;

constexpr std::uint64_t lifetime = 300'000;  // of nonces, in milliseconds: five minutes
constexpr std::uint64_t start = 1'000'000 * lifetime;

/// A table and its memory.
class tables {
public:
    explicit tables(std::uint32_t nonces, milliseconds each = milliseconds(lifetime))
        : memory_((replay_table::memory_for(nonces) + 7) / 8),
          table_(replay_table::create(memory_.data(), nonces, each)) {}
    replay_table& operator*() { return *table_; }
    replay_table* operator->() { return &*table_; }
    std::vector<std::uint64_t>& memory() { return memory_; }
    [[nodiscard]] std::size_t size() const { return memory_.size() * 8; }

private:
    std::vector<std::uint64_t> memory_;
    std::optional<replay_table> table_;
};

// shows: R7616-3.4-nc-replay conforming
// shows: R7616-3.4-nc-replay violating
TEST(replay, nc_counts_once) {
    tables t(10);
    const nonce_identity a{start, 1};
    const nonce_identity b{start, 2};
    EXPECT_EQ(t->test_and_set(a, 1), replay_verdict::first);
    EXPECT_EQ(t->test_and_set(a, 1), replay_verdict::seen);
    EXPECT_EQ(t->test_and_set(b, 1), replay_verdict::first);
    EXPECT_EQ(t->test_and_set(a, 2), replay_verdict::first);
    EXPECT_EQ(t->test_and_set(a, 1), replay_verdict::seen);
    EXPECT_EQ(t->test_and_set(a, 0), replay_verdict::seen) << "the first nc is 1";
    EXPECT_EQ(t->test_and_set(a, UINT32_MAX), replay_verdict::first);
    EXPECT_EQ(t->test_and_set(a, UINT32_MAX), replay_verdict::seen);
    EXPECT_EQ(t->test_and_set(a, 3), replay_verdict::forgotten);
}

// Against a set of all that was seen, in random order within the window and beyond it.
TEST(replay, requests_out_of_order) {
    std::mt19937 random(1);
    tables t(100);
    for (std::uint32_t nonce = 1; nonce != 100; ++nonce) {
        std::set<std::uint32_t> seen;
        std::uint32_t highest = 0;
        for (int i = 0; i != 400; ++i) {
            const auto around = static_cast<std::uint32_t>(random() % 40);
            const std::uint32_t nc = highest > 30 ? highest - 30 + around : around + 1;
            const replay_verdict verdict = t->test_and_set({start, nonce}, nc);
            if (nc + replay_table::window < highest) {
                EXPECT_EQ(verdict, replay_verdict::forgotten);
                continue;
            }
            EXPECT_EQ(verdict, seen.insert(nc).second ? replay_verdict::first : replay_verdict::seen) << nc;
            highest = std::max(highest, nc);
        }
    }
}

// The table holds what it says, refuses one more, and has room again when a lifetime has passed.
TEST(replay, is_bounded) {
    for (const std::uint32_t room : {1u, 2u, 3u, 1000u}) {
        tables t(room);
        for (std::uint64_t generation = 0; generation != 10; ++generation) {
            const std::uint64_t made = start + generation * lifetime;
            for (std::uint64_t i = 0; i != room; ++i) {
                EXPECT_EQ(t->test_and_set({made, i * 0x9e37'79b9'7f4a'7c15}, 1), replay_verdict::first);
            }
            EXPECT_EQ(t->test_and_set({made, 12345}, 1), replay_verdict::full);
            EXPECT_EQ(t->test_and_set({made + lifetime - 1, 12345}, 1), replay_verdict::full);
            for (std::uint64_t i = 0; i != room; ++i) {
                EXPECT_EQ(t->test_and_set({made, i * 0x9e37'79b9'7f4a'7c15}, 1), replay_verdict::seen);
                EXPECT_EQ(t->test_and_set({made, i * 0x9e37'79b9'7f4a'7c15}, 2), replay_verdict::first);
            }
        }
    }
}

// A nonce that is valid is never forgotten, and one whose part was used again is never taken for new.
TEST(replay, no_replay_after_a_part_is_used_again) {
    tables t(50);
    for (std::uint64_t i = 1; i != 51; ++i) ASSERT_EQ(t->test_and_set({start, i << 40 | i}, 1), replay_verdict::first);
    ASSERT_EQ(t->test_and_set({start + 2 * lifetime - 1, 7}, 1), replay_verdict::first)
        << "valid at once with the first";
    for (std::uint64_t i = 1; i != 51; ++i) ASSERT_EQ(t->test_and_set({start, i << 40 | i}, 1), replay_verdict::seen);
    // Three generations later the same part is in use.
    ASSERT_EQ(t->test_and_set({start + 3 * lifetime, 3}, 1), replay_verdict::first);
    for (std::uint64_t i = 1; i != 51; ++i) {
        EXPECT_NE(t->test_and_set({start, i << 40 | i}, 1), replay_verdict::first) << i;
    }
    EXPECT_EQ(t->test_and_set({start, 99}, 1), replay_verdict::forgotten);
}

// However long a slot was not used, what its last nonce left behind is none of the next one's.
TEST(replay, a_slot_that_was_long_unused) {
    for (std::uint64_t later = 1; later != 5000; ++later) {
        tables t(1);
        ASSERT_EQ(t->test_and_set({start, 0}, 1), replay_verdict::first);
        ASSERT_EQ(t->test_and_set({start, 0}, 2), replay_verdict::first);
        for (const std::uint32_t nc : {1u, 2u}) {
            ASSERT_EQ(t->test_and_set({start + later * lifetime, 0}, nc), replay_verdict::first) << later;
            ASSERT_EQ(t->test_and_set({start + later * lifetime, 0}, nc), replay_verdict::seen) << later;
        }
    }
}

TEST(replay, memory_has_to_fit) {
    std::array<std::uint64_t, 100> memory{};
    const std::size_t size = memory.size() * 8;
    EXPECT_FALSE(replay_table::attach(memory.data(), size)) << "nothing was made there";
    EXPECT_FALSE(replay_table::create(reinterpret_cast<char*>(memory.data()) + 4, 1, minutes(5)));
    EXPECT_FALSE(replay_table::create(memory.data(), 0, minutes(5)));
    EXPECT_FALSE(replay_table::create(memory.data(), 1, milliseconds(999)));
    EXPECT_TRUE(replay_table::create(memory.data(), 1, milliseconds(1000)));
    memory = {};
    EXPECT_EQ(replay_table::memory_for(1), 96 + 3 * 2 * 16u) << "two thirds are taken at most";
    EXPECT_EQ(replay_table::memory_for(2), 96 + 3 * 3 * 16u);
    EXPECT_EQ(replay_table::memory_for(1000), 96 + 3 * 1500 * 16u);
    ASSERT_LE(replay_table::memory_for(8), size);
    auto made = replay_table::create(memory.data(), 8, minutes(5));
    ASSERT_TRUE(made);
    EXPECT_EQ(made->test_and_set({start, 1}, 1), replay_verdict::first);
    EXPECT_FALSE(replay_table::attach(memory.data(), replay_table::memory_for(8) - 1));
    EXPECT_FALSE(replay_table::attach(memory.data(), 8));
    auto other = replay_table::attach(memory.data(), replay_table::memory_for(8));
    ASSERT_TRUE(other);
    EXPECT_EQ(other->test_and_set({start, 1}, 1), replay_verdict::seen) << "one table";
    memory[0] ^= 1;
    EXPECT_FALSE(replay_table::attach(memory.data(), size));
}

// All nonces want the last place, in each of the parts, of which one is the end of the memory.
TEST(replay, goes_on_at_the_first_place) {
    constexpr std::uint64_t last = std::uint64_t{UINT32_MAX} << 32;
    for (std::uint64_t part = 0; part != replay_table::generations; ++part) {
        tables t(20);
        const std::uint64_t made = start + part * lifetime;
        for (std::uint64_t i = 1; i <= 20; ++i) EXPECT_EQ(t->test_and_set({made, last | i}, 1), replay_verdict::first);
        for (std::uint64_t i = 1; i <= 20; ++i) EXPECT_EQ(t->test_and_set({made, last | i}, 1), replay_verdict::seen);
        EXPECT_EQ(t->test_and_set({made, last | 21}, 1), replay_verdict::full);
        EXPECT_EQ(t->test_and_set({made + lifetime, last | 1}, 1), replay_verdict::first)
            << "the other parts are empty";
        EXPECT_EQ(t->test_and_set({made + 2 * lifetime, last | 1}, 1), replay_verdict::first);
    }
}

// The memory may move, since there is no pointer in it: another process may have it elsewhere.
TEST(replay, no_pointers_in_memory) {
    tables t(20);
    for (std::uint64_t i = 1; i != 20; ++i)
        ASSERT_EQ(t->test_and_set({start, i * 0x9e37'79b9'7f4a'7c15}, 1), replay_verdict::first);
    std::vector<std::uint64_t> moved = t.memory();
    std::fill(t.memory().begin(), t.memory().end(), 0x5555'5555'5555'5555);
    auto there = replay_table::attach(moved.data(), moved.size() * 8);
    ASSERT_TRUE(there);
    for (std::uint64_t i = 1; i != 20; ++i)
        EXPECT_EQ(there->test_and_set({start, i * 0x9e37'79b9'7f4a'7c15}, 1), replay_verdict::seen);
}

// A million nonces in 72 MB: each is let in once, in four rounds of nc; the next one is refused.
TEST(replay, a_million_nonces) {
    constexpr std::uint32_t count = 1'000'000;
    EXPECT_EQ(replay_table::memory_for(count), 72u * count + 96);
    replay_memory store(count, milliseconds(lifetime));
    std::mt19937_64 random(7);
    std::vector<std::uint64_t> nonces(count);
    for (auto& n : nonces) n = random();
    std::size_t wrong = 0;
    for (std::uint32_t nc = 1; nc != 4; ++nc) {
        for (const std::uint64_t n : nonces) wrong += store.test_and_set({start, n}, nc) != replay_verdict::first;
        for (const std::uint64_t n : nonces) wrong += store.test_and_set({start, n}, nc) != replay_verdict::seen;
    }
    EXPECT_EQ(wrong, 0u);
    EXPECT_EQ(store.test_and_set({start, random()}, 1), replay_verdict::full);
    EXPECT_EQ(store.test_and_set({start + lifetime, random()}, 1), replay_verdict::first);
}

// Of all calls with one nonce and nc, in any threads, one has the answer `first`. Threads meet in every slot, in the
// creation of nonces, and where a part is used again. Under ThreadSanitizer too: scripts/test --all.
TEST(replay, threads) {
    constexpr unsigned thread_count = 4;
    constexpr std::uint32_t nonce_count = 64;
    constexpr std::uint32_t counts = 20;
    tables t(nonce_count + thread_count);  // since each may hold a place for a nonce that another one adds
    for (std::uint64_t round = 0; round != 30; ++round) {
        // At last, after so many generations that counts left behind have the mark of the new ones.
        const std::uint64_t generation = round < 15 ? round : round * 768;
        std::vector<std::atomic<unsigned>> first(nonce_count * counts);
        std::atomic<unsigned> others{0};
        std::vector<std::thread> threads;
        for (unsigned k = 0; k != thread_count; ++k) {
            threads.emplace_back([&, k] {
                std::mt19937 random(k);
                std::vector<std::uint32_t> order(nonce_count * counts);
                for (std::uint32_t i = 0; i != order.size(); ++i) order[i] = i;
                // Nonces in random order, each with its nc in nearly rising order.
                for (std::uint32_t i = 0; i + 1 < order.size(); ++i) {
                    const auto room = std::min<std::size_t>(400, order.size() - i);
                    const std::size_t j = i + random() % room;
                    std::swap(order[i], order[j]);
                }
                for (const std::uint32_t i : order) {
                    const nonce_identity n{start + generation * lifetime, (i % nonce_count) * 0x0123'4567'89ab'cdefu};
                    switch (t->test_and_set(n, i / nonce_count + 1)) {
                        case replay_verdict::first: ++first[i]; break;
                        case replay_verdict::seen: break;
                        default: ++others; break;
                    }
                }
            });
        }
        for (std::thread& thread : threads) thread.join();
        for (const auto& f : first) ASSERT_EQ(f.load(), 1u);
        ASSERT_EQ(others.load(), 0u);
    }
}

}  // namespace
}  // namespace authgrammar::verify
