#ifndef AUTHGRAMMAR_SCHEMES_DIGEST_VALUES_HPP
#define AUTHGRAMMAR_SCHEMES_DIGEST_VALUES_HPP

#include <authgrammar/schemes/digest.hpp>

#include <optional>
#include <string_view>

#include "fault.hpp"

// The values of Digest's parameters, as they are read, and before they are written.

namespace authgrammar::schemes {

inline constexpr std::string_view digest_scheme = "Digest";

inline constexpr rule challenge_required{"R7616-3.3-required", "RFC 7616, 3.4.1 and 3.4.2"};
inline constexpr rule qop_offered{"R7616-3.3-qop", "RFC 7616, 3.3"};
inline constexpr rule qop_unknown{"R7616-3.3-qop-unknown", "RFC 7616, 3.3"};
inline constexpr rule algorithm_known{"R7616-3.3-algorithm", "RFC 7616, 3.3"};
inline constexpr rule charset_value{"R7616-3.3-charset", "RFC 7616, 3.3"};
inline constexpr rule offered_userhash{"R7616-3.3-userhash", "RFC 7616, 3.3"};
inline constexpr rule domain_uris{"R7616-3.3-domain-syntax", "RFC 7616, 3.3"};
inline constexpr rule credentials_required{"R7616-3.4-required", "RFC 7616, 3.4"};
inline constexpr rule proper_value{"R7616-3.4-improper", "RFC 7616, 3.4"};
inline constexpr rule one_username{"R7616-3.4-two-usernames", "RFC 7616, 3.4"};
inline constexpr rule username_ext{"R7616-3.4-username-ext", "RFC 7616, 3.4"};
inline constexpr rule one_qop{"R7616-3.4-qop-one", "RFC 7616, 3.4"};
inline constexpr rule cnonce_sent{"R7616-3.4-cnonce", "RFC 7616, 3.4"};
inline constexpr rule cnonce_ascii{"R7616-3.4-cnonce-ascii", "RFC 7616, 3.4"};
inline constexpr rule nc_sent{"R7616-3.4-nc", "RFC 7616, 3.4"};
inline constexpr rule userhash_flag{"R7616-3.4-userhash", "RFC 7616, 3.4"};
inline constexpr rule lower_hex{"R7616-3.2-hex", "RFC 7616, 3.2"};
inline constexpr rule eight_digits{"R7616-3.5-nc-digits", "RFC 7616, 3.5"};
inline constexpr rule info_with_qop{"R7616-3.5-rspauth", "RFC 7616, 3.5"};

/// A reading in progress: what may be waived, and what was.
struct reading {
    tolerances allowed;
    tolerances used{};

    /// Whether `t` may be used, which it then is.
    [[nodiscard]] bool use(tolerance t) noexcept {
        if (!allowed.has(t)) return false;
        used |= t;
        return true;
    }
};

/// The characters of "SHA-512-256-sess".
inline constexpr std::size_t longest_algorithm_name = 16;

/// An algorithm by its value; nothing if it is none that is known.
[[nodiscard]] std::optional<digest_algorithm> algorithm_of(const text& value) noexcept;

/// One quality of protection. Octet by octet, because it is hashed as it is sent.
[[nodiscard]] std::optional<digest_qop> qop_of(const text& value) noexcept;

/// "true" or "false", in any case.
[[nodiscard]] std::optional<bool> flag_of(const text& value) noexcept;

/// The qualities of protection in the value of a challenge's qop: those that are known.
[[nodiscard]] scheme_error read_qop_list(const text& value, digest_qops& offered) noexcept;

/// Reads an nc: eight hexadecimal digits that are not all zero.
[[nodiscard]] scheme_error read_nc(const text& value, std::uint32_t& nc, reading& r) noexcept;

/// Checks a hash in the value of the parameter `name`: `count` hexadecimal digits in lower case; 32 or 64 if it is 0.
[[nodiscard]] scheme_error check_hash(const text& value, std::size_t count, std::string_view name, reading& r) noexcept;

[[nodiscard]] scheme_error check_cnonce(const text& value) noexcept;
[[nodiscard]] scheme_error check_uri(const text& value) noexcept;
[[nodiscard]] scheme_error check_domain(const text& value) noexcept;

}  // namespace authgrammar::schemes

#endif
