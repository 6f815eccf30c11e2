// What quoting, encoding and copying make of a secret: each by itself.

#include "why/altered.hpp"

#include "values/compute/composed.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace authgrammar::audit {
namespace {

using namespace std::string_view_literals;

struct altered {
    std::string_view text;
    std::string_view what;
    cause_id cause = cause_id::altered_password;
    bool operator==(const altered& o) const { return text == o.text && what == o.what && cause == o.cause; }
};

std::ostream& operator<<(std::ostream& out, const altered& a) {
    return out << '"' << a.text << "\" " << a.what << " " << cause_of(a.cause).id;
}

void expect_altered(std::string_view secret, const std::vector<altered>& expected) {
    const std::vector<altered_secret> all = alterations_of(secret);
    std::vector<altered> got;
    for (const altered_secret& a : all) got.push_back({a.text.bytes(), a.what, a.cause});
    EXPECT_EQ(got, expected) << secret;
}

/// What every secret gets at its ends.
std::vector<altered> at_the_ends(const std::vector<std::string>& texts) {
    return {{texts[0], "has a line feed at its end", cause_id::control_character},
            {texts[1], "has a line end after it", cause_id::control_character},
            {texts[2], "has a carriage return at its end", cause_id::control_character},
            {texts[3], "has a space at its end"},
            {texts[4], "has a space before it"}};
}

std::vector<std::string> ended(const std::string& s) { return {s + "\n", s + "\r\n", s + "\r", s + " ", " " + s}; }

TEST(why_alterations, of_letters) {
    const auto ends = ended("aZ");
    std::vector<altered> expected = at_the_ends(ends);
    for (const altered& each :
         {altered{"\"aZ\"", "is in quotes"}, altered{"'aZ'", "is in apostrophes"}, altered{"az", "is in lower case"},
          altered{"AZ", "is in upper case"}, altered{"", "is empty"}})
        expected.push_back(each);
    expect_altered("aZ", expected);
}

TEST(why_alterations, of_nothing) {
    const auto ends = ended("");
    std::vector<altered> expected = at_the_ends(ends);
    expected.push_back({"\"\"", "is in quotes"});
    expected.push_back({"''", "is in apostrophes"});
    expect_altered("", expected);
}

TEST(why_alterations, of_white_space_at_the_ends) {
    const auto has = [](std::string_view secret, std::string_view what) {
        std::vector<std::string> texts;
        for (const altered_secret& a : alterations_of(secret)) {
            if (a.what == what) texts.emplace_back(a.text.bytes());
        }
        return texts;
    };
    using texts = std::vector<std::string>;
    for (const char* secret : {" a b", "a b\t", "\r\na b\n", "\ta b \r"})
        EXPECT_EQ(has(secret, "lost the white space at its ends"), texts{"a b"}) << secret;
    EXPECT_EQ(has("a b", "lost the white space at its ends"), texts{});
    EXPECT_EQ(has(" \t\r\n", "lost the white space at its ends"), texts{""});
}

/// The texts that one alteration makes of the secret.
std::vector<std::string> texts_of(std::string_view secret, std::string_view what) {
    std::vector<std::string> texts;
    for (const altered_secret& a : alterations_of(secret)) {
        if (a.what == what) texts.emplace_back(a.text.bytes());
    }
    return texts;
}

using texts = std::vector<std::string>;

TEST(why_alterations, of_each_octet_by_percent_encoding) {
    const std::string_view unreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    for (int i = 0; i < 256; ++i) {
        const std::string secret = std::string(1, static_cast<char>(i)) + "x";
        char encoded[8];
        std::snprintf(encoded, sizeof encoded, "%%%02Xx", static_cast<unsigned>(i));
        const bool stays = unreserved.find(secret[0]) != std::string_view::npos;
        EXPECT_EQ(texts_of(secret, "is percent-encoded"), stays ? texts{} : texts{encoded}) << i;
        EXPECT_EQ(percent_decoded(encoded), secret) << i;
        if (secret != percent_decoded(encoded) || stays) continue;
        EXPECT_EQ(texts_of(encoded, "was percent-decoded"), texts{secret}) << i;
    }
}

TEST(why_alterations, percent_decoding_needs_two_digits) {
    const std::pair<const char*, const char*> all[] = {
        {"", ""},        {"%", "%"},       {"%4", "%4"},   {"%41", "A"},     {"a%41", "aA"},   {"%41b", "Ab"},
        {"%4g", "%4g"},  {"%g4", "%g4"},   {"%%41", "%A"}, {"%41%42", "AB"}, {"%2541", "%41"}, {"41", "41"},
        {"%aF", "\xAF"}, {"%4%41", "%4A"}, {"%41%", "A%"}, {"a%4", "a%4"},   {"$41", "$41"},   {"&41", "&41"}};
    for (const auto& [text, decoded] : all) EXPECT_EQ(percent_decoded(text), decoded) << text;
}

TEST(why_alterations, of_other_charsets) {
    const char* const latin1 = "is in ISO-8859-1, not in UTF-8";
    const char* const twice = "was encoded in UTF-8 twice";
    const char* const question = "has question marks in place of non-ASCII characters";
    for (int i = 0x80; i < 0x100; ++i) {
        const char second = static_cast<char>(0x80 | (i & 0x3F));
        const std::string utf8 = std::string("a") + static_cast<char>(0xC0 | i >> 6) + second + "b";
        EXPECT_EQ(texts_of(utf8, latin1), (texts{std::string("a") + static_cast<char>(i) + "b"})) << i;
        EXPECT_EQ(texts_of(utf8, twice),
                  (texts{std::string("a\xC3") + static_cast<char>(i < 0xC0 ? 0x82 : 0x83) + "\xC2" + second + "b"}))
            << i;
        EXPECT_EQ(texts_of(utf8, question), texts{"a\?\?b"}) << i;
        const std::string octet(1, static_cast<char>(i));
        EXPECT_EQ(texts_of(octet, twice), (texts{std::string(1, static_cast<char>(0xC0 | i >> 6)) + second})) << i;
    }
    // U+0100, the euro sign, and what is no UTF-8.
    for (const char* none : {"\xC4\x80", "\xE2\x82\xAC", "\xF0\x9F\x98\x80", "\xC3", "\xFF", "a", ""})
        EXPECT_EQ(texts_of(none, latin1), texts{}) << none;
    for (const char* ascii : {"a", "\x7F", ""}) {
        EXPECT_EQ(texts_of(ascii, twice), texts{}) << ascii;
        EXPECT_EQ(texts_of(ascii, question), texts{}) << ascii;
    }
    for (const altered_secret& a : alterations_of("\xC3\xA4")) {
        const bool charset = a.what == latin1 || a.what == twice || a.what == question;
        EXPECT_EQ(a.cause == cause_id::other_charset, charset) << a.what;
    }
}

TEST(why_alterations, of_normalization) {
    const char* const what = "is in Normalization Form C, and the right one is not";
    if (!composed("A\xCC\x88")) GTEST_SKIP() << "built without the verify library";
    EXPECT_EQ(texts_of("A\xCC\x88", what), texts{"\xC3\x84"});
    EXPECT_EQ(texts_of("\xC3\x84", what), texts{});
}

TEST(why_alterations, of_special_characters) {
    const std::string_view shell = "!$&*()[]{}|;<>?#~`'\"\\ ";
    const std::string_view cutting = "$#&!;:@%\"' +?/\\";
    for (int i = 0x20; i < 0x7F; ++i) {
        const auto c = static_cast<char>(i);
        const std::string secret = std::string("p") + c + "q";
        const bool in_quotes = c == '"' || c == '\\';
        const std::string escaped = std::string("p\\") + c + "q";
        EXPECT_EQ(texts_of(secret, "has backslashes before its quotes and backslashes"),
                  in_quotes ? texts{escaped} : texts{})
            << c;
        EXPECT_EQ(texts_of(secret, "has the backslashes of a shell"),
                  shell.find(c) != std::string_view::npos ? texts{escaped} : texts{})
            << c;
        EXPECT_EQ(texts_of(secret, "lost its backslashes"), c == '\\' ? texts{"pq"} : texts{}) << c;
        EXPECT_EQ(texts_of(secret, "lost its quotes"), c == '"' ? texts{"pq"} : texts{}) << c;
        EXPECT_EQ(texts_of(secret, "is cut off at a special character"),
                  cutting.find(c) != std::string_view::npos ? texts{"p"} : texts{})
            << c;
        EXPECT_EQ(texts_of(std::string(1, c) + "pq", "is cut off at a special character"), texts{}) << c;
        EXPECT_EQ(texts_of(secret, "has spaces in place of plus signs"), c == '+' ? texts{"p q"} : texts{}) << c;
        const bool lower = c >= 'a' && c <= 'z';
        const bool upper = c >= 'A' && c <= 'Z';
        const std::string alone(1, c);
        EXPECT_EQ(texts_of(alone, "is in lower case"),
                  upper ? texts{std::string(1, static_cast<char>(c + 32))} : texts{});
        EXPECT_EQ(texts_of(alone, "is in upper case"),
                  lower ? texts{std::string(1, static_cast<char>(c - 32))} : texts{});
    }
}

TEST(why_alterations, are_seen_in_what_was_sent) {
    const std::pair<const char*, const char*> all[] = {{"", ""},
                                                       {"a", ""},
                                                       {" a", "has a space at its end or before it"},
                                                       {"a ", "has a space at its end or before it"},
                                                       {"a b", ""},
                                                       {"\"a\"", "is in quotes"},
                                                       {"'a'", "is in quotes"},
                                                       {"\"\"", ""},
                                                       {"''", ""},
                                                       {"\"a'", ""},
                                                       {"\"ab", ""},
                                                       {"ab\"", ""},
                                                       {"aba", ""},
                                                       {"%41", "looks percent-encoded"},
                                                       {"a%41", "looks percent-encoded"},
                                                       {"%4", ""},
                                                       {"%4g", ""},
                                                       {"%zz%aa", "looks percent-encoded"},
                                                       {"$AB", "looks like the name of a variable"},
                                                       {"$A", ""},
                                                       {"$", ""},
                                                       {"A$B", ""}};
    for (const auto& [text, seen] : all) EXPECT_EQ(looks_altered(text), seen) << text;
}

}  // namespace
}  // namespace authgrammar::audit
