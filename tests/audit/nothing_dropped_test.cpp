// Inputs of which a part could be passed over in silence: it is read, or a finding says that it was not.

#include "found.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace {

using namespace authgrammar::audit::testing;
using authgrammar::audit::read_fields;
using authgrammar::audit::read_messages;
using authgrammar::audit::severity;
using texts = std::vector<std::string>;

const std::string broken = "WWW-Authenticate: Basic realm=\"x\r\n";
const std::string ok = "HTTP/1.1 200 OK\r\n";

/// Whether the broken challenge is found where it is.
void expect_syntax(const std::string& input) {
    bool found_it = false;
    for (const found& f : findings_in(input)) {
        if (f.id == "syntax") found_it = f.offset == input.find(broken) + broken.size() - 2;
    }
    EXPECT_TRUE(found_it) << input;
}

TEST(nothing_dropped, behind_bare_field_lines) {
    EXPECT_EQ(ids_in("A: b\n\nhello\nWWW-Authenticate: Basic realm=\"x\n"), (texts{"unreadable-line", "syntax"}));
    expect_syntax("A: b\r\n\r\nhello\r\n" + broken);
    expect_syntax("< A: b\r\n< \r\n<html>\r\n" + broken);
    expect_syntax("\xEF\xBB\xBF" + broken);
    EXPECT_TRUE(ids_in("A: b\n\nC: d\n").empty());
    EXPECT_EQ(ids_in("A: b\r\n\r\n* " + broken), texts{"unreadable-line"}) << "a list with bullets, not curl";
    EXPECT_EQ(ids_in("X: y\r" + broken), texts{"unreadable-line"}) << "behind a lone CR";
    EXPECT_TRUE(ids_in("X: y\r\r\r\n").empty()) << "nothing is behind them";
}

// RFC 9112, 6.3, 1 and 2: no body, whatever the fields say. 7: a request without them has none.
TEST(nothing_dropped, where_no_body_is) {
    for (const std::string head : {"HTTP/1.1 100 Continue", "HTTP/1.1 204 No Content", "HTTP/1.1 304 Not Modified",
                                   "HTTP/1.1 103 Early Hints"}) {
        expect_syntax(head + "\r\nContent-Length: " + std::to_string(broken.size()) + "\r\n\r\n" + broken);
    }
    const std::string length = "Content-Length: " + std::to_string(broken.size()) + "\r\n\r\n" + broken;
    expect_syntax("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n" + ok + length);
    expect_syntax("HEAD / HTTP/1.1\r\nHost: a\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n" + ok + length);
    expect_syntax("CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\n\r\n" + ok + length);
    expect_syntax("GET / HTTP/1.1\r\nHost: a\r\n\r\n" + broken);
    EXPECT_TRUE(ids_in("GET / HTTP/1.1\r\nHost: a\r\n\r\n" + ok + length).empty()) << "a body";
    EXPECT_TRUE(ids_in("HEAD / HTTP/1.1\r\n\r\n" + ok + "\r\n" + ok + length).empty()) << "the answer to no HEAD";
}

TEST(nothing_dropped, decoded_bodies) {
    const std::string chunked = ok + "Transfer-Encoding: chunked\r\n\r\n";
    const std::string next = "HTTP/1.1 401 X\r\n" + broken + "\r\n";
    for (const std::string body : {"0\n", "0\r\n", "00;x\n", "1\na\n0\n", "abc\n", "{\"a\":0}\n", ""})
        expect_syntax(chunked + body + next);
    EXPECT_EQ(ids_in("HTTP/1.1 401 Dload  Upload\r\n\r\n"), texts{"401-without-www-authenticate"});
}

TEST(nothing_dropped, trailers) {
    const std::string chunked = ok + "Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n";
    expect_syntax(chunked + broken + "\r\n");
    EXPECT_EQ(ids_in(chunked + broken + "\r\n"), (texts{"field-in-trailers", "syntax"}));
    EXPECT_EQ(ids_in(chunked + "A: b\r\nAuthorization: Basic dTpw\r\n\r\n"), texts{"field-in-trailers"});
    EXPECT_TRUE(ids_in(chunked + "Authentication-Info: nextnonce=\"x\"\r\n\r\n").empty()) << "RFC 9110, 11.6.3";
    EXPECT_EQ(
        ids_in("HTTP/1.1 401 X\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nWWW-Authenticate: Basic realm=\"x\"\r\n\r\n"),
        (texts{"401-without-www-authenticate", "field-in-trailers"}))
        << "a challenge in the trailer section is none of the 401";
}

TEST(nothing_dropped, both_readings) {
    const std::string inner = "HTTP/1.1 401 X\r\n" + broken + "\r\n";
    const auto with_length = [](std::size_t n, const std::string& rest) {
        return ok + "Content-Length: " + std::to_string(n) + "\r\n\r\n" + rest;
    };
    for (const std::string& input :
         {with_length(inner.size(), inner), with_length(inner.size() + 3, "ab\n" + inner + ok),
          with_length(inner.size() + 2, "{}" + inner + ok),
          ok + "Transfer-Encoding: chunked\r\n\r\n30\r\n" + inner.substr(0, 48) + "\r\n0\r\n\r\n"}) {
        const auto all = findings_in(input);
        ASSERT_EQ(all.size(), 2u) << input;
        EXPECT_EQ(all[0].id, "unclear-framing");
        EXPECT_EQ(all[0].offset, input.find("HTTP/1.1 401 X"));
        EXPECT_EQ(all[0].level, severity::warning);
        EXPECT_EQ(all[1].id, "syntax");
    }
    EXPECT_EQ(ids_in(with_length(3, "abc\n" + broken)), (texts{"unclear-framing", "syntax"})) << "behind the body";
    const auto more = findings_in(with_length(3, "abcdef\n"));
    ASSERT_EQ(more.size(), 1u);
    EXPECT_EQ(more[0].level, severity::info) << "nothing in it that the readings differ in";
    EXPECT_TRUE(ids_in(with_length(3, "abc\r\n\r\n" + ok)).empty());
    EXPECT_TRUE(ids_in(ok + "Content-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabcdef\n").empty()) << "decoded";
    EXPECT_TRUE(ids_in(with_length(500, "abc\n")).empty()) << "cut off";
}

TEST(nothing_dropped, foreign_formats) {
    const auto named = [](const std::string& input) -> std::string {
        const auto all = findings_in(input);
        return all.size() == 1 && all[0].id == "foreign-input" && all[0].level == severity::error ? all[0].text : "";
    };
    const auto wide = [](const std::string& text, bool big) {
        std::string out;
        for (const char c : text) (out += big ? '\0' : c) += big ? c : '\0';
        return out;
    };
    const std::string dump = "HTTP/1.1 401 X\r\n" + broken;
    using namespace std::string_literals;
    const std::vector<std::pair<std::string, std::string>> samples{
        {"\xFF\xFE" + wide(dump, false), "UTF-16"},
        {"\xFE\xFF" + wide(dump, true), "UTF-16"},
        {wide(dump, false), "UTF-16"},
        {wide(dump, true), "UTF-16"},
        {"\xFF\xFE\0\0"s + dump, "UTF-32"},
        {"HTTP/1.1 401 X\rWWW-Authenticate: Basic realm=\"x\r\r", "CR alone"},
        {"\x1B[1;34mHTTP/1.1\x1B[0m 401 X\r\n" + broken, "colours"},
        {"HTTP/1.1 401 X\r\n\x1B[1mWWW-Authenticate\x1B[0m: Basic realm=\"x\r\n", "colours"},
        {"{ \"log\" : {\"version\": \"1.2\", \"entries\": []}}", "HAR"},
        {"\xEF\xBB\xBF{\"log\":{}}", "HAR"},
        {"\xD4\xC3\xB2\xA1\x02\0\x04\0"s + dump, "packet capture"},
        {"\n\r\r\n\x1C\0\0\0\x4D\x3C\x2B\x1A"s + dump, "packet capture"},
        {"\x1F\x8B\x08"s + dump, "gzip"},
        {"{\"logs\": 1}\n", "JSON of a form that authlint does not know"},
        {"{\"request\": {}}\n", "JSON lines with an exchange each"},
        {"{\"constants\": {\"a\": 1}, \"events\": []}", "network log of Chromium"},
        {"[{\"a\": 1}]", "JSON of a form"},
        {"<?xml version=\"1.0\"?>\n<items burpVersion=\"1\">", "Burp Suite"},
        {"<?xml version=\"1.0\"?>\n<rss/>", "XML of a form"},
        {"<!DOCTYPE html>\n<p>", "a page of HTML"},
        {"WARC/1.1\r\nWARC-Type: response\r\n\r\n"s + dump, "web archive"},
        {"PK\x03\x04"s + dump, "ZIP"},
        {"BZh91AY&SY"s + dump, "bzip2"},
        {"\xFD\x37zXZ\0"s + dump, "xz data"},
        {"\x28\xB5\x2F\xFD"s + dump, "Zstandard"},
        {"\x7F"
         "ELF\1\0\0\0"s +
             dump,
         "binary data"},
        {"2154:9:websocket;0:~8:response;5:bytes,7:version;1:19#", "mitmproxy"},
        {"== Info:   Trying 127.0.0.1:80...\n=> Send header, 18 bytes (0x12)\n", "curl --trace"},
        {"12:00:00.000001 [0-0] => Send header, 18 bytes (0x12)\n", "curl --trace"},
        {"12:00:00.000001 *   Trying 127.0.0.1:80...\n", "--trace-time"},
        {"12:00:00.000001 < HTTP/1.1 401 X\r\n", "--trace-time"},
        {"DEBUG output created by Wget 1.21.3 on linux-gnu.\n", "wget -d"},
        {":status: 401\nwww-authenticate: Basic realm=\"x\n", "HTTP/2 with :status"},
        {"> :method: GET\n> :path: /\n", "HTTP/2 with :status"},
        {"tcpdump: verbose output suppressed\nlistening on lo\n12:00:00.000001 IP 127.0.0.1.4 > 127.0.0.1.80: Flags "
         "[P.], length 1\nE",
         "tcpdump -A"},
        {"IP6 ::1.4 > ::1.80: Flags [P.], length 1\n`..", "tcpdump -A"},
        {"12:00:00.000001 IP 127.0.0.1.4 > 127.0.0.1.80: Flags [P.], length 1\n\t0x0000:  4500 003c\n", "tcpdump -x"},
        {"Frame 1: 74 bytes on wire (592 bits), 74 bytes captured (592 bits)\n", "tshark -V"},
        {"SIP/2.0 401 Unauthorized\r\n" + broken + "\r\nSIP/2.0 401 Unauthorized\r\n" + broken, "SIP"},
        {"REGISTER sip:a.test SIP/2.0\r\nAuthorization: Digest x=\"\r\n\r\n", "SIP"}};
    for (const auto& [input, name] : samples) {
        EXPECT_NE(named(input).find(name), std::string::npos) << name << ": " << named(input);
    }
    for (const std::string& text :
         texts{"X: y", "X: y\r", "X: y\r\nA: \rb\r\n", "{logs: 1}\n", "it uses SIP/2.0\n", "IP /a > HTTP/1.1\r\n\r\n",
               "BZh91AY&SY / HTTP/1.1\r\n\r\n", "* a\x1B[1mb\n< HTTP/1.1 200 OK\r\n< \r\n",
               "* \0\0\0\0\n> GET / HTTP/1.1\r\n"s, "X: a\x1B[1mb\n"})
        EXPECT_EQ(named(text), "") << text;
    EXPECT_EQ(ids_in("REGISTER sip:a.test SIP/2.0\r\n\r\nHTTP/1.1 401 X\r\n\r\n"),
              (texts{"foreign-input", "401-without-www-authenticate"}));
}

// Colours are told by where they stand. Anywhere else their bytes are like others: the rest is read as without them.
TEST(nothing_dropped, one_line_with_colours_changes_nothing_else) {
    const std::string refused = "HTTP/1.1 401 X\r\nContent-Length: 0\r\n\r\n";
    const std::string done = "HTTP/1.1 204 X\r\n\r\n";
    const std::string grey = "\x1B[90m2026-11-28 12:00:00\x1B[0m done\r\n";
    const texts lines{grey, "\x1B[31m\r\n", "\x1B[\r\n", "\x1B[1mnote\x1B[0m: text\r\n", "\x1B[32mINFO\x1B[0m  ok\r\n"};
    for (const std::string& line : lines) {
        // Between messages, in a header section, in a body with and without a length.
        EXPECT_EQ(ids_in(done + line + refused), (texts{"unreadable-line", "401-without-www-authenticate"})) << line;
        EXPECT_EQ(ids_in("HTTP/1.1 401 X\r\nServer: x\r\n" + line + "\r\n" + refused),
                  (texts{"401-without-www-authenticate", "unreadable-line", "401-without-www-authenticate"}))
            << line;
        const std::string length = "Content-Length: " + std::to_string(line.size()) + "\r\n\r\n";
        EXPECT_EQ(ids_in("HTTP/1.1 401 X\r\n" + length + line + refused),
                  (texts{"401-without-www-authenticate", "401-without-www-authenticate"}))
            << line;
        EXPECT_EQ(ids_in("HTTP/1.1 401 X\r\n\r\n" + line + "text\r\n" + refused),
                  (texts{"401-without-www-authenticate", "401-without-www-authenticate"}))
            << line;
        EXPECT_EQ(ids_in(line + refused).back(), "401-without-www-authenticate") << line;
    }
    EXPECT_EQ(ids_in("HTTP/1.1 401 X\r\nWWW-Authenticate: Basic realm=\"\x1B[1mx\x1B[0m\"\r\n\r\n" + refused).back(),
              "401-without-www-authenticate");
    // A message in colours behind others is named, and what follows it is read.
    for (const std::string& message :
         texts{"\x1B[34mHTTP\x1B[0m/1.1 401 X\r\nWWW-Authenticate: Basic realm=x\r\n\r\n",
               "HTTP/1.1 401 X\r\n\x1B[1mWWW-Authenticate\x1B[0m: Basic realm=x\r\n\r\n"}) {
        EXPECT_EQ(ids_in(done + message + grey + refused), (texts{"foreign-input", "401-without-www-authenticate"}))
            << message;
    }
}

// A redirect within one server, or to another one, however its URI is written.
TEST(nothing_dropped, uris_as_clients_read_them) {
    const std::string basic = "Authorization: Basic dTpw\r\n";
    const auto redirected = [&](const std::string& target, const std::string& from, const std::string& location,
                                const std::string& to) {
        return ids_in(request(target, "Host: " + from + "\r\n" + basic) +
                      response(302, "Location: " + location + "\r\n") + request("/", "Host: " + to + "\r\n" + basic));
    };
    const texts other{"credentials-after-redirect"};
    for (const std::string path : {"/a b", "/a|b", "/\xC3\xA4", "/\"", "/[1]", "/100%", "/?q={x}"}) {
        EXPECT_EQ(redirected(path, "a.test", "https://b.test/", "b.test"), other) << path;
        EXPECT_EQ(redirected("/", "a.test", "https://b.test" + path, "b.test"), other) << path;
        EXPECT_EQ(redirected("/", "a.test:443", "https://a.test" + path, "a.test"), texts{}) << path;
    }
    EXPECT_EQ(redirected("/", "a.test", "https:\\\\b.test/", "b.test"), other);
    EXPECT_EQ(redirected("/", "a.test", "\t  https://b.test/ \t ", "b.test"), other) << "white space around it";
    EXPECT_EQ(redirected("/", "a.test:443", "https://a.test/", "a.test"), texts{}) << "443 is the port of https";
    EXPECT_EQ(redirected("/", "a.test", "https://a.test:443/", "a.test"), texts{});
    EXPECT_EQ(redirected("/", "a.test:80", "http://a.test/", "a.test"), (texts{"credentials-unsecured"}));
    EXPECT_EQ(redirected("/", "a.test:8443", "https://a.test/", "a.test"), other);
    EXPECT_EQ(redirected("/", "a.test", "https://\xC3\xA4.test/", "b.test"), texts{"uri-not-read"});
    EXPECT_EQ(redirected("/", "a.test", "https://xn--4ca.test/", "xn--4ca.test"), other);
    for (const std::string zone : {"[fe80::1%25eth0]", "[fe80::1%eth0]"}) {
        EXPECT_EQ(redirected("/", "a.test", "https://" + zone + "/", "a.test"), texts{"uri-not-read"}) << zone;
        EXPECT_EQ(ids_in(request("/", "Host: " + zone + "\r\n" + basic)), texts{"uri-not-read"}) << zone;
    }
    EXPECT_EQ(redirected("/", "a.test:443", "https://user@a.test/", "a.test"), texts{"credentials-in-uri"})
        << "userinfo is no host";
    EXPECT_EQ(redirected("/", "a.test:443", "https://a.test@b.test/", "b.test"),
              (texts{"credentials-in-uri", "credentials-after-redirect"}));
    EXPECT_EQ(redirected("/x/", "a.test:443", "/x/..%2f..%2f/b.test/%2e%2e/", "a.test"), texts{});
    EXPECT_EQ(redirected("/", "a.test", "https://b.test/../%2e%2e/..%2fa.test/", "b.test"), other);
    EXPECT_EQ(redirected("/", "a.test", "app://done/", "b.test"), texts{}) << "no HTTP request";
    EXPECT_EQ(ids_in(request("/", "Host: a b\r\n" + basic)), texts{"uri-not-read"});
}

TEST(nothing_dropped, lines_beside_a_bad_one) {
    const std::string bad = "WWW-Authenticate: Basic realm=\"store\" charset=\"UTF-8\"\r\n";
    const auto lines = [&](const std::string& more) { return ids_in(response(401, bad + more)); };
    EXPECT_EQ(lines("WWW-Authenticate: Bearer realm=\"store\"\r\nWWW-Authenticate: ApiKey\r\n"), texts{"syntax"});
    EXPECT_EQ(lines("WWW-Authenticate: Bearer realm=store\r\nWWW-Authenticate: A b=1, B=2\r\n"),
              (texts{"syntax", "realm-as-token", "param-repeated"}));
    EXPECT_EQ(ids_in(response(401, "WWW-Authenticate: A b=\"c\"d, e=f, Basic realm=x\r\n")),
              (texts{"syntax", "realm-as-token"}))
        << "behind the error, from the next challenge on";
    EXPECT_EQ(ids_in(response(401, "WWW-Authenticate: Basic realm=x, A b=\"c\"d\r\n")),
              (texts{"realm-as-token", "syntax"}));
    EXPECT_EQ(ids_in(response(401, "WWW-Authenticate: A b=\"c, Basic realm=x\r\n")), texts{"syntax"})
        << "all of it is in quotes";
    const auto bad_and_good = read_messages(response(401, bad + "WWW-Authenticate: Bearer a=b, C\r\n"));
    const auto fields = read_fields(bad_and_good[0]);
    EXPECT_FALSE(fields[0].valid());
    EXPECT_TRUE(fields[0].recovered());
    texts schemes;
    for (const authgrammar::challenge& c : fields[0].parts()) schemes.emplace_back(c.scheme().raw());
    EXPECT_EQ(schemes, (texts{"Bearer", "C"}));
    EXPECT_EQ(ids_in("GET http://a/ HTTP/1.1\r\nAuthorization: A b=1, b=2\r\nAuthorization: B\r\n\r\n"),
              (texts{"param-repeated", "several-credentials"}));
}

// Fields as programs print them are no field lines: they are named, with all that belongs to them, and nothing is shown.
TEST(nothing_dropped, fields_that_a_program_printed) {
    const std::string secret = "c2VjcmV0c2VjcmV0";
    const auto only = [&](const std::string& input) {
        const auto all = findings_in(input);
        EXPECT_EQ(all.size(), 1u) << input;
        for (const auto& f : all) EXPECT_EQ(f.text.find(secret), std::string::npos) << input;
        return all.size() == 1 && all[0].id == "foreign-input" && all[0].offset == 0 ? all[0].text : "";
    };
    const std::string value = "Basic " + secret;
    for (const std::string& table : texts{
             R"({"Server": "x", "Authorization": ")" + value + "\"}",
             "{'Server': 'x', 'Authorization': '" + value + "'}",
             "{\n  \"server\": \"x\",\n  \"www-authenticate\":\"Basic realm=\\\"x\\\"\",\n  \"x\": 1\n}\n",
             R"({"headers": {"Proxy-Authenticate": ["Basic", "Bearer"]}})",
             "Response headers: {'Www-Authenticate': 'Basic'}\n", "401 {'www-authenticate': 'Basic'}",
             "[('Server', 'x'), ('WWW-Authenticate', 'Basic')]", "<CIMultiDictProxy('WWW-Authenticate': 'Basic')>",
             "{ server: 'x', authorization: '" + value + "' }",
             "{\n  server: 'x',\n  authorization: '" + value + "'\n}", "map[Authorization:[" + value + "] Server:[x]]",
             "{\"www-authenticate\"=>[\"Basic\"]}", "Array\n(\n    [Server] => x\n    [WWW-Authenticate] => Basic\n)\n",
             "array('Authorization' => '" + value + "')", "Headers {\n  'authentication-info' : 'a=b'\n}"}) {
        EXPECT_NE(only(table).find("a table of header fields"), std::string::npos) << table;
    }
    EXPECT_EQ(ids_in("{'Authorization': 'Basic eA=='}\nX: y\nHTTP/1.1 401 X\r\n\r\n"),
              (texts{"foreign-input", "401-without-www-authenticate"}))
        << "from the next message on it is read";
    for (const std::string text :
         {"it says WWW-Authenticate: Basic\n", "(Authorization: none)\n", "the field \"Authorization\" is missing\n",
          "{'X-Authorization': 'Basic'}\n", "{'Authorizations': 'Basic'}\n", "'Authorization\": 'x'\n",
          "[Authorization], 'x'\n", "{'Server': 'x'}\n", "'WWW-Authenticate'"}) {
        EXPECT_EQ(ids_in(text), texts{"unreadable-line"}) << text;
    }
    EXPECT_TRUE(ids_in("HTTP/1.1 200 OK\r\n\r\n{\"WWW-Authenticate\": \"Basic\"}\n").empty()) << "in a body";
}

TEST(nothing_dropped, nghttp_is_named) {
    const std::string dump =
        "[  0.002] send HEADERS frame <length=36, flags=0x25, stream_id=13>\n          ; END_STREAM\n"
        "          :method: GET\n          authorization: Basic c2VjcmV0\n"
        "[  0.010] recv (stream_id=13) :status: 401\n[  0.010] recv (stream_id=13) www-authenticate: Basic realm=\"x\n";
    for (const std::string before : {"", "[  0.001] Connected\nThe negotiated protocol: h2\n"}) {
        const auto all = findings_in(before + dump);
        ASSERT_EQ(all.size(), 1u);
        EXPECT_EQ(all[0].id, "foreign-input");
        EXPECT_NE(all[0].text.find("nghttp -v"), std::string::npos) << all[0].text;
    }
    EXPECT_EQ(ids_in(dump + "HTTP/1.1 401 X\r\n\r\n"), (texts{"foreign-input", "401-without-www-authenticate"}));
    for (const std::string text :
         {"[ 0.010 recv x\n", "[x.1] recv y\n", "[0] recv y\n", "[.1] recv y\n", "[0.1]recv y\n", "[0.1] received\n",
          "[0.1] Connected to\n", "[000000000000000.1] recv y\n"}) {
        EXPECT_EQ(ids_in(text), texts{"unreadable-line"}) << text;
    }
}

TEST(nothing_dropped, rtsp_is_read) {
    EXPECT_EQ(
        ids_in("DESCRIBE rtsp://cam.test/1 RTSP/1.0\r\nCSeq: 2\r\n\r\nRTSP/1.0 401 Unauthorized\r\nCSeq: 2\r\n\r\n"),
        texts{"401-without-www-authenticate"});
    expect_syntax("RTSP/1.0 401 Unauthorized\r\n" + broken + "\r\n");
}

}  // namespace
