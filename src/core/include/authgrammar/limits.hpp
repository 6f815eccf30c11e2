#ifndef AUTHGRAMMAR_LIMITS_HPP
#define AUTHGRAMMAR_LIMITS_HPP

#include <cstdint>
#include <limits>

namespace authgrammar {

/// How much of a value is read before it is refused. Exceeding a limit is an error of its own, never a syntax
/// error (RFC 9110, 5.4 and 5.6.1.2). A value that meets a limit exactly is read. The defaults are generous:
/// larger than any field that a deployed server accepts, and finite. Positions have 32 bits, so that no value of
/// more than 2^32 - 1 bytes can be read.
struct limits {
    std::uint32_t total_bytes = 1u << 20;   ///< bytes of the whole value, all field lines joined
    std::uint32_t name_length = 4096;       ///< bytes of an auth-scheme or of a parameter name
    std::uint32_t value_length = 1u << 20;  ///< bytes of a token68 or of a parameter value, escapes included
    std::uint32_t challenges = 1024;        ///< challenges in the value
    std::uint32_t params = 16384;           ///< parameters in the value
    std::uint32_t empty_elements = 1024;    ///< empty list elements in a row: "," that begin the value or follow a ","

    /// No limits but the largest position, for callers that bound their input elsewhere and for auditors.
    [[nodiscard]] static constexpr limits none() noexcept {
        constexpr auto most = std::numeric_limits<std::uint32_t>::max();
        return {most, most, most, most, most, most};
    }
};

/// The limits in force where the caller names none.
inline constexpr limits default_limits{};

}  // namespace authgrammar

#endif
