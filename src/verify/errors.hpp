#ifndef AUTHGRAMMAR_VERIFY_ERRORS_HPP
#define AUTHGRAMMAR_VERIFY_ERRORS_HPP

#include <authgrammar/verify/error.hpp>

#include <cstddef>

namespace authgrammar::verify {

/// An error with all that is said of its code.
[[nodiscard]] verify_error make_error(verify_code code, std::size_t offset) noexcept;

/// The error of a username or password in Unicode: too_long if it is that, else `unfit`. Where a rule of a profile is broken,
/// section and expected are those of the rule.
[[nodiscard]] verify_error make_error(verify_code unfit, const precis_result& why, std::size_t offset) noexcept;

/// The error of a value that is not of its scheme.
[[nodiscard]] verify_error make_error(const schemes::scheme_error& scheme) noexcept;

}  // namespace authgrammar::verify

#endif
