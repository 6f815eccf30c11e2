#include "common/field_text.hpp"
#include "common/wording.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace authgrammar::detail {
namespace {

struct split {
    std::vector<std::string_view> elements;
    bool closed = true;

    friend bool operator==(const split& a, const split& b) { return a.elements == b.elements && a.closed == b.closed; }
    friend void PrintTo(const split& s, std::ostream* out) {
        for (const std::string_view e : s.elements) *out << "[" << e << "]";
        *out << (s.closed ? "" : " not closed");
    }
};

split split_of(std::string_view value) {
    split s;
    s.closed = for_each_list_element(value, [&](std::string_view element) { s.elements.push_back(element); });
    return s;
}

TEST(field_text, lists_are_split_at_commas) {
    EXPECT_EQ(split_of(""), (split{{}, true}));
    EXPECT_EQ(split_of("a"), (split{{"a"}, true}));
    EXPECT_EQ(split_of(" a\t,b , c=d e "), (split{{"a", "b", "c=d e"}, true}));
    EXPECT_EQ(split_of(",, a , ,\t, b,"), (split{{"a", "b"}, true})) << "empty elements (RFC 9110, 5.6.1.2)";
}

TEST(field_text, lists_are_not_split_in_quoted_strings) {
    EXPECT_EQ(split_of(R"(a="b, c", d)"), (split{{R"(a="b, c")", "d"}, true}));
    EXPECT_EQ(split_of(R"("a, \", b", c)"), (split{{R"("a, \", b")", "c"}, true})) << "an escaped DQUOTE";
    EXPECT_EQ(split_of(R"("a\\", b)"), (split{{R"("a\\")", "b"}, true})) << "an escaped backslash before the DQUOTE";
    EXPECT_EQ(split_of(R"(a\", b", c)"), (split{{R"(a\", b")", "c"}, true})) << "no escape outside of quoted-strings";
    EXPECT_EQ(split_of(R"("", "a""b,", c)"), (split{{R"("")", R"("a""b,")", "c"}, true}));
}

TEST(field_text, lists_may_break_off_in_a_quoted_string) {
    EXPECT_EQ(split_of(R"(a, b="c, d)"), (split{{"a", R"(b="c, d)"}, false}));
    EXPECT_EQ(split_of(R"(a, ")"), (split{{"a", R"(")"}, false}));
    EXPECT_EQ(split_of(R"("a\")"), (split{{R"("a\")"}, false}));
    EXPECT_EQ(split_of(R"("a\)"), (split{{R"("a\)"}, false})) << "a backslash as the last byte";
}

TEST(field_text, ascii_only) {
    EXPECT_EQ(lower("AZ[`az\xC4"), "az[`az\xC4");
    EXPECT_TRUE(equal_ignoring_case("WWW-Authenticate", "www-AUTHENTICATE"));
    EXPECT_FALSE(equal_ignoring_case("@", "`"));
    EXPECT_FALSE(equal_ignoring_case("a", "ab"));
    EXPECT_EQ(trimmed(" \t a b\t "), "a b");
    EXPECT_EQ(trimmed("\r\na\n"), "\r\na\n") << "only OWS";
    EXPECT_EQ(trimmed(" \t"), "");
    for (int c = 0; c < 256; ++c) {
        const std::size_t at = std::string_view("0123456789abcdefABCDEF").find(static_cast<char>(c));
        const int expected = at == std::string_view::npos ? -1 : static_cast<int>(at < 16 ? at : at - 6);
        EXPECT_EQ(hex_value(static_cast<char>(c)), expected) << c;
        EXPECT_EQ(is_digit(static_cast<char>(c)), expected >= 0 && expected < 10) << c;
    }
}

TEST(field_text, lines_are_joined) {
    EXPECT_EQ(joined(std::vector<std::string>{}), "");
    EXPECT_EQ(joined(std::vector<std::string>{"", "a", "", "b, c", ""}), "a, b, c");
    EXPECT_EQ(joined(std::vector<std::string_view>{"a"}), "a");
}

TEST(field_text, texts_are_unescaped) {
    const std::string_view value = R"(x="a\"b\\c")";
    EXPECT_EQ(unescaped(text{value, 3, 10, true}), R"(a"b\c)");
    EXPECT_EQ(unescaped(text{value, 3, 10, false}), R"(a\"b\\c)");
    std::string out = "kept ";
    append_unescaped(out, text{"added"});
    EXPECT_EQ(out, "kept added");
}

TEST(wording, counted) {
    EXPECT_EQ(counted(0, "byte"), "0 bytes");
    EXPECT_EQ(counted(1, "byte"), "1 byte");
    EXPECT_EQ(words("a", std::string("b"), std::string_view("c")), "abc");
}

}  // namespace
}  // namespace authgrammar::detail
