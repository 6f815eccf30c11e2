// Where bodies end, beside what a plain reading of the whole input says: every short body that is put together of what start
// lines, chunks and trailer sections are made of, whole and in pieces, with a limit for lines that some of them meet.

#include <authgrammar/audit/message_reader.hpp>

#include "input/dump_line.hpp"
#include "pieces.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>

namespace {

using namespace authgrammar::audit;
using authgrammar::audit::testing::pieces;

constexpr auto npos = std::string_view::npos;

/// What is to be said of a body that begins at `begin`.
struct told_body {
    std::size_t bytes = 0;
    std::optional<span> doubt;
    bool trailers = false;

    friend bool operator==(const told_body& a, const told_body& b) {
        return a.bytes == b.bytes && a.doubt == b.doubt && a.trailers == b.trailers;
    }
    friend std::ostream& operator<<(std::ostream& out, const told_body& t) {
        out << t.bytes << " bytes" << (t.trailers ? ", trailers" : "");
        if (t.doubt) out << ", doubt at " << t.doubt->offset << '+' << t.doubt->length;
        return out;
    }
};

/// Reads a body with the whole input at hand, line by line and from the start each time.
class plain_reading {
public:
    plain_reading(std::string_view input, std::size_t begin, std::size_t longest)
        : input_(input), begin_(begin), longest_(longest) {}

    told_body by_length(std::optional<std::size_t> length) const {
        if (length && *length <= input_.size() - begin_ && message_or_end_at(begin_ + *length)) {
            return believed(begin_ + *length, false);
        }
        const std::size_t end = start_in(input_).value_or(input_.size());
        told_body out{end - begin_, {}, false};
        if (length && *length < end - begin_ &&
            input_.substr(begin_ + *length, end - begin_ - *length).find_first_not_of(" \t\r\n") != npos) {
            out.doubt = span{begin_ + *length, 0};
        }
        return out;
    }

    told_body by_chunks() const {
        std::size_t at = begin_;
        for (;;) {
            const dump_line head = line_at(input_, at);
            const std::string text(input_.substr(head.begin, head.end - head.begin));
            const std::size_t digits = std::min(text.find_first_not_of("0123456789abcdefABCDEF"), text.size());
            if (!head.whole || head.next == at || digits == 0 || digits > 8) break;
            const std::size_t size = std::stoul(text.substr(0, digits), nullptr, 16);
            at = head.next + size;
            if (size == 0) {
                const std::optional<std::size_t> end = trailers_end(at);
                if (!end || !message_or_end_at(*end)) break;
                const bool any = line_at(input_, at).begin != line_at(input_, at).end;
                return believed(any ? at : *end, any);
            }
            if (at > input_.size()) break;
            const dump_line behind = line_at(input_, at);
            if (behind.begin != behind.end || behind.next == at) break;
            at = behind.next;
        }
        return by_length(std::nullopt);
    }

private:
    dump_line line_at(std::string_view input, std::size_t at) const {
        const std::size_t lf = std::min(input.find('\n', at), input.size());
        if (lf - at > longest_) return {at, at + longest_, at + longest_, '\0', false, false, false};
        const bool has_cr = lf > at && input[lf - 1] == '\r';
        return {at, has_cr ? lf - 1 : lf, std::min(lf + 1, input.size()), '\0', false, true, lf != input.size()};
    }

    static std::string_view text_of(std::string_view input, const dump_line& line) {
        return input.substr(line.begin, line.end - line.begin);
    }

    /// Whether the input, or a message or a remark of curl, is all that stands there.
    bool message_or_end_at(std::size_t at) const {
        for (;;) {
            const dump_line raw = line_at(input_, at);
            if (raw.next == at) return true;
            at = raw.next;
            if (raw.begin == raw.end) continue;
            const dump_line line = as_verbose(raw, text_of(input_, raw));
            return line.note || (line.whole && is_start_line(text_of(input_, line)));
        }
    }

    /// Where the first message in the body starts, if the input is this one.
    std::optional<std::size_t> start_in(std::string_view input) const {
        for (std::size_t at = begin_; at < input.size();) {
            const std::size_t lf = std::min(input.find('\n', at), input.size());
            const std::size_t next = std::min(lf + 1, input.size());
            const std::size_t end = lf > at && input[lf - 1] == '\r' ? lf - 1 : lf;
            const std::string_view text = input.substr(at, end - at);
            const dump_line verbose = as_verbose({at, end, next}, text);
            if (next - at <= longest_ && is_start_line(text_of(input, verbose))) return at;
            // Behind a body without a line end; a status line is no longer than a line may be.
            const std::size_t status = text.rfind("HTTP/");
            if (status != npos && lf - (at + status + 3) < longest_ && status_of(text.substr(status)) != 0 &&
                field_line_of(text_of(input, line_at(input, next)))) {
                return at + status;
            }
            at = next;
        }
        return std::nullopt;
    }

    std::optional<std::size_t> trailers_end(std::size_t at) const {
        for (bool first = true;; first = false) {
            const dump_line line = line_at(input_, at);
            const std::string_view text = text_of(input_, line);
            if (!text.empty() && !field_line_of(text) && (first || !is_white(text.front()))) return std::nullopt;
            if (text.empty()) return line.next;
            at = line.next;
        }
    }

    /// A body that ends where it should, and holds what starts there.
    told_body believed(std::size_t body_end, bool trailers) const {
        told_body out{body_end - begin_, {}, trailers};
        const std::string_view body = input_.substr(0, body_end);
        if (const std::optional<std::size_t> inner = start_in(body)) {
            out.doubt = span_between(*inner, line_at(input_, *inner).end);
        }
        return out;
    }

    std::string_view input_;
    std::size_t begin_;
    std::size_t longest_;
};

told_body read_from(message_reader& reader) {
    message first;
    EXPECT_TRUE(reader.next(first));
    told_body out{first.body_bytes, first.doubt ? std::optional(first.doubt->at) : std::nullopt, false};
    EXPECT_FALSE(first.past_limit);
    message second;
    out.trailers = !out.doubt && reader.next(second) && second.place == message_place::trailers;
    while (reader.next(second)) {
    }
    return out;
}

constexpr std::size_t longest = 24;

void expect_told(const std::string& input, told_body expected) {
    const reading_limits limits{1000, 100, longest};
    // What else is read of a doubtful body comes first.
    if (expected.doubt) expected.trailers = false;
    message_reader whole(input, limits);
    ASSERT_EQ(read_from(whole), expected) << input;
    for (const std::size_t piece : {1U, 5U}) {
        pieces source(input, piece);
        message_reader reader(source, limits);
        ASSERT_EQ(read_from(reader), expected) << "in pieces of " << piece << ": " << input;
    }
}

/// Numbers that look like chance and are always the same.
class numbers {
public:
    std::size_t below(std::size_t n) {
        state_ = state_ * 6364136223846793005U + 1442695040888963407U;
        return static_cast<std::size_t>(state_ >> 33U) % n;
    }
    template <std::size_t N>
    const char* one_of(const char* const (&all)[N]) {
        return all[below(N)];
    }

private:
    std::uint64_t state_ = 1;
};

const char* const parts_of_lines[] = {"P",
                                      "P/",
                                      "/",
                                      "HTTP/",
                                      "HTTP/1.1 200 OK",
                                      "HTTP/1.1 200 OK",
                                      "HTTP/2 200",
                                      "HTTP/1.1 20",
                                      "GET / HTTP/1.1",
                                      "\n",
                                      "\n",
                                      "\n",
                                      "\r\n",
                                      "\r\n",
                                      "\r",
                                      "A: b\n",
                                      "A: b\r\n",
                                      "> GET / HTTP/1.1",
                                      "* a ",
                                      "{}",
                                      " ",
                                      "A: b",
                                      "x",
                                      "xxxxxxxx",
                                      "HTTP/1.1 200 ",
                                      "OK",
                                      "RTSP/1.0 200 OK\n",
                                      "< ",
                                      "\n\nP/",
                                      "P\n"};

TEST(framing_model, bodies_with_a_length) {
    const std::string head = "HTTP/1.1 401 X\r\nContent-Length: ";
    numbers random;
    for (int i = 0; i < 1200; ++i) {
        std::string body;
        for (std::size_t left = random.below(9); left != 0; --left) body += random.one_of(parts_of_lines);
        const std::string none = head + "x\r\n\r\n";
        ASSERT_NO_FATAL_FAILURE(
            expect_told(none + body, plain_reading(none + body, none.size(), longest).by_length(std::nullopt)));
        for (std::size_t length = 0; length <= body.size() + 1; ++length) {
            const std::string start = head + std::to_string(length) + "\r\n\r\n";
            const std::string input = start + body;
            ASSERT_NO_FATAL_FAILURE(expect_told(input, plain_reading(input, start.size(), longest).by_length(length)));
        }
    }
}

// Bodies of many times what is asked for at once, of which what was released cannot be read again.
TEST(framing_model, long_bodies) {
    const std::string filler = [] {
        std::string lines;
        while (lines.size() < 700000) lines += "a line of P/\nanother one\n";
        return lines;
    }();
    const std::string head = "HTTP/1.1 401 X\r\nContent-Length: ";
    const reading_limits limits{1000, 100, longest};
    numbers random;
    for (int i = 0; i < 60; ++i) {
        std::string body;
        for (std::size_t left = 1 + random.below(4); left != 0; --left) {
            body += random.one_of(parts_of_lines);
            if (random.below(2) == 0) body += filler.substr(random.below(filler.size()));
        }
        const std::size_t length = random.below(3) == 0 ? body.size() : random.below(body.size() + 2);
        if (random.below(2) == 0) body += "\r\nHTTP/1.1 407 X\r\n\r\n";
        const std::string start = head + std::to_string(length) + "\r\n\r\n";
        const std::string input = start + body;
        told_body expected = plain_reading(input, start.size(), longest).by_length(length);
        expected.trailers = false;
        pieces source(input, 50000);
        message_reader reader(source, limits);
        ASSERT_EQ(read_from(reader), expected) << start << body.size() << " bytes";
    }
}

TEST(framing_model, bodies_in_chunks) {
    const std::string head = "HTTP/1.1 401 X\r\nTransfer-Encoding: chunked\r\n\r\n";
    const char* const ends[] = {"\r\n", "\r\n", "\r\n", "\n", "\n", "\r", ""};
    const char* const extensions[] = {"", "", "", " ", ";a=b", ";a=\"a very long extension\"", "g"};
    const char* const trailers[] = {"A: b\r\n", "A: b\n",    "A: b",
                                    " c\r\n",   "stray\r\n", "A: a long value of 24 octets\n"};
    const char* const behind[] = {"",      "",    "HTTP/1.1 200 OK\r\nA: b\r\n\r\n", "\r\nGET / HTTP/1.1\n\n", "x",
                                  "* a\n", "\n\n"};
    numbers random;
    std::size_t believed = 0;
    for (int i = 0; i < 15000; ++i) {
        std::string body;
        for (std::size_t left = random.below(4); left != 0; --left) {
            std::string data;
            for (std::size_t n = 1 + random.below(4); n != 0; --n) data += random.one_of(parts_of_lines);
            const std::size_t size = data.size() + (random.below(8) == 0 ? random.below(3) : 1) - 1;
            char hex[20];
            std::snprintf(hex, sizeof hex, random.below(2) == 0 ? "%zx" : "%03zX", size);
            body += hex + std::string(random.one_of(extensions)) + random.one_of(ends) + data + random.one_of(ends);
        }
        body += (random.below(8) == 0 ? "" : "0") + std::string(random.one_of(extensions)) + random.one_of(ends);
        for (std::size_t left = random.below(3); left != 0; --left) body += random.one_of(trailers);
        body += random.one_of(ends);
        body += random.one_of(behind);
        const std::string input = head + body;
        const plain_reading plain(input, head.size(), longest);
        const told_body expected = plain.by_chunks();
        if (!(expected == plain.by_length(std::nullopt))) ++believed;
        ASSERT_NO_FATAL_FAILURE(expect_told(input, expected));
    }
    EXPECT_GT(believed, 1000U);
}

}  // namespace
