#include <authgrammar/detail/portability.hpp>
#include <authgrammar/schemes/base64.hpp>

#include <cstdint>
#include <cstring>

#include "base64_blocks.hpp"
#include "base64_credentials.hpp"
#include "base64_encoder.hpp"
#include "fault.hpp"

namespace authgrammar::schemes {

namespace {

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
        if (left >= 2 && (value_at(data_ - 1) & (left == 2 ? 0xFu : 0x3u)) != 0) {
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
            for (std::size_t k = 0; k < count; ++k) group |= value_at(i + k) << (18 - 6 * k);
            for (std::size_t k = 0; k + 1 < count; ++k) buffer[k] = static_cast<char>(group >> (16 - 8 * k));
            buffer += count - 1;
        }
    }

private:
    /// The six bits of a character of either alphabet.
    [[nodiscard]] std::uint32_t value_at(std::size_t i) const noexcept {
        const char c = base64_[i];
        if (c == '-') return 62;
        if (c == '_') return 63;
        return base64_bits_at(0, c) >> 2;
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
            } else if (base64_bits_at(0, c) == base64_table::invalid) {
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
    // The strict attempt writes before it knows what it reads, so it would spoil what is to be examined.
    strict_base64 strict{false, 0};
    if (AUTHGRAMMAR_LIKELY(!overlaps(base64, buffer, buffer == nullptr ? 0 : capacity))) {
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
