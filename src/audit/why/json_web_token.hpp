#ifndef AUTHGRAMMAR_AUDIT_WHY_JSON_WEB_TOKEN_HPP
#define AUTHGRAMMAR_AUDIT_WHY_JSON_WEB_TOKEN_HPP

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace authgrammar::audit {

/// What a token is, by its form.
enum class token_form {
    opaque,     ///< nothing that can be read
    signed_,    ///< a JSON Web Token whose claims can be read (RFC 7515)
    encrypted,  ///< one whose claims cannot (RFC 7516)
    broken      ///< it begins as one, and is not complete
};

/// What can be read in a token. Secret: of the texts none may be shown.
struct token_claims {
    token_form form = token_form::opaque;
    std::optional<std::int64_t> expires;     ///< exp
    std::optional<std::int64_t> not_before;  ///< nbf
    std::optional<std::int64_t> issued;      ///< iat
    std::optional<std::int64_t> logged_in;   ///< auth_time
    std::vector<std::string> audience;       ///< aud
    std::vector<std::string> scopes;         ///< scope, or scp
    bool has_scopes = false;
};

/// Reads a token without checking its signature. Linear.
[[nodiscard]] token_claims read_token(std::string_view token);

}  // namespace authgrammar::audit

#endif
