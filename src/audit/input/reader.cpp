#include <authgrammar/audit/message.hpp>

#include "common/field_text.hpp"
#include "input/curl_notes.hpp"
#include "input/dump_line.hpp"
#include "input/foreign.hpp"
#include "input/framing.hpp"
#include "values/login_form.hpp"
#include "values/value_of.hpp"

#include <algorithm>
#include <utility>

namespace authgrammar::audit {

namespace {

/// Whether a message may have a body, whatever its fields say; `answered` is the method that a response answers (RFC 9112, 6.3).
bool has_body(const message& m, std::string_view answered) noexcept {
    if (m.start == start_kind::none) return false;
    if (!m.status) return value_of(m, "content-length") || value_of(m, "transfer-encoding");
    const int status = *m.status;
    return status >= 200 && status != 204 && status != 304 && answered != "HEAD" &&
           !(answered == "CONNECT" && status < 300);
}

/// Where a message may lie that is read a second time, and where it is if it does.
struct second_reading {
    std::size_t begin;
    std::size_t end;
    message_place place;
};

class reader {
public:
    explicit reader(std::string_view input) : input_(input), bodies_(input) {}

    std::vector<message> read() {
        while (at_ < input_.size() && !coloured_) read_next();
        flush_stray();
        if (coloured_) messages_ = {foreign_message(foreign_format::coloured, *coloured_)};
        if (messages_.empty()) {
            messages_.emplace_back();
            messages_.back().curl_notes = pending_notes_;
        }
        return std::move(messages_);
    }

    /// What may be a message in a stretch of the input that is a body, or a trailer section.
    static std::vector<message> read_again(std::string_view input, const second_reading& where) {
        reader r(input.substr(0, where.end));
        r.at_ = where.begin;
        r.place_ = where.place;
        while (r.at_ < r.input_.size()) r.read_next_of_body();
        return std::move(r.messages_);
    }

    static message foreign_message(foreign_format format, std::size_t at) {
        message m{};
        m.start_line = {at, 0};
        m.foreign = format;
        return m;
    }

private:
    /// At a place where a message may begin.
    void read_next() {
        constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
        if (input_.substr(at_, byte_order_mark.size()) == byte_order_mark) at_ += byte_order_mark.size();
        dump_line line = verbose_line_at(input_, at_);
        if (const dump_line indented = indented_line_at(input_, at_);
            indented.prefix != '\0' && status_of(indented.text(input_)) != 0) {
            line = indented;
        }
        const std::string_view text = line.text(input_);
        if (line.note) {
            ++pending_notes_;
            notes_.take(text);
            at_ = line.next;
        } else if (is_start_line(text) || field_line_of(text)) {
            flush_stray();
            read_message(line);
        } else if (is_sip_start_line(text)) {
            flush_stray();
            skip_foreign(foreign_format::sip, line.begin);
        } else if (is_nghttp_line(text)) {
            flush_stray();
            skip_foreign(foreign_format::nghttp, line.begin);
        } else if (holds_printed_field(text)) {
            // The lines before it are of the same table.
            const std::size_t begin = stray_.empty() ? line.begin : stray_.front().offset;
            stray_.clear();
            skip_foreign(foreign_format::printed_fields, begin);
        } else {
            if (!text.empty()) unreadable(stray_, line);
            if (holds_terminal_control(text)) coloured_ = line.begin;
            at_ = line.next;
        }
    }

    void read_next_of_body() {
        const dump_line line = verbose_line_at(input_, at_);
        const std::string_view text = line.text(input_);
        if (is_start_line(text) || is_auth_field_line(text) || place_ == message_place::trailers) {
            read_message(line);
        } else if (const auto within = status_line_within(input_, raw_line_at(input_, at_))) {
            at_ = *within;
        } else {
            at_ = line.next;
        }
    }

    /// What begins at `begin`, up to the next start line of HTTP.
    void skip_foreign(foreign_format format, std::size_t begin) {
        messages_.push_back(foreign_message(format, begin));
        do {
            at_ = verbose_line_at(input_, at_).next;
        } while (at_ < input_.size() && !is_start_line(verbose_line_at(input_, at_).text(input_)));
        messages_.back().body_bytes = at_ - begin;
    }

    void read_message(const dump_line& first) {
        message m{};
        m.curl_notes = std::exchange(pending_notes_, 0);
        m.place = place_;
        const std::string_view text = first.text(input_);
        m.start_line = {first.begin, 0};
        if (const int status = status_of(text); status != 0) {
            m.start = start_kind::response;
            m.status = status;
            m.protocol = text.substr(0, text.find(' '));
        } else if (const std::string_view method = method_of(text); !method.empty()) {
            m.start = start_kind::request;
            m.method = method;
            m.target = target_of(text);
            m.protocol = text.substr(text.find_last_of(' ') + 1);
        }
        m.secured = notes_.secured();
        m.loopback = notes_.loopback();
        if (m.start != start_kind::none) {
            m.start_line = span_between(first.begin, first.end);
            at_ = first.next;
        }
        std::optional<second_reading> again;
        if (read_header_section(m, first.prefix) && has_body(m, answered_)) {
            const std::size_t body = at_;
            again = read_body(m, first.prefix);
            m.login_form = m.status == 401 && has_login_form(input_.substr(body, at_ - body));
        }
        if (m.start == start_kind::request) answered_ = m.method;
        if (m.status && (*m.status >= 200 || *m.status == 101)) answered_.clear();
        if (place_ == message_place::body) m.unreadable.clear();  // they are of the body
        messages_.push_back(std::move(m));
        if (again) add_again(*again);
    }

    void add_again(const second_reading& where) {
        const std::size_t owner = messages_.size() - 1;
        std::vector<message> more = read_again(input_, where);
        if (where.place == message_place::body) {
            std::optional<doubtful_framing>& doubt = messages_[owner].doubt;
            doubt->holds_field = !more.empty();
            // An encoded body is not as long as Content-Length says once it is decoded.
            if (more.empty() && value_of(messages_[owner], "content-encoding")) doubt.reset();
        }
        for (message& m : more) messages_.push_back(std::move(m));
    }

    /// Reads field lines up to the empty line that ends the section, as the end of the input does, and answers true; or
    /// up to something else that ends it, and answers false.
    bool read_header_section(message& m, char prefix) {
        bool after_field = false;
        bool after_auth_field = false;  // with nothing but unreadable lines between
        for (;;) {
            const dump_line line = prefix == '\0'  ? raw_line_at(input_, at_)
                                   : prefix == ' ' ? indented_line_at(input_, at_)
                                                   : verbose_line_at(input_, at_);
            if (line.note) {
                ++m.curl_notes;
                notes_.take(line.text(input_));
                at_ = line.next;
                continue;
            }
            const std::string_view text = line.text(input_);
            if (line.prefix != prefix || is_start_line(text)) return false;
            at_ = line.next;
            if (text.empty()) return true;
            if (is_white(text.front()) && after_field) {
                fold(m.lines.back(), line);
            } else if (const auto start = field_line_of(text)) {
                m.lines.push_back(make_field_line(line, *start));
                after_field = true;
                after_auth_field = m.lines.back().known.has_value();
                // What stands behind a lone CR was meant for a line of its own (RFC 9112, 2.2).
                const std::size_t cr = text.find('\r');
                if (!m.lines.back().known && text.find_first_not_of('\r', cr) != std::string_view::npos) {
                    m.unreadable.push_back(span_between(line.begin + cr, line.end));
                }
            } else {
                unreadable(m.unreadable, line);
                if (after_auth_field) append_line(m.lines.back().unread_after, line);
                if (holds_terminal_control(text) && place_ == message_place::stream) coloured_ = line.begin;
                after_field = false;
            }
        }
    }

    field_line make_field_line(const dump_line& line, const field_line_start& start) const {
        const std::string_view text = line.text(input_);
        field_line made{};
        made.name = text.substr(0, start.name_end);
        made.known = field_from_name(made.name);
        made.name_at = {line.begin, start.name_end};
        made.whole = span_between(line.begin, line.end);
        if (start.colon != start.name_end) {
            made.space_before_colon = span_between(line.begin + start.name_end, line.begin + start.colon);
        }
        const std::size_t value = start_of_text(line.begin + start.colon + 1, line.end);
        made.value.append(input_.substr(value, line.end - value), value);
        made.value.trim_end();
        return made;
    }

    /// The line goes on with `line`: a fold, white space on both sides included, is one SP.
    void fold(field_line& folded, const dump_line& line) const {
        const std::size_t before = folded.value.source_of(folded.value.text().size());
        const std::size_t after = start_of_text(line.begin, line.end);
        folded.folds.push_back(span_between(before, after));
        folded.whole = span_between(folded.whole.offset, line.end);
        if (after == line.end) return;
        if (!folded.value.text().empty()) folded.value.append(" ", before);
        folded.value.append(input_.substr(after, line.end - after), after);
        folded.value.trim_end();
    }

    void append_line(unread_lines& lines, const dump_line& line) const {
        if (lines.text.empty()) {
            lines.at = span_between(line.begin, line.end);
        } else {
            lines.text += '\n';
        }
        lines.text += detail::trimmed(line.text(input_));
        lines.at = span_between(lines.at.offset, line.end);
    }

    [[nodiscard]] std::size_t start_of_text(std::size_t begin, std::size_t end) const noexcept {
        return std::min(input_.find_first_not_of(" \t", begin), end);
    }

    /// Goes behind the body, and answers what of it is to be read in another way.
    std::optional<second_reading> read_body(message& m, char prefix) {
        if (prefix != '\0') {
            skip_verbose_body(m);
            return std::nullopt;
        }
        const std::size_t begin = at_;
        if (place_ != message_place::stream) {
            at_ = bodies_.next_start(begin);
            m.body_bytes = at_ - begin;
            return std::nullopt;
        }
        const framing found = bodies_.find(begin, m);
        at_ = found.end;
        m.body_bytes = found.trailers.value_or(found.end) - begin;
        m.doubt = found.doubt;
        if (found.doubt) return second_reading{found.doubt->at.offset, found.end, message_place::body};
        if (found.trailers) return second_reading{*found.trailers, found.end, message_place::trailers};
        return std::nullopt;
    }

    /// `curl -v` does not say how long a body is. More lines with its prefix are no body.
    void skip_verbose_body(message& m) {
        while (at_ < input_.size()) {
            const dump_line line = verbose_line_at(input_, at_);
            const std::string_view text = line.text(input_);
            if (is_start_line(text) || (line.prefix != '\0' && field_line_of(text))) return;
            if (line.note) {
                ++m.curl_notes;
                notes_.take(text);
            } else if (!text.empty() || m.body_bytes != 0) {
                m.body_bytes += line.next - at_;
            }
            at_ = line.next;
        }
    }

    static void unreadable(std::vector<span>& spans, const dump_line& line) {
        if (!spans.empty() && spans.back().end() + 2 >= line.begin) {
            spans.back() = span_between(spans.back().offset, line.end);
        } else {
            spans.push_back(span_between(line.begin, line.end));
        }
    }

    /// What stood between messages becomes a message that holds nothing else.
    void flush_stray() {
        if (stray_.empty()) return;
        message m{};
        m.start_line = {stray_.front().offset, 0};
        m.unreadable = std::exchange(stray_, {});
        messages_.push_back(std::move(m));
    }

    std::string_view input_;
    std::size_t at_ = 0;
    std::size_t pending_notes_ = 0;
    curl_notes notes_;
    body_finder bodies_;
    std::string answered_;  // the method of the request that the next final response answers
    message_place place_ = message_place::stream;
    std::optional<std::size_t> coloured_;
    std::vector<span> stray_;
    std::vector<message> messages_;
};

}  // namespace

std::vector<message> read_messages(std::string_view input) {
    // Messages may follow the output of nghttp.
    const auto format = foreign_format_of(input);
    if (format && *format != foreign_format::nghttp) return {reader::foreign_message(*format, 0)};
    return reader(input).read();
}

}  // namespace authgrammar::audit
