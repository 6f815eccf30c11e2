#include <authgrammar/auth_param.hpp>
#include <authgrammar/challenge.hpp>
#include <authgrammar/detail/portability.hpp>
#include <authgrammar/field_value.hpp>
#include <authgrammar/text.hpp>

#include <cstring>

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

detail::line_start field_value::seek_line(const std::string_view* lines, std::size_t count, detail::line_start from,
                                          std::size_t offset) noexcept {
    if (count == 0) return from;
    detail::line_start at = offset < from.offset ? detail::line_start{} : from;
    if (lines[at.line].empty()) {  // the first of all, not yet the first that is not empty
        const std::size_t next = next_line(lines, count, at.line);
        if (next == count) return at;
        at.line = next;
    }
    while (offset - at.offset >= lines[at.line].size() + joint.size()) {
        const std::size_t next = next_line(lines, count, at.line);
        if (next == count) break;
        at.offset += lines[at.line].size() + joint.size();
        at.line = next;
    }
    return at;
}

bool text::spans(text t) noexcept {
    // The joint is at the end of the line before it, and the closing DQUOTE where the quoted-string ends: a value that is
    // nothing but the joint spans two lines.
    const detail::line_start first = t.value_.seek(t.line_, t.begin_);
    return first.line != t.value_.seek(first, t.quoted_ ? t.end_ : t.end_ - 1).line;
}

std::string_view text::first_piece(text t) noexcept {
    std::string_view first{};
    const auto take_one = [&first](std::string_view piece) {
        first = piece;
        return false;
    };
    t.value_.for_each_piece(t.line_, t.begin_, t.end_, take_one);
    return first;
}

namespace {

[[nodiscard]] bool has_escapes(std::string_view raw, bool quoted) noexcept {
    return quoted && !raw.empty() && std::memchr(raw.data(), '\\', raw.size()) != nullptr;
}

/// As many octets as there is room for; all, if nobody changes them meanwhile.
[[nodiscard]] std::size_t copy_octets(const text& t, char* buffer, std::size_t room) noexcept {
    std::size_t n = 0;
    t.for_each_octet([&](char c) {
        if (n == room) return false;
        buffer[n++] = c;
        return true;
    });
    return n;
}

AUTHGRAMMAR_COLD error unwritten(error_code code, std::size_t needed, std::string_view expected) noexcept {
    error e{};
    e.code = code;
    e.offset = needed;
    e.expected = expected;
    return e;
}

result<std::size_t> overlapping() noexcept {
    return {error_made_by, []() noexcept {
                return unwritten(error_code::buffer_overlap, 0, "a buffer that does not overlap the text");
            }};
}

result<std::size_t> too_small(std::size_t needed) noexcept {
    return {error_made_by,
            [&]() noexcept { return unwritten(error_code::text_buffer_full, needed, "a larger buffer"); }};
}

}  // namespace

std::optional<std::string_view> text::verbatim() const noexcept {
    const std::string_view piece = raw();
    if (piece.size() != end_ - begin_ || has_escapes(piece, quoted_)) return std::nullopt;
    return piece;
}

std::size_t text::unescaped_size(text t) noexcept {
    if (const auto plain = t.verbatim()) return plain->size();
    std::size_t n = 0;
    t.for_each_octet([&n](char) {
        ++n;
        return true;
    });
    return n;
}

result<std::size_t> text::unescape(std::string_view raw, bool quoted, char* buffer, std::size_t capacity) noexcept {
    const detail::written_memory memory(buffer, capacity);
    if (memory.overlaps(raw)) return overlapping();
    if (has_escapes(raw, quoted)) {
        const text t(raw, 0, raw.size(), true);
        const std::size_t needed = unescaped_size(t);
        return needed > memory.size() ? too_small(needed) : copy_octets(t, buffer, needed);
    }
    if (raw.size() > memory.size()) return too_small(raw.size());
    if (!raw.empty()) std::memcpy(buffer, raw.data(), raw.size());
    return raw.size();
}

result<std::size_t> text::unescape(text t, char* buffer, std::size_t capacity) noexcept {
    const detail::written_memory memory(buffer, capacity);
    if (memory.overlaps(t)) return overlapping();
    const std::size_t needed = unescaped_size(t);
    return needed > memory.size() ? too_small(needed) : copy_octets(t, buffer, needed);
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

bool text::equals(text t, std::string_view other) noexcept {
    if (const auto plain = t.verbatim()) return *plain == other;
    return compare(t, other, [](char a, char b) { return a == b; });
}

// decides: R7235-2.1-scheme-case, R7235-2.1-param-case
bool text::equals_ignoring_case(text t, std::string_view other) noexcept {
    if (const auto plain = t.verbatim()) return detail::same_ignoring_case(*plain, other);
    return compare(t, other, [](char a, char b) { return detail::lower(a) == detail::lower(b); });
}

bool detail::same_ignoring_case(std::string_view a, std::string_view b) noexcept { return equal_ignoring_case(a, b); }

namespace {

/// The first name event from `e` on that is as long as `name`, which is not empty, and begins with the same letter; or
/// `last`. Lengths and first letters are what nobody can predict, so there is one branch for both.
[[nodiscard]] const event* find_likely(std::string_view line, const event* e, const event* last,
                                       std::string_view name) noexcept {
    constexpr unsigned but_case = 0xDF;
    const std::size_t last_byte = line.size() - 1;
    const auto front = static_cast<unsigned char>(name.front());
    for (; e != last; e += 2) {
        const std::size_t begin = e->begin;
        const auto octet = static_cast<unsigned char>(line[begin < last_byte ? begin : last_byte]);
        const std::size_t difference = ((e->end - begin) ^ name.size()) | ((unsigned{octet} ^ front) & but_case);
        if (difference == 0) break;
    }
    return e;
}

/// The first event of that name from one on that find_likely() found, or null. Apart, so that a search in vain, as most
/// are, saves no registers.
[[nodiscard]] AUTHGRAMMAR_NOINLINE const event* find_among_likely(std::string_view line, const event* e,
                                                                  const event* last, std::string_view name) noexcept {
    do {
        if (e->end <= line.size() && detail::equal_ignoring_case(line.data() + e->begin, name.data(), name.size())) {
            return e;
        }
        e = find_likely(line, e + 2, last, name);
    } while (e != last);
    return nullptr;
}

}  // namespace

const event* auth_params::find_in_line(std::string_view line, const event* first, const event* last,
                                       std::string_view name) noexcept {
    if (line.empty() || name.empty()) return nullptr;
    const event* const e = find_likely(line, first, last, name);
    return e == last ? nullptr : find_among_likely(line, e, last, name);
}

std::optional<auth_param> auth_params::find_in_lines(auth_params list, std::string_view name) noexcept {
    for (const auth_param p : list) {
        if (p.has_name(name)) return p;
    }
    return std::nullopt;
}

std::size_t challenges::count(const event* first, const event* last) noexcept {
    std::size_t n = 0;
    for (const event* e = first; e != last; ++e) {
        if (e->kind == event_kind::challenge_end) ++n;
    }
    return n;
}

std::optional<challenge> challenges::find(challenges list, std::string_view scheme) noexcept {
    for (const challenge c : list) {
        if (c.has_scheme(scheme)) return c;
    }
    return std::nullopt;
}

}  // namespace authgrammar
