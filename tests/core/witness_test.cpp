#include "../witness_table.hpp"
#include "support.hpp"

namespace authgrammar::test {
namespace {

void expect_verdicts(field f, std::string_view value, std::string_view verdicts) {
    for (const edition e : all_editions) {
        const bool valid = is_valid(verdicts, name_of(e));
        EXPECT_EQ(read(f, e, value).code == error_code::none, valid) << shown(f, e, value);

        // The one-shot entry point gives the same verdict.
        recorder events;
        parse_options options;
        options.language = e;
        EXPECT_EQ(parse(f, value, sink_for(events), options).has_value(), valid) << shown(f, e, value);
    }
}

TEST(Witness, Challenges) {
    for (const witness& w : witnesses) {
        expect_verdicts(field::www_authenticate, w.value, w.challenges);
        expect_verdicts(field::proxy_authenticate, w.value, w.challenges);
    }
}

TEST(Witness, Credentials) {
    for (const witness& w : witnesses) {
        expect_verdicts(field::authorization, w.value, w.credentials);
        expect_verdicts(field::proxy_authorization, w.value, w.credentials);
    }
}

TEST(Witness, Info) {
    for (const info_witness& w : info_witnesses) {
        expect_verdicts(field::authentication_info, w.value, w.info);
        expect_verdicts(field::proxy_authentication_info, w.value, w.info);
    }
}

/// Whether `c` is in a character rule of RFC 9110, written out octet by octet.
bool is_in(std::string_view listed, char c) { return listed.find(c) != std::string_view::npos; }

constexpr std::string_view alpha_digit = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

TEST(Witness, EveryOctetInEveryPlace) {
    for (int octet = 0; octet < 256; ++octet) {
        const char c = static_cast<char>(octet);
        const bool tchar = is_in(alpha_digit, c) || is_in("!#$%&'*+-.^_`|~", c);
        const bool token68 = is_in(alpha_digit, c) || is_in("-._~+/", c);
        const bool visible = octet >= 0x21 && octet <= 0x7E;
        const bool obs_text = octet >= 0x80;
        const bool quotable = c == '\t' || c == ' ' || visible || obs_text;
        const bool qdtext = quotable && c != '"' && c != '\\';
        for (const edition e : all_editions) {
            const auto accepts = [&](field f, std::string_view before, std::string_view after) {
                return read(f, e, std::string(before) + c + std::string(after)).code == error_code::none;
            };
            for (const field f : {field::www_authenticate, field::authorization}) {
                const bool separates = c == ',' && kind_of(f) == field_kind::challenges;
                EXPECT_EQ(accepts(f, "", " b=d"), tchar) << octet;
                EXPECT_EQ(accepts(f, "A", "A b=d"), tchar || separates) << octet;
                EXPECT_EQ(accepts(f, "A z", "/"), token68) << octet;
                EXPECT_EQ(accepts(f, "A z", "!=d"), tchar) << octet;
                EXPECT_EQ(accepts(f, "A b=z", "z"), tchar || separates) << octet;
                EXPECT_EQ(accepts(f, "A b=\"z", "\""), qdtext) << octet;
                EXPECT_EQ(accepts(f, "A b=\"\\", "z\""), quotable) << octet;
            }
            EXPECT_EQ(accepts(field::authentication_info, "", "=b"), tchar) << octet;
            EXPECT_EQ(accepts(field::authentication_info, "a=\"", "\""), qdtext) << octet;
            EXPECT_EQ(accepts(field::authentication_info, "a=\"\\", "\""), quotable) << octet;
        }
    }
}

}  // namespace
}  // namespace authgrammar::test
