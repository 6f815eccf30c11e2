#ifndef AUTHGRAMMAR_SCHEMES_BASE64_HPP
#define AUTHGRAMMAR_SCHEMES_BASE64_HPP

#include <authgrammar/result.hpp>
#include <authgrammar/schemes/error.hpp>
#include <authgrammar/schemes/export.hpp>
#include <authgrammar/schemes/tolerance.hpp>

#include <cstddef>
#include <string_view>

namespace authgrammar::schemes {

/// Octets that were decoded.
struct decoded_base64 {
    std::size_t size = 0;  ///< bytes written
    tolerances used{};     ///< the tolerances that were needed
};

/// The most octets that `size` characters of base64 decode to. Constant time.
[[nodiscard]] constexpr std::size_t base64_decoded_size(std::size_t size) noexcept {
    return size / 4 * 3 + (size % 4 + 1) / 2;
}

/// The characters that `size` octets take in base64, padding included. Constant time.
[[nodiscard]] constexpr std::size_t base64_encoded_size(std::size_t size) noexcept {
    return size / 3 * 4 + (size % 3 == 0 ? 0 : 4);
}

/// Decodes the base64 of RFC 4648, 4, to `buffer`, strictly: no character outside the alphabet (3.3), padding (3.2), and
/// no bits set that the last character does not need (3.5). `allowed` may hold base64_missing_padding and
/// base64url_alphabet; others mean nothing here.
///
/// Errors: invalid_base64, base64_length, base64_padding and base64_trailing_bits, at `offset` in `base64`; buffer_full,
/// with the bytes that it takes as `offset`. What was written before an error is overwritten with zeros. A buffer of
/// base64_decoded_size(base64.size()) bytes is always enough; it may be the one that `base64` lies in, at or before its
/// first character. Linear; no allocation. The time depends on the length and on whether it is base64, and through the
/// cache on the characters: it is not made for secrets that an observer of the cache must not see.
AUTHGRAMMAR_SCHEMES_EXPORT result<decoded_base64, scheme_error> decode_base64(std::string_view base64, char* buffer,
                                                                              std::size_t capacity,
                                                                              tolerances allowed = {}) noexcept;

/// Encodes `octets` in the base64 of RFC 4648, 4, with padding, to `buffer`, which must have room for
/// base64_encoded_size(octets.size()) bytes and must not overlap `octets`. Returns how many bytes it wrote. Linear; no
/// allocation.
AUTHGRAMMAR_SCHEMES_EXPORT std::size_t encode_base64(std::string_view octets, char* buffer) noexcept;

}  // namespace authgrammar::schemes

#endif
