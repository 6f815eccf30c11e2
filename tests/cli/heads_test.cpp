// What converters are made of: heads, URLs, pairs of messages, lines.

#include "formats/exchange_pairs.hpp"
#include "formats/line_reader.hpp"
#include "formats/message_head.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

using namespace authlint;

TEST(heads, heads_are_written_so_that_they_are_read_back) {
    std::string text;
    std::vector<text_origin> origins;
    std::vector<unread_part> unread;
    message_sink out(text, origins, unread, 0);
    const auto written = [&](std::string_view method, std::string_view target) -> std::string {
        head_writer head("here", out);
        head.request_line(method, target, "HTTP/1.1");
        head.field("A", "1\n2\r");
        head.field("not a token", "x");
        head.field("", "x");
        head.field("Content-Length", "7");
        head.field("Transfer-encoding", "chunked");
        auto made = head.take();
        return made ? made->text : "";
    };
    EXPECT_EQ(written("GET", "/a"), "GET /a HTTP/1.1\r\nA: 1\r\nA: 2\r\r\n\r\n");
    EXPECT_EQ(unread.size(), 1U) << "two names that are none, which is said once";
    EXPECT_EQ(written("GET", ""), "");
    EXPECT_EQ(written("*", "/a"), "") << "it would be a remark of curl";
    EXPECT_EQ(written("a\nb", "/"), "");
    EXPECT_EQ(unread.size(), 2U) << "start lines that are none, which is said once";
    EXPECT_EQ(head_of_text("HTTP/1.1 200 OK\nContent-Length: 1,\n 2\nA: b\n\nX", "x", out)->text,
              "HTTP/1.1 200 OK\nA: b\n\r\n");
    EXPECT_FALSE(head_of_text("hello\r\n\r\n", "x", out));
    EXPECT_EQ(unread.back().reason, "it does not begin with the start line of a message");
    EXPECT_FALSE(head_of_text("GET / HTTP/1.1\rX\r\n\r\n", "x", out)) << "CR ends no line";
    EXPECT_EQ(head_of_text("GET / HTTP/1.1\n?\n\x1B[1mB\x1B[0m: c\nA: \x1B[1m\n", "x", out)->text,
              "GET / HTTP/1.1\n?\nA: \x1B[1m\n\r\n")
        << "a field line in colours would make the message foreign";
    const message_head long_one =
        *head_of_text("GET / HTTP/1.1\r\nA: " + std::string(longest_head, 'x') + "\r\nB: c\r\n", "x", out);
    EXPECT_EQ(long_one.text, "GET / HTTP/1.1\r\n\r\n");
    EXPECT_NE(unread.back().reason.find("too long"), std::string::npos);
}

TEST(heads, bytes_and_urls) {
    EXPECT_EQ(wire_bytes("a\xC3\xA4\xC2\x80"), "a\xE4\x80");
    EXPECT_EQ(wire_bytes("\xC3\xA4\xE2\x82\xAC"), "\xC3\xA4\xE2\x82\xAC") << "characters that are no bytes";
    EXPECT_EQ(wire_bytes("\xC3"), "\xC3");
    EXPECT_EQ(wire_bytes("\xC3x"), "\xC3x");
    const auto parts = parts_of_url("https://u:p@a.test:8443?q=1#f");
    ASSERT_TRUE(parts);
    EXPECT_TRUE(parts->secured);
    EXPECT_EQ(parts->authority, "a.test:8443");
    EXPECT_EQ(parts->target, "/?q=1");
    EXPECT_FALSE(parts_of_url("ftp://a/"));
    EXPECT_FALSE(parts_of_url("/a"));
    EXPECT_FALSE(parts_of_url("ws://a/")->secured);
}

TEST(heads, requests_stand_before_their_responses) {
    const auto order = [](bool response_first, const std::vector<std::pair<std::string, std::string>>& arrivals) {
        std::string text;
        std::vector<text_origin> origins;
        std::vector<unread_part> unread;
        message_sink out(text, origins, unread, 0);
        exchange_pairs pairs(response_first);
        for (const auto& [key, what] : arrivals) {
            message_head h;
            h.text = what + " ";
            h.status = what[0] == 'q' ? 0 : what[0] == 'i' ? 100 : 200;
            pairs.add(key, std::move(h), out);
        }
        pairs.flush(out);
        return text;
    };
    EXPECT_EQ(order(false, {{"a", "q1"}, {"b", "q2"}, {"b", "r2"}, {"a", "r1"}}), "q2 r2 q1 r1 ");
    EXPECT_EQ(order(false, {{"a", "q1"}, {"a", "q2"}, {"a", "i1"}, {"a", "r1"}, {"a", "r2"}}), "q1 i1 r1 q2 r2 ")
        << "pipelined";
    EXPECT_EQ(order(false, {{"a", "r0"}, {"a", "q1"}, {"b", "q2"}}), "r0 q1 q2 ") << "what has no partner";
    EXPECT_EQ(order(true, {{"a", "r1"}, {"b", "q2"}, {"a", "q1"}, {"b", "r2"}, {"c", "r3"}}), "q1 r1 q2 r2 r3 ");
    std::vector<std::pair<std::string, std::string>> many;
    for (std::size_t i = 0; i <= exchange_pairs::most_waiting; ++i) many.emplace_back(std::to_string(i), "q");
    many.emplace_back("0", "r");
    EXPECT_EQ(order(false, many).substr(0, 4), "q r ") << "the oldest was given up, and its response comes alone";
}

TEST(heads, lines_are_bounded) {
    const std::string text = std::string(line_reader::longest + 10, 'a') + "\r\nb\n\nc";
    text_source source(text, 1000);
    line_reader lines(source);
    EXPECT_EQ(lines.next()->size(), line_reader::longest);
    EXPECT_TRUE(lines.cut());
    EXPECT_EQ(*lines.next(), "b");
    EXPECT_FALSE(lines.cut());
    EXPECT_EQ(*lines.next(), "");
    EXPECT_EQ(*lines.next(), "c");
    EXPECT_FALSE(lines.ended());
    EXPECT_EQ(lines.number(), 4U);
    EXPECT_EQ(lines.offset(), text.size());
    EXPECT_FALSE(lines.next());
}

}  // namespace
