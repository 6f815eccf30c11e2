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

/// The value of Content-Length, if it is one number that the rest of the input can hold.
std::optional<std::size_t> content_length(const message& m, std::size_t most) noexcept {
    const std::optional<std::string_view> length = value_of(m, "content-length");
    if (!length) return std::nullopt;
    const std::optional<number> n = number_at(*length, 10, most);
    if (!n || n->digits != length->size()) return std::nullopt;
    return n->value;
}

bool is_blank(std::string_view text) noexcept { return text.find_first_not_of(" \t\r\n") == std::string_view::npos; }

}  // namespace

std::optional<std::size_t> status_line_within(std::string_view input, const dump_line& line) noexcept {
    const std::string_view text = line.text(input);
    const std::size_t at = text.rfind("HTTP/");
    if (at == std::string_view::npos || status_of(text.substr(at)) == 0) return std::nullopt;
    if (!field_line_of(raw_line_at(input, line.next).text(input))) return std::nullopt;
    return line.begin + at;
}

bool body_finder::message_or_end_at(std::size_t at) noexcept {
    const std::size_t begin = at;
    while (at < input_.size()) {
        const dump_line raw = raw_line_at(input_, at);
        at = raw.next;
        if (raw.begin == raw.end) continue;
        const dump_line line = verbose_line_at(input_, raw.begin);
        if (line.note || is_start_line(line.text(input_))) return true;
        spend(at - begin);
        return false;
    }
    return true;
}

/// The chunks of RFC 9112, 7.1, and the trailer section behind them, which holds field lines only. So the head of the
/// next message is none, where the body is decoded and looks like a last chunk.
std::optional<framing> body_finder::chunked(std::size_t at) noexcept {
    std::size_t seen = 0;
    const auto in_vain = [&]() -> std::optional<framing> {
        spend(seen);
        return std::nullopt;
    };
    while (at < input_.size() && seen < vain_) {
        const dump_line head = raw_line_at(input_, at);
        seen += head.next - at;
        const std::optional<number> size = number_at(head.text(input_), 16, input_.size() - head.next);
        if (!size) return in_vain();
        at = head.next + size->value;
        if (size->value == 0) {
            const std::size_t trailers = at;
            while (at < input_.size()) {
                const dump_line line = raw_line_at(input_, at);
                const std::string_view text = line.text(input_);
                seen += line.next - at;
                if (!text.empty() && !field_line_of(text) && (at == trailers || !is_white(text.front())))
                    return in_vain();
                at = line.next;
                if (text.empty())
                    return framing{at, line.begin == trailers ? std::nullopt : std::optional(trailers), {}};
            }
            return framing{at, trailers == at ? std::nullopt : std::optional(trailers), {}};
        }
        const dump_line end = raw_line_at(input_, at);
        if (end.begin != end.end) return in_vain();
        seen += end.next - at;
        at = end.next;
    }
    return in_vain();
}

std::optional<framing> body_finder::framed(std::size_t begin, const message& m) noexcept {
    if (value_of(m, "transfer-encoding")) return chunked(begin);
    const std::optional<std::size_t> length = content_length(m, input_.size() - begin);
    if (!length) return std::nullopt;
    return framing{begin + *length, {}, {}};
}

std::size_t body_finder::next_start(std::size_t begin) const noexcept {
    for (std::size_t at = begin; at < input_.size();) {
        const dump_line line = verbose_line_at(input_, at);
        if (is_start_line(line.text(input_))) return at;
        if (const auto within = status_line_within(input_, raw_line_at(input_, at))) return *within;
        at = line.next;
    }
    return input_.size();
}

framing body_finder::find(std::size_t begin, const message& m) noexcept {
    const std::optional<framing> by_field = vain_ == 0 ? std::nullopt : framed(begin, m);
    if (by_field && message_or_end_at(by_field->end)) {
        framing found = *by_field;
        const std::size_t inner = body_finder(input_.substr(0, found.trailers.value_or(found.end))).next_start(begin);
        if (inner < found.trailers.value_or(found.end)) {
            found.doubt = doubtful_framing{span_between(inner, raw_line_at(input_, inner).end)};
        }
        return found;
    }
    framing found{next_start(begin), {}, {}};
    if (value_of(m, "transfer-encoding")) return found;
    const std::optional<std::size_t> length = content_length(m, found.end - begin);
    if (!length || is_blank(input_.substr(begin + *length, found.end - begin - *length))) return found;
    found.doubt = doubtful_framing{{begin + *length, 0}};
    return found;
}

}  // namespace authgrammar::audit
