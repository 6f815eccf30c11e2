#ifndef AUTHGRAMMAR_FUZZ_NAIVE_TYPED_HPP
#define AUTHGRAMMAR_FUZZ_NAIVE_TYPED_HPP

#include <authgrammar/schemes/error.hpp>
#include <authgrammar/schemes/tolerance.hpp>

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// Basic, Bearer and Digest by the ABNF and the sentences of their RFCs, over strings: each rule by itself, in no order, and
// all that are broken.

namespace authgrammar::fuzz::naive {

/// A challenge, credentials or an -Info value, unescaped.
struct typed_message {
    std::string scheme;
    std::optional<std::string> token68;
    std::vector<std::pair<std::string, std::string>> params;
};

/// A broken rule.
struct violation {
    schemes::scheme_error_code code;
    std::string param;  ///< empty: of none that the scheme defines
    schemes::tolerance permitted_by = schemes::tolerance::none;
};

/// What is to be read: the values by names, and all that is wrong.
struct typed_reading {
    std::vector<violation> wrong;
    std::map<std::string, std::string> values;

    void add(schemes::scheme_error_code code, std::string param,
             schemes::tolerance permitted_by = schemes::tolerance::none) {
        wrong.push_back({code, std::move(param), permitted_by});
    }
};

[[nodiscard]] typed_reading read_basic_challenge(const typed_message& m);
[[nodiscard]] typed_reading read_bearer_challenge(const typed_message& m);
[[nodiscard]] typed_reading read_digest_challenge(const typed_message& m, bool to_proxy);
[[nodiscard]] typed_reading read_digest_credentials(const typed_message& m);
[[nodiscard]] typed_reading read_digest_info(const typed_message& m);

/// The values "user-id" and "password".
[[nodiscard]] typed_reading read_basic_credentials(const typed_message& m);

/// The value "token".
[[nodiscard]] typed_reading read_bearer_credentials(const typed_message& m);

/// The octets of base64, with padding or without, of either alphabet: found bit by bit, and encoded again for
/// comparison.
[[nodiscard]] std::optional<std::string> base64_octets(std::string_view text);

/// The octets of an ext-value in UTF-8 (RFC 8187, 3.2.1).
[[nodiscard]] std::optional<std::string> ext_value_octets(std::string_view text);

}  // namespace authgrammar::fuzz::naive

#endif
