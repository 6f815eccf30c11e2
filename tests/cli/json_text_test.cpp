#include <json/json_text.hpp>

#include <gtest/gtest.h>

#include <string>

namespace {

using namespace authlint;

TEST(json_text, members_in_order_as_they_stand) {
    const std::string text = " { \"a\" : 1e400 ,\"\\u0062\":[ {} , \"x\"],\"a\":null} ";
    const json_object object = read_json_object(text);
    ASSERT_FALSE(object.failure);
    ASSERT_EQ(object.members.size(), 3U);
    EXPECT_EQ(object.members[0].value, "1e400");
    EXPECT_TRUE(object.members[1].name == U"b");
    EXPECT_EQ(object.members[1].source, "\"\\u0062\"");
    EXPECT_EQ(object.members[1].value, "[ {} , \"x\"]");
    EXPECT_EQ(object.members[2].offset, text.rfind("\"a\""));
}

TEST(json_text, strings) {
    EXPECT_TRUE(json_string(R"("\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00é😀")") == std::u32string(U"\"\\/\b\f\n\r\té😀é😀"));
    EXPECT_TRUE(json_string("\"\"") == std::u32string());
    EXPECT_FALSE(json_string("1"));
    EXPECT_EQ(json_elements("[ 1 , [2,3],\"\\u005d\" ]")->size(), 3U);
    EXPECT_EQ(json_elements("[]")->size(), 0U);
    EXPECT_FALSE(json_elements("{}"));
}

TEST(json_text, ascii) {
    EXPECT_EQ(json_in_ascii("[\"é\", \"😀\", \"\\u00e9\", \"\x7F\"]"),
              "[\"\\u00e9\", \"\\ud83d\\ude00\", \"\\u00e9\", \"\x7F\"]");
    std::string out;
    append_json_bytes(out, std::string("\0\"\\\x7F\x80\xFF~", 7));
    EXPECT_EQ(out, R"("\u0000\"\\\u007f\u0080\u00ff~")");
}

TEST(json_text, failures_have_a_place) {
    EXPECT_EQ(read_json_object("{\"a\":tru}").failure->offset, 5U);
    EXPECT_EQ(read_json_object("{\"a\" 1}").failure->expected, "\":\"");
    EXPECT_EQ(read_json_object("{\"a\":\"").failure->offset, 6U);
}

/// No prefix of a text and no change of one byte is read over its end (run under the sanitizers) or accepted wrongly.
TEST(json_text, prefixes_are_no_objects) {
    const std::string text = R"({"a":[1.5e-3,true,false,null,{"b":"\ud83d\ude00é"}],"c":-0})";
    for (std::size_t n = 0; n < text.size(); ++n) EXPECT_TRUE(read_json_object(text.substr(0, n)).failure) << n;
    EXPECT_FALSE(read_json_object(text).failure);
    for (std::size_t n = 0; n < text.size(); ++n) {
        for (int byte = 0; byte < 256; ++byte) {
            std::string changed = text;
            changed[n] = static_cast<char>(byte);
            const json_object object = read_json_object(changed);
            EXPECT_LE(object.failure.value_or(json_failure{}).offset, changed.size());
        }
    }
}

}  // namespace
