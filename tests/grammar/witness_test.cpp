// The witness table over the grammar itself, for all six fields. Compiled without exceptions and RTTI.

#include "../witness_table.hpp"
#include "match.hpp"

#include <authgrammar/grammar/fields.hpp>

#include <gtest/gtest.h>

namespace authgrammar::test {
namespace {

template <typename Edition>
void expect(std::string_view edition) {
    for (const witness& w : witnesses) {
        SCOPED_TRACE(w.value);
        EXPECT_EQ(matches<typename Edition::WWW_Authenticate>(w.value), is_valid(w.challenges, edition));
        EXPECT_EQ(matches<typename Edition::Proxy_Authenticate>(w.value), is_valid(w.challenges, edition));
        EXPECT_EQ(matches<typename Edition::Authorization>(w.value), is_valid(w.credentials, edition));
        EXPECT_EQ(matches<typename Edition::Proxy_Authorization>(w.value), is_valid(w.credentials, edition));
    }
    for (const info_witness& w : info_witnesses) {
        SCOPED_TRACE(w.value);
        EXPECT_EQ(matches<typename Edition::Authentication_Info>(w.value), is_valid(w.info, edition));
        EXPECT_EQ(matches<typename Edition::Proxy_Authentication_Info>(w.value), is_valid(w.info, edition));
    }
}

TEST(witness_table, rfc7235) { expect<grammar::fields::rfc7235>("rfc7235"); }
TEST(witness_table, rfc9110_recipient) { expect<grammar::fields::rfc9110_recipient>("rfc9110-recipient"); }
TEST(witness_table, rfc9110_sender) { expect<grammar::fields::rfc9110_sender>("rfc9110-sender"); }

}  // namespace
}  // namespace authgrammar::test
