#ifndef AUTHLINT_SCHEME_SAMPLES_HPP
#define AUTHLINT_SCHEME_SAMPLES_HPP

#include "scheme/scheme_json.hpp"

#include <vector>

namespace authlint {

/// What the samples of a description break: the grammar of their fields, else the description itself. In the order of
/// the samples, and within one in that of the offsets. Views of `s` and of static storage.
[[nodiscard]] std::vector<scheme_finding> findings_in_samples(const authgrammar::schemes::scheme_description& s);

}  // namespace authlint

#endif
