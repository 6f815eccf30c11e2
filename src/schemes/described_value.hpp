#ifndef AUTHGRAMMAR_SCHEMES_DESCRIBED_VALUE_HPP
#define AUTHGRAMMAR_SCHEMES_DESCRIBED_VALUE_HPP

#include <authgrammar/schemes/error.hpp>
#include <authgrammar/schemes/scheme.hpp>
#include <authgrammar/text.hpp>

namespace authgrammar::schemes {

/// The error of a value that is not what `p` says of it, or no error. Linear.
[[nodiscard]] scheme_error check_described_value(const parameter_description& p, const text& value) noexcept;

}  // namespace authgrammar::schemes

#endif
