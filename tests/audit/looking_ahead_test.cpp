// How much of an input is looked at in vain to find where bodies end: as much as was looked at so far and 64 KiB, to the last
// byte. Behind that a body ends where the next message starts.

#include <authgrammar/audit/message_reader.hpp>

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdio>
#include <string>
#include <vector>

namespace {

using namespace authgrammar::audit;

const std::string decoy = "HTTP/1.1 200 OK\r\nA: b\r\n\r\n";
const std::string next = "HTTP/1.1 407 X\r\nA: b\r\n\r\n";
constexpr std::size_t free_bytes = 65536;
/// Where the far text begins.
constexpr std::size_t far = 200000;

/// Two messages and their filler, and `ahead` behind them at `far`.
std::string input_of(const std::string& first, const std::string& second, const std::string& ahead) {
    std::string near = first + second + next;
    EXPECT_LT(near.size(), far);
    while (near.size() < far) near += near.size() % 80 == 79 && near.size() + 1 != far ? '\n' : 'x';
    near.back() = '\n';
    return near + ahead;
}

std::string with_length(std::size_t length) {
    return "HTTP/1.1 401 X\r\nContent-Length: " + std::to_string(length) + "\r\n\r\n";
}

/// A message whose Content-Length leads to `far`.
std::string to_far() {
    const std::size_t begin = with_length(far).size();
    return with_length(far - begin);
}

const std::string by_chunks = "HTTP/1.1 401 X\r\nTransfer-Encoding: chunked\r\n\r\n";

/// A message whose first chunk ends at `far`; its size takes 7 bytes.
std::string chunk_to_far() {
    const std::size_t begin = by_chunks.size() + 7;
    char size[8];
    std::snprintf(size, sizeof size, "%05zx\r\n", far - begin);
    return by_chunks + size;
}

/// A body that is believed as long as looking ahead is.
const std::string second_by_length = with_length(decoy.size()) + decoy;
const std::string second_by_chunks = by_chunks + "19\r\n" + decoy + "\r\n0\r\n\r\n";

bool is_second_believed(const std::string& input) {
    const std::vector<message> all = read_messages(input);
    EXPECT_LT(all.at(0).body_bytes, 10U) << "the first is not";
    return all.at(1).place == message_place::stream && all.at(1).doubt.has_value();
}

std::string line_of(std::size_t bytes) { return std::string(bytes - 1, 'y') + "\n"; }

/// The far text, which has `bytes` bytes that are looked at, and what more.
struct in_vain {
    std::string first;
    std::string begin;     ///< of the far text
    std::size_t other;     ///< bytes that are looked at besides the far text
    std::size_t furthest;  ///< the last place in the far text that is gone to, from its begin
    const char* what;
};

const in_vain kinds[] = {
    {to_far(), "", 0, 0, "the line behind Content-Length"},
    {to_far(), "\r\n\n", 0, 3, "blank lines before it"},
    {chunk_to_far(), "\r\n", 7, 2, "a chunk and what is none"},
    {chunk_to_far(), "\r\n1\r\na\r\n", 6, 8, "two chunks, but not what they hold"},
    {chunk_to_far(), "\r\n0\r\n", 7, 5, "no trailer section"},
    {chunk_to_far(), "\r\n0\r\nA: b\r\n", 7, 11, "a trailer section that is broken off"},
    {chunk_to_far(), "\r\n0\r\n\r\n", 0, 7, "the line behind the chunks"},
    {chunk_to_far(), "\r\n0\r\nA: b\r\n\r\n", 0, 13, "the line behind a trailer section"},
};

TEST(looking_ahead, ends_where_it_was_in_vain_too_often) {
    for (const in_vain& kind : kinds) {
        const std::size_t budget = far + kind.furthest + free_bytes;
        // Of what was found whole only what is behind it counts.
        const bool whole = kind.other == 0 && kind.first != to_far();
        const std::size_t before = whole ? 0 : kind.other + kind.begin.size();
        for (const std::string& second : {second_by_length, second_by_chunks}) {
            const std::size_t needed =
                second == second_by_chunks ? 6 : 0;  // of chunks, before the last one is looked at
            const auto believed_at = [&](std::size_t spent) {
                return is_second_believed(input_of(kind.first, second, kind.begin + line_of(spent - before) + next));
            };
            EXPECT_TRUE(believed_at(budget - needed - 1)) << kind.what;
            EXPECT_FALSE(believed_at(budget - needed)) << kind.what;
        }
    }
}

}  // namespace
