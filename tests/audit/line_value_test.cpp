// Where every byte of a value stood in the input.

#include <authgrammar/audit/message.hpp>
#include <authgrammar/audit/reading.hpp>

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace {

using namespace authgrammar::audit;
using authgrammar::edition;
using authgrammar::error_code;
using authgrammar::field;

std::vector<std::size_t> sources_of(const line_value& value) {
    std::vector<std::size_t> all;
    for (std::size_t i = 0; i <= value.text().size(); ++i) all.push_back(value.source_of(i));
    return all;
}
using places = std::vector<std::size_t>;

TEST(line_value, source_of_every_byte) {
    line_value value;
    EXPECT_EQ(value.text(), "");
    EXPECT_EQ(sources_of(value), places{0});
    value.append("ab", 10);
    EXPECT_EQ(sources_of(value), (places{10, 11, 12}));
    value.append(" ", 12);
    value.append("cd", 20);
    EXPECT_EQ(value.text(), "ab cd");
    EXPECT_EQ(sources_of(value), (places{10, 11, 12, 20, 21, 22}));
    value.append("", 30);
    EXPECT_EQ(sources_of(value), (places{10, 11, 12, 20, 21, 22})) << "the end is behind the last byte";
    value.append("e", 40);
    EXPECT_EQ(sources_of(value), (places{10, 11, 12, 20, 21, 40, 41}));
    line_value one;
    one.append("a", 10);
    one.append("", 30);
    EXPECT_EQ(sources_of(one), (places{10, 11}));
}

TEST(line_value, white_space_at_the_end) {
    line_value value;
    value.append("a \t", 10);
    value.trim_end();
    EXPECT_EQ(value.text(), "a");
    EXPECT_EQ(sources_of(value), (places{10, 11}));
    value.append(" ", 13);
    value.append("\t ", 20);
    value.trim_end();
    EXPECT_EQ(value.text(), "a");
    EXPECT_EQ(sources_of(value), (places{10, 11}));
    value.append("b", 30);
    EXPECT_EQ(sources_of(value), (places{10, 30, 31})) << "what was trimmed has no place";
    value.trim_end();
    EXPECT_EQ(value.text(), "ab");
    line_value empty;
    empty.append(" \t ", 10);
    empty.trim_end();
    EXPECT_EQ(empty.text(), "");
    EXPECT_EQ(sources_of(empty), places{10});
    empty.append("x", 20);
    EXPECT_EQ(sources_of(empty), (places{20, 21})) << "a value that begins on the second line";
    line_value nothing;
    nothing.trim_end();
    EXPECT_EQ(sources_of(nothing), places{0});
    line_value twice;
    twice.append("a", 10);
    twice.append("  ", 20);
    twice.append(" ", 30);
    twice.append(" ", 35);
    twice.trim_end();
    twice.append("b", 40);
    twice.append("c", 50);
    EXPECT_EQ(sources_of(twice), (places{10, 40, 50, 51}));
    line_value kept;
    kept.append("a", 10);
    kept.append("b", 20);
    kept.append("c \t", 30);
    kept.trim_end();
    EXPECT_EQ(kept.text(), "abc");
    EXPECT_EQ(sources_of(kept), (places{10, 20, 30, 31}));
    line_value back;
    back.append("a  ", 10);
    back.append(" ", 20);
    back.trim_end();
    EXPECT_EQ(back.text(), "a") << "back into the first line";
    EXPECT_EQ(sources_of(back), (places{10, 11}));
    line_value inner;
    inner.append("a\tb c", 1);
    inner.trim_end();
    EXPECT_EQ(inner.text(), "a\tb c") << "white space inside stays";
}

/// The one reading of a field in an input that is one message.
field_reading only_reading(const message& m) {
    auto readings = read_fields(m);
    EXPECT_EQ(readings.size(), 1u);
    return std::move(readings.at(0));
}

// Lines are joined by ", " (RFC 9110, 5.3); empty ones add nothing.
TEST(field_reading, joins_lines_and_knows_where_they_stood) {
    const std::string input =
        "WWW-Authenticate:\r\nWWW-Authenticate: A\r\nX: y\r\nwww-authenticate:\r\nWWW-Authenticate: B c=d\r\n";
    const message m = read_messages(input).at(0);
    const field_reading r = only_reading(m);
    EXPECT_EQ(r.name(), field::www_authenticate);
    EXPECT_EQ(r.lines().size(), 4u);
    EXPECT_EQ(r.value(), "A, B c=d");
    const std::size_t a = input.find(" A\r") + 1;
    const std::size_t b = input.find("B c=d");
    EXPECT_EQ(r.source_of(0), a);
    EXPECT_EQ(r.source_of(1), a + 1) << "what joins stands behind the line before";
    EXPECT_EQ(r.source_of(2), a + 1);
    for (std::size_t i = 0; i <= 5; ++i) EXPECT_EQ(r.source_of(3 + i), b + i) << i;
    EXPECT_EQ(r.source(3, 6), (span{b, 3}));
    EXPECT_EQ(r.source(0, 8), span_between(a, b + 5));
    EXPECT_EQ(r.source(4, 4), (span{b + 1, 0}));
    EXPECT_EQ(r.source(3, 3), (span{b, 0}));
    EXPECT_EQ(r.source(5, 4), (span{b + 2, 0}));
    EXPECT_EQ(r.source_at(7), (span{b + 4, 1}));
    EXPECT_EQ(r.source_at(8), (span{b + 5, 0})) << "the end of the value";
    ASSERT_EQ(r.events().size(), 8u);
    EXPECT_EQ(r.text(r.events()[1]), "A");
    EXPECT_EQ(r.source(r.events()[1]), (span{a, 1}));
    EXPECT_EQ(r.parts().size(), 2u);
}

TEST(field_reading, of_empty_lines) {
    const std::string input = "WWW-Authenticate: \r\nWWW-Authenticate:\r\n";
    const message m = read_messages(input).at(0);
    const field_reading r = only_reading(m);
    EXPECT_EQ(r.value(), "");
    EXPECT_EQ(r.source_of(0), input.find("\r\n"));
    EXPECT_EQ(r.source_at(0), (span{input.find("\r\n"), 0}));
    EXPECT_TRUE(r.valid());
    EXPECT_TRUE(r.parts().empty());
}

// Each edition's verdict, and that on each line.
TEST(field_reading, verdicts) {
    const message m =
        read_messages("WWW-Authenticate: A ,b=c\nWWW-Authenticate: D,, E f=\"\nWWW-Authenticate: g\"\n").at(0);
    const field_reading r = only_reading(m);
    EXPECT_EQ(r.value(), "A ,b=c, D,, E f=\", g\"");
    EXPECT_TRUE(r.valid());
    EXPECT_TRUE(r.accepted_by(edition::rfc9110_recipient));
    EXPECT_FALSE(r.accepted_by(edition::rfc9110_sender));
    EXPECT_FALSE(r.accepted_by(edition::rfc7235));
    EXPECT_EQ(r.error_in(edition::rfc9110_recipient).code, error_code::none);
    EXPECT_EQ(r.error_in(edition::rfc7235).offset, 4u) << "b is a scheme, and no = follows one";
    EXPECT_EQ(r.line_error(0).code, error_code::none);
    EXPECT_NE(r.line_error(1).code, error_code::none);
    EXPECT_EQ(r.line_error(1).offset, 9u) << "where the line ends, in the quoted-string";
    EXPECT_NE(r.line_error(2).code, error_code::none);
    EXPECT_EQ(r.line_error(2).offset, 1u);
    EXPECT_EQ(r.parts().size(), 3u);
}

TEST(field_reading, parts_of_what_holds_none) {
    const message broken = read_messages("WWW-Authenticate: A b=\"\n").at(0);
    EXPECT_FALSE(only_reading(broken).valid());
    EXPECT_TRUE(only_reading(broken).parts().empty());
    EXPECT_TRUE(only_reading(broken).events().empty()) << "no challenge in it is complete";
    const message info = read_messages("Authentication-Info: a=b\n").at(0);
    EXPECT_TRUE(only_reading(info).valid());
    EXPECT_TRUE(only_reading(info).parts().empty());
    const message credentials = read_messages("Authorization: A b\n").at(0);
    EXPECT_EQ(only_reading(credentials).parts().size(), 1u);
}

TEST(field_reading, fields_in_the_order_in_which_they_first_occur) {
    const message m = read_messages("Proxy-Authenticate: A\nX: y\nWWW-Authenticate: B\nproxy-authenticate: C\n").at(0);
    const auto readings = read_fields(m);
    ASSERT_EQ(readings.size(), 2u);
    EXPECT_EQ(readings[0].name(), field::proxy_authenticate);
    EXPECT_EQ(readings[0].value(), "A, C");
    EXPECT_EQ(readings[1].name(), field::www_authenticate);
    EXPECT_EQ(readings[1].value(), "B");
    EXPECT_TRUE(read_fields(read_messages("X: y\n").at(0)).empty());
}

// The audit reads without limits: what a recipient may refuse for its size is no error here.
TEST(field_reading, has_no_limits) {
    std::vector<authgrammar::event> events;
    const std::string value = "A b=\"" + std::string(2u << 20, 'c') + "\"";
    EXPECT_EQ(read_events(field::www_authenticate, value, edition::rfc9110_recipient, events).code, error_code::none);
    EXPECT_EQ(events.size(), 5u);
    EXPECT_EQ(read_events(field::www_authenticate, "A", edition::rfc9110_recipient, events).code, error_code::none);
    EXPECT_EQ(events.size(), 3u) << "the events of the value before are gone";
    EXPECT_EQ(read_events(field::www_authenticate, "A b=\"", edition::rfc9110_recipient, events).offset, 5u);
}

}  // namespace
