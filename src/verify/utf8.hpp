#ifndef AUTHGRAMMAR_VERIFY_UTF8_HPP
#define AUTHGRAMMAR_VERIFY_UTF8_HPP

#include <authgrammar/verify/precis.hpp>

#include <string_view>

namespace authgrammar::verify {

/// The error not_utf8 at the first byte of `text` that is not UTF-8, or no error. Linear; no allocation.
[[nodiscard]] precis_result check_utf8(std::string_view text) noexcept;

}  // namespace authgrammar::verify

#endif
