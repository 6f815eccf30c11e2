#include <authgrammar/auth_param.hpp>
#include <authgrammar/challenge.hpp>
#include <authgrammar/field_value.hpp>
#include <authgrammar/text.hpp>

#include "ascii.hpp"
#include "written_memory.hpp"

namespace authgrammar {

std::size_t field_value::size() const noexcept {
    std::size_t total = 0;
    for (std::size_t i = 0; i < line_count(); ++i) {
        if (line(i).empty()) continue;
        total += (total == 0 ? 0 : 2) + line(i).size();
    }
    return total;
}

field_position field_value::locate(std::size_t offset) const noexcept {
    std::size_t start = 0;
    field_position before{};
    bool first = true;
    for (std::size_t i = 0; i < line_count(); ++i) {
        const std::size_t length = line(i).size();
        if (length == 0) continue;
        if (!first) start += 2;
        if (offset < start) return before;
        if (offset < start + length) return {i, offset - start};
        before = {i, length};
        start += length;
        first = false;
    }
    return before;
}

bool text::spans_lines() const noexcept {
    if (begin_ == end_) return false;
    // The joint stands at the end of the line before it, and the closing DQUOTE where the quoted-string ends: a
    // value that is nothing but the joint spans two lines.
    return value_.locate(begin_).line != value_.locate(quoted_ ? end_ : end_ - 1).line;
}

std::string_view text::raw() const noexcept {
    std::string_view first{};
    value_.for_each_piece(begin_, end_, [&first](std::string_view piece) {
        first = piece;
        return false;
    });
    return first;
}

std::size_t text::size() const noexcept {
    if (!quoted_) return end_ - begin_;
    std::size_t n = 0;
    for_each_octet([&n](char) {
        ++n;
        return true;
    });
    return n;
}

result<std::size_t> text::unescape(char* buffer, std::size_t capacity) const noexcept {
    const detail::written_memory memory(buffer, capacity);
    if (memory.overlaps(*this)) {
        error e{};
        e.code = error_code::buffer_overlap;
        e.expected = "a buffer that does not overlap the text";
        return e;
    }
    const std::size_t needed = size();
    if (needed > memory.size()) {
        error e{};
        e.code = error_code::text_buffer_full;
        e.offset = needed;
        e.expected = "a larger buffer";
        return e;
    }
    std::size_t n = 0;
    for_each_octet([&](char c) {
        if (n == needed) return false;
        buffer[n++] = c;
        return true;
    });
    return n;
}

namespace {

template <typename Same>
bool compare(const text& t, std::string_view other, Same same) noexcept {
    std::size_t n = 0;
    bool equal = true;
    t.for_each_octet([&](char c) {
        equal = n < other.size() && same(c, other[n]);
        ++n;
        return equal;
    });
    return equal && n == other.size();
}

}  // namespace

bool text::equals(std::string_view other) const noexcept {
    return compare(*this, other, [](char a, char b) { return a == b; });
}

// decides: R7235-2.1-scheme-case, R7235-2.1-param-case
bool text::equals_ignoring_case(std::string_view other) const noexcept {
    return compare(*this, other, [](char a, char b) { return detail::lower(a) == detail::lower(b); });
}

std::optional<auth_param> auth_params::find(std::string_view name) const noexcept {
    for (const auth_param p : *this) {
        if (p.has_name(name)) return p;
    }
    return std::nullopt;
}

std::optional<text> challenge::token68() const noexcept {
    const event& after_scheme = first_[2];
    if (after_scheme.kind != event_kind::token68) return std::nullopt;
    return text{value_, after_scheme.begin, after_scheme.end, false};
}

auth_params challenge::params() const noexcept {
    if (first_ == nullptr || first_[2].kind != event_kind::param_name) return {};
    return {value_, first_ + 2, last_ - 1};
}

const event* challenges::iterator::skip(const event* at) const noexcept {
    while (at != last_) {
        if ((at++)->kind == event_kind::challenge_end) break;
    }
    return at;
}

std::size_t challenges::size() const noexcept {
    std::size_t n = 0;
    for (const event* e = first_; e != last_; ++e) {
        if (e->kind == event_kind::challenge_end) ++n;
    }
    return n;
}

std::optional<challenge> challenges::find(std::string_view scheme) const noexcept {
    for (const challenge c : *this) {
        if (c.has_scheme(scheme)) return c;
    }
    return std::nullopt;
}

}  // namespace authgrammar
