// Readings in memory that was used before: they are those of a reader that was not.

#include <authgrammar/audit/message.hpp>
#include <authgrammar/audit/reading.hpp>

#include <gtest/gtest.h>

#include <cstddef>
#include <string>
#include <tuple>
#include <vector>

namespace {

using namespace authgrammar;
using namespace authgrammar::audit;

using error_parts = std::tuple<error_code, std::size_t, std::string>;

error_parts parts_of(const error& e) { return {e.code, e.offset, std::string(e.rule)}; }

void expect_same(const field_reading& tested, const field_reading& fresh) {
    ASSERT_EQ(tested.name(), fresh.name());
    ASSERT_EQ(tested.lines(), fresh.lines());
    ASSERT_EQ(tested.value(), fresh.value());
    EXPECT_EQ(tested.valid(), fresh.valid());
    EXPECT_EQ(tested.recovered(), fresh.recovered());
    for (const edition e : all_editions) EXPECT_EQ(parts_of(tested.error_in(e)), parts_of(fresh.error_in(e)));
    for (std::size_t i = 0; i < fresh.lines().size(); ++i) {
        EXPECT_EQ(parts_of(tested.line_error(i)), parts_of(fresh.line_error(i))) << "line " << i;
    }
    ASSERT_EQ(tested.events().size(), fresh.events().size());
    for (std::size_t i = 0; i < fresh.events().size(); ++i) {
        const event& a = tested.events()[i];
        const event& b = fresh.events()[i];
        EXPECT_TRUE(a.kind == b.kind && a.begin == b.begin && a.end == b.end && a.quoted == b.quoted) << "event " << i;
        EXPECT_EQ(tested.source(a), fresh.source(b)) << "event " << i;
    }
    for (std::size_t i = 0; i <= fresh.value().size(); ++i) EXPECT_EQ(tested.source_at(i), fresh.source_at(i)) << i;
    std::size_t parts = 0;
    for (const challenge& c : tested.parts()) parts += c.params().size() + 1;
    for (const challenge& c : fresh.parts()) parts -= c.params().size() + 1;
    EXPECT_EQ(parts, 0U);
}

/// Field lines that differ in all that a reading keeps memory for.
std::vector<std::string> sections() {
    std::string many = "WWW-Authenticate: A";  // more events than are read at once
    for (int i = 0; i < 100; ++i) many += " x" + std::to_string(i) + "=y,";
    return {
        "X: y\r\n",
        "WWW-Authenticate: Basic realm=\"x\"\r\n",
        "WWW-Authenticate:\r\n",
        "WWW-Authenticate: Basic realm=\"x\"\r\nWWW-Authenticate: Digest nonce=n,\r\n realm=y\r\n",
        "WWW-Authenticate:\r\nWWW-Authenticate:\r\n",
        "WWW-Authenticate: Basic realm=\"x, Digest realm=y\r\n",
        "WWW-Authenticate: Basic realm=\"x\r\nX: y\r\nWWW-Authenticate: Digest realm=y, =, B c=d\r\n",
        many + "\r\n",
        many + " =\r\n",
        "Authorization: Basic dTpw\r\nProxy-Authorization: Digest a=b\r\n",
        "Authorization: Basic dTpw\r\nAuthorization: Basic dTpx\r\n",
        "Authentication-Info: nc=1\r\nProxy-Authentication-Info: =\r\nWWW-Authenticate: A\r\n",
        "Proxy-Authentication-Info: a=b\r\nAuthentication-Info: a=b\r\nWWW-Authenticate: A\r\n"
        "Proxy-Authenticate: A\r\nAuthorization: A\r\nProxy-Authorization: A\r\n",
    };
}

TEST(field_reader, reads_as_if_it_had_read_nothing_before) {
    const std::vector<std::string> all = sections();
    field_reader reader;
    std::vector<field_reading> tested;
    // Each behind each, and the message before is gone.
    for (const std::string& before : all) {
        for (const std::string& section : all) {
            for (const std::string& each : {before, section}) {
                const auto messages = read_messages("HTTP/1.1 401 X\r\n" + each + "\r\n");
                ASSERT_EQ(messages.size(), 1U);
                SCOPED_TRACE(each + "behind\n" + before);
                reader.read(messages[0], tested);
                const std::vector<field_reading> fresh = read_fields(messages[0]);
                ASSERT_EQ(tested.size(), fresh.size());
                for (std::size_t i = 0; i < fresh.size(); ++i) expect_same(tested[i], fresh[i]);
                for (std::size_t i = 0; i < fresh.size(); ++i) {
                    // By themselves, the lines are read the same.
                    const field_reading alone(fresh[i].name(), fresh[i].lines());
                    expect_same(alone, fresh[i]);
                }
            }
        }
    }
}

TEST(field_reader, takes_readings_of_others) {
    const auto first = read_messages("HTTP/1.1 401 X\r\nWWW-Authenticate: A\r\nWWW-Authenticate: B\r\n\r\n");
    const auto second = read_messages("HTTP/1.1 401 X\r\nProxy-Authenticate: C d=e\r\n\r\n");
    std::vector<field_reading> readings = read_fields(first.at(0));
    field_reader reader;
    reader.read(second.at(0), readings);
    ASSERT_EQ(readings.size(), 1U);
    expect_same(readings[0], read_fields(second.at(0)).at(0));
}

TEST(field_reader, joined_lines_are_read_like_their_value) {
    const std::vector<std::string> pieces{"",           ",",      "A",     "A,",      ", A",     "A b",
                                          "A b==",      "b==",    "A b=c", "A b = c", "b=c",     "b = \"c, d\"",
                                          "A b=c, d=e", "A =",    "=",     "A,b=c",   "A b=\"c", "c\", B d=\"e\"",
                                          "A b, c=d",   "A ,b=c", "A\tb=c"};
    for (const field f : all_fields) {
        for (const std::string& first : pieces) {
            for (const std::string& second : pieces) {
                std::vector<field_line> lines(2);
                lines[0].value.append(first, 0);
                lines[1].value.append(second, first.size() + 1);
                const field_reading joined(f, {&lines[0], &lines[1]});
                SCOPED_TRACE(std::string(name_of(f)) + ": " + first + " | " + second);
                std::vector<event> events;
                const error why = read_events(f, joined.value(), edition::rfc9110_recipient, events);
                EXPECT_EQ(parts_of(joined.error_in(edition::rfc9110_recipient)), parts_of(why));
                if (joined.valid()) {
                    EXPECT_EQ(joined.events(), events);
                }
            }
        }
    }
}

}  // namespace
