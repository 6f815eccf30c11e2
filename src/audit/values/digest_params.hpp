#ifndef AUTHGRAMMAR_AUDIT_VALUES_DIGEST_PARAMS_HPP
#define AUTHGRAMMAR_AUDIT_VALUES_DIGEST_PARAMS_HPP

#include <authgrammar/auth_param.hpp>
#include <authgrammar/schemes/digest.hpp>

#include "values/digest_name.hpp"

#include <optional>
#include <string>

namespace authgrammar::audit {

/// The parameters of Digest credentials, each the first of its name, as they were sent.
struct digest_params {
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

    /// The member of that name; null if credentials have none.
    [[nodiscard]] std::optional<auth_param>* find(digest_name name) noexcept;

    /// Linear.
    [[nodiscard]] static digest_params of(const auth_params& params);
    [[nodiscard]] bool hashes_user() const noexcept { return userhash && userhash->value.equals_ignoring_case("true"); }

    /// The algorithm: MD5 if there is no parameter, nothing if it is not known.
    [[nodiscard]] std::optional<schemes::digest_algorithm> algorithm_known() const;

    /// The user's name as it was meant: unescaped or decoded; nothing if it was hashed, or cannot be decoded.
    [[nodiscard]] std::optional<std::string> user() const;
};

}  // namespace authgrammar::audit

#endif
