#include <authgrammar/audit/message.hpp>

#include "input/dump_line.hpp"
#include "input/framing.hpp"
#include "values/login_form.hpp"

#include <algorithm>
#include <utility>

namespace authgrammar::audit {

namespace {

class reader {
public:
    explicit reader(std::string_view input) : input_(input) {}

    std::vector<message> read() {
        while (at_ < input_.size()) read_next();
        flush_stray();
        if (messages_.empty()) {
            messages_.emplace_back();
            messages_.back().curl_notes = pending_notes_;
        }
        return std::move(messages_);
    }

private:
    /// At a place where a message may begin.
    void read_next() {
        const dump_line line = verbose_line_at(input_, at_);
        const std::string_view text = line.text(input_);
        if (line.note) {
            ++pending_notes_;
            take_note(text);
            at_ = line.next;
        } else if (is_start_line(text) || field_line_of(text)) {
            flush_stray();
            read_message(line);
        } else {
            if (!text.empty()) unreadable(stray_, line);
            at_ = line.next;
        }
    }

    void read_message(const dump_line& first) {
        message m{};
        m.curl_notes = std::exchange(pending_notes_, 0);
        const std::string_view text = first.text(input_);
        m.start_line = {first.begin, 0};
        if (const int status = status_of(text); status != 0) {
            m.start = start_kind::response;
            m.status = status;
        } else if (const std::string_view method = method_of(text); !method.empty()) {
            m.start = start_kind::request;
            m.method = method;
            m.target = target_of(text);
        }
        m.secured = secured_;
        if (m.start != start_kind::none) {
            m.start_line = span_between(first.begin, first.end);
            at_ = first.next;
        }
        if (read_header_section(m, first.prefix)) {
            const std::size_t body = at_;
            read_body(m, first.prefix);
            m.login_form = m.status == 401 && has_login_form(input_.substr(body, at_ - body));
        }
        messages_.push_back(std::move(m));
    }

    /// Reads field lines up to the empty line that ends the section, as the end of the input does, and answers true; or
    /// up to something else that ends it, and answers false.
    bool read_header_section(message& m, char prefix) {
        bool after_field = false;
        for (;;) {
            const dump_line line = prefix == '\0' ? raw_line_at(input_, at_) : verbose_line_at(input_, at_);
            if (line.note) {
                ++m.curl_notes;
                take_note(line.text(input_));
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
            } else {
                unreadable(m.unreadable, line);
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

    [[nodiscard]] std::size_t start_of_text(std::size_t begin, std::size_t end) const noexcept {
        return std::min(input_.find_first_not_of(" \t", begin), end);
    }

    void read_body(message& m, char prefix) {
        if (prefix == '\0' && m.start != start_kind::none) {
            const std::size_t end = body_end(input_, at_, m);
            m.body_bytes = end - at_;
            at_ = end;
            return;
        }
        // Behind what `curl -v` prints, and behind bare field lines, nothing says how long a body is. More field
        // lines are no body.
        while (at_ < input_.size()) {
            const dump_line line = verbose_line_at(input_, at_);
            const std::string_view text = line.text(input_);
            if (is_start_line(text) || (line.prefix != '\0' && field_line_of(text))) return;
            if (prefix == '\0' && m.body_bytes == 0 && field_line_of(text)) return;
            if (line.note) {
                ++m.curl_notes;
                take_note(text);
            } else if (!text.empty() || m.body_bytes != 0) {
                m.body_bytes += line.next - at_;
            }
            at_ = line.next;
        }
    }

    /// What curl says of its connections: a new one, TLS on it, or an old one taken up again.
    void take_note(std::string_view text) noexcept {
        const auto says = [text](std::string_view words) { return text.find(words) != std::string_view::npos; };
        if (text.substr(0, 11) == "*   Trying ") {
            ++connections_;
            secured_ = false;
        } else if (says("Re-using existing") || says("Reusing existing")) {
            if (connections_ > 1) secured_.reset();
        } else if ((says("SSL") || says("TLS") || says("QUIC")) && !says("Connected to") && !says("Host ")) {
            secured_ = true;
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
    std::size_t connections_ = 0;
    std::optional<bool> secured_;
    std::vector<span> stray_;
    std::vector<message> messages_;
};

}  // namespace

std::vector<message> read_messages(std::string_view input) { return reader(input).read(); }

}  // namespace authgrammar::audit
