// How long status_for() takes: for all combinations of facts that can be true, in order, and in random order, where branches
// cannot be predicted.

#include <authgrammar/policy/decision.hpp>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <random>
#include <utility>
#include <vector>

namespace {

using namespace authgrammar;

/// Every combination of facts that count and can be true together.
std::vector<policy::facts> combinations() {
    std::vector<policy::facts> all{policy::facts(policy::resource_state{}, policy::credentials_state{})};
    for (const policy::fact& fact : policy::all_facts()) {
        std::vector<policy::facts> more;
        for (const policy::facts& f : all) {
            for (std::size_t value = 0; value < fact.value_count; ++value) {
                policy::facts with = f;
                fact.set(with, static_cast<std::uint8_t>(value));
                if (value == 0 || fact.counts(with)) more.push_back(with);
            }
        }
        all = std::move(more);
    }
    all.erase(std::remove_if(all.begin(), all.end(), [](const policy::facts& f) { return policy::status_for(f) == 0; }),
              all.end());
    return all;
}

std::uint64_t sum_of(const policy::facts* first, const policy::facts* last) noexcept {
    std::uint64_t sum = 0;
    for (; first != last; ++first) sum += static_cast<std::uint64_t>(policy::status_for(*first));
    return sum;
}

/// Nanoseconds a call: the least of all batches, as the other benchmarks report it.
double measure(const std::vector<policy::facts>& of, std::uint64_t& sum) {
    constexpr std::size_t batch = 2000;
    constexpr int rounds = 20;
    double least = std::numeric_limits<double>::max();
    for (int i = 0; i < rounds; ++i) {
        sum = 0;
        for (std::size_t at = 0; at < of.size(); at += batch) {
            const std::size_t count = std::min(batch, of.size() - at);
            const auto begin = std::chrono::steady_clock::now();
            sum += sum_of(of.data() + at, of.data() + at + count);
            const std::chrono::duration<double, std::nano> took = std::chrono::steady_clock::now() - begin;
            if (count == batch) least = std::min(least, took.count() / static_cast<double>(batch));
        }
    }
    return least;
}

}  // namespace

int main(int argc, char** argv) {
    const bool limited = argc == 3 && std::strcmp(argv[1], "--at-most") == 0;
    if (argc != 1 && !limited) {
        std::fputs("usage: authgrammar_bench_status [--at-most NANOSECONDS]\n", stderr);
        return 2;
    }
    std::vector<policy::facts> all = combinations();
    std::uint64_t sum_in_order = 0;
    std::uint64_t sum_at_random = 0;
    const double in_order = measure(all, sum_in_order);
    std::shuffle(all.begin(), all.end(), std::mt19937(9110));
    const double at_random = measure(all, sum_at_random);
    std::printf("status_for: %zu combinations of facts, %.1f ns each in order, %.1f ns in random order\n", all.size(),
                in_order, at_random);
    if (sum_in_order != sum_at_random || sum_in_order == 0) {
        std::fputs("the answers differ\n", stderr);
        return 1;
    }
    return limited && at_random > std::strtod(argv[2], nullptr) ? 1 : 0;
}
