#include "common/field_text.hpp"
#include "formats/converters.hpp"
#include "formats/exchange_pairs.hpp"
#include "formats/message_head.hpp"
#include "formats/xml_events.hpp"

#include <optional>
#include <utility>

namespace authlint {

namespace {

using authgrammar::detail::hex_value;

void append_hex(std::string& out, std::string_view digits) {
    for (std::size_t i = 0; i + 1 < digits.size(); i += 2) {
        const int high = hex_value(digits[i]);
        const int low = hex_value(digits[i + 1]);
        if (high < 0 || low < 0) return;
        out += static_cast<char>(high * 16 + low);
    }
}

/// The octets of a field of HTTP/2; `shown` is how tshark prints them.
std::string decoded(std::string_view digits, std::string_view shown) {
    std::string bytes;
    append_hex(bytes, digits);
    return bytes.empty() ? std::string(shown) : bytes;
}

/// The packets that tshark describes in PDML: heads of HTTP/1 as the bytes of their lines, those of HTTP/2 as fields.
class packets : public xml_handler {
public:
    void begin_element(std::string_view name, const xml_attributes& attributes) override {
        ++depth_;
        if (name == "packet") {
            frame_.clear();
            stream_.clear();
            secured_ = false;
        } else if (name == "proto") {
            proto_ = attributes["name"];
            raw_.clear();
        } else if (name == "field") {
            field(attributes["name"], attributes["show"], attributes["value"]);
        }
    }

    void text(std::string_view) override {}

    void end_element(std::string_view name, message_sink& out) override {
        --depth_;
        if (name == "proto" && proto_ == "http" && !raw_.empty()) {
            give(head_of_text(raw_, place(), out), stream_, out);
            raw_.clear();
        }
        if (name == "field" && depth_ + 1 == frame_depth_) {
            frame_depth_ = 0;
            if (!fields_.empty() && fields_.fields().front().first.substr(0, 1) == ":") {
                give(head_of_fields(fields_, "HTTP/2", place(), secured_, out), stream_ + "/" + h2_stream_, out);
            } else if (!fields_.empty()) {
                out.unread(place(), "a trailer section of HTTP/2 was not read");
            }
        }
    }

    void end(message_sink& out) override {
        pairs_.flush(out);
        if (!any_) {
            out.unread("the capture",
                       "tshark finds no HTTP message in it; if it is TLS, the capture has to hold the keys "
                       "(editcap --inject-secrets)");
        }
    }

private:
    [[nodiscard]] std::string place() const { return "frame " + frame_; }

    void field(std::string_view name, std::string_view show, std::string_view value) {
        if (name == "frame.number") frame_ = show;
        if (name == "frame.protocols") secured_ = show.find(":tls:") != std::string_view::npos;
        if (name == "tcp.stream") stream_ = show;
        if (proto_ == "http") {
            // The start line is the first one without a name.
            const bool starts = raw_.empty() && name.empty();
            const bool is_line = name == "http.request.line" || name == "http.response.line";
            if ((starts || (is_line && !raw_.empty())) && raw_.size() <= longest_head) append_hex(raw_, value);
        }
        if (name == "http2.stream") {
            frame_depth_ = depth_;
            fields_.clear();
            h2_stream_.clear();
        }
        if (frame_depth_ == 0) return;
        if (name == "http2.streamid" && h2_stream_.empty()) h2_stream_ = show;
        if (name == "http2.header.name") name_ = decoded(value, show);
        if (name == "http2.header.value") fields_.add(name_, decoded(value, show));
    }

    void give(std::optional<message_head> head, const std::string& key, message_sink& out) {
        if (!head) return;
        any_ = true;
        head->origin.secured = secured_;
        pairs_.add(key, std::move(*head), out);
    }

    exchange_pairs pairs_;
    std::string frame_;
    std::string stream_;  // of TCP
    std::string proto_;
    std::string raw_;
    std::string h2_stream_;
    std::string name_;
    header_block fields_;
    std::size_t depth_ = 0;
    std::size_t frame_depth_ = 0;  // of the frame of HTTP/2 that is read; 0 outside
    bool secured_ = false;
    bool any_ = false;
};

/// XML whose attribute values are cut at 1 MiB: a body is one.
class short_values : public filtered_source {
public:
    using filtered_source::filtered_source;

private:
    void take(char c, std::string& out) override {
        if (c == '"') {
            quoted_ = !quoted_;
            size_ = 0;
        }
        if (size_ > longest_head && !in_reference_) return;
        if (quoted_) {
            ++size_;
            in_reference_ = c == '&' || (in_reference_ && c != ';');
        }
        out += c;
    }

    std::size_t size_ = 0;
    bool quoted_ = false;
    bool in_reference_ = false;
};

}  // namespace

std::unique_ptr<message_text> text_of_pdml(std::unique_ptr<byte_source> source) {
    return text_of_xml(std::make_unique<short_values>(std::move(source)), std::make_unique<packets>());
}

}  // namespace authlint
