// Where a body ends: by Content-Length, by its chunks, or where the next message begins.

#include <authgrammar/audit/message.hpp>

#include "described.hpp"

#include <gtest/gtest.h>

#include <sstream>
#include <string>
#include <string_view>
#include <utility>
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
        EXPECT_FALSE(m.past_limit) << input;
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

/// All of the messages, with what is doubtful, the trailer sections and what stands in the bodies.
std::string all_of(const std::string& input) { return authgrammar::audit::testing::described(read_messages(input)); }

TEST(framing, all_that_is_said) {
    const std::string length = "HTTP/1.1 401 X\r\nContent-Length: ";
    const std::string chunks = "HTTP/1.1 401 X\r\nTransfer-Encoding: chunked\r\n\r\n";
    const std::string form = "<form><input type=password></form>";
    const std::pair<std::string, std::string> all[] = {
        {length + "3\r\n\r\nabc", "20-  401 HTTP/1.1 3 0 00? at=0+14 [Content-Length:3| whole=16+17 33]\n"},
        {length + "2\r\n\r\nabc", "20-  401 HTTP/1.1 3 0 00? at=0+14 doubt=39+0 [Content-Length:2| whole=16+17 33]\n"},
        {length + "2\r\n\r\nab\r\n \t" + next,
         "20-  401 HTTP/1.1 6 0 00? at=0+14 [Content-Length:2| whole=16+17 33]\n"
         "20-  407 HTTP/1.1 0 0 00? at=43+14 [A:b| whole=59+4 63]\n"},
        {length + "4\r\n\r\nabc", "20-  401 HTTP/1.1 3 0 00? at=0+14 [Content-Length:4| whole=16+17 33]\n"},
        {length + "25\r\n\r\n" + decoy,
         "20-  401 HTTP/1.1 25 0 00? at=0+14 doubt-of-field=38+15 [Content-Length:25| whole=16+18 34]\n"
         "21-  200 HTTP/1.1 0 0 00? at=38+15 [A:b| whole=55+4 59]\n"},
        {length + "25\r\nContent-Length: 3\r\n\r\n" + decoy,
         "20-  401 HTTP/1.1 25 0 00? at=0+14 doubt-of-field=57+15 [Content-Length:25| whole=16+18 34] "
         "[Content-Length:3| whole=36+17 53]\n"
         "21-  200 HTTP/1.1 0 0 00? at=57+15 [A:b| whole=74+4 78]\n"},
        {length + "2\r\nContent-Encoding: gzip\r\n\r\nabcdef",
         "20-  401 HTTP/1.1 6 0 00? at=0+14 [Content-Length:2| whole=16+17 33] [Content-Encoding:gzip| whole=35+22 "
         "57]\n"},
        {length + "2\r\nContent-Encoding: gzip\r\n\r\nab\nWWW-Authenticate: A\r\n" + next,
         "20-  401 HTTP/1.1 24 0 00? at=0+14 doubt-of-field=63+0 [Content-Length:2| whole=16+17 33] "
         "[Content-Encoding:gzip| whole=35+22 57]\n"
         "01-  0  0 0 00? at=64+0 [WWW-Authenticate:A| whole=64+19 83]\n"
         "20-  407 HTTP/1.1 0 0 00? at=85+14 [A:b| whole=101+4 105]\n"},
        {length + "34\r\n\r\n" + form, "20-  401 HTTP/1.1 34 0 10? at=0+14 [Content-Length:34| whole=16+18 34]\n"},
        {length + "9\r\n\r\n" + form + next,
         "20-  401 HTTP/1.1 34 0 10? at=0+14 doubt=46+0 [Content-Length:9| whole=16+17 33]\n"
         "20-  407 HTTP/1.1 0 0 00? at=71+14 [A:b| whole=87+4 91]\n"},
        {chunks + "3\r\nabc\r\n0\r\n\r\n",
         "20-  401 HTTP/1.1 13 0 00? at=0+14 [Transfer-Encoding:chunked| whole=16+26 42]\n"},
        {chunks + "3\r\nabc\r\n0\r\nA: b\r\n",
         "20-  401 HTTP/1.1 11 0 00? at=0+14 [Transfer-Encoding:chunked| whole=16+26 42]\n"
         "02-  0  0 0 00? at=57+0 [A:b| whole=57+4 61]\n"},
        {chunks + "3\r\nabc\r\n0\r\nA: b\r\n c\r\n\r\n" + next,
         "20-  401 HTTP/1.1 11 0 00? at=0+14 [Transfer-Encoding:chunked| whole=16+26 42]\n"
         "02-  0  0 0 00? at=57+0 [A:b c| whole=57+8 fold=61+3 65]\n"
         "20-  407 HTTP/1.1 0 0 00? at=69+14 [A:b| whole=85+4 89]\n"},
        {chunks + "3\r\nabc\r\n0\r\n c\r\n\r\n" + next,
         "20-  401 HTTP/1.1 17 0 00? at=0+14 [Transfer-Encoding:chunked| whole=16+26 42]\n"
         "20-  407 HTTP/1.1 0 0 00? at=63+14 [A:b| whole=79+4 83]\n"},
        {chunks + "22\r\n" + form + "\r\n0\r\n\r\n",
         "20-  401 HTTP/1.1 45 0 10? at=0+14 [Transfer-Encoding:chunked| whole=16+26 42]\n"},
        {chunks + "19\r\n" + decoy + "\r\n0\r\nA: b\r\n\r\n" + next,
         "20-  401 HTTP/1.1 34 0 00? at=0+14 doubt-of-field=50+15 [Transfer-Encoding:chunked| whole=16+26 42]\n"
         "21-  200 HTTP/1.1 13 0 00? at=50+15 [A:b| whole=67+4 71]\n"
         "20-  407 HTTP/1.1 0 0 00? at=88+14 [A:b| whole=104+4 108]\n"},
        {"> GET / HTTP/1.1\n> \n< HTTP/1.1 401 X\n< \n" + form + "\n* Connection #0 left intact\n",
         "10>GET / 0 HTTP/1.1 0 0 00? at=2+14\n"
         "20<  401 HTTP/1.1 35 1 10? at=22+14\n"},
        {"  HTTP/1.1 401 X\n  A: b\nabc\n",
         "20   401 HTTP/1.1 0 0 00? at=2+14 [A:b| whole=19+4 23]\n"
         "00-  0  0 0 00? at=24+0 unreadable=24+3\n"},
        {"\xEF\xBB\xBF" + next, "20-  407 HTTP/1.1 0 0 00? at=3+14 [A:b| whole=19+4 23]\n"},
        {"abc{}" + next,
         "00-  0  0 0 00? at=0+0 unreadable=0+5\n"
         "20-  407 HTTP/1.1 0 0 00? at=5+14 [A:b| whole=21+4 25]\n"},
        {"a\n\x1B[1mb\n" + next,
         "00-  0  0 0 00? at=0+0 unreadable=0+7\n"
         "20-  407 HTTP/1.1 0 0 00? at=8+14 [A:b| whole=24+4 28]\n"},
        {"HTTP/1.1 401 X\r\n\x1B[1mA: b\r\n\r\n" + next,
         "00-  0  12 0 00? at=16+0 foreign19\n"
         "20-  407 HTTP/1.1 0 0 00? at=28+14 [A:b| whole=44+4 48]\n"},
        {"x\nINVITE sip:a@b SIP/2.0\r\nVia: c\r\n\r\n" + next,
         "00-  0  0 0 00? at=0+0 unreadable=0+1\n"
         "00-  0  34 0 00? at=2+0 foreign29\n"
         "20-  407 HTTP/1.1 0 0 00? at=36+14 [A:b| whole=52+4 56]\n"},
        {"x\n[  0.013] recv (stream_id=13) :status: 401\n" + next,
         "00-  0  0 0 00? at=0+0 unreadable=0+1\n"
         "00-  0  43 0 00? at=2+0 foreign23\n"
         "20-  407 HTTP/1.1 0 0 00? at=45+14 [A:b| whole=61+4 65]\n"},
        {"x\n{'WWW-Authenticate': 'Basic'}\ny\n" + next,
         "00-  0  34 0 00? at=0+0 foreign28\n"
         "20-  407 HTTP/1.1 0 0 00? at=34+14 [A:b| whole=50+4 54]\n"},
        {"GET / HTTP/1.1\r\nWWW-Authenticate: A\r\njunk\r\n\x0Amore\r\n\r\n" + next,
         "10-GET / 0 HTTP/1.1 0 0 00? at=0+14 unreadable=37+4 [WWW-Authenticate:A|junk whole=16+19 35]\n"
         "00-  0  0 0 00? at=44+0 unreadable=44+4\n"
         "20-  407 HTTP/1.1 0 0 00? at=52+14 [A:b| whole=68+4 72]\n"},
        {"HTTP/1.1 401 X\r\nWWW-Authenticate: A\r\n realm\r\njunk1\r\njunk2\r\nServer: x\rY: z\r\n\r\n",
         "20-  401 HTTP/1.1 0 0 00? at=0+14 unreadable=45+12 unreadable=68+5 [WWW-Authenticate:A realm|junk1\n"
         "junk2 whole=16+27 fold=35+3 43] [Server:x\rY: z| whole=59+14 73]\n"},
        {"HTTP/1.1 401 X\r\nServer: x\r\njunk\r\nWWW-Authenticate: A\r\r\n\r\n",
         "20-  401 HTTP/1.1 0 0 00? at=0+14 unreadable=27+4 [Server:x| whole=16+9 25] [WWW-Authenticate:A\r| "
         "whole=33+20 53]\n"},
    };
    for (const auto& [input, said] : all) EXPECT_EQ(all_of(input), said) << input;
}

}  // namespace
