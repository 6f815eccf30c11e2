#ifndef AUTHLINT_LINT_LINT_INPUTS_HPP
#define AUTHLINT_LINT_LINT_INPUTS_HPP

#include <string>
#include <vector>

namespace authlint {

/// What is to be read.
struct lint_inputs {
    std::vector<std::string> paths;  ///< of files, in the order in which they are read
    bool complete = true;            ///< every folder could be listed
};

/// The files that `given` names. With `recursive`, those below its folders as well, by name, without following links to
/// folders; stderr names what is left out: names that begin with a dot, what is no file, and what cannot be listed.
[[nodiscard]] lint_inputs inputs_of(const std::vector<std::string>& given, bool recursive);

}  // namespace authlint

#endif
