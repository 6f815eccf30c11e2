// Names of fields and editions, there and back.

#include "support.hpp"

#include <set>

namespace authgrammar::test {
namespace {

TEST(Names, OfFields) {
    constexpr std::array<std::string_view, 6> registered{"WWW-Authenticate",    "Proxy-Authenticate",
                                                         "Authorization",       "Proxy-Authorization",
                                                         "Authentication-Info", "Proxy-Authentication-Info"};
    for (std::size_t i = 0; i < all_fields.size(); ++i) {
        EXPECT_EQ(name_of(all_fields[i]), registered[i]);
        EXPECT_EQ(static_cast<std::size_t>(all_fields[i]), i);
        EXPECT_EQ(field_from_name(registered[i]), all_fields[i]);
    }
    EXPECT_EQ(field_from_name("www-authenticate"), field::www_authenticate);
    EXPECT_EQ(field_from_name("PROXY-AUTHENTICATION-INFO"), field::proxy_authentication_info);
    for (const std::string_view other : {"", "WWW-Authenticat", "WWW-Authenticate ", "WWW_Authenticate", "Cookie"}) {
        EXPECT_EQ(field_from_name(other), std::nullopt) << other;
    }
    // "-" and CR differ in the bit that separates upper from lower case, and are no letters.
    EXPECT_EQ(field_from_name("WWW\rAuthenticate"), std::nullopt);
}

TEST(Names, KindsOfFields) {
    EXPECT_EQ(kind_of(field::www_authenticate), field_kind::challenges);
    EXPECT_EQ(kind_of(field::proxy_authenticate), field_kind::challenges);
    EXPECT_EQ(kind_of(field::authorization), field_kind::credentials);
    EXPECT_EQ(kind_of(field::proxy_authorization), field_kind::credentials);
    EXPECT_EQ(kind_of(field::authentication_info), field_kind::info);
    EXPECT_EQ(kind_of(field::proxy_authentication_info), field_kind::info);
}

TEST(Names, OfEditions) {
    EXPECT_EQ(name_of(edition::rfc7235), "rfc7235");
    EXPECT_EQ(name_of(edition::rfc9110_recipient), "rfc9110-recipient");
    EXPECT_EQ(name_of(edition::rfc9110_sender), "rfc9110-sender");
    for (const edition e : all_editions) EXPECT_EQ(edition_from_name(name_of(e)), e);
    for (const std::string_view other : {"", "rfc9110", "RFC7235", "rfc7235 ", "rfc9110_sender"}) {
        EXPECT_EQ(edition_from_name(other), std::nullopt) << other;
    }
}

}  // namespace
}  // namespace authgrammar::test
