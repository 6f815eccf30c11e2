// The writer under the judge: what it makes of any value that can be read is in the sender's language and in that of
// RFC 7235, means the same, and is a fixed point of reading and writing.

#include "../proofs/report.hpp"
#include "value_source.hpp"

#include <authgrammar/parse.hpp>
#include <authgrammar/writer.hpp>

#include <gtest/gtest.h>

#include <cstdio>
#include <string>
#include <vector>

namespace {

using namespace authgrammar;

/// The meaning of a value: every text, unescaped, with its kind, in order.
std::vector<std::string> meaning(const std::string& value, const event_buffer& events) {
    std::vector<std::string> out;
    for (const event& e : events) {
        std::string s(name_of(e.kind));
        if (e.kind != event_kind::challenge_begin && e.kind != event_kind::challenge_end) {
            text(value, e.begin, e.end, e.quoted).for_each_octet([&s](char c) {
                s += c;
                return true;
            });
        }
        out.push_back(std::move(s));
    }
    return out;
}

write_result write_again(field f, const std::string& value, event_buffer& events, std::string& out) {
    return write_to(out, [&](char* buffer, std::size_t size) {
        switch (kind_of(f)) {
            case field_kind::challenges: return write_challenges(f, challenges(value, events), buffer, size);
            case field_kind::credentials:
                return write_credentials(f, credentials(value, events.begin(), events.end()), buffer, size);
            case field_kind::info: break;
        }
        return write_info(f, auth_params(value, events), buffer, size);
    });
}

#ifdef AUTHGRAMMAR_SLOW_BUILD
constexpr int usual_values = 2000;
#else
constexpr int usual_values = 30000;
#endif

TEST(agreement, writer_under_the_judge) {
    const std::uint64_t values_for_each = agreement::values_for_each(usual_values);
    std::size_t written = 0;
    std::size_t repeated = 0;
    std::vector<event> memory(4096);
    for (const field f : all_fields) {
        const abnf::dfa& sender = fuzz::judge::of(f, edition::rfc9110_sender).automaton();
        const abnf::dfa& published = fuzz::judge::of(f, edition::rfc7235).automaton();
        agreement::value_source source(f, edition::rfc9110_recipient, agreement::seed(7));
        event_buffer events(memory.data(), memory.size());
        for (std::uint64_t i = 0; i < values_for_each; ++i) {
            const std::string value = source.next();
            events.clear();
            if (!parse(f, value, sink_for(events))) continue;
            std::string once;
            const write_result w = write_again(f, value, events, once);
            if (w.code == error_code::repeated_param) {
                ++repeated;
                continue;
            }
            if (w.code == error_code::empty_challenge_list) {
                ASSERT_EQ(events.size(), 0u);
                continue;
            }
            ASSERT_TRUE(w) << name_of(w.code) << " for " << proofs::visible(value);
            ++written;
            ASSERT_TRUE(abnf::accepts(sender, once)) << proofs::visible(once);
            ASSERT_TRUE(abnf::accepts(published, once)) << proofs::visible(once);
            const auto before = meaning(value, events);
            events.clear();
            ASSERT_TRUE(parse(f, once, sink_for(events)));
            ASSERT_EQ(meaning(once, events), before) << proofs::visible(value) << " " << proofs::visible(once);
            std::string twice;
            ASSERT_TRUE(write_again(f, once, events, twice));
            ASSERT_EQ(twice, once);
        }
    }
    EXPECT_GT(written, 1000u);
    std::printf("written %zu values as the judge wants them; %zu more repeat a parameter\n", written, repeated);
}

}  // namespace
