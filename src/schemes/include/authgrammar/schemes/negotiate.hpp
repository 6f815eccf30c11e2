#ifndef AUTHGRAMMAR_SCHEMES_NEGOTIATE_HPP
#define AUTHGRAMMAR_SCHEMES_NEGOTIATE_HPP

#include <authgrammar/challenge.hpp>
#include <authgrammar/detail/portability.hpp>
#include <authgrammar/field.hpp>
#include <authgrammar/result.hpp>
#include <authgrammar/schemes/error.hpp>
#include <authgrammar/schemes/export.hpp>
#include <authgrammar/schemes/tolerance.hpp>
#include <authgrammar/writer.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

// Negotiate (RFC 4559) and NTLM: tokens of a mechanism in base64, in as many legs as the mechanism wants. They
// authenticate the connection, not the request (erratum 2912 of RFC 4559).
//
// RFC 4559 prints a list, auth-data = 1#( [ gssapi-data ] ); what is sent is one token68, and this is what is read. NTLM
// is not registered, and no RFC describes it.

namespace authgrammar::schemes {

/// The part that a message has in an exchange of several legs.
enum class exchange_leg : std::uint8_t {
    start,     ///< a challenge without data: begin, or begin again
    proceed,   ///< a challenge with data and a status that asks for credentials: send the next token
    finish,    ///< a challenge with data and another status: the last token of the server
    initiate,  ///< credentials with the first token of the client
    respond    ///< credentials with a later one
};

/// What a token is, by its first octets.
enum class exchange_token : std::uint8_t {
    none,               ///< there is no data
    spnego_init,        ///< an initial token of SPNEGO (RFC 4178, 4.2.1)
    spnego_response,    ///< NegTokenResp of SPNEGO (RFC 4178, 4.2.2)
    gss_initial,        ///< an initial token of another GSS-API mechanism (RFC 2743, 3.1), such as Kerberos
    ntlm_negotiate,     ///< NTLM's first message, of the client
    ntlm_challenge,     ///< NTLM's second message, of the server
    ntlm_authenticate,  ///< NTLM's third message, of the client
    other               ///< a later token of another mechanism, or nothing that is known
};

/// A challenge or credentials of Negotiate or NTLM.
struct exchange_message {
    exchange_leg leg = exchange_leg::start;
    exchange_token kind = exchange_token::none;
    std::string_view token{};  ///< the octets: a view of the caller's buffer
    tolerances used{};
};

/// Reads a Negotiate challenge in a response with status `status`, 401 and 407 being those that ask for credentials. The
/// token is decoded to `buffer`, for which the length of the field value is always enough. Tolerances: those of
/// decode_base64().
///
/// Errors: other_scheme; unexpected_param, since Negotiate has no parameters; those of decode_base64(), offsets counting
/// in the field value. Linear; no allocation.
AUTHGRAMMAR_SCHEMES_EXPORT result<exchange_message, scheme_error> read_negotiate_challenge(
    const challenge& read, int status, char* buffer AUTHGRAMMAR_LIFETIMEBOUND, std::size_t capacity,
    tolerances allowed = {}) noexcept;

/// Reads Negotiate credentials. The leg is `initiate` for an initial token and for NTLM's first message, which some
/// clients send without SPNEGO, else `respond`.
///
/// Errors: also expected_token68. Linear; no allocation.
AUTHGRAMMAR_SCHEMES_EXPORT result<exchange_message, scheme_error> read_negotiate_credentials(
    const credentials& read, char* buffer AUTHGRAMMAR_LIFETIMEBOUND, std::size_t capacity,
    tolerances allowed = {}) noexcept;

/// The same for NTLM, whose messages must be what their leg wants: a server sends its second message, a client the first
/// and the third.
///
/// Errors: also invalid_message, at the token. Linear; no allocation.
AUTHGRAMMAR_SCHEMES_EXPORT result<exchange_message, scheme_error> read_ntlm_challenge(
    const challenge& read, int status, char* buffer AUTHGRAMMAR_LIFETIMEBOUND, std::size_t capacity,
    tolerances allowed = {}) noexcept;
/// The same for the client's messages.
AUTHGRAMMAR_SCHEMES_EXPORT result<exchange_message, scheme_error> read_ntlm_credentials(
    const credentials& read, char* buffer AUTHGRAMMAR_LIFETIMEBOUND, std::size_t capacity,
    tolerances allowed = {}) noexcept;

/// Writes `scheme`, "Negotiate" or "NTLM", and `token` in base64, if it is not empty, as a value of `f`: a challenge or
/// credentials. Nothing is allocated; `token` must not lie in the buffer.
///
/// Errors, for which nothing is written: wrong_field_kind for an -Info field; not_a_token for a scheme that is none;
/// not_a_token68 for credentials without a token; text_buffer_full; buffer_overlap. Linear.
AUTHGRAMMAR_SCHEMES_EXPORT write_result write_exchange(field f, std::string_view scheme, std::string_view token,
                                                       char* buffer, std::size_t capacity) noexcept;

}  // namespace authgrammar::schemes

#endif
