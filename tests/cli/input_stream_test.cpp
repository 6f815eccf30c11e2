// Inputs that are read piece by piece: what is kept of them, and where lines and messages are found again.

#include "shell/input_stream.hpp"
#include "formats/converted_input.hpp"
#include "lint/line_index.hpp"
#include "lint/lint_progress.hpp"
#include "lint/linted_file.hpp"
#include "own_folder.hpp"

#include <authgrammar/audit/message_reader.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <string>

namespace {

using namespace authlint;

constexpr std::size_t block = std::size_t{256} * 1024;

/// A byte of a long input, and lines of 101 bytes.
char byte_at(std::size_t offset) { return offset % 101 == 100 ? '\n' : static_cast<char>('A' + offset / 101 % 26); }

/// Comes once, in pieces of uneven sizes.
class generated : public kept_input {
public:
    generated(std::size_t size, std::size_t in_memory, std::size_t spooled)
        : kept_input(in_memory, spooled), size_(size) {}

protected:
    std::size_t fill(char* into, std::size_t size) override {
        const std::size_t n = std::min({size, size_ - made_, std::size_t{1} + made_ % 70001});
        for (std::size_t i = 0; i < n; ++i) into[i] = byte_at(made_ + i);
        made_ += n;
        return n;
    }

private:
    std::size_t size_;
    std::size_t made_ = 0;
};

void expect_byte(input_stream& input, std::size_t offset) {
    char byte = '\0';
    ASSERT_EQ(input.read(offset, &byte, 1), 1u) << offset;
    ASSERT_EQ(byte, byte_at(offset)) << offset;
}

TEST(input_stream, goes_back_within_what_is_kept) {
    generated input(20 * block, 4 * block, 8 * block);
    EXPECT_TRUE(input.can_keep_to(12 * block));
    EXPECT_FALSE(input.can_keep_to(12 * block + 1));
    input.release(100);
    EXPECT_TRUE(input.can_keep_to(12 * block + 100));
    expect_byte(input, 3 * block);
    EXPECT_EQ(input.oldest(), 0u);
    expect_byte(input, 11 * block + 5);
    for (std::size_t at = 0; at < 11 * block; at += 9973) expect_byte(input, at);
    EXPECT_EQ(input.oldest(), 0u) << "spooled, for it was not released";
    input.release(10 * block);
    expect_byte(input, 13 * block);
    EXPECT_EQ(input.oldest(), 10 * block) << "what was released is kept in memory only";
    for (std::size_t at = 10 * block; at < 13 * block; at += 9973) expect_byte(input, at);
    EXPECT_TRUE(input.failure().empty());
}

TEST(input_stream, loses_the_oldest_beyond_what_can_be_kept) {
    generated input(40 * block, 2 * block, 4 * block);
    char byte = '\0';
    EXPECT_EQ(input.read(40 * block, &byte, 1), 0u) << "the end";
    EXPECT_GE(input.oldest(), 34 * block);
    EXPECT_LE(input.oldest(), 38 * block);
    for (std::size_t at = input.oldest(); at < 40 * block; at += 9973) expect_byte(input, at);
}

TEST(input_stream, says_that_it_cannot_spool) {
    ::setenv("TMPDIR", "/nowhere/at/all", 1);
    generated input(40 * block, 2 * block, 4 * block);
    char byte = '\0';
    EXPECT_EQ(input.read(30 * block, &byte, 1), 0u);
    ::unsetenv("TMPDIR");
    EXPECT_NE(input.failure().find("cannot be kept in a temporary file: No such file"), std::string::npos)
        << input.failure();
    EXPECT_EQ(input.read(0, &byte, 1), 0u) << "lost";
    EXPECT_NE(input.failure().find("temporary file"), std::string::npos) << "and why stays";
}

TEST(input_stream, opens_files) {
    std::string failure;
    EXPECT_EQ(open_input("nothing", failure), nullptr);
    EXPECT_EQ(failure, "No such file or directory");
    EXPECT_EQ(open_input(".", failure), nullptr);
    EXPECT_EQ(failure, "Is a directory");
    std::ofstream("some") << "0123456789";
    const auto some = open_input("some", failure);
    ASSERT_NE(some, nullptr);
    EXPECT_EQ(some->size(), 10u);
    char bytes[8];
    EXPECT_EQ(some->read(7, bytes, sizeof bytes), 3u);
    EXPECT_EQ(std::string(bytes, 3), "789");
    std::ofstream("some") << "01";
    EXPECT_EQ(some->read(7, bytes, sizeof bytes), 0u) << "a file that has shrunk ends";
}

TEST(line_index, knows_lines_wherever_they_are_asked_for) {
    const std::size_t size = 40 * block;
    for (const bool seen : {true, false}) {
        generated input(size, 64 * block, 0);
        line_index lines(input);
        std::string piece(5000, '\0');
        for (std::size_t at = 0; seen && at < size;) {
            const std::size_t n = input.read(at, piece.data(), piece.size());
            lines.see(at, std::string_view(piece).substr(0, n));
            at += n;
        }
        for (const std::size_t at :
             {size, std::size_t{0}, std::size_t{100}, std::size_t{101}, size / 2, size / 2 - 1, size - 1}) {
            const auto place = lines.place_of(at);
            ASSERT_TRUE(place) << at;
            EXPECT_EQ(place->line, at / 101 + 1) << at;
            EXPECT_EQ(place->column, at % 101 + 1) << at;
        }
        EXPECT_FALSE(lines.place_of(size + 1));
    }
}

TEST(line_index, counts_lines_of_any_bytes) {
    std::string bytes;
    for (std::size_t i = 0; i < 700; ++i) bytes += i * 7919 % 31 < 4 ? '\n' : static_cast<char>(i % 256);
    for (const std::string& all : {bytes, std::string(700, '\n')}) {
        std::size_t lines = 0;
        for (std::size_t size = 0; size <= all.size(); ++size) {
            EXPECT_EQ(line_index::lines_in(std::string_view(all).substr(0, size)), lines) << size;
            lines += size < all.size() && all[size] == '\n' ? 1 : 0;
        }
    }
}

TEST(line_index, of_lost_bytes) {
    generated input(40 * block, 2 * block, 0);
    line_index lines(input);
    std::string piece(block, '\0');
    for (std::size_t at = 0; at < 40 * block;) {
        const std::size_t n = input.read(at, piece.data(), piece.size());
        input.release(at);
        lines.see(at, std::string_view(piece).substr(0, n));
        at += n;
    }
    EXPECT_TRUE(lines.place_of(40 * block - 7));
    EXPECT_FALSE(lines.place_of(7));
}

TEST(linted_file, finds_messages_again) {
    std::string text;
    const std::size_t count = linted_file::most_starts + 10;
    std::vector<std::size_t> starts;
    for (std::size_t i = 0; i < count; ++i) {
        starts.push_back(text.size());
        text += "GET /" + std::to_string(i) + " HTTP/1.1\nA: b\n\n";
    }
    std::ofstream("many", std::ios::binary) << text;
    std::string failure;
    const auto stream = open_input("many", failure);
    ASSERT_NE(stream, nullptr);
    linted_file file("many", *stream);
    authgrammar::audit::message_reader reader(file.source());
    authgrammar::audit::message last;  // the file refers to it
    while (reader.next(last)) file.take(last);
    EXPECT_EQ(file.message_at(starts[9]), nullptr) << "too far back";
    for (const std::size_t i : {std::size_t{10}, count / 2, count - 1}) {
        const authgrammar::audit::message* const m = file.message_at(starts[i] + 20);
        ASSERT_NE(m, nullptr);
        EXPECT_EQ(m->target, "/" + std::to_string(i));
        EXPECT_EQ(m->lines.size(), 1u);
        EXPECT_EQ(file.place_of(starts[i]).line, 3 * i + 1);
        EXPECT_EQ(file.bytes_at(starts[i], 5), "GET /");
    }
    EXPECT_EQ(file.bytes_at(text.size() - 1, 5), "\n");
}

/// An export of three messages.
class small_export : public message_text {
public:
    bool make(message_sink& out) override {
        if (made_ == 3) return false;
        out.append("HTTP/1.1 401 X\nA: b\n\n", {0, "entry " + std::to_string(made_), made_ == 1, made_ == 2});
        if (made_ == 1) out.unread("entry 1", "half of it is missing");
        ++made_;
        return true;
    }

private:
    std::size_t made_ = 0;
};

TEST(converted_input, keeps_where_messages_were) {
    converted_input stream(std::make_unique<small_export>());
    linted_file file("export", stream);
    authgrammar::audit::message_reader reader(file.source());
    authgrammar::audit::message m;
    for (std::size_t i = 0; i < 3; ++i) {
        ASSERT_TRUE(reader.next(m));
        file.add_origin(m);
        EXPECT_EQ(m.secured, i == 1);
        EXPECT_EQ(m.login_form, i == 2);
        const text_place place = file.place_of(m.lines.at(0).whole.offset);
        EXPECT_EQ(place.label, "entry " + std::to_string(i));
        EXPECT_EQ(place.line, 2u);
        EXPECT_EQ(place.column, 1u);
    }
    EXPECT_FALSE(reader.next(m));
    const auto unread = stream.take_unread();
    ASSERT_EQ(unread.size(), 1u);
    EXPECT_EQ(unread[0].place, "entry 1");
    EXPECT_TRUE(stream.take_unread().empty());
}

TEST(lint_progress, in_one_line) {
    const std::size_t mebibyte = std::size_t{1} << 20;
    EXPECT_EQ(progress_line({mebibyte, 4 * mebibyte, 1, 2, 30'000}),
              "1.0 of 4.0 MiB, 1 message, 2 findings, 1:30 left");
    EXPECT_EQ(progress_line({mebibyte + mebibyte / 2, 0, 1, 2, 30'000}), "1.5 MiB, 1 message, 2 findings");
}

}  // namespace

int main(int argc, char** argv) {
    ::testing::InitGoogleTest(&argc, argv);
    ::testing::AddGlobalTestEnvironment(new authlint_test::own_folder);
    return RUN_ALL_TESTS();
}
