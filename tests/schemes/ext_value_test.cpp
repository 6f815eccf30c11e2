#include <authgrammar/schemes/ext_value.hpp>

#include "support.hpp"

namespace authgrammar::schemes::test {
namespace {

std::optional<std::string> decoded(std::string_view ext_value) {
    std::string buffer(ext_value.size() + 1, '#');
    const auto r = decode_ext_value(text(ext_value), buffer.data(), ext_value.size());
    EXPECT_EQ(buffer.back(), '#');
    if (!r) return std::nullopt;
    return buffer.substr(0, *r);
}
std::size_t wrong_at(std::string_view ext_value) {
    char buffer[100];
    const auto r = decode_ext_value(text(ext_value), buffer, sizeof buffer);
    EXPECT_FALSE(r.has_value()) << ext_value;
    if (r) return 1000;
    EXPECT_EQ(r.error().code, scheme_error_code::invalid_ext_value);
    EXPECT_EQ(r.error().requirement, "R8187-3.2.1-ext-value");
    return r.error().offset;
}
std::string encoded(std::string_view utf8) {
    std::string out(ext_value_size(utf8), '#');
    EXPECT_EQ(encode_ext_value(utf8, out.data()), out.size());
    return out;
}

TEST(ExtValue, IsDecoded) {
    EXPECT_EQ(decoded("UTF-8''J%C3%A4s%C3%B8n%20Doe"), "J\xC3\xA4s\xC3\xB8n Doe");
    EXPECT_EQ(decoded("utf-8'en'%c2%a3%20rates"), "\xC2\xA3 rates");
    EXPECT_EQ(decoded("Utf-8'de-CH-1996'"), "");
    EXPECT_EQ(decoded("UTF-8''!#$&+-.^_`|~aZ09"), "!#$&+-.^_`|~aZ09");
    EXPECT_EQ(decoded("UTF-8''%22%5C%00"), std::string("\"\\\0", 3));
    EXPECT_EQ(decoded("UTF-8''%F4%8F%BF%BF%EF%BF%BF%ED%9F%BF%E0%A0%80"),
              "\xF4\x8F\xBF\xBF\xEF\xBF\xBF\xED\x9F\xBF\xE0\xA0\x80");
}

TEST(ExtValue, ErrorsNameThePlace) {
    EXPECT_EQ(wrong_at(""), 0U);
    EXPECT_EQ(wrong_at("UTF-8"), 5U);
    EXPECT_EQ(wrong_at("UTF-8'"), 6U);
    EXPECT_EQ(wrong_at("UTF8''a"), 3U);
    EXPECT_EQ(wrong_at("ISO-8859-1''a"), 0U);
    EXPECT_EQ(wrong_at("UTF-8'e_n'a"), 7U);
    EXPECT_EQ(wrong_at("UTF-8''a'b"), 8U);
    // Language tags (RFC 5646, 2.1).
    EXPECT_EQ(wrong_at("UTF-8'-'a"), 6U);
    EXPECT_EQ(wrong_at("UTF-8'en-'a"), 9U);
    EXPECT_EQ(wrong_at("UTF-8'en--US'a"), 9U);
    EXPECT_EQ(wrong_at("UTF-8'-en'a"), 6U);
    EXPECT_EQ(wrong_at("UTF-8'1'a"), 6U);
    EXPECT_EQ(wrong_at("UTF-8'e1'a"), 7U);
    EXPECT_EQ(wrong_at("UTF-8'abcdefghi'a"), 14U);
    EXPECT_EQ(wrong_at("UTF-8'en-abcdefghi'a"), 17U);
    EXPECT_EQ(wrong_at("UTF-8''a*"), 8U);
    EXPECT_EQ(wrong_at("UTF-8''a b"), 8U);
    EXPECT_EQ(wrong_at("UTF-8''%"), 8U);
    EXPECT_EQ(wrong_at("UTF-8''%4"), 9U);
    EXPECT_EQ(wrong_at("UTF-8''%4g"), 9U);
    EXPECT_EQ(wrong_at("UTF-8''%C3"), 10U);
    EXPECT_EQ(wrong_at("UTF-8''%C3a"), 10U);
    // An octet that does not go on as UTF-8 (RFC 3629, 4) is wrong from the first digit that no right one has.
    EXPECT_EQ(wrong_at("UTF-8''%80"), 8U);
    EXPECT_EQ(wrong_at("UTF-8''%BF"), 8U);
    EXPECT_EQ(wrong_at("UTF-8''%C3%28"), 11U);
    EXPECT_EQ(wrong_at("UTF-8''%C3%C3"), 11U);
    EXPECT_EQ(wrong_at("UTF-8''\xC3\xA4"), 7U);
    EXPECT_EQ(wrong_at("UTF-8''%C0%80"), 9U);
    EXPECT_EQ(wrong_at("UTF-8''%C1%BF"), 9U);
    EXPECT_EQ(wrong_at("UTF-8''%F5%80"), 9U);
    EXPECT_EQ(wrong_at("UTF-8''%FF"), 9U);
    EXPECT_EQ(wrong_at("UTF-8''%E0%9F%BF"), 11U);
    EXPECT_EQ(wrong_at("UTF-8''%ED%A0%80"), 11U);
    EXPECT_EQ(wrong_at("UTF-8''%F0%8F%BF%BF"), 11U);
    EXPECT_EQ(wrong_at("UTF-8''%F4%90%80%80"), 11U);
    EXPECT_EQ(wrong_at("UTF-8''%E2%82%C0"), 14U);
}

TEST(ExtValue, IsEncoded) {
    EXPECT_EQ(encoded("J\xC3\xA4s\xC3\xB8n Doe"), "UTF-8''J%C3%A4s%C3%B8n%20Doe");
    EXPECT_EQ(encoded(""), "UTF-8''");
    std::string all;
    for (int c = 0; c < 128; ++c) all += static_cast<char>(c);
    EXPECT_EQ(decoded(encoded(all)), all);
    EXPECT_EQ(encoded("*'%()/:;<=>?@[]{},\" \\"),
              "UTF-8''%2A%27%25%28%29%2F%3A%3B%3C%3D%3E%3F%40%5B%5D%7B%7D%2C%22%20%5C");
}

TEST(ExtValue, TellsTheSizeThatItNeeds) {
    char buffer[4] = "###";
    const auto r = decode_ext_value(text("UTF-8''%41BC"), buffer, 2);
    ASSERT_FALSE(r.has_value());
    EXPECT_EQ(r.error().code, scheme_error_code::buffer_full);
    EXPECT_EQ(r.error().offset, 3U);
    EXPECT_STREQ(buffer, "###");
    EXPECT_FALSE(decode_ext_value(text("UTF-8''a"), nullptr, 5).has_value());
    EXPECT_TRUE(decode_ext_value(text("UTF-8''%41BC"), buffer, 3).has_value());
    EXPECT_STREQ(buffer, "ABC");
}

}  // namespace
}  // namespace authgrammar::schemes::test
