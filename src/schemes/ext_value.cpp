#include <authgrammar/schemes/ext_value.hpp>

#include <cstdint>

#include "ext_value_check.hpp"
#include "fault.hpp"
#include "value_checks.hpp"

namespace authgrammar::schemes {

namespace {

constexpr rule notation{"R8187-3.2.1-ext-value", "RFC 8187, 3.2.1"};

/// attr-char (RFC 8187, 3.2.1).
[[nodiscard]] constexpr bool is_attr_char(char c) noexcept { return is_tchar(c) && c != '*' && c != '\'' && c != '%'; }

/// The value of a hexadecimal digit; nothing if it is none.
[[nodiscard]] constexpr std::optional<unsigned> hex_value(char c) noexcept {
    if (is_digit(c)) return static_cast<unsigned>(c - '0');
    if (c >= 'a' && c <= 'f') return static_cast<unsigned>(c - 'a' + 10);
    if (c >= 'A' && c <= 'F') return static_cast<unsigned>(c - 'A' + 10);
    return std::nullopt;
}

/// Says of octets one by one whether they go on as UTF-8 (RFC 3629, 4).
class utf8_check {
public:
    [[nodiscard]] bool add(unsigned octet) noexcept {
        if (left_ != 0) {
            if (octet < low_ || octet > high_) return false;
            --left_;
            low_ = 0x80;
            high_ = 0xBF;
            return true;
        }
        if (octet < 0x80) return true;
        if (octet < 0xC2 || octet > 0xF4) return false;
        left_ = octet < 0xE0 ? 1 : octet < 0xF0 ? 2 : 3;
        // No overlong forms, no surrogates, nothing above U+10FFFF.
        if (octet == 0xE0) low_ = 0xA0;
        if (octet == 0xED) high_ = 0x9F;
        if (octet == 0xF0) low_ = 0x90;
        if (octet == 0xF4) high_ = 0x8F;
        return true;
    }
    /// Whether one of the sixteen octets whose upper half is `half` goes on so.
    [[nodiscard]] bool may_add_of(unsigned half) const noexcept {
        if (left_ == 0) return half < 0x8 || half > 0xB;
        return half >= low_ >> 4 && half <= high_ >> 4;
    }
    [[nodiscard]] bool complete() const noexcept { return left_ == 0; }

private:
    unsigned left_ = 0;  ///< octets that the character still needs
    unsigned low_ = 0x80;
    unsigned high_ = 0xBF;
};

/// Reads an ext-value octet by octet: charset, language, then the value.
template <typename Sink>
class ext_value_reader {
public:
    explicit ext_value_reader(Sink sink) noexcept : sink_(sink) {}

    /// False: no ext-value in UTF-8 has this octet here.
    [[nodiscard]] bool add(char c) noexcept {
        switch (at_) {
            case place::charset: return add_charset(c);
            case place::language: return add_language(c);
            case place::value:
                if (c == '%') {
                    at_ = place::first_digit;
                    return true;
                }
                return is_attr_char(c) && put(static_cast<unsigned char>(c));
            case place::first_digit: return add_digit(c, place::second_digit) && utf8_.may_add_of(octet_ & 0xF);
            case place::second_digit: return add_digit(c, place::value) && put(octet_);
        }
        return false;
    }
    [[nodiscard]] bool complete() const noexcept { return at_ == place::value && utf8_.complete(); }

private:
    enum class place : std::uint8_t { charset, language, value, first_digit, second_digit };

    [[nodiscard]] bool add_charset(char c) noexcept {
        constexpr std::string_view upper = "UTF-8'";
        constexpr std::string_view lower = "utf-8'";
        if (c != upper[matched_] && c != lower[matched_]) return false;
        if (++matched_ == upper.size()) at_ = place::language;
        return true;
    }
    /// Nothing, or subtags of one to eight letters and digits, letters alone in the first (RFC 5646, 2.1).
    [[nodiscard]] bool add_language(char c) noexcept {
        if (c == '\'' || c == '-') {
            const bool nothing = first_subtag_ && subtag_ == 0;
            if (subtag_ == 0 && !(nothing && c == '\'')) return false;
            if (c == '\'') at_ = place::value;
            first_subtag_ = false;
            subtag_ = 0;
            return true;
        }
        return (is_alpha(c) || (!first_subtag_ && is_digit(c))) && ++subtag_ <= 8;
    }
    [[nodiscard]] bool add_digit(char c, place next) noexcept {
        const std::optional<unsigned> digit = hex_value(c);
        if (!digit) return false;
        octet_ = (octet_ << 4 | *digit) & 0xFF;
        at_ = next;
        return true;
    }
    [[nodiscard]] bool put(unsigned octet) noexcept {
        if (!utf8_.add(octet)) return false;
        sink_(static_cast<char>(octet));
        return true;
    }

    Sink sink_;
    place at_ = place::charset;
    std::size_t matched_ = 0;
    unsigned subtag_ = 0;  ///< characters of this one
    bool first_subtag_ = true;
    unsigned octet_ = 0;
    utf8_check utf8_;
};

/// Reads `t` and calls `sink(char)` for each octet that it stands for.
template <typename Sink>
[[nodiscard]] scheme_error read_ext_value(const text& t, Sink sink) noexcept {
    ext_value_reader<Sink> reader(sink);
    const std::optional<std::size_t> at = first_refused(t, [&reader](char c) { return reader.add(c); });
    if (!at && reader.complete()) return {};
    return fault(scheme_error_code::invalid_ext_value, at.value_or(t.end()), notation,
                 "UTF-8'', then characters of which all but letters, digits and some signs are percent-encoded");
}

}  // namespace

scheme_error check_ext_value(const text& value) noexcept {
    return read_ext_value(value, [](char) {});
}

result<std::size_t, scheme_error> decode_ext_value(const text& ext_value, char* buffer, std::size_t capacity) noexcept {
    std::size_t size = 0;
    const scheme_error e = read_ext_value(ext_value, [&size](char) { ++size; });
    if (e.code != scheme_error_code::none) return e;
    if (buffer == nullptr) capacity = 0;
    if (size > capacity) return fault(scheme_error_code::buffer_full, size, {}, "room for the octets");
    char* to = buffer;
    // It was read before, and is right.
    static_cast<void>(read_ext_value(ext_value, [&to](char c) { *to++ = c; }));
    return size;
}

std::size_t ext_value_size(std::string_view utf8) noexcept {
    std::size_t size = sizeof "UTF-8''" - 1;
    for (const char c : utf8) size += is_attr_char(c) ? 1 : 3;
    return size;
}

std::size_t encode_ext_value(std::string_view utf8, char* buffer) noexcept {
    constexpr char digits[] = "0123456789ABCDEF";
    char* to = buffer;
    for (const char c : std::string_view("UTF-8''")) *to++ = c;
    for (const char c : utf8) {
        if (is_attr_char(c)) {
            *to++ = c;
            continue;
        }
        const auto octet = static_cast<unsigned char>(c);
        *to++ = '%';
        *to++ = digits[octet >> 4];
        *to++ = digits[octet & 15];
    }
    return static_cast<std::size_t>(to - buffer);
}

}  // namespace authgrammar::schemes
