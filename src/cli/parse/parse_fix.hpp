#ifndef AUTHLINT_PARSE_FIX_HPP
#define AUTHLINT_PARSE_FIX_HPP

#include "parse/answer.hpp"

#include <authgrammar/audit/slip.hpp>

#include <string>
#include <vector>

namespace authlint {

/// The field lines of a question as they are written best, each without the slips that can be taken out of it without
/// changing its meaning.
struct fixed_question {
    std::vector<authgrammar::audit::corrected_value> corrections;  ///< of each line
    std::vector<std::string> lines;                                ///< each fixed, or as it was
    std::vector<bool> applied;                                     ///< of each line: whether its slips were taken out
    bool complete = true;                                          ///< nothing is left to be fixed
};
[[nodiscard]] fixed_question fix(const question& q);

/// Prints the lines on stdout, and what was fixed and what was not, and why, on stderr. Secrets are redacted unless
/// `reveal`. Answers the exit code.
[[nodiscard]] int answer_fixed(const question& q, bool reveal);

/// Appends `, "fix": {…}`.
void append_fix(std::string& out, const question& q, bool reveal);

}  // namespace authlint

#endif
