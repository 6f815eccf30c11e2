#ifndef AUTHGRAMMAR_SCHEMES_EXT_VALUE_HPP
#define AUTHGRAMMAR_SCHEMES_EXT_VALUE_HPP

#include <authgrammar/result.hpp>
#include <authgrammar/schemes/error.hpp>
#include <authgrammar/schemes/export.hpp>
#include <authgrammar/text.hpp>

#include <cstddef>
#include <string_view>

// ext-value (RFC 8187, 3.2.1), the notation of username* and user*. Only UTF-8, as senders must use (3.2.1).

namespace authgrammar::schemes {

/// Decodes an ext-value in UTF-8 to `buffer`, for which its length in bytes is always enough, and returns how many bytes
/// it wrote. The language tag is passed over.
///
/// Errors: invalid_ext_value, at the first octet that no ext-value in UTF-8 has there; buffer_full, with the bytes that
/// it takes as `offset`. On an error nothing is written. Linear; no allocation.
AUTHGRAMMAR_SCHEMES_EXPORT result<std::size_t, scheme_error> decode_ext_value(const text& ext_value, char* buffer,
                                                                              std::size_t capacity) noexcept;

/// The characters that `utf8` takes as an ext-value. Linear.
[[nodiscard]] AUTHGRAMMAR_SCHEMES_EXPORT std::size_t ext_value_size(std::string_view utf8) noexcept;

/// Writes `utf8`, which must be UTF-8, as an ext-value without language: "UTF-8''" and the octets, of which those that
/// are no attr-char are percent-encoded. `buffer` must have room for ext_value_size(utf8) bytes and must not overlap
/// `utf8`. Returns how many bytes it wrote. Linear; no allocation.
AUTHGRAMMAR_SCHEMES_EXPORT std::size_t encode_ext_value(std::string_view utf8, char* buffer) noexcept;

}  // namespace authgrammar::schemes

#endif
