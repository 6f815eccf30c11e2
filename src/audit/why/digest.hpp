#ifndef AUTHGRAMMAR_AUDIT_WHY_DIGEST_HPP
#define AUTHGRAMMAR_AUDIT_WHY_DIGEST_HPP

#include "values/digest_params.hpp"
#include "why/attempt.hpp"

#include <optional>

namespace authgrammar::audit {

/// The Digest challenge that credentials answer, and the field that it is in.
struct digest_asked {
    const field_reading* in = nullptr;
    challenge what;
    bool came_before = false;  ///< before the credentials
};

/// Of the challenges before, or else of those in the response: the one with the nonce of the credentials, or else the one
/// with most of realm and algorithm in common. Linear.
[[nodiscard]] std::optional<digest_asked> answered_challenge(const attempt& a, const digest_params& sent);

/// Whether uri is the path of a request target that is a whole URI. A server behind the proxy gets that path as its
/// target, so in Authorization it is right; in Proxy-Authorization many clients send it, and proxies rarely mind.
[[nodiscard]] bool is_path_of_target(const attempt& a, const digest_params& sent);

/// Recomputes the response from what the caller knows.
void examine_response(const attempt& a, const digest_params& sent, const std::optional<digest_asked>& asked,
                      reason_list& out);

}  // namespace authgrammar::audit

#endif
