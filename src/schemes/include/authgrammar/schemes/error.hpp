#ifndef AUTHGRAMMAR_SCHEMES_ERROR_HPP
#define AUTHGRAMMAR_SCHEMES_ERROR_HPP

#include <authgrammar/error.hpp>
#include <authgrammar/schemes/export.hpp>
#include <authgrammar/schemes/tolerance.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace authgrammar::schemes {

/// Why a field value is not what its scheme asks for. The numbers are stable: they are never changed or used again.
enum class scheme_error_code : std::uint8_t {
    none = 0,

    // Of any scheme.
    malformed_value = 1,     ///< the field value is not in the grammar of its field: scheme_error::grammar says why
    other_scheme = 2,        ///< the challenge or credentials are those of another scheme
    expected_token68 = 3,    ///< a token68 must follow the scheme
    unexpected_token68 = 4,  ///< the scheme has parameters, or nothing, where there is a token68
    missing_param = 5,       ///< a parameter that the scheme requires is not there
    repeated_param = 6,      ///< a parameter is there twice
    unexpected_param = 7,    ///< a parameter that must not be there, or not beside the others
    invalid_value = 8,       ///< the value of a parameter is not one that the scheme allows
    unknown_algorithm = 9,   ///< an algorithm that this library does not know: ignore the challenge
    unknown_qop = 10,        ///< a challenge offers no quality of protection that this library knows
    buffer_full = 11,        ///< the caller's buffer is too small
    undefined_message = 12,  ///< the scheme has no challenges, or no credentials, or no parameters in -Info fields
    value_not_quoted = 13,   ///< a token where the scheme has senders write a quoted-string
    value_quoted = 14,       ///< a quoted-string where the scheme has senders write a token

    // Of base64 (RFC 4648).
    invalid_base64 = 32,        ///< an octet that is not in the alphabet, or "=" before the end
    base64_length = 33,         ///< a length that no base64 text has
    base64_padding = 34,        ///< "=" is missing, or there is one too many
    base64_trailing_bits = 35,  ///< the bits that the last character does not need are not zero

    // Of Basic (RFC 7617).
    missing_colon = 48,      ///< there is no colon between user-id and password
    control_character = 49,  ///< a control character in the user-id or the password

    // Of Digest (RFC 7616).
    two_usernames = 64,      ///< both username and username* are there
    invalid_ext_value = 65,  ///< username* is no ext-value in UTF-8 (RFC 8187, 3.2.1)

    // Of Negotiate and NTLM.
    invalid_message = 80  ///< the token is no message of the protocol
};

/// The stable name of `code`, such as "missing_param": a view of static storage. Constant time, no allocation; so does
/// explain().
[[nodiscard]] AUTHGRAMMAR_SCHEMES_EXPORT std::string_view name_of(scheme_error_code code) noexcept;

/// What `code` means, in one or two sentences: a view of static storage.
[[nodiscard]] AUTHGRAMMAR_SCHEMES_EXPORT std::string_view explain(scheme_error_code code) noexcept;

/// Where and why a value is not what its scheme asks for. All views are of static storage, and none shows a byte of the
/// value: an error may be logged although the value may not.
struct scheme_error {
    scheme_error_code code = scheme_error_code::none;
    tolerance permitted_by = tolerance::none;  ///< the tolerance that would let it pass; `none` if there is none
    error_code grammar = error_code::none;     ///< of malformed_value: why the value is not in the grammar
    std::size_t offset = 0;          ///< in bytes from the start of the joined value; of the first byte at fault
    std::string_view param{};        ///< the name of the parameter, if the scheme defines it
    std::string_view requirement{};  ///< the id of what is violated, in grammar/requirements.tsv
    std::string_view section{};      ///< where it is required, such as "RFC 7616, 3.4"
    std::string_view expected{};     ///< what may be at `offset`, in words
};

}  // namespace authgrammar::schemes

#endif
