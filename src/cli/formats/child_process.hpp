#ifndef AUTHLINT_FORMATS_CHILD_PROCESS_HPP
#define AUTHLINT_FORMATS_CHILD_PROCESS_HPP

#include "formats/byte_source.hpp"

#include <memory>
#include <string>
#include <vector>

namespace authlint {

/// What a program prints that reads `input` from its stdin. `arguments` begin with its name, which is looked for in PATH; no
/// shell is involved. Null if there is no such program. If it fails, the failure is its last line on stderr; if it neither
/// reads nor prints anything for a minute, it is ended, as it is when the source goes.
[[nodiscard]] std::unique_ptr<byte_source> run_filter(const std::vector<std::string>& arguments,
                                                      std::unique_ptr<byte_source> input);

}  // namespace authlint

#endif
