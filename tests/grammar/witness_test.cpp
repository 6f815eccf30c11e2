// The witness table over the grammar itself, for all six fields. Compiled without exceptions and RTTI.

#include "match.hpp"
#include "witness_table.hpp"

#include <authgrammar/grammar/fields.hpp>

#include <gtest/gtest.h>

namespace authgrammar::test {
namespace {

template <typename Edition>
void expect(bool witness_row::verdicts::*verdict) {
    for (const witness_row& row : witness_table) {
        SCOPED_TRACE(row.value);
        EXPECT_EQ(matches<typename Edition::WWW_Authenticate>(row.value), row.challenges.*verdict);
        EXPECT_EQ(matches<typename Edition::Proxy_Authenticate>(row.value), row.challenges.*verdict);
        EXPECT_EQ(matches<typename Edition::Authorization>(row.value), row.credentials.*verdict);
        EXPECT_EQ(matches<typename Edition::Proxy_Authorization>(row.value), row.credentials.*verdict);
    }
}

TEST(witness_table, rfc7235) { expect<grammar::fields::rfc7235>(&witness_row::verdicts::rfc7235); }
TEST(witness_table, rfc9110_recipient) {
    expect<grammar::fields::rfc9110_recipient>(&witness_row::verdicts::recipient);
}
TEST(witness_table, rfc9110_sender) { expect<grammar::fields::rfc9110_sender>(&witness_row::verdicts::sender); }

template <typename Edition>
void expect_info(std::string_view value, bool verdict) {
    SCOPED_TRACE(value);
    EXPECT_EQ(matches<typename Edition::Authentication_Info>(value), verdict);
    EXPECT_EQ(matches<typename Edition::Proxy_Authentication_Info>(value), verdict);
}

TEST(witness_table, info) {
    const struct {
        std::string_view value;
        bool rfc7235, recipient, sender;
    } rows[] = {
        {"", Y, Y, Y},       {",", Y, Y, n},          {", ,", Y, Y, n},         {" ", n, n, n},    {" ,", n, Y, n},
        {"a=b", Y, Y, Y},    {"a=b,", Y, Y, n},       {"a=b, ", n, Y, n},       {",a=b", n, Y, n}, {",,a=b", Y, Y, n},
        {", ,a=b", Y, Y, n}, {"a=b,c=\"\"", Y, Y, Y}, {"a=b c=d", n, n, n},     {"a=", n, n, n},   {"a", n, n, n},
        {"A a=b", n, n, n},  {"a=b,,c=d", Y, Y, n},   {"a=b ,\tc =d", Y, Y, Y}, {" a=b", n, n, n}, {"a=b ", n, n, n},
    };
    for (const auto& row : rows) {
        expect_info<grammar::fields::rfc7235>(row.value, row.rfc7235);
        expect_info<grammar::fields::rfc9110_recipient>(row.value, row.recipient);
        expect_info<grammar::fields::rfc9110_sender>(row.value, row.sender);
    }
}

}  // namespace
}  // namespace authgrammar::test
