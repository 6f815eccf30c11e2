// Lines of a dump, taken one by one: what kind each is, and where it begins and ends.

#include "input/dump_line.hpp"
#include "input/input_window.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace {

using namespace authgrammar::audit;

bool is_digit(int c) { return c >= '0' && c <= '9'; }

/// RFC 9110, 5.6.2.
bool is_tchar(int c) {
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c != 0 && std::string_view("!#$%&'*+-.^_`|~").find(static_cast<char>(c)) != std::string_view::npos);
}

// RFC 9112, 4: HTTP-version SP status-code SP [reason-phrase]; curl leaves out the minor version and the last SP.
TEST(dump_line, status_lines) {
    EXPECT_EQ(status_of("HTTP/1.1 200"), 200);
    EXPECT_EQ(status_of("HTTP/1.1 200 "), 200);
    EXPECT_EQ(status_of("HTTP/1.0 401 Unauthorized"), 401);
    EXPECT_EQ(status_of("HTTP/2 407"), 407);
    EXPECT_EQ(status_of("HTTP/2 407 "), 407);
    EXPECT_EQ(status_of("HTTP/0.9 100 x"), 100);
    EXPECT_EQ(status_of("HTTP/9.0 999 x"), 999);
    EXPECT_EQ(status_of("HTTP/1.1 199\tx"), 0);
    EXPECT_EQ(status_of("HTTP/1.1 123"), 123);
    for (const std::string_view line : {"",
                                        "HTTP",
                                        "HTTP/",
                                        "HTTP/1",
                                        "HTTP/2 ",
                                        "HTTP/1.1",
                                        "HTTP/1.1 ",
                                        "HTTP/2 40",
                                        "HTTP/1.1 40",
                                        "HTTP/1.1 4011",
                                        "HTTP/1.1 401x",
                                        "HTTP/1.1  401",
                                        "HTTP/1.1\t401",
                                        "HTTP/1.1401",
                                        "HTTP/1.1x401",
                                        "http/1.1 401",
                                        "HTTPS1.1 401",
                                        "XTTP/1.1 401",
                                        "HTTP/x 401",
                                        "HTTP/x.1 401",
                                        "HTTP/1.x 401",
                                        "HTTP/1. 401",
                                        "HTTP/1x1 401",
                                        "HTTP/11 401",
                                        "HTTP/1.11 401",
                                        "HTTP/.1 401",
                                        " HTTP/1.1 401",
                                        "HTTP/1.1 099",
                                        "HTTP/1.1 000",
                                        "HTTP/1.1 -10",
                                        "> HTTP/2 401",
                                        " 401",
                                        "x 401"}) {
        EXPECT_EQ(status_of(line), 0) << line;
    }
    for (int c = 0; c < 256; ++c) {
        const std::string octet(1, static_cast<char>(c));
        EXPECT_EQ(status_of("HTTP/" + octet + " 401") != 0, is_digit(c)) << c;
        EXPECT_EQ(status_of("HTTP/1." + octet + " 401") != 0, is_digit(c)) << c;
        EXPECT_EQ(status_of("HTTP/1.1 " + octet + "00"), is_digit(c) ? (c - '0') * 100 : 0) << c;
        EXPECT_EQ(status_of("HTTP/1.1 2" + octet + "0"), is_digit(c) ? 200 + (c - '0') * 10 : 0) << c;
        EXPECT_EQ(status_of("HTTP/1.1 20" + octet), is_digit(c) ? 200 + (c - '0') : 0) << c;
        EXPECT_EQ(status_of("HTTP/2 200" + octet), c == ' ' ? 200 : 0) << c;
    }
}

// RFC 9112, 3: method SP request-target SP HTTP-version.
TEST(dump_line, request_lines) {
    EXPECT_EQ(method_of("GET / HTTP/1.1"), "GET");
    EXPECT_EQ(method_of("get / HTTP/1.0"), "get");
    EXPECT_EQ(method_of("CONNECT a:443 HTTP/1.1"), "CONNECT");
    EXPECT_EQ(method_of("OPTIONS * HTTP/2"), "OPTIONS");
    EXPECT_EQ(method_of("G / HTTP/3"), "G");
    EXPECT_EQ(method_of("GET \t HTTP/1.1"), "GET") << "whatever the target is";
    EXPECT_EQ(method_of("GET /a b HTTP/1.1"), "GET") << "servers read a target with spaces";
    EXPECT_EQ(method_of("AZ-ZA /a b HTTP/1.1"), "AZ-ZA");
    EXPECT_EQ(method_of("aZ /a b HTTP/1.1"), "");
    EXPECT_EQ(method_of("A1 /a b HTTP/1.1"), "");
    EXPECT_EQ(start_line_of("GET /a b HTTP/1.1").target, "/a b");
    EXPECT_EQ(method_of("GET http://a/b c HTTP/1.1"), "GET");
    EXPECT_EQ(method_of("DESCRIBE rtsp://cam/1 RTSP/1.0"), "DESCRIBE");
    EXPECT_EQ(status_of("RTSP/1.0 401 Unauthorized"), 401);
    EXPECT_EQ(status_of("SIP/2.0 401 Unauthorized"), 0);
    for (const std::string_view line : {"",
                                        "GET",
                                        "GET ",
                                        "GET /",
                                        "GET / ",
                                        "GET  HTTP/1.1",
                                        " / HTTP/1.1",
                                        "GET / HTTP/1.1 ",
                                        "GET / HTTP/1.1x",
                                        "GET / HTTP/1.",
                                        "GET / HTTP/",
                                        "GET / HTTP/12",
                                        "GET / http/1.1",
                                        "GET / /HTTP/1.1",
                                        "see /docs about HTTP/1.1",
                                        "GET in the text of HTTP/1.1",
                                        "GET a http://b/ HTTP/1.1",
                                        "GET\t/ HTTP/1.1",
                                        "GET/ / HTTP/1.1",
                                        "HTTP/1.1 200 HTTP/1.1",
                                        "GET HTTP/1.1",
                                        "GET / x",
                                        "HTTP/1.1"}) {
        EXPECT_EQ(method_of(line), "") << line;
        EXPECT_FALSE(is_start_line(line) && status_of(line) == 0) << line;
    }
    for (int c = 0; c < 256; ++c) {
        const std::string octet(1, static_cast<char>(c));
        EXPECT_EQ(method_of(octet + " / HTTP/1.1"), is_tchar(c) ? octet : "") << c;
        EXPECT_EQ(method_of("G" + octet + " / HTTP/1.1").empty(), !is_tchar(c)) << c;
    }
    EXPECT_EQ(start_line_of("GET /a?b HTTP/1.1").target, "/a?b");
    EXPECT_EQ(start_line_of("OPTIONS * HTTP/2").target, "*");
    EXPECT_EQ(start_line_of("G http://a.test/ HTTP/1.1").target, "http://a.test/");
    EXPECT_TRUE(is_start_line("GET / HTTP/1.1"));
    EXPECT_TRUE(is_start_line("HTTP/1.1 200"));
    EXPECT_FALSE(is_start_line("Host: a"));
}

// RFC 9112, 5: field-name ":"; white space before the colon is not allowed, and read.
TEST(dump_line, field_lines) {
    const auto at = [](std::string_view line) {
        const auto start = field_line_of(line);
        return start ? std::to_string(start->name_end) + " " + std::to_string(start->colon) : std::string("none");
    };
    EXPECT_EQ(at("A:"), "1 1");
    EXPECT_EQ(at("Host: a:b"), "4 4");
    EXPECT_EQ(at("A :"), "1 2");
    EXPECT_EQ(at("A \t :b"), "1 4");
    EXPECT_EQ(at("A::"), "1 1");
    EXPECT_EQ(at(": nameless"), "none");
    EXPECT_EQ(at(":"), "none");
    EXPECT_EQ(at(" : nameless"), "none");
    for (const std::string_view line : {"", "A", "A ", "A b:", " A:", "A b", "(A):", "A\r:", "A;b:", "\tA:"}) {
        EXPECT_EQ(at(line), "none") << line;
    }
    for (int c = 0; c < 256; ++c) {
        const std::string octet(1, static_cast<char>(c));
        EXPECT_EQ(at(octet + ":"), is_tchar(c) ? "1 1" : "none") << c;
        const bool white = c == ' ' || c == '\t';
        EXPECT_EQ(at("A" + octet + ":"), is_tchar(c) ? "2 2" : white ? "1 2" : c == ':' ? "1 1" : "none") << c;
        EXPECT_EQ(is_white(static_cast<char>(c)), white) << c;
    }
}

std::string shape(const dump_line& line) {
    std::string text = std::to_string(line.begin) + " " + std::to_string(line.end) + " " + std::to_string(line.next);
    if (line.prefix != '\0') text.append(" ").append(1, line.prefix);
    return line.note ? text + " note" : text;
}

std::string verbose_shape(std::string_view input) {
    input_window window(input);
    const dump_line raw = window.line_at(0);
    return shape(as_verbose(raw, window.text(raw)));
}

TEST(dump_line, ends_with_lf_or_crlf) {
    const auto raw = [](std::string_view input, std::size_t at) { return shape(input_window(input).line_at(at)); };
    EXPECT_EQ(raw("ab\ncd", 0), "0 2 3");
    EXPECT_EQ(raw("ab\r\ncd", 0), "0 2 4");
    EXPECT_EQ(raw("ab\r\ncd", 4), "4 6 6");
    EXPECT_EQ(raw("ab\rcd\n", 0), "0 5 6");
    EXPECT_EQ(raw("ab\r\r\n", 0), "0 3 5");
    EXPECT_EQ(raw("\n", 0), "0 0 1");
    EXPECT_EQ(raw("\r\n", 0), "0 0 2");
    EXPECT_EQ(raw("\r\n", 1), "1 1 2") << "what is before the line is not of it";
    EXPECT_EQ(raw("ab\r", 0), "0 2 3") << "a CR that ends the input";
    EXPECT_EQ(raw("ab", 2), "2 2 2");
    EXPECT_EQ(raw("> ab\n", 0), "0 4 5") << "no look at prefixes";
}

TEST(dump_line, of_curl_v) {
    const auto verbose = [](std::string_view input) { return verbose_shape(input); };
    EXPECT_EQ(verbose("> a\n"), "2 3 4 >");
    EXPECT_EQ(verbose("< a\n"), "2 3 4 <");
    EXPECT_EQ(verbose(">\r\n"), "1 1 3 >");
    EXPECT_EQ(verbose("> \r\n"), "2 2 4 >");
    EXPECT_EQ(verbose("<  a"), "2 4 4 <") << "a fold";
    EXPECT_EQ(verbose(">a"), "0 2 2");
    EXPECT_EQ(verbose("<html>"), "0 6 6");
    EXPECT_EQ(verbose("= a"), "0 3 3");
    EXPECT_EQ(verbose("; a"), "0 3 3");
    EXPECT_EQ(verbose("? a"), "0 3 3");
    EXPECT_EQ(verbose("a > b"), "0 5 5");
    EXPECT_EQ(verbose("\n"), "0 0 1");
    EXPECT_EQ(verbose(""), "0 0 0");
    for (const std::string_view note :
         {"* a", "* ", "*", "{ [5 bytes data]", "} [179 bytes data]", "curl: (7) Failed", "curl: (",
          "  % Total    % Received", "  % Total", "         Dload  Upload   Total", " Dload  Upload"}) {
        const std::string at_end = "0 " + std::to_string(note.size()) + " " + std::to_string(note.size()) + " note";
        EXPECT_EQ(verbose(note), at_end) << note;
    }
    for (const std::string_view line : {"*a",
                                        "**",
                                        "{ {",
                                        "{ ",
                                        "{",
                                        "{[5",
                                        "{ [",
                                        "{ [1]}",
                                        "Dload  Upload",
                                        "HTTP/1.1 401 Dload  Upload",
                                        "* WWW-Authenticate: Basic",
                                        "* HTTP/1.1 401 X",
                                        "} ",
                                        "}[",
                                        "curl: 7",
                                        "curl:",
                                        " % Total",
                                        "  % Tota",
                                        "Dload Upload",
                                        "Dload",
                                        "Upload",
                                        "+ a"}) {
        const std::string at_end = "0 " + std::to_string(line.size()) + " " + std::to_string(line.size());
        EXPECT_EQ(verbose(line), at_end) << line;
    }
}

// curl writes its meter over and over into one line, and what it sends or receives behind it.
TEST(dump_line, behind_the_progress_meter) {
    const auto verbose = [](const std::string& input) { return verbose_shape(input); };
    const std::string meter = "\r  0  1234    5  6.7k    8M 9G 10T 11P    0 --:--:-- 0:00:01 --:--:--   123";
    const std::string size = std::to_string(meter.size());
    EXPECT_EQ(verbose(meter), "0 " + size + " " + size + " note");
    const std::string prefixed = std::to_string(meter.size() + 2);
    const std::string whole = std::to_string(meter.size() + 3);
    EXPECT_EQ(verbose(meter + "> a"), prefixed + " " + whole + " " + whole + " >");
    EXPECT_EQ(verbose(meter + "< a"), prefixed + " " + whole + " " + whole + " <");
    const std::string bare = std::to_string(meter.size() + 1);
    EXPECT_EQ(verbose(meter + ">"), bare + " " + bare + " " + bare + " >");
    EXPECT_EQ(verbose(meter + "* a"), "0 " + whole + " " + whole + " note");
    EXPECT_EQ(verbose(meter + "{ [5 bytes data]").back(), 'e');
    EXPECT_EQ(verbose(meter + "xyz"), "0 " + whole + " " + whole);
    for (const std::string_view no_meter : {"\r 0 1 2", "--:--: --", "-:--:--", "--:--:-", " "}) {
        const std::string line(no_meter);
        const std::string end = std::to_string(line.size());
        EXPECT_EQ(verbose(line), "0 " + end + " " + end) << line;
        EXPECT_EQ(verbose(line + "> a").back(), std::to_string(line.size() + 3).back()) << line;
    }
    EXPECT_EQ(verbose("x--:--:--> a"), "0 12 12") << "it begins the line";
    EXPECT_EQ(verbose("--:--:--> a"), "10 11 11 >");
}

}  // namespace
