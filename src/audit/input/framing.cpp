#include "input/framing.hpp"

#include "common/field_text.hpp"
#include "input/dump_line.hpp"
#include "values/value_of.hpp"

#include <optional>

namespace authgrammar::audit {

namespace {

/// A number in `base` at the start of `text`; nothing if there is none, or it is more than `most`.
struct number {
    std::size_t value = 0;
    std::size_t digits = 0;
};
std::optional<number> number_at(std::string_view text, unsigned base, std::size_t most) noexcept {
    number n{};
    for (const char c : text) {
        const int digit = detail::hex_value(c);
        if (digit < 0 || digit >= static_cast<int>(base)) break;
        if (n.value > most / base) return std::nullopt;
        n.value = n.value * base + static_cast<unsigned>(digit);
        ++n.digits;
    }
    if (n.digits == 0 || n.value > most) return std::nullopt;
    return n;
}

bool message_or_end_at(std::string_view input, std::size_t at) noexcept {
    while (at < input.size()) {
        const dump_line raw = raw_line_at(input, at);
        if (raw.begin == raw.end) {
            at = raw.next;
            continue;
        }
        const dump_line line = verbose_line_at(input, at);
        return line.note || is_start_line(line.text(input));
    }
    return true;
}

/// The end of a chunked body (RFC 9112, 7.1), trailer section included, if it is one.
std::optional<std::size_t> chunked_end(std::string_view input, std::size_t at) noexcept {
    while (at < input.size()) {
        const dump_line head = raw_line_at(input, at);
        const std::optional<number> size = number_at(head.text(input), 16, input.size() - head.next);
        if (!size) return std::nullopt;
        at = head.next + size->value;
        if (size->value == 0) {
            while (at < input.size()) {
                const dump_line trailer = raw_line_at(input, at);
                at = trailer.next;
                if (trailer.begin == trailer.end) return at;
            }
            return at;
        }
        const dump_line end = raw_line_at(input, at);
        if (end.begin != end.end) return std::nullopt;
        at = end.next;
    }
    return std::nullopt;
}

std::optional<std::size_t> framed_end(std::string_view input, std::size_t begin, const message& m) noexcept {
    if (value_of(m, "transfer-encoding")) return chunked_end(input, begin);
    const std::optional<std::string_view> length = value_of(m, "content-length");
    if (!length) return std::nullopt;
    const std::optional<number> n = number_at(*length, 10, input.size() - begin);
    if (!n || n->digits != length->size()) return std::nullopt;
    return begin + n->value;
}

/// A status line in the middle of a line: a body without a line end, and the next answer behind it. The line
/// after it has to be a field line, for a body may well speak of HTTP.
std::optional<std::size_t> status_line_within(std::string_view input, const dump_line& line) noexcept {
    const std::string_view text = line.text(input);
    const std::size_t at = text.rfind("HTTP/");
    if (at == std::string_view::npos || status_of(text.substr(at)) == 0) return std::nullopt;
    if (!field_line_of(raw_line_at(input, line.next).text(input))) return std::nullopt;
    return line.begin + at;
}

}  // namespace

std::size_t body_end(std::string_view input, std::size_t begin, const message& m) noexcept {
    if (const auto end = framed_end(input, begin, m); end && message_or_end_at(input, *end)) return *end;
    for (std::size_t at = begin; at < input.size();) {
        const dump_line line = raw_line_at(input, at);
        if (is_start_line(verbose_line_at(input, at).text(input))) return at;
        if (const auto within = status_line_within(input, line)) return *within;
        at = line.next;
    }
    return input.size();
}

}  // namespace authgrammar::audit
