#ifndef AUTHGRAMMAR_EDITION_HPP
#define AUTHGRAMMAR_EDITION_HPP

#include <authgrammar/export.hpp>

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace authgrammar {

/// The three grammars that the RFCs define for each field. They differ only in the elements that a list may have: every
/// value of rfc9110_sender but the empty list is one of rfc7235, and every value of rfc7235 is one of
/// rfc9110_recipient.
enum class edition : std::uint8_t {
    rfc7235,            ///< RFC 7235 appendix C and RFC 7615, as published
    rfc9110_recipient,  ///< RFC 9110 with the list rule of Section 5.6.1.2; the default for reading
    rfc9110_sender      ///< RFC 9110 appendix A, without empty list elements; what the writer writes
};

/// All editions, in the order of the enumeration.
inline constexpr std::array<edition, 3> all_editions{edition::rfc7235, edition::rfc9110_recipient,
                                                     edition::rfc9110_sender};

/// The stable name of `e`: "rfc7235", "rfc9110-recipient" or "rfc9110-sender"; a view of static storage. Constant time.
[[nodiscard]] AUTHGRAMMAR_EXPORT std::string_view name_of(edition e) noexcept;

/// The edition with exactly this name, or nothing. Constant time.
[[nodiscard]] AUTHGRAMMAR_EXPORT std::optional<edition> edition_from_name(std::string_view name) noexcept;

}  // namespace authgrammar

#endif
