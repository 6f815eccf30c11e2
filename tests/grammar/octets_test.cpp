// Which octets the rules of one octet match, all 256 each. Compiled with signed and with unsigned char.

#include "match.hpp"

#include <authgrammar/grammar/rfc7230.hpp>
#include <authgrammar/grammar/rfc7235.hpp>

#include <gtest/gtest.h>

#include <string>

namespace authgrammar::test {
namespace {

using namespace grammar;

bool in_range(int o, int low, int high) { return low <= o && o <= high; }
bool is_one_of(int o, std::string_view text) {
    for (const char c : text) {
        if (static_cast<unsigned char>(c) == o) return true;
    }
    return false;
}
bool is_alnum(int o) { return in_range(o, 'a', 'z') || in_range(o, 'A', 'Z') || in_range(o, '0', '9'); }

template <typename Rule, typename Predicate>
void expect_octets(const std::string& before, Predicate holds, const std::string& after = "") {
    for (int o = 0; o < 256; ++o) {
        EXPECT_EQ(matches<Rule>(before + static_cast<char>(static_cast<unsigned char>(o)) + after), holds(o)) << o;
    }
}

TEST(octets, core_rules) {
    expect_octets<rfc5234::ALPHA>("", [](int o) { return in_range(o, 0x41, 0x5A) || in_range(o, 0x61, 0x7A); });
    expect_octets<rfc5234::BIT>("", [](int o) { return o == 0x30 || o == 0x31; });
    expect_octets<rfc5234::CHAR>("", [](int o) { return in_range(o, 0x01, 0x7F); });
    expect_octets<rfc5234::CR>("", [](int o) { return o == 0x0D; });
    expect_octets<rfc5234::CTL>("", [](int o) { return in_range(o, 0x00, 0x1F) || o == 0x7F; });
    expect_octets<rfc5234::DIGIT>("", [](int o) { return in_range(o, 0x30, 0x39); });
    expect_octets<rfc5234::DQUOTE>("", [](int o) { return o == 0x22; });
    expect_octets<rfc5234::HEXDIG>(
        "", [](int o) { return in_range(o, '0', '9') || in_range(o, 'A', 'F') || in_range(o, 'a', 'f'); });
    expect_octets<rfc5234::HTAB>("", [](int o) { return o == 0x09; });
    expect_octets<rfc5234::LF>("", [](int o) { return o == 0x0A; });
    expect_octets<rfc5234::LWSP>("", [](int o) { return o == 0x20 || o == 0x09; });
    expect_octets<rfc5234::OCTET>("", [](int) { return true; });
    expect_octets<rfc5234::SP>("", [](int o) { return o == 0x20; });
    expect_octets<rfc5234::VCHAR>("", [](int o) { return in_range(o, 0x21, 0x7E); });
    expect_octets<rfc5234::WSP>("", [](int o) { return o == 0x20 || o == 0x09; });
    EXPECT_TRUE(matches<rfc5234::CRLF>("\r\n"));
    EXPECT_FALSE(matches<rfc5234::CRLF>("\n\r"));
    EXPECT_TRUE(matches<rfc5234::LWSP>("\r\n \r\n\t"));
    EXPECT_FALSE(matches<rfc5234::LWSP>("\n "));
}

TEST(octets, components) {
    const auto is_tchar = [](int o) { return is_alnum(o) || is_one_of(o, "!#$%&'*+-.^_`|~"); };
    const auto is_token68 = [](int o) { return is_alnum(o) || is_one_of(o, "-._~+/"); };
    const auto is_obs_text = [](int o) { return in_range(o, 0x80, 0xFF); };
    const auto is_escaped = [&](int o) { return o == 0x09 || in_range(o, 0x20, 0x7E) || is_obs_text(o); };
    const auto is_qdtext = [&](int o) { return is_escaped(o) && o != '"' && o != '\\'; };
    expect_octets<rfc7230::tchar>("", is_tchar);
    expect_octets<rfc7230::token>("", is_tchar);
    expect_octets<rfc7235::auth_scheme>("", is_tchar);
    expect_octets<rfc7230::obs_text>("", is_obs_text);
    expect_octets<rfc7230::qdtext>("", is_qdtext);
    expect_octets<rfc7230::quoted_pair>("\\", is_escaped);
    expect_octets<rfc7230::quoted_string>("\"", is_qdtext, "\"");
    expect_octets<rfc7230::quoted_string>("\"\\", is_escaped, "\"");
    expect_octets<rfc7235::token68>("", is_token68);
    expect_octets<rfc7235::token68>("a", [&](int o) { return is_token68(o) || o == '='; });
    expect_octets<rfc7235::token68>("a=", [](int o) { return o == '='; });
    expect_octets<rfc7230::OWS>("", [](int o) { return o == 0x20 || o == 0x09; });
    expect_octets<rfc7230::BWS>("", [](int o) { return o == 0x20 || o == 0x09; });
    expect_octets<rfc7235::auth_param>("a", [](int) { return false; });
    expect_octets<rfc7235::auth_param>("a=", is_tchar);
}

TEST(octets, char_is_what_the_build_says) {
#ifdef AUTHGRAMMAR_TEST_UNSIGNED_CHAR
    EXPECT_GT(static_cast<char>(0xFF), 0);
#else
    EXPECT_LT(static_cast<char>(0xFF), 0);
#endif
}

}  // namespace
}  // namespace authgrammar::test
