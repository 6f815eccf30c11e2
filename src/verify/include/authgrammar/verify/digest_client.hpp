#ifndef AUTHGRAMMAR_VERIFY_DIGEST_CLIENT_HPP
#define AUTHGRAMMAR_VERIFY_DIGEST_CLIENT_HPP

#include <authgrammar/challenge.hpp>
#include <authgrammar/field.hpp>
#include <authgrammar/schemes/digest.hpp>
#include <authgrammar/verify/error.hpp>
#include <authgrammar/verify/export.hpp>
#include <authgrammar/verify/hash.hpp>
#include <authgrammar/writer.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

// The client's side of Digest (RFC 7616): from a challenge to credentials, and whether the server knows the password too.

namespace authgrammar::verify {

/// Who answers a challenge. Views, for the length of the call. For a challenge with charset=UTF-8, first prepare both as
/// prepare_username() and prepare_password() do.
struct digest_login {
    std::string_view username;
    std::string_view password{};
    std::string_view a1{};  ///< H(A1) without a session, instead of the password if not empty
};

/// The request that the answer is for. Views, for the length of the call.
struct digest_use {
    std::string_view method;
    std::string_view target;        ///< request-target, as in the request line
    std::string_view cnonce;        ///< ASCII: see make_cnonce()
    std::uint32_t nc = 1;           ///< how many requests were sent with this nonce, this one included (RFC 7616, 3.4)
    std::string_view body_hash;     ///< H(entity-body), for auth-int: see body_hash. Without one auth-int is not chosen
    bool prefer_integrity = false;  ///< auth-int, where auth is offered too
    std::string_view
        session_cnonce{};  ///< of a session variant: the cnonce of the first request with this nonce, if another
    bool proxy = false;    ///< for Proxy-Authorization
};

/// What came of answering. `error` says why nothing was computed, `written` why nothing was written.
struct digest_answer {
    verify_error error{};
    write_result written{};
    digest_qop qop = digest_qop::none;  ///< that was chosen
    hex_hash a1{};                      ///< H(A1), of the session if there is one: for check_rspauth()

    explicit operator bool() const noexcept { return error.code == verify_code::none && written; }
};

/// The characters that make_cnonce() writes.
inline constexpr std::size_t cnonce_size = 32;

/// Writes 32 random hexadecimal digits to `buffer`. False if OpenSSL has no randomness. No allocation.
[[nodiscard]] AUTHGRAMMAR_VERIFY_EXPORT bool make_cnonce(char* buffer) noexcept;

/// The first Digest challenge of a value that can be answered: it can be read, with what `allowed` permits, and OpenSSL
/// offers its algorithm; servers send the one that they prefer first (RFC 7616, 3.7). Challenges of other schemes are passed
/// over, and so are those of algorithms and qualities of protection that are not known (RFC 7616, 3.3), and those with none
/// that is `usable`: add auth_int if the body of the request can be hashed, by the algorithm of what is chosen. Nothing, if
/// there is none. `f` is the field of the value. Linear; no allocation.
[[nodiscard]] AUTHGRAMMAR_VERIFY_EXPORT std::optional<schemes::digest_challenge> choose_challenge(
    const hasher& hashes, const challenges& list, schemes::tolerances allowed = {}, field f = field::www_authenticate,
    schemes::digest_qops usable = digest_qop::auth) noexcept;

/// Answers a challenge: writes the value of Authorization, or Proxy-Authorization, to `buffer`. The username is sent as the
/// server wants it: hashed if it asks for that; as username* if it has octets that are not ASCII or no quoted-string holds, and
/// is UTF-8; else plain (RFC 7616, 3.4 and 3.4.4). Of what the challenge offers auth is chosen, unless it is auth-int alone, or
/// preferred.
///
/// Errors: not_computable; body_hash_missing if auth-int alone is offered; a1_unfit if login.a1 is not of as many lower-case
/// hexadecimal digits as hashes of the algorithm have; username_unfit for a name that must be username* and is not UTF-8;
/// too_long for one of more than 1024 octets. Those of write_credentials(). Linear; no allocation but
/// OpenSSL's own, see hasher.
[[nodiscard]] AUTHGRAMMAR_VERIFY_EXPORT digest_answer answer_challenge(hasher& hashes,
                                                                       const schemes::digest_challenge& challenge,
                                                                       const digest_login& login, const digest_use& use,
                                                                       char* buffer, std::size_t capacity) noexcept;

/// Whether the server has shown, in Authentication-Info, that it knows the password (RFC 7616, 3.5): rspauth is right, for
/// the qop of the request; and cnonce and nc are those of the request, where they are, which without qop they need not be.
/// The server "SHOULD use the same value" of qop: another one is not looked at. `body_hash` is that of the response, if the
/// request had auth-int. Upper-case digits count if reading tolerated them: digest_info::used. False if there is no rspauth:
/// the server has not shown it, and need not. Compares in constant time. Linear; no allocation but OpenSSL's own.
[[nodiscard]] AUTHGRAMMAR_VERIFY_EXPORT bool check_rspauth(hasher& hashes, const schemes::digest_info& info,
                                                           const schemes::digest_challenge& challenge,
                                                           const digest_answer& answer, const digest_use& use,
                                                           std::string_view body_hash = {}) noexcept;

}  // namespace authgrammar::verify

#endif
