#ifndef AUTHGRAMMAR_SCHEMES_BEARER_HPP
#define AUTHGRAMMAR_SCHEMES_BEARER_HPP

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
#include <cstdint>
#include <optional>
#include <string_view>

// Bearer, RFC 6750, with the parameters of RFC 9470 and RFC 9728.

namespace authgrammar::schemes {

/// The error codes that RFCs define for Bearer challenges; others are allowed.
enum class bearer_error : std::uint8_t {
    none,                              ///< there is no error
    invalid_request,                   ///< RFC 6750, 3.1; with 400
    invalid_token,                     ///< RFC 6750, 3.1; with 401
    insufficient_scope,                ///< RFC 6750, 3.1; with 403
    insufficient_user_authentication,  ///< RFC 9470, 3; with 401
    other                              ///< a code that is none of these
};

/// The code as it is on the wire, such as "invalid_token"; empty for `none` and `other`. A view of static storage.
/// Constant time.
[[nodiscard]] AUTHGRAMMAR_SCHEMES_EXPORT std::string_view name_of(bearer_error e) noexcept;

/// A Bearer challenge (RFC 6750, 3). A view of the field value, or what is to be written.
struct bearer_challenge {
    std::optional<text> realm{};
    std::optional<text> scope{};              ///< scope-tokens separated by one SP each: for_each_word()
    std::optional<text> error{};              ///< a code: `code` says which, if it is one of RFC 6750 or RFC 9470
    std::optional<text> error_description{};  ///< for developers, in ASCII
    std::optional<text> error_uri{};          ///< of a page for developers
    std::optional<text> acr_values{};         ///< RFC 9470, 3: in order of preference, separated by SP: for_each_word()
    std::optional<std::uint64_t> max_age{};   ///< RFC 9470, 3: seconds since the user was authenticated, at most
    std::optional<text> resource_metadata{};  ///< RFC 9728, 5.1: the URL of the metadata of the protected resource
    bearer_error code = bearer_error::none;   ///< what `error` is; not looked at in writing
    tolerances used{};
};

/// Bearer credentials (RFC 6750, 2.1).
struct bearer_credentials {
    std::string_view token;  ///< a view of the field value; a secret
};

/// Reads the value of Authorization or Proxy-Authorization, one field line, all the way to the token: a view of `value`.
///
/// Errors: malformed_value, other_scheme, expected_token68. Linear; no allocation.
AUTHGRAMMAR_SCHEMES_EXPORT result<bearer_credentials, scheme_error> read_bearer(
    std::string_view value AUTHGRAMMAR_LIFETIMEBOUND) noexcept;

/// The same from credentials that were parsed.
AUTHGRAMMAR_SCHEMES_EXPORT result<bearer_credentials, scheme_error> read_bearer_credentials(
    const credentials& read) noexcept;

/// Reads a Bearer challenge. Parameters that it does not know are ignored. Tolerances: bearer_without_params,
/// bearer_octets.
///
/// Errors: other_scheme, unexpected_token68, missing_param if there is none at all, repeated_param, invalid_value. Linear;
/// no allocation.
AUTHGRAMMAR_SCHEMES_EXPORT result<bearer_challenge, scheme_error> read_bearer_challenge(
    const challenge& read, tolerances allowed = {}) noexcept;

/// Whether `c` is what a resource server should send with status `status`, in answer to a request with a token if
/// `token_sent`, else in answer to one without any credentials (RFC 6750, 3 and 3.1; RFC 9470, 3). It goes by `error` and
/// does not look at `code`. An error that none of these texts defines may go with any status.
///
/// Errors: unexpected_param for error, error_description or error_uri without a token; missing_param for a token that is
/// refused with 400, 401 or 403 and no error; invalid_value for an error that goes with another status. Constant time; no allocation.
[[nodiscard]] AUTHGRAMMAR_SCHEMES_EXPORT result<void, scheme_error> check_bearer_response(const bearer_challenge& c,
                                                                                          int status,
                                                                                          bool token_sent) noexcept;

/// Writes credentials as the value of Authorization or Proxy-Authorization, in the way of write_credentials(), which
/// says what the errors are: not_a_token68 for most. Linear; no allocation.
AUTHGRAMMAR_SCHEMES_EXPORT write_result write_bearer_credentials(field f, std::string_view token, char* buffer,
                                                                 std::size_t capacity) noexcept;

/// Writes one challenge as the value of WWW-Authenticate or Proxy-Authenticate, in the way of write_challenges().
///
/// Errors, besides those of write_challenges(): forbidden_octet for an octet that RFC 6750, 3 does not allow in scope,
/// error, error_description or error_uri, or that is no URI's in resource_metadata; empty_challenge_list for a challenge
/// without parameters (RFC 6750, 3). Linear; no allocation.
AUTHGRAMMAR_SCHEMES_EXPORT write_result write_bearer_challenge(field f, const bearer_challenge& c, char* buffer,
                                                               std::size_t capacity) noexcept;

}  // namespace authgrammar::schemes

#endif
