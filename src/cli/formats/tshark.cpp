#include "common/field_text.hpp"
#include "formats/converters.hpp"
#include "formats/exchange_pairs.hpp"
#include "formats/line_text.hpp"
#include "formats/message_head.hpp"

#include <optional>

namespace authlint {

namespace {

bool begins_with(std::string_view text, std::string_view start) noexcept {
    return text.substr(0, start.size()) == start;
}

bool ends_with(std::string_view text, std::string_view end) noexcept {
    return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

/// `tshark -V`: a packet from "Frame 1:" on, and in it a paragraph for each protocol, whose lines are indented.
class tshark_text : public line_text {
public:
    using line_text::line_text;

protected:
    void take(std::string_view line, message_sink& out) override {
        if (!line.empty() && line[0] != ' ') {
            finish(out);
            begin_paragraph(line);
        } else if (begins_with(line, "    [Stream index: ")) {
            stream_ = line.substr(19, line.find(']') == std::string_view::npos ? 0 : line.find(']') - 19);
        } else if (http1_) {
            take_http1(line, out);
        } else if (http2_) {
            take_http2(line, out);
        }
    }

    void end(message_sink& out) override {
        finish(out);
        pairs_.flush(out);
    }

private:
    static constexpr std::string_view line_end = "\\r\\n";

    void begin_paragraph(std::string_view line) {
        if (begins_with(line, "Frame ")) {
            frame_ = line.substr(6, line.find(':') == std::string_view::npos ? 0 : line.find(':') - 6);
            secured_ = false;
        }
        secured_ = secured_ || begins_with(line, "Transport Layer Security");
        http1_ = line == "Hypertext Transfer Protocol";
        http2_ = line == "HyperText Transfer Protocol 2";
    }

    void take_http1(std::string_view line, message_sink& out) {
        if (!begins_with(line, "    ") || begins_with(line, "     ")) return;
        line.remove_prefix(4);
        if (begins_with(line, "[truncated]")) {
            out.unread(place_of_frame(), "tshark cut a long line; give authlint the capture itself");
            return;
        }
        if (!ends_with(line, line_end)) return;
        line.remove_suffix(line_end.size());
        if (raw_.size() <= longest_head) raw_.append(line).append("\r\n");
        if (line.empty()) {
            finish(out);
            http1_ = false;
        }
    }

    void take_http2(std::string_view line, message_sink& out) {
        if (begins_with(line, "    Stream: ")) {
            finish(out);
            const std::size_t id = line.find("Stream ID: ");
            const std::string_view number = id == std::string_view::npos ? std::string_view() : line.substr(id + 11);
            h2_stream_ = number.substr(0, number.find(','));
        } else if (begins_with(line, "        Header: ")) {
            const std::string_view field = line.substr(16);
            const std::size_t colon = field.find(": ", 1);
            if (colon != std::string_view::npos) {
                fields_.add(std::string(field.substr(0, colon)), std::string(field.substr(colon + 2)));
            }
        }
    }

    [[nodiscard]] std::string place_of_frame() const { return "frame " + frame_; }

    void finish(message_sink& out) {
        if (!raw_.empty() && raw_ != "\r\n") give(head_of_text(raw_, place_of_frame(), out), stream_, out);
        if (!fields_.empty() && begins_with(fields_.fields().front().first, ":")) {
            give(head_of_fields(fields_, "HTTP/2", place_of_frame(), secured_, out), stream_ + "/" + h2_stream_, out);
        } else if (!fields_.empty()) {
            out.unread(place_of_frame(), "a trailer section of HTTP/2 was not read");
        }
        raw_.clear();
        fields_.clear();
    }

    void give(std::optional<message_head> head, const std::string& key, message_sink& out) {
        if (!head) return;
        head->origin.secured = secured_;
        pairs_.add(key, std::move(*head), out);
    }

    exchange_pairs pairs_;
    std::string frame_;
    std::string stream_;  // of TCP
    std::string h2_stream_;
    std::string raw_;
    header_block fields_;
    bool secured_ = false;
    bool http1_ = false;
    bool http2_ = false;
};

}  // namespace

std::unique_ptr<message_text> text_of_tshark(std::unique_ptr<byte_source> source) {
    return std::make_unique<tshark_text>(std::move(source));
}

}  // namespace authlint
