// What people write in place of what they mean: each slip by several values, in every field that can hold it.

#include "slip_examples.hpp"

#include <authgrammar/audit/reading.hpp>
#include <authgrammar/audit/redaction.hpp>
#include <authgrammar/audit/slip.hpp>
#include <authgrammar/audit/slip_kinds.hpp>

#include <gtest/gtest.h>

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace authgrammar;
using audit::correct;
using audit::corrected_value;
using audit::testing::example;
using audit::testing::examples;

std::string shown(const example& e) { return std::string(name_of(e.name)) + ": " + std::string(e.value); }

TEST(slip, examples) {
    for (const example& e : examples) {
        SCOPED_TRACE(shown(e));
        const corrected_value got = correct(e.name, e.value);
        ASSERT_EQ(got.slips.size(), e.slips.size());
        for (std::size_t i = 0; i < e.slips.size(); ++i) {
            EXPECT_EQ(got.slips[i].id, e.slips[i].id);
            EXPECT_EQ(got.slips[i].begin, e.slips[i].begin) << e.slips[i].id;
            EXPECT_EQ(got.slips[i].end, e.slips[i].end) << e.slips[i].id;
        }
        ASSERT_EQ(got.value.has_value(), e.corrected.has_value());
        EXPECT_EQ(got.value.value_or(""), e.corrected.value_or(""));
    }
}

// explain knows all of them, and no others.
TEST(slip, every_id_has_a_kind) {
    std::set<std::string_view> used{"space-around-value"};  // no field line has it
    for (const example& e : examples) {
        for (const audit::slip& s : correct(e.name, e.value).slips) used.insert(s.id);
    }
    std::set<std::string_view> known;
    for (const audit::slip_kind& kind : audit::all_slip_kinds()) {
        EXPECT_TRUE(known.empty() || *known.rbegin() < kind.id) << kind.id;
        known.insert(kind.id);
        EXPECT_EQ(kind.explanation.back(), '.') << kind.id;
    }
    EXPECT_EQ(used, known);
}

bool sendable(field f, std::string_view value) {
    std::vector<event> events;
    return audit::read_events(f, value, edition::rfc9110_sender, events).code == error_code::none;
}

TEST(slip, corrected_values_can_be_sent_and_have_no_slips) {
    for (const example& e : examples) {
        const corrected_value got = correct(e.name, e.value);
        if (!got.value) continue;
        EXPECT_TRUE(sendable(e.name, *got.value)) << shown(e);
        const corrected_value again = correct(e.name, *got.value);
        EXPECT_TRUE(again.slips.empty()) << shown(e);
        EXPECT_EQ(again.value, got.value) << shown(e);
    }
}

// A value that a recipient refuses has no meaning that a correction could keep.
TEST(slip, only_accepted_values_keep_their_meaning) {
    for (const example& e : examples) {
        std::vector<event> events;
        const error why = audit::read_events(e.name, e.value, edition::rfc9110_recipient, events);
        const bool around = why.code == error_code::leading_whitespace || why.code == error_code::trailing_whitespace;
        if (why.code == error_code::none || around || e.slips.empty()) continue;
        EXPECT_FALSE(correct(e.name, e.value).same_meaning()) << shown(e);
    }
}

/// What a value says: schemes and names in lower case, values without quotes.
std::vector<std::string> meaning(field f, std::string_view value) {
    std::vector<event> events;
    audit::read_events(f, value, edition::rfc9110_recipient, events);
    std::vector<std::string> out;
    for (const event& e : events) {
        std::string word(value.substr(e.begin, e.end - e.begin));
        if (e.quoted) {
            for (std::size_t i = 0; i < word.size(); ++i) {
                if (word[i] == '\\') word.erase(i, 1);
            }
        }
        if (e.kind != event_kind::challenge_begin && e.kind != event_kind::challenge_end) out.push_back(word);
    }
    return out;
}

TEST(slip, corrections_of_the_form_keep_the_meaning) {
    int kept = 0;
    for (const example& e : examples) {
        const corrected_value got = correct(e.name, e.value);
        if (!got.value || !got.same_meaning() || got.slips.empty()) continue;
        ++kept;
        const std::string_view trimmed = e.value.substr(0, e.value.find_last_not_of(' ') + 1);
        EXPECT_EQ(meaning(e.name, *got.value), meaning(e.name, trimmed)) << shown(e);
    }
    EXPECT_GE(kept, 10);
}

// What is said of credentials is said without them.
TEST(slip, no_text_holds_a_secret) {
    for (const example& e : examples) {
        if (!audit::is_secret(e.name)) continue;
        std::vector<event> events;
        audit::read_events(e.name, e.value, edition::rfc9110_recipient, events);
        audit::word_filter filter(kind_of(e.name));
        for (const event& word : events) {
            const std::string_view text = e.value.substr(word.begin, word.end - word.begin);
            if (filter.shows(e.value, word) || text.size() < 4) continue;
            for (const audit::slip& each : correct(e.name, e.value).slips) {
                EXPECT_EQ(each.what.find(text), std::string::npos) << shown(e) << ": " << each.what;
            }
        }
    }
}

TEST(slip, challenges_are_not_spoken_of_where_there_are_none) {
    for (const example& e : examples) {
        if (kind_of(e.name) == field_kind::challenges) continue;
        for (const audit::slip& s : correct(e.name, e.value).slips) {
            EXPECT_EQ(s.what.find("challenge"), std::string::npos) << shown(e);
            EXPECT_EQ(std::string(s.fix).find("challenge"), std::string::npos) << shown(e);
        }
    }
}

// More mistakes than are taken out one by one, and values that are too long: nothing is made up.
TEST(slip, limits) {
    std::string many = "Basic a=1";
    for (int i = 0; i < 40; ++i) many += " b" + std::to_string(i) + "=1";
    EXPECT_FALSE(correct(field::www_authenticate, many).value);
    EXPECT_EQ(correct(field::www_authenticate, many).slips.front().id, "comma-missing");
    EXPECT_TRUE(correct(field::www_authenticate, std::string(70000, 'a') + "=").slips.empty());
    const auto commas_missing = [](int count) {
        std::string value = "Basic a=1";
        for (int i = 0; i < count; ++i) value += " b" + std::to_string(i) + "=1";
        return correct(field::www_authenticate, value).value.has_value();
    };
    EXPECT_TRUE(commas_missing(16));
    EXPECT_FALSE(commas_missing(17));
    for (const std::size_t size : {audit::longest_corrected, audit::longest_corrected + 1}) {
        const std::string value = "Basic realm=" + std::string(size - 12, 'x');
        std::vector<event> events;
        audit::read_events(field::www_authenticate, value, edition::rfc9110_recipient, events);
        const bool looked_at = size == audit::longest_corrected;
        EXPECT_EQ(correct(field::www_authenticate, value).slips.empty(), !looked_at);
        EXPECT_EQ(audit::is_plain(field::www_authenticate, value, events), !looked_at);
    }
}

}  // namespace
