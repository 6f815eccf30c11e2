// The generator makes what it says, and the mutator keeps to its bounds.

#include <support/derivation.hpp>
#include <support/input.hpp>
#include <support/judge.hpp>
#include <support/mutator.hpp>

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

namespace {

using namespace authgrammar;

TEST(fuzz_support, derivations_are_in_the_language) {
    fuzz::random_source random(9110);
    for (const edition e : all_editions) {
        for (const field f : all_fields) {
            fuzz::judge& judge = fuzz::judge::of(f, e);
            std::set<std::string> different;
            for (int i = 0; i < 300; ++i) {
                const std::string word = fuzz::judge::words(e).derive(name_of(f), random, 60);
                EXPECT_TRUE(judge.decide(word).valid) << name_of(f) << " " << testing::PrintToString(word);
                different.insert(word);
            }
            EXPECT_GT(different.size(), 75U) << name_of(f);
        }
    }
    EXPECT_EQ(fuzz::judge::words(edition::rfc7235).derive("no-such-rule", random), "");
}

/// Whether one edit, or none, makes one string of the other.
bool one_edit_apart(const std::string& a, const std::string& b) {
    std::size_t front = 0;
    while (front < a.size() && front < b.size() && a[front] == b[front]) ++front;
    std::size_t back = 0;
    while (back + front < a.size() && back + front < b.size() && a[a.size() - 1 - back] == b[b.size() - 1 - back]) {
        ++back;
    }
    const std::string ra = a.substr(front, a.size() - front - back);
    const std::string rb = b.substr(front, b.size() - front - back);
    if (ra.size() <= 1 && rb.size() <= 1) return true;
    // Two octets exchanged: neighbours, or the first and the last.
    return ra.size() == rb.size() && ra.size() >= 2 && ra.front() == rb.back() && ra.back() == rb.front() &&
           ra.substr(1, ra.size() - 2) == rb.substr(1, rb.size() - 2);
}

TEST(fuzz_support, near_misses_are_one_edit_away) {
    fuzz::random_source random(7235);
    fuzz::judge& judge = fuzz::judge::of(field::www_authenticate, edition::rfc9110_sender);
    int missed = 0;
    for (int i = 0; i < 3000; ++i) {
        const std::string word = fuzz::judge::words(edition::rfc9110_sender).derive("WWW-Authenticate", random, 40);
        const std::string near = fuzz::near_miss(word, random);
        ASSERT_TRUE(one_edit_apart(word, near)) << testing::PrintToString(word) << testing::PrintToString(near);
        missed += judge.decide(near).valid ? 0 : 1;
    }
    EXPECT_GT(missed, 1000);
    EXPECT_LT(missed, 2900);
}

TEST(fuzz_support, pumped_words_are_long_and_in_the_language) {
    fuzz::random_source random(5234);
    std::size_t grown = 0;
    for (const field f : all_fields) {
        fuzz::judge& judge = fuzz::judge::of(f, edition::rfc9110_recipient);
        for (int i = 0; i < 100; ++i) {
            const std::string word = fuzz::judge::words(edition::rfc9110_recipient).derive(name_of(f), random, 40);
            const std::string pumped = fuzz::pump(judge.automaton(), word, random, 1000);
            EXPECT_TRUE(judge.decide(pumped).valid) << testing::PrintToString(pumped);
            grown += pumped.size() > 800 ? 1 : 0;
        }
    }
    EXPECT_GT(grown, 400U);
}

TEST(fuzz_support, families_are_what_they_say) {
    std::set<std::string_view> names;
    EXPECT_GE(fuzz::all_families().size(), 20U);
    for (const fuzz::family& family : fuzz::all_families()) {
        EXPECT_TRUE(names.insert(family.name).second) << family.name;
        const std::string member = family.member(4096);
        EXPECT_LE(member.size(), 4096U);
        EXPECT_GT(member.size(), 4096U - family.unit.size() - 1) << family.name;
        // All of them make a reader read nearly to their end.
        fuzz::judge& judge = fuzz::judge::of(family.f, edition::rfc9110_recipient);
        EXPECT_GE(judge.decide(member).offset + family.suffix.size() + 1, member.size()) << family.name;
    }
}

TEST(fuzz_support, the_mutator_keeps_to_its_bounds_and_repeats_itself) {
    for (const fuzz::text_grammar* grammar : {&fuzz::header_text, &fuzz::abnf_text, &fuzz::message_text}) {
        std::set<std::string> different;
        std::string input = "Basic realm=\"x\"\x06";
        for (unsigned seed = 0; seed < 2000; ++seed) {
            const std::size_t most = 32 + seed % 200;
            std::vector<std::uint8_t> once(most, 0xAA);
            if (input.size() > most) input.resize(most);
            std::copy(input.begin(), input.end(), once.begin());
            std::vector<std::uint8_t> twice = once;
            const std::size_t size = fuzz::mutate(once.data(), input.size(), most, seed, 1, *grammar);
            ASSERT_LE(size, most);
            ASSERT_EQ(fuzz::mutate(twice.data(), input.size(), most, seed, 1, *grammar), size);
            ASSERT_EQ(once, twice);
            input.assign(once.begin(), once.begin() + static_cast<std::ptrdiff_t>(size));
            different.insert(input);
        }
        EXPECT_GT(different.size(), 1500U);
    }
}

TEST(fuzz_support, options_come_from_the_end) {
    const std::uint8_t data[] = {'a', 'b', 1, 2};
    const fuzz::input whole(data, 4, 2);
    EXPECT_EQ(whole.text(), "ab");
    EXPECT_EQ(whole.option(0), 1U);
    EXPECT_EQ(whole.option(1), 2U);
    const fuzz::input brief(data, 1, 2);
    EXPECT_EQ(brief.text(), "");
    EXPECT_EQ(brief.option(0), 0U);
    const fuzz::input none(nullptr, 0, 0);
    EXPECT_EQ(none.text(), "");
}

}  // namespace
