#ifndef AUTHGRAMMAR_SCHEMES_TOLERANCE_HPP
#define AUTHGRAMMAR_SCHEMES_TOLERANCE_HPP

#include <authgrammar/schemes/export.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace authgrammar::schemes {

/// A rule of an RFC that a reader may waive, because some peers break it. All rules are kept unless the caller says
/// otherwise, and what was read with one waived says so. The numbers are stable: they are never changed or used again.
enum class tolerance : std::uint8_t {
    none = 0,

    base64_missing_padding = 1,  ///< base64 without the "=" at its end (RFC 4648, 3.2)
    base64url_alphabet = 2,      ///< base64 with "-" and "_" for "+" and "/" (RFC 4648, 4 and 5)

    basic_missing_realm = 3,  ///< a Basic challenge without realm (RFC 7617, 2)
    unknown_charset = 4,      ///< a charset other than UTF-8, read as if it were absent (RFC 7617, 2.1; RFC 7616, 3.3)

    bearer_without_params = 5,  ///< a Bearer challenge that is the scheme alone (RFC 6750, 3)
    bearer_octets = 6,          ///< octets that error, error_description and error_uri must not have (RFC 6750, 3)

    digest_without_qop = 7,     ///< Digest without qop, cnonce and nc, as in RFC 2069 (RFC 7616, 3.3 and 3.4)
    digest_nc_length = 8,       ///< an nc of one to eight hexadecimal digits (RFC 7616, 3.5)
    digest_upper_case_hex = 9,  ///< a response, rspauth or hashed username with "A" to "F" (RFC 7616, 3.2)

    base64_alphabet = 10,  ///< base64url with "+" and "/" for "-" and "_" (RFC 4648, 5), as RFC 7486 prints it

    digest_uri_path = 11  ///< a Digest uri that is the path and query of an absolute request-target (RFC 7616, 3.4.6)
};

/// All tolerances but `none`, in the order of the enumeration.
inline constexpr std::array<tolerance, 11> all_tolerances{
    tolerance::base64_missing_padding, tolerance::base64url_alphabet,    tolerance::basic_missing_realm,
    tolerance::unknown_charset,        tolerance::bearer_without_params, tolerance::bearer_octets,
    tolerance::digest_without_qop,     tolerance::digest_nc_length,      tolerance::digest_upper_case_hex,
    tolerance::base64_alphabet,        tolerance::digest_uri_path};

/// The stable name of `t`, such as "base64_missing_padding": a view of static storage. Constant time, no allocation; so
/// do the next two.
[[nodiscard]] AUTHGRAMMAR_SCHEMES_EXPORT std::string_view name_of(tolerance t) noexcept;

/// What `t` lets pass and which peers need it, in one or two sentences: a view of static storage.
[[nodiscard]] AUTHGRAMMAR_SCHEMES_EXPORT std::string_view explain(tolerance t) noexcept;

/// The tolerance with exactly this name, or nothing. `none` has no name here.
[[nodiscard]] AUTHGRAMMAR_SCHEMES_EXPORT std::optional<tolerance> tolerance_from_name(std::string_view name) noexcept;

/// A set of tolerances; empty unless it is given some. All functions take constant time.
class tolerances {
public:
    constexpr tolerances() noexcept = default;
    /// The set of `t` alone; of `none`, the empty set.
    constexpr tolerances(tolerance t) noexcept : bits_(bit(t)) {}  // NOLINT(google-explicit-constructor)

    /// All that there are.
    [[nodiscard]] static constexpr tolerances all() noexcept {
        tolerances set;
        for (const tolerance t : all_tolerances) set |= t;
        return set;
    }

    [[nodiscard]] constexpr bool has(tolerance t) const noexcept { return (bits_ & bit(t)) != 0; }
    [[nodiscard]] constexpr bool empty() const noexcept { return bits_ == 0; }

    constexpr tolerances& operator|=(tolerances other) noexcept {
        bits_ |= other.bits_;
        return *this;
    }
    [[nodiscard]] friend constexpr tolerances operator|(tolerances a, tolerances b) noexcept { return a |= b; }
    [[nodiscard]] friend constexpr bool operator==(tolerances a, tolerances b) noexcept { return a.bits_ == b.bits_; }
    [[nodiscard]] friend constexpr bool operator!=(tolerances a, tolerances b) noexcept { return a.bits_ != b.bits_; }

private:
    [[nodiscard]] static constexpr std::uint32_t bit(tolerance t) noexcept {
        return t == tolerance::none ? 0 : std::uint32_t{1} << static_cast<unsigned>(t);
    }

    std::uint32_t bits_ = 0;
};

[[nodiscard]] constexpr tolerances operator|(tolerance a, tolerance b) noexcept {
    return tolerances(a) | tolerances(b);
}

}  // namespace authgrammar::schemes

#endif
