#ifndef AUTHGRAMMAR_AUDIT_CONVERSATION_DIGEST_MEMORY_HPP
#define AUTHGRAMMAR_AUDIT_CONVERSATION_DIGEST_MEMORY_HPP

#include <authgrammar/audit/circumstances.hpp>
#include <authgrammar/audit/reading.hpp>

#include "conversation/fingerprint.hpp"
#include "conversation/forgetful_map.hpp"
#include "conversation/memory_limits.hpp"
#include "conversation/part_values.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace authgrammar::audit {

/// The Digest credentials of a request, as far as they are compared.
struct remembered_digest {
    field about = field::authorization;
    span at;           ///< of the field name
    fingerprint user;  ///< of username* or else of username; of nothing, if there is neither
    std::optional<fingerprint> username;
    std::optional<placed_value> realm;
    std::optional<placed_value> nonce;
    std::optional<placed_value> opaque;
    std::optional<placed_value> algorithm;  ///< in lower case
    std::optional<placed_value> qop;
    std::optional<placed_value> nc;
    std::optional<placed_value> cnonce;

    /// By what digest_memory finds what it has to do with; digest_memory::expect() sets them.
    struct {
        fingerprint nonce;    ///< of the party
        fingerprint count;    ///< nc of that nonce
        fingerprint account;  ///< user and realm at the party
    } key;
};

/// Makes `into` the credentials, which are of Digest. Linear in the values.
void read_digest(const part_values& credentials, std::optional<remembered_digest>& into);

/// The part of a server, or the proxy, in what is remembered of Digest.
struct digest_party {
    fingerprint name;
    bool perhaps_known = false;  ///< it may have been here before and have been forgotten

    /// The realms of its last response, if that has challenges of Digest, and where their nonces stand.
    struct realm {
        fingerprint name;
        span nonce;
    };
    std::vector<realm> last_realms{};
    std::optional<std::uint64_t> first_nonce{};    ///< the number of the first entry about it
    std::optional<std::uint64_t> first_account{};  ///< likewise
};

/// What servers and proxies and their clients have said in Digest (RFC 7616). Its memory is bounded by memory_limits.hpp. A
/// message takes time linear in its size.
class digest_memory {
public:
    /// Credentials will be taken that are for the party of that name: sets their keys, and has the processor fetch what is known
    /// of them. All functions below take credentials of which this was told.
    void expect(const fingerprint& party, remembered_digest& sent) const noexcept;

    /// Takes the credentials of a request, and says what is unlike the challenge that they answer.
    void take_request(digest_party& by, const remembered_digest& sent, digest_circumstances& around);

    /// Takes the challenges of a 401 or 407 to a request with `sent`.
    void take_challenges(digest_party& by, const std::vector<part_values>& challenges,
                         const std::optional<remembered_digest>& sent, digest_circumstances& around);

    /// Takes the -Info field of a response to `sent`.
    void take_info(digest_party& by, const field_reading& r, const remembered_digest& sent,
                   digest_circumstances& around);

    /// The credentials were accepted.
    void take_success(digest_party& by, const remembered_digest& sent);

    /// A response without a challenge of Digest.
    static void take_other_response(digest_party& by) noexcept { by.last_realms.clear(); }

private:
    /// The words of a qop: the first few.
    struct qop_words {
        std::array<fingerprint, limits::words_of_qop> words;
        std::size_t count = 0;
        bool more = false;

        [[nodiscard]] bool may_have(const fingerprint& word) const noexcept;
    };
    /// A challenge but for its nonce, with which it may be renewed.
    struct terms {
        fingerprint realm;      ///< of nothing, if there is none
        fingerprint algorithm;  ///< in lower case; of "md5" if there is none
        std::optional<fingerprint> opaque;
        std::optional<qop_words> qop;
    };
    struct offered {
        span nonce;
        terms of;
    };
    /// A challenge with its nonce.
    struct named_offer {
        fingerprint nonce;
        offered offer;
    };
    struct account {
        span at;                     ///< of the last credentials that were accepted, or before of the first refusal
        std::size_t refusals = 0;    ///< as long as it was not accepted
        bool accepted = false;       ///< once at least
        bool perhaps_known = false;  ///< it may have been here before and have been forgotten
    };
    struct first_use {
        span at;
    };

    [[nodiscard]] const offered* answered(const remembered_digest& sent) const;
    [[nodiscard]] std::vector<offered>& offers_of(digest_party& by, const fingerprint& nonce);
    [[nodiscard]] account& account_of(digest_party& by, const remembered_digest& sent);
    void take_refusal(digest_party& by, const remembered_digest& sent, linked_places nonce,
                      digest_circumstances& around);
    void compare(const offered& challenge, const remembered_digest& sent, digest_circumstances& around) const;
    static offered read(const part_values& challenge, const event& nonce);
    static qop_words words_of(const part_values& challenge, const event& qop);

    forgetful_map<std::vector<offered>> nonces_{limits::nonces};
    forgetful_map<first_use> counts_{limits::nonce_counts};  ///< by nonce and nc
    forgetful_map<account> accounts_{limits::accounts};      ///< by user and realm
};

}  // namespace authgrammar::audit

#endif
