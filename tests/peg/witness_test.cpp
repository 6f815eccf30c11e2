// The witness table through the engine: both entry points, all six fields.

#include "../witness_table.hpp"

#include <authgrammar/peg/parse.hpp>

#include <gtest/gtest.h>

namespace authgrammar::test {
namespace {

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
    for (const edition e : all_editions) {
        for (const witness& w : witnesses) {
            expect(field::www_authenticate, e, w.value, is_valid(w.challenges, name_of(e)));
            expect(field::proxy_authenticate, e, w.value, is_valid(w.challenges, name_of(e)));
            expect(field::authorization, e, w.value, is_valid(w.credentials, name_of(e)));
            expect(field::proxy_authorization, e, w.value, is_valid(w.credentials, name_of(e)));
        }
        for (const info_witness& w : info_witnesses) {
            expect(field::authentication_info, e, w.value, is_valid(w.info, name_of(e)));
            expect(field::proxy_authentication_info, e, w.value, is_valid(w.info, name_of(e)));
        }
    }
}

}  // namespace
}  // namespace authgrammar::test
