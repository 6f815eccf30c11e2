#ifndef AUTHGRAMMAR_TESTS_GRAMMAR_ABNF_TEXT_HPP
#define AUTHGRAMMAR_TESTS_GRAMMAR_ABNF_TEXT_HPP

#include <string>
#include <string_view>
#include <vector>

namespace authgrammar::test {

/// A rule as it stands in an ABNF file: a line with a name at its begin and "=", and the indented lines after it.
struct abnf_rule {
    std::string name;
    std::string section;             ///< the last "; Section …" or "; Appendix …" above it, "Section 2.1"
    std::vector<std::string> lines;  ///< as they stand, without white space at their ends
};

/// The rules of grammar/abnf/FILE in order. Fails the test if there are none.
std::vector<abnf_rule> read_abnf(std::string_view file);

/// The lines of a file of the source tree, without white space at their ends. Fails the test if it cannot be read.
std::vector<std::string> read_lines(std::string_view path);

/// The pieces of `text` between any of `separators`, none of them empty.
std::vector<std::string> words(std::string_view text, std::string_view separators);

}  // namespace authgrammar::test

#endif
