#ifndef AUTHGRAMMAR_ABNF_COUNT_HPP
#define AUTHGRAMMAR_ABNF_COUNT_HPP

#include <cstdint>
#include <limits>
#include <string>

namespace authgrammar::abnf {

/// A number of derivations. Exact up to 2^64 - 3; a larger finite number saturates ("at least"); a rule that
/// derives itself, or repeats what may be empty, has infinitely many, which is a value of its own.
class count {
public:
    constexpr count() = default;
    constexpr count(std::uint64_t number) : value_(number < saturated_ ? number : saturated_) {}

    static constexpr count infinite() {
        count all;
        all.value_ = infinite_;
        return all;
    }

    constexpr bool is_zero() const { return value_ == 0; }
    constexpr bool is_infinite() const { return value_ == infinite_; }
    /// True if the number is neither saturated nor infinite.
    constexpr bool is_exact() const { return value_ < saturated_; }
    /// The number itself; 2^64 - 2 if saturated, 2^64 - 1 if infinite.
    constexpr std::uint64_t value() const { return value_; }

    friend constexpr count operator+(count a, count b) {
        if (a.is_infinite() || b.is_infinite()) return infinite();
        return a.value_ > saturated_ - b.value_ ? count(saturated_) : count(a.value_ + b.value_);
    }
    friend constexpr count operator*(count a, count b) {
        if (a.is_zero() || b.is_zero()) return count();
        if (a.is_infinite() || b.is_infinite()) return infinite();
        return a.value_ > saturated_ / b.value_ ? count(saturated_) : count(a.value_ * b.value_);
    }
    friend constexpr bool operator==(count a, count b) { return a.value_ == b.value_; }
    friend constexpr bool operator!=(count a, count b) { return a.value_ != b.value_; }

private:
    static constexpr std::uint64_t infinite_ = std::numeric_limits<std::uint64_t>::max();
    static constexpr std::uint64_t saturated_ = infinite_ - 1;
    std::uint64_t value_ = 0;
};

/// `17`, `at least 18446744073709551614` or `infinite`.
inline std::string to_string(count number) {
    if (number.is_infinite()) return "infinite";
    return (number.is_exact() ? "" : "at least ") + std::to_string(number.value());
}

}  // namespace authgrammar::abnf

#endif
