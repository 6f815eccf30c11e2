#ifndef AUTHGRAMMAR_C_AUTH_ALLOCATE_HPP
#define AUTHGRAMMAR_C_AUTH_ALLOCATE_HPP

#include "convert.hpp"

#include <chrono>
#include <cstdint>

// What the parts of the C interface that allocate have in common. No exception leaves them.
namespace authgrammar::c {

/// Stores what `make()` returns in `to`. The code says why it is null: `make` returned null, or threw.
template <typename Object, typename Make>
authgrammar_code allocate(Object** to, Make make) noexcept {
    if (to == nullptr) return AUTHGRAMMAR_ERR_INVALID_ARGUMENT;
    *to = nullptr;
    try {
        *to = make();
    } catch (...) {
        return AUTHGRAMMAR_ERR_NO_MEMORY;
    }
    return *to != nullptr ? AUTHGRAMMAR_OK : AUTHGRAMMAR_ERR_INVALID_ARGUMENT;
}

/// The value of an enumeration of one byte; one outside of it if the number is.
template <typename Enum>
[[nodiscard]] constexpr Enum to_enum(int number) noexcept {
    static_assert(sizeof(Enum) == 1);
    return static_cast<Enum>(number >= 0 && number < UINT8_MAX ? number : UINT8_MAX);
}

/// The most milliseconds that are taken: some thirty years, so that a time of ours plus them is one.
inline constexpr std::uint64_t most_milliseconds = 1'000'000'000'000;

/// A time by a clock that counts in milliseconds; false if C++ cannot count so far.
template <typename TimePoint>
[[nodiscard]] bool to_time(std::int64_t milliseconds, TimePoint& to) noexcept {
    constexpr std::int64_t most = 8'000'000'000'000;
    if (milliseconds < -most || milliseconds > most) return false;
    to = TimePoint(std::chrono::milliseconds(milliseconds));
    return true;
}

}  // namespace authgrammar::c

#endif
