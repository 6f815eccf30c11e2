// The meaning of an error offset, and what holds of all events, over all short values of eleven octets that stand
// for all 256: one of each class that the grammar tells apart.

#include "event_log.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace authgrammar::test {
namespace {

constexpr std::string_view octets = "a!/= \t\",\\(\x01";
constexpr field fields[] = {field::www_authenticate, field::authorization, field::authentication_info};

// Endings that complete every viable prefix: everything of at most two octets, and two longer ones.
std::vector<std::string> endings() {
    std::vector<std::string> all{"", "a=a", ",a=a"};
    for (const char a : octets) {
        all.push_back({a});
        for (const char b : octets) all.push_back({a, b});
    }
    return all;
}

class explorer {
public:
    explorer(field f, edition e) : field_(f), edition_(e) {}

    std::size_t viable_prefixes = 0;
    std::size_t dead_prefixes = 0;

    // `prefix` is viable. Looks at all its extensions by at most `depth` octets.
    void extend(const std::string& prefix, int depth) {
        ++viable_prefixes;
        if (depth == 0) return;
        for (const char c : octets) {
            const std::string longer = prefix + c;
            const peg::verdict verdict = peg::recognise(field_, edition_, longer);
            if (viable(longer)) {
                EXPECT_EQ(verdict.error_offset, verdict.valid ? 0 : longer.size()) << describe(longer);
                extend(longer, depth - 1);
                continue;
            }
            ++dead_prefixes;
            for (const std::string_view tail : {"", "a", "\"", ", a=a", "=\"\"", "\x01 a"}) {
                const peg::verdict extended = peg::recognise(field_, edition_, longer + std::string(tail));
                EXPECT_FALSE(extended.valid) << describe(longer) << tail;
                EXPECT_EQ(extended.error_offset, prefix.size()) << describe(longer) << tail;
            }
        }
    }

    bool viable(const std::string& prefix) const {
        static const std::vector<std::string> all = endings();
        for (const std::string& ending : all) {
            if (peg::recognise(field_, edition_, prefix + ending).valid) return true;
        }
        return false;
    }

private:
    std::string describe(const std::string& value) const {
        return std::string(name_of(field_)) + ", " + std::string(name_of(edition_)) + ": " +
               ::testing::PrintToString(value);
    }

    field field_;
    edition edition_;
};

TEST(viability, error_offset_is_the_length_of_the_longest_viable_prefix) {
    for (const field f : fields) {
        for (const edition e : all_editions) {
            explorer explore(f, e);
            explore.extend("", 4);
            for (const std::string seed :
                 {"a a", "a a=", "a a=\"", "a a=a", "a ,a", "a a=a,", "a a=a,a ", "a a=a ,,"}) {
                if (explore.viable(seed)) explore.extend(seed, 3);
            }
            EXPECT_GT(explore.viable_prefixes, 100u);
            EXPECT_GT(explore.dead_prefixes, 100u);
        }
    }
}

// Calls `visit` with every value of at most `length` of the octets.
template <typename Visitor>
void for_each_value(std::size_t length, std::string& value, Visitor& visit) {
    visit(value);
    if (value.size() == length) return;
    for (const char c : octets) {
        value.push_back(c);
        for_each_value(length, value, visit);
        value.pop_back();
    }
}

void expect_well_formed(std::string_view value, const std::vector<event>& events, bool info) {
    std::string rest(value);  // what no event covers
    std::size_t position = 0;
    const event* challenge = nullptr;
    event_kind before = event_kind::challenge_end;
    for (const event& e : events) {
        ASSERT_LE(e.begin, e.end);
        ASSERT_LE(e.end, value.size());
        switch (e.kind) {
            case event_kind::challenge_begin:
                EXPECT_EQ(before, event_kind::challenge_end);
                EXPECT_EQ(e.begin, e.end);
                challenge = &e;
                break;
            case event_kind::scheme:
                EXPECT_EQ(before, event_kind::challenge_begin);
                EXPECT_EQ(e.begin, challenge->begin);
                break;
            case event_kind::token68: EXPECT_EQ(before, event_kind::scheme); break;
            case event_kind::param_name:
                EXPECT_TRUE(before == event_kind::scheme || before == event_kind::param_value || info);
                break;
            case event_kind::param_value: EXPECT_EQ(before, event_kind::param_name); break;
            case event_kind::challenge_end:
                EXPECT_NE(before, event_kind::param_name);
                EXPECT_EQ(e.begin, challenge->begin);
                EXPECT_EQ(e.end, position) << "ends where its last part ends";
                break;
        }
        EXPECT_EQ(e.kind == event_kind::challenge_begin || e.kind == event_kind::scheme ||
                      e.kind == event_kind::token68 || e.kind == event_kind::challenge_end,
                  !info && e.kind != event_kind::param_name && e.kind != event_kind::param_value);
        if (e.kind != event_kind::challenge_end) {
            EXPECT_GE(e.begin, position) << "reported twice";
            position = e.end;
            rest.replace(e.begin, e.end - e.begin, e.end - e.begin, '_');
            if (e.quoted) {
                EXPECT_EQ(value[e.begin - 1], '"');
                EXPECT_EQ(value[e.end], '"');
                position = e.end + 1;
            }
        }
        before = e.kind;
    }
    EXPECT_TRUE(before == event_kind::challenge_end || (info && before == event_kind::param_value));
    EXPECT_EQ(rest.find_first_not_of("_ \t,=\""), std::string::npos) << "no event for " << rest;
}

TEST(viability, events_of_a_valid_value_cover_it_once_and_are_the_same_in_every_edition) {
    std::size_t valid_values = 0;
    auto visit = [&](const std::string& value) {
        for (const field f : fields) {
            bool seen = false;
            std::vector<event> first;
            for (const edition e : all_editions) {
                event_log log;
                if (!peg::parse(f, e, value, sink_for(log)).valid) continue;
                ++valid_values;
                SCOPED_TRACE(::testing::Message() << name_of(f) << ", " << name_of(e) << ": " << value);
                if (seen) {
                    EXPECT_EQ(log.events, first);
                    continue;
                }
                expect_well_formed(value, log.events, kind_of(f) == field_kind::info);
                seen = true;
                first = std::move(log.events);
            }
        }
    };
    std::string value;
    for_each_value(5, value, visit);
    EXPECT_GT(valid_values, 1000u);
}

}  // namespace
}  // namespace authgrammar::test
