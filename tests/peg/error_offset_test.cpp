// Where a value goes wrong: the length of its longest viable prefix, worked out by hand for each edition.

#include <authgrammar/peg/parse.hpp>

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace authgrammar::test {
namespace {

using namespace std::string_view_literals;

constexpr int valid = -1;

struct row {
    std::string_view value;
    int rfc7235, recipient, sender;
};

struct ignore {
    bool on_event(const event&) noexcept { return true; }
};

void expect(field f, edition e, std::string_view value, int offset) {
    SCOPED_TRACE(::testing::Message() << name_of(f) << ", " << name_of(e) << ": "
                                      << ::testing::PrintToString(std::string(value)));
    ignore consumer;
    const peg::verdict verdict = peg::parse(f, e, value, sink_for(consumer));
    EXPECT_EQ(verdict.valid, offset == valid);
    EXPECT_EQ(verdict.error_offset, offset == valid ? 0u : static_cast<std::size_t>(offset));
    EXPECT_EQ(peg::recognise(f, e, value).error_offset, verdict.error_offset);
}

template <std::size_t N>
void expect_all(field f, field proxy, const row (&rows)[N]) {
    for (const row& r : rows) {
        for (const field each : {f, proxy}) {
            expect(each, edition::rfc7235, r.value, r.rfc7235);
            expect(each, edition::rfc9110_recipient, r.value, r.recipient);
            expect(each, edition::rfc9110_sender, r.value, r.sender);
        }
    }
}

TEST(error_offset, challenges) {
    static constexpr row rows[] = {
        {""sv, 0, valid, valid},
        {","sv, 1, valid, 0},
        {" A"sv, 0, 1, 0},
        {"(A)"sv, 0, 0, 0},
        {"\xff"sv, 0, 0, 0},
        {"\0A"sv, 0, 0, 0},
        {"A\0B"sv, 1, 1, 1},
        {"A\t"sv, 2, 2, 2},
        {"A\tb"sv, 2, 2, 2},
        {"A ="sv, 2, 2, 2},
        {"A \t"sv, 3, 3, 3},
        {"A \tb=c"sv, 3, 3, 3},
        {"A,b=c"sv, 3, 3, 3},
        {"A, "sv, 3, valid, 3},
        {"A ,b=c"sv, 4, valid, 4},
        {"A ,,b=c"sv, valid, valid, 3},
        {"A \t,,b=c"sv, 6, valid, 4},
        {"A  \t,"sv, valid, valid, 5},
        {"A b c=d"sv, 4, 4, 4},
        {"A b, c=d"sv, 6, 6, 6},
        {"A b/c=d"sv, 6, 6, 6},
        {"A b==x"sv, 5, 5, 5},
        {"A b==, "sv, 7, valid, 7},
        {"A b==  x"sv, 7, 7, 7},
        {"A b= \t"sv, 6, 6, 6},
        {"A b=, c=d"sv, 7, 7, 7},
        {"A b=\x80"sv, 4, 4, 4},
        {"A b=c "sv, 6, 6, 6},
        {"A b=c d"sv, 6, 6, 6},
        {"A b=c, "sv, 7, valid, 7},
        {"A b=c;d=e"sv, 5, 5, 5},
        {"A b=c,,B"sv, valid, valid, 6},
        {"A b=c, d="sv, 9, 9, 9},
        {"A b=c, d= "sv, 10, 10, 10},
        {"A b=c, d=,e"sv, 9, 9, 9},
        {"A b=c\r\n"sv, 5, 5, 5},
        {"A 'x y'"sv, 5, 5, 5},
        {"A b=\"c"sv, 6, 6, 6},
        {"A b=\"c\\"sv, 7, 7, 7},
        {"A b=\"c\\\""sv, 8, 8, 8},
        {"A b=\"c\\\x01\""sv, 7, 7, 7},
        {"A b=\"\x7f\""sv, 5, 5, 5},
        {"A b=\"\0\""sv, 5, 5, 5},
        {"A b=\"x\r\ny\""sv, 6, 6, 6},
        {"A b=\"\"c=\"\""sv, 6, 6, 6},
        {"A b=\"\xC3\xA4\"\x80"sv, 8, 8, 8},
        {"Basic realm = "sv, 14, 14, 14},
    };
    expect_all(field::www_authenticate, field::proxy_authenticate, rows);
}

TEST(error_offset, credentials) {
    static constexpr row rows[] = {
        {""sv, 0, 0, 0},
        {","sv, 0, 0, 0},
        {" A"sv, 0, 0, 0},
        {"A,"sv, 1, 1, 1},
        {"A\t"sv, 1, 1, 1},
        {"A \t"sv, 2, 3, 2},
        {"A ,"sv, valid, valid, 2},
        {"A , "sv, 4, valid, 2},
        {"A ,b=c"sv, 3, valid, 2},
        {"A \t,,b=c"sv, 2, valid, 2},
        {"A b ,"sv, 4, 4, 4},
        {"A b="sv, valid, valid, valid},
        {"A b=  ,"sv, 6, 6, 6},
        {"A b==  ,"sv, 5, 5, 5},
        {"A b/ ="sv, 4, 4, 4},
        {"A b=c "sv, 6, 6, 6},
        {"A b=c,"sv, valid, valid, 6},
        {"A b=c, "sv, 7, valid, 7},
        {"A b=c,B"sv, 7, 7, 7},
        {"A b=c,B d"sv, 8, 8, 8},
        {"A b=c,,d=e"sv, valid, valid, 6},
        {"A b=\"c\x1f"sv, 6, 6, 6},
        {"Basic YWxh ZGRp"sv, 11, 11, 11},
        {"Basic YQ== "sv, 10, 10, 10},
        {"Basic YQ==,Basic YQ=="sv, 10, 10, 10},
        {"Basic\nYQ=="sv, 5, 5, 5},
    };
    expect_all(field::authorization, field::proxy_authorization, rows);
}

TEST(error_offset, info) {
    static constexpr row rows[] = {
        {" "sv, 0, 1, 0},         {" a=b"sv, 0, 1, 0},
        {"a"sv, 1, 1, 1},         {"a="sv, 2, 2, 2},
        {"a \t= "sv, 5, 5, 5},    {"A a=b"sv, 2, 2, 2},
        {"YQ=="sv, 3, 3, 3},      {",a=b"sv, 1, valid, 0},
        {", a=b"sv, 2, valid, 0}, {"a=b,"sv, valid, valid, 4},
        {"a=b, "sv, 5, valid, 5}, {"a=b,,c=d"sv, valid, valid, 4},
        {"a=b c=d"sv, 4, 4, 4},   {"a=b=="sv, 3, 3, 3},
        {"a=\"b"sv, 4, 4, 4},     {"a=\"b\"\0"sv, 5, 5, 5},
    };
    expect_all(field::authentication_info, field::proxy_authentication_info, rows);
}

TEST(error_offset, every_octet_that_is_no_tchar_ends_a_scheme) {
    const std::string tchars = "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    for (int o = 0; o < 256; ++o) {
        const char c = static_cast<char>(static_cast<unsigned char>(o));
        for (const edition e : all_editions) {
            const bool scheme = tchars.find(c) != std::string::npos;
            expect(field::authorization, e, std::string("A") + c + "A", scheme || c == ' ' ? valid : 1);
        }
    }
}

}  // namespace
}  // namespace authgrammar::test
