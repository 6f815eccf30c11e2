#include "formats/json_stream.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace {

using authlint::json_part;
using authlint::json_stream;
using authlint::text_source;

/// The parts of a text, in one line: { } [ ] for structure, name: and values; a failure at the end.
std::string parts_of(std::string_view text, std::size_t piece = std::string_view::npos) {
    text_source source(text, piece);
    json_stream in(source);
    std::string out;
    for (;;) {
        switch (in.next()) {
            case json_part::object: out += "{ "; break;
            case json_part::object_end: out += "} "; break;
            case json_part::array: out += "[ "; break;
            case json_part::array_end: out += "] "; break;
            case json_part::name: out += in.text() + ": "; break;
            case json_part::string: out += "'" + in.text() + "' "; break;
            case json_part::other: out += in.text() + " "; break;
            case json_part::end: return out;
            case json_part::broken: return out + "broken at " + std::to_string(in.offset()) + ": " + in.failure();
        }
    }
}

TEST(json_stream, gives_the_parts_in_order) {
    const std::string text = " {\"a\" : [1, -2.5e+3, true, false, null, \"x\"], \"b\":{}, \"c\":[]}\n{\"d\":\"\"} ";
    for (const std::size_t piece : {1U, 2U, 7U, 1000U}) {
        EXPECT_EQ(parts_of(text, piece), "{ a: [ 1 -2.5e+3 true false null 'x' ] b: { } c: [ ] } { d: '' } ");
    }
}

TEST(json_stream, unescapes_strings) {
    EXPECT_EQ(parts_of(R"(["\"\\\/\b\f\n\r\t", "\u0041\u00e4\u20AC", "\ud83d\ude00"])"),
              "[ '\"\\/\b\f\n\r\t' 'A\xC3\xA4\xE2\x82\xAC' '\xF0\x9F\x98\x80' ] ");
    EXPECT_EQ(parts_of(R"(["\ud83dx", "\ude00", "\ud83d\n", "\ud83d\ud83d\ude00"])"),
              "[ '\xEF\xBF\xBDx' '\xEF\xBF\xBD' '\xEF\xBF\xBD\n' '\xEF\xBF\xBD\xF0\x9F\x98\x80' ] ");
}

TEST(json_stream, says_where_it_is_broken) {
    EXPECT_EQ(parts_of("{\"a\" 1}"), "{ broken at 5: a colon is missing in the JSON");
    EXPECT_EQ(parts_of("[1 2]"), "[ 1 broken at 3: a comma or a closing bracket is missing in the JSON");
    EXPECT_EQ(parts_of("{\"a\":1]"), "{ a: 1 broken at 6: a comma or a closing brace is missing in the JSON");
    EXPECT_EQ(parts_of("[1,]"), "[ 1 broken at 3: a value is missing in the JSON");
    EXPECT_EQ(parts_of("{\"a\":1,}"), "{ a: 1 broken at 7: a name is missing in the JSON");
    EXPECT_EQ(parts_of("{\"a\":}"), "{ a: broken at 5: a value is missing in the JSON");
    EXPECT_EQ(parts_of("[tru]"), "[ broken at 4: a value is missing in the JSON");
    EXPECT_EQ(parts_of("\"a\nb\""), "broken at 3: a string of the JSON has a line end or another control character");
    EXPECT_EQ(parts_of("\"\\x\" "), "broken at 3: a string of the JSON has an escape that is none");
    EXPECT_EQ(parts_of("\"\\u12g4\""), "broken at 5: a string of the JSON has an escape that is none");
    const std::string whole = "{\"a\": [\"b\\u0041\", {\"c\": 1}]}";
    for (std::size_t size = 1; size < whole.size(); ++size) {
        const std::string seen = parts_of(whole.substr(0, size));
        EXPECT_NE(seen.find("broken at " + std::to_string(size) + ": the JSON ends early"), std::string::npos) << seen;
    }
}

TEST(json_stream, nesting_and_strings_are_bounded) {
    const std::string deep(json_stream::most_nested, '[');
    EXPECT_EQ(parts_of(deep + std::string(json_stream::most_nested, ']')).find("broken"), std::string::npos);
    EXPECT_NE(parts_of(deep + "[").find("nested too deep"), std::string::npos);
    const std::string text = "\"" + std::string(json_stream::longest_string + 5, 'a') + "\"";
    text_source source(text, 4096);
    json_stream in(source);
    EXPECT_EQ(in.next(), json_part::string);
    EXPECT_EQ(in.text().size(), json_stream::longest_string);
    EXPECT_EQ(in.next(), json_part::end);
}

TEST(json_stream, skips_values_and_goes_on_at_the_next_line) {
    const std::string text = "{\"a\": {\"b\": [1, {}]}, \"c\": 2}\n{\"d\": ]\n{\"e\": 3}\n";
    text_source source(text, 3);
    json_stream in(source);
    EXPECT_EQ(in.next(), json_part::object);
    EXPECT_EQ(in.next(), json_part::name);
    EXPECT_TRUE(in.skip(in.next()));
    EXPECT_EQ(in.next(), json_part::name);
    EXPECT_EQ(in.text(), "c");
    EXPECT_TRUE(in.skip(in.next()));
    EXPECT_EQ(in.next(), json_part::object_end);
    EXPECT_EQ(in.next(), json_part::object);
    EXPECT_EQ(in.line(), 2U);
    EXPECT_EQ(in.next(), json_part::name);
    EXPECT_FALSE(in.skip(in.next()));
    EXPECT_EQ(in.next(), json_part::broken) << "and stays so";
    EXPECT_TRUE(in.resume());
    EXPECT_EQ(in.next(), json_part::object);
    EXPECT_EQ(in.next(), json_part::name);
    EXPECT_EQ(in.text(), "e");
    EXPECT_TRUE(in.skip(in.next()));
    EXPECT_EQ(in.next(), json_part::object_end);
    EXPECT_EQ(in.next(), json_part::end);
}

}  // namespace
