// What the writer writes with, which writes nothing beyond the caller's buffer, whatever is put in.

#include "text_output.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace authgrammar::detail {
namespace {

/// What is in a buffer of `capacity` bytes after strings and a character were put in, and what is behind it.
std::string put(std::size_t capacity, std::string_view first, std::string_view second, char last) {
    std::string memory(64, '#');
    output out(memory.data(), capacity);
    out.put(first);
    out.put(second);
    out.put(last);
    out.put(first);
    return memory;
}

TEST(output, writes_as_much_as_there_is_room_for) {
    for (const std::string_view first : {"", "a", "bcd", "efghi", "0123456789abcdefghijklmnopqrst"}) {
        for (const std::string_view second : {"", "uv", "ABCDEFGHIJKL"}) {
            const std::string whole = std::string(first) + std::string(second) + "." + std::string(first);
            for (std::size_t capacity = 0; capacity <= 50; ++capacity) {
                std::string expected(64, '#');
                expected.replace(0, std::min(capacity, whole.size()), whole.substr(0, capacity));
                EXPECT_EQ(put(capacity, first, second, '.'), expected) << capacity;
            }
        }
    }
}

}  // namespace
}  // namespace authgrammar::detail
