#ifndef AUTHGRAMMAR_POLICY_RETRY_HPP
#define AUTHGRAMMAR_POLICY_RETRY_HPP

#include <authgrammar/authgrammar.hpp>
#include <authgrammar/policy/export.hpp>
#include <authgrammar/policy/secret.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace authgrammar::policy {

/// What a client does about a 401 or 407.
enum class retry_step : std::uint8_t {
    answer,          ///< choose a challenge and repeat the request with new or replaced credentials
    renew,           ///< repeat with the same password or token and the new nonce (Digest, stale=true; use_dpop_nonce)
    continue_round,  ///< send the next round of the scheme that was begun
    show             ///< show the response to the user, and try nothing more (RFC 9110, 15.5.2)
};

/// "answer", "renew", "continue round" or "show". The view is of static storage.
[[nodiscard]] AUTHGRAMMAR_POLICY_EXPORT std::string_view name_of(retry_step s) noexcept;

/// What to do, and why.
struct retry_advice {
    retry_step step = retry_step::show;
    std::string_view requirement;  ///< an id of grammar/requirements.tsv
    std::string_view text;         ///< a sentence for a person; of static storage
};

/// How often a request is repeated at most.
struct retry_limits {
    std::size_t tries = 4;     ///< answers to new challenges
    std::size_t rounds = 8;    ///< rounds of one scheme
    std::size_t renewals = 1;  ///< new nonces or new tokens without another answer between them
};

/// Watches over the repetitions of one request in one field, so that they end (RFC 7235, 3.1; RFC 9110, 15.5.2).
/// Use one for WWW-Authenticate and another for Proxy-Authenticate; start anew when the request succeeds, or when the
/// user asks again or enters another password.
///
/// What a challenge says of the last try counts if it is of the scheme that was tried: a stale nonce of the same realm is
/// renewed, and in place of a token that was refused (invalid_token, insufficient_user_authentication, insufficient_scope)
/// the client may get a new one, once each. A challenge with a token68, or with a parameter that the scheme goes on with
/// (SCRAM's data, Mutual's ks1), is a further round, and no refusal.
///
/// Two lists of challenges are the same if they hold the same challenges, in any order. In challenges, what a server
/// makes anew for each answer, or says about the last try, does not count: nonce, opaque and stale (RFC 7616, 3.3),
/// error, error_description and error_uri (RFC 6750, 3). Schemes and parameter names compare without regard to case.
class AUTHGRAMMAR_POLICY_EXPORT retry_guard {
public:
    explicit retry_guard(field f, retry_limits limits = {});

    /// Takes note of the credentials that were sent with the request: the value of the field. A copy is kept until
    /// this is destroyed, and wiped then. Credentials that are not in the grammar count as those of an unknown scheme.
    void sent(std::string_view credentials_value);

    /// Whether these credentials have been sent already. A client sends none twice after a challenge.
    ///
    /// What counts is what the scheme authenticates with. Digest and Mutual make most of the value anew each time: theirs
    /// are the same if scheme, realm and user are, and count as not sent if only the nonce was stale; without stale=true
    /// "the username and/or password are invalid, and new values MUST be obtained" (RFC 7616, 3.3). Others are the same
    /// if all of the value is, the case of the scheme and the white space after it aside. Linear; allocates.
    [[nodiscard]] bool was_sent(std::string_view credentials_value) const;

    /// What to do about a response with these challenges. A value that is not in the grammar, or empty, is shown.
    [[nodiscard]] retry_advice challenged(const field_value& value);

private:
    struct seen_challenge {
        std::string fixed;   // what counts in a comparison
        std::string scheme;  // lower case
        std::string round;   // what the next round is made from
        std::optional<std::string> realm;
        bool stale = false;      // only the nonce was refused
        bool new_token = false;  // the token was, and another may do
    };

    [[nodiscard]] std::optional<std::vector<seen_challenge>> read(const field_value& value) const;
    [[nodiscard]] retry_advice judge(const std::vector<seen_challenge>& now);
    [[nodiscard]] retry_advice renew();
    [[nodiscard]] static bool is_like(const std::vector<seen_challenge>& now,
                                      const std::optional<std::vector<seen_challenge>>& then);
    [[nodiscard]] std::optional<retry_advice> answer_to_refusal(const std::vector<seen_challenge>& now);

    field field_;
    retry_limits limits_;
    std::vector<secret> sent_;  // what counts in a comparison
    std::string last_scheme_;   // of the credentials sent last; lower case
    std::optional<std::string> last_realm_;
    std::optional<std::vector<seen_challenge>> before_;  // the last list that was no round
    std::optional<std::vector<seen_challenge>> last_;
    std::string last_round_;
    bool was_sent_since_ = false;
    std::size_t tries_ = 0;
    std::size_t rounds_ = 0;
    std::size_t renewals_ = 0;
};

}  // namespace authgrammar::policy

#endif
