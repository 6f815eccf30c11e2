// One guard, used by many threads at once. Under ThreadSanitizer too: scripts/test --all.
#include "client.hpp"

#include <authgrammar/verify/replay.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <iostream>
#include <random>
#include <string>
#include <thread>
#include <vector>

namespace authgrammar::conversation::test {
namespace {

constexpr unsigned thread_count = 8;
constexpr std::size_t nonce_count = 625;
constexpr std::uint32_t counts =
    20;  // of each nonce; the memory of replays tells 24 that come out of order from old ones

/// Right answers: each nonce of a guard with each nc, all with one password.
std::vector<std::string> answers_of(const guard& g) {
    std::vector<std::string> answers;
    exchange x(g);
    for (std::size_t n = 0; n != nonce_count; ++n) {
        x.check(get_without());
        const std::string challenge = all_of(x.fields(), "WWW-Authenticate");
        for (std::uint32_t nc = 1; nc <= counts; ++nc) {
            digest_login login{};
            login.nc = nc;
            answers.push_back(digest(challenge, login));
        }
    }
    return answers;
}

/// What all threads count.
struct tally {
    explicit tally(std::size_t answers) : admitted(answers) {}
    std::vector<std::atomic<unsigned>> admitted;  // of each answer
    std::atomic<unsigned> checks{0};
    std::atomic<unsigned> stale{0};
    std::atomic<unsigned> wrong{0};  // answers that are neither
};

/// Sends every answer once, nearly in order, with Basic and Bearer between.
void send_all(const guard& g, const std::vector<std::string>& answers, unsigned seed, tally& counted) {
    std::mt19937 random(seed);
    std::vector<std::size_t> order(answers.size());
    for (std::size_t i = 0; i != order.size(); ++i) order[i] = i;
    for (std::size_t i = 0; i + 1 < order.size(); ++i) {
        std::swap(order[i], order[i + random() % std::min<std::size_t>(40, order.size() - i)]);
    }
    const std::string right = basic("Mufasa", "Circle of Life");
    const std::string wrong = basic("Mufasa", "circle of life");
    exchange x(g);
    host h;
    for (const std::size_t i : order) {
        const exchange_state state = x.check(get(answers[i]), h);
        if (state == exchange_state::admitted && x.user() == "Mufasa") {
            ++counted.admitted[i];
        } else if (x.reason().code == reason_code::stale && x.status() == 401) {
            ++counted.stale;
        } else {
            ++counted.wrong;
        }
        ++counted.checks;
        if (i % 16 != 0) continue;
        counted.checks += 3;
        if (x.check(get(right), h) != exchange_state::admitted) ++counted.wrong;
        if (x.check(get(wrong), h) != exchange_state::refused) ++counted.wrong;
        if (x.check(get("Bearer good"), h) != exchange_state::admitted) ++counted.wrong;
    }
}

TEST(threads, share_a_guard_that_admits_each_nc_once) {
    verify::replay_memory store(nonce_count + thread_count);
    guard_options o;
    o.realm = "files";
    o.offers = {digest_offer{}, bearer_offer{}, basic_offer{}};
    o.replays = verify::replay_check(store);
    const guard g(o);
    ASSERT_EQ(g.why_not(), "");
    const std::vector<std::string> answers = answers_of(g);
    tally counted(answers.size());
    std::vector<std::thread> threads;
    for (unsigned k = 0; k != thread_count; ++k) {
        threads.emplace_back([&, k] { send_all(g, answers, k, counted); });
    }
    for (std::thread& thread : threads) thread.join();
    for (const auto& times : counted.admitted) ASSERT_EQ(times.load(), 1u) << "each nc of each nonce is admitted once";
    EXPECT_EQ(counted.wrong.load(), 0u);
    EXPECT_EQ(counted.stale.load(), (thread_count - 1) * answers.size());
    EXPECT_GT(counted.checks.load(), 100'000u);
    std::cout << "threads: " << counted.checks.load() << " checks of one guard by " << thread_count << " threads, "
              << answers.size() << " answers admitted once each\n";
}

}  // namespace
}  // namespace authgrammar::conversation::test
