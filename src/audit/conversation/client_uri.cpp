#include "conversation/client_uri.hpp"

#include "common/field_text.hpp"
#include "common/octet_set.hpp"

#include <algorithm>

namespace authgrammar::audit {

namespace {

bool is_letter(char c) noexcept { return detail::lower(c) >= 'a' && detail::lower(c) <= 'z'; }

bool is_uri_character(char c) noexcept {
    return is_letter(c) || detail::is_digit(c) ||
           std::string_view("-._~:/?#@!$&'()*+,;=").find(c) != std::string_view::npos;
}

void append_encoded(std::string& out, char c) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    const auto octet = static_cast<unsigned char>(c);
    out += '%';
    out += digits[octet >> 4];
    out += digits[octet & 0xF];
}

/// Where the authority of an absolute or network-path reference ends, or 0: in it brackets are of an IP literal.
std::size_t authority_end(std::string_view uri) noexcept {
    const std::size_t begin = uri.find("//");
    if (begin == std::string_view::npos || uri.substr(0, begin).find_first_of("/?#") != std::string_view::npos)
        return 0;
    return std::min(uri.find_first_of("/?#", begin + 2), uri.size());
}

}  // namespace

std::string as_clients_read(std::string_view reference) {
    std::string text;
    bool in_query = false;
    const auto is_control_or_space = [](char c) { return static_cast<unsigned char>(c) <= ' '; };
    while (!reference.empty() && is_control_or_space(reference.front())) reference.remove_prefix(1);
    while (!reference.empty() && is_control_or_space(reference.back())) reference.remove_suffix(1);
    for (const char c : reference) {
        if (c == '\t' || c == '\r' || c == '\n') continue;
        in_query = in_query || c == '?' || c == '#';
        text += c == '\\' && !in_query ? '/' : c;
    }
    const std::size_t authority = authority_end(text);
    std::string out;
    bool in_fragment = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        const bool is_escape = c == '%' && i + 2 < text.size() && detail::hex_value(text[i + 1]) >= 0 &&
                               detail::hex_value(text[i + 2]) >= 0;
        const bool is_bracket = (c == '[' || c == ']') && i < authority;
        const bool is_second_fragment = c == '#' && in_fragment;
        in_fragment = in_fragment || c == '#';
        // A host that is not ASCII becomes another name (IDNA), which is not made here.
        if (i < authority || is_escape || is_bracket || (is_uri_character(c) && !is_second_fragment)) {
            out += c;
        } else {
            append_encoded(out, c);
        }
    }
    return out;
}

bool is_plain_path(std::string_view target) noexcept {
    static constexpr detail::octet_set plain(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/?&=+,:;@!$'()*");
    const auto is_plain = [](char c) { return plain.has(c); };
    return !target.empty() && target[0] == '/' && target.substr(0, 2) != "//" &&
           std::all_of(target.begin(), target.end(), is_plain);
}

bool has_other_scheme(std::string_view reference) noexcept {
    const std::size_t colon = reference.find(':');
    if (colon == 0 || colon == std::string_view::npos || !is_letter(reference[0])) return false;
    const std::string_view scheme = reference.substr(0, colon);
    const bool is_scheme = std::all_of(scheme.begin(), scheme.end(), [](char c) {
        return is_letter(c) || detail::is_digit(c) || c == '+' || c == '-' || c == '.';
    });
    return is_scheme && !detail::equal_ignoring_case(scheme, "http") && !detail::equal_ignoring_case(scheme, "https");
}

}  // namespace authgrammar::audit
