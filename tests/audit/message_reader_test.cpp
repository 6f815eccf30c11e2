// Messages that are read from pieces: the same as those of the whole input, in bounded memory, as soon as they can be told.

#include <authgrammar/audit/message_reader.hpp>

#include "described.hpp"
#include "pieces.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

using namespace authgrammar::audit;
using authgrammar::audit::testing::described;
using authgrammar::audit::testing::pieces;

std::vector<message> all_of(message_reader& reader) {
    std::vector<message> all;
    // Its memory is used again, as it is by those who read many.
    for (message m; reader.next(m);) all.push_back(m);
    return all;
}

std::string in_pieces(std::string_view input, std::size_t piece, std::size_t cut = std::string_view::npos) {
    pieces source(input, piece, cut);
    message_reader reader(source);
    return described(all_of(reader));
}

std::string content_of(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<std::string> texts_in(const std::string& folder) {
    std::vector<std::filesystem::path> paths;
    const std::filesystem::path root = std::filesystem::path(AUTHGRAMMAR_SOURCE_DIR) / folder;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) {
        if (entry.is_regular_file()) paths.push_back(entry.path());
    }
    std::sort(paths.begin(), paths.end());
    std::vector<std::string> out;
    for (const auto& path : paths) out.push_back(content_of(path));
    if (out.empty()) throw std::runtime_error("no inputs in " + folder);
    return out;
}

const std::string ok = "HTTP/1.1 200 OK\r\n";
const std::string next = "HTTP/1.1 407 X\r\nA: b\r\n\r\n";

/// Inputs whose framing takes a look ahead, or a second reading.
std::vector<std::string> framed_texts() {
    const std::string inner = "HTTP/1.1 401 X\r\nWWW-Authenticate: Basic realm=\"x\r\n\r\n";
    const auto with_length = [](std::size_t n, const std::string& rest) {
        return ok + "Content-Length: " + std::to_string(n) + "\r\n\r\n" + rest;
    };
    return {with_length(inner.size(), inner + next),
            with_length(inner.size() - 4, inner + next),
            with_length(3, "abc\nWWW-Authenticate: Basic realm=\"x\r\n" + next),
            with_length(8, "GET / HTTP/1.1\r\nHost: a\r\n\r\n" + next),
            with_length(17, "{}HTTP/1.1 200 OKxyz\r\nA: b\r\n\r\n" + next),
            with_length(500, "abc\n" + next),
            with_length(2, "{}" + next),
            ok + "Transfer-Encoding: chunked\r\n\r\n" + "34\r\n" + inner.substr(0, 52) + "\r\n0\r\n\r\n" + next,
            ok + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\nWWW-Authenticate: A\r\n x\r\n\r\n" + next,
            ok + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\nX: HTTP/1.1 200 OK\r\nA: b\r\n\r\n" + next,
            ok + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nP\n" + next,
            ok + "\r\nP",
            ok + "\r\nP/P/HTTP/1.1 200 OK\r\nA: b\r\n\r\n",
            "HTTP/1.1 401 X\r\nContent-Length: 34\r\n\r\n<form><input type=password></form>" + next,
            "HTTP/1.1 401 X\r\n\r\n<form>\n<p>\n<input\ntype=password></form>\n" + next};
}

TEST(message_reader, pieces_are_as_the_whole) {
    std::vector<std::string> texts = texts_in("tests/audit/field");
    for (const std::string& text : framed_texts()) texts.push_back(text);
    for (const std::string& text : texts) {
        const std::string whole = described(read_messages(text));
        for (const std::size_t piece : {1U, 2U, 3U, 7U, 64U}) ASSERT_EQ(in_pieces(text, piece), whole) << text;
    }
}

TEST(message_reader, cut_at_every_byte) {
    std::vector<std::string> texts = framed_texts();
    for (const std::string& text : texts_in("tests/audit/field/cases")) {
        if (text.size() < 600) texts.push_back(text);
    }
    for (const std::string& text : texts) {
        const std::string whole = described(read_messages(text));
        for (std::size_t cut = 1; cut < text.size(); ++cut) {
            ASSERT_EQ(in_pieces(text, text.size(), cut), whole) << "cut at " << cut << ": " << text;
            const std::string_view start = std::string_view(text).substr(0, cut);
            ASSERT_EQ(in_pieces(start, 5), described(read_messages(start))) << "ends at " << cut << ": " << text;
        }
    }
}

/// Pieces behind which no more may be asked for.
class awaited : public input_source {
public:
    std::size_t read(std::size_t offset, char* into, std::size_t size) override {
        if (offset >= text.size()) throw std::logic_error("awaits more");
        const std::size_t n = std::min(size, text.size() - offset);
        std::memcpy(into, text.data() + offset, n);
        return n;
    }
    std::string text;
};

// A message that is there is told before the next byte is awaited, as far as its framing allows.
TEST(message_reader, does_not_wait) {
    awaited source;
    message_reader reader(source);
    message m;
    for (const std::string text :
         {"GET / HTTP/1.1\r\nHost: a\r\n\r\n", "HTTP/1.1 204 No Content\r\n\r\n", "> GET / HTTP/1.1\n> \n", "A: b\n\n",
          "HTTP/1.1 100 Continue\r\n\r\n", "GET /b HTTP/1.1\r\nAuthorization: Basic abc\r\n\r\n"}) {
        source.text += text;
        ASSERT_TRUE(reader.next(m)) << text;
        EXPECT_EQ(m.start_line.offset + m.header->size() <= source.text.size(), true);
        EXPECT_GE(reader.offset(), source.text.size() - 1);
    }
    source.text += ok + "Content-Length: 3\r\n\r\nabc";
    EXPECT_THROW(static_cast<void>(reader.next(m)), std::logic_error) << "what follows tells whether that is the body";
}

std::string repeated(const std::string& unit, std::size_t size) {
    std::string out;
    while (out.size() < size) out += unit;
    return out;
}

constexpr std::size_t mebibyte = std::size_t{1} << 20;

// What is kept of a body is no more than a line, whatever it is and whatever frames it.
TEST(message_reader, keeps_little_of_a_body) {
    const std::string lines = repeated("a line of a body, about HTTP/1.1 200 OK\n", 8 * mebibyte);
    const std::string size = std::to_string(lines.size());
    std::ostringstream hex;
    hex << std::hex << lines.size();
    // What is asked for at once, what is shown to the search for a form, and a line.
    constexpr std::size_t little = (std::size_t{1} << 17) + (std::size_t{1} << 14) + 100;
    const std::pair<std::string, std::size_t> all[] = {
        {ok + "\r\n" + lines + next, little},
        {ok + "Content-Length: " + size + "\r\n\r\n" + lines + next, little},
        {ok + "Transfer-Encoding: chunked\r\n\r\n" + hex.str() + "\r\n" + lines + "\r\n0\r\n\r\n" + next, little},
        {ok + "\r\n" + std::string(8 * mebibyte, '\n') + next, little},
        {"HTTP/1.1 401 X\r\n\r\n" + lines + next, little},
        {"HTTP/1.1 401 X\r\nContent-Length: " + size + "\r\n\r\n" + lines + next, little},
        {"< HTTP/1.1 200 OK\n< \n" + lines + "< HTTP/1.1 407 X\n< A: b\n", little},
        {"HTTP/1.1 401 X\r\n\r\n<form>" + repeated("<input type=text", mebibyte) + "\n" + next, 2 * mebibyte},
        {ok + "\r\n" + std::string(8 * mebibyte, 'P') + "\n" + next, 5 * mebibyte},
        {ok + "\r\n" + repeated("HTTP/", 8 * mebibyte) + "\n" + next, 5 * mebibyte},
        {std::string(8 * mebibyte, 'x') + "\n" + next, 5 * mebibyte},
        {"A: " + std::string(8 * mebibyte, 'x') + "\n" + next, 5 * mebibyte},
    };
    for (const auto& [input, most] : all) {
        pieces source(input, mebibyte);
        message_reader reader(source);
        message m;
        std::size_t count = 0;
        while (reader.next(m)) ++count;
        EXPECT_EQ(count, 2u) << input.substr(0, 80);
        EXPECT_EQ(m.status, 407) << input.substr(0, 80);
        EXPECT_LE(source.most_kept, most) << input.substr(0, 80);
    }
}

// A form in a body that is long is found wherever it stands, and once.
TEST(message_reader, shows_a_body_to_the_search_for_a_form_once) {
    const std::string line = "a line of a body, about HTTP/1.1 200 OK\n";
    const auto asks = [](const std::string& body) {
        bool all = true;
        bool none = true;
        const std::string framed =
            "HTTP/1.1 401 X\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body + next;
        for (const std::string& input : {"HTTP/1.1 401 X\r\n\r\n" + body + next, framed}) {
            for (const std::size_t piece : {std::size_t{1000}, mebibyte}) {
                pieces source(input, piece);
                message_reader reader(source);
                message m;
                EXPECT_TRUE(reader.next(m));
                EXPECT_EQ(m.body_bytes, body.size());
                all = all && m.login_form;
                none = none && !m.login_form;
            }
        }
        EXPECT_NE(all, none);
        return all;
    };
    const std::string input = "<input type=password>\n";
    const std::string long_text = repeated(line, 40000);
    EXPECT_FALSE(asks(input + long_text + "<form>\n" + long_text)) << "the form stands behind it";
    EXPECT_TRUE(asks("<form>\n" + long_text + input + long_text));
    EXPECT_TRUE(asks("<form>\n" + long_text + input));
    for (std::size_t filler = 16300; filler < 16420; filler += 3) {
        EXPECT_TRUE(asks(std::string(filler, 'x') + "\n<form>" + input + long_text)) << filler;
    }
}

// A format is told by more bytes than a read may give.
TEST(message_reader, foreign_formats_in_pieces) {
    using namespace std::string_literals;
    for (const std::string& input :
         {"{\n \"log\" : {\"version\": \"1.2\", \"entries\": []}\n}\n"s, "\xD4\xC3\xB2\xA1\x02\0\x04\0"s + next,
          "\n\r\r\n\x1C\0\0\0\x4D\x3C\x2B\x1A"s + next, "\xFF\xFE\0\0"s + next, "HTTP/1.1 401 X\rA: b\r\r"s}) {
        EXPECT_TRUE(read_messages(input).at(0).foreign) << input;
        for (const std::size_t piece : {1U, 2U, 5U})
            EXPECT_EQ(in_pieces(input, piece), described(read_messages(input)));
    }
}

// Where what lies between has to be kept, and cannot be, one of the readings is left out, and said to be.
TEST(message_reader, what_a_source_cannot_keep) {
    const std::string lines = repeated("a line of a body\n", 4 * mebibyte);
    const std::string input =
        ok + "Content-Length: " + std::to_string(next.size() + lines.size()) + "\r\n\r\n" + next + lines + ok;
    pieces source(input, mebibyte);
    source.can_keep = mebibyte;
    message_reader reader(source);
    const std::vector<message> all = all_of(reader);
    ASSERT_EQ(all.size(), 3u);
    ASSERT_TRUE(all[0].past_limit);
    EXPECT_EQ(all[0].past_limit->limit, reading_limit::kept_bytes);
    EXPECT_EQ(all[1].status, 407);
    pieces enough(input, mebibyte);
    message_reader other(enough);
    const std::vector<message> both = all_of(other);
    ASSERT_EQ(both.size(), 3u);
    EXPECT_FALSE(both[0].past_limit);
    EXPECT_EQ(both[1].place, message_place::body);
}

// To the last byte: what a source has to keep to read the body in both ways.
TEST(message_reader, what_a_source_can_just_keep) {
    const auto unchecked = [](const std::string& input, std::size_t can_keep) {
        pieces source(input, mebibyte);
        source.can_keep = can_keep;
        message_reader reader(source);
        message m;
        EXPECT_TRUE(reader.next(m));
        EXPECT_TRUE(m.past_limit || m.doubt);
        if (!m.past_limit) return false;
        EXPECT_EQ(m.past_limit->limit, reading_limit::kept_bytes);
        EXPECT_EQ(m.past_limit->at.offset, input.find("\r\n\r\n") + 4);
        EXPECT_EQ(m.past_limit->at.length, m.body_bytes);
        while (reader.next(m)) {
        }
        return true;
    };
    // Behind what looks like the end of a body there is more: that is read again.
    const std::string lines = repeated("a line of a body\n", 40000);
    const std::string shorter = ok + "Content-Length: 3\r\n\r\n";
    const std::string more = shorter + "abc" + lines + next;
    const std::size_t behind = more.size() - shorter.size() - 3;
    EXPECT_FALSE(unchecked(more, behind));
    EXPECT_TRUE(unchecked(more, behind - 1));
    // What looks like a message in a body is read again, once the end of the body has been looked at.
    const std::string far = next + repeated("a line of a body\n", 300000);
    const std::string longer = ok + "Content-Length: " + std::to_string(far.size()) + "\r\n\r\n" + far;
    EXPECT_FALSE(unchecked(longer + next, longer.size()));
    EXPECT_TRUE(unchecked(longer + next, longer.size() - 1));
}

// How much is asked for at once: what one read of a file or a pipe gives, and for a header section alone a page.
TEST(message_reader, asks_for_so_much) {
    const std::string input = next + std::string(mebibyte, 'x');
    pieces source(input, mebibyte);
    message m;
    message_reader reader(source);
    ASSERT_TRUE(reader.next(m));
    EXPECT_EQ(source.most_asked, std::size_t{1} << 17);
    pieces other(input, mebibyte);
    const message again = read_header_again(other, m, reading_limits::standard());
    EXPECT_EQ(again.status, 407);
    EXPECT_EQ(other.most_asked, std::size_t{1} << 12);
}

// Each byte once, where bodies are as long as they say and no longer than is kept; behind longer ones, little twice.
TEST(message_reader, reads_what_it_has_not_again) {
    const std::string body = repeated("a line of a body\n", 1000);
    std::ostringstream hex;
    hex << std::hex << body.size();
    const std::string sized = ok + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
    const std::string chunked = ok + "Transfer-Encoding: chunked\r\n\r\n" + hex.str() + "\r\n" + body + "\r\n0\r\n\r\n";
    const auto total_of = [](const std::string& input) {
        pieces source(input, mebibyte);
        message_reader reader(source);
        static_cast<void>(all_of(reader));
        return source.total;
    };
    for (const std::string& unit : {sized, chunked, ok + "\r\n" + body}) {
        const std::string input = repeated(unit, mebibyte);
        EXPECT_EQ(total_of(input), input.size()) << unit.substr(0, 80);
    }
    const std::string far = repeated("a line of a body\n", 3 * mebibyte);
    const std::string input = ok + "Content-Length: " + std::to_string(far.size()) + "\r\n\r\n" + far + next;
    EXPECT_LE(total_of(input), input.size() + (std::size_t{1} << 17));
}

// A source is told where messages begin, before their bodies are read.
TEST(message_reader, tells_where_messages_begin) {
    const std::string input = "junk\r\n" + next + "> GET / HTTP/1.1\n> \n" + ok + "Content-Length: 2\r\n\r\nab" + next;
    pieces source(input, 10);
    message_reader reader(source);
    std::vector<std::size_t> begins;
    for (const message& m : all_of(reader)) {
        if (m.start != start_kind::none) begins.push_back(m.start_line.offset);
    }
    EXPECT_EQ(begins.size(), 4u);
    EXPECT_EQ(source.begins, begins);
}

/// The messages of an input with these limits.
std::vector<message> limited(const std::string& input, const reading_limits& limits) {
    pieces source(input, 16);
    message_reader reader(source, limits);
    return all_of(reader);
}

TEST(message_reader, limits) {
    const std::string field = "WWW-Authenticate: A\r\n";
    const std::string head = "HTTP/1.1 401 X\r\n" + field;
    const reading_limits few_bytes{head.size(), 100, 100};
    EXPECT_FALSE(limited(head + "\r\n" + next, few_bytes)[0].past_limit);
    const auto cut = limited(head + "X: y\r\n" + field + " folded\r\n\r\nbody\r\n" + next, few_bytes);
    ASSERT_EQ(cut.size(), 2u);
    EXPECT_EQ(cut[0].lines.size(), 1u);
    ASSERT_TRUE(cut[0].past_limit);
    EXPECT_EQ(cut[0].past_limit->limit, reading_limit::header_bytes);
    EXPECT_EQ(cut[0].past_limit->at, (span{head.size(), 6 + field.size() + 7}));
    EXPECT_EQ(cut[0].past_limit->auth_lines, 1u);
    EXPECT_EQ(cut[0].body_bytes, 6u);
    EXPECT_EQ(cut[1].status, 407);

    const reading_limits few_lines{1000, 2, 100};
    EXPECT_FALSE(limited(head + "X: y\r\n\r\n", few_lines)[0].past_limit);
    const auto many = limited(head + "X: y\r\nZ: z\r\nHTTP/1.1 407 X\r\nA: b\r\n", few_lines);
    ASSERT_EQ(many.size(), 2u);
    EXPECT_EQ(many[0].lines.size(), 2u);
    EXPECT_EQ(many[0].past_limit->limit, reading_limit::field_lines);
    EXPECT_EQ(many[0].past_limit->at.length, 4u);

    EXPECT_EQ(limited(ok + "Content-Length: 0\r\nA: b\r\nC: d\r\n\r\n" + next, few_lines).size(), 2u)
        << "an empty body";

    const std::string verbose = "< HTTP/1.1 401 X\n< A: b\n< C: d\n* a remark\n< E: f\n";
    const auto noted = limited(verbose + "* another one\n< \n", reading_limits{1000, 1, 100});
    ASSERT_EQ(noted.size(), 1u);
    EXPECT_EQ(noted[0].curl_notes, 2u);
    EXPECT_EQ(noted[0].past_limit->at, span_between(verbose.find("C: d"), verbose.size() - 1))
        << "up to the last line that was not read, and no remark";

    const auto start_like = limited("HTTP/1.1 401 X\r\nGET / HTTP/1.1xyz\r\n\r\n", reading_limits{26, 100, 1000});
    ASSERT_EQ(start_like.size(), 1u) << "what is cut off like a start line is none";
    EXPECT_EQ(start_like[0].past_limit->at, (span{16, 17}));
    const auto remark = limited("> GET / HTTP/1.1\n> A: b\n* " + std::string(200, 'x') + "\n> C: d\n> \n",
                                reading_limits{60, 100, 1000});
    ASSERT_EQ(remark.size(), 2u) << "a remark that is too long for a header section ends it";
    EXPECT_EQ(remark[0].curl_notes, 0u);
    EXPECT_EQ(remark[1].curl_notes, 1u);
    EXPECT_EQ(remark[1].lines.at(0).name, "C");

    const reading_limits short_lines{1000, 100, 20};
    const auto stray =
        limited("Authorization: Basic abc\r\n" + ok + "\r\n" + std::string(30, 'x') + ok + "A: b\r\n\r\n", short_lines);
    ASSERT_EQ(stray.size(), 3u);
    EXPECT_EQ(stray[0].past_limit->limit, reading_limit::line_bytes);
    EXPECT_EQ(stray[0].past_limit->auth_lines, 1u);
    EXPECT_EQ(stray[1].body_bytes, 30u) << "a long line of a body ends where the next answer begins";
    EXPECT_EQ(stray[2].lines.size(), 1u);
}

TEST(message_reader, no_end_of_stretches_that_cannot_be_read) {
    const std::string input = "X: y\n" + repeated("a\nX: y\n", 100000);
    const auto all = read_messages(input);
    ASSERT_EQ(all.size(), 1u);
    EXPECT_EQ(all[0].unreadable.size(), 4096u);
    EXPECT_EQ(all[0].unreadable.back().end(), input.rfind('a') + 1);
}

// RFC 9110, 10.1.1: a request with Expect sends its body behind the interim response.
// The memory of header sections is used again, but never by what has none.
TEST(message_reader, what_is_no_message_has_no_header_of_one_before) {
    std::string requests;
    for (int i = 0; i < 4; ++i) requests += "GET /" + std::to_string(i) + " HTTP/1.1\r\nHost: a\r\n\r\n";
    reading_limits limits = reading_limits::standard();
    limits.line_bytes = 64;
    for (const std::string& junk : {std::string("junk one\r\n\r\njunk two\r\n"), std::string(100, 'x') + "\r\n"}) {
        const std::string text = requests + junk;
        pieces input(text, 7);
        message_reader reader(input, limits);
        std::size_t without = 0;
        for (message m; reader.next(m);) {
            EXPECT_EQ(m.header == nullptr, m.start == start_kind::none) << junk;
            without += m.start == start_kind::none ? 1 : 0;
        }
        EXPECT_GT(without, 0u) << junk;
    }
}

TEST(message_reader, a_body_behind_100_continue) {
    const std::string request = "POST / HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 7\r\n\r\n";
    const std::string go_on = "HTTP/1.1 100 Continue\r\n\r\n";
    const auto shape = [](const std::string& input) {
        std::string out;
        for (const message& m : read_messages(input)) {
            out += std::to_string(m.status.value_or(0)) + ":" + std::to_string(m.body_bytes) +
                   (m.unreadable.empty() ? " " : "! ");
        }
        return out;
    };
    EXPECT_EQ(shape(request + go_on + "{\"a\":1}HTTP/1.1 200 OK\r\n\r\n"), "0:0 100:7 200:0 ")
        << "no field line behind it";
    EXPECT_EQ(shape(request + go_on + "{\"a\":1}\n" + ok + "A: b\r\n\r\n"), "0:0 100:7 200:0 ");
    EXPECT_EQ(shape(request + go_on + "{\"a\": 1}" + ok + "A: b\r\n\r\n"), "0:0 100:8 200:0 ")
        << "not as long as it says";
    EXPECT_EQ(shape(request + go_on + ok + "\r\nab"), "0:0 100:0 200:2 ") << "a dump without it";
    EXPECT_EQ(shape(request + "{\"a\":1}" + go_on + ok + "\r\n"), "0:7 100:0 200:0 ") << "it was sent before";
    EXPECT_EQ(shape("GET / HTTP/1.1\r\n\r\n" + go_on + "abc\n" + ok + "\r\n"), "0:0 100:0 0:0! 200:0 ")
        << "it has none";
    EXPECT_EQ(
        shape("> POST / HTTP/1.1\n> Content-Length: 3\n> \n< HTTP/1.1 100 Continue\n< \nabc\n< HTTP/1.1 200 OK\n< \n"),
        "0:0 100:4 200:0 ");
}

// A status line at the end of a line that cannot be read is not passed over.
TEST(message_reader, a_status_line_behind_an_unreadable_line) {
    const auto all = read_messages("A: b\r\n\r\n{\"a\":1}HTTP/1.1 401 X\r\nWWW-Authenticate: A\r\n\r\n");
    ASSERT_EQ(all.size(), 3u);
    EXPECT_EQ(all[1].unreadable, std::vector<span>{span_between(8, 15)});
    EXPECT_EQ(all[2].status, 401);
}

TEST(message_reader, a_header_section_is_read_again) {
    const std::string input =
        "> GET /a HTTP/1.1\n> Authorization: Basic abc\n>  def\n> \n< HTTP/1.1 401 X\n< A: b\n< \n";
    for (const message& m : read_messages(input)) {
        pieces source(input, 7);
        const message again = read_header_again(source, m, reading_limits::standard());
        EXPECT_EQ(described({again}), described({m}));
        EXPECT_EQ(*again.header, *m.header);
        EXPECT_EQ(*m.header, input.substr(m.start_line.offset, m.header->size()));
    }
}

// Copies share the bytes that their texts are of.
TEST(message_reader, a_message_outlives_its_input_and_its_reader) {
    message kept;
    {
        const std::string input = "GET /a HTTP/1.1\r\nHost: a\r\n b\r\n\r\nGET /b HTTP/1.1\r\n\r\n";
        message_reader reader(input);
        message m;
        ASSERT_TRUE(reader.next(m));
        kept = m;
        ASSERT_TRUE(reader.next(m));
    }
    EXPECT_EQ(kept.target, "/a");
    EXPECT_EQ(kept.lines.at(0).name, "Host");
    EXPECT_EQ(kept.lines.at(0).value.text(), "a b");
}

}  // namespace
