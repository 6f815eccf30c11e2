#ifndef AUTHGRAMMAR_SCHEMES_BASIC_HPP
#define AUTHGRAMMAR_SCHEMES_BASIC_HPP

#include <authgrammar/challenge.hpp>
#include <authgrammar/detail/portability.hpp>
#include <authgrammar/field.hpp>
#include <authgrammar/result.hpp>
#include <authgrammar/schemes/error.hpp>
#include <authgrammar/schemes/export.hpp>
#include <authgrammar/schemes/tolerance.hpp>
#include <authgrammar/text.hpp>
#include <authgrammar/writer.hpp>

#include <cstddef>
#include <string_view>

// Basic, RFC 7617.

namespace authgrammar::schemes {

/// Basic credentials (RFC 7617, 2). Views of the buffer that they were decoded to. Octets: which characters they are
/// depends on the charset that the server asked for, and the client may not have followed it.
struct basic_credentials {
    std::string_view user_id;   ///< no colon and no control character; may be empty
    std::string_view password;  ///< no control character; may be empty
    tolerances used{};          ///< the tolerances that were needed
};

/// A Basic challenge (RFC 7617, 2 and 2.1). To write one, set `realm` and `utf8`.
struct basic_challenge {
    text realm;
    bool utf8 = false;  ///< charset="UTF-8": the server expects user-id and password in NFC and UTF-8
    tolerances used{};
};

/// Reads the value of Authorization or Proxy-Authorization, one field line, all the way to user-id and password. They
/// are decoded to `buffer`, for which value.size() bytes are always enough; nothing refers to `value` afterwards. Wipe the
/// buffer when you are done with the password.
///
/// Errors: malformed_value; those of read_basic_credentials(). Linear; no allocation.
AUTHGRAMMAR_SCHEMES_EXPORT result<basic_credentials, scheme_error> read_basic(std::string_view value,
                                                                              char* buffer AUTHGRAMMAR_LIFETIMEBOUND,
                                                                              std::size_t capacity,
                                                                              tolerances allowed = {}) noexcept;

/// The same from credentials that were parsed. Tolerances: base64_missing_padding, base64url_alphabet.
///
/// Errors: other_scheme; expected_token68; those of decode_base64(), offsets counting in the field value; missing_colon;
/// control_character, at the base64 character that begins it. On an error what was written to `buffer` is overwritten
/// with zeros. Linear; no allocation.
AUTHGRAMMAR_SCHEMES_EXPORT result<basic_credentials, scheme_error> read_basic_credentials(
    const credentials& read, char* buffer AUTHGRAMMAR_LIFETIMEBOUND, std::size_t capacity,
    tolerances allowed = {}) noexcept;

/// Reads a Basic challenge: a view of the field value. Parameters other than realm and charset are ignored, as the RFC
/// says. Tolerances: basic_missing_realm, unknown_charset.
///
/// Errors: other_scheme, unexpected_token68, missing_param, repeated_param, invalid_value. Linear; no allocation.
AUTHGRAMMAR_SCHEMES_EXPORT result<basic_challenge, scheme_error> read_basic_challenge(const challenge& read,
                                                                                      tolerances allowed = {}) noexcept;

/// Writes the value of Authorization or Proxy-Authorization to `buffer`, without a terminator. With a capacity of 0 it
/// tells the size, as text_buffer_full.
///
/// Errors, for which nothing is written: wrong_field_kind; forbidden_octet, with "user-id" or "password" as `rule` and
/// its index there as `offset`, for a control character or a colon in the user-id (RFC 7617, 2); buffer_overlap if an
/// argument lies in the buffer. Linear; no allocation. Encode user-id and password in UTF-8 and NFC if the server asked
/// for it.
AUTHGRAMMAR_SCHEMES_EXPORT write_result write_basic_credentials(field f, std::string_view user_id,
                                                                std::string_view password, char* buffer,
                                                                std::size_t capacity) noexcept;

/// Writes one challenge as the value of WWW-Authenticate or Proxy-Authenticate, in the way of write_challenges(), which
/// says what the errors are. Linear; no allocation.
AUTHGRAMMAR_SCHEMES_EXPORT write_result write_basic_challenge(field f, const basic_challenge& c, char* buffer,
                                                              std::size_t capacity) noexcept;

}  // namespace authgrammar::schemes

#endif
