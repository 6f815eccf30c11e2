#include "shell/known_names.hpp"

#include <authgrammar/field.hpp>
#include <authgrammar/schemes/scheme.hpp>

namespace authlint {

std::vector<std::string> known_fields() {
    std::vector<std::string> out;
    for (const authgrammar::field f : authgrammar::all_fields) out.emplace_back(name_of(f));
    return out;
}

std::vector<std::string> known_schemes() {
    std::vector<std::string> out;
    for (const authgrammar::schemes::scheme_description& scheme : authgrammar::schemes::all_schemes()) {
        out.emplace_back(scheme.name);
    }
    return out;
}

}  // namespace authlint
