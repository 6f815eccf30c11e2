#ifndef AUTHGRAMMAR_SCHEMES_EXT_VALUE_CHECK_HPP
#define AUTHGRAMMAR_SCHEMES_EXT_VALUE_CHECK_HPP

#include <authgrammar/schemes/error.hpp>
#include <authgrammar/text.hpp>

namespace authgrammar::schemes {

/// The error of a value that is not an ext-value in UTF-8, or no error. Linear.
[[nodiscard]] scheme_error check_ext_value(const text& value) noexcept;

}  // namespace authgrammar::schemes

#endif
