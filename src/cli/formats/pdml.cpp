#include "common/field_text.hpp"
#include "formats/converters.hpp"
#include "formats/exchange_pairs.hpp"
#include "formats/message_head.hpp"
#include "formats/xml_events.hpp"

#include <iterator>
#include <list>
#include <map>
#include <optional>
#include <string>
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
            end_frame(out);
        }
    }

    void end(message_sink& out) override {
        while (!open_.empty()) close(open_.begin(), out);
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
        if (name == "tcp.srcport") port_ = show;
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
            type_.clear();
            flags_ = 0;
        }
        if (frame_depth_ == 0) return;
        if (name == "http2.type" && type_.empty()) type_ = show;
        if (name == "http2.flags") flags_ = value.size() == 2 ? static_cast<unsigned>(hex_value(value[1])) : 0;
        if (name == "http2.streamid" && h2_stream_.empty()) h2_stream_ = show;
        if (name == "http2.header.name") name_ = decoded(value, show);
        if (name == "http2.header.value") fields_.add(name_, decoded(value, show));
    }

    /// A message of HTTP/2 whose stream goes on, so that trailers may follow.
    struct open_message {
        std::string key;   // of the exchange
        std::string port;  // that it is sent from
        message_head head;
        std::size_t bytes;  // without the trailers
    };
    using open_place = std::list<open_message>::iterator;

    /// A frame of HTTP/2.
    void end_frame(message_sink& out) {
        constexpr unsigned end_stream = 1;
        const bool carries = type_ == "0" || type_ == "1";
        const bool ends = (carries && (flags_ & end_stream) != 0) || type_ == "3";  // RST_STREAM
        const std::string key = stream_ + "/" + h2_stream_;
        any_ = any_ || !fields_.empty();
        const auto found = open_of(key, port_);
        if (!fields_.empty() && fields_.fields().front().first.substr(0, 1) == ":") {
            auto head = head_of_fields(fields_, "HTTP/2", place(), secured_, out);
            if (!head) return;
            head->origin.secured = secured_;
            if (found != open_.end()) close(found, out);
            const std::size_t bytes = head->text.size() + key.size();
            open_bytes_ += bytes;
            open_.push_back({key, port_, std::move(*head), bytes});
            open_by_key_[key + ' ' + port_] = std::prev(open_.end());
            if (ends || open_.back().head.is_interim()) close(std::prev(open_.end()), out);
        } else if (!fields_.empty() && (found == open_.end() || !add_trailers(found->head, fields_, place(), out))) {
            out.unread(place(), "a trailer section of HTTP/2 whose message is not known was not read");
        } else if (found != open_.end() && (ends || !fields_.empty())) {
            close(found, out);
        }
        while (open_.size() > exchange_pairs::most_waiting || open_bytes_ > exchange_pairs::most_bytes) {
            close(open_.begin(), out);
        }
    }

    [[nodiscard]] open_place open_of(const std::string& key, const std::string& port) {
        const auto found = open_by_key_.find(key + ' ' + port);
        return found == open_by_key_.end() ? open_.end() : found->second;
    }

    /// Gives a message that has come to its end, and before a response its request, which may still go on.
    void close(open_place which, message_sink& out) {
        if (which->head.status != 0) {
            for (auto other = open_by_key_.lower_bound(which->key + ' ');
                 other != open_by_key_.end() && other->second->key == which->key; ++other) {
                if (other->second->head.status != 0) continue;
                close(other->second, out);
                break;
            }
        }
        const open_message closed = std::move(*which);
        open_bytes_ -= closed.bytes;
        open_by_key_.erase(closed.key + ' ' + closed.port);
        open_.erase(which);
        pairs_.add(closed.key, closed.head, out);
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
    std::string port_;    // of TCP, that the packet comes from
    std::string proto_;
    std::string raw_;
    std::string h2_stream_;
    std::string type_;    // of the frame of HTTP/2
    unsigned flags_ = 0;  // of it, the lower four
    std::string name_;
    std::list<open_message> open_;
    std::map<std::string, open_place> open_by_key_;  // by exchange and port
    std::size_t open_bytes_ = 0;
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
