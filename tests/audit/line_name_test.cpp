// The names that rules and the conversation look for, and what a line of Connection says.

#include "values/line_name.hpp"

#include <authgrammar/audit/message.hpp>
#include <authgrammar/audit/reading.hpp>
#include <authgrammar/field.hpp>

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace {

using namespace authgrammar::audit;

const std::vector<std::pair<std::string, line_name>> names{
    {"WWW-Authenticate", line_name::www_authenticate},
    {"Proxy-Authenticate", line_name::proxy_authenticate},
    {"Authorization", line_name::authorization},
    {"Proxy-Authorization", line_name::proxy_authorization},
    {"Authentication-Info", line_name::authentication_info},
    {"Proxy-Authentication-Info", line_name::proxy_authentication_info},
    {"Access-Control-Allow-Credentials", line_name::allow_credentials},
    {"Access-Control-Allow-Headers", line_name::allow_headers},
    {"Access-Control-Allow-Origin", line_name::allow_origin},
    {"Access-Control-Request-Headers", line_name::request_headers},
    {"Access-Control-Request-Method", line_name::request_method},
    {"Cache-Control", line_name::cache_control},
    {"Connection", line_name::connection},
    {"Content-Length", line_name::content_length},
    {"Content-Location", line_name::content_location},
    {"Content-Type", line_name::content_type},
    {"Cookie", line_name::cookie},
    {"Host", line_name::host},
    {"Location", line_name::location},
    {"Origin", line_name::origin},
    {"Proxy-Connection", line_name::proxy_connection},
    {"Referer", line_name::referer},
    {"Transfer-Encoding", line_name::transfer_encoding}};

std::string in_capitals(std::string name) {
    for (char& c : name) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    return name;
}

TEST(line_name, of_each_name_and_what_is_nearly_one) {
    ASSERT_EQ(names.size(), line_names);
    for (const auto& [name, which] : names) {
        EXPECT_EQ(line_name_of(name), which) << name;
        EXPECT_EQ(line_name_of(in_capitals(name)), which) << name;
        EXPECT_EQ(line_name_of(name.substr(1)), line_name::other) << name;
        EXPECT_EQ(line_name_of(name + "s"), line_name::other) << name;
        for (std::size_t i = 0; i < name.size(); ++i) {
            std::string other = name;
            other[i] = '~';
            EXPECT_EQ(line_name_of(other), line_name::other) << other;
        }
    }
    EXPECT_EQ(line_name_of(""), line_name::other);
}

TEST(line_name, of_the_authentication_fields) {
    for (const auto& [name, which] : names) EXPECT_EQ(field_of(which), authgrammar::field_from_name(name)) << name;
    EXPECT_EQ(field_of(line_name::other), std::nullopt);
}

TEST(line_name, lines_of_a_message) {
    const std::string input = "HTTP/1.1 200 OK\r\nVary: x\r\nOrigin: a\r\nHost: h\r\norigin: b\r\nVary: y\r\n\r\n";
    const std::vector<message> messages = read_messages(input);
    ASSERT_EQ(messages.size(), 1U);
    const named_lines lines(messages[0]);
    EXPECT_EQ(lines.first(line_name::origin), &messages[0].lines[1]);
    EXPECT_EQ(lines.value(line_name::origin), "a");
    EXPECT_EQ(lines.value(line_name::host), "h");
    EXPECT_TRUE(lines.has(line_name::host));
    EXPECT_FALSE(lines.has(line_name::cookie));
    EXPECT_EQ(lines.first(line_name::cookie), nullptr);
    EXPECT_EQ(lines.value(line_name::cookie), std::nullopt);
    std::vector<const field_line*> seen;
    lines.for_each(line_name::origin, [&](const field_line& line) { seen.push_back(&line); });
    EXPECT_EQ(seen, (std::vector<const field_line*>{&messages[0].lines[1], &messages[0].lines[3]}));
    lines.for_each(line_name::cookie, [](const field_line&) { ADD_FAILURE(); });
}

// RFC 9112, 9.3.
TEST(line_name, which_connections_end) {
    const auto ends = [](const std::string& start, const std::string& lines) {
        const std::string input = start + "\r\n" + lines + "\r\n";
        return closes(read_messages(input).at(0));
    };
    const std::string ok = "HTTP/1.1 200 OK";
    const std::string old = "HTTP/1.0 200 OK";
    EXPECT_FALSE(ends(ok, ""));
    EXPECT_FALSE(ends(ok, "Connection: keep-alive\r\n"));
    EXPECT_FALSE(ends(ok, "Connection: closed, x\r\n"));
    EXPECT_FALSE(ends(ok, "X: close\r\n"));
    EXPECT_TRUE(ends(ok, "Connection: close\r\n"));
    EXPECT_TRUE(ends(ok, "Connection: keep-alive, CLOSE, x\r\n"));
    EXPECT_TRUE(ends(ok, "Connection: close\r\nConnection: keep-alive\r\n"));
    EXPECT_TRUE(ends(ok, "Proxy-Connection: close\r\n"));
    EXPECT_TRUE(ends(old, ""));
    EXPECT_TRUE(ends(old, "Connection: x\r\n"));
    EXPECT_TRUE(ends(old, "Connection: keep-alive, close\r\n"));
    EXPECT_FALSE(ends(old, "Connection: x, Keep-Alive, y\r\n"));
    EXPECT_FALSE(ends(old, "Proxy-Connection: keep-alive\r\n"));
    EXPECT_FALSE(ends("GET / HTTP/1.0", ""));
    EXPECT_TRUE(ends("GET / HTTP/1.0", "Connection: close\r\n"));
    EXPECT_FALSE(ends("HTTP/2 200 OK", ""));
}

}  // namespace
