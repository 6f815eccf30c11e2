#include <authgrammar/audit/message.hpp>

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>

namespace {

using authgrammar::field;
using authgrammar::audit::field_line;
using authgrammar::audit::message;
using authgrammar::audit::read_messages;
using authgrammar::audit::start_kind;

/// The one authentication field line that `m` is to have.
const field_line& only_known(const message& m) {
    const field_line* found = nullptr;
    for (const field_line& line : m.lines) {
        if (!line.known) continue;
        EXPECT_EQ(found, nullptr);
        found = &line;
    }
    if (found == nullptr) throw std::runtime_error("no authentication field");
    return *found;
}

/// Every byte of the value stands where source_of says, but for the SP of a fold.
void expect_sources(const std::string& input, const field_line& line) {
    const std::string_view value = line.value.text();
    for (std::size_t i = 0; i < value.size(); ++i) {
        const char there = input.at(line.value.source_of(i));
        const bool fold = value[i] == ' ' && (there == '\r' || there == '\n' || there == '\t' || there == ' ');
        EXPECT_TRUE(there == value[i] || fold) << "byte " << i << " of " << value;
    }
}

TEST(reader, raw_response_with_crlf) {
    const std::string input =
        "HTTP/1.1 401 Unauthorized\r\nServer: x\r\nwww-AUTHENTICATE: \t Basic realm=\"x\" \t\r\n\r\nbody\r\n";
    const auto messages = read_messages(input);
    ASSERT_EQ(messages.size(), 1U);
    const message& m = messages[0];
    EXPECT_EQ(m.start, start_kind::response);
    EXPECT_EQ(m.status, 401);
    EXPECT_EQ(input.substr(m.start_line.offset, m.start_line.length), "HTTP/1.1 401 Unauthorized");
    const field_line& line = only_known(m);
    EXPECT_EQ(line.known, field::www_authenticate);
    EXPECT_EQ(line.name, "www-AUTHENTICATE");
    EXPECT_EQ(line.value.text(), "Basic realm=\"x\"");
    expect_sources(input, line);
    EXPECT_EQ(m.body_bytes, 6U);
    EXPECT_TRUE(m.unreadable.empty());
}

TEST(reader, line_ends_do_not_matter) {
    for (const std::string end : {"\n", "\r\n"}) {
        const std::string input = "HTTP/2 407 " + end + "Proxy-Authenticate: A" + end + "X: y";
        const auto messages = read_messages(input);
        ASSERT_EQ(messages.size(), 1U);
        EXPECT_EQ(messages[0].status, 407);
        EXPECT_EQ(only_known(messages[0]).value.text(), "A");
        EXPECT_EQ(messages[0].lines.size(), 2U);
    }
}

TEST(reader, a_bare_cr_stays_in_the_value) {
    EXPECT_EQ(only_known(read_messages("WWW-Authenticate: A\rB\r\n")[0]).value.text(), "A\rB");
    EXPECT_EQ(only_known(read_messages("WWW-Authenticate: A\r\r\n")[0]).value.text(), "A\r");
}

TEST(reader, request) {
    const auto messages = read_messages("GET /a?b HTTP/1.1\r\nAuthorization: Basic abc\r\n\r\n");
    ASSERT_EQ(messages.size(), 1U);
    EXPECT_EQ(messages[0].start, start_kind::request);
    EXPECT_EQ(messages[0].method, "GET");
    EXPECT_FALSE(messages[0].status);
}

TEST(reader, no_start_lines) {
    for (const char* line : {"HTTP/1.1 40 X", "HTTP/1.1 4011 X", "HTTP/1.1401 X", "HTTP/x 401", "HTTP/1.1 099 X",
                             "GET / HTTP/1.1 x", "GET /", "GET  HTTP/1.1", " HTTP/1.1 401 X", "(x) / HTTP/1.1"}) {
        const auto messages = read_messages(line);
        ASSERT_EQ(messages.size(), 1U) << line;
        EXPECT_EQ(messages[0].start, start_kind::none) << line;
        ASSERT_EQ(messages[0].unreadable.size(), 1U) << line;
        EXPECT_EQ(messages[0].unreadable[0].length, std::string(line).size()) << line;
    }
}

TEST(reader, obs_fold_is_one_space_and_keeps_its_sources) {
    const std::string input = "WWW-Authenticate: Basic \t\r\n \t realm=\"a\r\n b\" \n\t\n, C\nX: y\n";
    const auto messages = read_messages(input);
    ASSERT_EQ(messages.size(), 1U);
    const field_line& line = only_known(messages[0]);
    EXPECT_EQ(line.value.text(), "Basic realm=\"a b\"");
    ASSERT_EQ(line.folds.size(), 3U);
    EXPECT_EQ(input.substr(line.folds[0].offset, line.folds[0].length), " \t\r\n \t ");
    expect_sources(input, line);
    EXPECT_EQ(line.value.source_of(line.value.text().find('b')), input.find("b\""));
    // ", C" begins in the first column, so it is no continuation, and no field line either.
    ASSERT_EQ(messages[0].unreadable.size(), 1U);
    EXPECT_EQ(messages[0].unreadable[0].offset, input.find(", C"));
}

TEST(reader, a_value_that_begins_on_the_second_line) {
    const std::string input = "WWW-Authenticate:\r\n Basic\r\n";
    const auto messages = read_messages(input);
    const field_line& line = only_known(messages[0]);
    EXPECT_EQ(line.value.text(), "Basic");
    EXPECT_EQ(line.value.source_of(0), input.find("Basic"));
}

TEST(reader, space_before_colon) {
    const auto messages = read_messages("Authorization \t: Basic abc\n");
    const field_line& line = only_known(messages[0]);
    ASSERT_TRUE(line.space_before_colon);
    EXPECT_EQ(line.space_before_colon->offset, 13U);
    EXPECT_EQ(line.space_before_colon->length, 2U);
    EXPECT_EQ(line.value.text(), "Basic abc");
}

TEST(reader, white_space_in_the_first_line_of_a_section_is_no_fold) {
    const auto messages = read_messages("HTTP/1.1 401 X\n folded\nWWW-Authenticate: A\n");
    ASSERT_EQ(messages.size(), 1U);
    EXPECT_EQ(messages[0].unreadable.size(), 1U);
    EXPECT_EQ(only_known(messages[0]).value.text(), "A");
}

TEST(reader, several_messages_and_bodies) {
    struct sample {
        const char* what;
        const char* text;
        std::size_t messages;
    };
    const sample samples[] = {
        {"Content-Length, body holds a status line",
         "HTTP/1.1 401 X\r\nContent-Length: 18\r\n\r\nHTTP/1.1 200 OK\r\n\nHTTP/1.1 407 Y\r\nA: b\r\n", 2},
        {"answers to HEAD: a Content-Length without a body",
         "HTTP/1.1 401 X\r\nContent-Length: 5\r\n\r\nHTTP/1.1 407 Y\r\nContent-Length: 5\r\n\r\n", 2},
        {"body without a line end", "HTTP/1.1 401 X\r\nContent-Length: 2\r\n\r\n{}HTTP/1.1 200 Y\r\nA: b\r\n\r\n", 2},
        {"the same without Content-Length", "HTTP/1.1 401 X\r\n\r\n{}HTTP/1.1 200 Y\r\nA: b\r\n\r\n", 2},
        {"chunked",
         "HTTP/1.1 401 X\r\nTransfer-Encoding: chunked\r\n\r\n11\r\nHTTP/1.1 200 OK\r\n\r\n0\r\n\r\n"
         "HTTP/1.1 407 Y\r\n\r\n",
         2},
        {"chunked in name only", "HTTP/1.1 401 X\r\nTransfer-Encoding: chunked\r\n\r\nbody\nHTTP/1.1 407 Y\r\n\r\n", 2},
        {"100 and the answer", "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 401 X\r\n\r\n", 2},
        {"body cut off", "HTTP/1.1 401 X\r\nContent-Length: 500\r\n\r\nabc\nHTTP/1.1 407 Y\n", 2},
        {"a body that speaks of HTTP", "HTTP/1.1 401 X\r\n\r\nsay HTTP/1.1 200 OK\nor nothing\n", 1},
        {"no empty line between", "HTTP/1.1 401 X\nHTTP/1.1 407 Y\n", 2},
        {"two runs of bare field lines", "WWW-Authenticate: A\n\nWWW-Authenticate: B\n", 2},
        {"bare field lines and a body", "WWW-Authenticate: A\n\n<html>\nX: y\n", 1},
    };
    for (const sample& s : samples) {
        const auto messages = read_messages(s.text);
        EXPECT_EQ(messages.size(), s.messages) << s.what;
        for (const message& m : messages) EXPECT_TRUE(m.unreadable.empty()) << s.what;
    }
}

TEST(reader, curl_v) {
    const std::string input =
        "*   Trying 127.0.0.1:80...\n"
        "  % Total    % Received % Xferd  Average Speed   Time    Time     Time  Current\n"
        "                                 Dload  Upload   Total   Spent    Left  Speed\n"
        "\r  0     0    0     0    0     0      0      0 --:--:-- --:--:-- --:--:--     0> GET / HTTP/1.1\r\n"
        "> Authorization: Basic abc\r\n"
        "> \r\n"
        "{ [5 bytes data]\n"
        "< HTTP/1.1 401 Unauthorized\r\n"
        "* Authentication problem. Ignoring this.\n"
        "< WWW-Authenticate: Basic realm=\"a\r\n"
        "<  b\"\r\n"
        "<\r\n"
        "{ [179 bytes data]\n"
        "<html>\n"
        "* Connection #0 to host (nil) left intact\n"
        "</html>\n"
        "> GET / HTTP/1.1\n"
        "> \n"
        "< HTTP/1.1 200 OK\n"
        "< Authentication-Info: a=b\n";
    const auto messages = read_messages(input);
    ASSERT_EQ(messages.size(), 4U);
    EXPECT_EQ(messages[0].method, "GET");
    EXPECT_EQ(only_known(messages[0]).value.text(), "Basic abc");
    EXPECT_EQ(messages[0].curl_notes, 4U);
    EXPECT_EQ(messages[1].status, 401);
    EXPECT_EQ(only_known(messages[1]).value.text(), "Basic realm=\"a b\"");
    expect_sources(input, only_known(messages[1]));
    EXPECT_EQ(messages[1].body_bytes, 15U);
    EXPECT_EQ(messages[2].method, "GET");
    EXPECT_EQ(only_known(messages[3]).known, field::authentication_info);
    for (const message& m : messages) EXPECT_TRUE(m.unreadable.empty());
}

TEST(reader, prefixed_field_lines_without_a_start_line) {
    const auto messages = read_messages("< WWW-Authenticate: A\n< Server: x\n");
    ASSERT_EQ(messages.size(), 1U);
    EXPECT_EQ(only_known(messages[0]).value.text(), "A");
}

TEST(reader, nothing) {
    for (const char* input :
         {"", "\n", "\r\n\r\n", "* a note of curl\n", "* a note of curl\ncurl: (7) Failed to connect to a port 80\n"}) {
        const auto messages = read_messages(input);
        ASSERT_EQ(messages.size(), 1U);
        EXPECT_TRUE(messages[0].lines.empty());
        EXPECT_TRUE(messages[0].unreadable.empty());
    }
}

/// Every byte is in a field line, a start line, an unreadable stretch, or is counted as body or white space.
TEST(reader, any_two_bytes_around_a_field_line) {
    for (int a = 0; a < 256; ++a) {
        for (int b = 0; b < 256; ++b) {
            std::string input = "WWW-Authenticate: A\n";
            input.insert(0, 1, static_cast<char>(a));
            input.push_back(static_cast<char>(b));
            const auto messages = read_messages(input);
            ASSERT_FALSE(messages.empty());
            std::size_t seen = 0;
            for (const message& m : messages) {
                seen += m.body_bytes;
                for (const auto& line : m.lines) seen += line.whole.length;
                for (const auto& span : m.unreadable) seen += span.length;
            }
            EXPECT_GE(seen, std::string("WWW-Authenticate: A").size()) << a << ' ' << b;
        }
    }
}

TEST(reader, large_inputs_take_linear_time) {
    std::string folds = "WWW-Authenticate: A";
    for (int i = 0; i < 200000; ++i) folds += "\n b";
    const auto folded = read_messages(folds);
    ASSERT_EQ(folded.size(), 1U);
    EXPECT_EQ(folded[0].lines[0].folds.size(), 200000U);
    EXPECT_EQ(folded[0].lines[0].value.source_of(folded[0].lines[0].value.text().size()), folds.size());

    std::string junk(std::size_t{1} << 21, '\0');
    for (std::size_t i = 0; i < junk.size(); i += 2) junk[i] = '\n';
    EXPECT_EQ(read_messages(junk).size(), 1U);
    std::string bodies;
    for (int i = 0; i < 100000; ++i) bodies += "HTTP/1.1 401 X\r\nContent-Length: 7\r\n\r\n";
    EXPECT_EQ(read_messages(bodies).size(), 100000U);
}

}  // namespace
