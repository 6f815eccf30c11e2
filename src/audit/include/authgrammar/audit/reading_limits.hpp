#ifndef AUTHGRAMMAR_AUDIT_READING_LIMITS_HPP
#define AUTHGRAMMAR_AUDIT_READING_LIMITS_HPP

#include <cstddef>
#include <limits>

namespace authgrammar::audit {

/// How much of one header section is kept and judged. What is beyond a limit is passed over, and the message says so
/// (message::past_limit); the next message is read as ever.
struct reading_limits {
    std::size_t header_bytes;  ///< of a header section, from its start line on
    std::size_t field_lines;   ///< in a header section, with the lines that continue one and the lines that are none
    std::size_t line_bytes;    ///< of a line outside of header sections; a longer one starts no message

    /// Those of `authlint lint`: far more than any server accepts, and so little that judging a message stays within tens
    /// of megabytes.
    [[nodiscard]] static constexpr reading_limits standard() noexcept {
        return {std::size_t{1} << 21, std::size_t{1} << 14, std::size_t{1} << 21};
    }

    /// None, for inputs that are held in memory anyway.
    [[nodiscard]] static constexpr reading_limits none() noexcept {
        constexpr std::size_t any = std::numeric_limits<std::size_t>::max();
        return {any, any, any};
    }
};

}  // namespace authgrammar::audit

#endif
