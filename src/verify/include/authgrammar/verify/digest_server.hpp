#ifndef AUTHGRAMMAR_VERIFY_DIGEST_SERVER_HPP
#define AUTHGRAMMAR_VERIFY_DIGEST_SERVER_HPP

#include <authgrammar/event.hpp>
#include <authgrammar/field.hpp>
#include <authgrammar/field_value.hpp>
#include <authgrammar/result.hpp>
#include <authgrammar/schemes/digest.hpp>
#include <authgrammar/verify/error.hpp>
#include <authgrammar/verify/export.hpp>
#include <authgrammar/verify/hash.hpp>
#include <authgrammar/verify/nonce.hpp>
#include <authgrammar/verify/replay.hpp>
#include <authgrammar/verify/secure.hpp>
#include <authgrammar/verify/users.hpp>
#include <authgrammar/writer.hpp>

#include <cstddef>
#include <optional>
#include <string_view>

// The server's side of Digest (RFC 7616): from the value of Authorization to whether the request is let in.

namespace authgrammar::verify {

/// What a server offers in its challenges and asks of credentials. Views: what they refer to must outlive the server.
struct digest_offer {
    std::string_view realm;
    const digest_algorithm* algorithms = nullptr;  ///< those offered, the preferred one first (RFC 7616, 3.7)
    std::size_t algorithm_count = 0;
    schemes::digest_qops qop = digest_qop::auth;
    bool userhash = false;
    bool utf8 = false;  ///< charset=UTF-8; usernames are looked up as prepare_username() has them
    std::optional<std::string_view> opaque{};  ///< asked for in credentials, if there is one
    std::optional<std::string_view> domain{};  ///< of challenges to Authorization
    schemes::tolerances allowed{};             ///< in reading credentials, and digest_uri_path
    bool proxy = false;                        ///< of Proxy-Authorization and its companions
    /// Whether credentials that are right but for a nonce that this server did not make are `stale`, so that a change of
    /// keys makes no user type the password again. Otherwise they are refused.
    bool foreign_is_stale = false;
};

/// The request that credentials are verified for. Views, for the length of the call.
struct digest_request {
    std::string_view method;
    /// request-target, as in the request line (RFC 9112, 3.2): `uri` must be these octets, but for
    /// tolerance::digest_uri_path.
    std::string_view target;
    std::string_view client{};     ///< what nonces are bound to besides the realm: see nonce_binding
    std::string_view body_hash{};  ///< H(entity-body), for qop auth-int: see body_hash
    /// Of a session variant: the nonce and cnonce that began the session, if the server remembers them. Otherwise those of
    /// the request are, which is what most clients do.
    std::string_view session_nonce{};
    std::string_view session_cnonce{};
};

/// Whether Digest credentials are accepted, and what to answer if not.
enum class verdict : std::uint8_t {
    accepted,
    stale,   ///< the password is right, the nonce is not, or no longer: challenge with stale=true (RFC 7616, 3.3)
    refused  ///< challenge, or answer with the status of the error
};

/// The stable name of `v`, such as "accepted": a view of static storage. Constant time, no allocation.
[[nodiscard]] AUTHGRAMMAR_VERIFY_EXPORT std::string_view name_of(verdict v) noexcept;

/// What came of verifying Digest credentials, and why.
struct digest_verdict {
    verdict is = verdict::refused;
    verify_error error{};  ///< unless accepted
};

/// What a server reads and computes for one request. To be used again and again, by one thread at a time; about 5 KiB.
/// Secrets in it are wiped when it is used again and at its end.
class digest_exchange {
public:
    digest_exchange() noexcept = default;
    digest_exchange(const digest_exchange&) = delete;
    digest_exchange& operator=(const digest_exchange&) = delete;

    /// The credentials, which are a view of the value; null if they could not be read. After body_hash_missing, their
    /// algorithm is the one for the hash of the body.
    [[nodiscard]] const schemes::digest_credentials* credentials() const noexcept { return read_ ? &*read_ : nullptr; }

    /// The tolerances that were needed: those of credentials(), and digest_uri_path.
    [[nodiscard]] schemes::tolerances used() const noexcept { return used_; }

    /// The username, unescaped and decoded; the hash of it if it was sent so. Empty until credentials are read. Once the
    /// response was found right, and if the offer has `utf8`, it is the name as prepare_username() has it and user_lookup was
    /// asked for it: however a client spells the name, this identifies the user.
    [[nodiscard]] std::string_view username() const noexcept { return {name_.data(), name_size_}; }

private:
    friend class digest_server;
    static constexpr std::size_t longest_name = 1024;
    static constexpr std::size_t longest_prepared_name = 3 * longest_name;

    inline_event_buffer<64> events_;
    result<schemes::digest_credentials, schemes::scheme_error> read_{schemes::scheme_error{}};
    schemes::tolerances used_{};
    bool verbatim_ = false;  // no value has a backslash, or goes on in another line
    secret_buffer<longest_prepared_name> name_;
    std::size_t name_size_ = 0;
    hex_hash a1_;  // of the session, if there is one
    std::string_view nc_;
    char nc_digits_[8];
};

/// Challenges and verifies. Holds references: all arguments must outlive it. Not for use by several threads at once, as the
/// hasher and the nonce_maker are not: make one of each for every thread. What the replay_check refers to may be shared.
class AUTHGRAMMAR_VERIFY_EXPORT digest_server {
public:
    digest_server(const digest_offer& offer, hasher& hashes, nonce_maker& nonces, replay_check replays) noexcept
        : offer_(offer), hashes_(hashes), nonces_(nonces), replays_(replays) {}

    /// Judges the value of Authorization, or Proxy-Authorization. In this order: the value is read; realm, algorithm, qop,
    /// opaque and uri are what they must be; the nonce is checked; the user is looked up; the response is compared, in
    /// constant time; a nonce that has expired, or was made after `now`, is `stale`; nonce and nc are marked as used, and a
    /// request that was seen before, or that the replay check cannot tell, is `stale` too. So nothing is remembered, and
    /// nothing `stale`, unless user and password are right. A user that does not exist costs what a wrong password costs. Without qop, which the
    /// offer must allow, there is no nc: a nonce is good for one request.
    ///
    /// For a request without the field do not call this, but answer 401 with a challenge: an empty value is malformed.
    ///
    /// Linear in the value; no allocation but OpenSSL's own, see hasher. `x` holds what was read until it is used again.
    [[nodiscard]] digest_verdict verify(const field_value& value, const digest_request& request, user_lookup users,
                                        time_point now, digest_exchange& x) noexcept;

    /// Writes the value of WWW-Authenticate, or Proxy-Authenticate, with the offer for `a` and a new nonce. Send one field
    /// line for each algorithm, the preferred one first (RFC 7616, 3.7). Errors: those of write_challenges(), and
    /// `text_buffer_full`; `forbidden_octet` in the nonce if there is no randomness. No allocation.
    write_result write_challenge(digest_algorithm a, bool stale, std::string_view client, time_point now, char* buffer,
                                 std::size_t capacity) noexcept;

    /// Writes the value of Authentication-Info, or Proxy-Authentication-Info, for the request that was last verified with `x`:
    /// rspauth, by which the server shows that it knows the password, and, if `renew`, a nonce for the next request
    /// (RFC 7616, 3.5). `body_hash` is that of the response, for auth-int. Nothing is written, and the size is 0, if that
    /// request was not accepted. Errors: as write_challenge(). No allocation but OpenSSL's own.
    write_result write_info(const digest_exchange& x, bool renew, std::string_view client, std::string_view body_hash,
                            time_point now, char* buffer, std::size_t capacity) noexcept;

private:
    [[nodiscard]] bool read(const field_value& value, const digest_request& request, digest_exchange& x,
                            verify_error& e) const noexcept;
    [[nodiscard]] static bool read_name(digest_exchange& x, verify_error& e) noexcept;
    [[nodiscard]] static response_input response_input_of(const digest_exchange& x, std::string_view a1,
                                                          std::string_view method, std::string_view body_hash) noexcept;
    [[nodiscard]] verify_error compare(const digest_request& request, user_lookup users, digest_exchange& x) noexcept;
    [[nodiscard]] verify_code mark(const nonce_identity& nonce, const digest_exchange& x) noexcept;
    [[nodiscard]] nonce_binding binding(std::string_view client) const noexcept;

    digest_offer offer_;
    hasher& hashes_;
    nonce_maker& nonces_;
    replay_check replays_;
};

}  // namespace authgrammar::verify

#endif
