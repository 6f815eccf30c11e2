// Where a body ends: by Content-Length, by its chunks, or where the next message begins.

#include <authgrammar/audit/message.hpp>

#include <gtest/gtest.h>

#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace authgrammar::audit;

/// A body that looks like a message, so that whoever does not know where it ends sees one more.
const std::string decoy = "HTTP/1.1 200 OK\r\nA: b\r\n\r\n";
const std::string next = "HTTP/1.1 407 X\r\nA: b\r\n\r\n";

/// The bytes of each body, but for what is read in another way, too.
using sizes = std::vector<std::size_t>;
sizes bodies_of(const std::string& input) {
    sizes list;
    for (const message& m : read_messages(input)) {
        if (m.place == message_place::stream) list.push_back(m.body_bytes);
    }
    return list;
}

sizes with_length(const std::string& length, const std::string& rest) {
    return bodies_of("HTTP/1.1 401 X\r\nContent-Length: " + length + "\r\n\r\n" + rest);
}
sizes chunked(const std::string& rest) {
    return bodies_of("HTTP/1.1 401 X\r\nTransfer-Encoding: chunked\r\n\r\n" + rest);
}

TEST(framing, content_length) {
    const std::string all = std::to_string(decoy.size());
    EXPECT_EQ(with_length(all, decoy), sizes{decoy.size()}) << "the input ends there";
    EXPECT_EQ(with_length(all, decoy + next), (sizes{decoy.size(), 0}));
    EXPECT_EQ(with_length("0" + all, decoy + next), (sizes{decoy.size(), 0}));
    EXPECT_EQ(with_length(all, decoy + "\r\n\n" + next), (sizes{decoy.size(), 0})) << "blank lines behind it";
    EXPECT_EQ(with_length(all, decoy + "\r\n"), sizes{decoy.size()});
    EXPECT_EQ(with_length(all, decoy + "GET / HTTP/1.1\r\n\r\n"), (sizes{decoy.size(), 0}));
    EXPECT_EQ(with_length(all, decoy + "* Connection #0 left intact\n"), sizes{decoy.size()}) << "a remark of curl";
    EXPECT_EQ(with_length(all, decoy + "> GET / HTTP/1.1\n> \n"), (sizes{decoy.size(), 0}));
    EXPECT_EQ(with_length("0", next), (sizes{0, 0}));
}

// What does not fit what follows is not believed.
TEST(framing, content_length_that_is_wrong) {
    const std::string all = std::to_string(decoy.size());
    const std::string more = std::to_string(decoy.size() + 1);
    const sizes not_believed{0, 0};
    EXPECT_EQ(with_length(more, decoy), not_believed) << "one byte more than there is";
    EXPECT_EQ(with_length(all, decoy + "x"), (sizes{0, 1})) << "no message follows";
    EXPECT_EQ(with_length(all, decoy + "\r\nx"), (sizes{0, 3})) << "nor behind a blank line";
    EXPECT_EQ(with_length("", "\r\n" + decoy), (sizes{2, 0})) << "no number is not 0";
    EXPECT_EQ(with_length(std::to_string(decoy.size() - 5), decoy + next), (sizes{0, 0, 0}));
    for (const std::string length : {"", "x", "-1", "+0", "0x", "0 0", "0,0", "0;", "99999999999999999999999999"}) {
        EXPECT_EQ(with_length(length, decoy), not_believed) << length;
    }
    EXPECT_EQ(with_length(all + "x", decoy), not_believed);
    EXPECT_EQ(with_length("1A", decoy), not_believed) << "decimal, not hex";
    EXPECT_EQ(bodies_of("HTTP/1.1 401 X\r\n\r\n" + decoy), not_believed);
    EXPECT_EQ(bodies_of("HTTP/1.1 401 X\r\n\r\nabc\r\n" + next), (sizes{5, 0}));
    // A number that is larger than any size, by wrapping round to the right one.
    EXPECT_EQ(with_length("18446744073709551616", decoy), not_believed) << "2 to the power of 64";
    EXPECT_EQ(with_length("18446744073709551641", decoy), not_believed) << "and " << decoy.size() << " more";
    ASSERT_EQ(decoy.size(), 25u);
}

std::string hex(std::size_t n, bool upper) {
    std::ostringstream digits;
    digits << std::hex << (upper ? std::uppercase : std::nouppercase) << n;
    return digits.str();
}

// RFC 9112, 7.1: sizes are hex, in either case.
TEST(framing, chunk_sizes_are_hex) {
    for (const bool upper : {false, true}) {
        for (std::size_t n = 1; n < 600; ++n) {
            const std::string body = hex(n, upper) + "\r\n" + std::string(n, 'x') + "\r\n" + hex(decoy.size(), upper) +
                                     "\r\n" + decoy + "\r\n0\r\n\r\n";
            ASSERT_EQ(chunked(body + next), (sizes{body.size(), 0})) << hex(n, upper);
        }
    }
    const std::string one = "1C\r\nabc" + decoy + "\r\n0\r\n\r\n";
    EXPECT_EQ(chunked(one + next), (sizes{one.size(), 0}));
}

TEST(framing, chunks) {
    const auto believed = [](const std::string& body) {
        const sizes expected{body.size(), 0};
        return chunked(body + next) == expected;
    };
    const std::string chunk = "19\r\n" + decoy + "\r\n";
    EXPECT_TRUE(believed(chunk + "0\r\n\r\n"));
    EXPECT_TRUE(believed(chunk + "0\n\n"));
    EXPECT_TRUE(believed("19\n" + decoy + "\n0\n\n")) << "LF";
    EXPECT_TRUE(believed("0019;name=\"value\"\r\n" + decoy + "\r\n0\r\n\r\n")) << "an extension";
    EXPECT_TRUE(believed("19 \r\n" + decoy + "\r\n0\r\n\r\n"));
    EXPECT_TRUE(believed(chunk + "000\r\n\r\n"));
    EXPECT_EQ(chunked(chunk + "0\r\nTrailer: x\r\nAnother: y\r\n\r\n" + next), (sizes{chunk.size() + 3, 0}))
        << "a trailer section is no part of the body";
    EXPECT_EQ(chunked(chunk + "0\r\nno field line\r\n\r\n" + next), (sizes{4, 22, 0})) << "nor is that one";
    EXPECT_TRUE(believed("0\r\n\r\n")) << "an empty body";
    EXPECT_EQ(chunked(chunk + "0\r\n\r\n"), sizes{chunk.size() + 5});
    EXPECT_EQ(chunked(chunk + "0\r\n"), sizes{chunk.size() + 3}) << "the input ends in the trailer section";
    EXPECT_EQ(chunked(chunk + "0\r\nTrailer: x"), sizes{chunk.size() + 3});
    EXPECT_FALSE(believed(chunk)) << "no last chunk";
    EXPECT_FALSE(believed("18\r\n" + decoy + "\r\n0\r\n\r\n")) << "a size too small";
    EXPECT_FALSE(believed("1B\r\n" + decoy + "\r\n0\r\n\r\n")) << "a size too large";
    EXPECT_FALSE(believed("19\r\n" + decoy + "0\r\n\r\n")) << "no line end behind the data";
    EXPECT_FALSE(believed("19\r\n" + decoy + "x\r\n0\r\n\r\n"));
    EXPECT_FALSE(believed("g\r\n" + decoy + "\r\n0\r\n\r\n"));
    EXPECT_FALSE(believed("\r\n" + decoy + "\r\n0\r\n\r\n"));
    EXPECT_EQ(chunked("g\r\n" + decoy + next), (sizes{3, 0, 0})) << "no size is not 0";
    EXPECT_FALSE(believed("fffffffffffffffff\r\n" + decoy + "\r\n0\r\n\r\n"));
    EXPECT_FALSE(believed("10000000000000019\r\n" + decoy + "\r\n0\r\n\r\n")) << "2 to the power of 64 more";
    EXPECT_EQ(chunked(chunk + "5\r\nabc"), (sizes{4, 8})) << "cut off in a chunk";
    EXPECT_EQ(chunked("19\r\n" + decoy), (sizes{4, 0})) << "or right behind one";
    EXPECT_EQ(chunked(chunk + "0\r\n\r\nx"), (sizes{4, 8})) << "no message follows";
    EXPECT_EQ(chunked(chunk + "0\r\n\r\n\r\n" + next), (sizes{chunk.size() + 5, 0}));
    EXPECT_EQ(bodies_of("HTTP/1.1 401 X\r\nContent-Length: 1\r\nTRANSFER-ENCODING: chunked\r\n\r\n" + chunk +
                        "0\r\n\r\n" + next),
              (sizes{chunk.size() + 5, 0}))
        << "RFC 9112, 6.3: Transfer-Encoding overrides Content-Length";
}

// A body without a line end, and the next answer right behind it.
TEST(framing, a_status_line_within_a_line) {
    const auto behind = [](const std::string& rest) { return bodies_of("HTTP/1.1 401 X\r\n\r\n" + rest); };
    EXPECT_EQ(behind("{}HTTP/1.1 200 OK\r\nA: b\r\n\r\n"), (sizes{2, 0}));
    EXPECT_EQ(behind("abc\n{}HTTP/2 200\nA: b\n\n"), (sizes{6, 0}));
    EXPECT_EQ(behind("HTTP/9 HTTP/1.1 200 OK\nA: b\n"), (sizes{7, 0})) << "the last one counts";
    EXPECT_EQ(behind("{}HTTP/1.1 200 OK\r\n"), sizes{19}) << "the input ends behind it";
    EXPECT_EQ(behind("{}HTTP/1.1 200 OK"), sizes{17});
    EXPECT_EQ(behind("{}HTTP/1.1 200 OK\r\nno field line\r\n"), sizes{34}) << "a body speaks of HTTP";
    EXPECT_EQ(behind("{}HTTP/1.1 20x OK\r\nA: b\r\n"), sizes{25});
    EXPECT_EQ(behind("{}HTTP/1.1 200 OK\r\n\r\nA: b\r\n"), sizes{27});
    EXPECT_EQ(behind("say HTTP/1.1\r\nA: b\r\n"), sizes{20});
}

// curl -v tells nothing of bodies, and neither do bare field lines.
TEST(framing, bodies_that_nothing_frames) {
    EXPECT_EQ(bodies_of("< HTTP/1.1 401 X\n< Content-Length: 3\n< \nabc\n> GET / HTTP/1.1\n> \n"), (sizes{4, 0}));
    EXPECT_EQ(bodies_of("< HTTP/1.1 401 X\n< \nabc\nGET / HTTP/1.1\n\n"), (sizes{4, 0}));
    EXPECT_EQ(bodies_of("< HTTP/1.1 401 X\n< \nabc\n< A: b\n"), (sizes{4, 0}))
        << "a field line of curl begins a message";
    EXPECT_EQ(bodies_of("< HTTP/1.1 401 X\n< \nabc\nA: b\n"), sizes{9}) << "another is of the body";
    EXPECT_EQ(bodies_of("< HTTP/1.1 401 X\n< \nabc\n< ab\n"), sizes{9});
    EXPECT_EQ(bodies_of("< HTTP/1.1 401 X\n< \nA: b\n"), sizes{5});
    EXPECT_EQ(bodies_of("< HTTP/1.1 401 X\n< \n\n\nabc\n\n"), sizes{5}) << "blank lines before a body do not count";
    EXPECT_EQ(bodies_of("A: b\n\n\nabc\n\nC: d\n"), (sizes{0, 0, 0})) << "bare field lines have none";
    EXPECT_EQ(bodies_of("A: b\n\n\nC: d\n"), (sizes{0, 0}));
    EXPECT_EQ(bodies_of("A: b\n\nabc\nGET / HTTP/1.1\n\n"), (sizes{0, 0, 0}));
    const std::string notes = "< HTTP/1.1 401 X\n< \nabc\n* a remark\n{ [3 bytes data]\ndef\n";
    EXPECT_EQ(bodies_of(notes), sizes{8});
    EXPECT_EQ(read_messages(notes)[0].curl_notes, 2u);
}

}  // namespace
