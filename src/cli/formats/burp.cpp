#include "formats/converters.hpp"
#include "formats/message_head.hpp"
#include "formats/xml_events.hpp"
#include "values/login_form.hpp"

#include <optional>
#include <utility>

namespace authlint {

namespace {

/// base64 (RFC 4648, 4) as it comes in pieces; white space is left out.
class base64_reader {
public:
    /// Appends what `text` means. False if it is none.
    bool append(std::string& out, std::string_view text) {
        for (const char c : text) {
            if (c == ' ' || c == '\t' || c == '\r' || c == '\n') continue;
            if (c == '=') {
                ++padding_;
                continue;
            }
            const std::size_t digit = alphabet.find(c);
            if (digit == std::string_view::npos || padding_ != 0) return false;
            bits_ = (bits_ << 6U) | static_cast<unsigned>(digit);
            have_ += 6;
            if (have_ < 8) continue;
            have_ -= 8;
            out += static_cast<char>((bits_ >> have_) & 0xFFU);
        }
        return padding_ <= 2;
    }

private:
    static constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    unsigned bits_ = 0;
    unsigned have_ = 0;
    unsigned padding_ = 0;
};

/// Items of Burp Suite: <items><item><url/><protocol/><request base64="true"/><response base64="true"/></item></items>.
class burp_items : public xml_handler {
public:
    void begin_element(std::string_view name, const xml_attributes& attributes) override {
        within_ = name;
        if (name == "item") {
            ++item_;
            request_ = {};
            response_ = {};
            protocol_.clear();
        }
        if (name == "request" || name == "response") {
            part& p = name == "request" ? request_ : response_;
            p = {};
            p.there = true;
            p.base64 = attributes["base64"] == "true";
        }
    }

    void text(std::string_view characters) override {
        constexpr std::size_t most = longest_head + (std::size_t{64} << 10);
        if (within_ == "protocol" && protocol_.size() < 16) protocol_ += characters;
        if (within_ != "request" && within_ != "response") return;
        part& p = within_ == "request" ? request_ : response_;
        if (p.bytes.size() >= most) return;
        if (!p.base64) {
            p.bytes += characters;
        } else if (!p.broken) {
            p.broken = !p.reader.append(p.bytes, characters);
        }
    }

    void end_element(std::string_view name, message_sink& out) override {
        within_.clear();
        if (name != "item") return;
        const std::string place = "item " + std::to_string(item_);
        if (!request_.there && !response_.there) out.unread(place, "there is no request and no response");
        give(request_, place + ", request", out);
        give(response_, place + ", response", out);
    }

    void end(message_sink&) override {}

private:
    struct part {
        std::string bytes;
        base64_reader reader;
        bool there = false;
        bool base64 = false;
        bool broken = false;
    };

    void give(part& p, const std::string& place, message_sink& out) {
        if (p.broken) out.unread(place, "its base64 is broken, and was read as far as that");
        if (!p.there || p.bytes.empty()) return;
        // XML has LF for every line end, and a character for every byte.
        if (!p.base64) p.bytes = wire_bytes(p.bytes);
        auto head = head_of_text(p.bytes, place, out);
        if (!head) return;
        if (protocol_ == "https" || protocol_ == "http") head->origin.secured = protocol_ == "https";
        head->origin.login_form = head->status == 401 && authgrammar::audit::has_login_form(
                                                             std::string_view(p.bytes).substr(head_size(p.bytes)));
        append(out, std::move(*head));
    }

    std::string within_;
    std::string protocol_;
    part request_;
    part response_;
    std::size_t item_ = 0;
};

}  // namespace

std::unique_ptr<message_text> text_of_burp(std::unique_ptr<byte_source> source) {
    return text_of_xml(std::move(source), std::make_unique<burp_items>());
}

}  // namespace authlint
