// Verdicts worked out by hand from the ABNF: the strings that tell the editions apart, and their neighbours.
//
//                    first element and commas before it              the elements after it
// rfc7235            *( "," OWS ) e, or [ ( "," / e ) … ]             *( OWS "," [ OWS e ] )
// rfc9110_sender     [ e … ]                                         *( OWS "," OWS e )
// rfc9110_recipient  [ e ]                                           *( OWS "," OWS [ e ] )

#include "support.hpp"

namespace authgrammar::test {
namespace {

/// One letter an edition, in the order rfc7235, rfc9110_sender, rfc9110_recipient: "Y" in the language, "." not.
struct witness {
    std::string_view value;
    std::string_view challenges;
    std::string_view credentials;
};

constexpr witness witnesses[] = {
    {"", ".YY", "..."},
    {",", "..Y", "..."},
    {", ,", "..Y", "..."},
    {" A", "...", "..."},
    {"A\t", "...", "..."},
    {"A b=c ", "...", "..."},
    {"A", "YYY", "YYY"},
    {"A ", "YYY", "YYY"},
    {"A,", "Y.Y", "..."},
    {"A\t,", "Y.Y", "..."},
    {"A ,", "Y.Y", "Y.Y"},
    {"A \t,", "Y.Y", "..Y"},
    {"A, ", "..Y", "..."},
    {" ,A", "..Y", "..."},
    {",A", "Y.Y", "..."},
    {"A ,b=c", "..Y", "..Y"},
    {"A ,,b=c", "Y.Y", "Y.Y"},
    {"A \t,,b=c", "..Y", "..Y"},
    {"A,b=c", "...", "..."},
    {"A b=c,", "Y.Y", "Y.Y"},
    {"A b=c, ", "..Y", "..Y"},
    {"A b=c,,B", "Y.Y", "..."},
    {"A b=c , B d", "YYY", "..."},
    {"A b=c,B =d", "YYY", "YYY"},
    {"A b=", "YYY", "YYY"},
    {"A b==", "YYY", "YYY"},
    {"A b= ,C", "YYY", "..."},
    {"A b=, c=d", "...", "..."},
    {"A b, c=d", "...", "..."},
    {"A b c=d", "...", "..."},
    {"A b/c=d", "...", "..."},
    {"A b=c d=e", "...", "..."},
    {"A =", "...", "..."},
    {"A\tb=c", "...", "..."},
    {"A \tb=c", "...", "..."},
    {"A  b=c", "YYY", "YYY"},
    {"A b = c", "YYY", "YYY"},
    {"A b=\"\x80\"", "YYY", "YYY"},
    {"A b=\x80", "...", "..."},
    {"A b=\"\x7f\"", "...", "..."},
    {"A b=\"\"c=\"\"", "...", "..."},

    // What lies beside them.
    {"A ,B", "YYY", "..."},
    {"A ,,B", "Y.Y", "..."},
    {"A , ,b=c", "Y.Y", "Y.Y"},
    {"A ,\t,b=c", "Y.Y", "Y.Y"},
    {"A , b=c", "..Y", "..Y"},
    {"A , ", "..Y", "..Y"},
    {"A ,,", "Y.Y", "Y.Y"},
    {"A b=c,B ,d=e", "..Y", "..."},
    {"A b=c,B ,,d=e", "Y.Y", "..."},
    {"A b=c,B\t=d", "YYY", "YYY"},
    {"A b=c,B\t,C", "YYY", "..."},
    {"A b=c,B\tC", "...", "..."},
    {"A b=c,B \t,d=e", "..Y", "..."},
    {"A b ,C", "YYY", "..."},
    {"A b\t,C", "YYY", "..."},
    {"A b =,C", "...", "..."},
    {"A b==,C", "YYY", "..."},
    {"A b=\t\"c\"", "YYY", "YYY"},
    {"A b==c", "...", "..."},
    {"A /", "YYY", "YYY"},
    {"A b!", "...", "..."},
    {"A b!=c", "YYY", "YYY"},
    {"A b=\"\\\"\"", "YYY", "YYY"},
    {"A b=\"\\\"", "...", "..."},
    {", , A", "Y.Y", "..."},
    {",\tA", "Y.Y", "..."},
    {"A,,B", "Y.Y", "..."},
    {"A,\t,B", "Y.Y", "..."},
    {"A\t,\tB", "YYY", "..."},
    {"A,B", "YYY", "..."},
    {"A  ", "YYY", "YYY"},
    {" ", "...", "..."},
    {"\t,", "..Y", "..."},
};

/// The same for `#auth-param` alone.
struct info_witness {
    std::string_view value;
    std::string_view info;
};

constexpr info_witness info_witnesses[] = {
    {"", "YYY"},        {",", "Y.Y"},       {",,", "Y.Y"},          {", ,", "Y.Y"},      {", ", "..Y"},
    {" ,", "..Y"},      {" ", "..."},       {"a=b", "YYY"},         {",a=b", "..Y"},     {", a=b", "..Y"},
    {",,a=b", "Y.Y"},   {", ,a=b", "Y.Y"},  {",\t, a=b", "Y.Y"},    {" ,a=b", "..Y"},    {" ,,a=b", "..Y"},
    {"a=b,", "Y.Y"},    {"a=b ,", "Y.Y"},   {"a=b, ", "..Y"},       {" a=b", "..."},     {"a=b ", "..."},
    {"a=b\t", "..."},   {"a=b,c=d", "YYY"}, {"a=b\t,\tc=d", "YYY"}, {"a=b,,c=d", "Y.Y"}, {"a=b, ,c=d", "Y.Y"},
    {"a = b", "YYY"},   {"a\t=\tb", "YYY"}, {"a=\"\"", "YYY"},      {"a=\"b\",", "Y.Y"}, {"a=", "..."},
    {"a==", "..."},     {"a", "..."},       {"a ", "..."},          {"=b", "..."},       {"a=b c=d", "..."},
    {"a=b;c=d", "..."}, {"a=b=c", "..."},   {"a/b=c", "..."},       {"a=b/c", "..."},    {"a=\"b\"c", "..."},
    {"a=b,c", "..."},   {"A b=c", "..."},   {"a=\"b", "..."},
};

void expect_verdicts(field f, std::string_view value, std::string_view verdicts) {
    constexpr std::array<edition, 3> order{c7235, s9110, r9110};
    for (std::size_t i = 0; i < order.size(); ++i) {
        const reading r = read(f, order[i], value);
        EXPECT_EQ(r.code == error_code::none, verdicts[i] == 'Y') << shown(f, order[i], value);

        // The one-shot entry point gives the same verdict.
        recorder events;
        parse_options options;
        options.language = order[i];
        EXPECT_EQ(parse(f, value, sink_for(events), options).has_value(), verdicts[i] == 'Y')
            << shown(f, order[i], value);
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
