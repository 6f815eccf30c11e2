#include <authgrammar/detail/portability.hpp>
#include <authgrammar/schemes/base64.hpp>

#include <cstdint>
#include <cstring>

#include "base64_blocks.hpp"
#include "base64_check.hpp"
#include "base64_encoder.hpp"
#include "core/written_memory.hpp"
#include "fault.hpp"

namespace authgrammar::schemes {

namespace {

/// How many characters make the next octets: four, or what is left.
constexpr std::size_t group_size(std::string_view characters) noexcept {
    return characters.size() < 4 ? characters.size() : 4;
}

/// Decodes so many characters of either alphabet, which were found right, to a buffer that has room.
void decode_characters(std::string_view characters, char* buffer) noexcept {
    for (; !characters.empty(); characters.remove_prefix(group_size(characters))) {
        const std::string_view group(characters.data(), group_size(characters));
        std::uint32_t bits = 0;
        for (std::size_t k = 0; k < group.size(); ++k) bits |= *base64_sextet(group[k]) << (18 - 6 * k);
        for (std::size_t k = 0; k + 1 < group.size(); ++k) *buffer++ = static_cast<char>(bits >> (16 - 8 * k));
    }
}

/// A closer look at what may be wrong, or needs a tolerance.
AUTHGRAMMAR_COLD result<decoded_base64, scheme_error> examine(std::string_view base64, char* buffer,
                                                              std::size_t capacity, tolerances allowed) noexcept {
    base64_check check({false, true}, allowed);
    for (std::size_t i = 0; i < base64.size(); ++i) {
        if (!check.add(base64[i], i)) break;
    }
    if (const scheme_error e = check.finish(base64.size()); e.code != scheme_error_code::none) return e;
    const std::size_t size = base64_decoded_size(check.characters());
    if (size > capacity) return fault(scheme_error_code::buffer_full, size, {}, "room for the octets");
    decode_characters({base64.data(), check.characters()}, buffer);
    return decoded_base64{size, check.used()};
}

}  // namespace

result<decoded_base64, scheme_error> decode_base64(std::string_view base64, char* buffer, std::size_t capacity,
                                                   tolerances allowed) noexcept {
    // The strict attempt writes before it knows what it reads, so it would spoil what is to be examined.
    strict_base64 strict{false, 0};
    if (AUTHGRAMMAR_LIKELY(!detail::written_memory(buffer, capacity).overlaps(base64))) {
        no_sink sink;
        strict = decode_strict_base64(base64, buffer, capacity, sink);
    }
    if (AUTHGRAMMAR_LIKELY(strict.decoded)) return decoded_base64{strict.size, {}};
    const auto examined = examine(base64, buffer, buffer == nullptr ? 0 : capacity, allowed);
    if (!examined && strict.size != 0) std::memset(buffer, 0, strict.size);
    return examined;
}

std::size_t encode_base64(std::string_view octets, char* buffer) noexcept {
    const char* const end = encode_base64_of(
        octets.size(), [octets](std::size_t i) { return octets[i]; }, buffer);
    return static_cast<std::size_t>(end - buffer);
}

}  // namespace authgrammar::schemes
