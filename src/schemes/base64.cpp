#include <authgrammar/detail/portability.hpp>
#include <authgrammar/schemes/base64.hpp>

#include <cstdint>
#include <cstring>

#include "base64_encoder.hpp"
#include "fault.hpp"

namespace authgrammar::schemes {

namespace {

/// The six bits of each character; of octets that are none, `no_bits`.
constexpr std::uint8_t no_bits = 0xFF;
struct bits_table {
    std::uint8_t of[256];
};
constexpr bits_table make_bits() noexcept {
    bits_table t{};
    for (std::uint8_t& bits : t.of) bits = no_bits;
    for (std::uint8_t i = 0; i < 64; ++i) t.of[static_cast<unsigned char>(base64_alphabet[i])] = i;
    return t;
}
constexpr bits_table table = make_bits();

[[nodiscard]] std::uint32_t bits_of(char c) noexcept { return table.of[static_cast<unsigned char>(c)]; }

/// Writes the three octets of a group, and one octet more, which the next group overwrites.
AUTHGRAMMAR_ALWAYS_INLINE void store_four(char* to, std::uint32_t group) noexcept {
#if defined(__GNUC__) && AUTHGRAMMAR_IS_LITTLE_ENDIAN
    const std::uint32_t octets = __builtin_bswap32(group << 8);
    std::memcpy(to, &octets, sizeof octets);
#else
    to[0] = static_cast<char>(group >> 16);
    to[1] = static_cast<char>(group >> 8);
    to[2] = static_cast<char>(group);
#endif
}

/// Writes the first `count` octets of a group.
void store(char* to, std::uint32_t group, std::size_t count) noexcept {
    for (std::size_t i = 0; i < count; ++i) to[i] = static_cast<char>(group >> (16 - 8 * i));
}

// decides: R7617-2-token68
/// Decodes strict base64 of whole groups. False: it is something else, and what is in the buffer means nothing.
[[nodiscard]] bool decode_strict(std::string_view base64, std::size_t padding, char* buffer) noexcept {
    const char* from = base64.data();
    const char* const last = from + base64.size() - 4;
    std::uint32_t seen = 0;
    for (; from != last; from += 4, buffer += 3) {
        const std::uint32_t a = bits_of(from[0]);
        const std::uint32_t b = bits_of(from[1]);
        const std::uint32_t c = bits_of(from[2]);
        const std::uint32_t d = bits_of(from[3]);
        seen |= a | b | c | d;
        // The last group writes one octet at least, so there is room for one octet more here.
        store_four(buffer, a << 18 | b << 12 | c << 6 | d);
    }
    const std::uint32_t a = bits_of(from[0]);
    const std::uint32_t b = bits_of(from[1]);
    const std::uint32_t c = padding < 2 ? bits_of(from[2]) : 0;
    const std::uint32_t d = padding < 1 ? bits_of(from[3]) : 0;
    seen |= a | b | c | d;
    const std::uint32_t group = a << 18 | b << 12 | c << 6 | d;
    store(buffer, group, 3 - padding);
    const std::uint32_t unused = (std::uint32_t{1} << (8 * padding)) - 1;
    return seen < 64 && (group & unused) == 0;
}

constexpr rule section_3_2{"", "RFC 4648, 3.2"};
constexpr rule section_3_3{"", "RFC 4648, 3.3"};
constexpr rule section_3_5{"", "RFC 4648, 3.5"};
constexpr rule section_4{"", "RFC 4648, 4"};

/// A closer look at what may be wrong, or needs a tolerance.
class examination {
public:
    examination(std::string_view base64, tolerances allowed) noexcept : base64_(base64), allowed_(allowed) {
        while (data_ != 0 && base64[data_ - 1] == '=') --data_;
    }

    /// What is wrong, with the code `none` if nothing is.
    [[nodiscard]] scheme_error run() noexcept {
        if (const scheme_error e = look_at_characters(); e.code != scheme_error_code::none) return e;
        const std::size_t left = data_ % 4;
        if (left >= 2 && (bits_at(data_ - 1) & (left == 2 ? 0xFu : 0x3u)) != 0) {
            return fault(scheme_error_code::base64_trailing_bits, data_ - 1, section_3_5,
                         "a character whose unused bits are zero");
        }
        if (left == 1) {
            return fault(scheme_error_code::base64_length, data_, section_4,
                         "another character, since one alone holds no octet");
        }
        return look_at_padding(left == 0 ? 0 : 4 - left);
    }

    [[nodiscard]] tolerances used() const noexcept { return used_; }
    [[nodiscard]] std::size_t decoded_size() const noexcept { return base64_decoded_size(data_); }

    /// Decodes what was found right to a buffer of decoded_size() bytes.
    void decode(char* buffer) const noexcept {
        for (std::size_t i = 0; i < data_; i += 4) {
            const std::size_t count = data_ - i < 4 ? data_ - i : 4;
            std::uint32_t group = 0;
            for (std::size_t k = 0; k < count; ++k) group |= bits_at(i + k) << (18 - 6 * k);
            store(buffer, group, count - 1);
            buffer += count - 1;
        }
    }

private:
    [[nodiscard]] std::uint32_t bits_at(std::size_t i) const noexcept {
        const char c = base64_[i];
        if (c == '-') return 62;
        if (c == '_') return 63;
        return bits_of(c);
    }

    [[nodiscard]] scheme_error look_at_characters() noexcept {
        enum class variant : std::uint8_t { undecided, base64, base64url } is = variant::undecided;
        for (std::size_t i = 0; i < data_; ++i) {
            const char c = base64_[i];
            if (c == '-' || c == '_') {
                if (is == variant::base64 || !allowed_.has(tolerance::base64url_alphabet)) {
                    const bool permitted = is != variant::base64;
                    return not_in_alphabet(i, permitted ? tolerance::base64url_alphabet : tolerance::none);
                }
                is = variant::base64url;
                used_ |= tolerance::base64url_alphabet;
            } else if (c == '+' || c == '/') {
                if (is == variant::base64url) return not_in_alphabet(i, tolerance::none);
                is = variant::base64;
            } else if (bits_of(c) == no_bits) {
                return not_in_alphabet(i, tolerance::none);
            }
        }
        return {};
    }
    [[nodiscard]] static scheme_error not_in_alphabet(std::size_t offset, tolerance permitted_by) noexcept {
        return fault(scheme_error_code::invalid_base64, offset, section_3_3, "a letter, a digit, \"+\" or \"/\"",
                     permitted_by);
    }

    [[nodiscard]] scheme_error look_at_padding(std::size_t wanted) noexcept {
        const std::size_t padding = base64_.size() - data_;
        if (padding == wanted) return {};
        if (padding > wanted) {
            return fault(scheme_error_code::base64_padding, data_ + wanted, section_3_2, "the end");
        }
        if (padding == 0 && allowed_.has(tolerance::base64_missing_padding)) {
            used_ |= tolerance::base64_missing_padding;
            return {};
        }
        return fault(scheme_error_code::base64_padding, base64_.size(), section_3_2, "\"=\"",
                     padding == 0 ? tolerance::base64_missing_padding : tolerance::none);
    }

    std::string_view base64_;
    std::size_t data_ = base64_.size();  ///< characters before the padding
    tolerances allowed_;
    tolerances used_{};
};

AUTHGRAMMAR_COLD result<decoded_base64, scheme_error> examine(std::string_view base64, char* buffer,
                                                              std::size_t capacity, tolerances allowed) noexcept {
    examination e(base64, allowed);
    if (const scheme_error wrong = e.run(); wrong.code != scheme_error_code::none) return wrong;
    const std::size_t size = e.decoded_size();
    if (size > capacity) return fault(scheme_error_code::buffer_full, size, {}, "room for the octets");
    e.decode(buffer);
    return decoded_base64{size, e.used()};
}

}  // namespace

result<decoded_base64, scheme_error> decode_base64(std::string_view base64, char* buffer, std::size_t capacity,
                                                   tolerances allowed) noexcept {
    if (buffer == nullptr) capacity = 0;
    const std::size_t size = base64.size();
    if (AUTHGRAMMAR_UNLIKELY(size == 0 || size % 4 != 0)) return examine(base64, buffer, capacity, allowed);
    const std::size_t padding = base64[size - 1] != '=' ? 0 : base64[size - 2] != '=' ? 1 : 2;
    const std::size_t decoded = size / 4 * 3 - padding;
    if (AUTHGRAMMAR_UNLIKELY(decoded > capacity)) return examine(base64, buffer, capacity, allowed);
    if (AUTHGRAMMAR_LIKELY(decode_strict(base64, padding, buffer))) return decoded_base64{decoded, {}};
    const result<decoded_base64, scheme_error> examined = examine(base64, buffer, capacity, allowed);
    if (!examined) std::memset(buffer, 0, decoded);
    return examined;
}

std::size_t encode_base64(std::string_view octets, char* buffer) noexcept {
    const char* const end = encode_base64_of(
        octets.size(), [octets](std::size_t i) { return octets[i]; }, buffer);
    return static_cast<std::size_t>(end - buffer);
}

}  // namespace authgrammar::schemes
