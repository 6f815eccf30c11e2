#include "authgrammar.hpp"

// What the library installs adds nothing to it.
#include <authgrammar/parse.hpp>
#include <authgrammar/schemes/basic.hpp>

#include <gtest/gtest.h>

namespace {

TEST(amalgamated_header, reads_and_writes) {
    using namespace authgrammar;
    char memory[64];
    const auto login = schemes::read_basic("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==", memory, sizeof memory);
    ASSERT_TRUE(login);
    EXPECT_EQ(login->user_id, "Aladdin");
    EXPECT_EQ(login->password, "open sesame");

    inline_event_buffer<16> events;
    const auto refused = parse_challenges(field::www_authenticate, "Basic realm=\"x", events);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().offset, 14U);
    EXPECT_EQ(refused.error().code, error_code::unterminated_quoted_string);
    EXPECT_TRUE(is_available(active_isa()));
}

}  // namespace
