#ifndef AUTHGRAMMAR_SCHEMES_BASE64_CREDENTIALS_HPP
#define AUTHGRAMMAR_SCHEMES_BASE64_CREDENTIALS_HPP

#include <authgrammar/schemes/base64.hpp>
#include <authgrammar/writer.hpp>

#include <cstddef>
#include <cstring>
#include <string_view>

#include "base64_encoder.hpp"
#include "core/written_memory.hpp"

namespace authgrammar::schemes {

/// Writes `scheme`, a space and `size` octets in base64, of which `octet(i)` is number `i`. `overlap(memory)` says
/// whether something of that lies in the buffer, a detail::written_memory.
template <typename Octet, typename Overlap>
[[nodiscard]] write_result write_base64_credentials(std::string_view scheme, std::size_t size, Octet octet,
                                                    Overlap overlap, char* buffer, std::size_t capacity) noexcept {
    const detail::written_memory memory(buffer, capacity);
    write_result r;
    r.size = scheme.size() + 1 + base64_encoded_size(size);
    if (r.size > memory.size()) {
        r.code = error_code::text_buffer_full;
        return r;
    }
    if (overlap(memory)) {
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
