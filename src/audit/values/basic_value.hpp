#ifndef AUTHGRAMMAR_AUDIT_BASIC_VALUE_HPP
#define AUTHGRAMMAR_AUDIT_BASIC_VALUE_HPP

#include <authgrammar/challenge.hpp>
#include <authgrammar/schemes/error.hpp>

#include <optional>
#include <string>

namespace authgrammar::audit {

/// Why no server can read Basic credentials that have a token68: base64, the colon or a control character (RFC 7617, 2).
/// Nothing of other credentials. Linear.
[[nodiscard]] std::optional<schemes::scheme_error> basic_fault(const challenge& credentials);

/// What is unusual about the characters of Basic credentials.
struct basic_characters {
    bool utf8 = true;      ///< the octets are UTF-8
    bool composed = true;  ///< in Normalization Form C, as far as composed() can tell
};

/// The characters of user-id and password; nothing if they cannot be read. Linear.
[[nodiscard]] std::optional<basic_characters> characters_of_basic(const challenge& credentials);

}  // namespace authgrammar::audit

#endif
