#ifndef AUTHGRAMMAR_AUDIT_CONVERSATION_ASKER_HPP
#define AUTHGRAMMAR_AUDIT_CONVERSATION_ASKER_HPP

#include <authgrammar/audit/circumstances.hpp>
#include <authgrammar/audit/reading.hpp>

#include "conversation/digest_memory.hpp"
#include "conversation/fingerprint.hpp"
#include "conversation/forgetful_map.hpp"
#include "conversation/memory_limits.hpp"
#include "conversation/part_values.hpp"
#include "conversation/sent_credentials.hpp"

#include <optional>
#include <vector>

namespace authgrammar::audit {

/// What one server, or the proxy, has asked for last, and for which schemes and realms so far.
struct asker {
    fingerprint name;
    bool perhaps_known = false;  ///< it may have been here before and have been forgotten

    std::vector<fingerprint> schemes;  ///< in lower case
    std::vector<fingerprint> realms;
    std::optional<span> first_realm;
    digest_party digest;
    std::optional<span> proof_offered;  ///< by the last 401: a challenge for a scheme that sends no password
    std::optional<span> utf8_asked;     ///< by the last challenge of Basic
    std::optional<span> ntlm_begun;     ///< by the last response: a challenge of NTLM without a token
};

/// What servers and proxies asked for, refused and accepted. Its memory is bounded by memory_limits.hpp.
class asker_memory {
public:
    /// The server of that name, which is that of its key. Valid until the next call.
    [[nodiscard]] asker& server(const fingerprint& name);
    [[nodiscard]] asker& proxy() noexcept { return proxy_; }
    [[nodiscard]] digest_memory& digest() noexcept { return digest_; }

    // What is about to be asked for, so that the processor need not wait for it then: see forgetful_map::prefetch(). First the
    // name of a server, some time later a resource of it, which is joined() of its name and a target, and credentials for it.
    AUTHGRAMMAR_ALWAYS_INLINE void expect_server(const fingerprint& name) const noexcept { servers_.prefetch(name); }
    AUTHGRAMMAR_ALWAYS_INLINE void expect_resource(const fingerprint& server,
                                                   const fingerprint& resource) const noexcept {
        servers_.prefetch_value(server);
        accepted_.prefetch(resource);
    }
    AUTHGRAMMAR_ALWAYS_INLINE void expect(const sent_credentials& sent) const noexcept {
        refused_.prefetch(sent.attempt);
    }

    /// What of the challenges before a client chose.
    static void take_choice(asker& by, const sent_credentials& sent, circumstances& around);

    /// Takes the challenges of a 401 or 407 to a request with `sent`, and says whether they refuse it.
    void take_challenges(asker& by, const std::vector<part_values>& challenges,
                         const std::optional<sent_credentials>& sent, circumstances& around);

    /// Takes the realms of any response.
    static void take_realms(asker& by, const std::vector<part_values>& challenges, circumstances& around);

    /// What one side says in a response to `sent`, and whom it accepts. `challenges` are those of `asks`.
    void take_answer(asker& by, field asks, int status, const std::vector<part_values>& challenges,
                     const std::vector<field_reading>& fields, const std::optional<remembered_digest>& sent,
                     circumstances& around);

    /// Where the same credentials were refused for the same target; nothing if they were not.
    [[nodiscard]] std::optional<span> refused(const sent_credentials& sent) const;

    /// What was refused and is accepted now may be sent again.
    void take_back(const sent_credentials& sent);

    /// Where the last credentials stand that were accepted for a resource, which is joined() of a server and a target; null if
    /// there are none.
    [[nodiscard]] const span* accepted(const fingerprint& resource) const;
    void accept(const fingerprint& resource, span credentials);

private:
    struct place {
        span at;
    };
    struct nothing {};

    forgetful_map<asker> servers_{limits::servers};
    asker proxy_;
    digest_memory digest_;
    forgetful_map<nothing> asked_{limits::challenges};  ///< by asker, scheme and realm
    forgetful_map<place> refused_{limits::refused};     ///< by asker, target and credentials
    forgetful_map<place> accepted_{limits::accepted};   ///< by asker and target
};

}  // namespace authgrammar::audit

#endif
