#include "store_fixture.hpp"

#include <string>
#include <string_view>
#include <utility>

namespace authgrammar::policy {
namespace {

using testing::watching_memory;

TEST(secret, compares_and_moves) {
    secret a("bytes");
    EXPECT_TRUE(a.equals("bytes"));
    EXPECT_FALSE(a.equals("bytez"));
    EXPECT_FALSE(a.equals("bytesbytes"));
    EXPECT_FALSE(a.equals(""));
    secret b = std::move(a);
    EXPECT_EQ(b.bytes(), "bytes");
    b.wipe();
    EXPECT_TRUE(b.equals(""));
    EXPECT_FALSE(b.equals("x"));
    EXPECT_FALSE(b.equals(std::string_view("\0", 1)));
}

TEST(secret, bytes_go_back_to_the_memory_that_gave_them) {
    watching_memory one;
    watching_memory other;
    {
        secret a("first", &one);
        secret b("the second", &other);
        EXPECT_EQ(one.held, 5u);
        EXPECT_EQ(other.held, 10u);
        a.swap(b);
        EXPECT_EQ(a.bytes(), "the second");
        EXPECT_EQ(b.bytes(), "first");
        EXPECT_EQ(a.size(), 10u);
        b = std::move(a);
        EXPECT_EQ(b.bytes(), "the second");
        EXPECT_EQ(one.held, 0u) << "what is assigned to is given back";
        b.wipe();
        EXPECT_EQ(b.size(), 0u);
        EXPECT_EQ(b.bytes(), "");
        EXPECT_EQ(other.held, 0u);
        b.wipe();
        const secret empty("", &one);
        EXPECT_EQ(empty.bytes(), "");
    }
    EXPECT_EQ(one.given_back, 1u);
    EXPECT_EQ(other.given_back, 1u);
    EXPECT_EQ(one.not_wiped + other.not_wiped, 0u);
}

// Equal in every octet and in length.
TEST(secret, compares_every_octet) {
    const std::string text = "0123456789";
    const secret kept(text);
    EXPECT_TRUE(kept.equals(text));
    for (std::size_t i = 0; i < text.size(); ++i) {
        for (int bit = 0; bit < 8; ++bit) {
            std::string other = text;
            other[i] = static_cast<char>(other[i] ^ (1 << bit));
            EXPECT_FALSE(kept.equals(other)) << other;
        }
        EXPECT_FALSE(kept.equals(text.substr(i + 1)));
        EXPECT_FALSE(kept.equals(text.substr(0, i)));
    }
    EXPECT_FALSE(kept.equals(text + text[0])) << "as if it began anew";
}

}  // namespace
}  // namespace authgrammar::policy
