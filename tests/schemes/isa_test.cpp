// Base64 and Basic by each instruction set: the same octets, colon and errors as byte by byte, and no byte read or written outside
// of what was given.
#include "../fenced.hpp"
#include "support.hpp"

#include <authgrammar/isa.hpp>
#include <authgrammar/schemes/base64.hpp>
#include <authgrammar/schemes/basic.hpp>

#include <string>
#include <string_view>

namespace authgrammar::schemes::test {
namespace {

constexpr std::size_t longest = 150;  // of octets: three blocks of 64 characters and a part

std::string base64_of(std::string_view octets) {
    std::string base64(base64_encoded_size(octets.size()), ' ');
    encode_base64(octets, base64.data());
    return base64;
}

/// Octets of all kinds.
std::string any_octets(std::size_t size) {
    std::string octets;
    for (std::size_t i = 0; i < size; ++i) octets += static_cast<char>(i * 89 + size);
    return octets;
}

std::string outcome(const scheme_error& e) { return std::string(name_of(e.code)) + " at " + std::to_string(e.offset); }

std::string outcome_of_base64(std::string_view base64) {
    std::string buffer(longest, '#');
    const auto decoded = decode_base64(base64, buffer.data(), buffer.size());
    return decoded ? buffer.substr(0, decoded->size) : outcome(decoded.error());
}

std::string outcome_of_basic(std::string_view value) {
    std::string buffer(longest, '#');
    const auto read = read_basic(value, buffer.data(), buffer.size());
    return read ? std::string(read->user_id) + " and " + std::string(read->password) : outcome(read.error());
}

class schemes_by : public testing::TestWithParam<isa> {
protected:
    void SetUp() override {
        if (!force_isa(GetParam())) GTEST_SKIP() << name_of(GetParam()) << " is not on this machine";
    }
    void TearDown() override { EXPECT_TRUE(force_isa(best_)); }

    /// That the instruction set comes to what portable code does, which other tests hold against a decoder bit by bit.
    template <typename Outcome>
    static void compare(Outcome outcome_of, const std::string& value) {
        ASSERT_TRUE(force_isa(isa::portable));
        const std::string expected = outcome_of(value);
        ASSERT_TRUE(force_isa(GetParam()));
        ASSERT_EQ(outcome_of(value), expected) << value;
    }

private:
    isa best_ = active_isa();
};

// Around the ends of blocks of 16 and of 64 characters, with all paddings.
constexpr std::size_t sizes[] = {1, 2, 3, 10, 11, 12, 13, 23, 24, 25, 46, 47, 48, 49, 95, 96, 97, 130, longest};

TEST_P(schemes_by, base64_of_each_length) {
    const authgrammar::test::fenced text;
    const authgrammar::test::fenced memory;
    for (std::size_t size = 0; size <= longest; ++size) {
        const std::string octets = any_octets(size);
        const std::string base64 = base64_of(octets);
        for (const bool front : {true, false}) {
            const std::string_view from = front ? text.at_front(base64) : text.at_back(base64);
            const std::string_view room = memory.at_back(std::string(size, '#'));
            const auto decoded = decode_base64(from, const_cast<char*>(room.data()), room.size());
            ASSERT_TRUE(decoded.has_value()) << base64;
            ASSERT_EQ(std::string_view(room.data(), decoded->size), octets);
        }
        std::string larger(size + 100, '#');
        ASSERT_TRUE(decode_base64(base64, larger.data(), larger.size()).has_value());
        ASSERT_EQ(larger, octets + std::string(100, '#')) << "nothing behind the octets";
    }
}

TEST_P(schemes_by, base64_with_another_character_at_each_place) {
    // Next to each range of the alphabet, padding, and bytes whose lower seven bits are those of a character.
    constexpr std::string_view others("/:@[`{,-._=Ag\x00\x7F\xC1\xE1\xB0\xFF", 19);
    for (const std::size_t size : sizes) {
        const std::string right = base64_of(any_octets(size));
        for (std::size_t i = 0; i < right.size(); ++i) {
            for (const char c : others) {
                std::string other = right;
                other[i] = c;
                compare(outcome_of_base64, other);
            }
        }
    }
}

TEST_P(schemes_by, basic_with_colon_and_control_at_each_place) {
    for (const std::size_t size : sizes) {
        for (std::size_t i = 0; i < size; ++i) {
            std::string octets(size, 'x');
            octets[i] = ':';
            compare(outcome_of_basic, "Basic " + base64_of(octets));
            octets[size / 2] = ':';
            for (const char control : {'\x1F', '\x7F', '\x20', '\x80'}) {
                octets[i] = control;
                compare(outcome_of_basic, "Basic " + base64_of(octets));
            }
        }
        compare(outcome_of_basic, "Basic " + base64_of(std::string(size, 'x')));
    }
}

INSTANTIATE_TEST_SUITE_P(all, schemes_by, testing::ValuesIn(all_isas),
                         [](const auto& of) { return std::string(name_of(of.param)); });

}  // namespace
}  // namespace authgrammar::schemes::test
