// What is looked for in every line, against one octet after the other.

#include "input/octet_runs.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>

namespace {

using namespace authgrammar::audit;

constexpr std::size_t longest = 70;  // more than two steps of any kind

TEST(octet_runs, line_breaks_at_every_place) {
    for (std::size_t size = 0; size <= longest; ++size) {
        const std::string none(size, 'x');
        EXPECT_EQ(line_break_in(none, 0), size);
        for (std::size_t place = 0; place < size; ++place) {
            std::string text = none;
            text[place] = place % 2 == 0 ? '\r' : '\n';
            text.back() = '\n';
            for (const std::size_t from : {std::size_t{0}, place / 2, place}) {
                EXPECT_EQ(line_break_in(text, from), place) << "of " << size << ", from " << from;
            }
            EXPECT_EQ(line_break_in(text, place + 1), size - (place + 1 == size ? 0 : 1));
        }
    }
}

TEST(octet_runs, only_cr_and_lf_are_line_breaks) {
    for (int c = 0; c < 256; ++c) {
        const std::string text(longest, static_cast<char>(c));
        EXPECT_EQ(line_break_in(text, 1), c == '\r' || c == '\n' ? 1 : longest) << c;
    }
}

// It may end early, but never goes past an octet that is neither a letter nor "-".
TEST(octet_runs, words_end_at_any_other_octet) {
    for (int c = 0; c < 256; ++c) {
        const bool is_word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-';
        for (std::size_t place = 0; place < longest; ++place) {
            std::string text(longest, place % 2 == 0 ? 'a' : 'Z');
            text[place] = static_cast<char>(c);
            const std::size_t end = end_of_words(text);
            EXPECT_LE(end, is_word ? longest : place) << c;
#if AUTHGRAMMAR_IS_X86_64
            EXPECT_EQ(end, is_word ? 64 : std::min<std::size_t>(place, 64)) << c;
#endif
        }
    }
    EXPECT_EQ(end_of_words(""), 0u);
    const std::string name = "Proxy-Authentication-Info";
    EXPECT_LE(end_of_words(name), name.size());
}

TEST(octet_runs, odd_octets_at_every_place) {
    for (int c = 0; c < 256; ++c) {
        const bool odd = c < 0x20 || c == '\\' || c >= 0x80;
        for (const std::size_t size : {1u, 2u, 15u, 16u, 17u, 31u, 32u, 33u, 47u, 64u}) {
            for (std::size_t place = 0; place < size; ++place) {
                std::string text(size, place % 2 == 0 ? '~' : ' ');
                text[place] = static_cast<char>(c);
                EXPECT_EQ(has_odd_octets(text), odd) << c << " at " << place << " of " << size;
            }
        }
    }
    EXPECT_FALSE(has_odd_octets(""));
}

}  // namespace
