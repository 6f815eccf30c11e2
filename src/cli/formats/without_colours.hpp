#ifndef AUTHLINT_FORMATS_WITHOUT_COLOURS_HPP
#define AUTHLINT_FORMATS_WITHOUT_COLOURS_HPP

#include "formats/byte_source.hpp"

#include <memory>

namespace authlint {

/// The bytes of `source` without a terminal's control sequences and strings (ECMA-48, 5.4 and 5.6). Line ends stay.
[[nodiscard]] std::unique_ptr<byte_source> without_colours(std::unique_ptr<byte_source> source);

}  // namespace authlint

#endif
