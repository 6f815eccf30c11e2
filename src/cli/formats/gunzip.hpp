#ifndef AUTHLINT_FORMATS_GUNZIP_HPP
#define AUTHLINT_FORMATS_GUNZIP_HPP

#include "formats/byte_source.hpp"

#include <memory>

namespace authlint {

/// Whether authlint was built with zlib.
[[nodiscard]] bool can_gunzip() noexcept;

/// What gzip data holds (RFC 1952): that of all its members, one after the other. Data that end early or are damaged give
/// what is before that, and a failure. Memory does not depend on their size. Only if can_gunzip().
[[nodiscard]] std::unique_ptr<byte_source> gunzip(std::unique_ptr<byte_source> source);

}  // namespace authlint

#endif
