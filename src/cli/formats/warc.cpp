#include "common/field_text.hpp"
#include "formats/converters.hpp"
#include "formats/exchange_pairs.hpp"
#include "formats/line_reader.hpp"
#include "formats/message_head.hpp"
#include "input/dump_line.hpp"
#include "values/login_form.hpp"

#include <optional>
#include <utility>

namespace authlint {

namespace {

using authgrammar::detail::equal_ignoring_case;
using authgrammar::detail::trimmed;

/// What the header of a record says of it (WARC 1.1, 5).
struct warc_record {
    std::string type;
    std::string id;
    std::string concurrent_to;
    std::string uri;
    std::string content_type;
    std::optional<std::size_t> length;
};

std::optional<std::size_t> number_of(std::string_view digits) {
    if (digits.empty() || digits.size() > 18) return std::nullopt;
    std::size_t n = 0;
    for (const char c : digits) {
        if (!authgrammar::detail::is_digit(c)) return std::nullopt;
        n = n * 10 + static_cast<unsigned>(c - '0');
    }
    return n;
}

bool begins_record(std::string_view line) noexcept { return line.substr(0, 5) == "WARC/"; }

/// WARC 1.0 and 1.1: the requests and responses of HTTP, paired by WARC-Concurrent-To.
class warc_text : public message_text {
public:
    explicit warc_text(std::unique_ptr<byte_source> source) : source_(std::move(source)) {}

protected:
    bool make(message_sink& out) override {
        if (ended_) return false;
        auto line = lines_.next();
        while (line && line->empty()) line = lines_.next();
        if (!line) {
            ended_ = true;
            pairs_.flush(out);
            if (const std::string why = source_->failure(); !why.empty())
                out.unread("byte " + std::to_string(lines_.offset()), why);
            return true;
        }
        if (!begins_record(*line)) {
            out.unread(here(), "no record begins where the one before it ends by its Content-Length");
            while (line && !begins_record(*line)) line = lines_.next();
            if (line) lines_.again();
            return true;
        }
        ++record_;
        read_record(out);
        return true;
    }

private:
    [[nodiscard]] std::string here() const {
        return record_ == 0 ? "line " + std::to_string(lines_.number()) : "record " + std::to_string(record_);
    }

    warc_record read_header() {
        warc_record r;
        for (auto line = lines_.next(); line && !line->empty(); line = lines_.next()) {
            const std::size_t colon = line->find(':');
            if (colon == std::string_view::npos) continue;
            const std::string_view name = line->substr(0, colon);
            const std::string_view value = trimmed(line->substr(colon + 1));
            const auto is = [name](std::string_view other) { return equal_ignoring_case(name, other); };
            if (is("WARC-Type")) r.type = value;
            if (is("WARC-Record-ID")) r.id = value;
            if (is("WARC-Concurrent-To") && r.concurrent_to.empty()) r.concurrent_to = value;
            if (is("WARC-Target-URI")) r.uri = value;
            if (is("Content-Type")) r.content_type = value;
            if (is("Content-Length")) r.length = number_of(value);
        }
        return r;
    }

    void read_record(message_sink& out) {
        const warc_record r = read_header();
        if (!r.length) {
            out.unread(here(), "its Content-Length is missing or is none; it goes on at the next record");
            auto line = lines_.next();
            while (line && !begins_record(*line)) line = lines_.next();
            if (line) lines_.again();
            return;
        }
        const bool wanted = (r.type == "request" || r.type == "response" || r.type == "revisit") &&
                            equal_ignoring_case(std::string_view(r.content_type).substr(0, 16), "application/http");
        const std::string block = read_block(*r.length, wanted, out);
        if (wanted) give(r, block, out);
    }

    /// The first bytes of a block: its head, and what a login form needs of its body.
    std::string read_block(std::size_t length, bool wanted, message_sink& out) {
        constexpr std::size_t most_body = std::size_t{64} << 10;
        std::string block;
        std::size_t left = length;
        while (left != 0) {
            const std::string_view piece = lines_.take(left);
            if (piece.empty()) {
                out.unread(here(), "it ends " + std::to_string(left) + " bytes before its Content-Length says");
                break;
            }
            left -= piece.size();
            if (wanted && block.size() < longest_head + most_body) block += piece;
        }
        return block;
    }

    void give(const warc_record& r, const std::string& block, message_sink& out) {
        auto head = head_of_text(block, here(), out);
        if (!head) return;
        if (const auto url = parts_of_url(r.uri)) head->origin.secured = url->secured;
        const std::string_view body = std::string_view(block).substr(head_size(block));
        head->origin.login_form = head->status == 401 && authgrammar::audit::has_login_form(body);
        // Either record may name the other one. If neither does, a request and a response in a row belong together.
        const bool named = !r.concurrent_to.empty();
        std::string key = named ? r.concurrent_to : r.id;
        const bool follows =
            !named && !last_.named && last_.uri == r.uri && (last_.type == "request") != (r.type == "request");
        if (follows) key = last_.key;
        last_ = {r.type, r.uri, key, named || follows};
        pairs_.add(key, std::move(*head), out);
    }

    struct seen {
        std::string type;
        std::string uri;
        std::string key;
        bool named = true;
    };
    std::unique_ptr<byte_source> source_;
    line_reader lines_{*source_};
    exchange_pairs pairs_{true};
    seen last_;
    std::size_t record_ = 0;
    bool ended_ = false;
};

}  // namespace

std::unique_ptr<message_text> text_of_warc(std::unique_ptr<byte_source> source) {
    return std::make_unique<warc_text>(std::move(source));
}

}  // namespace authlint
