// What passes between the processes of `lint -j`: how it waits, and that it comes as it was sent.

#include "lint/parallel/events.hpp"
#include "lint/parallel/spool.hpp"
#include "own_folder.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <stdexcept>
#include <string>

namespace {

using namespace authlint;

/// TMPDIR for the time of a test.
class temporary_folder {
public:
    explicit temporary_folder(const char* path) { ::setenv("TMPDIR", path, 1); }
    temporary_folder(const temporary_folder&) = delete;
    temporary_folder& operator=(const temporary_folder&) = delete;
    ~temporary_folder() { ::unsetenv("TMPDIR"); }
};

std::string piece(std::size_t number) { return std::string(1000 + number % 7, static_cast<char>('a' + number % 26)); }

/// Takes everything, in steps, and checks that it is the pieces from `first` to `end`.
void expect_pieces(spool& s, std::size_t first, std::size_t end) {
    for (std::size_t i = first; i < end; ++i) {
        const std::string expected = piece(i);
        ASSERT_EQ(s.front(expected.size()).substr(0, expected.size()), expected) << i;
        s.pop(expected.size());
    }
}

TEST(spool, gives_what_it_took_in_order) {
    spool s(5000, 20000);
    EXPECT_TRUE(s.front(1).empty());
    std::size_t taken = 0;
    std::size_t given = 0;
    for (std::size_t round = 1; round < 12; ++round) {
        for (std::size_t i = 0; i < 3 * round; ++i) s.append(piece(given++));
        expect_pieces(s, taken, taken + 2 * round);
        taken += 2 * round;
    }
    expect_pieces(s, taken, given);
    EXPECT_TRUE(s.front(1).empty());
}

TEST(spool, is_full_when_its_file_is_and_not_when_that_was_taken) {
    spool s(5000, 20000);
    std::size_t given = 0;
    while (!s.full()) s.append(piece(given++));
    EXPECT_GT(given, 20u);
    EXPECT_LT(given, 30u);
    s.append(piece(given++));  // is taken all the same
    expect_pieces(s, 0, given - 1);
    EXPECT_FALSE(s.full());
    expect_pieces(s, given - 1, given);
    s.append(piece(3));
    expect_pieces(s, 3, 4);
}

TEST(spool, without_a_file_is_full_when_its_memory_is) {
    const temporary_folder none("/nowhere");
    spool s(5000, 20000);
    std::size_t given = 0;
    while (!s.full()) s.append(piece(given++));
    EXPECT_LE(given, 7u);
    s.append(piece(given++));
    expect_pieces(s, 0, given);
}

TEST(spool, waits_for_more_than_a_view_holds) {
    spool s(10, 1000);
    s.append("0123456789");
    s.append("abc");
    EXPECT_EQ(s.front(13), "0123456789abc");
    EXPECT_EQ(s.front(14), "0123456789abc");
}

template <typename Event>
std::string sent(const Event& event) {
    std::string out;
    append_event(out, event);
    const event_head head = read_event_head(out);
    EXPECT_EQ(head.size, out.size() - event_head_bytes);
    return out.substr(event_head_bytes);
}

TEST(events, come_as_they_were_sent) {
    message_record m;
    m.source = std::string("a\0\n\xFF", 4);
    m.label = "record 3";
    m.status = 401;
    m.offset = static_cast<std::size_t>(-1);
    m.fields = "[]";
    finding_record f;
    f.rule = authgrammar::audit::all_finding_rules().back();
    f.level = authgrammar::audit::severity::error;
    f.requirements = {"R1", ""};
    f.column = 7;
    f.fingerprint = "x";
    f.value = "";
    f.for_sending = true;
    m.findings = {f, f};
    const message_record read = read_message(sent(m));
    EXPECT_EQ(read.source, m.source);
    EXPECT_EQ(read.label, m.label);
    EXPECT_EQ(read.status, m.status);
    EXPECT_EQ(read.offset, m.offset);
    EXPECT_EQ(read.fields, m.fields);
    ASSERT_EQ(read.findings.size(), 2u);
    EXPECT_EQ(read.findings[1].rule, f.rule);
    EXPECT_EQ(read.findings[1].level, f.level);
    EXPECT_EQ(read.findings[1].requirements, f.requirements);
    EXPECT_EQ(read.findings[1].column, 7u);
    EXPECT_EQ(read.findings[1].fingerprint, "x");
    EXPECT_EQ(read.findings[1].value, f.value);
    EXPECT_FALSE(read.findings[1].same_meaning);
    EXPECT_TRUE(read.findings[1].for_sending);
}

TEST(events, of_the_end_have_the_counts_and_the_baseline) {
    file_end end;
    end.all_read = true;
    end.totals.files = 1;
    end.totals.not_shown = 2;
    end.totals.count(*authgrammar::audit::all_finding_rules().front(), authgrammar::audit::severity::warning, 5);
    end.found.add("a", "print", 3);
    end.found.add_too_many();
    const file_end read = read_end(sent(end));
    EXPECT_TRUE(read.all_read);
    EXPECT_EQ(read.totals.files, 1u);
    EXPECT_EQ(read.totals.not_shown, 2u);
    EXPECT_EQ(read.totals.warnings, 5u);
    EXPECT_EQ(read.totals.by_id().front().rule, authgrammar::audit::all_finding_rules().front());
    EXPECT_EQ(read.found.entries(), end.found.entries());
    EXPECT_TRUE(read.found.too_many());
}

TEST(events, that_are_cut_are_refused) {
    const std::string bytes = sent(unread_record{"source", "place", "reason"});
    EXPECT_EQ(read_unread(bytes).reason, "reason");
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        EXPECT_THROW(static_cast<void>(read_unread(bytes.substr(0, size))), std::out_of_range) << size;
    }
}

}  // namespace

int main(int argc, char** argv) {
    ::testing::InitGoogleTest(&argc, argv);
    ::testing::AddGlobalTestEnvironment(new authlint_test::own_folder);
    return RUN_ALL_TESTS();
}
