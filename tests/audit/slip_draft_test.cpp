// What is written at a place of a value, by itself: RFC 9110, 5.6.2, 5.6.3 and 11.2.

#include "values/slip_draft.hpp"

#include <gtest/gtest.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace {

using namespace authgrammar::audit;

TEST(slip_draft, characters) {
    const std::string_view tchars = "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    for (int i = 0; i < 256; ++i) {
        const char c = static_cast<char>(i);
        EXPECT_EQ(is_white(c), c == ' ' || c == '\t') << i;
        EXPECT_EQ(is_tchar(c), tchars.find(c) != std::string_view::npos) << i;
        const bool token68 =
            is_tchar(c) ? std::string_view("!#$%&'*^`|").find(c) == std::string_view::npos : c == '/' || c == '+';
        EXPECT_EQ(is_token68(std::string(1, c)), token68) << i;
    }
}

TEST(slip_draft, tokens) {
    EXPECT_TRUE(is_token("a'b"));
    for (const char* none : {"", "a b", "a=", "\"a\"", " a"}) EXPECT_FALSE(is_token(none)) << none;
    for (const char* yes : {"a", "a=", "a/b+c==", "-._~+/"}) EXPECT_TRUE(is_token68(yes)) << yes;
    for (const char* none : {"", "=", "==", "a=b", "a b", "a!", "!a"}) EXPECT_FALSE(is_token68(none)) << none;
    EXPECT_EQ(token_end("ab c", 0), 2U);
    EXPECT_EQ(token_end("ab c", 2), 2U);
    EXPECT_EQ(token_end("ab", 2), 2U);
    EXPECT_EQ(token_begin("a bc", 4), 2U);
    EXPECT_EQ(token_begin("ab", 2), 0U);
    EXPECT_EQ(token_begin(" ", 1), 1U);
    EXPECT_EQ(skip_white("a \tb", 1), 3U);
    EXPECT_EQ(skip_white("a \t", 1), 3U);
    EXPECT_EQ(skip_white("a", 0), 0U);
    EXPECT_EQ(skip_white_back("a \tb", 3), 1U);
    EXPECT_EQ(skip_white_back(" \t", 2), 0U);
    EXPECT_EQ(skip_white_back("a", 1), 1U);
}

TEST(slip_draft, parameters_and_schemes) {
    for (const char* yes : {"a=b", "a = b", "a\t=\t\"b\"", "a=b, c", "a=/", "a=\""})
        EXPECT_TRUE(param_at(yes, 0)) << yes;
    for (const char* none : {"", "a", "a ", "a=", "a= ", "a==", "a= =", "a=,", "a= ,", "=b", " a=b", "a b=c", "a:b"})
        EXPECT_FALSE(param_at(none, 0)) << none;
    EXPECT_TRUE(param_at("x, a=b", 3));
    EXPECT_FALSE(param_at("x, a=b", 1));
    EXPECT_FALSE(param_at("a=b", 3));
    for (const char* yes : {"Basic", "basic x", "Basic,x", "Basic\tx", "NTLM"}) EXPECT_TRUE(scheme_at(yes, 0)) << yes;
    for (const char* none : {"", "Foo", "Basic=x", "Basic:", "Basics", " Basic", "Basic\"x\""})
        EXPECT_FALSE(scheme_at(none, 0)) << none;
    EXPECT_TRUE(scheme_at("x, Basic", 3));
    EXPECT_FALSE(scheme_at("Basic", 5));
}

TEST(slip_draft, ends_of_elements) {
    for (const char* yes : {"", " ", ",", " , ", ",,\t,", ", a=b", " ,Basic", ",,a=b", ", Basic realm"})
        EXPECT_TRUE(element_ends_at(yes, 0)) << yes;
    for (const char* none : {"a", ";", " a", ", a", ", Foo", ",\"", ", a="})
        EXPECT_FALSE(element_ends_at(none, 0)) << none;
    EXPECT_TRUE(element_ends_at("a", 1));
}

TEST(slip_draft, quotes) {
    const std::pair<const char*, std::size_t> likes[] = {{"&quot;", 6},       {"&apos;", 6},       {"&#34;", 5},
                                                         {"&#39;", 5},        {"\xE2\x80\x9C", 3}, {"\xE2\x80\x9D", 3},
                                                         {"\xE2\x80\x9E", 3}, {"\xE2\x80\x9F", 3}, {"\xE2\x80\x98", 3},
                                                         {"\xE2\x80\x99", 3}, {"\xE2\x80\xB3", 3}, {"\xC2\xAB", 2},
                                                         {"\xC2\xBB", 2},     {"\\\"", 2},         {"\x93", 1},
                                                         {"\x94", 1},         {"``", 2},           {"''", 2}};
    for (const auto& [text, size] : likes) {
        EXPECT_EQ(quote_like_at(text, 0), size) << text;
        EXPECT_EQ(quote_like_at(std::string("a") + text + "b", 1), size) << text;
        EXPECT_EQ(quote_like_at(text, size), 0U) << text;
        EXPECT_EQ(quote_like_at(std::string_view(text).substr(0, size - 1), 0), 0U) << text;
    }
    for (const char* none : {"", "\"", "'", "`", "\\", "&quo", "\xE2\x80\x93"})
        EXPECT_EQ(quote_like_at(none, 0), 0U) << none;
    EXPECT_EQ(quote_like_at("a", 7), 0U) << "behind the end";
    EXPECT_EQ(quoted(""), "\"\"");
    EXPECT_EQ(quoted("a\"b\\c"), "\"a\\\"b\\\\c\"");
    EXPECT_EQ(quoted("a\\\"b\\c\"", true), "\"a\\\"b\\c\\\"\"");
    EXPECT_EQ(quoted("a\\", true), "\"a\\\\\"");
    EXPECT_EQ(quoted("\\\\", true), "\"\\\\\"");
}

TEST(slip_draft, kinds_of_tokens) {
    EXPECT_TRUE(is_jwt("eyJ0.e30.c2ln"));
    EXPECT_TRUE(is_jwt("eyJ.."));
    for (const char* none : {"", "eyJ", "eyJ0.e30", "eyJ0.e30.c2ln.x", "e.y.J", "abc.def.ghi"})
        EXPECT_FALSE(is_jwt(none)) << none;
    // user:pass, u:, and a colon with a space behind it.
    for (const char* yes : {"dXNlcjpwYXNz", "dTo=", "dTo", "dTog"}) EXPECT_TRUE(is_basic_base64(yes)) << yes;
    // Nothing, no colon, no user-id, a control character, DEL, no base64.
    for (const char* none : {"", "dXNlcg==", "OnA=", "dToK", "dTp/", "dXNlcjp!", "d"})
        EXPECT_FALSE(is_basic_base64(none)) << none;
    EXPECT_TRUE(is_basic_base64("dTrDvA==")) << "octets beyond ASCII";
    EXPECT_EQ(base64_of("user:pass"), "dXNlcjpwYXNz");
    EXPECT_EQ(base64_of("u"), "dQ==");
    EXPECT_EQ(base64_of(""), "");
}

}  // namespace
