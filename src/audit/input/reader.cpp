#include <authgrammar/audit/message_reader.hpp>

#include "input/curl_notes.hpp"
#include "input/dump_line.hpp"
#include "input/foreign.hpp"
#include "input/framing.hpp"
#include "input/header_section.hpp"
#include "input/message_queue.hpp"
#include "values/login_form.hpp"
#include "values/value_of.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace authgrammar::audit {

namespace {

/// How much is asked for at once.
constexpr std::size_t piece = std::size_t{1} << 17;
constexpr std::size_t small_piece = std::size_t{1} << 12;

/// The methods whose responses have no body, or need not have one (RFC 9112, 6.3).
enum class answered_method { other, head, connect };

answered_method answered_by_response_to(const message& request) noexcept {
    if (request.method == "HEAD") return answered_method::head;
    return request.method == "CONNECT" ? answered_method::connect : answered_method::other;
}

/// Whether a message may have a body, whatever its fields say; a response answers `answered`.
bool has_body(const message& m, answered_method answered, const body_fields& fields) noexcept {
    if (m.start == start_kind::none) return false;
    if (!m.status) return fields.any();
    const int status = *m.status;
    return status >= 200 && status != 204 && status != 304 && answered != answered_method::head &&
           !(answered == answered_method::connect && status < 300);
}

}  // namespace

class message_reader::reader {
public:
    reader(input_window window, const reading_limits& limits)
        : window_(std::move(window)),
          limits_(limits),
          section_(window_, notes_, limits),
          bodies_(window_, limits.line_bytes) {}

    /// Of what may be messages in a stretch that is a body, or a trailer section.
    reader(input_window window, const reading_limits& limits, std::size_t begin, message_place place)
        : reader(std::move(window), limits) {
        at_ = begin;
        place_ = place;
        window_.seek(begin);
    }

    reader(const reader&) = delete;
    reader& operator=(const reader&) = delete;
    ~reader() = default;

    bool next(message& m) {
        if (queue_.take(m)) return true;
        queue_.wait(m);
        while (queue_.is_waiting() && step()) {
        }
        return queue_.stop_waiting();
    }

    [[nodiscard]] std::size_t offset() const noexcept { return at_; }

private:
    /// Reads on until something is found or passed over. False at the end.
    bool step() {
        if (again_) {
            if (again_->next(queue_.place())) {
                queue_.add_placed();
                return true;
            }
            again_.reset();
        }
        window_.release();
        window_.keep(at_);
        if (ended_) return false;
        if (window_.has(at_)) {
            if (place_ != message_place::stream) {
                read_next_of_body();
            } else if (at_ != 0 || !is_foreign()) {
                read_next();
            }
            return true;
        }
        finish();
        return true;
    }

    void finish() {
        ended_ = true;
        flush_stray();
        if (queue_.ever_used() || place_ != message_place::stream) return;
        queue_.add().curl_notes = pending_notes_;
    }

    static void make_foreign(message& m, foreign_format format, std::size_t at) noexcept {
        m.start_line = {at, 0};
        m.foreign = format;
    }

    /// Whether the input as a whole is something else, which its first bytes tell.
    bool is_foreign() {
        const dump_line raw = window_.line_at(0, limits_.line_bytes);
        const std::string_view text = window_.text(raw);
        const dump_line line = as_verbose(raw, text);
        const bool is_text = raw.ended && text.find('\r') == std::string_view::npos;
        if (is_text && (line.note || is_start_line(window_.text(line)))) return false;
        static_cast<void>(window_.has(recognised_bytes - 1));
        const auto format = foreign_format_of(window_.from(0));
        // Messages may follow the output of nghttp.
        if (!format || *format == foreign_format::nghttp) return false;
        make_foreign(queue_.add(), *format, 0);
        ended_ = true;
        return true;
    }

    /// At a place where a message may begin.
    void read_next() {
        if (const found_start* const found = bodies_.start_at(at_)) {
            flush_stray();
            read_message(found->line, found->parts);
            return;
        }
        constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
        dump_line raw = window_.line_at(at_, limits_.line_bytes);
        if (window_.text(raw).substr(0, byte_order_mark.size()) == byte_order_mark) {
            at_ += byte_order_mark.size();
            raw = window_.line_at(at_, limits_.line_bytes);
        }
        if (!raw.whole) {
            pass_over_long_line(raw);
            return;
        }
        dump_line line = as_verbose(raw, window_.text(raw));
        if (const dump_line indented = as_indented(raw, window_.text(raw));
            indented.prefix != '\0' && status_of(window_.text(indented)) != 0) {
            line = indented;
        }
        const std::string_view text = window_.text(line);
        if (line.note) {
            ++pending_notes_;
            notes_.take(text);
            at_ = line.next;
        } else if (const start_line start = start_line_of(text); start.is_one() || field_line_of(text)) {
            flush_stray();
            read_message(line, start);
        } else {
            read_no_message(line, text);
        }
    }

    void read_no_message(const dump_line& line, std::string_view text) {
        if (is_sip_start_line(text)) {
            flush_stray();
            skip_foreign(queue_.add(), foreign_format::sip, line.begin);
        } else if (is_nghttp_line(text)) {
            flush_stray();
            skip_foreign(queue_.add(), foreign_format::nghttp, line.begin);
        } else if (holds_printed_field(text)) {
            // The lines before it are of the same table.
            const std::size_t begin = stray_.empty() ? line.begin : stray_.front().offset;
            stray_.clear();
            skip_foreign(queue_.add(), foreign_format::printed_fields, begin);
        } else if (is_coloured_start_line(text)) {
            flush_stray();
            skip_foreign(queue_.add(), foreign_format::coloured, line.begin);
        } else if (const auto start = start_within(window_, line, limits_.line_bytes)) {
            add_unreadable(stray_, span_between(line.begin, *start));
            at_ = *start;
        } else {
            if (!text.empty()) add_unreadable(stray_, span_between(line.begin, line.end));
            at_ = line.next;
        }
    }

    void pass_over_long_line(const dump_line& raw) {
        flush_stray();
        message& m = queue_.add();
        m.start_line = {raw.begin, 0};
        const std::size_t auth_lines = is_auth_field_line(window_.text(raw)) ? 1 : 0;
        at_ = window_.skip_line(raw.next);
        m.past_limit = bytes_past_limit{reading_limit::line_bytes, span_between(raw.begin, at_), auth_lines};
    }

    void read_next_of_body() {
        const dump_line raw = window_.line_at(at_, limits_.line_bytes);
        const dump_line line = as_verbose(raw, window_.text(raw));
        const std::string_view text = window_.text(line);
        if (!raw.whole) {
            at_ = window_.skip_line(raw.next);
        } else if (const start_line start = start_line_of(text);
                   start.is_one() || is_auth_field_line(text) || place_ == message_place::trailers) {
            read_message(line, start);
        } else if (const auto within = start_within(window_, raw, limits_.line_bytes)) {
            at_ = *within;
        } else {
            at_ = line.next;
        }
    }

    /// What begins at `begin`, up to the next start line of HTTP.
    void skip_foreign(message& m, foreign_format format, std::size_t begin) {
        make_foreign(m, format, begin);
        dump_line line{};
        do {
            window_.keep(at_);
            line = window_.line_at(at_, limits_.line_bytes);
            at_ = line.whole ? line.next : window_.skip_line(line.next);
            line = window_.line_at(at_, limits_.line_bytes);
            line = as_verbose(line, window_.text(line));
        } while (line.next != at_ && !(line.whole && is_start_line(window_.text(line))));
        m.body_bytes = at_ - begin;
    }

    void read_message(const dump_line& first, const start_line& start) {
        if (window_.source() != nullptr) window_.source()->begin_message(first.begin);
        message& m = queue_.add_with_header();
        m.curl_notes = std::exchange(pending_notes_, 0);
        m.place = place_;
        m.secured = notes_.secured();
        m.loopback = notes_.loopback();
        const header_section::outcome section = section_.read(m, first, start, at_);
        at_ = section.next;
        if (section.coloured && place_ == message_place::stream) {
            queue_.clear(m);
            at_ = *section.coloured;
            window_.seek(at_);
            skip_foreign(m, foreign_format::coloured, at_);
            return;
        }
        const body_fields fields = body_fields::of(m);
        if (section.empty_line) {
            if (has_body(m, answered_, fields)) {
                read_body(m, fields);
            } else if (m.status == 100 && owed_) {
                read_body(m, *std::exchange(owed_, std::nullopt));
            }
        }
        if (m.start == start_kind::request) {
            answered_ = answered_by_response_to(m);
            owed_.reset();
            if (fields.any() && m.body_bytes == 0) owed_ = fields;
        }
        if (m.status && (*m.status >= 200 || *m.status == 101)) {
            answered_ = answered_method::other;
            owed_.reset();
        }
        if (place_ == message_place::body) m.unreadable.clear();  // they are of the body
    }

    /// Goes behind the body.
    void read_body(message& m, const body_fields& fields) {
        login_form_search form;
        login_form_search* const asked = m.status == 401 ? &form : nullptr;
        if (m.line_prefix != '\0') {
            skip_verbose_body(m, asked);
        } else if (place_ != message_place::stream) {
            const std::size_t begin = at_;
            at_ = bodies_.next_start(begin, asked);
            m.body_bytes = at_ - begin;
        } else {
            read_framed_body(m, fields, asked);
        }
        m.login_form = asked != nullptr && form.found();
    }

    void read_framed_body(message& m, const body_fields& fields, login_form_search* form) {
        const std::size_t begin = at_;
        const framing found = bodies_.find(begin, fields, form);
        at_ = found.end;
        window_.seek(at_);
        m.body_bytes = found.trailers.value_or(found.end) - begin;
        if (found.unchecked) m.past_limit = bytes_past_limit{reading_limit::kept_bytes, {begin, m.body_bytes}};
        m.doubt = found.doubt;
        if (found.doubt) {
            read_again(found.doubt->at.offset, found.end, message_place::body);
            take_second_reading(m);
        } else if (found.trailers) {
            read_again(*found.trailers, found.end, message_place::trailers);
        }
    }

    void read_again(std::size_t begin, std::size_t end, message_place place) {
        again_ = std::make_unique<reader>(window_.beside(end, std::min(piece, end - begin)), limits_, begin, place);
    }

    /// What may be a body was read as messages.
    void take_second_reading(message& m) {
        m.doubt->holds_field = again_->finds_any();
        // An encoded body is not as long as Content-Length says once it is decoded.
        if (!m.doubt->holds_field && value_of(m, "content-encoding")) m.doubt.reset();
    }

    bool finds_any() {
        while (queue_.empty() && step()) {
        }
        return !queue_.empty();
    }

    /// `curl -v` does not say how long a body is. More lines with its prefix are no body.
    void skip_verbose_body(message& m, login_form_search* form) {
        for (;;) {
            window_.keep(at_);
            const dump_line raw = window_.line_at(at_, limits_.line_bytes);
            const dump_line line = as_verbose(raw, window_.text(raw));
            const std::string_view text = window_.text(line);
            if (raw.next == at_) return;
            if (raw.whole && (is_start_line(text) || (line.prefix != '\0' && field_line_of(text)))) return;
            if (form != nullptr) form->take(window_.text(raw.begin, raw.next));
            const std::size_t next = raw.whole ? raw.next : window_.skip_line(raw.next);
            if (line.note) {
                ++m.curl_notes;
                notes_.take(text);
            } else if (!text.empty() || m.body_bytes != 0) {
                m.body_bytes += next - at_;
            }
            at_ = next;
        }
    }

    /// What stood between messages becomes a message that holds nothing else.
    void flush_stray() {
        if (stray_.empty()) return;
        message& m = queue_.add();
        m.start_line = {stray_.front().offset, 0};
        m.unreadable.swap(stray_);
        stray_.clear();
    }

    input_window window_;
    reading_limits limits_;
    std::size_t at_ = 0;
    bool ended_ = false;
    std::size_t pending_notes_ = 0;
    curl_notes notes_;
    header_section section_;
    body_finder bodies_;
    answered_method answered_ = answered_method::other;  // by the next final response
    std::optional<body_fields> owed_;  // of a request whose body may stand behind the interim response to it
    message_place place_ = message_place::stream;
    std::vector<span> stray_;
    message_queue queue_;
    std::unique_ptr<reader> again_;
};

message_reader::message_reader(std::string_view input, const reading_limits& limits)
    : reader_(std::make_unique<reader>(input_window(input), limits)) {}

message_reader::message_reader(input_source& source, const reading_limits& limits)
    : reader_(std::make_unique<reader>(input_window(source, piece), limits)) {}

message_reader::~message_reader() = default;

bool message_reader::next(message& m) { return reader_->next(m); }

std::size_t message_reader::offset() const noexcept { return reader_->offset(); }

message read_header_again(input_source& source, const message& first, const reading_limits& limits) {
    input_window window(source, small_piece);
    window.seek(first.start_line.offset);
    curl_notes notes;
    header_section section(window, notes, limits);
    message m;
    m.place = first.place;
    const std::size_t prefix = first.line_prefix == '\0' ? 0 : 2;
    dump_line line = window.line_at(first.start_line.offset, limits.line_bytes);
    line.prefix = first.line_prefix;
    static_cast<void>(section.read(m, line, start_line_of(window.text(line)), first.start_line.offset - prefix));
    return m;
}

std::vector<message> read_messages(std::string_view input) {
    std::vector<message> all;
    message_reader reader(input);
    for (message m; reader.next(m);) all.push_back(std::exchange(m, {}));
    return all;
}

}  // namespace authgrammar::audit
