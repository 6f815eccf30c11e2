#ifndef AUTHGRAMMAR_AUDIT_WHY_DIGEST_HPP
#define AUTHGRAMMAR_AUDIT_WHY_DIGEST_HPP

#include <authgrammar/schemes/digest.hpp>

#include "why/attempt.hpp"

#include <optional>
#include <string>

namespace authgrammar::audit {

/// The parameters of Digest credentials, each the first of its name, as they were sent.
struct digest_sent {
    std::optional<auth_param> username;
    std::optional<auth_param> username_ext;  ///< username*
    std::optional<auth_param> realm;
    std::optional<auth_param> nonce;
    std::optional<auth_param> uri;
    std::optional<auth_param> response;
    std::optional<auth_param> algorithm;
    std::optional<auth_param> cnonce;
    std::optional<auth_param> opaque;
    std::optional<auth_param> qop;
    std::optional<auth_param> nc;
    std::optional<auth_param> userhash;

    [[nodiscard]] static digest_sent of(const auth_params& params);
    [[nodiscard]] bool hashes_user() const noexcept { return userhash && userhash->value.equals_ignoring_case("true"); }

    /// The algorithm: MD5 if there is no parameter, nothing if it is not known.
    [[nodiscard]] std::optional<schemes::digest_algorithm> algorithm_known() const;

    /// The user's name as it was meant: unescaped or decoded; nothing if it was hashed, or cannot be decoded.
    [[nodiscard]] std::optional<std::string> user() const;
};

/// The Digest challenge that credentials answer, and the field that it is in.
struct digest_asked {
    const field_reading* in = nullptr;
    challenge what;
    bool came_before = false;  ///< before the credentials
};

/// Of the challenges before, or else of those in the response: the one with the nonce of the credentials, or else the one
/// with most of realm and algorithm in common. Linear.
[[nodiscard]] std::optional<digest_asked> answered_challenge(const attempt& a, const digest_sent& sent);

/// Whether uri is the path of a request target that is a whole URI. A server behind the proxy gets that path as its
/// target, so in Authorization it is right; in Proxy-Authorization many clients send it, and proxies rarely mind.
[[nodiscard]] bool is_path_of_target(const attempt& a, const digest_sent& sent);

/// Recomputes the response from what the caller knows.
void examine_response(const attempt& a, const digest_sent& sent, const std::optional<digest_asked>& asked,
                      reason_list& out);

}  // namespace authgrammar::audit

#endif
