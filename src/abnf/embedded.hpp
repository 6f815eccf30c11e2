#ifndef AUTHGRAMMAR_ABNF_EMBEDDED_HPP
#define AUTHGRAMMAR_ABNF_EMBEDDED_HPP

#include <string_view>
#include <vector>

namespace authgrammar::abnf {

struct embedded_file {
    std::string_view name;
    std::string_view text;
};

/// The files of grammar/abnf; the definition is generated when the library is built.
const std::vector<embedded_file>& embedded_files();

}  // namespace authgrammar::abnf

#endif
