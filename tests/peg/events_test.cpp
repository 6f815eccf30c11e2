// Events with their offsets, counted by hand.

#include "event_log.hpp"

#include <gtest/gtest.h>

#include <string_view>

namespace authgrammar::test {
namespace {

using events = std::vector<event>;

constexpr edition rfc7235 = edition::rfc7235;
constexpr edition recipient = edition::rfc9110_recipient;
constexpr edition sender = edition::rfc9110_sender;

void expect(field f, std::initializer_list<edition> editions, std::string_view text, const events& expected) {
    for (const edition e : editions) {
        SCOPED_TRACE(::testing::Message() << name_of(f) << ", " << name_of(e) << ": " << text);
        event_log log;
        EXPECT_TRUE(peg::parse(f, e, text, sink_for(log)).valid);
        EXPECT_EQ(log.events, expected);
    }
}

void expect_challenges(std::initializer_list<edition> editions, std::string_view text, const events& expected) {
    expect(field::www_authenticate, editions, text, expected);
    expect(field::proxy_authenticate, editions, text, expected);
}

void expect_credentials(std::initializer_list<edition> editions, std::string_view text, const events& expected) {
    expect(field::authorization, editions, text, expected);
    expect(field::proxy_authorization, editions, text, expected);
}

void expect_info(std::initializer_list<edition> editions, std::string_view text, const events& expected) {
    expect(field::authentication_info, editions, text, expected);
    expect(field::proxy_authentication_info, editions, text, expected);
}

TEST(events, scheme_alone) {
    for (const std::string_view text : {"Negotiate", "Negotiate ", "Negotiate   "}) {
        expect_challenges({rfc7235, recipient, sender}, text, {begins(0), scheme(0, 9), ends(0, 9)});
        expect_credentials({rfc7235, recipient, sender}, text, {begins(0), scheme(0, 9), ends(0, 9)});
    }
    expect_credentials({rfc7235, recipient}, "A ,", {begins(0), scheme(0, 1), ends(0, 1)});
    expect_credentials({rfc7235, recipient}, "A , ,", {begins(0), scheme(0, 1), ends(0, 1)});
}

TEST(events, token68) {
    const events expected{begins(0), scheme(0, 5), token68(6, 10), ends(0, 10)};
    expect_challenges({rfc7235, recipient, sender}, "Basic YQ==", expected);
    expect_credentials({rfc7235, recipient, sender}, "Basic YQ==", expected);
    expect_credentials({rfc7235, recipient, sender}, "A  b=", {begins(0), scheme(0, 1), token68(3, 5), ends(0, 5)});
}

TEST(events, values) {
    // A b=c ,<tab>dd<tab>= "e\" ",f=""
    const std::string_view text = "A b=c ,\tdd\t= \"e\\\" \",f=\"\"";
    const events expected{begins(0),      scheme(0, 1), name(2, 3),     value(4, 5), name(8, 10),
                          quoted(14, 18), name(20, 21), quoted(23, 23), ends(0, 24)};
    expect_challenges({rfc7235, recipient, sender}, text, expected);
    expect_credentials({rfc7235, recipient, sender}, text, expected);
}

TEST(events, obs_text_is_kept) {
    expect_credentials({rfc7235, recipient, sender}, "A b=\"\x80\xFF\"",
                       {begins(0), scheme(0, 1), name(2, 3), quoted(5, 7), ends(0, 8)});
}

TEST(events, challenges_in_a_list) {
    expect_challenges({rfc7235, recipient, sender}, "A b=c, B",
                      {begins(0), scheme(0, 1), name(2, 3), value(4, 5), ends(0, 5),  //
                       begins(7), scheme(7, 8), ends(7, 8)});
    expect_challenges({rfc7235, recipient, sender}, "A b= ,C d,E",
                      {begins(0), scheme(0, 1), token68(2, 4), ends(0, 4),  //
                       begins(6), scheme(6, 7), token68(8, 9), ends(6, 9),  //
                       begins(10), scheme(10, 11), ends(10, 11)});
    expect_challenges({rfc7235, recipient}, ",A ,,B\t,",
                      {begins(1), scheme(1, 2), ends(1, 2), begins(5), scheme(5, 6), ends(5, 6)});
}

// The second word after the comma is a name, whatever it looks like.
TEST(events, a_word_before_equals_is_a_name) {
    expect_challenges({rfc7235, recipient, sender}, "A b=c,B =d",
                      {begins(0), scheme(0, 1), name(2, 3), value(4, 5), name(6, 7), value(9, 10), ends(0, 10)});
}

TEST(events, empty_elements_leave_none) {
    expect_challenges({recipient, sender}, "", {});
    expect_challenges({recipient}, ", ,\t,", {});
    expect_challenges({rfc7235, recipient}, "A ,,b=c,,d=e,",
                      {begins(0), scheme(0, 1), name(4, 5), value(6, 7), name(9, 10), value(11, 12), ends(0, 12)});
    expect_challenges({recipient}, "A ,b=c, ", {begins(0), scheme(0, 1), name(3, 4), value(5, 6), ends(0, 6)});
    expect_credentials({rfc7235, recipient}, "A ,,b=c,,",
                       {begins(0), scheme(0, 1), name(4, 5), value(6, 7), ends(0, 7)});
}

TEST(events, info_has_names_and_values_only) {
    expect_info({rfc7235, recipient, sender}, "", {});
    expect_info({rfc7235, recipient, sender}, "a=b", {name(0, 1), value(2, 3)});
    expect_info({rfc7235, recipient, sender}, "a=b , c = \"\\\\\"",
                {name(0, 1), value(2, 3), name(6, 7), quoted(11, 13)});
    expect_info({rfc7235, recipient}, ",,a=b,", {name(2, 3), value(4, 5)});
    expect_info({recipient}, " ,a=b, ", {name(2, 3), value(4, 5)});
}

// In each of these an alternative matches as far as an action would reach, and then fails: token68 before its
// lookahead, the name of an auth-param that is a scheme, an auth-param behind commas that the list takes back.
TEST(events, failed_alternatives_leave_none) {
    expect_challenges({rfc7235, recipient, sender}, "Basic realm=\"x\"",
                      {begins(0), scheme(0, 5), name(6, 11), quoted(13, 14), ends(0, 15)});
    expect_credentials({rfc7235, recipient, sender}, "A realm=x",
                       {begins(0), scheme(0, 1), name(2, 7), value(8, 9), ends(0, 9)});
    expect_credentials({rfc7235, recipient, sender}, "A b=\"\"",
                       {begins(0), scheme(0, 1), name(2, 3), quoted(5, 5), ends(0, 6)});
    expect_challenges({rfc7235, recipient, sender}, "A b=c,D e=f",
                      {begins(0), scheme(0, 1), name(2, 3), value(4, 5), ends(0, 5),  //
                       begins(6), scheme(6, 7), name(8, 9), value(10, 11), ends(6, 11)});
    expect_challenges({rfc7235, recipient, sender}, "A b=c,D  ,E f",
                      {begins(0), scheme(0, 1), name(2, 3), value(4, 5), ends(0, 5),  //
                       begins(6), scheme(6, 7), ends(6, 7),                           //
                       begins(10), scheme(10, 11), token68(12, 13), ends(10, 13)});
    expect_challenges({rfc7235, recipient}, "A ,,B ,,c=d",
                      {begins(0), scheme(0, 1), ends(0, 1),  //
                       begins(4), scheme(4, 5), name(8, 9), value(10, 11), ends(4, 11)});
}

TEST(events, a_sink_that_refuses_stops_the_reading) {
    const std::string_view text = "A b=c, D e=f";
    const std::vector<event> all{begins(0), scheme(0, 1), name(2, 3),  value(4, 5),   ends(0, 5),
                                 begins(7), scheme(7, 8), name(9, 10), value(11, 12), ends(7, 12)};
    for (const edition e : all_editions) {
        for (std::size_t room = 0; room <= all.size(); ++room) {
            event_log log;
            log.capacity = room;
            const peg::verdict verdict = peg::parse(field::www_authenticate, e, text, sink_for(log));
            EXPECT_EQ(log.events, std::vector<event>(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(room)));
            EXPECT_EQ(verdict.valid, room == all.size());
            EXPECT_EQ(verdict.stopped, room < all.size());
            EXPECT_EQ(verdict.error_offset, room < all.size() ? all[room].end : 0);
            EXPECT_EQ(log.calls, room < all.size() ? room + 1 : room) << "asked again after it refused";
        }
    }
}

TEST(events, a_sink_without_a_function_gets_none) {
    for (const edition e : all_editions) {
        EXPECT_TRUE(peg::parse(field::authorization, e, "Basic YQ==", event_sink{}).valid);
        EXPECT_EQ(peg::parse(field::authorization, e, "Basic YQ==,", event_sink{}).error_offset, 10u);
    }
}

TEST(events, a_value_without_data_is_the_empty_value) {
    event_log log;
    EXPECT_TRUE(peg::parse(field::www_authenticate, sender, std::string_view(), sink_for(log)).valid);
    EXPECT_FALSE(peg::parse(field::authorization, sender, std::string_view(), sink_for(log)).valid);
    EXPECT_TRUE(log.events.empty());
}

}  // namespace
}  // namespace authgrammar::test
