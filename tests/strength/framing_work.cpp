// Reads and judges messages that are hostile by their framing or by what is to be found in them, each family reading a dump of
// callgrind's of its own, "framing FAMILY BYTES".

#include <authgrammar/audit/conversation.hpp>
#include <authgrammar/audit/finding.hpp>

#include <valgrind/callgrind.h>

#include <cstdio>
#include <cstdlib>
#include <string>

namespace {

using namespace authgrammar::audit;

std::string hex8(std::size_t n) {
    char digits[9];
    std::snprintf(digits, sizeof digits, "%08zx", n);
    return digits;
}

/// Every Content-Length ends in front of the same blank lines, behind which no message is.
std::string far_lengths(std::size_t size) {
    const std::string head = "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(size / 2) + "\r\n\r\n";
    std::string out;
    while (out.size() + head.size() < size / 2) out += head;
    out.append(size - 1 - out.size(), '\n');
    return out + "x";
}

/// Every chunk ends in front of the same chunks, the last of which is broken.
std::string nested_chunks(std::size_t size) {
    const std::string head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    const std::size_t unit = head.size() + 10;
    const std::size_t count = size / 2 / unit;
    std::string out;
    for (std::size_t i = 1; i <= count; ++i) out += head + hex8((count - i) * unit) + "\r\n";
    out += "\r\n";
    while (out.size() + 6 < size) out += "1\r\na\r\n";
    return out + "g";
}

/// Every Content-Length ends within the same line.
std::string long_line(std::size_t size) {
    const std::string head = "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(size / 2) + "\r\n\r\n";
    std::string out;
    while (out.size() + head.size() < size / 2) out += head;
    return out.append(size - out.size(), 'y');
}

/// Bodies that hold messages by another reading.
std::string messages_in_bodies(std::size_t size) {
    const std::string inner = "HTTP/1.1 200 OK\r\nA: b\r\n\r\n";
    const std::string unit = "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(inner.size()) + "\r\n\r\n" + inner;
    std::string out;
    while (out.size() + unit.size() <= size) out += unit;
    return out;
}

/// One field line, each element of which has several findings.
std::string findings_in_a_list(std::size_t size) {
    std::string out = "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm=a";
    while (out.size() + 20 < size) out += ",Basik realm=a,,x=\"\\y\"";
    return out + "\r\n\r\n";
}

/// Field lines of one field, each with findings.
std::string findings_in_lines(std::size_t size) {
    std::string out = "HTTP/1.1 401 Unauthorized\r\n";
    while (out.size() + 50 < size) out += "WWW-Authenticate: Digest realm=a, qop=\"auth\"\r\n";
    return out + "\r\n";
}

/// Challenges with a repeated parameter each. With all of them in one challenge, looking for the first that is repeated takes
/// one more look for each 16,384 names, which linear_work.py shows of the function that does it.
std::string repeated_parameters(std::size_t size) {
    std::string out = "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Digest nonce=\"a\"";
    while (out.size() + 50 < size) out += ", nonce=\"a\", Digest nonce=\"a\"";
    return out + "\r\n\r\n";
}

/// Behind small messages, one with a value that begins and goes on like that. At the largest size it is nearly the longest that
/// is still corrected.
std::string corrected(const std::string& field, const std::string& begin, const std::string& more, std::size_t size) {
    std::string out;
    for (int i = 0; i < 100; ++i) out += "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
    out += "HTTP/1.1 401 Unauthorized\r\n" + field + ": " + begin;
    const std::size_t end = out.size() + size / 17;
    while (out.size() < end) out += more;
    return out + "=\r\n\r\n";
}

/// Backslashes before quotes where the value may end.
std::string escaped_quotes(std::size_t size) {
    return corrected("WWW-Authenticate", "Basic realm=\"x", "\\\", a=1", size);
}

/// A list that is not quoted, of values and of other words.
std::string bare_values(std::size_t size) { return corrected("WWW-Authenticate", "Digest qop=auth", ", auth", size); }
std::string bare_words(std::size_t size) { return corrected("WWW-Authenticate", "Digest qop=auth", ", basic", size); }

/// Parameters with a slip each, and no scheme.
std::string slips_without_scheme(std::size_t size) {
    return corrected("Authentication-Info", "Digest a=b", ",realm=b ", size);
}

/// Exchanges with a new server, nonce and pair of credentials each, far more than a conversation remembers.
std::string strangers(std::size_t size) {
    std::string out;
    for (std::size_t i = 0; out.size() + 500 < size; ++i) {
        const std::string id = hex8(i);
        out += "GET /" + id + " HTTP/1.1\r\nHost: " + id + ".example.com\r\nAuthorization: Digest username=\"" + id +
               "\", realm=\"" + id + "\", nonce=\"" + id + "\", uri=\"/" + id +
               "\", nc=00000001, cnonce=\"c\", qop=auth, "
               "response=\"0123456789abcdef0123456789abcdef\"\r\n\r\nHTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: "
               "Digest "
               "realm=\"" +
               id + "\", nonce=\"" + id + "n\", qop=\"auth\", algorithm=SHA-256\r\n\r\n";
    }
    return out;
}

__attribute__((noinline)) std::size_t lint(const std::string& input) {
    std::size_t sum = 0;
    conversation all;
    for (const message& m : read_messages(input)) {
        const auto fields = read_fields(m);
        sum += 1 + judge(m, fields, all.next(m, fields)).size();
    }
    return sum;
}

}  // namespace

int main(int argc, char** argv) {
    struct family {
        const char* name;
        std::string (*make)(std::size_t);
    };
    constexpr family families[] = {{"far_lengths", far_lengths},
                                   {"nested_chunks", nested_chunks},
                                   {"long_line", long_line},
                                   {"messages_in_bodies", messages_in_bodies},
                                   {"findings_in_a_list", findings_in_a_list},
                                   {"findings_in_lines", findings_in_lines},
                                   {"repeated_parameters", repeated_parameters},
                                   {"escaped_quotes", escaped_quotes},
                                   {"bare_values", bare_values},
                                   {"bare_words", bare_words},
                                   {"slips_without_scheme", slips_without_scheme},
                                   {"strangers", strangers}};
    for (const family& f : families) {
        for (int i = 2; i < argc; ++i) {
            const std::string input = f.make(std::strtoull(argv[i], nullptr, 10));
            const std::string name = std::string("framing ") + f.name + " " + argv[i];
            CALLGRIND_ZERO_STATS;
            const std::size_t messages = lint(input);
            CALLGRIND_DUMP_STATS_AT(name.c_str());
            if (messages < 100) return 1;
        }
    }
    return 0;
}
