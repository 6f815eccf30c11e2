#include "report/escapes.hpp"

#include <cstddef>
#include <cstdint>

namespace authlint {

namespace {

constexpr char32_t replacement = 0xFFFD;

/// A code point and the bytes it takes; of a byte that is not part of UTF-8, the replacement and one.
struct decoded {
    char32_t point = replacement;
    std::size_t size = 1;
};

decoded decode(std::string_view bytes) {
    const auto at = [&](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
    const unsigned char first = at(0);
    if (first < 0x80) return {first, 1};
    const std::size_t size = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (first < 0xC2 || first > 0xF4 || bytes.size() < size) return {};
    char32_t point = first & (0xFFU >> (size + 1));
    for (std::size_t i = 1; i < size; ++i) {
        if ((at(i) & 0xC0U) != 0x80) return {};
        point = point << 6 | (at(i) & 0x3FU);
    }
    constexpr char32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    if (point < least[size] || point > 0x10FFFF || (point >= 0xD800 && point <= 0xDFFF)) return {};
    return {point, size};
}

/// Controls (also those from U+0080 on), separators of lines, marks that change the direction of text, and no characters.
bool is_invisible(char32_t c) {
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x61C || c == 0x200E || c == 0x200F ||
           (c >= 0x2028 && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF || c == 0xFFFE || c == 0xFFFF;
}

void append_hex(std::string& out, std::uint32_t value, int digits) {
    for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) out += "0123456789ABCDEF"[value >> shift & 0xF];
}

template <typename Each>
std::string rewritten(std::string_view bytes, Each each) {
    std::string out;
    out.reserve(bytes.size());
    while (!bytes.empty()) {
        const decoded d = decode(bytes);
        const bool bad = d.point == replacement && d.size == 1;
        each(out, d.point, bad ? std::string_view("\xEF\xBF\xBD") : bytes.substr(0, d.size));
        bytes.remove_prefix(d.size);
    }
    return out;
}

/// visible_utf8() that leaves the characters in `kept` alone, which are ASCII.
std::string visible_but(std::string_view bytes, std::u32string_view kept) {
    return rewritten(bytes, [kept](std::string& out, char32_t point, std::string_view as_is) {
        if (!is_invisible(point) || kept.find(point) != std::u32string_view::npos) {
            out += as_is;
            return;
        }
        out += "\\u";
        append_hex(out, point, 4);
    });
}

std::string percent_encoded(std::string_view text, std::string_view which) {
    std::string out;
    for (const char c : text) {
        if (which.find(c) == std::string_view::npos) {
            out += c;
            continue;
        }
        out += '%';
        append_hex(out, static_cast<unsigned char>(c), 2);
    }
    return out;
}

}  // namespace

std::string valid_utf8(std::string_view bytes) {
    return rewritten(bytes, [](std::string& out, char32_t, std::string_view as_is) { out += as_is; });
}

std::string visible_utf8(std::string_view bytes) { return visible_but(bytes, {}); }

std::string markup_escaped(std::string_view bytes) {
    std::string out;
    for (const char c : visible_utf8(bytes)) {
        switch (c) {
            case '&': out += "&amp;"; break;
            case '<': out += "&lt;"; break;
            case '>': out += "&gt;"; break;
            case '"': out += "&quot;"; break;
            case '\'': out += "&#39;"; break;
            default: out += c;
        }
    }
    return out;
}

std::string github_message(std::string_view bytes) { return percent_encoded(visible_but(bytes, U"\r\n"), "%\r\n"); }

std::string github_property(std::string_view bytes) { return percent_encoded(visible_but(bytes, U"\r\n"), "%\r\n:,"); }

std::string capitalised(std::string_view text) {
    std::string out(text);
    if (!out.empty() && out[0] >= 'a' && out[0] <= 'z') out[0] = static_cast<char>(out[0] - 'a' + 'A');
    return out;
}

std::string file_uri(std::string_view path) {
    constexpr std::string_view kept = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/!$&'()*+,;=@";
    std::string out = !path.empty() && path.front() == '/' ? "file://" : "";
    for (const char c : path) {
        if (kept.find(c) != std::string_view::npos) {
            out += c;
        } else {
            out += '%';
            append_hex(out, static_cast<unsigned char>(c), 2);
        }
    }
    return out;
}

}  // namespace authlint
