#ifndef AUTHGRAMMAR_SCHEMES_BASE64_CREDENTIALS_HPP
#define AUTHGRAMMAR_SCHEMES_BASE64_CREDENTIALS_HPP

#include <authgrammar/schemes/base64.hpp>
#include <authgrammar/writer.hpp>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "base64_encoder.hpp"

namespace authgrammar::schemes {

/// Whether a byte of `octets` is one of the `capacity` bytes at `buffer`.
[[nodiscard]] inline bool overlaps(std::string_view octets, const char* buffer, std::size_t capacity) noexcept {
    const auto begin = reinterpret_cast<std::uintptr_t>(octets.data());
    const auto at = reinterpret_cast<std::uintptr_t>(buffer);
    if (octets.empty() || capacity == 0) return false;
    return begin < at ? at - begin < octets.size() : begin - at < capacity;
}

/// Writes `scheme`, a space and `size` octets in base64, of which `octet(i)` is number `i`. `overlap(capacity)` says
/// whether something of that lies in the buffer.
template <typename Octet, typename Overlap>
[[nodiscard]] write_result write_base64_credentials(std::string_view scheme, std::size_t size, Octet octet,
                                                    Overlap overlap, char* buffer, std::size_t capacity) noexcept {
    if (buffer == nullptr) capacity = 0;
    write_result r;
    r.size = scheme.size() + 1 + base64_encoded_size(size);
    if (r.size > capacity) {
        r.code = error_code::text_buffer_full;
        return r;
    }
    if (overlap(capacity)) {
        r.code = error_code::buffer_overlap;
        r.size = 0;
        return r;
    }
    std::memcpy(buffer, scheme.data(), scheme.size());
    buffer[scheme.size()] = ' ';
    encode_base64_of(size, octet, buffer + scheme.size() + 1);
    return r;
}

}  // namespace authgrammar::schemes

#endif
