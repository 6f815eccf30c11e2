#ifndef AUTHGRAMMAR_SCHEMES_DIGEST_HPP
#define AUTHGRAMMAR_SCHEMES_DIGEST_HPP

#include <authgrammar/auth_param.hpp>
#include <authgrammar/challenge.hpp>
#include <authgrammar/event.hpp>
#include <authgrammar/field.hpp>
#include <authgrammar/field_value.hpp>
#include <authgrammar/result.hpp>
#include <authgrammar/schemes/error.hpp>
#include <authgrammar/schemes/export.hpp>
#include <authgrammar/schemes/tolerance.hpp>
#include <authgrammar/text.hpp>
#include <authgrammar/writer.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

// Digest, RFC 7616: what is on the wire. Nothing is computed here.
//
// Unescape the values of parameters before you hash them (`unq`, RFC 7616, 3.3): text::unescape(), text::for_each_octet().

namespace authgrammar::schemes {

/// The algorithms of RFC 7616, 6.1. The order is not one of strength.
enum class digest_algorithm : std::uint8_t { md5, md5_sess, sha_256, sha_256_sess, sha_512_256, sha_512_256_sess };

/// The registered name, such as "SHA-512-256-sess": a view of static storage. Constant time.
[[nodiscard]] AUTHGRAMMAR_SCHEMES_EXPORT std::string_view name_of(digest_algorithm a) noexcept;

/// The algorithm with this name, compared without regard to ASCII case, since RFC 7616 does not say and peers differ.
/// Constant time; no allocation.
[[nodiscard]] AUTHGRAMMAR_SCHEMES_EXPORT std::optional<digest_algorithm> digest_algorithm_from_name(
    std::string_view name) noexcept;

/// Whether it is a session variant (RFC 7616, 3.4.2).
[[nodiscard]] constexpr bool is_session(digest_algorithm a) noexcept {
    return a == digest_algorithm::md5_sess || a == digest_algorithm::sha_256_sess ||
           a == digest_algorithm::sha_512_256_sess;
}

/// How many hexadecimal digits its hashes have: 32 or 64 (RFC 7616, 3.2).
[[nodiscard]] constexpr std::size_t hex_digits(digest_algorithm a) noexcept {
    return a == digest_algorithm::md5 || a == digest_algorithm::md5_sess ? 32 : 64;
}

/// Quality of protection (RFC 7616, 3.3). `none`: without qop, as in RFC 2069. On the wire it compares octet by octet,
/// because it is hashed as it is sent.
enum class digest_qop : std::uint8_t { none, auth, auth_int };

/// "auth" or "auth-int": a view of static storage; empty for `none`. Constant time.
[[nodiscard]] AUTHGRAMMAR_SCHEMES_EXPORT std::string_view name_of(digest_qop q) noexcept;

/// The qualities of protection that a challenge offers. `none` is in no set.
class digest_qops {
public:
    constexpr digest_qops() noexcept = default;
    constexpr digest_qops(digest_qop q) noexcept : bits_(bit(q)) {}  // NOLINT(google-explicit-constructor)

    [[nodiscard]] constexpr bool has(digest_qop q) const noexcept { return (bits_ & bit(q)) != 0; }
    [[nodiscard]] constexpr bool empty() const noexcept { return bits_ == 0; }

    constexpr digest_qops& operator|=(digest_qops other) noexcept {
        bits_ = static_cast<std::uint8_t>(bits_ | other.bits_);
        return *this;
    }
    [[nodiscard]] friend constexpr digest_qops operator|(digest_qops a, digest_qops b) noexcept { return a |= b; }
    [[nodiscard]] friend constexpr bool operator==(digest_qops a, digest_qops b) noexcept { return a.bits_ == b.bits_; }
    [[nodiscard]] friend constexpr bool operator!=(digest_qops a, digest_qops b) noexcept { return a.bits_ != b.bits_; }

private:
    [[nodiscard]] static constexpr std::uint8_t bit(digest_qop q) noexcept {
        return static_cast<std::uint8_t>(q == digest_qop::none ? 0u : 1u << static_cast<unsigned>(q));
    }

    std::uint8_t bits_ = 0;
};

[[nodiscard]] constexpr digest_qops operator|(digest_qop a, digest_qop b) noexcept {
    return digest_qops(a) | digest_qops(b);
}

/// A Digest challenge (RFC 7616, 3.3). A view of the field value, or what is to be written.
struct digest_challenge {
    text realm;
    text nonce;
    std::optional<text> opaque{};  ///< to be sent back unchanged
    std::optional<text> domain{};  ///< URIs separated by SP: for_each_word(). Absent from Proxy-Authenticate
    digest_algorithm algorithm = digest_algorithm::md5;
    bool algorithm_given = true;  ///< false: there is no parameter, and `algorithm` is MD5
    digest_qops qop{};            ///< those offered that this library knows; empty: the challenge is that of RFC 2069
    bool stale = false;           ///< the nonce was too old, the password was not looked at
    bool userhash = false;        ///< the server wants the username hashed
    bool utf8 = false;            ///< charset=UTF-8
    tolerances used{};
};

/// How credentials carry the username (RFC 7616, 3.4).
enum class username_form : std::uint8_t {
    plain,     ///< username: the name
    extended,  ///< username*: an ext-value of RFC 8187, for names that no quoted-string holds; see decode_ext_value()
    hashed     ///< username and userhash=true: the hash of the name and the realm, in hexadecimal
};

/// Digest credentials (RFC 7616, 3.4). A view of the field value, or what is to be written.
struct digest_credentials {
    text username;  ///< in the form that `form` says: an ext-value is not decoded
    username_form form = username_form::plain;
    text realm;
    text nonce;
    text uri;       ///< compare it with the request-target (RFC 7616, 3.4.6)
    text response;  ///< hex_digits(algorithm) of them, in lower case
    std::optional<text> cnonce{};
    std::optional<text> opaque{};
    std::uint32_t nc = 0;  ///< not 0, unless `qop` is none
    text nc_digits{};      ///< nc as it was sent, which is what the client hashed; not looked at in writing
    digest_qop qop = digest_qop::none;
    digest_algorithm algorithm = digest_algorithm::md5;
    bool algorithm_given = true;  ///< false: there is no parameter, and `algorithm` is MD5
    tolerances used{};
};

/// What a server says after a success, in Authentication-Info or Proxy-Authentication-Info (RFC 7616, 3.5). A view of
/// the field value, or what is to be written.
struct digest_info {
    std::optional<text> nextnonce{};  ///< the nonce for the next request
    std::optional<text> rspauth{};    ///< 32 or 64 hexadecimal digits in lower case, by the algorithm of the request
    std::optional<text> cnonce{};
    std::optional<std::uint32_t> nc{};
    text
        nc_digits{};  ///< nc as it was sent; written as it is if not empty, because rspauth is computed with these digits
    digest_qop qop = digest_qop::none;
    tolerances used{};
};

/// Reads a Digest challenge of field `f`: in Proxy-Authenticate, domain is ignored (RFC 7616, 3.3). Parameters that it
/// does not know are ignored, and qualities of protection that it does not know. Values are read as tokens and as
/// quoted-strings, whatever the sender's rule (RFC 9110, 11.2). Tolerances: digest_without_qop, unknown_charset.
///
/// Errors: other_scheme, unexpected_token68, missing_param, repeated_param, invalid_value; unknown_algorithm and
/// unknown_qop, of a challenge to be passed over for the next one. Linear; no allocation.
AUTHGRAMMAR_SCHEMES_EXPORT result<digest_challenge, scheme_error> read_digest_challenge(
    const challenge& read, tolerances allowed = {}, field f = field::www_authenticate) noexcept;

/// Reads the value of Authorization or Proxy-Authorization all the way to Digest credentials: views of the value.
/// `events` is what it is parsed to, 4 and two for each parameter; none of them is needed afterwards.
///
/// Errors: malformed_value, which is also that of a value with more parameters than `events` has room for, by
/// `event_buffer_full`; those of read_digest_credentials(). Linear; no allocation.
AUTHGRAMMAR_SCHEMES_EXPORT result<digest_credentials, scheme_error> read_digest(const field_value& value,
                                                                                event_buffer& events,
                                                                                tolerances allowed = {}) noexcept;

/// The same from credentials that were parsed. Parameters that it does not know are ignored; values are read in both forms. Tolerances:
/// digest_without_qop, digest_nc_length, digest_upper_case_hex.
///
/// Errors: other_scheme, unexpected_token68, missing_param, repeated_param, unexpected_param, invalid_value,
/// unknown_algorithm, two_usernames, invalid_ext_value. Linear; no allocation.
AUTHGRAMMAR_SCHEMES_EXPORT result<digest_credentials, scheme_error> read_digest_credentials(
    const credentials& read, tolerances allowed = {}) noexcept;

/// Reads the parameters of Authentication-Info or Proxy-Authentication-Info. Tolerances: digest_nc_length,
/// digest_upper_case_hex.
///
/// Errors: missing_param, repeated_param, invalid_value. Linear; no allocation.
AUTHGRAMMAR_SCHEMES_EXPORT result<digest_info, scheme_error> read_digest_info(const auth_params& read,
                                                                              tolerances allowed = {}) noexcept;

/// Writes one challenge as the value of WWW-Authenticate or Proxy-Authenticate, each parameter in the form that RFC
/// 7616, 3.3 lets a sender use; domain not in Proxy-Authenticate. In the way of write_challenges(), which says what the
/// errors are; also forbidden_octet for a domain that read_digest_challenge() would refuse. Linear; no allocation.
AUTHGRAMMAR_SCHEMES_EXPORT write_result write_digest_challenge(field f, const digest_challenge& c, char* buffer,
                                                               std::size_t capacity) noexcept;

/// Writes credentials as the value of Authorization or Proxy-Authorization, likewise (RFC 7616, 3.4). In the way of
/// write_credentials(); also forbidden_octet, with the name of the parameter as `rule`, for a value that
/// read_digest_credentials() would refuse without tolerances, and for a cnonce that is not there. If `qop` is none, nc
/// is left out. Linear; no allocation.
AUTHGRAMMAR_SCHEMES_EXPORT write_result write_digest_credentials(field f, const digest_credentials& c, char* buffer,
                                                                 std::size_t capacity) noexcept;

/// Writes the value of Authentication-Info or Proxy-Authentication-Info, likewise (RFC 7616, 3.5). In the way of
/// write_info(); also forbidden_octet for what read_digest_info() would refuse, and for nc_digits that are not nc. Linear; no
/// allocation.
AUTHGRAMMAR_SCHEMES_EXPORT write_result write_digest_info(field f, const digest_info& i, char* buffer,
                                                          std::size_t capacity) noexcept;

}  // namespace authgrammar::schemes

#endif
