#ifndef AUTHGRAMMAR_TESTS_WITNESS_TABLE_HPP
#define AUTHGRAMMAR_TESTS_WITNESS_TABLE_HPP

#include <array>
#include <cstddef>
#include <string_view>

// Verdicts worked out by hand from the RFCs, and never regenerated: the strings that tell the editions apart, and their
// neighbours. Each engine is held against them.
//
//                    first element and commas before it              the elements after it
// rfc7235            *( "," OWS ) e, or [ ( "," / e ) … ]             *( OWS "," [ OWS e ] )
// rfc9110_sender     [ e … ]                                         *( OWS "," OWS e )
// rfc9110_recipient  [ e ]                                           *( OWS "," OWS [ e ] )

namespace authgrammar::test {

/// The editions in the order of the verdicts.
inline constexpr std::array<std::string_view, 3> witness_editions{"rfc7235", "rfc9110-sender", "rfc9110-recipient"};

/// A value, and a letter for each edition: "Y" in the language, "." not.
struct witness {
    std::string_view value;
    std::string_view challenges;   ///< as WWW-Authenticate and Proxy-Authenticate
    std::string_view credentials;  ///< as Authorization and Proxy-Authorization
};

inline constexpr witness witnesses[] = {
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

/// The same for the -Info fields.
struct info_witness {
    std::string_view value;
    std::string_view info;
};

inline constexpr info_witness info_witnesses[] = {
    {"", "YYY"},           {",", "Y.Y"},           {",,", "Y.Y"},          {", ,", "Y.Y"},      {", ", "..Y"},
    {" ,", "..Y"},         {" ", "..."},           {"a=b", "YYY"},         {",a=b", "..Y"},     {", a=b", "..Y"},
    {",,a=b", "Y.Y"},      {", ,a=b", "Y.Y"},      {",\t, a=b", "Y.Y"},    {" ,a=b", "..Y"},    {" ,,a=b", "..Y"},
    {"a=b,", "Y.Y"},       {"a=b ,", "Y.Y"},       {"a=b, ", "..Y"},       {" a=b", "..."},     {"a=b ", "..."},
    {"a=b\t", "..."},      {"a=b,c=d", "YYY"},     {"a=b\t,\tc=d", "YYY"}, {"a=b,,c=d", "Y.Y"}, {"a=b, ,c=d", "Y.Y"},
    {"a = b", "YYY"},      {"a\t=\tb", "YYY"},     {"a=\"\"", "YYY"},      {"a=\"b\",", "Y.Y"}, {"a=", "..."},
    {"a==", "..."},        {"a", "..."},           {"a ", "..."},          {"=b", "..."},       {"a=b c=d", "..."},
    {"a=b;c=d", "..."},    {"a=b=c", "..."},       {"a/b=c", "..."},       {"a=b/c", "..."},    {"a=\"b\"c", "..."},
    {"a=b,c=\"\"", "YYY"}, {"a=b ,\tc =d", "YYY"}, {"a=b,c", "..."},       {"A b=c", "..."},    {"a=\"b", "..."},
};

/// Whether the verdicts say that the value is in the language of the edition.
[[nodiscard]] constexpr bool is_valid(std::string_view verdicts, std::string_view edition) noexcept {
    std::size_t column = 0;
    while (witness_editions[column] != edition) ++column;
    return verdicts[column] == 'Y';
}

}  // namespace authgrammar::test

#endif
