#ifndef AUTHGRAMMAR_VERIFY_HEX_HPP
#define AUTHGRAMMAR_VERIFY_HEX_HPP

#include <cstddef>
#include <cstdint>
#include <cstring>

namespace authgrammar::verify {

/// Writes `bytes` as 2 * `size` lower-case hexadecimal digits to `digits`. Neither branches nor reads memory by what the
/// bytes are. `size` is a multiple of four.
inline void write_hex(const unsigned char* bytes, std::size_t size, char* digits) noexcept {
    constexpr std::uint64_t each = 0x0101010101010101;
    for (std::size_t i = 0; i != size; i += 4) {
        // The eight nibbles, that of the first digit highest, one in each byte.
        std::uint64_t n = static_cast<std::uint64_t>(bytes[i]) << 24 | static_cast<std::uint64_t>(bytes[i + 1]) << 16 |
                          static_cast<std::uint64_t>(bytes[i + 2]) << 8 | static_cast<std::uint64_t>(bytes[i + 3]);
        n = (n | n << 16) & 0x0000ffff0000ffff;
        n = (n | n << 8) & 0x00ff00ff00ff00ff;
        n = (n | n << 4) & 0x0f0f0f0f0f0f0f0f;
        const std::uint64_t letters = ((n + 6 * each) >> 4) & each;  // 1 where the nibble is more than 9
        n += '0' * each + letters * ('a' - '0' - 10);
        const unsigned char all[8] = {
            static_cast<unsigned char>(n >> 56),        static_cast<unsigned char>(n >> 48 & 0xff),
            static_cast<unsigned char>(n >> 40 & 0xff), static_cast<unsigned char>(n >> 32 & 0xff),
            static_cast<unsigned char>(n >> 24 & 0xff), static_cast<unsigned char>(n >> 16 & 0xff),
            static_cast<unsigned char>(n >> 8 & 0xff),  static_cast<unsigned char>(n & 0xff)};
        std::memcpy(digits + 2 * i, all, sizeof all);
    }
}

}  // namespace authgrammar::verify

#endif
