#ifndef AUTHGRAMMAR_SCHEMES_DESCRIBED_VALUE_HPP
#define AUTHGRAMMAR_SCHEMES_DESCRIBED_VALUE_HPP

#include <authgrammar/schemes/error.hpp>
#include <authgrammar/schemes/scheme.hpp>
#include <authgrammar/text.hpp>

namespace authgrammar::schemes {

/// The error of a value that is not what `p` says of it, or no error. What it needed of `allowed` is added to `used`. Linear.
[[nodiscard]] scheme_error check_described_value(const parameter_description& p, const text& value, tolerances allowed,
                                                 tolerances& used) noexcept;

}  // namespace authgrammar::schemes

#endif
