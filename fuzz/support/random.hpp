#ifndef AUTHGRAMMAR_FUZZ_RANDOM_HPP
#define AUTHGRAMMAR_FUZZ_RANDOM_HPP

#include <cstddef>
#include <cstdint>
#include <iterator>

namespace authgrammar::fuzz {

/// Small random numbers, the same for the same seed on every platform (SplitMix64).
class random_source {
public:
    explicit random_source(std::uint64_t seed) noexcept : state_(seed) {}

    [[nodiscard]] std::uint64_t next() noexcept {
        state_ += 0x9E3779B97F4A7C15u;
        std::uint64_t z = state_;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
        return z ^ (z >> 31);
    }

    /// A number less than `n`; 0 if `n` is 0.
    [[nodiscard]] std::size_t below(std::size_t n) noexcept {
        return n == 0 ? 0 : static_cast<std::size_t>((next() >> 32) % n);
    }
    [[nodiscard]] bool one_in(std::size_t n) noexcept { return below(n) == 0; }

    /// An element of an array or container, which is not empty.
    template <typename List>
    [[nodiscard]] const auto& any(const List& list) noexcept {
        return list[below(static_cast<std::size_t>(std::size(list)))];
    }

private:
    std::uint64_t state_;
};

}  // namespace authgrammar::fuzz

#endif
