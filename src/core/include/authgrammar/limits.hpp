#ifndef AUTHGRAMMAR_LIMITS_HPP
#define AUTHGRAMMAR_LIMITS_HPP

#include <authgrammar/detail/portability.hpp>

#include <cstdint>
#include <limits>

namespace authgrammar {

/// How much of a value is read before it is refused. A value that exceeds a limit is refused with the error of that
/// limit at the first byte that is too many, never with a syntax error (RFC 9110, 5.4 and 5.6.1.2); a value that meets
/// it exactly is read. The defaults are finite, and larger than any field that a server in use accepts. Offsets have 32
/// bits: no value of more than 2^32 - 1 bytes can be read.
///
/// A word after auth-scheme and SP that may be either a token68 or a parameter name is refused when it is longer than
/// both limits allow, as the token68 that it is so far: with `limit_value_length`.
///
/// A tokenizer refers to its limits and does not copy them. They may change between two of its calls. Where a limit is
/// lowered below what was read by then, the next byte, word, challenge, parameter or empty element that it counts is
/// refused.
struct limits {
    std::uint32_t total_bytes = 1u << 20;   ///< bytes of the whole value, its field lines joined by ", "
    std::uint32_t name_length = 4096;       ///< bytes of an auth-scheme or of a parameter name
    std::uint32_t value_length = 1u << 20;  ///< bytes of a token68 or of a parameter value, escapes included
    std::uint32_t challenges = 1024;        ///< challenges in the value
    std::uint32_t params = 16384;           ///< parameters in the value
    std::uint32_t empty_elements = 1024;    ///< empty list elements in a row: "," that begin the value or follow a ","

    /// No limits but the largest offset, for callers that bound their input by other means.
    [[nodiscard]] static constexpr limits none() noexcept {
        constexpr auto most = std::numeric_limits<std::uint32_t>::max();
        return {most, most, most, most, most, most};
    }
};

/// The limits that apply where the caller passes none.
inline constexpr limits default_limits{};

}  // namespace authgrammar

#endif
