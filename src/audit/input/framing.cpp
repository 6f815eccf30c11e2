#include "input/framing.hpp"

#include "common/field_text.hpp"
#include "values/value_of.hpp"

#include <algorithm>
#include <string_view>

namespace authgrammar::audit {

namespace {

/// How much of the input the look ahead asks for at once, and how far the window goes itself.
constexpr std::size_t ahead_piece = std::size_t{1} << 14;
constexpr std::size_t near_bytes = std::size_t{1} << 17;

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
        const auto added = static_cast<unsigned>(digit);
        if (added > most || n.value > (most - added) / base) return std::nullopt;
        n.value = n.value * base + added;
        ++n.digits;
    }
    return n.digits == 0 ? std::nullopt : std::optional(n);
}

/// The value of Content-Length, if it is one number.
std::optional<std::size_t> content_length(std::string_view length) noexcept {
    const std::optional<number> n = number_at(length, 10, input_window::any);
    return n && n->digits == length.size() ? std::optional(n->value) : std::nullopt;
}

}  // namespace

/// What was found while the framing was followed.
struct body_finder::search {
    start_search starts;
    std::optional<std::size_t> inner{};  // a start line in the body
    bool unchecked = false;

    void go_to(std::size_t end) {
        if (!inner) inner = starts.until(end);
    }
};

body_fields body_fields::of(const message& m) noexcept {
    body_fields out;
    bool chunked = false;
    for (const field_line& line : m.lines) {
        if (line.which == line_name::content_length && !out.has_length) {
            out.has_length = true;
            out.length = content_length(line.value.text());
        }
        chunked |= line.which == line_name::transfer_encoding;
    }
    out.chunked = chunked;
    return out;
}

body_finder::body_finder(input_window& window, std::size_t longest) noexcept
    : window_(window), ahead_(window.beside(input_window::any, ahead_piece)), longest_(longest) {}

/// A window in which `at` can be looked at: the one that goes through the input, unless it would have to keep much.
input_window& body_finder::near(std::size_t at) {
    furthest_ = std::max(furthest_, at);
    if (window_.is_near(at, near_bytes)) return window_;
    ahead_.seek(at);
    return ahead_;
}

/// Whether the input goes on to `at`, which is behind the start of the body, as far as what is kept allows.
bool body_finder::reaches(search& s, std::size_t at) {
    // It may stand before what is kept, but is there still.
    if (window_.holds(at - 1, at)) return true;
    if (s.inner && !window_.is_near(at - 1, near_bytes) && !window_.source()->can_keep_to(at)) {
        s.unchecked = true;
        return false;
    }
    return near(at - 1).has(at - 1);
}

bool body_finder::message_or_end_at(std::size_t at) {
    const std::size_t begin = at;
    for (;;) {
        input_window& w = near(at);
        const dump_line raw = w.line_at(at, longest_);
        if (raw.begin == raw.next) return true;
        at = raw.next;
        if (raw.begin == raw.end) continue;
        const dump_line line = as_verbose(raw, w.text(raw));
        if (line.note) return true;
        if (const start_line parts = line.whole ? start_line_of(w.text(line)) : start_line{}; parts.is_one()) {
            behind_ = found_start{raw.begin, line, parts};
            return true;
        }
        spent_ += at - begin;
        return false;
    }
}

/// The chunks of RFC 9112, 7.1, and the trailer section behind them, which holds field lines only. So the head of the
/// next message is none, where the body is decoded and looks like a last chunk.
std::optional<framing> body_finder::by_chunks(search& s, std::size_t at) {
    std::size_t seen = 0;
    while (spent_ + seen < budget()) {
        s.go_to(at);
        input_window& w = near(at);
        const dump_line head = w.line_at(at, longest_);
        seen += head.next - at;
        const std::optional<number> size = number_at(w.text(head), 16, input_window::any - head.next);
        if (!size || !head.whole || head.begin == head.next) break;
        at = head.next + size->value;
        if (size->value == 0) {
            std::optional<framing> found = trailers_at(s, at, seen);
            if (!found) break;
            return found;
        }
        s.go_to(at);
        if (!reaches(s, at)) break;
        const dump_line end = near(at).line_at(at, longest_);
        if (end.begin != end.end || end.begin == end.next) break;
        seen += end.next - at;
        at = end.next;
    }
    spent_ += seen;
    return std::nullopt;
}

std::optional<framing> body_finder::trailers_at(search& s, std::size_t at, std::size_t& seen) {
    const std::size_t trailers = at;
    s.go_to(at);
    for (;;) {
        input_window& w = near(at);
        const dump_line line = w.line_at(at, longest_);
        const std::string_view text = w.text(line);
        seen += line.next - at;
        if (!text.empty() && !field_line_of(text) && (at == trailers || !is_white(text.front()))) return std::nullopt;
        if (line.begin == line.next) {
            return framing{at, trailers == at ? std::nullopt : std::optional(trailers), {}, false};
        }
        at = line.next;
        if (text.empty())
            return framing{at, line.begin == trailers ? std::nullopt : std::optional(trailers), {}, false};
    }
}

std::optional<framing> body_finder::by_length(search& s, std::size_t begin, std::size_t length) {
    if (length > input_window::any - begin) return std::nullopt;
    const std::size_t end = begin + length;
    s.go_to(end);
    // What is behind it is read again if it is not believed.
    if (!s.inner) window_.hold(end);
    if (length != 0 && !reaches(s, end)) return std::nullopt;
    return framing{end, {}, {}, false};
}

bool body_finder::is_blank(std::size_t begin, std::size_t end) {
    while (begin < end) {
        const std::string_view rest = near(begin).from(begin).substr(0, end - begin);
        if (rest.find_first_not_of(" \t\r\n") != std::string_view::npos) return false;
        if (rest.empty()) return true;
        begin += rest.size();
    }
    return true;
}

/// Shows the body from `begin` on.
void body_finder::show(login_form_search& form, std::size_t begin, std::size_t end) {
    while (begin < end) {
        const std::string_view rest = near(begin).from(begin).substr(0, end - begin);
        if (rest.empty()) return;
        form.take(rest);
        begin += rest.size();
    }
}

std::size_t body_finder::next_start(std::size_t begin, login_form_search* form) {
    start_search starts(window_, begin, longest_);
    if (form != nullptr) starts.show_to(*form);
    const std::size_t end = starts.to_end();
    if (form != nullptr) show(*form, starts.shown(), end);
    return end;
}

framing body_finder::find(std::size_t begin, const body_fields& fields, login_form_search* form) {
    search s{start_search(window_, begin, longest_)};
    if (form != nullptr) s.starts.show_to(*form);
    std::optional<framing> found;
    if (!is_spent() && fields.chunked) found = by_chunks(s, begin);
    if (!is_spent() && !fields.chunked && fields.length) found = by_length(s, begin, *fields.length);
    if (found && !message_or_end_at(found->end)) found.reset();
    if (found) {
        const std::size_t end = found->trailers.value_or(found->end);
        const std::optional<std::size_t> inner = s.inner ? s.inner : s.starts.if_ends_at(end);
        if (inner) found->doubt = doubtful_framing{span_between(*inner, near(*inner).line_at(*inner, longest_).end)};
    } else {
        found = framing{s.inner ? *s.inner : s.starts.to_end(), {}, {}, s.unchecked};
        take_doubt(*found, begin, fields);
    }
    if (form != nullptr) show(*form, s.starts.shown(), found->end);
    return *found;
}

/// Of a body that ends where the next message starts: Content-Length may say that it ends earlier.
void body_finder::take_doubt(framing& found, std::size_t begin, const body_fields& fields) {
    if (fields.chunked || !fields.length || *fields.length > found.end - begin) return;
    const std::size_t end = begin + *fields.length;
    if (window_.source() != nullptr && window_.source()->oldest() > end) {
        found.unchecked = true;
        return;
    }
    if (!is_blank(end, found.end)) found.doubt = doubtful_framing{{end, 0}};
}

}  // namespace authgrammar::audit
