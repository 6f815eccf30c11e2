// What an input is that holds no messages as they stand, by what it begins with.

#include <authgrammar/audit/foreign_format.hpp>

#include "input/foreign.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

using namespace authgrammar::audit;
using namespace std::string_literals;

std::string format_of(const std::string& input) {
    const auto format = foreign_format_of(input);
    return format ? std::string(describe(*format).id) : "-";
}

void expect_formats(const std::vector<std::pair<std::string, std::string>>& all) {
    for (const auto& [input, format] : all) EXPECT_EQ(format_of(input), format) << input;
}

TEST(foreign_format, descriptions_are_in_order) {
    for (std::size_t i = 0; i < all_foreign_formats().size(); ++i) {
        EXPECT_EQ(static_cast<std::size_t>(all_foreign_formats()[i].format), i);
    }
}

TEST(foreign_format, of_binary_data) {
    expect_formats({{"", "-"},
                    {"\xFF\xFE\0\0"s, "utf-32"},
                    {"\0\0\xFE\xFF"s, "utf-32"},
                    {"\xFF\xFEG\0"s, "utf-16"},
                    {"\xFE\xFF\0G"s, "utf-16"},
                    {"G\0E\0T\0"s, "utf-16"},
                    {"\0G\0E\0T"s, "utf-16"},
                    {"G\0"s, "-"},
                    {"G\0E\0T"s, "-"},
                    {"G\0\0E"s, "-"},
                    {"\xD4\xC3\xB2\xA1"s, "pcap"},
                    {"\xA1\xB2\xC3\xD4"s, "pcap"},
                    {"\x4D\x3C\xB2\xA1"s, "pcap"},
                    {"\xA1\xB2\x3C\x4D"s, "pcap"},
                    {"\n\r\r\n\x1c\0\0\0\x4D\x3C\x2B\x1A"s, "pcap"},
                    {"\n\r\r\n\0\0\0\x1c\x1A\x2B\x3C\x4D"s, "pcap"},
                    {"\n\r\r\n\0\0\0\x1c\x1A\x2B\x3C\x4E"s, "binary"},
                    {"\n\r\r\n"s, "-"},
                    {"\x1F\x8B\x08"s, "gzip"},
                    {"PK\x03\x04"s, "zip"},
                    {"BZh91AY&SY"s, "bzip2"},
                    {"BZh91AY&SY / HTTP/1.1\n"s, "-"},
                    {"\xFD\x37zXZ\0"s, "xz"},
                    {"\x28\xB5\x2F\xFD"s, "zstd"},
                    {"WARC/1.0\r\n", "warc"},
                    {"\x01\0\0\0\x02"s, "binary"},
                    {"\x01\0\0\x02"s, "-"},
                    {"GET / HTTP/1.1\n\0\0\0"s, "-"},
                    {"A: b\n\0\0\0"s, "-"},
                    {"> x\n\0\0\0"s, "-"},
                    {"* x\n\0\0\0"s, "-"},
                    {std::string(61, 'x') + "\0\0\0"s, "binary"},
                    {std::string(62, 'x') + "\0\0\0"s, "-"},
                    {"2154:9:websocket;7:version;", "mitmproxy"},
                    {"2154:9:websocket;7:versio;", "-"},
                    {":9:websocket;7:version;", "-"},
                    {"2154:x:version;", "-"},
                    {"2154;9:x:version;", "-"},
                    {"2154:9;x:version;", "-"}});
}

TEST(foreign_format, of_text) {
    const std::string esc = "\x1B[31m";
    expect_formats({{"GET / HTTP/1.1\r\n", "-"},
                    {"\xEF\xBB\xBF{\"log\": {}}", "har"},
                    {" \t\r\n{ \"log\" : { } }", "har"},
                    {" \n", "-"},
                    {"a\rb", "lone-cr"},
                    {"ab\r", "-"},
                    {"a\rb\n", "-"},
                    {esc + "x\n", "-"},
                    {esc + "HTTP/1.1 200 OK\n", "coloured"},
                    {"GET / HTTP/1.1\n" + esc + "A: b\n\n", "coloured"},
                    {"GET / HTTP/1.1\nA: " + esc + "b\n\n", "-"},
                    {"GET / HTTP/1.1\n\n" + esc + "\n", "-"},
                    {"* " + esc + "x\nGET / HTTP/1.1\n", "-"},
                    {"GET / HTTP/1.1\nA: b\n " + esc + "x\n\n", "-"},
                    {"12:00:00.000000 == Info: x", "curl-trace"},
                    {"12:00:00.000000 => Send x", "curl-trace"},
                    {"12:00:00.000000 <= Recv x", "curl-trace"},
                    {"12:00:00.000000 * x", "curl-time"},
                    {"12:00:00.000000 > x", "curl-time"},
                    {"12:00:00.000000 < x", "curl-time"},
                    {"12:00:00.000000 { [5 bytes data]", "curl-time"},
                    {"12:00:00.000000 [0-0] } [5 bytes data]", "curl-time"},
                    {"12:00:00.000000 x", "-"},
                    {"== Info: x", "curl-trace"},
                    {"DEBUG output created by Wget 1.21", "wget-debug"},
                    {"Setting --x", "wget-debug"},
                    {"---request begin---", "wget-debug"},
                    {"[  0.013] recv (stream_id=13) :status: 401", "nghttp"},
                    {":status: 401\n", "h2"},
                    {"> :method: GET\n", "h2"},
                    {"<  :path: /\n", "h2"},
                    {" :scheme: https\n", "h2"},
                    {":authority: a\n", "h2"},
                    {":status 401\n", "-"},
                    {"Frame 1: 74 bytes on wire (592 bits)", "tshark"},
                    {"Frame : 74 bytes on wire", "-"},
                    {"Frame 1: 74 bytes", "-"}});
}

TEST(foreign_format, of_tcpdump) {
    const std::string packet = "12:00:00.000000 IP 127.0.0.1.40000 > 127.0.0.1.80: Flags [P.]\n";
    expect_formats({{packet, "tcpdump"},
                    {packet + "\t0x0000:  4500\n", "tcpdump-hex"},
                    {packet + "    x\n\t0x0000:  4500\n", "tcpdump-hex"},
                    {packet + "x\n\t0x0000:  4500\n", "tcpdump"},
                    {"IP 127.0.0.1.40000 > 127.0.0.1.80: Flags\n", "tcpdump"},
                    {"IP6 ::1.40000 > ::1.80: Flags\n", "tcpdump"},
                    {"12:00:00 IP6 (flowlabel 0)\n", "tcpdump"},
                    {"12:00:00 IP (tos 0x0)\n", "tcpdump"},
                    {"IPx > y\n", "-"},
                    {"x IP a > b\n", "-"},
                    {"1" + std::string(39, 'x') + " IP a > b\n", "tcpdump"},
                    {"1" + std::string(40, 'x') + " IP a > b\n", "-"},
                    {"12:00:00 IP a\n", "-"},
                    {"tcpdump: listening\nlistening on eth0\nreading from file x\n" + packet, "tcpdump"},
                    {"tcpdump: listening", "-"},
                    {"other\n" + packet, "-"}});
}

TEST(foreign_format, of_json_and_xml) {
    expect_formats({{"{\"log\": {}}", "har"},
                    {"{\"log\": []}", "json"},
                    {"{\"constants\": {}}", "net-log"},
                    {"{\"constants\": 1}", "json"},
                    {"{\"request\": {}}", "ndjson"},
                    {"{\"response\": \"x\"}", "ndjson"},
                    {"{\"response\": 1}", "json"},
                    {"{\"a\": {\"log\": {}}}", "json"},
                    {"{\"a\": [{\"log\": {}}], \"request\": \"\"}", "ndjson"},
                    {"{\"a\\\"\": 1, \"log\": {}}", "har"},
                    {"{\"a\": \"log\", \"b\": \"\\\\\", \"log\":\n{}}", "har"},
                    {"{\"request\": {}, \"log\": {}}", "ndjson"},
                    {"{\"a\": 1} {\"log\": {}}", "json"},
                    {"{\"a", "-"},
                    {"{\"a\"}", "-"},
                    {"{a: 1}", "-"},
                    {"{\"WWW-Authenticate\": \"Basic\"}", "-"},
                    {"[{\"a\": 1}]", "json"},
                    {"[{\n\"a\": 1}]", "json"},
                    {"[ { \"a\": 1}]", "json"},
                    {"[{\r\n\"a\": 1}]", "json"},
                    {"[{\t\"a\": 1}]", "-"},
                    {"[1]", "-"},
                    {"[{\"WWW-Authenticate\": \"Basic\"}]", "-"},
                    {"<!DOCTYPE html>", "html"},
                    {"<HTML>", "html"},
                    {"<?xml version=\"1.0\"?><x>", "xml"},
                    {"<?xml version=\"1.0\"?><items burpVersion=\"2\">", "burp"},
                    {"<items burpVersion=\"2\">", "burp"},
                    {"<items x=\"2\">", "xml"},
                    {"<items>", "-"}});
}

TEST(foreign_format, reads_no_more_than_it_says) {
    const std::string white(recognised_bytes - 12, ' ');
    EXPECT_EQ(format_of(white + "{\"log\": {}} "), "har");
    EXPECT_EQ(format_of(white + " {\"log\": {}}"), "har");
    EXPECT_EQ(format_of(white + "    {\"log\": {}}"), "json") << "cut off before the value";
}

TEST(foreign_format, lines_of_sip) {
    for (const char* line : {"INVITE sip:a@b SIP/2.0", "X a: SIP/2.0", "SIP/2.0 401 X", "SIP/2.0 "}) {
        EXPECT_TRUE(is_sip_start_line(line)) << line;
    }
    for (const char* line :
         {"", " ", "SIP/2.0", "SIP/2.0x", "SIP/x.0 1", "SIP/2.x 1", "SIP/2-0 1", "SAP/2.0 1", " sip:a SIP/2.0",
          "INVITE SIP/2.0", "INVITE  SIP/2.0", "INVITE a SIP/2.0", "INVITE a: b SIP/2.0", "INVITE a: SIP/2.0 ",
          "INVITE a: SIP/2.00", "GET a: HTTP/1.1", "INVITE"}) {
        EXPECT_FALSE(is_sip_start_line(line)) << line;
    }
}

TEST(foreign_format, lines_of_nghttp) {
    for (const char* line : {"[  0.013] recv x", "[0.0] send x", "[1.2] Connected", "[1234567890123.56] recv "}) {
        EXPECT_TRUE(is_nghttp_line(line)) << line;
    }
    for (const char* line :
         {"", "[", "x0.013] recv x", "[ 0.013 recv x", "[0013] recv x", "[.13] recv x", "[0.1x] recv x",
          "[0.013]recv x", "[0.013] recd x", "[0.013] Connected x", "[12345678901234.56] recv "}) {
        EXPECT_FALSE(is_nghttp_line(line)) << line;
    }
}

TEST(foreign_format, times_of_curl) {
    const std::pair<const char*, std::size_t> all[] = {{"12:00:00.000000 x", 16},
                                                       {"12:00:00.000000 ", 16},
                                                       {"12:00:00.000000", 0},
                                                       {"12:00:00,000000 x", 0},
                                                       {"1x:00:00.000000 x", 0},
                                                       {"12:00:00.000000 [0-0] x", 22},
                                                       {"12:00:00.000000 [0-0]x", 16},
                                                       {"[0-1] x", 6},
                                                       {"[x-1] x", 6},
                                                       {"[0] x", 0},
                                                       {"[] x", 0},
                                                       {"[0-a] x", 0},
                                                       {"[0-1]", 0},
                                                       {"[0-0000000000000000000000000000] ", 33},
                                                       {"[0-00000000000000000000000000000] ", 34},
                                                       {"[0-000000000000000000000000000000] ", 0},
                                                       {"x", 0},
                                                       {"", 0},
                                                       {"12:00:00.000000 [0 x", 16}};
    for (const auto& [line, length] : all) EXPECT_EQ(dump_time_length(line), length) << line;
}

TEST(foreign_format, printed_fields) {
    for (const char* line :
         {"{\"WWW-Authenticate\": 1", "'www-authenticate' : x", "'Authorization' => x", "[Authorization] => x",
          "('WWW-Authenticate', x", "{ Authorization: 'x'", "map[Authorization:[x]", "(Authorization: \"x\"",
          ",Authorization:\t'", "\tAuthorization: ["}) {
        EXPECT_TRUE(holds_printed_field(line)) << line;
    }
    for (const char* line :
         {"", "Authorization: 'x'", "\"Authorization' : x", "\"Authorization\" x", "[Authorization], x",
          "\"Authorization: 'x'", " Authorization: x", " Authorization 'x'", " Authorization:", "(Authorization) : x",
          "'Other': x", "\"Authorization\" =x", "\"Authorization"}) {
        EXPECT_FALSE(holds_printed_field(line)) << line;
    }
}

}  // namespace
