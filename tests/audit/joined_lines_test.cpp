// Lists in several lines: what is read of them is what is read of the lines joined by hand, for all short lines.

#include <authgrammar/audit/message.hpp>
#include <authgrammar/audit/reading.hpp>

#include <gtest/gtest.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace authgrammar;
using namespace authgrammar::audit;

/// All strings of up to `most` of these pieces, but those that begin or end with white space, which no value does.
std::vector<std::string> lines_of(const std::vector<std::string>& pieces, std::size_t most) {
    std::vector<std::string> all{""};
    std::size_t first = 0;
    for (std::size_t n = 0; n < most; ++n) {
        const std::size_t last = all.size();
        for (std::size_t i = first; i < last; ++i) {
            for (const std::string& piece : pieces) all.push_back(all[i] + piece);
        }
        first = last;
    }
    std::vector<std::string> out;
    for (const std::string& line : all) {
        if (line.empty() || (line.front() != ' ' && line.back() != ' ')) out.push_back(line);
    }
    return out;
}

void expect_as_joined(field f, const std::string& one, const std::string& two, std::vector<event>& events) {
    const std::string name(name_of(f));
    const std::string joined = one.empty() || two.empty() ? one + two : one + ", " + two;
    const auto messages = read_messages(name + ":" + one + "\r\n" + name + ":" + two + "\r\n");
    ASSERT_EQ(messages.size(), 1u) << one << " | " << two;
    const auto fields = read_fields(messages[0]);
    ASSERT_EQ(fields.size(), 1u) << one << " | " << two;
    ASSERT_EQ(fields[0].value(), joined);
    const error e = read_events(f, joined, edition::rfc9110_recipient, events);
    ASSERT_EQ(fields[0].error_in(edition::rfc9110_recipient).code, e.code) << one << " | " << two;
    if (e.code != error_code::none) return;
    ASSERT_EQ(fields[0].events().size(), events.size()) << one << " | " << two;
    for (std::size_t i = 0; i < events.size(); ++i) {
        const event& a = fields[0].events()[i];
        const event& b = events[i];
        ASSERT_TRUE(a.kind == b.kind && a.begin == b.begin && a.end == b.end && a.quoted == b.quoted)
            << one << " | " << two << ": event " << i;
    }
}

/// How many pairs there are of which both lines are valid.
std::size_t compare(field f, const std::vector<std::string>& pieces, std::size_t most) {
    std::vector<event> events;
    std::vector<std::string> valid;
    std::vector<std::string> others;
    for (const std::string& line : lines_of(pieces, most)) {
        const bool is = read_events(f, line, edition::rfc9110_recipient, events).code == error_code::none;
        (is ? valid : others).push_back(line);
    }
    std::size_t pairs = 0;
    for (const std::string& one : valid) {
        for (const std::string& two : valid) expect_as_joined(f, one, two, events);
        pairs += valid.size();
        if (testing::Test::HasFailure()) return pairs;
    }
    // One line that is not valid: it may be the middle of what the other one begins.
    for (std::size_t i = 0; i < others.size(); ++i) {
        expect_as_joined(f, valid[i * 31 % valid.size()], others[i], events);
        expect_as_joined(f, others[i], valid[i * 17 % valid.size()], events);
    }
    return pairs;
}

TEST(joined_lines, challenges_are_read_as_if_they_were_in_one) {
    EXPECT_GE(compare(field::www_authenticate, {"a", "=", ",", " ", "\"b\""}, 5), 10000u);
}

TEST(joined_lines, info_is_read_as_if_it_were_in_one) {
    EXPECT_GE(compare(field::authentication_info, {"a=b", ",", " ", "\"", "="}, 5), 1000u);
}

TEST(joined_lines, credentials_are_no_list) {
    EXPECT_GE(compare(field::authorization, {"a", "=", ",", " ", "\"b\""}, 4), 100u);
}

}  // namespace
