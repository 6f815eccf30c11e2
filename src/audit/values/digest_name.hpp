#ifndef AUTHGRAMMAR_AUDIT_DIGEST_NAME_HPP
#define AUTHGRAMMAR_AUDIT_DIGEST_NAME_HPP

#include "values/name_table.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace authgrammar::audit {

/// The names of parameters of Digest: first those of credentials, then what only challenges and -Info fields have.
enum class digest_name : std::uint8_t {
    username,
    username_ext,  ///< username*
    realm,
    nonce,
    uri,
    response,
    algorithm,
    cnonce,
    opaque,
    qop,
    nc,
    userhash,
    stale,
    domain,
    charset,
    nextnonce,
    rspauth
};
inline constexpr std::size_t digest_names = static_cast<std::size_t>(digest_name::rspauth) + 1;

/// Their names, in order.
inline constexpr std::string_view texts_of_digest_names[digest_names] = {
    "username", "username*", "realm",    "nonce", "uri",    "response", "algorithm", "cnonce", "opaque",
    "qop",      "nc",        "userhash", "stale", "domain", "charset",  "nextnonce", "rspauth"};

inline constexpr name_table<digest_names, 9> digest_name_table(texts_of_digest_names);
static_assert(digest_name_table.unique());

/// Which of them a name is, compared without regard to ASCII case; nothing if it is none. Constant time.
[[nodiscard]] inline std::optional<digest_name> digest_name_of(std::string_view name) noexcept {
    const std::size_t found = digest_name_table.find(name);
    return found == digest_names ? std::nullopt : std::optional(static_cast<digest_name>(found));
}

}  // namespace authgrammar::audit

#endif
