#ifndef AUTHGRAMMAR_POLICY_DECISION_HPP
#define AUTHGRAMMAR_POLICY_DECISION_HPP

#include <authgrammar/detail/portability.hpp>
#include <authgrammar/policy/export.hpp>
#include <authgrammar/policy/facts.hpp>

#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

namespace authgrammar::policy {

/// Whether a field is sent with an answer, by the hop that makes it. Fields that a proxy forwards are another
/// matter: see compare_hop().
enum class sending : std::uint8_t { must_not, may, must };

/// "must not", "may" or "must". The view is of static storage.
[[nodiscard]] AUTHGRAMMAR_POLICY_EXPORT std::string_view name_of(sending s) noexcept;

/// Which challenges the field holds that must or may be sent.
enum class challenge_set : std::uint8_t {
    none,       ///< the field is not sent
    offered,    ///< one or more: a challenge for each scheme and realm that the service offers for the target
    next_round  ///< the next round of the scheme that the client has begun, and others if the service offers them
};

/// "none", "offered" or "next round". The view is of static storage.
[[nodiscard]] AUTHGRAMMAR_POLICY_EXPORT std::string_view name_of(challenge_set c) noexcept;

/// What the answer says of the credentials that came, in a challenge of their scheme: see error_to_send().
enum class challenge_error : std::uint8_t {
    none,                 ///< none came, or they are not refused, or not with this answer
    malformed,            ///< the request is (400)
    invalid,              ///< the credentials are
    stale_nonce,          ///< only the nonce is: the client repeats the request with the new one
    more_authentication,  ///< the login behind the token is too old or too weak
    insufficient          ///< valid, but not sufficient (403)
};

/// "none", "malformed", "invalid", "stale nonce", "more authentication" or "insufficient". The view is of static storage.
[[nodiscard]] AUTHGRAMMAR_POLICY_EXPORT std::string_view name_of(challenge_error e) noexcept;

/// A rule that led to an answer. The views are of static storage.
struct reason {
    std::string_view requirement;  ///< an id of grammar/requirements.tsv, "S401-1"; empty for practice outside the RFCs
    std::string_view section;      ///< where the RFCs say so, "RFC 9110, 15.5.2"; for practice, the name of the text
    std::string_view text;         ///< what they say, in a sentence or two for a person
};

/// A status with what goes with it.
struct outcome {
    int status = 0;  ///< 200 stands for whatever the request itself leads to
    sending www_authenticate = sending::must_not;
    sending proxy_authenticate = sending::must_not;
    sending location = sending::must_not;
    sending upgrade = sending::must_not;      ///< with 426
    sending retry_after = sending::must_not;  ///< with 429
    challenge_set challenges = challenge_set::none;
    challenge_error error = challenge_error::none;
    /// What Cache-Control and Vary have to hold at least, lest a cache give the answer to somebody whom it is not for.
    /// Empty where nothing is needed. Of static storage.
    std::string_view cache_control;
    std::string_view vary;
    std::vector<reason> reasons;
    /// Of the answers in answer::also: what must not differ between which cases if this one is chosen.
    std::vector<std::string_view> alike;
};

/// One question of the decision and the branch that the facts took.
struct step {
    std::string_view question;
    std::string_view branch;
    std::string_view section;
};

/// What to answer.
struct answer {
    outcome recommended;
    std::vector<outcome> also;            ///< other answers that are permitted, each with its reasons
    std::vector<std::string_view> alike;  ///< of the recommended one: what must not differ, lest it tell cases apart
    std::vector<step> walk;               ///< the questions, in order
};

AUTHGRAMMAR_HAS_DEPRECATED_MEMBER

/// An answer, meaningful if the facts can be true together; else the contradictions between them, and a status of 0.
struct decision : policy::answer {
    std::vector<contradiction> contradictions;

    decision() = default;
    decision(const decision& d) : policy::answer(d), contradictions(d.contradictions) {}
    decision(decision&& d) noexcept : policy::answer(std::move(d)), contradictions(std::move(d.contradictions)) {}
    decision& operator=(decision d) noexcept {
        static_cast<policy::answer&>(*this) = std::move(static_cast<policy::answer&>(d));
        contradictions.swap(d.contradictions);
        return *this;
    }
    ~decision() = default;

    explicit operator bool() const noexcept { return contradictions.empty(); }
    /// The status of the recommended answer.
    [[nodiscard]] int status() const noexcept { return recommended.status; }

    /// Deprecated in 0.2, and gone in 0.3, with the five functions above: `d.answer.recommended` is `d.recommended`.
    [[deprecated("the members of the answer are those of the decision")]] const policy::answer& answer = *this;
};

AUTHGRAMMAR_END_DEPRECATED_MEMBER

/// Which status, with which fields, and why: the answer to a request by RFC 9110, 11 and 15.5 (RFC 7235, 2 to 4).
///
/// A pure and total function. When existence is hidden, everything in the answer is equal for a target that does
/// not exist and one that the client may not know of. Facts that contradict each other have an answer of status 0, which
/// nobody can send, and so have facts with a value outside its enumeration. Constant time; allocates the vectors of the
/// answer.
[[nodiscard]] AUTHGRAMMAR_POLICY_EXPORT decision decide(const facts& f);

/// The status that decide() recommends, and nothing else: 0 for facts that contradict each other. A 401 or 407 needs its
/// challenge, and a redirect its Location, as decide() says. Constant time; no allocation.
[[nodiscard]] AUTHGRAMMAR_POLICY_EXPORT int status_for(const facts& f) noexcept;

/// Whether the client may know that the target exists (by `existence` and `credentials`).
[[nodiscard]] AUTHGRAMMAR_POLICY_EXPORT bool may_know(const facts& f) noexcept;

}  // namespace authgrammar::policy

#endif
