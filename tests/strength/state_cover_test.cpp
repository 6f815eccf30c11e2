// Every state of the automaton that is made from the ABNF, entered by its access string, then each of the 256 octets,
// then every string of up to two octets, one for each class: the tokenizer's verdict, offset and events, however the
// value is cut in two; and the PEGTL grammar's verdict and offset.

#include <support/judge.hpp>

#include <authgrammar/peg/parse.hpp>
#include <authgrammar/tokenizer.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <cstdio>
#include <string>
#include <vector>

namespace {

using namespace authgrammar;

#ifdef AUTHGRAMMAR_SLOW_BUILD
constexpr std::size_t longest_suffix = 1;
#else
constexpr std::size_t longest_suffix = 2;
#endif

constexpr limits unlimited = limits::none();
constexpr field one_of_each_kind[] = {field::www_authenticate, field::authorization, field::authentication_info};

/// A reading that can be copied half-way, without the heap.
struct reading {
    explicit reading(field f, edition e) : t(f, e, unlimited) {}
    bool on_event(const event& e) noexcept {
        if (count == std::size(events)) return false;
        events[count++] = e;
        return true;
    }
    void feed(std::string_view chunk) { code = t.feed(chunk, *this); }
    void finish() {
        if (code == error_code::none) code = t.finish(*this);
    }
    [[nodiscard]] bool same_as(const reading& other) const {
        return code == other.code && t.position() == other.t.position() && count == other.count &&
               std::equal(events, events + count, other.events);
    }
    tokenizer t;
    error_code code = error_code::none;
    std::size_t count = 0;
    event events[24];
};

std::vector<std::string> suffixes_of(const abnf::dfa& automaton) {
    std::vector<std::string> all{""};
    const std::vector<unsigned char> representatives = abnf::class_representatives(automaton);
    for (std::size_t from = 0, length = 0; length < longest_suffix; ++length) {
        const std::size_t to = all.size();
        for (; from < to; ++from) {
            for (const unsigned char c : representatives) all.push_back(all[from] + static_cast<char>(c));
        }
    }
    return all;
}

struct figures {
    std::size_t states = 0;
    std::size_t values = 0;
    std::size_t valid = 0;
    std::size_t readings = 0;
};

/// All suffixes behind `prefix`, which leads to `state` or, if it is not viable, has its error at `offset`.
void cover(field f, edition e, fuzz::judge& judge, const std::string& prefix, const std::vector<std::string>& suffixes,
           figures& n) {
    const abnf::dfa& automaton = judge.automaton();
    const std::size_t offset = abnf::viable_prefix(automaton, judge.live(), prefix);
    std::uint32_t state = automaton.start;
    for (const char c : prefix) state = automaton.step(state, static_cast<unsigned char>(c));

    // Readings that have had the first i octets in one chunk.
    std::vector<reading> begun;
    for (std::size_t i = 0; i <= prefix.size(); ++i) {
        begun.emplace_back(f, e);
        begun.back().feed(std::string_view(prefix).substr(0, i));
    }
    for (const std::string& suffix : suffixes) {
        const std::string value = prefix + suffix;
        std::size_t wanted_offset = offset;
        std::uint32_t at = state;
        for (std::size_t i = prefix.size(); i < value.size() && wanted_offset == i; ++i) {
            at = automaton.step(at, static_cast<unsigned char>(value[i]));
            if (judge.live()[at]) ++wanted_offset;
        }
        const bool wanted_valid = wanted_offset == value.size() && automaton.accepting[at];

        reading whole = begun[0];
        whole.feed(value);
        whole.finish();
        ASSERT_EQ(whole.code == error_code::none, wanted_valid) << testing::PrintToString(value);
        ASSERT_EQ(whole.t.position(), wanted_offset) << testing::PrintToString(value);
        const peg::verdict grammar = peg::recognise(f, e, value);
        ASSERT_EQ(grammar.valid, wanted_valid) << testing::PrintToString(value);
        if (!wanted_valid) {
            ASSERT_EQ(grammar.error_offset, wanted_offset) << testing::PrintToString(value);
        } else {
            const std::vector<event> events = judge.decide(value).events;
            ASSERT_TRUE(events.size() == whole.count && std::equal(events.begin(), events.end(), whole.events))
                << testing::PrintToString(value);
        }
        for (std::size_t cut = 0; cut <= value.size(); ++cut) {
            reading two = begun[std::min(cut, prefix.size())];
            if (cut > prefix.size()) {
                two = begun[0];
                two.feed(std::string_view(value).substr(0, cut));
            }
            if (two.code == error_code::none) two.feed(std::string_view(value).substr(cut));
            two.finish();
            ASSERT_TRUE(two.same_as(whole)) << testing::PrintToString(value) << " cut at " << cut;
        }
        ++n.values;
        n.valid += wanted_valid ? 1 : 0;
        n.readings += value.size() + 2;
    }
}

TEST(strength, every_state_octet_suffix_and_cut) {
    const auto start = std::chrono::steady_clock::now();
    figures n;
    for (const edition e : all_editions) {
        for (const field f : one_of_each_kind) {
            fuzz::judge& judge = fuzz::judge::of(f, e);
            const std::vector<std::string> suffixes = suffixes_of(judge.automaton());
            const auto access = abnf::access_strings(judge.automaton());
            for (std::uint32_t state = 0; state < judge.automaton().states(); ++state) {
                if (!judge.live()[state]) continue;
                ASSERT_TRUE(access[state].has_value());
                ++n.states;
                for (int octet = 0; octet < 256; ++octet) {
                    const std::string prefix = *access[state] + static_cast<char>(octet);
                    cover(f, e, judge, prefix, suffixes, n);
                    ASSERT_FALSE(testing::Test::HasFatalFailure()) << name_of(f) << " in " << name_of(e);
                }
            }
        }
    }
    EXPECT_GT(n.valid, n.values / 100);
    std::printf("%zu states, %zu values (%zu valid), %zu readings, %.1f s\n", n.states, n.values, n.valid, n.readings,
                std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
}

}  // namespace
