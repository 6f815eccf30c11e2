// Exports that were made to fill memory, or to say the same without end: what is kept and what is said of them is bounded.

#include "formats/converters.hpp"
#include "formats/exchange_pairs.hpp"
#include "formats/gunzip.hpp"
#include "formats/message_head.hpp"
#include "formats/open_export.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace authlint;

constexpr std::size_t mebibyte = std::size_t{1} << 20;

struct made {
    std::string text;
    std::vector<text_origin> origins;
    std::vector<unread_part> unread;

    [[nodiscard]] std::size_t complaints_with(std::string_view reason) const {
        return static_cast<std::size_t>(std::count_if(unread.begin(), unread.end(), [reason](const unread_part& u) {
            return u.reason.find(reason) != std::string::npos;
        }));
    }
};

made make(const std::string& input, std::string_view kind = {}) {
    made m;
    const opened_export opened = open_export(std::make_unique<text_source>(input, std::size_t{1} << 16), kind);
    EXPECT_NE(opened.messages, nullptr) << opened.refusal;
    while (opened.messages && opened.messages->next(m.text, m.origins, m.unread)) {
    }
    return m;
}

std::string repeated(std::string_view text, std::size_t times) {
    std::string out;
    out.reserve(text.size() * times);
    for (std::size_t i = 0; i < times; ++i) out += text;
    return out;
}

TEST(hostile_exports, a_flood_of_what_cannot_be_read_is_named_up_to_a_bound) {
    const made lines = make(repeated("1\n", 100000), "ndjson");
    ASSERT_EQ(lines.unread.size(), message_sink::most_unread + 1);
    EXPECT_EQ(lines.unread.front().place, "line 1");
    EXPECT_EQ(lines.unread.back().place, "line 1001");
    EXPECT_NE(lines.unread.back().reason.find("not listed"), std::string::npos) << lines.unread.back().reason;

    const made headers = make(R"({"response": {"status": 401, "headers": [)" + repeated("{}, ", 5000) +
                                  repeated(R"({"name": "a b", "value": ""}, )", 5000) + "{}]}}\n",
                              "ndjson");
    EXPECT_EQ(headers.complaints_with("no name or no value"), 1U) << "said once of one place";
    EXPECT_EQ(headers.complaints_with("no token"), 1U);
    EXPECT_EQ(headers.origins.size(), 1U);
}

TEST(hostile_exports, a_long_label_is_cut_between_characters) {
    const made m = make("{\"label\": \"" + repeated("\xC3\xA9", mebibyte / 4) +
                            R"(", "response": {"status": 401, "headers": {"a b": ""}}})" + "\n",
                        "ndjson");
    ASSERT_EQ(m.origins.size(), 1U);
    const std::string expected = repeated("\xC3\xA9", 100) + "...";
    EXPECT_EQ(m.origins[0].label, expected);
    EXPECT_LT(m.origins[0].label.capacity(), 1000U) << "the rest is not kept";
    ASSERT_EQ(m.unread.size(), 1U);
    EXPECT_EQ(m.unread[0].place, expected);
}

TEST(hostile_exports, long_ids_of_warc_records_count_as_memory) {
    const std::string block = "HTTP/1.1 401 Unauthorized\r\n\r\n";
    std::string warc;
    for (int i = 0; i < 12; ++i) {
        warc += "WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: " + std::to_string(i) +
                std::string(mebibyte / 2, 'i') +
                "\r\nContent-Type: application/http\r\nContent-Length: " + std::to_string(block.size()) + "\r\n\r\n" +
                block + "\r\n\r\n";
    }
    const made m = make(warc, "warc");
    EXPECT_EQ(m.origins.size(), 12U) << "all are read";
    EXPECT_GE(m.complaints_with("not paired"), 4U) << "8 MiB wait at most, of which an id takes 1";
}

TEST(hostile_exports, heads_that_do_not_end) {
    // One connection of tcpdump, whose head has no end.
    const std::string packet = "12:00:00.000001 IP 10.0.0.1.9 > 10.0.0.2.80: Flags [P.], seq ";
    const std::string octets = ", ack 1, win 64, length 100\nE" + std::string(39, '.');
    std::string dump = packet + "1:101" + octets + "GET / HTTP/1.1\n\n";
    for (std::size_t i = 1; i < 6; ++i) {
        dump += packet + std::to_string(i * 100 + 1) + ":" + std::to_string(i * 100 + 101) + octets +
                repeated("X-Filler: " + std::string(89, 'x') + "\n", mebibyte / 400) + "\n";
    }
    const made flow = make(dump, "tcpdump");
    EXPECT_LE(flow.text.size(), longest_head + 100);

    // Streams of nghttp, none of which comes to its HEADERS frame.
    std::string frames = "[  0.001] Connected\n";
    for (int i = 1; i <= 20; ++i) {
        const std::string start = "[  0.2] recv (stream_id=" + std::to_string(i) + ") ";
        frames += start + ":status: 401\n" + repeated(start + "x: " + std::string(9900, 'x') + "\n", 100);
    }
    const made streams = make(frames, "nghttp");
    EXPECT_GE(streams.complaints_with("begun and not ended"), 2U) << "8 MiB of header sections wait at most";
    EXPECT_EQ(streams.complaints_with("trailer section"), 2U) << "what comes later of a section that was given up";
    EXPECT_EQ(streams.origins.size(), 20U) << "all are read as far as they had come";
}

TEST(hostile_exports, xml_markup_and_names_are_bounded) {
    if (!can_read_xml()) GTEST_SKIP() << "built without expat";
    const std::string begin =
        "<?xml version=\"1.0\"?>\n<items burpVersion=\"1\">\n<item><protocol>http</protocol></item>\n";
    const std::string filler(5 * mebibyte, 'x');
    for (const std::string& markup : {"<item a=\"" + filler + "\"/>", "<" + filler + "/>", "<!-- " + filler + " -->"}) {
        const made m = make(begin + markup, "burp");
        EXPECT_EQ(m.complaints_with("longer than 4 MiB"), 1U) << markup.substr(0, 9);
    }
    std::string names = begin;
    for (int i = 0; i < 400000; ++i) names += "<a" + std::to_string(i) + "/>";
    EXPECT_EQ(make(names, "burp").complaints_with("more names"), 1U);
    // Each parser begins anew.
    const made after = make(begin + "<item><response>HTTP/1.1 401 Unauthorized\n\n</response></item></items>", "burp");
    EXPECT_EQ(after.origins.size(), 1U);
}

std::string export_file(const std::string& name) {
    std::ifstream in(std::filesystem::path(AUTHGRAMMAR_SOURCE_DIR) / "corpus" / "exports" / name, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

TEST(hostile_exports, a_har_that_is_cut_says_where) {
    const std::string har = export_file("chromium.har");
    ASSERT_GT(har.size(), 4U << 10);
    const made whole = make(har, "har");
    ASSERT_TRUE(whole.unread.empty());
    for (std::size_t size = 1 << 10; size < har.size(); size += 1 << 10) {
        const made cut = make(har.substr(0, size), "har");
        ASSERT_FALSE(cut.unread.empty()) << size;
        EXPECT_EQ(cut.unread.back().place, "byte " + std::to_string(size));
        EXPECT_EQ(cut.unread.back().reason, "the JSON ends early");
        // What is whole is read as it is in the whole.
        const std::size_t same = cut.origins.empty() ? 0 : cut.origins.back().offset;
        EXPECT_EQ(cut.text.substr(0, same), whole.text.substr(0, same)) << size;
    }
}

TEST(hostile_exports, gzip_data_that_are_cut_say_where) {
    if (!can_gunzip()) GTEST_SKIP() << "built without zlib";
    const std::string whole = export_file("wget.warc.gz");
    const made all = make(whole);
    ASSERT_TRUE(all.unread.empty());
    std::size_t silent = 0;
    for (std::size_t size = 3; size < whole.size(); ++size) {
        const made cut = make(whole.substr(0, size));
        if (cut.unread.empty()) ++silent;
        if (!cut.unread.empty()) {
            EXPECT_EQ(cut.complaints_with("the gzip data end early, at byte " + std::to_string(size)), 1U) << size;
        }
        EXPECT_LE(cut.origins.size(), all.origins.size());
    }
    EXPECT_LE(silent, 10U) << "between two members it looks like a whole file";
}

}  // namespace
