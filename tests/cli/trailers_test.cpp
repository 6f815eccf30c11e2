// Trailers of HTTP/2 in captures: which message they belong to, and when that is given on.

#include "formats/converters.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace {

using namespace authlint;

struct made {
    std::string text;
    std::vector<text_origin> origins;
    std::vector<unread_part> unread;

    /// "place: reason", a line each.
    [[nodiscard]] std::string complaints() const {
        std::string out;
        for (const unread_part& u : unread) out += u.place + ": " + u.reason + "\n";
        return out;
    }
};

/// A frame of HTTP/2 as tshark describes it in PDML.
std::string h2_frame(int number, const std::string& port, int type, const std::string& flags, const std::string& stream,
                     const std::vector<std::pair<std::string, std::string>>& fields) {
    std::string out =
        "<packet><proto name=\"frame\"><field name=\"frame.number\" show=\"" + std::to_string(number) +
        "\"/></proto><proto name=\"tcp\"><field name=\"tcp.srcport\" show=\"" + port +
        "\"/><field name=\"tcp.stream\" show=\"0\"/></proto><proto name=\"http2\"><field name=\"http2.stream\">"
        "<field name=\"http2.type\" show=\"" +
        std::to_string(type) + "\"/><field name=\"http2.flags\" value=\"" + flags +
        "\"/><field name=\"http2.streamid\" show=\"" + stream + "\"/>";
    for (const auto& [name, value] : fields) {
        out += "<field name=\"http2.header\"><field name=\"http2.header.name\" show=\"" + name +
               "\"/><field name=\"http2.header.value\" show=\"" + value + "\"/></field>";
    }
    return out + "</field></proto></packet>\n";
}

TEST(trailers, go_to_their_message) {
    if (!can_read_xml()) GTEST_SKIP() << "built without expat";
    using fields = std::vector<std::pair<std::string, std::string>>;
    const fields ask{{":method", "GET"}, {":path", "/"}, {":authority", "a"}};
    const fields answer{{":status", "200"}};
    const fields trailer{{"a", "b"}, {"content-length", "1"}};
    const auto read = [](const std::string& frames) {
        made m;
        const std::string pdml = "<?xml version=\"1.0\"?><pdml>" + frames + "</pdml>";
        const auto text = text_of_pdml(std::make_unique<text_source>(pdml));
        while (text->next(m.text, m.origins, m.unread)) {
        }
        return m;
    };
    const std::string request = "GET / HTTP/2\r\nhost: a\r\n\r\n";
    const std::string response = "HTTP/2 200\r\n\r\n";
    const std::string with_trailers = "HTTP/2 200\r\nTransfer-Encoding: chunked\r\n\r\n0\r\na: b\r\n\r\n";
    const std::string asked = h2_frame(1, "9", 1, "05", "1", ask);
    const made one = read(asked + h2_frame(2, "80", 1, "04", "1", answer) + h2_frame(3, "80", 0, "00", "1", {}) +
                          h2_frame(4, "80", 1, "05", "1", trailer));
    EXPECT_EQ(one.text, request + with_trailers);
    EXPECT_EQ(one.complaints(), "");
    ASSERT_EQ(one.origins.size(), 3U);
    EXPECT_EQ(one.origins[1].label, "frame 2");
    EXPECT_EQ(one.origins[2].label, "frame 4");
    EXPECT_EQ(one.complaints(), "");
    // A body ends it, or a reset, or the capture.
    for (const std::string& end :
         {h2_frame(3, "80", 0, "01", "1", {}), h2_frame(3, "80", 3, "00", "1", {}), std::string()}) {
        EXPECT_EQ(read(asked + h2_frame(2, "80", 1, "04", "1", answer) + end).text, request + response);
    }
    // The request may go on when its response is there, and has trailers of its own.
    const made both = read(h2_frame(1, "9", 1, "04", "1", ask) + h2_frame(2, "80", 1, "05", "1", answer) +
                           h2_frame(3, "9", 1, "05", "1", trailer));
    EXPECT_EQ(both.text, request + response);
    EXPECT_EQ(both.complaints(), "frame 3: a trailer section of HTTP/2 whose message is not known was not read\n");
    EXPECT_EQ(read(h2_frame(1, "80", 1, "05", "1", trailer)).complaints(),
              "frame 1: a trailer section of HTTP/2 whose message is not known was not read\n");
    EXPECT_NE(
        read(asked + h2_frame(2, "80", 1, "04", "1", {{":status", "304"}}) + h2_frame(3, "80", 1, "05", "1", trailer))
            .complaints(),
        "");
    // What waits is bounded.
    std::string many;
    for (int i = 1; i <= 5000; ++i) many += h2_frame(i, "80", 1, "04", std::to_string(i), answer);
    EXPECT_EQ(read(many).origins.size(), 5000U);
    EXPECT_NE(read(many + h2_frame(5001, "80", 1, "05", "1", trailer)).complaints(), "") << "the oldest went on";
    EXPECT_EQ(read(many + h2_frame(5001, "80", 1, "05", "5000", trailer)).complaints(), "");
}

}  // namespace
