#ifndef AUTHGRAMMAR_TESTS_GRAMMAR_HEADER_TEXT_HPP
#define AUTHGRAMMAR_TESTS_GRAMMAR_HEADER_TEXT_HPP

#include <string>
#include <string_view>
#include <vector>

namespace authgrammar::test {

/// A rule as its header documents it, in comment lines right above `struct NAME` or `using SOURCE::NAME`:
///
///     /// NAME = …                       the ABNF, as many lines as it has; or "helper: " and a sentence
///     ///
///     /// RFC 7235, Section 2.1          not for helpers
///     ///
///     /// Prose.                         if there is something to say
///     ///
///     /// deviations: D-01, D-02         if there are any; helpers have one at least
///     /// accepts: "…"                   one or more, with the escapes of C (\" \\ \t \r \n \xHH)
///     /// rejects: "…"
struct header_rule {
    std::string name;
    bool helper = false;
    std::vector<std::string> abnf;
    std::string reference;
    std::vector<std::string> deviations;
    std::vector<std::string> accepts;
    std::vector<std::string> rejects;
};

/// The rules of grammar/include/authgrammar/grammar/SOURCE.hpp in order. Fails the test for a struct without a
/// comment and for a comment that is not made like that.
std::vector<header_rule> read_header(std::string_view source);

/// The sources: the namespaces of the grammar, each with its header and ABNF file.
inline constexpr std::string_view sources[] = {
    "rfc5234", "rfc7230", "rfc7235", "rfc7615", "rfc9110", "rfc9110_recipient", "rfc2616", "rfc4648",
    "rfc6749", "rfc8187", "basic",   "bearer",  "digest",  "negotiate"};

/// The bytes that a quoted literal with C escapes stands for. Fails the test if it is none.
std::string unquote(std::string_view literal);

}  // namespace authgrammar::test

#endif
