#ifndef AUTHGRAMMAR_SCHEMES_BASE64_CHECK_HPP
#define AUTHGRAMMAR_SCHEMES_BASE64_CHECK_HPP

#include <authgrammar/schemes/error.hpp>
#include <authgrammar/schemes/tolerance.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "base64_blocks.hpp"
#include "fault.hpp"

namespace authgrammar::schemes {

/// The six bits of a character of base64 (RFC 4648, 4) or base64url (RFC 4648, 5); nothing if it is of neither.
[[nodiscard]] inline std::optional<unsigned> base64_sextet(char c) noexcept {
    if (c == '-') return 62;
    if (c == '_') return 63;
    const std::uint32_t bits = base64_bits_at(0, c);
    if (bits == base64_table::invalid) return std::nullopt;
    return bits >> 2;
}

/// Whether so many characters, without padding, of which `last` are the bits of the last, stand for octets and set no bit
/// that belongs to none (RFC 4648, 4 and 3.5).
[[nodiscard]] constexpr bool base64_has_unused_bits(std::size_t characters, unsigned last) noexcept {
    return (last & (characters % 4 == 2 ? 0xFu : characters % 4 == 3 ? 0x3u : 0u)) != 0;
}

/// How a text in base64 is written.
struct base64_form {
    bool url = false;     ///< the alphabet of base64url
    bool padded = false;  ///< with "=" at the end
};

/// Says, character by character, what is wrong with base64, or needs a tolerance: base64_missing_padding, and the one for
/// the other alphabet, which then is that of the whole text. Places count in any way that the caller likes.
class base64_check {
public:
    base64_check(base64_form form, tolerances allowed) noexcept : form_(form), allowed_(allowed) {}

    /// False: `c`, at `place`, is wrong, whatever follows; finish() says why.
    [[nodiscard]] bool add(char c, std::size_t place) noexcept {
        if (c == '=' && form_.padded) {
            if (padding_++ == 0) padding_at_ = place;
            if (padding_ == wanted_padding() + 1) surplus_at_ = place;
            return true;
        }
        if (padding_ != 0) return not_in_alphabet(padding_at_, tolerance::none);
        const std::optional<unsigned> bits = base64_sextet(c);
        if (!bits) return not_in_alphabet(place, tolerance::none);
        if (*bits >= 62 && !fits_alphabet((c == '-' || c == '_') == form_.url, place)) return false;
        last_ = *bits;
        last_at_ = place;
        ++characters_;
        return true;
    }

    /// What is wrong with a text that ends at `end`; no error if nothing is.
    [[nodiscard]] scheme_error finish(std::size_t end) noexcept {
        using code = scheme_error_code;
        if (error_.code != code::none) return error_;
        if (characters_ % 4 == 1) {
            return fault(code::base64_length, last_at_ + 1, {"", "RFC 4648, 4"},
                         "another character, since one alone holds no octet");
        }
        if (base64_has_unused_bits(characters_, last_)) {
            return fault(code::base64_trailing_bits, last_at_, {"", "RFC 4648, 3.5"},
                         "a character whose unused bits are zero");
        }
        if (!form_.padded || padding_ == wanted_padding()) return {};
        if (padding_ > wanted_padding()) return fault(code::base64_padding, surplus_at_, section_3_2, "the end");
        const bool missing = padding_ == 0;
        if (missing && allowed_.has(tolerance::base64_missing_padding)) {
            used_ |= tolerance::base64_missing_padding;
            return {};
        }
        return fault(code::base64_padding, end, section_3_2, "\"=\"",
                     missing ? tolerance::base64_missing_padding : tolerance::none);
    }

    /// Characters, without the padding.
    [[nodiscard]] std::size_t characters() const noexcept { return characters_; }
    /// The tolerances that it needed.
    [[nodiscard]] tolerances used() const noexcept { return used_; }

private:
    static constexpr rule section_3_2{"", "RFC 4648, 3.2"};

    [[nodiscard]] std::size_t wanted_padding() const noexcept { return (4 - characters_ % 4) % 4; }
    [[nodiscard]] tolerance for_other_alphabet() const noexcept {
        return form_.url ? tolerance::base64_alphabet : tolerance::base64url_alphabet;
    }

    /// Of a character that only one of the two alphabets has.
    [[nodiscard]] bool fits_alphabet(bool is_own, std::size_t place) noexcept {
        const alphabet of = is_own ? alphabet::own : alphabet::other;
        if (seen_ != alphabet::none && seen_ != of) return not_in_alphabet(place, tolerance::none);
        if (!is_own && !allowed_.has(for_other_alphabet())) return not_in_alphabet(place, for_other_alphabet());
        if (!is_own) used_ |= for_other_alphabet();
        seen_ = of;
        return true;
    }

    [[nodiscard]] bool not_in_alphabet(std::size_t place, tolerance permitted_by) noexcept {
        error_ = fault(scheme_error_code::invalid_base64, place, {"", "RFC 4648, 3.3"},
                       form_.url ? std::string_view("a letter, a digit, \"-\" or \"_\"")
                                 : std::string_view("a letter, a digit, \"+\" or \"/\""),
                       permitted_by);
        return false;
    }

    enum class alphabet : std::uint8_t { none, own, other };

    base64_form form_;
    tolerances allowed_;
    tolerances used_{};
    alphabet seen_ = alphabet::none;
    scheme_error error_{};
    std::size_t characters_ = 0;
    std::size_t padding_ = 0;
    std::size_t padding_at_ = 0;
    std::size_t surplus_at_ = 0;
    std::size_t last_at_ = 0;
    unsigned last_ = 0;
};

}  // namespace authgrammar::schemes

#endif
