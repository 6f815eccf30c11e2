#ifndef AUTHGRAMMAR_AUDIT_CONVERSATION_DIGEST_MEMORY_HPP
#define AUTHGRAMMAR_AUDIT_CONVERSATION_DIGEST_MEMORY_HPP

#include <authgrammar/audit/circumstances.hpp>
#include <authgrammar/audit/reading.hpp>

#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace authgrammar::audit {

/// A value, and where it stands.
struct placed_value {
    std::string text;
    span at;
};

/// A copy of what digest_params reads in a request, as far as later messages are compared with it.
struct remembered_digest {
    field about = field::authorization;
    span at;  ///< of the field name
    std::string user;
    std::optional<placed_value> realm;
    std::optional<placed_value> nonce;
    std::optional<placed_value> opaque;
    std::optional<placed_value> algorithm;
    std::optional<placed_value> qop;
    std::optional<placed_value> nc;
    std::optional<placed_value> cnonce;

    /// Those in the reading, if they are of Digest.
    [[nodiscard]] static std::optional<remembered_digest> in(const field_reading& r);
};

/// What one server, or the proxy, and its clients have said in Digest (RFC 7616). A message takes time linear in its size.
class digest_memory {
public:
    /// Takes the credentials of a request, and says what is unlike the challenge that they answer.
    void take_request(const remembered_digest& sent, digest_circumstances& around);

    /// Takes the challenges of a 401 or 407 to a request with `sent`.
    void take_challenges(const field_reading& r, const std::optional<remembered_digest>& sent,
                         digest_circumstances& around);

    /// Takes the -Info field of a response to `sent`.
    void take_info(const field_reading& r, const remembered_digest& sent, digest_circumstances& around);

    /// The credentials were accepted.
    void take_success(const remembered_digest& sent);

    /// A response without a challenge of Digest.
    void take_other_response() noexcept { last_realms_.clear(); }

private:
    /// What a challenge says but its nonce, with which it may be renewed.
    struct terms {
        std::string realm;
        std::string algorithm;  ///< lower case; "md5" if there is none
        std::optional<std::string> opaque;
        std::optional<std::vector<std::string>> qops;  ///< the first few
        bool more_qops = false;
    };
    struct offered {
        span nonce;
        std::shared_ptr<const terms> of;
    };

    struct refusals {
        std::size_t count = 0;
        span first;
    };

    [[nodiscard]] const offered* answered(const remembered_digest& sent) const;
    void take_refusal(const remembered_digest& sent, linked_places nonce, digest_circumstances& around);
    static offered read(const field_reading& r, const challenge& c, const auth_param& nonce);

    std::unordered_map<std::string, std::vector<offered>> by_nonce_;
    std::unordered_map<std::string, span> counts_;       ///< by nonce and nc
    std::unordered_map<std::string, span> accepted_;     ///< by user and realm
    std::unordered_map<std::string, refusals> refused_;  ///< likewise, since they were accepted
    /// The realms of the last response, if it has challenges of Digest, and where its nonce stands.
    std::unordered_map<std::string, span> last_realms_;
};

}  // namespace authgrammar::audit

#endif
