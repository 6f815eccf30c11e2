#ifndef AUTHGRAMMAR_AUDIT_WHY_ALTERED_HPP
#define AUTHGRAMMAR_AUDIT_WHY_ALTERED_HPP

#include <authgrammar/policy/secret.hpp>

#include "why/causes.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace authgrammar::audit {

/// What became of a secret on its way.
struct altered_secret {
    policy::secret text;
    cause_id cause;
    std::string_view what;  ///< a phrase after "the password": "has a line feed at its end"
};

/// What quoting, encoding and copying usually make of the secret, which is in UTF-8: a fixed number of texts, each
/// another one than it. Linear.
[[nodiscard]] std::vector<altered_secret> alterations_of(std::string_view secret);

/// Whether the text looks as if quoting or encoding had altered it: a phrase as in altered_secret, or nothing.
[[nodiscard]] std::string_view looks_altered(std::string_view text);

/// With each percent-encoded octet decoded. Linear.
[[nodiscard]] std::string percent_decoded(std::string_view s);

}  // namespace authgrammar::audit

#endif
