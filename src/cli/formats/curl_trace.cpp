#include "common/field_text.hpp"
#include "formats/converters.hpp"
#include "formats/line_text.hpp"
#include "formats/message_head.hpp"
#include "input/foreign.hpp"

#include <algorithm>
#include <optional>

namespace authlint {

namespace {

using authgrammar::audit::dump_time_length;
using authgrammar::detail::hex_value;

bool begins_with(std::string_view text, std::string_view start) noexcept {
    return text.substr(0, start.size()) == start;
}

/// A line of a dump: "0010: " and what stands behind it.
struct dump_row {
    std::size_t offset = 0;
    std::string_view rest;
};
std::optional<dump_row> row_of(std::string_view line) noexcept {
    dump_row row{};
    std::size_t at = 0;
    for (; at < line.size() && at < 16 && hex_value(line[at]) >= 0; ++at) {
        row.offset = row.offset * 16 + static_cast<unsigned>(hex_value(line[at]));
    }
    if (at < 4 || line.substr(at, 2) != ": ") return std::nullopt;
    row.rest = line.substr(at + 2);
    return row;
}

/// The bytes of "47 45 54 20 GET ": at most 16, in 48 columns. Nothing if it has another form.
std::optional<std::string> bytes_of_hex(std::string_view rest) {
    constexpr std::size_t columns = 48;
    std::string bytes;
    for (std::size_t at = 0; at < columns && at < rest.size(); at += 3) {
        const std::string_view pair = rest.substr(at, 3);
        if (pair == "   ") break;
        if (pair.size() != 3 || hex_value(pair[0]) < 0 || hex_value(pair[1]) < 0 || pair[2] != ' ') return std::nullopt;
        bytes += static_cast<char>(hex_value(pair[0]) * 16 + hex_value(pair[1]));
    }
    if (bytes.empty() || rest.size() != columns + bytes.size()) return std::nullopt;
    return bytes;
}

/// `curl --trace` and `--trace-ascii`, as the output of `curl -v`, whose notes and marks the reader of messages knows. In the
/// form of --trace-ascii a dot may stand for another byte.
class trace_text : public line_text {
public:
    using line_text::line_text;

protected:
    void take(std::string_view line, message_sink& out) override {
        const std::string_view what = line.substr(dump_time_length(line));
        if (begins_with(what, "== Info: ")) {
            finish(out);
            out.append(std::string("* ").append(what.substr(9)).append("\n"));
        } else if (begins_with(what, "=> Send ") || begins_with(what, "<= Recv ")) {
            begin(what, out);
        } else if (mark_ != '\0') {
            if (const auto row = row_of(line)) add(*row);
        }
    }

    void end(message_sink& out) override { finish(out); }

private:
    /// "=> Send header, 80 bytes (0x50)"
    void begin(std::string_view what, message_sink& out) {
        const char mark = what[0] == '=' ? '>' : '<';
        const bool header = begins_with(what.substr(8), "header,");
        // curl hands on a response line by line.
        if (header && mark == mark_ && mark == '<') {
            break_line(size_);
        } else {
            finish(out);
        }
        if (!header) return;
        mark_ = mark;
        if (place_.empty()) place_ = place();
        next_ = 0;
        size_ = 0;
        for (const char c : what.substr(std::min(what.find(", "), what.size() - 2) + 2)) {
            if (!authgrammar::detail::is_digit(c)) break;
            size_ = size_ * 10 + static_cast<unsigned>(c - '0');
        }
    }

    void add(const dump_row& row) {
        if (!hex_) hex_ = bytes_of_hex(row.rest).has_value();
        if (head_.size() > longest_head) return;
        if (*hex_) {
            if (const auto bytes = bytes_of_hex(row.rest)) head_ += *bytes;
            return;
        }
        break_line(row.offset);
        head_ += row.rest;
        next_ = row.offset + row.rest.size();
    }

    /// In ASCII a row ends before a CRLF, which is not shown, or goes on in the next row.
    void break_line(std::size_t offset) {
        if (hex_ && !*hex_ && offset > next_) head_ += "\r\n";
        next_ = offset;
    }

    void finish(message_sink& out) {
        if (mark_ == '\0') return;
        break_line(size_);
        if (auto head = head_of_text(head_, place_, out)) {
            std::string marked;
            std::string_view rest = head->text;
            while (!rest.empty()) {
                const std::size_t end = rest.find('\n') + 1;
                marked.append({mark_, ' '}).append(rest.substr(0, end));
                rest.remove_prefix(end);
            }
            out.append(marked, std::move(head->origin));
        }
        mark_ = '\0';
        place_.clear();
        head_.clear();
        next_ = size_ = 0;
    }

    char mark_ = '\0';  // of the message that is being read
    std::string place_;
    std::string head_;
    std::size_t size_ = 0;
    std::size_t next_ = 0;
    std::optional<bool> hex_;
};

/// `curl -v --trace-time`: the lines without their times.
class timed_text : public line_text {
public:
    using line_text::line_text;

protected:
    void take(std::string_view line, message_sink& out) override {
        out.append(line.substr(dump_time_length(line)));
        out.append("\n");
    }
    void end(message_sink&) override {}
};

class bytes_text : public message_text {
public:
    explicit bytes_text(std::unique_ptr<byte_source> source) : source_(std::move(source)) {}

protected:
    bool make(message_sink& out) override {
        if (ended_) return false;
        const std::string_view piece = source_->next();
        out.append(piece);
        read_ += piece.size();
        ended_ = piece.empty();
        if (const std::string why = source_->failure(); ended_ && !why.empty()) {
            out.unread("byte " + std::to_string(read_) + " of the text", why);
        }
        return true;
    }

private:
    std::unique_ptr<byte_source> source_;
    std::size_t read_ = 0;
    bool ended_ = false;
};

}  // namespace

std::unique_ptr<message_text> text_of_curl_trace(std::unique_ptr<byte_source> source) {
    return std::make_unique<trace_text>(std::move(source));
}

std::unique_ptr<message_text> text_of_timed_lines(std::unique_ptr<byte_source> source) {
    return std::make_unique<timed_text>(std::move(source));
}

std::unique_ptr<message_text> text_of_bytes(std::unique_ptr<byte_source> source) {
    return std::make_unique<bytes_text>(std::move(source));
}

}  // namespace authlint
