// UTF-8 by the table of RFC 3629, 4.

#include "values/utf8.hpp"

#include <gtest/gtest.h>

#include <cstddef>
#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

namespace {

using namespace authgrammar::audit;

using range = std::pair<unsigned, unsigned>;
constexpr range tail{0x80, 0xBF};

/// The rows of UTF8-1 to UTF8-4.
const std::vector<std::vector<range>> rows{{{0x00, 0x7F}},
                                           {{0xC2, 0xDF}, tail},
                                           {{0xE0, 0xE0}, {0xA0, 0xBF}, tail},
                                           {{0xE1, 0xEC}, tail, tail},
                                           {{0xED, 0xED}, {0x80, 0x9F}, tail},
                                           {{0xEE, 0xEF}, tail, tail},
                                           {{0xF0, 0xF0}, {0x90, 0xBF}, tail, tail},
                                           {{0xF1, 0xF3}, tail, tail, tail},
                                           {{0xF4, 0xF4}, {0x80, 0x8F}, tail, tail}};

std::size_t wanted_length(const std::string& octets) {
    for (const std::vector<range>& row : rows) {
        bool fits = octets.size() >= row.size();
        for (std::size_t i = 0; fits && i < row.size(); ++i) {
            const auto octet = static_cast<unsigned char>(octets[i]);
            fits = row[i].first <= octet && octet <= row[i].second;
        }
        if (fits) return row.size();
    }
    return 0;
}

void expect_length(const std::string& octets) {
    ASSERT_EQ(utf8_length(octets, 0), wanted_length(octets));
    ASSERT_EQ(utf8_length("a" + octets, 1), wanted_length(octets));
}

TEST(utf8, length_of_every_first_and_second_octet) {
    for (unsigned first = 0; first <= 0xFF; ++first) {
        const std::string one(1, static_cast<char>(first));
        expect_length(one);
        for (unsigned second = 0; second <= 0xFF; ++second) {
            const std::string two = one + static_cast<char>(second);
            expect_length(two);
            for (const unsigned third : {0x00U, 0x7FU, 0x80U, 0xBFU, 0xC0U, 0xFFU}) {
                const std::string three = two + static_cast<char>(third);
                expect_length(three);
                for (const unsigned fourth : {0x00U, 0x7FU, 0x80U, 0xBFU, 0xC0U, 0xFFU})
                    expect_length(three + static_cast<char>(fourth));
            }
        }
    }
}

TEST(utf8, of_whole_texts) {
    for (const char* text : {"", "abc", "a\xC3\xA9z", "\xF0\x9F\x94\x91\xE2\x82\xAC\xC2\xA2$"})
        EXPECT_TRUE(is_utf8(text));
    for (const char* text : {"\xC3", "\xC3\xA9\xFC", "a\xE9z", "\xE2\x82", "\xF0\x9F\x94\x91\x91"})
        EXPECT_FALSE(is_utf8(text));
    EXPECT_FALSE(has_non_ascii(""));
    EXPECT_FALSE(has_non_ascii("a\x7F"));
    EXPECT_TRUE(has_non_ascii("a\x80"));
    EXPECT_TRUE(has_non_ascii("\xFF"));
}

}  // namespace
