// The witness table through the engine: both entry points, all six fields.

#include "../grammar/witness_table.hpp"

#include <authgrammar/peg/parse.hpp>

#include <gtest/gtest.h>

namespace authgrammar::test {
namespace {

bool verdict_of(edition e, const witness_row::verdicts& verdicts) {
    switch (e) {
        case edition::rfc7235: return verdicts.rfc7235;
        case edition::rfc9110_recipient: return verdicts.recipient;
        case edition::rfc9110_sender: break;
    }
    return verdicts.sender;
}

struct ignore {
    bool on_event(const event&) noexcept { return true; }
};

void expect(field f, edition e, std::string_view value, bool valid) {
    SCOPED_TRACE(::testing::Message() << name_of(f) << ", " << name_of(e) << ": " << value);
    ignore consumer;
    const peg::verdict recognised = peg::recognise(f, e, value);
    const peg::verdict parsed = peg::parse(f, e, value, sink_for(consumer));
    EXPECT_EQ(recognised.valid, valid);
    EXPECT_EQ(parsed.valid, valid);
    EXPECT_EQ(recognised.error_offset, parsed.error_offset);
    EXPECT_FALSE(recognised.stopped);
    EXPECT_FALSE(parsed.stopped);
}

TEST(witness_table, engine) {
    for (const witness_row& row : witness_table) {
        for (const edition e : all_editions) {
            expect(field::www_authenticate, e, row.value, verdict_of(e, row.challenges));
            expect(field::proxy_authenticate, e, row.value, verdict_of(e, row.challenges));
            expect(field::authorization, e, row.value, verdict_of(e, row.credentials));
            expect(field::proxy_authorization, e, row.value, verdict_of(e, row.credentials));
        }
    }
}

}  // namespace
}  // namespace authgrammar::test
