#ifndef AUTHGRAMMAR_TESTS_PROOFS_VECTORS_HPP
#define AUTHGRAMMAR_TESTS_PROOFS_VECTORS_HPP

#include <string>
#include <vector>

namespace authgrammar::proofs {

/// A value and whether it is in a language.
struct verdict {
    std::string value;
    bool valid;
};

/// What a vector says of one field in one edition. Of several lines the value is the non-empty ones, joined by ", ".
struct vector_case {
    std::string field;
    std::string edition;
    bool generated;  ///< made by a command, and not written by hand
    verdict says;
};

/// All vectors of a folder. Throws if a file cannot be read or there is none.
std::vector<vector_case> load_vectors(const std::string& folder);

}  // namespace authgrammar::proofs

#endif
