#ifndef AUTHGRAMMAR_CONVERSATION_GUARD_HPP
#define AUTHGRAMMAR_CONVERSATION_GUARD_HPP

#include <authgrammar/conversation/export.hpp>
#include <authgrammar/policy/facts.hpp>
#include <authgrammar/schemes/digest.hpp>
#include <authgrammar/schemes/tolerance.hpp>
#include <authgrammar/verify/nonce.hpp>
#include <authgrammar/verify/replay.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

// What a server protects a part of itself with, configured once. An exchange checks a request with it.

namespace authgrammar::conversation {

/// Basic (RFC 7617).
struct basic_offer {
    bool utf8 =
        true;  ///< charset="UTF-8" in the challenge; user-id and password are prepared by RFC 8265, see basic_rules
    schemes::tolerances allowed{};
};

/// Digest (RFC 7616). One challenge is sent for each algorithm.
struct digest_offer {
    /// The preferred one first (RFC 7616, 3.7).
    std::vector<schemes::digest_algorithm> algorithms{schemes::digest_algorithm::sha_256};
    schemes::digest_qops qop = schemes::digest_qop::auth;
    bool userhash = false;
    bool utf8 = true;
    std::string opaque{};  ///< not sent if empty
    std::string domain{};  ///< URIs separated by SP; not sent if empty
    schemes::tolerances allowed{};
    bool renew_nonce = false;  ///< send nextnonce with every success (RFC 7616, 3.5)
};

/// Bearer (RFC 6750).
struct bearer_offer {
    std::string scope{};              ///< scope-tokens separated by SP; not sent if empty
    std::string resource_metadata{};  ///< a URL (RFC 9728, 5.1); not sent if empty
};

/// A scheme of several rounds, whose tokens the host judges and makes: Negotiate (RFC 4559), NTLM, SCRAM-SHA-1 or
/// SCRAM-SHA-256 (RFC 7804). See exchange::round_is().
struct rounds_offer {
    std::string scheme = "Negotiate";
};

/// A scheme that a guard offers.
using offer = std::variant<basic_offer, digest_offer, bearer_offer, rounds_offer>;

/// How a guard is set up. The defaults fail closed.
struct guard_options {
    std::string realm;
    std::vector<offer> offers;                        ///< the preferred one first, each scheme once
    policy::hop_role hop = policy::hop_role::origin;  ///< a proxy reads Proxy-Authorization and answers 407
    bool allow_unsecured = false;                     ///< whether requests that are not secured may be let in
    bool one_line = false;                            ///< all challenges in one field line
    policy::malformed_policy malformed = policy::malformed_policy::as_invalid;
    policy::hiding_policy hide_with = policy::hiding_policy::not_found;

    // Of Digest.
    /// A random one if not given. Servers of one name need the same: verify::nonce_key::from() takes it from a file.
    std::optional<verify::nonce_key> nonce_key{};
    verify::nonce_times nonce_times{};
    std::optional<verify::replay_check> replays{};  ///< see `nonces`
    std::uint32_t nonces = 10'000;  ///< room of the guard's own replay memory, if `replays` is not given
};

namespace detail {
struct guard_settings;
struct offered_rounds;
}  // namespace detail

/// What a part of a server is protected with: realm, schemes and limits. Immutable, and to be used by any number of threads
/// at once, each with an exchange of its own. It must outlive its exchanges.
class AUTHGRAMMAR_CONVERSATION_EXPORT guard {
public:
    /// The most challenges that a guard sends.
    static constexpr std::size_t most_challenges = 8;

    /// Copies `options`. Linear; allocates, 0.7 MB of it for the memory of replays if Digest is offered. If the options are of
    /// no use, or there is no randomness, why_not() says so, and every request is refused with 500.
    explicit guard(guard_options options);
    guard(const guard&) = delete;
    guard& operator=(const guard&) = delete;
    ~guard();

    /// Why the guard lets nobody in: empty if it is usable. A view of static storage. Constant time.
    [[nodiscard]] std::string_view why_not() const noexcept;

private:
    friend class exchange;
    std::unique_ptr<const detail::guard_settings> settings_;
};

}  // namespace authgrammar::conversation

#endif
