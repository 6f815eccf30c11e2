#ifndef AUTHGRAMMAR_AUDIT_CONVERSATION_FINGERPRINT_HPP
#define AUTHGRAMMAR_AUDIT_CONVERSATION_FINGERPRINT_HPP

#include <authgrammar/text.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace authgrammar::audit {

/// What is kept of a text, or of several, to know it again: 128 bits made with a secret seed. Two texts that differ have the same
/// one by chance only, about once in 2^64, which no one can bring about who does not know the seed; it is another one in each
/// process.
struct fingerprint {
    std::uint64_t first = 0;
    std::uint64_t second = 0;

    [[nodiscard]] friend bool operator==(const fingerprint& a, const fingerprint& b) noexcept {
        return a.first == b.first && a.second == b.second;
    }
    [[nodiscard]] friend bool operator!=(const fingerprint& a, const fingerprint& b) noexcept { return !(a == b); }
};

/// Of a text. Linear; no allocation.
[[nodiscard]] fingerprint fingerprint_of(std::string_view bytes) noexcept;

/// Whether the octets of a text are those that it means: there are no escapes in it. Linear.
[[nodiscard]] bool means_itself(const text& t) noexcept;

/// Of the octets that a text means. Linear; allocates if there are escapes in it.
[[nodiscard]] fingerprint fingerprint_of_text(const text& t);

/// Of a text in ASCII lower case. Linear; allocates if it is long.
[[nodiscard]] fingerprint fingerprint_in_lower_case(std::string_view bytes);

/// The same of the octets that a text means. Linear; allocates if it is long or there are escapes in it.
[[nodiscard]] fingerprint fingerprint_in_lower_case(const text& t);

/// Of a pair, in order. Constant time.
[[nodiscard]] fingerprint joined(const fingerprint& a, const fingerprint& b) noexcept;

}  // namespace authgrammar::audit

#endif
