#include <authgrammar/audit/reading.hpp>
#include <authgrammar/audit/redaction.hpp>

#include <gtest/gtest.h>

#include <string>

namespace {

using namespace authgrammar::audit;
using authgrammar::edition;
using authgrammar::field;

/// The value with each secret piece replaced.
std::string shown(field f, const std::string& value) {
    std::vector<authgrammar::event> events;
    const bool valid = read_events(f, value, edition::rfc9110_recipient, events).code == authgrammar::error_code::none;
    std::string out;
    std::size_t end = 0;
    for (const shown_piece& piece : redact(value, events, valid)) {
        EXPECT_EQ(piece.begin, end);
        EXPECT_LT(piece.begin, piece.end);
        end = piece.end;
        out += piece.secret ? std::string("<>") : value.substr(piece.begin, piece.end - piece.begin);
    }
    EXPECT_EQ(end, value.size());
    return out;
}

TEST(redaction, keeps_schemes_names_and_separators) {
    EXPECT_EQ(shown(field::authorization, "Basic QWxhZGRpbjo="), "Basic <>");
    EXPECT_EQ(shown(field::authorization, "Basic"), "Basic");
    EXPECT_EQ(shown(field::authorization, "Digest a=b , c = \"d\\\"e\",, f=\"\""), "Digest a=<> , c = <>,, f=<>");
    EXPECT_EQ(shown(field::authentication_info, "nextnonce=\"abc\", qop=auth,"), "nextnonce=<>, qop=<>,");
    EXPECT_EQ(shown(field::authorization, ""), "");
}

TEST(redaction, trusts_nothing_in_a_broken_value) {
    EXPECT_EQ(shown(field::authorization, "Basic user:secret"), "Basic <>");
    EXPECT_EQ(shown(field::authorization, "Basic c2VjcmV0, c2VjcmV0"), "Basic <>");
    EXPECT_EQ(shown(field::authorization, "Basic c2VjcmV0=c2VjcmV0=="), "Basic <>");
    EXPECT_EQ(shown(field::authorization, "secret:secret"), "<>");
    EXPECT_EQ(shown(field::authorization, "\"secret"), "<>");
    EXPECT_EQ(shown(field::authorization, "Digest a=b, secret"), "Digest a=<>, <>");
    EXPECT_EQ(shown(field::authorization, "Digest a=b, secret=\"secret"), "Digest a=<>, <>");
    EXPECT_EQ(shown(field::authorization, "Digest a=\"b\"secret"), "Digest a=<>");
    EXPECT_EQ(shown(field::authorization, "Digest a=b secret, c=d"), "Digest a=<> <>");
    EXPECT_EQ(shown(field::authentication_info, "secret"), "<>");
}

TEST(redaction, which_fields_are_secret) {
    EXPECT_FALSE(is_secret(field::www_authenticate));
    EXPECT_FALSE(is_secret(field::proxy_authenticate));
    EXPECT_TRUE(is_secret(field::authorization));
    EXPECT_TRUE(is_secret(field::proxy_authorization));
    EXPECT_TRUE(is_secret(field::authentication_info));
    EXPECT_TRUE(is_secret(field::proxy_authentication_info));
}

}  // namespace
