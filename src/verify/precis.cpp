#include "characters.hpp"
#include "utf8.hpp"

#include <authgrammar/verify/precis.hpp>
#include <authgrammar/verify/secure.hpp>

#include <utf8proc.h>

#include <algorithm>
#include <cstring>

namespace authgrammar::verify {

namespace {

using unicode::characters;
using unicode::code_point;
using unicode::string_class;

enum class profile : std::uint8_t { username, password, normalization };

/// Texts that are worked with, wiped at the end.
struct workspace {
    code_point points[precis_limit];
    code_point scratch[precis_limit];
    char before[4 * precis_limit];
    char after[4 * precis_limit];

    workspace() noexcept {}  // NOLINT(modernize-use-equals-default): the bytes are left as they are
    workspace(const workspace&) = delete;
    workspace& operator=(const workspace&) = delete;
    ~workspace() { wipe(this, sizeof *this); }
};

[[nodiscard]] precis_result error(precis_code code, std::size_t offset) noexcept {
    precis_result r;
    r.code = code;
    r.offset = offset;
    switch (code) {
        case precis_code::none: break;
        case precis_code::not_utf8:
            r.section = "RFC 3629, 4";
            r.expected = "UTF-8";
            break;
        case precis_code::empty:
            r.section = "RFC 8265, 3.1 and 4.1";
            r.expected = "one character or more";
            break;
        case precis_code::colon:
            r.section = "RFC 7617, 2";
            r.expected = "a username without a colon";
            break;
        case precis_code::disallowed:
            r.section = "RFC 8264, 4.2 and 4.3";
            r.expected = "a character that the string class allows";
            break;
        case precis_code::context:
            r.section = "RFC 5892, appendix A";
            r.expected = "the characters beside it that it needs";
            break;
        case precis_code::direction:
            r.section = "RFC 5893, 2";
            r.expected = "text that keeps the Bidi Rule";
            break;
        case precis_code::too_long: r.expected = "no more than 1024 characters"; break;
        case precis_code::unstable:
            r.section = "RFC 8264, 7";
            r.expected = "a text that is stable under the rules of its profile";
            break;
        case precis_code::buffer_full: r.expected = "a larger buffer"; break;
    }
    return r;
}

/// The offset of the first byte that is not UTF-8, or the size of `text`.
[[nodiscard]] std::size_t utf8_prefix(std::string_view text) noexcept {
    const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
    std::size_t at = 0;
    while (at != text.size()) {
        code_point c = 0;
        const utf8proc_ssize_t n = utf8proc_iterate(bytes + at, static_cast<utf8proc_ssize_t>(text.size() - at), &c);
        if (n < 1) break;
        at += static_cast<std::size_t>(n);
    }
    return at;
}

/// Mapping of `text`, and normalization form C, to w.points. How many there are, or precis_limit + 1.
[[nodiscard]] std::size_t map_and_normalize(std::string_view text, profile p, workspace& w) noexcept {
    const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
    const auto options = static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE);
    std::size_t size = 0;
    int boundary = 0;
    for (std::size_t at = 0; at != text.size();) {
        code_point c = 0;
        at +=
            static_cast<std::size_t>(utf8proc_iterate(bytes + at, static_cast<utf8proc_ssize_t>(text.size() - at), &c));
        if (p == profile::username) c = unicode::without_width(c);
        if (p == profile::password && unicode::is_space(c)) c = ' ';
        const std::size_t room = precis_limit - size;
        const utf8proc_ssize_t made =
            utf8proc_decompose_char(c, w.points + size, static_cast<utf8proc_ssize_t>(room), options, &boundary);
        if (made < 0 || static_cast<std::size_t>(made) > room) return precis_limit + 1;
        size += static_cast<std::size_t>(made);
    }
    unicode::order_marks(w.points, size, w.scratch);
    const utf8proc_ssize_t points = utf8proc_normalize_utf32(w.points, static_cast<utf8proc_ssize_t>(size), options);
    return points < 0 ? precis_limit + 1 : static_cast<std::size_t>(points);
}

[[nodiscard]] std::size_t encode(characters text, char* buffer) noexcept {
    std::size_t size = 0;
    for (std::size_t i = 0; i != text.size; ++i) {
        size +=
            static_cast<std::size_t>(utf8proc_encode_char(text[i], reinterpret_cast<utf8proc_uint8_t*>(buffer) + size));
    }
    return size;
}

/// Whether the characters may be in a text of this class; offsets are those of their UTF-8.
[[nodiscard]] precis_result check_characters(characters text, string_class in) noexcept {
    std::size_t offset = 0;
    unicode::context_rules rules(text);
    for (std::size_t i = 0; i != text.size; ++i) {
        const unicode::allowance a = unicode::allowed(text[i], in);
        if (a == unicode::allowance::no) return error(precis_code::disallowed, offset);
        if (a == unicode::allowance::in_context && !rules.met_at(i)) {
            return error(precis_code::context, offset);
        }
        utf8proc_uint8_t bytes[4];
        offset += static_cast<std::size_t>(utf8proc_encode_char(text[i], bytes));
    }
    return {};
}

/// Prepares one userpart, password or text, which is UTF-8.
[[nodiscard]] precis_result prepare(std::string_view text, profile p, workspace& w, char* buffer,
                                    std::size_t capacity) noexcept {
    std::size_t size = map_and_normalize(text, p, w);
    if (size > precis_limit) return error(precis_code::too_long, 0);
    std::string_view made(w.before, encode({w.points, size}, w.before));
    // "until the output string is stable", three times more at most (RFC 8264, 7)
    for (int again = 3; p != profile::normalization;) {
        size = map_and_normalize(made, p, w);
        if (size > precis_limit) return error(precis_code::too_long, 0);
        const std::string_view next(w.after, encode({w.points, size}, w.after));
        if (next == made) break;
        if (--again == 0) return error(precis_code::unstable, 0);
        std::memcpy(w.before, next.data(), next.size());
        made = {w.before, next.size()};
    }
    const characters points{w.points, size};
    if (p != profile::normalization && size == 0) return error(precis_code::empty, 0);
    if (p == profile::username && !unicode::keeps_bidi_rule(points)) return error(precis_code::direction, 0);
    if (p != profile::normalization) {
        const precis_result checked =
            check_characters(points, p == profile::username ? string_class::identifier : string_class::freeform);
        if (!checked) return checked;
    }
    if (made.size() > capacity) return error(precis_code::buffer_full, made.size());
    if (!made.empty()) std::memmove(buffer, made.data(), made.size());
    precis_result r;
    r.size = made.size();
    return r;
}

[[nodiscard]] precis_result prepare_utf8(std::string_view text, profile p, char* buffer,
                                         std::size_t capacity) noexcept {
    if (const precis_result utf8 = check_utf8(text); !utf8) return utf8;
    workspace w;
    return prepare(text, p, w, buffer, capacity);
}

/// Whether the profiles leave `text` as it is, as most: printable ASCII, which both string classes allow in any context and any
/// direction, and which no mapping changes. Of the username one userpart. Others may be left as they are too.
[[nodiscard]] bool stays_as_it_is(std::string_view text, profile p) noexcept {
    if (text.empty() || text.size() > precis_limit) return false;
    const char least = p == profile::username ? '!' : ' ';
    return std::all_of(text.begin(), text.end(), [least](char c) { return c >= least && c <= '~'; });
}

[[nodiscard]] precis_result copy(std::string_view text, char* buffer, std::size_t capacity) noexcept {
    if (text.size() > capacity) return error(precis_code::buffer_full, text.size());
    std::memmove(buffer, text.data(), text.size());
    precis_result r;
    r.size = text.size();
    return r;
}

}  // namespace

precis_result check_utf8(std::string_view text) noexcept {
    const std::size_t valid = utf8_prefix(text);
    return valid == text.size() ? precis_result() : error(precis_code::not_utf8, valid);
}

// decides: R7617-2.1-precis, R8265-3.4-username
precis_result prepare_username(std::string_view name, char* buffer, std::size_t capacity) noexcept {
    const std::size_t colon = name.find(':');
    if (colon == std::string_view::npos && stays_as_it_is(name, profile::username)) return copy(name, buffer, capacity);
    if (const precis_result utf8 = check_utf8(name); !utf8) return utf8;
    if (colon != std::string_view::npos) return error(precis_code::colon, colon);
    if (name.size() > 4 * precis_limit) return error(precis_code::too_long, 0);

    secret_buffer<4 * precis_limit> copy;  // because `buffer` may be where `name` is
    if (!name.empty()) std::memcpy(copy.data(), name.data(), name.size());
    name = {copy.data(), name.size()};
    workspace w;
    std::size_t size = 0;
    for (;;) {
        const std::size_t end = std::min(name.find(' '), name.size());
        precis_result part = prepare(name.substr(0, end), profile::username, w, buffer + size, capacity - size);
        if (!part) {
            part.offset += size;
            return part;
        }
        // FULLWIDTH COLON has become one.
        const std::size_t separator = std::string_view(buffer + size, part.size).find(':');
        if (separator != std::string_view::npos) return error(precis_code::colon, size + separator);
        size += part.size;
        if (end == name.size()) break;
        if (size == capacity) return error(precis_code::buffer_full, size + 1);
        buffer[size++] = ' ';
        name.remove_prefix(end + 1);
    }
    precis_result r;
    r.size = size;
    return r;
}

// decides: R7617-2.1-precis, R8265-4.2-password
precis_result prepare_password(std::string_view password, char* buffer, std::size_t capacity) noexcept {
    if (stays_as_it_is(password, profile::password)) return copy(password, buffer, capacity);
    return prepare_utf8(password, profile::password, buffer, capacity);
}

precis_result normalize(std::string_view text, char* buffer, std::size_t capacity) noexcept {
    return prepare_utf8(text, profile::normalization, buffer, capacity);
}

std::string_view unicode_version() noexcept { return utf8proc_unicode_version(); }

}  // namespace authgrammar::verify
