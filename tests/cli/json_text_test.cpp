#include <json/json_text.hpp>

#include <gtest/gtest.h>

#include <string>

namespace {

using namespace authlint;

TEST(json_text, members_in_order_as_they_stand) {
    const std::string text = " { \"a\" : 1e400 ,\"\\u0062\":[ {} , \"x\"],\"a\":null} ";
    json_object object;
    ASSERT_TRUE(object.read(text));
    ASSERT_EQ(object.members.size(), 3U);
    EXPECT_EQ(object.members[0].value, "1e400");
    EXPECT_TRUE(object.members[1].is_named("b"));
    EXPECT_FALSE(object.members[1].is_named("\\u0062"));
    EXPECT_FALSE(object.members[1].is_named("a"));
    EXPECT_TRUE(object.members[0].is_named("a"));
    EXPECT_FALSE(object.members[0].is_named("b"));
    EXPECT_EQ(object.members[1].source, "\"\\u0062\"");
    EXPECT_EQ(object.members[1].value, "[ {} , \"x\"]");
    EXPECT_EQ(object.members[2].offset, text.rfind("\"a\""));
}

std::string octets(std::string_view value, octets_of_json expected = octets_of_json::all) {
    std::string out;
    EXPECT_EQ(append_octets_of_json(out, value), expected) << value;
    return out;
}

TEST(json_text, strings) {
    EXPECT_EQ(octets(R"("\"\\\/\b\f\n\r\t\u00e9é\u0041")"),
              "\"\\/\b\f\n\r\t\xE9\xE9"
              "A");
    EXPECT_EQ(octets("\"\""), "");
    octets("1", octets_of_json::no_string);
    octets("\"\\u0100\"", octets_of_json::over_ff);
    octets("\"\\ud83d\\ude00\"", octets_of_json::over_ff);
    octets("\"😀a\"", octets_of_json::over_ff);
}

/// Runs of plain octets are read and written many at a time: each octet at each place among others, before and behind a
/// long run.
TEST(json_text, every_octet_at_every_place) {
    for (int byte = 0; byte < 256; ++byte) {
        const char c = static_cast<char>(byte);
        for (std::size_t place = 0; place < 40; ++place) {
            std::string bytes(40, 'x');
            bytes[place] = c;
            std::string written;
            append_json_bytes(written, bytes);
            EXPECT_EQ(octets(written), bytes);
            for (const char w : written) EXPECT_TRUE(w >= 0x20 && w < 0x7F);
            const bool escaped = byte < 0x20 || byte >= 0x7F || c == '"' || c == '\\';
            EXPECT_EQ(written.size() == bytes.size() + 2, !escaped) << byte;

            json_object object;
            const bool stands_alone = byte >= 0x20 && byte < 0x80 && c != '"' && c != '\\';
            EXPECT_EQ(object.read("{\"" + bytes + "\":1}"), stands_alone) << byte << " at " << place;
        }
    }
}

TEST(json_text, arrays) {
    EXPECT_EQ(json_elements("[ 1 , [2,3],\"\\u005d\" ]")->size(), 3U);
    EXPECT_EQ(json_elements("[]")->size(), 0U);
    EXPECT_FALSE(json_elements("{}"));
}

TEST(json_text, ascii) {
    std::string ascii;
    append_json_in_ascii(ascii, "[\"é\", \"😀\", \"\\u00e9\", \"\x7F\"]");
    EXPECT_EQ(ascii, "[\"\\u00e9\", \"\\ud83d\\ude00\", \"\\u00e9\", \"\x7F\"]");
    std::string out;
    append_json_bytes(out, std::string("\0\"\\\x7F\x80\xFF~", 7));
    EXPECT_EQ(out, R"("\u0000\"\\\u007f\u0080\u00ff~")");
}

json_failure failure(std::string_view text) {
    json_object object;
    EXPECT_FALSE(object.read(text)) << text;
    return object.failure.value_or(json_failure{});
}

TEST(json_text, failures_have_a_place) {
    EXPECT_EQ(failure("{\"a\":tru}").offset, 5U);
    EXPECT_EQ(failure("{\"a\" 1}").expected, "\":\"");
    EXPECT_EQ(failure("{\"a\":\"").offset, 6U);
}

TEST(json_text, nothing_is_kept_of_the_text_before) {
    json_object object;
    EXPECT_FALSE(object.read("{\"a\":1,}"));
    EXPECT_TRUE(object.members.empty());
    EXPECT_TRUE(object.read("{\"b\":2}"));
    EXPECT_FALSE(object.failure);
    EXPECT_EQ(object.members.size(), 1U);
    EXPECT_TRUE(object.read("{}"));
    EXPECT_TRUE(object.members.empty());
}

/// No prefix of a text and no change of one byte is read over its end (run under the sanitizers) or accepted wrongly.
TEST(json_text, prefixes_are_no_objects) {
    const std::string text = R"({"a":[1.5e-3,true,false,null,{"b":"\ud83d\ude00é"}],"c":-0})";
    for (std::size_t n = 0; n < text.size(); ++n) failure(text.substr(0, n));
    json_object object;
    EXPECT_TRUE(object.read(text));
    for (std::size_t n = 0; n < text.size(); ++n) {
        for (int byte = 0; byte < 256; ++byte) {
            std::string changed = text;
            changed[n] = static_cast<char>(byte);
            object.read(changed);
            EXPECT_LE(object.failure.value_or(json_failure{}).offset, changed.size());
        }
    }
}

}  // namespace
