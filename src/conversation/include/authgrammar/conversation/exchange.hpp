#ifndef AUTHGRAMMAR_CONVERSATION_EXCHANGE_HPP
#define AUTHGRAMMAR_CONVERSATION_EXCHANGE_HPP

#include <authgrammar/conversation/export.hpp>
#include <authgrammar/conversation/guard.hpp>
#include <authgrammar/conversation/reason.hpp>
#include <authgrammar/conversation/request.hpp>
#include <authgrammar/conversation/verdict.hpp>
#include <authgrammar/detail/portability.hpp>
#include <authgrammar/field.hpp>
#include <authgrammar/policy/facts.hpp>
#include <authgrammar/schemes/bearer.hpp>
#include <authgrammar/verify/basic_server.hpp>
#include <authgrammar/verify/digest_server.hpp>
#include <authgrammar/verify/hash.hpp>
#include <authgrammar/verify/nonce.hpp>
#include <authgrammar/verify/secure.hpp>
#include <authgrammar/verify/users.hpp>
#include <authgrammar/writer.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>

namespace authgrammar::conversation {

/// Where the check of a request has got to.
enum class exchange_state : std::uint8_t {
    refused,   ///< answer with status() and fields(); nothing of the resource is sent
    pending,   ///< the host has to answer need()
    admitted,  ///< go on with the request; send fields() with its answer
    preflight  ///< a CORS preflight: answer it by the rules of the Fetch standard, with nothing of the resource
};

/// What the host has to answer.
enum class exchange_need : std::uint8_t {
    nothing,
    password_verdict,  ///< is password() that of user()? Answer with password_is()
    user_secret,       ///< the password or H(A1) of query(): answer with secret_is() or no_such_user()
    token_verdict,     ///< what is token() worth? Answer with token_is()
    body_hash,         ///< the hash of the body, by algorithm(): answer with body_hash_is()
    round              ///< what token() of scheme() leads to: answer with round_is()
};

/// The stable names, such as "admitted" and "user_secret": views of static storage. Constant time.
[[nodiscard]] AUTHGRAMMAR_CONVERSATION_EXPORT std::string_view name_of(exchange_state s) noexcept;
/// The same.
[[nodiscard]] AUTHGRAMMAR_CONVERSATION_EXPORT std::string_view name_of(exchange_need n) noexcept;

/// A field line to send.
struct field_to_send {
    std::string_view name;
    std::string_view value;
};

/// The field lines to send, in order. A view of the exchange.
class fields_to_send {
public:
    fields_to_send(const field_to_send* first, std::size_t count) noexcept : first_(first), count_(count) {}
    [[nodiscard]] const field_to_send* begin() const noexcept { return first_; }
    [[nodiscard]] const field_to_send* end() const noexcept { return first_ + count_; }
    [[nodiscard]] std::size_t size() const noexcept { return count_; }
    [[nodiscard]] bool empty() const noexcept { return count_ == 0; }

private:
    const field_to_send* first_;
    std::size_t count_;
};

/// Checks one request after another with a guard, by one thread at a time: make one for each thread, or for each
/// connection. About 28 KiB. Secrets in it are wiped when it is used again and at its end.
///
/// check() says `pending` as long as the host has to answer something: it may answer at once or later, from wherever it is
/// called. No call does I/O, waits, or throws. What the request refers to must live until the exchange is no longer pending.
class AUTHGRAMMAR_CONVERSATION_EXPORT exchange {
public:
    explicit exchange(const guard& of AUTHGRAMMAR_LIFETIMEBOUND) noexcept;
    explicit exchange(const guard&& of) = delete;  // the guard must outlive the exchange
    exchange(const exchange&) = delete;
    exchange& operator=(const exchange&) = delete;
    ~exchange();

    /// Begins with a request. Linear in the request; no allocation but OpenSSL's own.
    exchange_state check(const request& r) noexcept;

    /// The same, with a host that answers at once: an object with those of these members that the guard's schemes need, all
    /// noexcept:
    ///
    /// - Basic: `bool password(std::string_view user, std::string_view password)`
    /// - Digest, and Basic without a password(): `bool secret(const verify::user_query&, verify::user_secret&)`, as a
    ///   verify::user_lookup
    /// - Digest with auth-int: `std::string_view body_hash(schemes::digest_algorithm)` too
    /// - Bearer: `token_verdict token(std::string_view token)`
    /// - Negotiate, NTLM, SCRAM: `round_verdict round(const client_round&)`
    ///
    /// Without the member for it a request is refused with 500. Never pending. The members must not use this exchange.
    template <typename Host>
    exchange_state check(const request& r, Host&& host) noexcept;

    /// The number of the open question; 0 if none is. No other question of this exchange has it: a host whose answers come
    /// late keeps it, and drops an answer to what is asked no more, as that would be taken for one to what is.
    [[nodiscard]] std::uint64_t question() const noexcept { return need_ == exchange_need::nothing ? 0 : questions_; }

    // The host's answers. Each is for the need of that name; at any other moment it refuses the request with 500, as
    // not_asked: nobody is let in by an answer to another question. Complexity as check().
    exchange_state password_is(bool right) noexcept;
    exchange_state secret_is(const verify::user_secret& secret) noexcept;
    exchange_state no_such_user() noexcept;
    exchange_state token_is(const token_verdict& verdict) noexcept;
    exchange_state body_hash_is(std::string_view hash) noexcept;
    /// What the client's token leads to. To proceed, the request is refused, as next_round, with the server's token; the next
    /// request has the client's next one. The host keeps the context of the mechanism between them: with the connection for
    /// Negotiate and NTLM, which authenticate connections, by session() for SCRAM.
    exchange_state round_is(const round_verdict& verdict) noexcept;
    /// The host cannot answer: refused with 500.
    exchange_state cannot_answer() noexcept;

    /// Whoever was admitted may not have this resource: 403, or 404 where its existence is hidden. For Bearer with
    /// insufficient_scope and the `scope` that it takes, that of the offer if empty.
    exchange_state forbid(std::string_view scope = {}) noexcept;

    /// Whether whoever was admitted used Digest with auth-int, so that Authentication-Info needs a hash of the response's body.
    [[nodiscard]] bool wants_response_hash() const noexcept;
    /// That hash, by algorithm(), in lower-case hexadecimal: fields() has Authentication-Info then, whose rspauth covers the
    /// body. May be sent as a trailer field (RFC 7615, 3 and 4). False, and nothing is added, if it is not wanted, or no such
    /// hash.
    bool response_hash_is(std::string_view hash) noexcept;

    // All of these take constant time. Views are valid until the next call of a function above.
    [[nodiscard]] exchange_state state() const noexcept { return state_; }
    [[nodiscard]] exchange_need need() const noexcept { return need_; }
    /// The status to answer with; 0 unless refused, as then it is what the request itself leads to.
    [[nodiscard]] int status() const noexcept { return status_; }
    [[nodiscard]] fields_to_send fields() const noexcept { return {fields_.data(), field_count_}; }
    /// Why the request is refused, for a log: no byte of the request is in it.
    [[nodiscard]] const log_reason& reason() const noexcept { return reason_; }
    /// The scheme that was used, such as "Basic", in the spelling of its specification; empty if none of the guard's. A view of
    /// static storage.
    [[nodiscard]] std::string_view scheme() const noexcept { return scheme_; }
    /// Who it is, once admitted; to be trusted only then. Empty for a public resource without credentials. While the password
    /// is in question, whose. If the client sent only a hash of the name (RFC 7616, 3.4.4): what the host said in
    /// user_secret::username, which must live until the next check() then, or that hash if it said nothing.
    [[nodiscard]] std::string_view user() const noexcept { return user_; }
    /// The password of Basic; a secret.
    [[nodiscard]] std::string_view password() const noexcept { return password_; }
    /// The token in question, of Bearer, or of a round as it was sent; a secret.
    [[nodiscard]] std::string_view token() const noexcept { return token_; }
    /// The handshake that the client says its round belongs to: SCRAM's `sid`. Empty in a first round, and for other schemes.
    [[nodiscard]] std::string_view session() const noexcept { return session_; }
    /// Whether the connection is part of who the client is, by Negotiate or NTLM: it has to stay open after the answer. Once
    /// the client is admitted, request::connection_user may say so for later requests on it.
    [[nodiscard]] bool keeps_connection() const noexcept { return keeps_connection_; }
    /// Whose secret is in question.
    [[nodiscard]] const verify::user_query& query() const noexcept { return query_; }
    /// What the body, of the request or of the response, is to be hashed by.
    [[nodiscard]] schemes::digest_algorithm algorithm() const noexcept { return algorithm_; }

private:
    template <typename Host>
    exchange_state ask(Host& host) noexcept;

    exchange_state start(const request& r, const verify::user_lookup* users) noexcept;
    exchange_state begin(const request& r, const verify::user_lookup* users) noexcept;
    exchange_state check_basic() noexcept;
    [[nodiscard]] verify::user_query whose_password() const noexcept;
    [[nodiscard]] bool is_password_of(const verify::user_query& whose, const verify::user_secret& known) noexcept;
    exchange_state check_digest(const verify::user_lookup* users, bool resumed) noexcept;
    exchange_state check_bearer() noexcept;
    exchange_state check_round(const detail::offered_rounds& of) noexcept;
    exchange_state refuse_other_scheme() noexcept;
    exchange_state wait_for(exchange_need n) noexcept;
    exchange_state admit() noexcept;
    exchange_state refuse(policy::credentials_state whose, const log_reason& why) noexcept;
    exchange_state refuse(policy::credentials_state whose, const verify::verify_error& e) noexcept;
    exchange_state fail(reason_code why) noexcept;
    [[nodiscard]] bool answers(exchange_need n) noexcept;
    [[nodiscard]] bool for_everybody() const noexcept;
    [[nodiscard]] int decide(policy::credentials_state whose) noexcept;
    void add_field(std::string_view name, std::string_view value) noexcept { fields_[field_count_++] = {name, value}; }
    [[nodiscard]] verify::time_point now() const noexcept;
    bool add_info(std::string_view body_hash) noexcept;
    [[nodiscard]] bool add_final_round() noexcept;
    [[nodiscard]] std::optional<std::string_view> keep(const text& t) noexcept;
    void forget_kept() noexcept;
    [[nodiscard]] bool add_challenges() noexcept;
    [[nodiscard]] bool add_value(field name, const write_result& written) noexcept;
    [[nodiscard]] bool join_values(std::size_t first) noexcept;
    void clear() noexcept;

    const detail::guard_settings* settings_;
    std::optional<verify::hasher> hashes_;
    std::optional<verify::nonce_maker> nonces_;
    std::optional<verify::digest_server> digest_;
    verify::digest_exchange digest_read_;
    verify::basic_login login_;

    request request_{};
    const request* asked_ = &request_;  // the request, wherever it is
    std::string_view line_;             // of the credentials
    verify::user_secret secret_{};
    bool has_secret_ = false;
    std::string_view body_hash_;

    exchange_state state_ = exchange_state::refused;
    exchange_need need_ = exchange_need::nothing;
    std::uint64_t questions_ = 0;  // asked so far
    int status_ = 0;
    log_reason reason_{};
    std::string_view scheme_;
    std::string_view user_;
    std::string_view password_;
    std::string_view token_;
    verify::user_query query_{};
    schemes::digest_algorithm algorithm_ = schemes::digest_algorithm::md5;

    bool stale_ = false;
    bool bad_request_ = false;  // what is wrong is the request, whatever the credentials
    schemes::bearer_error bearer_error_ = schemes::bearer_error::none;
    token_verdict token_verdict_{};

    const detail::offered_rounds* rounds_ = nullptr;  // those of the credentials
    round_verdict round_{};
    std::string_view session_;
    bool keeps_connection_ = false;

    std::array<field_to_send, guard::most_challenges + 3> fields_{};
    std::size_t field_count_ = 0;
    std::array<char, 8192> values_;  // of the fields
    std::size_t values_size_ = 0;
    std::size_t kept_size_ = 0;  // of what keep() has put at the beginning of them
};

namespace detail {

template <typename Host, typename = void>
struct host_has_password : std::false_type {};
template <typename Host>
struct host_has_password<Host,
                         std::void_t<decltype(std::declval<Host&>().password(std::string_view(), std::string_view()))>>
    : std::true_type {};

template <typename Host, typename = void>
struct host_has_secret : std::false_type {};
template <typename Host>
struct host_has_secret<Host, std::void_t<decltype(std::declval<Host&>().secret(
                                 std::declval<const verify::user_query&>(), std::declval<verify::user_secret&>()))>>
    : std::true_type {};

template <typename Host, typename = void>
struct host_has_token : std::false_type {};
template <typename Host>
struct host_has_token<Host, std::void_t<decltype(std::declval<Host&>().token(std::string_view()))>> : std::true_type {};

template <typename Host, typename = void>
struct host_has_body_hash : std::false_type {};
template <typename Host>
struct host_has_body_hash<Host, std::void_t<decltype(std::declval<Host&>().body_hash(schemes::digest_algorithm::md5))>>
    : std::true_type {};

template <typename Host, typename = void>
struct host_has_round : std::false_type {};
template <typename Host>
struct host_has_round<Host, std::void_t<decltype(std::declval<Host&>().round(std::declval<const client_round&>()))>>
    : std::true_type {};

}  // namespace detail

template <typename Host>
exchange_state exchange::ask(Host& host) noexcept {
    // An answer is to the question that was asked: a host that uses the exchange meanwhile lets nobody in by it.
    const auto answered = [this, asked = questions_](auto pass_on) noexcept {
        return question() == asked ? pass_on() : fail(reason_code::not_asked);
    };
    switch (need_) {
        case exchange_need::password_verdict:
            if constexpr (detail::host_has_password<Host>::value) {
                static_assert(noexcept(host.password(user_, password_)), "declare password() noexcept");
                const bool right = host.password(user_, password_);
                return answered([&]() noexcept { return password_is(right); });
            } else if constexpr (detail::host_has_secret<Host>::value) {
                static_assert(noexcept(host.secret(query_, secret_)), "declare secret() noexcept");
                const verify::user_query whose = whose_password();
                verify::user_secret found{};
                const bool known = host.secret(whose, found);
                return answered([&]() noexcept {
                    const bool right = is_password_of(whose, found);
                    return password_is(known && right);
                });
            }
            break;
        case exchange_need::token_verdict:
            if constexpr (detail::host_has_token<Host>::value) {
                static_assert(noexcept(host.token(token_)), "declare token() noexcept");
                const token_verdict verdict = host.token(token_);
                return answered([&]() noexcept { return token_is(verdict); });
            }
            break;
        case exchange_need::body_hash:
            if constexpr (detail::host_has_body_hash<Host>::value) {
                static_assert(noexcept(host.body_hash(algorithm_)), "declare body_hash() noexcept");
                const std::string_view hash = host.body_hash(algorithm_);
                return answered([&]() noexcept { return body_hash_is(hash); });
            }
            break;
        case exchange_need::round:
            if constexpr (detail::host_has_round<Host>::value) {
                const client_round r{scheme_, token_, session_};
                static_assert(noexcept(host.round(r)), "declare round() noexcept");
                const round_verdict verdict = host.round(r);
                return answered([&]() noexcept { return round_is(verdict); });
            }
            break;
        case exchange_need::user_secret:
            if constexpr (detail::host_has_secret<Host>::value) {
                static_assert(noexcept(host.secret(query_, secret_)), "declare secret() noexcept");
                verify::user_secret found{};
                const bool known = host.secret(query_, found);
                return answered([&]() noexcept { return known ? secret_is(found) : no_such_user(); });
            }
            break;
        case exchange_need::nothing: break;
    }
    return cannot_answer();
}

template <typename Host>
exchange_state exchange::check(const request& r, Host&& host) noexcept {
    static_assert(detail::host_has_password<std::remove_reference_t<Host>>::value ||
                      detail::host_has_secret<std::remove_reference_t<Host>>::value ||
                      detail::host_has_token<std::remove_reference_t<Host>>::value ||
                      detail::host_has_round<std::remove_reference_t<Host>>::value,
                  "the host has none of password(), secret(), token() and round()");
    if constexpr (detail::host_has_secret<std::remove_reference_t<Host>>::value) {
        // So that Digest is computed once.
        const auto find = [&host](const verify::user_query& q, verify::user_secret& s) noexcept {
            static_assert(noexcept(host.secret(q, s)), "declare secret() noexcept");
            return static_cast<bool>(host.secret(q, s));
        };
        const verify::user_lookup users(find);
        start(r, &users);
    } else {
        start(r, nullptr);
    }
    while (state_ == exchange_state::pending) ask(host);
    return state_;
}

}  // namespace authgrammar::conversation

#endif
