// What makes messages of exports: their order, what is left out, and what broken and hostile exports come to.

#include "formats/converters.hpp"
#include "formats/gunzip.hpp"
#include "formats/open_export.hpp"

#include <gtest/gtest.h>

#include <sys/resource.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace authlint;

/// What an input comes to.
struct made {
    std::string text;
    std::vector<text_origin> origins;
    std::vector<unread_part> unread;
    std::string refusal;
    bool opened = false;

    /// "place: reason", a line each.
    [[nodiscard]] std::string complaints() const {
        std::string out;
        for (const unread_part& u : unread) out += u.place + ": " + u.reason + "\n";
        return out;
    }
};

made make(std::string_view input, std::string_view kind = {}, std::size_t piece = std::string_view::npos) {
    made m;
    opened_export opened = open_export(std::make_unique<text_source>(input, piece), kind);
    m.refusal = opened.refusal;
    m.opened = opened.messages != nullptr;
    while (opened.messages && opened.messages->next(m.text, m.origins, m.unread)) {
    }
    return m;
}

std::string file(const std::string& name) {
    std::ifstream in(std::filesystem::path(AUTHGRAMMAR_SOURCE_DIR) / "corpus" / "exports" / name, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

std::string bytes_of_hex(std::string_view digits) {
    std::string out;
    for (std::size_t i = 0; i + 1 < digits.size(); i += 2)
        out += static_cast<char>(std::stoi(std::string(digits.substr(i, 2)), nullptr, 16));
    return out;
}

/// gzip members of "HTTP/1.1 401 X", "GET / HTTP/1.1" and the empty line.
const std::string gzipped_401 =
    bytes_of_hex("1f8b08000000000002fff3080909d037d433543031305488e0e5e2e50200f9eac22a12000000");

std::string har_of(const std::string& entries) {
    return R"({"log": {"version": "1.2", "entries": [)" + entries + "]}}";
}

bool is_plain_text(std::string_view text) {
    const opened_export opened = open_export(std::make_unique<text_source>(text));
    return opened.messages == nullptr && opened.refusal.empty();
}

TEST(formats, text_is_left_alone) {
    for (const std::string text :
         {"", "HTTP/1.1 401 X\r\n\r\n", "> GET / HTTP/1.1\n", "Authorization: x\n", "\xEF\xBB\xBFHTTP/1.1 401 X\r\n"}) {
        EXPECT_TRUE(is_plain_text(text)) << text;
        EXPECT_FALSE(make(text).opened) << text;
        EXPECT_EQ(make(text).refusal, "") << text;
    }
    EXPECT_FALSE(is_plain_text("{\"log\": {}}"));
    EXPECT_TRUE(is_plain_text("PK\x03\x04")) << "it is no export, and the reader of messages says so";
}

TEST(formats, pieces_do_not_matter) {
    for (const std::string name :
         {"burp.xml", "burp-base64.xml", "chromium.har", "curl-time.txt", "curl-trace.txt", "curl-trace-ascii.txt",
          "curl-trace-time.txt", "h2.txt", "httpie.txt", "login.ndjson", "nghttp.txt", "tcpdump.txt", "tshark.txt",
          "wget-debug.txt", "wget.warc.gz"}) {
        const std::string input = file(name);
        const made whole = make(input);
        EXPECT_TRUE(whole.opened || !whole.refusal.empty()) << name;
        EXPECT_EQ(whole.complaints(), "") << name;
        for (const std::size_t piece : {1U, 7U, 100U}) {
            const made cut = make(input, {}, piece);
            EXPECT_EQ(cut.text, whole.text) << name << " in pieces of " << piece;
            ASSERT_EQ(cut.origins.size(), whole.origins.size()) << name;
            for (std::size_t i = 0; i < cut.origins.size(); ++i) {
                EXPECT_EQ(cut.origins[i].offset, whole.origins[i].offset) << name;
                EXPECT_EQ(cut.origins[i].label, whole.origins[i].label) << name;
            }
        }
    }
}

// Whatever follows the head of a message, and wherever a piece ends in that head, the input is text.
TEST(formats, the_head_of_a_message_is_told_from_the_same_bytes_in_all_pieces) {
    const std::string colours = "\x1B[34mHTTP\x1B[39m/1.1 401 Unauthorized\r\n\r\n";
    for (const std::string head : {"GET / HTTP/1.1\r\nHost: a\r\n\r\n", "> GET / HTTP/1.1\r\n> Host: a\r\n> \r\n",
                                   "* Trying\n< HTTP/1.1 401 Unauthorized\n< A: b\n< \n"}) {
        const std::string input = head + colours;
        EXPECT_FALSE(make(input).opened) << head;
        for (std::size_t piece = 1; piece <= input.size(); ++piece) {
            EXPECT_FALSE(make(input, {}, piece).opened) << head << " in pieces of " << piece;
        }
    }
    for (std::size_t piece = 1; piece <= colours.size(); ++piece) EXPECT_TRUE(make(colours, {}, piece).opened);
}

// Whatever is cut off: the messages before the last one are the same, where the export has them in order; and nothing is
// made up.
TEST(formats, cut_off_anywhere) {
    for (const std::string name :
         {"burp-base64.xml", "chromium.har", "curl-trace.txt", "login.ndjson", "wget-debug.txt", "wget.warc.gz",
          "nghttp.txt", "tcpdump.txt", "tshark.txt", "h2.txt"}) {
        const std::string input = file(name);
        const made whole = make(input);
        const bool in_order = name != "nghttp.txt" && name != "tcpdump.txt";
        for (std::size_t size = 0; size < input.size(); size += 1 + input.size() / 300) {
            const made cut = make(std::string_view(input).substr(0, size));
            EXPECT_LE(cut.origins.size(), whole.origins.size()) << name << " at " << size;
            EXPECT_LE(cut.text.size(), size + 64 * cut.origins.size()) << name << " at " << size;
            const std::size_t same = !in_order || cut.origins.empty() ? 0 : cut.origins.back().offset;
            EXPECT_EQ(cut.text.substr(0, same), whole.text.substr(0, same)) << name << " at " << size;
        }
    }
}

TEST(formats, har_says_what_is_missing) {
    EXPECT_EQ(make(har_of("{}")).complaints(), "log.entries[0]: there is no request and no response\n");
    EXPECT_EQ(make(har_of("7, {\"request\": 1}")).complaints(),
              "log.entries[0]: it is no object\nlog.entries[1]: there is no request and no response\n");
    EXPECT_EQ(
        make(
            har_of(
                R"({"request": {"method": "GET", "url": "ftp://a/", "headers": []}, "response": {"status": 0, "headers": []}})"))
            .complaints(),
        "log.entries[0].request: its URL is not one of http or https\n"
        "log.entries[0].response: its status is 0: no response came\n");
    EXPECT_EQ(
        make(har_of(R"({"request": {"method": "GET", "url": "http://a/"}, "response": {"headers": [{"name": "x"}]}})"))
            .complaints(),
        "log.entries[0]: an element of headers has no name or no value\n"
        "log.entries[0].request: there are no headers\nlog.entries[0].response: there is no status\n");
    EXPECT_EQ(make("{\"log\": {\"entries\": 5}}").complaints(), "log: there is no log.entries\n");
    EXPECT_EQ(make("{\"log\": {}}").complaints(), "log: there is no log.entries\n");
    EXPECT_EQ(make("{\"log\": {\"entries\": []").complaints(), "byte 22: the JSON ends early\n");
}

TEST(formats, har_becomes_messages) {
    const made m = make(har_of(
        R"({"request": {"method": "GET", "url": "https://a.test/x?y#z", "httpVersion": "h2", "headers": [)"
        R"({"name": ":authority", "value": "a.test"}, {"name": "cookie", "value": "a=\u00e4"}]}, )"
        R"("response": {"status": 401, "statusText": "", "httpVersion": "http/2.0", "headers": [)"
        R"({"name": "www-authenticate", "value": "Basic realm=\"x\"\nBearer"}, {"name": "Content-Length", "value": "900"}], )"
        R"("content": {"text": "<form><input type=password></form>"}}})"));
    EXPECT_EQ(m.complaints(), "");
    EXPECT_EQ(m.text,
              "GET /x?y HTTP/2\r\nHost: a.test\r\ncookie: a=\xE4\r\n\r\n"
              "HTTP/2 401\r\nwww-authenticate: Basic realm=\"x\"\r\nwww-authenticate: Bearer\r\n\r\n");
    ASSERT_EQ(m.origins.size(), 2U);
    EXPECT_EQ(m.origins[0].label, "log.entries[0].request");
    EXPECT_EQ(m.origins[1].label, "log.entries[0].response");
    EXPECT_EQ(m.origins[1].offset, m.text.find("HTTP/2 401"));
    EXPECT_EQ(m.origins[1].secured, true);
    EXPECT_TRUE(m.origins[1].login_form);
    EXPECT_FALSE(m.origins[0].login_form);
}

TEST(formats, ndjson_goes_on_behind_a_broken_line) {
    const made m = make(
        "{\"request\": \"GET / HTTP/1.1\\r\\n\\r\\n\"}\n"
        "{\"request\": nonsense}\n[]\n"
        "{\"response\": {\"status\": 200, \"headers\": {\"A\": [\"1\", \"2\"], \"B\": \"3\"}}, \"label\": \"here\", "
        "\"secured\": true}\n");
    EXPECT_EQ(m.text, "GET / HTTP/1.1\r\n\r\nHTTP/1.1 200\r\nA: 1\r\nA: 2\r\nB: 3\r\n\r\n");
    EXPECT_NE(m.complaints().find("line 2: a value is missing in the JSON\n"), std::string::npos) << m.complaints();
    EXPECT_NE(m.complaints().find("line 3: it is no JSON object\n"), std::string::npos) << m.complaints();
    ASSERT_EQ(m.origins.size(), 2U);
    EXPECT_EQ(m.origins[0].label, "line 1.request");
    EXPECT_EQ(m.origins[1].label, "here.response");
    EXPECT_EQ(m.origins[1].secured, true);
}

TEST(formats, warc_pairs_records_and_survives_lengths_that_lie) {
    const auto record = [](const std::string& type, const std::string& id, const std::string& concurrent,
                           const std::string& block, const std::string& length = {}) {
        return "WARC/1.1\r\nWARC-Type: " + type + "\r\nWARC-Record-ID: <" + id + ">\r\n" +
               (concurrent.empty() ? "" : "WARC-Concurrent-To: <" + concurrent + ">\r\n") +
               "WARC-Target-URI: https://a.test/\r\nContent-Type: application/http; msgtype=" + type +
               "\r\nContent-Length: " + (length.empty() ? std::to_string(block.size()) : length) + "\r\n\r\n" + block +
               "\r\n\r\n";
    };
    const std::string ask = "GET / HTTP/1.1\r\nHost: a.test\r\n\r\n";
    const std::string answer = "HTTP/1.1 401 X\r\n\r\n<p>";
    const std::string both = "GET / HTTP/1.1\r\nHost: a.test\r\n\r\nHTTP/1.1 401 X\r\n\r\n";
    const std::string info = "WARC/1.1\r\nWARC-Type: warcinfo\r\nContent-Length: 3\r\n\r\na:b\r\n\r\n";
    EXPECT_EQ(make(info + record("request", "1", "", ask) + record("response", "2", "1", answer)).text, both);
    EXPECT_EQ(make(record("response", "2", "", answer) + record("request", "1", "2", ask)).text, both)
        << "the response first";
    EXPECT_EQ(make(record("request", "1", "", ask) + record("response", "2", "", answer)).text, both)
        << "neither names the other";
    EXPECT_EQ(make(record("request", "1", "", ask) + record("response", "2", "1", answer)).origins[1].secured, true);

    const made longer = make(record("request", "1", "", ask, "5000") + record("response", "2", "1", answer));
    EXPECT_EQ(longer.text, both);
    EXPECT_NE(longer.complaints().find("record 1: its Content-Length is "), std::string::npos) << longer.complaints();
    // Whatever the length says, the records behind it are read, in pieces of any size.
    const std::string rest = record("response", "2", "1", answer) + info + record("response", "3", "", answer);
    for (const char* length : {"37", "100", "500", "900", "5000", "90000000", "999999999999999999"}) {
        for (const std::size_t piece : {std::size_t{1}, std::size_t{7}, std::size_t{1000}, std::string_view::npos}) {
            const made m = make(info + record("request", "1", "", ask, length) + rest, {}, piece);
            EXPECT_EQ(m.text, both + "HTTP/1.1 401 X\r\n\r\n") << length << ' ' << piece;
            EXPECT_NE(m.complaints().find("record 2: "), std::string::npos) << length << ' ' << piece;
        }
    }
    const made end = make(record("request", "1", "", ask, "5000"));
    EXPECT_NE(end.complaints().find("record 1: it ends "), std::string::npos) << end.complaints();
    // An archive in an archive is a body like others.
    const std::string inner = record("request", "8", "", "GET /inner HTTP/1.1\r\n\r\n") + rest;
    const std::string outer = record("response", "2", "1", "HTTP/1.1 401 X\r\n\r\n" + inner + inner);
    for (const std::size_t piece : {std::size_t{1}, std::size_t{100}, std::string_view::npos}) {
        EXPECT_EQ(make(record("request", "1", "", ask) + outer, {}, piece).text, both);
        EXPECT_EQ(make(record("request", "1", "", ask) + outer + rest, {}, piece).complaints(), "");
    }
    const made shorter = make(record("request", "1", "", ask, "20") + record("response", "2", "1", answer));
    EXPECT_NE(shorter.text.find("HTTP/1.1 401 X"), std::string::npos);
    EXPECT_NE(shorter.complaints().find("no record begins where"), std::string::npos) << shorter.complaints();
    const made none = make(record("request", "1", "", ask, "many") + record("response", "2", "", answer));
    EXPECT_EQ(none.text, "HTTP/1.1 401 X\r\n\r\n");
    EXPECT_NE(none.complaints().find("record 1: its Content-Length is missing"), std::string::npos)
        << none.complaints();
    EXPECT_NE(make(record("response", "1", "", "no HTTP")).complaints().find("start line"), std::string::npos);
}

TEST(formats, gzip_by_member_and_cut_off) {
    if (!can_gunzip()) GTEST_SKIP() << "built without zlib";
    EXPECT_EQ(make(gzipped_401).text, "HTTP/1.1 401 X\r\n\r\n");
    EXPECT_EQ(make(gzipped_401 + gzipped_401 + std::string(600, '\0'), {}, 5).text,
              "HTTP/1.1 401 X\r\n\r\nHTTP/1.1 401 X\r\n\r\n");
    EXPECT_EQ(make(gzipped_401 + gzipped_401).complaints(), "");
    const made cut = make(gzipped_401 + gzipped_401.substr(0, 30));
    EXPECT_EQ(cut.text.substr(0, 18), "HTTP/1.1 401 X\r\n\r\n");
    EXPECT_NE(cut.complaints().find("the gzip data end early, at byte " + std::to_string(gzipped_401.size() + 30)),
              std::string::npos)
        << cut.complaints();
    EXPECT_NE(make(gzipped_401 + "rubbish").complaints().find("damaged at byte"), std::string::npos);
    std::string twice = gzipped_401;
    twice[20] = '\xFF';
    EXPECT_NE(make(twice).complaints() + make(twice).text, "HTTP/1.1 401 X\r\n\r\n");
}

TEST(formats, colours_are_taken_out) {
    EXPECT_EQ(make("\x1B[1;34mHTTP/1.1\x1B[0m 401 X\r\n\x1B]0;title\aA\x1B(B: \x1B[38;5;1mb\r\n").text,
              "HTTP/1.1 401 X\r\nA: b\r\n");
    EXPECT_EQ(
        make("\x1B[33m[  0.001]\x1B[0m Connected\n\x1B[33m[  0.002]\x1B[0m recv (stream_id=1) :status: 401\n").text,
        "HTTP/2 401\r\n\r\n")
        << "what they coloured is recognised";
}

TEST(formats, xml_expands_nothing) {
    if (!can_read_xml()) GTEST_SKIP() << "built without expat";
    std::string bomb = "<?xml version=\"1.0\"?>\n<!DOCTYPE items [<!ENTITY a \"aaaaaaaaaa\">\n";
    for (char c = 'b'; c < 'n'; ++c) {
        bomb += std::string("<!ENTITY ") + c + " \"";
        for (int i = 0; i < 10; ++i) bomb += std::string("&") + static_cast<char>(c - 1) + ";";
        bomb += "\">\n";
    }
    bomb += "]>\n<items burpVersion=\"1\"><item><request>&m;</request></item></items>";
    EXPECT_EQ(make(bomb).complaints(), "line 2: the XML declares an entity, which no export does\n");
    const std::string outside =
        "<?xml version=\"1.0\"?><!DOCTYPE items [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>"
        "<items burpVersion=\"1\"><item><request>&x;</request></item></items>";
    EXPECT_EQ(make(outside).text, "");
    EXPECT_EQ(make(outside).complaints(), "line 1: the XML declares an entity, which no export does\n");
    std::string deep = "<items burpVersion=\"1\">";
    for (int i = 0; i < 1000; ++i) deep += "<a>";
    EXPECT_EQ(make(deep).complaints(), "line 1: the XML is nested too deep\n");
    EXPECT_EQ(make("<items burpVersion=\"1\">\n<item>").complaints(), "line 2: the XML ends early\n");
    EXPECT_NE(make("<items burpVersion=\"1\"></wrong>").complaints().find("line 1: the XML is broken: "),
              std::string::npos);
}

TEST(formats, burp_with_base64_that_is_none) {
    if (!can_read_xml()) GTEST_SKIP() << "built without expat";
    const made m = make(
        "<items burpVersion=\"1\"><item><protocol>https</protocol>"
        "<request base64=\"true\">R0VUIC8gSFRUUC8xLjENCg0K*</request>"
        "<response base64=\"true\">SFRUUC8xLjEgNDAxIFgNCg0K</response></item>"
        "<item><response base64=\"false\"><![CDATA[HTTP/1.1 200 OK\n\n]]></response></item><item/></items>");
    EXPECT_EQ(m.text, "GET / HTTP/1.1\r\n\r\nHTTP/1.1 401 X\r\n\r\nHTTP/1.1 200 OK\n\r\n");
    EXPECT_EQ(m.complaints(),
              "item 1, request: its base64 is broken, and was read as far as that\n"
              "item 3: there is no request and no response\n");
    ASSERT_EQ(m.origins.size(), 3U);
    EXPECT_EQ(m.origins[1].secured, true);
    EXPECT_EQ(m.origins[2].secured, std::nullopt);
}

TEST(formats, traces_of_curl) {
    EXPECT_EQ(make("== Info: note\n<= Recv header, 16 bytes (0x10)\n0000: HTTP/1.1 401 X\n"
                   "<= Recv header, 81 bytes (0x51)\n"
                   "0000: WWW-Authenticate: Basic realm=\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n0040: aaaaaaaaaaaaaa\"\n"
                   "<= Recv header, 2 bytes (0x2)\n0000: \n<= Recv data, 3 bytes (0x3)\n0000: < x\n")
                  .text,
              "* note\n< HTTP/1.1 401 X\r\n< WWW-Authenticate: Basic "
              "realm=\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"\r\n< \r\n");
    EXPECT_EQ(make("=> Send header, 20 bytes (0x14)\n"
                   "0000: 47 45 54 20 2f 20 48 54 54 50 2f 31 2e 31 0d 0a GET / HTTP/1.1..\n"
                   "0010: 41 3a 0d 0a                                     A:..\n")
                  .text,
              "> GET / HTTP/1.1\r\n> A:\r\n> \r\n");
    EXPECT_EQ(make("12:00:00.000001 * note\n12:00:00.000002 < HTTP/1.1 401 X\nbody\n").text,
              "* note\n< HTTP/1.1 401 X\nbody\n");
}

TEST(formats, fields_of_http2) {
    EXPECT_EQ(make(":authority:\na.test\n:method:\nGET\n:path:\n/x\n:scheme:\nhttps\naccept:\n*/*\n").text,
              "GET /x HTTP/2\r\nhost: a.test\r\naccept: */*\r\n\r\n")
        << "as Chromium shows them";
    const made m =
        make("> :method: GET\n> :path: /\n> :scheme: https\n> \n< :status: 401\n< www-authenticate: Basic\n< \n");
    EXPECT_EQ(m.text, "GET / HTTP/2\r\n\r\nHTTP/2 401\r\nwww-authenticate: Basic\r\n\r\n");
    EXPECT_EQ(m.origins[1].secured, true) << "as its request";
    EXPECT_EQ(make(":method: CONNECT\n:authority: a:443\n").text, "CONNECT a:443 HTTP/2\r\nhost: a:443\r\n\r\n");
    EXPECT_EQ(make(":status: 4o1\n").complaints(), "line 1: the status makes no status line\n");
}

TEST(formats, segments_of_tcpdump) {
    const std::string ip(20, '.');
    const auto packet = [&](const std::string& from, const std::string& to, const std::string& seq,
                            const std::string& data) {
        return "12:00:00.000001 IP 127.0.0.1." + from + " > 127.0.0.1." + to + ": Flags [P.], seq " + seq +
               ", ack 1, win 512, length 9\nE" + std::string(39, '.') + data + "\n";
    };
    const std::string ask = packet("4", "80", "1:20", "GET / HTTP/1.1\nHo");
    EXPECT_EQ(
        make(ask + packet("4", "80", "1:20", "GET / HTTP/1.1\nHo") + packet("5", "80", "1:9", "GET /5 HTTP/1.1\n\n") +
             packet("4", "80", "20:30", "st: a\n\n") + packet("80", "5", "1:9", "HTTP/1.1 401 Five\n\n") +
             packet("80", "4", "1:9", "HTTP/1.1 401 Four\n\nbody\n"))
            .text,
        "GET /5 HTTP/1.1\n\r\nHTTP/1.1 401 Five\n\r\nGET / HTTP/1.1\nHost: a\n\r\nHTTP/1.1 401 Four\n\r\n")
        << "in segments, sent again, and on two connections";
    EXPECT_EQ(
        make("12:00:00.000001 IP 127.0.0.1.4 > 127.0.0.1.80: Flags [P.], seq 1:2, options [strange], length 9\nE..\n")
            .complaints(),
        "line 1: where the data of the packet begin cannot be told\n");
}

/// A pipe whose next bytes do not come for now.
class waiting : public byte_source {
public:
    explicit waiting(std::string first) : first_(std::move(first)) {}
    std::string_view next() override {
        EXPECT_FALSE(std::exchange(given_, true)) << "it was waited for more";
        return first_;
    }

private:
    std::string first_;
    bool given_ = false;
};

TEST(formats, what_is_text_is_not_waited_for) {
    for (const std::string first : {"GET / HTTP/1.1\r\nHost: a\r\n\r\n", "> GET / HTTP/1.1\r\n> \r\n",
                                    "*   Trying 127.0.0.1:80...\n> GET / HTTP/1.1\n> \n"}) {
        EXPECT_EQ(open_export(std::make_unique<waiting>(first)).messages, nullptr) << first;
    }
    for (const char* text :
         {"HTTP/1.1 401 X\nB: c\n\x1B[1mA\x1B[0m: b\n\n", "HTTP/1.1 401 X\n\x1B[1mlog\x1B[0m\nA: b\n\n",
          "\x1B[90mlog\x1B[0m\nHTTP/1.1 401 X\nA: \x1B[1mb\n\n", "HTTP/1.1 401 X\n\nA\x1B[1m: b\n"}) {
        EXPECT_EQ(make(text, {}, 1).text, "") << "a line with colours does not make it a dump in colours";
    }
    EXPECT_EQ(make("HTTP/1.1 401 X\n\x1B[1mA\x1B[0m: b\n\n", {}, 1).text, "HTTP/1.1 401 X\nA: b\n\n")
        << "colours may come behind the first line";
}

/// An export that is larger than memory: its parts, one of them many times.
class endless : public byte_source {
public:
    endless(std::string before, std::string often, std::size_t times, std::string behind)
        : before_(std::move(before)), often_(std::move(often)), times_(times), behind_(std::move(behind)) {}
    std::string_view next() override {
        if (step_ == 0) return ++step_, before_;
        if (step_++ <= times_) return often_;
        return step_ == times_ + 2 ? std::string_view(behind_) : std::string_view();
    }

private:
    std::string before_;
    std::string often_;
    std::size_t times_;
    std::string behind_;
    std::size_t step_ = 0;
};

// 32 MiB each, of which less than a quarter is ever held.
TEST(formats, memory_does_not_depend_on_the_size) {
#if defined(__SANITIZE_ADDRESS__)
    GTEST_SKIP() << "it keeps what was freed";
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
    GTEST_SKIP() << "it keeps what was freed";
#endif
#endif
    const auto peak = [] {
        rusage use{};
        ::getrusage(RUSAGE_SELF, &use);
        return static_cast<std::size_t>(use.ru_maxrss) * 1024;
    };
    const std::string filler(std::size_t{1} << 16, 'a');
    const std::string entry =
        R"({"request": {"method": "GET", "url": "http://a/", "headers": []}, "response": {"status": 401, "headers": [], "content": {"text": ")";
    const std::size_t times = 512;
    const std::string record = "WARC/1.1\r\nWARC-Type: response\r\nContent-Type: application/http\r\nContent-Length: " +
                               std::to_string(times * filler.size() + 18) + "\r\n\r\nHTTP/1.1 401 X\r\n\r\n";
    std::vector<std::pair<std::string, std::unique_ptr<byte_source>>> inputs;
    inputs.emplace_back("HTTP/1.1 401",
                        std::make_unique<endless>("{\"log\": {\"entries\": [" + entry, filler, times, "\"}}}]}}"));
    inputs.emplace_back("HTTP/1.1 401", std::make_unique<endless>(entry, filler, times, "\"}}}\n"));
    inputs.emplace_back("HTTP/1.1 401", std::make_unique<endless>(record, filler, times, "\r\n\r\n"));
    inputs.emplace_back("> GET / HTTP/1.1",
                        std::make_unique<endless>("== Info: ", filler, times,
                                                  "\n=> Send header, 18 bytes (0x12)\n0000: GET / HTTP/1.1\n0010: \n"));
    if (can_read_xml()) {
        inputs.emplace_back(
            "HTTP/1.1 401",
            std::make_unique<endless>("<items burpVersion=\"1\"><item><response base64=\"false\">HTTP/1.1 401 X\n\n",
                                      filler, times, "</response></item></items>"));
    }
    for (auto& [expected, source] : inputs) {
        const std::size_t before = peak();
        const opened_export opened = open_export(std::move(source));
        ASSERT_NE(opened.messages, nullptr);
        made m;
        bool found = false;
        while (opened.messages->next(m.text, m.origins, m.unread)) {
            found = found || m.text.find(expected) != std::string::npos;
            m.text.clear();
        }
        EXPECT_TRUE(found) << expected;
        EXPECT_LE(peak() - before, times * filler.size() / 4);
    }
}

// The program is looked for in PATH, and fed by a pipe.
TEST(formats, captures_without_tshark_and_without_http) {
    const std::string capture = file("login.pcap");
    const std::string path = std::getenv("PATH");  // NOLINT: one thread
    ::setenv("PATH", "/nonexistent", 1);           // NOLINT
    EXPECT_NE(make(capture).refusal.find("tshark, which authlint reads captures with, is not installed"),
              std::string::npos);
    ::setenv("PATH", path.c_str(), 1);                                                                     // NOLINT
    if (std::system("tshark --version > /dev/null 2>&1") != 0) GTEST_SKIP() << "tshark is not installed";  // NOLINT
    const made none = make(capture.substr(0, 24));
    EXPECT_EQ(none.complaints().find("the capture: tshark finds no HTTP message in it"), 0U) << none.complaints();
    const made cut = make(capture.substr(0, capture.size() - 10));
    EXPECT_NE(cut.complaints().find("cut short"), std::string::npos) << cut.complaints();
    EXPECT_NE(cut.text.find("401 Unauthorized"), std::string::npos);
}

}  // namespace
