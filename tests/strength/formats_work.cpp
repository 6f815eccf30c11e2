// Makes messages of hostile exports, each family with a dump of callgrind's of its own, "formats FAMILY BYTES".

#include "formats/open_export.hpp"

#include <valgrind/callgrind.h>

#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

namespace {

/// `unit` again and again, between two texts; "@" in it is a number that counts up.
std::string repeated(std::size_t size, const std::string& before, const std::string& unit, const std::string& behind) {
    std::string out = before;
    for (std::size_t i = 1000000; out.size() + unit.size() + behind.size() < size; ++i) {
        for (const char c : unit) {
            if (c == '@') {
                out += std::to_string(i);
            } else {
                out += c;
            }
        }
    }
    return out + behind;
}

/// One response with as many fields as fit.
std::string har_fields(std::size_t size) {
    return repeated(size, R"({"log": {"entries": [{"response": {"status": 401, "headers": [)",
                    R"({"name": "a", "value": "\u00e4"},)", R"({"name": "a", "value": ""}]}}]}})");
}

/// Values that are many lines each.
std::string har_lines(std::size_t size) {
    return repeated(
        size, R"({"log": {"entries": [)",
        R"({"response": {"status": 401, "headers": [{"name": "aaaaaaaaaaaaaaaa", "value": "\n\n\n\n\n\n\n\n\n\n\n\n"}]}},)",
        "1]}}");
}

std::string broken_lines(std::size_t size) {
    return repeated(size, "{\"request\": \"\"}\n", "{\"request\": \"\\ud83d\\ud83d\n", "");
}

/// Requests that nothing answers.
std::string unanswered(std::size_t size) {
    return repeated(size, "",
                    "[  0.001] send HEADERS frame <length=1, flags=0x25, stream_id=@>\n          :method: GET\n        "
                    "  :path: /\n",
                    "");
}

/// Connections that are left open in the middle of a head.
std::string half_open(std::size_t size) {
    return repeated(size, "",
                    "IP 127.0.0.1.@ > 127.0.0.1.80: Flags [P.], seq 1:20, length "
                    "19\nE.......................................GET / HTTP/1.1\n",
                    "");
}

/// Records whose partners never come.
std::string single_records(std::size_t size) {
    return repeated(
        size, "",
        "WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <@>\r\nWARC-Concurrent-To: <@x>\r\nContent-Type: "
        "application/http\r\nContent-Length: 18\r\n\r\nHTTP/1.1 401 X\r\n\r\n\r\n\r\n",
        "");
}

/// A head whose lines are all rows of one dump.
std::string one_trace(std::size_t size) {
    return repeated(size, "=> Send header, 99999999 bytes (0x1)\n0000: GET / HTTP/1.1\n", "00@: a:\n", "");
}

__attribute__((noinline)) std::size_t convert(const std::string& input) {
    const authlint::opened_export opened = authlint::open_export(std::make_unique<authlint::text_source>(input, 4096));
    std::size_t made = 0;
    std::string text;
    std::vector<authlint::text_origin> origins;
    std::vector<authlint::unread_part> unread;
    while (opened.messages && opened.messages->next(text, origins, unread)) {
        made += text.size() + unread.size();
        text.clear();
        origins.clear();
        unread.clear();
    }
    return made;
}

}  // namespace

int main(int argc, char** argv) {
    struct family {
        const char* name;
        std::string (*make)(std::size_t);
    };
    constexpr family families[] = {{"har_fields", har_fields},     {"har_lines", har_lines},
                                   {"broken_lines", broken_lines}, {"unanswered", unanswered},
                                   {"half_open", half_open},       {"single_records", single_records},
                                   {"one_trace", one_trace}};
    for (const family& f : families) {
        for (int i = 2; i < argc; ++i) {
            const std::string input = f.make(std::strtoull(argv[i], nullptr, 10));
            const std::string name = std::string("formats ") + f.name + " " + argv[i];
            CALLGRIND_ZERO_STATS;
            const std::size_t made = convert(input);
            CALLGRIND_DUMP_STATS_AT(name.c_str());
            if (made < 100) {
                std::fprintf(stderr, "%s: nothing was made\n", name.c_str());
                return 1;
            }
        }
    }
    return 0;
}
