#ifndef AUTHGRAMMAR_VERIFY_ERROR_HPP
#define AUTHGRAMMAR_VERIFY_ERROR_HPP

#include <authgrammar/schemes/error.hpp>
#include <authgrammar/verify/export.hpp>
#include <authgrammar/verify/precis.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace authgrammar::verify {

/// Why credentials are not accepted. The numbers are stable: they are never changed or used again.
enum class verify_code : std::uint8_t {
    none = 0,
    unreadable = 1,             ///< the value is not that of the scheme: verify_error::scheme says why
    wrong_credentials = 2,      ///< no such user, or another password: which of the two is not said
    other_realm = 3,            ///< realm is not the server's
    algorithm_not_offered = 4,  ///< an algorithm that the server does not offer
    qop_not_offered = 5,        ///< a quality of protection that the server does not offer
    other_opaque = 6,           ///< opaque is not what the server sent
    other_uri = 7,              ///< uri is not the request-target: answer with 400
    nonce_malformed = 8,        ///< the nonce is not of the form of the server's
    nonce_foreign = 9,          ///< the nonce was not made by this server, or for another realm or client
    nonce_from_the_future = 10,
    nonce_expired = 11,
    replayed = 12,           ///< this nonce and nc were used before
    replay_unknown = 13,     ///< whether they were used is not known: nc is far below others, or the nonce too old
    replay_store_full = 14,  ///< there is no room to remember the nonce
    body_hash_missing = 15,  ///< qop is auth-int, and the caller has given no hash of the body
    username_unfit = 16,     ///< the username is none in Unicode: verify_error::precis says why
    password_unfit = 17,     ///< likewise the password, of Basic
    too_long = 18,           ///< username, password, or all of Basic's credentials, are longer than this library takes
    not_computable = 19,     ///< OpenSSL, as it is configured, does not offer the algorithm
    a1_unfit = 20            ///< of a client: digest_login::a1 is no hash of the challenge's algorithm
};

/// The stable name of `code`, such as "nonce_expired": a view of static storage. Constant time, no allocation;
/// explain() too.
[[nodiscard]] AUTHGRAMMAR_VERIFY_EXPORT std::string_view name_of(verify_code code) noexcept;

/// What `code` means, in a sentence: a view of static storage.
[[nodiscard]] AUTHGRAMMAR_VERIFY_EXPORT std::string_view explain(verify_code code) noexcept;

/// Where and why credentials are not accepted. All views are of static storage, and nothing shows a byte of the value.
struct verify_error {
    verify_code code = verify_code::none;
    schemes::scheme_error scheme{};          ///< of unreadable
    precis_code precis = precis_code::none;  ///< of username_unfit, password_unfit, and of too_long in Unicode
    std::size_t offset = 0;                  ///< in bytes from the start of the joined value; of the value at fault
    std::string_view param{};                ///< the name of the parameter at fault, if it is one
    std::string_view requirement{};  ///< the id of what is violated, in grammar/requirements.tsv, if there is one
    std::string_view section{};      ///< where it is required, such as "RFC 7616, 3.4.6"
    std::string_view expected{};     ///< what is asked for, in words

    /// The status of the answer to an origin server's client; a proxy sends 407 for 401:
    ///
    ///     other_uri                                    400   a SHOULD of RFC 7616, 3.4.6
    ///     not_computable, body_hash_missing, a1_unfit  500   they are this side's own
    ///     all else, also what is malformed             401   with a challenge: stale=true if the verdict is `stale`
    ///
    /// Malformed credentials are invalid ones, for which RFC 9110, 11.4 says 401 (SHOULD), and RFC 7616, 3.4 a "4xx". 400 is
    /// permitted too (RFC 9110, 15.5.1; requirement S401-3): it is for the caller to send, if `code` is unreadable and not
    /// that of another scheme. policy::decide() does the same: see policy::malformed_policy, whose default is 401. For Bearer,
    /// whose tokens this library does not judge, RFC 6750, 3.1 has 400 with invalid_request, and 401 with invalid_token.
    [[nodiscard]] AUTHGRAMMAR_VERIFY_EXPORT unsigned status() const noexcept;
};

}  // namespace authgrammar::verify

#endif
