#include "values/utf8.hpp"
#include "why/altered.hpp"
#include "why/attempt.hpp"
#include "why/gss_token.hpp"
#include "why/json_web_token.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

namespace authgrammar::audit {
namespace {

std::optional<std::int64_t> date(const std::string& value) {
    return date_of(read_messages("HTTP/1.1 401 X\r\nDate: " + value + "\r\n\r\n").front());
}

TEST(why_times, dates_are_read) {
    EXPECT_EQ(date("Thu, 01 Jan 1970 00:00:00 GMT"), 0);
    EXPECT_EQ(date("Sun, 06 Nov 1994 08:49:37 GMT"), 784111777);
    EXPECT_EQ(date("Thu, 29 Feb 2024 23:59:59 GMT"), 1709251199);
    EXPECT_EQ(date("Wed, 31 Dec 1969 23:59:59 GMT"), -1);
    for (const char* none : {"", "now", "Sun, 06 Nov 1994 08:49:37 CE", "Sun, 0x Nov 1994 08:49:37 GMT",
                             "Sun, 06 nov 1994 08:49:37 GMT", "Sun, 06 anF 1994 08:49:37 GMT"}) {
        EXPECT_EQ(date(none), std::nullopt) << none;
    }
}

TEST(why_times, times_are_shown) {
    EXPECT_EQ(shown_time(0), "1970-01-01T00:00:00Z");
    EXPECT_EQ(shown_time(-1), "1969-12-31T23:59:59Z");
    EXPECT_EQ(shown_time(1709251199), "2024-02-29T23:59:59Z");
    EXPECT_EQ(shown_time(-62135596800), "0001-01-01T00:00:00Z");
    EXPECT_EQ(shown_time(253402300799), "9999-12-31T23:59:59Z");
    EXPECT_EQ(shown_time(253402300800), "a time out of range");
    EXPECT_EQ(shown_time(INT64_MIN), "a time out of range");
}

TEST(why_tokens, forms_are_told_apart) {
    const std::string header = "eyJhbGciOiJSUzI1NiJ9";  // {"alg":"RS256"}
    const std::string claims = "eyJleHAiOjF9";          // {"exp":1}
    EXPECT_EQ(read_token("x").form, token_form::opaque);
    EXPECT_EQ(read_token("").form, token_form::opaque);
    EXPECT_EQ(read_token(header + "." + claims + ".c2ln").form, token_form::signed_);
    EXPECT_EQ(read_token(header + "." + claims + ".c2ln").expires, 1);
    EXPECT_EQ(read_token(header + "." + claims).form, token_form::broken);
    EXPECT_EQ(read_token(header + "." + claims + ".").form, token_form::broken);
    EXPECT_EQ(read_token("eyJhbGciOiJub25lIn0." + claims + ".").form, token_form::signed_)
        << "alg none has no signature";
    EXPECT_EQ(read_token(header + "." + claims.substr(0, 5) + ".c2ln").form, token_form::broken);
    EXPECT_EQ(read_token(header + ".a.b.c.d").form, token_form::encrypted);
    EXPECT_EQ(read_token("eyJ").form, token_form::broken);
    EXPECT_EQ(read_token("......").form, token_form::opaque);
    // {"exp":1e300,"nbf":"x","iat":-2.5,"aud":[1,"a"],"scope":" b  c "}
    const token_claims odd = read_token(
        header + ".eyJleHAiOjFlMzAwLCJuYmYiOiJ4IiwiaWF0IjotMi41LCJhdWQiOlsxLCJhIl0sInNjb3BlIjoiIGIgIGMgIn0.c2ln");
    EXPECT_EQ(odd.form, token_form::signed_);
    EXPECT_EQ(odd.expires, std::nullopt);
    EXPECT_EQ(odd.not_before, std::nullopt);
    EXPECT_EQ(odd.issued, -3);
    EXPECT_EQ(odd.audience, std::vector<std::string>{"a"});
    EXPECT_EQ(odd.scopes, (std::vector<std::string>{"b", "c"}));
    EXPECT_EQ(read_token(header + "." + std::string(200000, 'W') + ".c2ln").form, token_form::broken)
        << "[[[[ and so on";
}

TEST(why_tokens, der_is_read_no_further_than_it_is_right) {
    // KRB-ERROR with error-code 37, in the frame of RFC 4121.
    const std::string error("\x7e\x0a\x30\x08\xa6\x03\x02\x01\x25\xa9\x01\x00", 12);
    EXPECT_EQ(read_gss_token(error).kerberos_error, 37);
    for (std::size_t cut = 0; cut < error.size(); ++cut)
        EXPECT_EQ(read_gss_token(error.substr(0, cut)).kerberos_error, std::nullopt);
    for (const char* odd :
         {"\x60\x80", "\x60\x84\xff\xff\xff\xff", "\x60\x85\x01\x01\x01\x01\x01", "\xa1\x02\x30\x05", "\x60"}) {
        const gss_facts facts = read_gss_token(odd);
        EXPECT_FALSE(facts.kerberos || facts.ntlm || facts.rejected);
    }
    EXPECT_TRUE(read_gss_token(std::string("NTLMSSP\0\1\0\0\0", 12)).ntlm);
    EXPECT_FALSE(read_gss_token("NTLMSSP").ntlm);
    EXPECT_TRUE(read_gss_token(std::string("\xa1\x07\x30\x05\xa0\x03\x0a\x01\x02", 9)).rejected);
}

TEST(why_alterations, each_is_another_text) {
    for (const char* secret : {"", "p", "pä$s \"w\\ord\"%41+", "\xff\xfe", "ALL"}) {
        for (const altered_secret& a : alterations_of(secret)) {
            EXPECT_NE(a.text.bytes(), secret) << a.what;
            EXPECT_FALSE(a.what.empty());
        }
    }
    const auto has = [](std::string_view secret, std::string_view altered) {
        const auto all = alterations_of(secret);
        return std::any_of(all.begin(), all.end(), [&](const altered_secret& a) { return a.text.bytes() == altered; });
    };
    EXPECT_TRUE(has("p\xC3\xA4ss", "p\xE4ss"));
    EXPECT_TRUE(has("p\xC3\xA4ss", "p\xC3\x83\xC2\xA4ss"));
    EXPECT_TRUE(has("a b&c", "a%20b%26c"));
    EXPECT_TRUE(has("a%20b", "a b"));
    EXPECT_TRUE(has("a$HOME", "a"));
}

TEST(why_alterations, utf8_is_told) {
    EXPECT_TRUE(is_utf8(""));
    EXPECT_TRUE(is_utf8("a\xC3\xA4\xE2\x82\xAC\xF0\x9F\x98\x80"));
    for (const char* none : {"\x80", "\xC3", "\xC0\x80", "\xC1\xBF", "\xE0\x80\x80", "\xED\xA0\x80", "\xF0\x80\x80\x80",
                             "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFF"}) {
        EXPECT_FALSE(is_utf8(none));
    }
}

}  // namespace
}  // namespace authgrammar::audit
