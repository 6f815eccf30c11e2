#include "why/altered.hpp"

#include "common/field_text.hpp"
#include "values/compute/composed.hpp"
#include "values/utf8.hpp"

#include <algorithm>
#include <optional>
#include <string>

namespace authgrammar::audit {

namespace {

using octet = unsigned char;

/// The text in ISO-8859-1; nothing if it has a character that is not in it, or none that differs.
std::optional<std::string> as_latin1(std::string_view utf8) {
    std::string out;
    for (std::size_t i = 0; i < utf8.size();) {
        const std::size_t size = utf8_length(utf8, i);
        const auto first = static_cast<octet>(utf8[i]);
        if (size == 0 || size > 2 || (size == 2 && first > 0xC3)) return std::nullopt;
        const unsigned last = static_cast<octet>(utf8[i + size - 1]);
        out += size == 1 ? utf8[i] : static_cast<char>(((first & 3U) << 6) | (last & 0x3FU));
        i += size;
    }
    return out == utf8 ? std::nullopt : std::optional(std::move(out));
}

/// Each octet as the character of its number, in UTF-8.
std::string encoded_again(std::string_view octets) {
    std::string out;
    for (const char c : octets) {
        const auto byte = static_cast<octet>(c);
        if (byte < 0x80) {
            out += c;
        } else {
            out += static_cast<char>(0xC0U | byte >> 6);
            out += static_cast<char>(0x80U | (byte & 0x3FU));
        }
    }
    return out;
}

std::string percent_encoded(std::string_view s) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    constexpr std::string_view unreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    std::string out;
    for (const char c : s) {
        if (unreserved.find(c) != std::string_view::npos) {
            out += c;
        } else {
            out += '%';
            out += digits[static_cast<octet>(c) >> 4];
            out += digits[static_cast<octet>(c) & 0xF];
        }
    }
    return out;
}

/// Whether a percent-encoded octet is at `at`.
bool is_percent_encoded(std::string_view s, std::size_t at) noexcept {
    return at + 2 < s.size() && s[at] == '%' && detail::hex_value(s[at + 1]) >= 0 && detail::hex_value(s[at + 2]) >= 0;
}

std::string without(std::string_view s, char c) {
    std::string out(s);
    out.erase(std::remove(out.begin(), out.end(), c), out.end());
    return out;
}

/// With a backslash before everything that a shell or a quoted-string would read otherwise.
std::string escaped(std::string_view s, std::string_view special) {
    std::string out;
    for (const char c : s) {
        if (special.find(c) != std::string_view::npos) out += '\\';
        out += c;
    }
    return out;
}

std::string in_case(std::string_view s, bool upper) {
    std::string out = detail::lower(s);
    if (!upper) return out;
    for (char& c : out) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    return out;
}

std::string_view without_space(std::string_view s) {
    const std::size_t first = s.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) return {};
    return s.substr(first, s.find_last_not_of(" \t\r\n") - first + 1);
}

void wipe(std::string& s) { std::fill(s.begin(), s.end(), '\0'); }

}  // namespace

std::string percent_decoded(std::string_view s) {
    std::string out;
    for (std::size_t i = 0; i < s.size(); ++i) {
        if (!is_percent_encoded(s, i)) {
            out += s[i];
            continue;
        }
        out += static_cast<char>(detail::hex_value(s[i + 1]) * 16 + detail::hex_value(s[i + 2]));
        i += 2;
    }
    return out;
}

std::vector<altered_secret> alterations_of(std::string_view secret) {
    std::vector<altered_secret> out;
    const auto add = [&](std::string text, std::string_view what, cause_id cause = cause_id::altered_password) {
        if (text != secret) out.push_back({policy::secret(text), cause, what});
        wipe(text);
    };
    const std::string plain(secret);
    add(plain + "\n", "has a line feed at its end", cause_id::control_character);
    add(plain + "\r\n", "has a line end after it", cause_id::control_character);
    add(plain + "\r", "has a carriage return at its end", cause_id::control_character);
    add(plain + " ", "has a space at its end");
    add(" " + plain, "has a space before it");
    add(std::string(without_space(secret)), "lost the white space at its ends");
    add("\"" + plain + "\"", "is in quotes");
    add("'" + plain + "'", "is in apostrophes");
    add(percent_encoded(secret), "is percent-encoded");
    add(percent_decoded(secret), "was percent-decoded");
    if (auto latin1 = as_latin1(secret))
        add(std::move(*latin1), "is in ISO-8859-1, not in UTF-8", cause_id::other_charset);
    add(encoded_again(secret), "was encoded in UTF-8 twice", cause_id::other_charset);
    if (auto nfc = composed(secret)) {
        add(std::move(*nfc), "is in Normalization Form C, and the right one is not", cause_id::other_charset);
    }
    std::string question(secret);
    std::replace_if(
        question.begin(), question.end(), [](char c) { return static_cast<octet>(c) >= 0x80; }, '?');
    add(std::move(question), "has question marks in place of non-ASCII characters", cause_id::other_charset);
    add(escaped(secret, "\"\\"), "has backslashes before its quotes and backslashes");
    add(escaped(secret, "!$&*()[]{}|;<>?#~`'\"\\ "), "has the backslashes of a shell");
    add(without(secret, '\\'), "lost its backslashes");
    add(without(secret, '"'), "lost its quotes");
    for (const char special : {'$', '#', '&', '!', ';', ':', '@', '%', '"', '\'', ' ', '+', '?', '/', '\\'}) {
        const std::size_t at = secret.find(special);
        if (at != std::string_view::npos && at != 0) add(plain.substr(0, at), "is cut off at a special character");
    }
    std::string spaced(secret);
    std::replace(spaced.begin(), spaced.end(), '+', ' ');
    add(std::move(spaced), "has spaces in place of plus signs");
    add(in_case(secret, false), "is in lower case");
    add(in_case(secret, true), "is in upper case");
    add("", "is empty");
    return out;
}

std::string_view looks_altered(std::string_view text) {
    if (text.empty()) return {};
    if (text.front() == ' ' || text.back() == ' ') return "has a space at its end or before it";
    if (text.size() > 2 && text.front() == text.back() && (text.front() == '"' || text.front() == '\''))
        return "is in quotes";
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (is_percent_encoded(text, i)) return "looks percent-encoded";
    }
    if (text.front() == '$' && text.size() > 2) return "looks like the name of a variable";
    return {};
}

}  // namespace authgrammar::audit
