#ifndef AUTHGRAMMAR_VERIFY_PRECIS_HPP
#define AUTHGRAMMAR_VERIFY_PRECIS_HPP

#include <authgrammar/verify/export.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

// Usernames and passwords in Unicode, for Basic and Digest with charset=UTF-8 (RFC 7617, 2.1; RFC 7616, 4): what two
// people type as the same name becomes the same octets.

namespace authgrammar::verify {

/// Why a text is no username or no password.
enum class precis_code : std::uint8_t {
    none,
    not_utf8,     ///< not UTF-8 (RFC 3629)
    empty,        ///< nothing is left; or a userpart is empty, at a space at an end or beside another
    colon,        ///< ":" in a username, where Basic and Digest have it as separator
    disallowed,   ///< a character that the string class does not allow (RFC 8264, 4.2 and 4.3)
    context,      ///< a character that is allowed only beside others (RFC 5892, appendix A)
    direction,    ///< characters of right-to-left scripts that break the Bidi Rule (RFC 5893, 2)
    too_long,     ///< more than precis_limit characters when it is decomposed
    unstable,     ///< applying the rules again gives another text (RFC 8264, 7)
    buffer_full,  ///< the caller's buffer is too small
};

/// The stable name of `code`, such as "not_utf8": a view of static storage. Constant time, no allocation.
[[nodiscard]] AUTHGRAMMAR_VERIFY_EXPORT std::string_view name_of(precis_code code) noexcept;

/// What came of preparing a text. The views are of static storage; nothing tells what is in the text.
struct [[nodiscard]] precis_result {
    precis_code code = precis_code::none;
    std::size_t size = 0;    ///< bytes written; 0 on an error
    std::size_t offset = 0;  ///< of the first byte at fault: for not_utf8 and colon of the text, else of what it became
    std::string_view section{};   ///< of the rule, such as "RFC 8265, 3.4.3"
    std::string_view expected{};  ///< what is asked for there, in words

    explicit operator bool() const noexcept { return code == precis_code::none; }
};

/// The most characters of a text, decomposed.
inline constexpr std::size_t precis_limit = 1024;

/// Writes the username that `name`, in UTF-8, stands for to `buffer`: userparts separated by single spaces, each in the
/// profile UsernameCasePreserved, without ":" (RFC 8265, 3.1 and 3.4; RFC 7617, 2.1; RFC 7616, 4). All rules are applied in
/// the order of RFC 8264, 7. `buffer` may be the one that `name` lies in, at or before its start; it must have room for what
/// it becomes, at most three times the length. Linear; no allocation. What it works with is wiped.
AUTHGRAMMAR_VERIFY_EXPORT precis_result prepare_username(std::string_view name, char* buffer,
                                                         std::size_t capacity) noexcept;

/// The same for a password, in the profile OpaqueString (RFC 8265, 4.2). The time depends on the password.
AUTHGRAMMAR_VERIFY_EXPORT precis_result prepare_password(std::string_view password, char* buffer,
                                                         std::size_t capacity) noexcept;

/// The same for Normalization Form C alone, as RFC 7617, 2.1 and RFC 7616, 4 ask for of clients. It may be empty.
AUTHGRAMMAR_VERIFY_EXPORT precis_result normalize(std::string_view text, char* buffer, std::size_t capacity) noexcept;

/// The version of Unicode that decides, such as "15.0.0": that of utf8proc.
[[nodiscard]] AUTHGRAMMAR_VERIFY_EXPORT std::string_view unicode_version() noexcept;

}  // namespace authgrammar::verify

#endif
