// The tokenizer, the PEGTL grammar and the ABNF reference on generated and mutated values: verdict, offset of the
// first error, events. The reference stands here with its automata, made from the same text as its recogniser.

#include "../proofs/report.hpp"
#include "value_source.hpp"

#include <authgrammar/parse.hpp>
#include <authgrammar/peg/parse.hpp>
#include <authgrammar/tokenizer.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <string>
#include <vector>

namespace {

using namespace authgrammar;

struct outcome {
    bool valid = false;
    std::size_t offset = 0;
    std::vector<event> events;
    bool on_event(const event& e) noexcept {
        events.push_back(e);
        return true;
    }
};

constexpr std::size_t languages = all_editions.size() * all_fields.size();
constexpr limits unlimited = limits::none();

outcome by_tokenizer(field f, edition e, const std::string& value, std::size_t cut) {
    outcome o;
    tokenizer t(f, e, unlimited);
    const std::string_view whole(value);
    error_code code = error_code::none;
    for (std::size_t at = 0; at < whole.size() && code == error_code::none; at += cut) {
        code = t.feed(whole.substr(at, cut), o);
    }
    if (code == error_code::none) code = t.finish(o);
    o.valid = code == error_code::none;
    o.offset = static_cast<std::size_t>(t.position());
    return o;
}

outcome by_peg(field f, edition e, const std::string& value) {
    outcome o;
    const peg::verdict v = peg::parse(f, e, value, sink_for(o));
    o.valid = v.valid;
    o.offset = v.valid ? value.size() : v.error_offset;
    return o;
}

bool begins_with(const std::vector<event>& whole, const std::vector<event>& part) {
    return part.size() <= whole.size() && std::equal(part.begin(), part.end(), whole.begin());
}

#ifdef AUTHGRAMMAR_SLOW_BUILD
constexpr std::size_t usual_values = 4000;
#else
constexpr std::size_t usual_values = 60000;
#endif

TEST(agreement, three_engines) {
    const auto start = std::chrono::steady_clock::now();
    const std::uint64_t values_for_each = agreement::values_for_each(usual_values);
    std::size_t values = 0;
    std::size_t valid = 0;
    for (std::size_t l = 0; l < languages; ++l) {
        const edition e = all_editions[l / all_fields.size()];
        const field f = all_fields[l % all_fields.size()];
        fuzz::judge& reference = fuzz::judge::of(f, e);
        agreement::value_source source(f, e, agreement::seed(20260801 + l));
        for (std::uint64_t i = 0; i < values_for_each; ++i) {
            const std::string value = source.next();
            const fuzz::opinion wanted = reference.decide(value);
            const outcome grammar = by_peg(f, e, value);
            const outcome whole = by_tokenizer(f, e, value, value.size() + 1);
            const outcome cut = by_tokenizer(f, e, value, 1 + i % 7);
            const auto where =
                std::string(name_of(f)) + " in " + std::string(name_of(e)) + ": " + proofs::visible(value);
            ASSERT_EQ(grammar.valid, wanted.valid) << where;
            ASSERT_EQ(whole.valid, wanted.valid) << where;
            ASSERT_EQ(grammar.offset, wanted.offset) << where;
            ASSERT_EQ(whole.offset, wanted.offset) << where;
            ASSERT_EQ(cut.valid, wanted.valid) << where;
            ASSERT_EQ(cut.offset, wanted.offset) << where;
            ASSERT_TRUE(cut.events == whole.events) << where;
            if (wanted.valid) {
                ASSERT_TRUE(grammar.events == wanted.events) << where;
                ASSERT_TRUE(whole.events == wanted.events) << where;
                ++valid;
            } else {
                // What a refused value has said so far, every way to go on would have said.
                const std::string member = reference.complete(value.substr(0, wanted.offset));
                ASSERT_TRUE(begins_with(reference.decide(member).events, whole.events)) << where;
            }
            ++values;
        }
    }
    EXPECT_GT(valid, values / 10);
    EXPECT_GT(values - valid, values / 10);
    std::printf("three engines agree on %zu values (%zu valid) of %zu languages, %.1f s\n", values, valid, languages,
                std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
}

}  // namespace
