#ifndef AUTHLINT_EMBEDDED_GRAMMAR_HPP
#define AUTHLINT_EMBEDDED_GRAMMAR_HPP

#include <string_view>
#include <vector>

namespace authlint {

struct embedded_text {
    std::string_view name;  ///< of the file, without folders
    std::string_view text;
};

/// The headers of the PEGTL grammar, deviations.md and requirements.tsv; the definition is generated when the program is built.
const std::vector<embedded_text>& embedded_grammar();

}  // namespace authlint

#endif
