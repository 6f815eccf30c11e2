#ifndef AUTHGRAMMAR_CONVERSATION_ANSWERER_HPP
#define AUTHGRAMMAR_CONVERSATION_ANSWERER_HPP

#include <authgrammar/challenge.hpp>
#include <authgrammar/conversation/export.hpp>
#include <authgrammar/detail/portability.hpp>
#include <authgrammar/field.hpp>
#include <authgrammar/field_value.hpp>
#include <authgrammar/policy/credential_store.hpp>
#include <authgrammar/policy/retry.hpp>
#include <authgrammar/policy/secret.hpp>
#include <authgrammar/policy/selection.hpp>
#include <authgrammar/policy/target_uri.hpp>
#include <authgrammar/schemes/digest.hpp>
#include <authgrammar/verify/digest_client.hpp>
#include <authgrammar/verify/hash.hpp>

#include <cstddef>
#include <cstdint>
#include <list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace authgrammar::conversation {

/// How an answerer is set up. The defaults fail closed.
struct answerer_options {
    policy::store_limits limits{};  ///< of what is remembered for requests to come
    policy::retry_limits retries{};
    bool allow_unsecured = false;           ///< whether Basic and Bearer are sent on connections that are not secured
    schemes::tolerances allowed{};          ///< in reading challenges
    policy::credential_store::clock now{};  ///< the steady clock if not given
};

/// Where an attempt has got to.
enum class attempt_state : std::uint8_t {
    send,     ///< send the request, with credentials() in credentials_field() if there are any
    pending,  ///< the host has to make a token: see attempt::token_is()
    done,     ///< the response was not refused for want of credentials
    give_up   ///< show the response to the user: why() says why it is not answered
};

/// Why an attempt gives up. The numbers are stable: they are never changed or used again.
enum class give_up_reason : std::uint8_t {
    none = 0,
    no_challenge = 1,        ///< 401 or 407 without a challenge (RFC 9110, 15.5.2)
    malformed = 2,           ///< the challenges are not in the grammar
    unknown_scheme = 3,      ///< no challenge is of a scheme that the answerer has an account for
    no_account = 4,          ///< none for this server and realm
    unsecured = 5,           ///< whoever listens could use what is asked for
    already_tried = 6,       ///< these credentials were refused
    refused = 7,             ///< the server has refused often enough: see attempt::advice()
    wrong_proxy_status = 8,  ///< 407 to a request for a server, or 401 to one for a proxy: another attempt's
    not_computable = 9  ///< user or password cannot be sent, OpenSSL lacks the algorithm, or there is no randomness
};

/// The stable names, such as "send" and "no_account": views of static storage. Constant time.
[[nodiscard]] AUTHGRAMMAR_CONVERSATION_EXPORT std::string_view name_of(attempt_state s) noexcept;
/// The same.
[[nodiscard]] AUTHGRAMMAR_CONVERSATION_EXPORT std::string_view name_of(give_up_reason r) noexcept;

/// Whether the server has shown that it knows the password too (RFC 7616, 3.5).
enum class server_proof : std::uint8_t {
    none,  ///< it has not, and need not
    right,
    wrong  ///< Authentication-Info is malformed or its rspauth is wrong: do not trust the response
};

/// The request that an attempt is for. Views, for the length of the call.
struct client_request {
    std::string_view method;
    std::string_view uri;  ///< absolute http or https URI, which says whose credentials the request may carry
    /// H(entity-body) by SHA-256, in lower-case hexadecimal, if a challenge with qop=auth-int alone is to be answered.
    std::string_view body_hash{};
    /// request-target as it is sent (RFC 9112, 3.2), which Digest computes with; if empty it is made from the normal form of
    /// `uri`, and has to be sent so: the path and the query, at a proxy all of it.
    std::string_view target{};
};

namespace detail {
struct account;
struct known_space;
struct answerer_state;
}  // namespace detail

class attempt;

/// A client's accounts, and what servers have accepted. Credentials go to the server that they were added for, and nowhere else.
/// Not for use by several threads at once; it must outlive its attempts. Everything here allocates.
class AUTHGRAMMAR_CONVERSATION_EXPORT answerer {
public:
    explicit answerer(answerer_options options = {});
    answerer(const answerer&) = delete;
    answerer& operator=(const answerer&) = delete;
    ~answerer();

    /// A user of the server of `uri`, for Digest and, where that is not offered, Basic; of one realm if given. False if the URI
    /// cannot be read. Copies; wiped at the end.
    bool add_user(std::string_view uri, std::string_view user, std::string_view password,
                  std::optional<std::string_view> realm = std::nullopt);
    /// A token for Bearer.
    bool add_token(std::string_view uri, std::string_view token, std::optional<std::string_view> realm = std::nullopt);
    /// The host makes tokens for a scheme of rounds, such as Negotiate or SCRAM-SHA-256: attempts to this server may be
    /// `pending` then.
    bool add_rounds(std::string_view uri, std::string_view scheme);

    /// Forgets what servers have accepted, as a user does who logs out; accounts stay.
    void forget();

    /// Begins with a request to a server. Its first state is `send`: with credentials if they hold for the URI by what was
    /// accepted before (RFC 7617, 2.2; RFC 7616, 3.6), or `give_up` if the URI cannot be read.
    [[nodiscard]] attempt begin(const client_request& r);
    /// The same for what the proxy at `proxy` wants.
    [[nodiscard]] attempt begin_at_proxy(std::string_view proxy, const client_request& r);

private:
    friend class attempt;
    std::unique_ptr<detail::answerer_state> state_;
};

/// One request, sent as often as it takes. One that was moved from can be assigned to and destroyed, nothing else.
class AUTHGRAMMAR_CONVERSATION_EXPORT attempt {
public:
    attempt(attempt&&) noexcept;
    attempt& operator=(attempt&&) noexcept;
    ~attempt();

    /// Takes note of a response: its status and all lines of WWW-Authenticate, or of Proxy-Authenticate at a proxy; `info` are
    /// those of Authentication-Info or Proxy-Authentication-Info. An interim response (1xx) changes nothing. `body_hash` is
    /// H(entity-body) of the response by SHA-256, in lower-case hexadecimal: without it rspauth cannot be checked if the request
    /// had auth-int. Linear; allocates.
    attempt_state receive(int status, const std::optional<field_value>& challenges,
                          const std::optional<field_value>& info = std::nullopt, std::string_view body_hash = {});

    /// While pending: the token to send, a token68; nothing gives up.
    attempt_state token_is(std::optional<std::string_view> token68);
    /// The scheme of credentials(), or the one that a token is wanted for; once done, that of the credentials that were
    /// accepted. Empty if there are none, and after giving up. A view until the next call.
    [[nodiscard]] std::string_view scheme() const noexcept;
    /// While pending: the token of the server, as it was sent; empty in the first round. Once done, the last one, with which the
    /// mechanism finds out whether the server is who it says. Otherwise empty. A view until the next call.
    [[nodiscard]] std::string_view token() const noexcept;

    [[nodiscard]] attempt_state state() const noexcept;
    /// Authorization or Proxy-Authorization, and the fields of the response that receive() wants the lines of. Constant time.
    [[nodiscard]] field credentials_field() const noexcept;
    [[nodiscard]] field challenge_field() const noexcept;
    [[nodiscard]] field info_field() const noexcept;
    /// The request-target to send: that of the request, or the one that was made from its URI. A view of the attempt.
    [[nodiscard]] std::string_view target() const noexcept;
    /// While the state is `send`: what to send in credentials_field(); nothing: send the request without. In any other state
    /// nothing. A secret; a view until the next call.
    [[nodiscard]] std::optional<std::string_view> credentials() const noexcept;
    /// Why it gave up; `none` in any other state.
    [[nodiscard]] give_up_reason why() const noexcept;
    /// What retry_guard said of the last response; without requirement and text if it was not asked.
    [[nodiscard]] const policy::retry_advice& advice() const noexcept;
    [[nodiscard]] server_proof proof() const noexcept;

private:
    friend class answerer;
    struct data;
    explicit attempt(std::unique_ptr<data> made) noexcept;

    std::unique_ptr<data> data_;
};

}  // namespace authgrammar::conversation

#endif
