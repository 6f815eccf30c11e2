#ifndef AUTHGRAMMAR_TESTS_CORE_SUPPORT_HPP
#define AUTHGRAMMAR_TESTS_CORE_SUPPORT_HPP

#include <authgrammar/authgrammar.hpp>

#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <cstdio>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

namespace authgrammar {

inline void PrintTo(const event& e, std::ostream* out) {
    *out << name_of(e.kind) << (e.quoted ? " (quoted)" : "") << " [" << e.begin << ", " << e.end << ")";
}
inline void PrintTo(error_code code, std::ostream* out) { *out << name_of(code); }

}  // namespace authgrammar

namespace authgrammar::test {

inline constexpr edition c7235 = edition::rfc7235;
inline constexpr edition r9110 = edition::rfc9110_recipient;
inline constexpr edition s9110 = edition::rfc9110_sender;

/// A field of each kind.
inline constexpr std::array<field, 3> a_field_of_each_kind{field::www_authenticate, field::authorization,
                                                           field::authentication_info};

/// An octet of each class that the RFCs' character rules tell apart: a control, HTAB, SP, DQUOTE, ",", "/" (in
/// token68, not in tchar), "=", "\", a tchar of token68, a tchar outside it, and one that only quoted-string takes.
inline constexpr std::string_view class_representatives{"\x01\t \",/=\\a!(", 11};

/// A literal with its NULs: octets("a\0b").
template <std::size_t N>
[[nodiscard]] constexpr std::string_view octets(const char (&literal)[N]) noexcept {
    return {literal, N - 1};
}

/// `value` for a message: octets outside VCHAR and SP in hexadecimal.
[[nodiscard]] inline std::string shown(std::string_view value) {
    std::string out = "[";
    for (const char c : value) {
        if (c >= ' ' && c <= '~') {
            out += c;
        } else {
            std::array<char, 8> hex{};
            std::snprintf(hex.data(), hex.size(), "<%02X>", static_cast<unsigned>(static_cast<unsigned char>(c)));
            out += hex.data();
        }
    }
    return out + "]";
}
[[nodiscard]] inline std::string shown(field f, edition e, std::string_view value) {
    return std::string(name_of(f)) + " " + std::string(name_of(e)) + " " + shown(value);
}

struct recorder {
    std::vector<event> events{};
    bool on_event(const event& e) noexcept {
        events.push_back(e);
        return true;
    }
};

/// What the tokenizer says of a value given in one piece.
struct reading {
    error_code code = error_code::none;
    error why{};
    std::vector<event> events{};
};

[[nodiscard]] inline reading read(field f, edition e, std::string_view value, const limits& bounds = default_limits) {
    tokenizer t(f, e, bounds);
    recorder r;
    error_code code = t.feed(value, r);
    if (code == error_code::none) code = t.finish(r);
    return {code, t.last_error(), std::move(r.events)};
}

/// Calls `visit` with every string over `alphabet` of at most `longest` octets, the empty one first.
template <typename Visit>
void for_each_string(std::string_view alphabet, std::size_t longest, Visit visit) {
    std::string text;
    std::vector<std::size_t> digits;
    for (;;) {
        visit(std::string_view(text));
        std::size_t i = 0;
        for (; i < digits.size(); ++i) {
            if (++digits[i] < alphabet.size()) {
                text[i] = alphabet[digits[i]];
                break;
            }
            digits[i] = 0;
            text[i] = alphabet[0];
        }
        if (i == digits.size()) {
            if (digits.size() == longest) return;
            digits.push_back(0);
            text.push_back(alphabet[0]);
        }
    }
}

}  // namespace authgrammar::test

#endif
