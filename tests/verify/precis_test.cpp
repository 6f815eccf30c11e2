#include <authgrammar/verify/precis.hpp>

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace authgrammar::verify {
namespace {

using prepare = precis_result (*)(std::string_view, char*, std::size_t) noexcept;

/// What it becomes, or the name of the error and where it is.
std::string prepared(prepare by, std::string_view text) {
    char buffer[8192];
    const precis_result r = by(text, buffer, sizeof buffer);
    if (r) return "<" + std::string(buffer, r.size) + ">";
    EXPECT_EQ(r.size, 0u);
    EXPECT_NE(r.expected, "");
    return std::string(name_of(r.code)) + " " + std::to_string(r.offset);
}
std::string username(std::string_view text) { return prepared(prepare_username, text); }
std::string password(std::string_view text) { return prepared(prepare_password, text); }

// RFC 8265, tables 1 and 2; 8 is a username of two userparts.
// shows: R8265-3.4-username conforming
// shows: R8265-3.4-username violating
TEST(precis, usernames_of_rfc_8265) {
    EXPECT_EQ(username("juliet@example.com"), "<juliet@example.com>");
    EXPECT_EQ(username("fussball"), "<fussball>");
    EXPECT_EQ(username("fußball"), "<fußball>");
    EXPECT_EQ(username("π"), "<π>");
    EXPECT_EQ(username("Σ"), "<Σ>") << "case is preserved";
    EXPECT_EQ(username("σ"), "<σ>");
    EXPECT_EQ(username("ς"), "<ς>");
    EXPECT_EQ(username("foo bar"), "<foo bar>");
    EXPECT_EQ(username(""), "empty 0");
    EXPECT_EQ(username("henry\u2163"), "disallowed 5");
    EXPECT_EQ(username("\u221e"), "disallowed 0");
}

// RFC 8265, tables 3 and 4.
// shows: R8265-4.2-password conforming
// shows: R8265-4.2-password violating
TEST(precis, passwords_of_rfc_8265) {
    EXPECT_EQ(password("correct horse battery staple"), "<correct horse battery staple>");
    EXPECT_EQ(password("Correct Horse Battery Staple"), "<Correct Horse Battery Staple>");
    EXPECT_EQ(password("πßå"), "<πßå>");
    EXPECT_EQ(password("Jack of ♦s"), "<Jack of ♦s>");
    EXPECT_EQ(password("foo\u1680bar"), "<foo bar>");
    EXPECT_EQ(password(""), "empty 0");
    EXPECT_EQ(password("my cat is a \tby"), "disallowed 12");
}

// The user of RFC 7616, 3.9.2; and what separates userparts.
// shows: R7617-2.1-precis conforming
// shows: R7617-2.1-precis violating
TEST(precis, userparts) {
    EXPECT_EQ(username("Jäsøn Doe"), "<Jäsøn Doe>");
    EXPECT_EQ(username("a b c"), "<a b c>");
    EXPECT_EQ(username(" a"), "empty 0");
    EXPECT_EQ(username("a "), "empty 2");
    EXPECT_EQ(username("a  b"), "empty 2");
    EXPECT_EQ(username("a\u00a0b"), "disallowed 1") << "no other space separates";
    EXPECT_EQ(username("a\u3000b"), "disallowed 1");
    EXPECT_EQ(username("ab:c"), "colon 2");
    EXPECT_EQ(username("ab\uff1ac"), "colon 2");
    EXPECT_EQ(password("a:b"), "<a:b>");
}

TEST(precis, normal_form) {
    EXPECT_EQ(username("Ja\u0308son"), "<Jäson>");
    EXPECT_EQ(password("e\u0301"), "<é>");
    EXPECT_EQ(password("\u212b"), "<Å>");
    EXPECT_EQ(prepared(normalize, "e\u0301\t:"), "<é\t:>");
    EXPECT_EQ(prepared(normalize, ""), "<>");
    EXPECT_EQ(password("\uac00"), "<가>");
}

TEST(precis, widths) {
    EXPECT_EQ(username("\uff41\uff22"), "<aB>");
    EXPECT_EQ(username("\uff76"), "<カ>");
    EXPECT_EQ(password("\uff41"), "<\uff41>") << "a password keeps them";
    EXPECT_EQ(username("\uffa1"), "disallowed 0") << "halfwidth Hangul leads to a compatibility jamo";
    // Not to a jamo of a syllable.
    EXPECT_EQ(username("\uffa1\uffc2"), "disallowed 0");
    EXPECT_EQ(username("\uffa1\u1161"), "disallowed 0");
    EXPECT_EQ(username("\u1100\uffc2"), "disallowed 0");
    EXPECT_EQ(username("\uac00\uffa3"), "disallowed 3");
}

TEST(precis, contexts) {
    EXPECT_EQ(username("l\u00b7l"), "<l·l>");
    EXPECT_EQ(username("l\u00b7"), "context 1");
    EXPECT_EQ(username("\u30fb\u30a2"), "<・ア>");
    EXPECT_EQ(username("\u30fb"), "context 0");
    EXPECT_EQ(username("\u0375\u03b1"), "<\u0375\u03b1>");
    EXPECT_EQ(username("\u03b1\u0375"), "context 2");
    EXPECT_EQ(username("\u05d0\u05f3"), "<\u05d0\u05f3>");
    EXPECT_EQ(password("\u0660\u06f0"), "context 0");
    EXPECT_EQ(password("\u0915\u094d\u200d\u0937"), "<\u0915\u094d\u200d\u0937>") << "after a virama";
    EXPECT_EQ(password("\u0628\u200c\u0628"), "<\u0628\u200c\u0628>") << "between joining letters";
    EXPECT_EQ(password("\u0628\u200d\u0628"), "context 2");
    EXPECT_EQ(password("a\u200cb"), "context 1");
}

// RFC 5892, 2.6.
TEST(precis, exceptions) {
    for (const char* valid : {"\u00df", "\u03c2", "\u06fd", "\u06fe", "\u0f0b", "\u3007"}) {
        const std::string text = "\u0628" + std::string(valid) + "\u0628";
        EXPECT_EQ(password(text), "<" + text + ">");
    }
    EXPECT_EQ(username("\u3007"), "<\u3007>") << "a number by its category";
    EXPECT_EQ(username("\u0f40\u0f0b"), "<\u0f40\u0f0b>") << "punctuation by its category";
    for (const char* disallowed :
         {"\u0640", "\u07fa", "\u302e", "\u302f", "\u3031", "\u3032", "\u3033", "\u3034", "\u3035", "\u303b"}) {
        EXPECT_EQ(password("a" + std::string(disallowed)), "disallowed 1") << disallowed;
    }
}

// RFC 8264, 9.13: default-ignorable code points and noncharacters; 9.12: controls.
TEST(precis, what_is_not_seen) {
    for (const char* ignorable : {"\u00ad", "\u034f", "\u180b", "\u200b", "\u2060", "\ufe00", "\ufeff", "\U000e0100",
                                  "\ufdd0", "\ufdef", "\ufffe", "\U0010ffff"}) {
        EXPECT_EQ(username("a" + std::string(ignorable)), "disallowed 1");
        EXPECT_EQ(password("a" + std::string(ignorable)), "disallowed 1");
    }
    EXPECT_EQ(password("\u3164"), "disallowed 0") << "HANGUL FILLER";
    EXPECT_EQ(password("a\u0085"), "disallowed 1");
    EXPECT_EQ(password("a\x7f"), "disallowed 1");
}

// RFC 5892, A.1 and A.3 to A.9, character by character.
TEST(precis, neighbours) {
    for (const char* wrong : {"a\u00b7l", "l\u00b7a", "L\u00b7l"}) EXPECT_EQ(password(wrong), "context 1") << wrong;
    EXPECT_EQ(password("\u00b7l"), "context 0");
    EXPECT_EQ(password("\u0375a"), "context 0");
    EXPECT_EQ(password("\u0375"), "context 0");
    for (const char* geresh : {"\u05f3", "\u05f4"}) {
        EXPECT_EQ(password(geresh), "context 0");
        EXPECT_EQ(password("a" + std::string(geresh)), "context 1");
        EXPECT_EQ(password("\u05d0" + std::string(geresh)), "<\u05d0" + std::string(geresh) + ">");
    }
    EXPECT_EQ(password("a\u30fb"), "context 1");
    for (const char* kana : {"\u3041", "\u30a2", "\u4e00"}) {
        EXPECT_EQ(password("a\u30fb" + std::string(kana)), "<a\u30fb" + std::string(kana) + ">");
    }
    // Between joining letters, with marks beside it or not.
    EXPECT_EQ(password("\u0628\u064e\u200c\u064e\u0628"), "<\u0628\u064e\u200c\u064e\u0628>");
    EXPECT_EQ(password("a\u200c\u0628"), "context 1");
    EXPECT_EQ(password("a\u064e\u200c\u0628"), "context 3");
    EXPECT_EQ(password("\u0628\u200ca"), "context 2");
    EXPECT_EQ(password("\u0628\u200c"), "context 2");
    EXPECT_EQ(password("\u200c\u0628"), "context 0");
}

// RFC 5892, A.8 and A.9: the first and last digit of each kind, and what is beside them.
TEST(precis, arabic_digits) {
    for (const char* digit : {"\u0660", "\u0669"}) {
        for (const char* extended : {"\u06f0", "\u06f9"}) {
            EXPECT_EQ(password(std::string(digit) + extended), "context 0");
            EXPECT_EQ(password(std::string(extended) + digit), "context 0");
        }
        for (const char* none : {"\u06ef", "\u06fa"}) {
            EXPECT_EQ(password(std::string(none) + digit), "<" + std::string(none) + digit + ">");
        }
    }
    for (const char* extended : {"\u06f0", "\u06f9"}) {
        for (const char* none : {"\u0628\u065f", "\u066a"}) {
            EXPECT_EQ(password(std::string(none) + extended), "<" + std::string(none) + extended + ">");
        }
    }
}

// As many as there may be: tests/strength counts what they cost.
TEST(precis, many_marks_and_contexts) {
    std::string falling = "a";
    for (const char* mark : {"\u0345", "\u0301", "\u0323", "\u0334"}) {
        for (int i = 0; i != 255; ++i) falling += mark;
    }
    std::string rising = "a";
    for (const char* mark : {"\u0334", "\u0323", "\u0301", "\u0345"}) {
        for (int i = 0; i != 255; ++i) rising += mark;
    }
    EXPECT_EQ(prepared(normalize, rising), prepared(normalize, falling));
    EXPECT_EQ(prepared(normalize, "q\u0301\u0323\u0308\u0324\u0301"), "<q\u0323\u0324\u0301\u0308\u0301>")
        << "marks of one class keep their order";
    EXPECT_EQ(prepared(normalize, "q\u0301\u0323r\u0308\u0324"), "<q\u0323\u0301r\u0324\u0308>");
    EXPECT_EQ(prepared(normalize, "\u0301\u0323"), "<\u0323\u0301>") << "without a letter before them";

    std::string dots;
    for (std::size_t i = 1; i != precis_limit; ++i) dots += "\u30fb";
    EXPECT_EQ(username(dots), "context 0");
    EXPECT_EQ(username(dots + "\u30a2"), "<" + dots + "\u30a2>");
    EXPECT_EQ(password("\u0627\u0661\u06f1"), "context 2");
    EXPECT_EQ(password("\u0661\u06f1\u30fb"), "context 0");
}

TEST(precis, directions) {
    EXPECT_EQ(username("\u05d0\u05d1"), "<\u05d0\u05d1>");
    EXPECT_EQ(username("\u05d0a"), "direction 0");
    EXPECT_EQ(username("a\u05d0"), "direction 0");
    EXPECT_EQ(username("1\u05d0"), "direction 0");
    EXPECT_EQ(username("\u05d01"), "<\u05d01>");
    EXPECT_EQ(username("\u06271\u0661"), "direction 0") << "two kinds of digits";
    EXPECT_EQ(username("a\u0661"), "direction 0");
    EXPECT_EQ(username("\u0661"), "direction 0") << "begins with a digit";
    EXPECT_EQ(username("\u0627\u0661"), "<\u0627\u0661>");
    EXPECT_EQ(username("\u05d0\u05b0"), "<\u05d0\u05b0>") << "a mark at the end does not count";
    EXPECT_EQ(username("\u05d0-"), "direction 0");
    EXPECT_EQ(username("\u05d0-\u05b0"), "direction 0");
    EXPECT_EQ(username("\u05d0-\u05d1"), "<\u05d0-\u05d1>");
    EXPECT_EQ(password("\u05d0a"), "<\u05d0a>") << "passwords have no direction";
}

TEST(precis, not_utf8) {
    for (const std::string_view tail : {"\x80", "\xc0\x80", "\xe2\x82", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xff"}) {
        const std::string text = "ab" + std::string(tail);
        EXPECT_EQ(username(text), "not_utf8 2");
        EXPECT_EQ(password(text), "not_utf8 2");
        EXPECT_EQ(prepared(normalize, text), "not_utf8 2");
    }
    EXPECT_EQ(password(std::string_view("a\0b", 3)), "disallowed 1");
}

TEST(precis, errors_name_their_text) {
    const auto section = [](std::string_view name) {
        char buffer[100];
        return prepare_username(name, buffer, sizeof buffer).section;
    };
    EXPECT_EQ(section("\xff"), "RFC 3629, 4");
    EXPECT_EQ(section(""), "RFC 8265, 3.1 and 4.1");
    EXPECT_EQ(section("a:b"), "RFC 7617, 2");
    EXPECT_EQ(section("\u221e"), "RFC 8264, 4.2 and 4.3");
    EXPECT_EQ(section("\u30fb"), "RFC 5892, appendix A");
    EXPECT_EQ(section("\u05d0a"), "RFC 5893, 2");
}

TEST(precis, sizes) {
    char buffer[8];
    EXPECT_EQ(prepare_password("eight888", buffer, sizeof buffer).size, 8u);
    EXPECT_EQ(prepare_password("more than eight", buffer, sizeof buffer).code, precis_code::buffer_full);
    EXPECT_EQ(prepare_username("a b c d e", buffer, sizeof buffer).code, precis_code::buffer_full);
    EXPECT_EQ(prepare_username("a bcdefgh", buffer, sizeof buffer).code, precis_code::buffer_full);
    EXPECT_EQ(prepare_username("abcdefgh i", buffer, sizeof buffer).code, precis_code::buffer_full);
    EXPECT_EQ(prepare_username("abcdefgh i", buffer, sizeof buffer).offset, 9u);
    EXPECT_EQ(password(std::string(precis_limit, 'x')).size(), precis_limit + 2);
    EXPECT_EQ(password(std::string(precis_limit + 1, 'x')), "too_long 0");
    EXPECT_EQ(password(std::string(1 << 20, 'x')), "too_long 0");
    EXPECT_EQ(username(std::string(1 << 20, 'x')), "too_long 0");
    // Three code points when it is decomposed.
    std::string long_one;
    for (std::size_t i = 0; i != precis_limit / 2; ++i) long_one += "\u01d5";
    EXPECT_EQ(password(long_one), "too_long 0");
    // In place.
    char text[] = "Ja\u0308son Doe";
    const precis_result r = prepare_username(text, text, sizeof text);
    ASSERT_TRUE(r);
    EXPECT_EQ(std::string_view(text, r.size), "Jäson Doe");
}

TEST(precis, tells_its_unicode) { EXPECT_GE(unicode_version(), "14"); }

}  // namespace
}  // namespace authgrammar::verify
