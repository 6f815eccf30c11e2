#include "common/field_text.hpp"
#include "formats/converters.hpp"
#include "formats/exchange_pairs.hpp"
#include "formats/line_reader.hpp"
#include "formats/message_head.hpp"
#include "input/dump_line.hpp"
#include "values/login_form.hpp"

#include <algorithm>
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

/// Looks for the first line of a record behind two line ends, which records end with, in bytes that come piece by piece. Linear.
class next_record {
public:
    static constexpr std::string_view ends = "\r\n\r\n";
    static constexpr std::string_view line = "WARC/1.";

    /// How many bytes of `piece` end with the first one that was looked for; all of them, if it is not there.
    std::size_t look_through(std::string_view piece) noexcept {
        for (std::size_t at = 0; at < piece.size(); ++at) {
            if (seen_ == 0) {
                at = std::min(piece.find(ends.front(), at), piece.size());
                if (at == piece.size()) break;
            }
            const char c = piece[at];
            const char wanted = seen_ < ends.size() ? ends[seen_] : line[seen_ - ends.size()];
            if (c == wanted) {
                if (++seen_ == ends.size() + line.size()) return at + 1;
            } else if (c == '\r') {
                // "\r\n\r\n" may go on with more line ends.
                seen_ = seen_ == ends.size() ? 3 : 1;
            } else {
                seen_ = 0;
            }
        }
        return piece.size();
    }
    /// How many bytes of `line` the last piece ended with, if it was not found.
    [[nodiscard]] std::size_t begun() const noexcept { return seen_ - std::min(seen_, ends.size()); }
    [[nodiscard]] bool found() const noexcept { return seen_ == ends.size() + line.size(); }

private:
    std::size_t seen_ = 0;
};

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

    /// The first bytes of a block: its head, and what a login form needs of its body. Where the length lies, it ends where the
    /// next record begins.
    std::string read_block(std::size_t length, bool wanted, message_sink& out) {
        constexpr std::size_t most_block = longest_head + (std::size_t{64} << 10);
        std::string block;
        const auto keep = [&](std::string_view bytes) {
            if (wanted && block.size() < most_block) block += bytes;
        };
        std::size_t left = length;
        next_record next;
        while (left != 0) {
            const std::string_view piece = lines_.take(left);
            if (piece.empty()) break;
            const std::size_t used = next.look_through(piece);
            left -= used;
            keep(piece.substr(0, used));
            if (!next.found()) continue;
            std::string ahead(piece.substr(used));
            if (!ends_as_it_says(ahead, left)) {
                left += next_record::line.size();
                lines_.put_back(std::string(next_record::line) + ahead);
                break;
            }
            keep(std::string_view(ahead).substr(0, left));
            lines_.put_back(ahead.substr(left));
            left = 0;
        }
        bool is_too_long = left != 0 && next.found();
        if (left == 0 && !next.found()) {
            left = begun_in_block(next.begun());
            is_too_long = left != 0;
        }
        const std::string bytes = std::to_string(left);
        if (is_too_long) {
            out.unread(here(),
                       "its Content-Length is " + bytes + " bytes too large: the next record begins before its end");
        } else if (left != 0) {
            out.unread(here(), "it ends " + bytes + " bytes before its Content-Length says");
        }
        return block;
    }

    /// How much of the first line of the next record a block has taken that ends with `begun` bytes like it. They are given back.
    std::size_t begun_in_block(std::size_t begun) {
        if (begun == 0) return 0;
        std::string more;
        while (more.size() < next_record::line.size() - begun) {
            const std::string_view piece = lines_.take(next_record::line.size() - begun - more.size());
            if (piece.empty()) break;
            more += piece;
        }
        const bool is_line = more == next_record::line.substr(begun);
        lines_.put_back(std::string(next_record::line.substr(0, is_line ? begun : 0)) + more);
        return is_line ? begun : 0;
    }

    /// Whether a block that holds the first line of a record, as an archive in an archive does, ends `left` bytes further on as a
    /// block does. Appends the bytes up to there to `ahead`. A length that leads too far to look is not believed, nor is any
    /// after one that lied: bytes are read twice once at most.
    bool ends_as_it_says(std::string& ahead, std::size_t left) {
        constexpr std::size_t furthest = std::size_t{8} << 20;
        constexpr std::size_t behind = 16;  // line ends and the start of a line
        if (!lengths_lie_ && left <= furthest) {
            while (ahead.size() < left + behind) {
                const std::string_view piece = lines_.take(left + behind - ahead.size());
                if (piece.empty()) break;
                ahead += piece;
            }
            const std::string_view rest = std::string_view(ahead).substr(std::min(left, ahead.size()));
            const std::size_t line = std::min(rest.find_first_not_of("\r\n"), rest.size());
            if (ahead.size() >= left && (line == rest.size() || begins_record(rest.substr(line)))) return true;
        }
        lengths_lie_ = true;
        return false;
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
    bool lengths_lie_ = false;
    bool ended_ = false;
};

}  // namespace

std::unique_ptr<message_text> text_of_warc(std::unique_ptr<byte_source> source) {
    return std::make_unique<warc_text>(std::move(source));
}

}  // namespace authlint
