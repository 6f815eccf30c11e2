#ifndef AUTHGRAMMAR_SCHEMES_GRAMMAR_FAULT_HPP
#define AUTHGRAMMAR_SCHEMES_GRAMMAR_FAULT_HPP

#include <authgrammar/challenge.hpp>
#include <authgrammar/error.hpp>

#include <string_view>

#include "fault.hpp"

namespace authgrammar::schemes {

/// The error of a field value that is not in the grammar of its field.
[[nodiscard]] AUTHGRAMMAR_COLD scheme_error grammar_fault(const error& e) noexcept;

/// Why one line was not read as credentials of `scheme` with a token68, by the error of reading it with room for the four
/// events of such credentials. `broken` requires the token68, `expected` names it.
[[nodiscard]] AUTHGRAMMAR_COLD scheme_error unread_token68(std::string_view line, const error& e,
                                                           std::string_view scheme, rule broken,
                                                           std::string_view expected) noexcept;

/// The same for credentials that were read, but are of another scheme or have no token68.
[[nodiscard]] AUTHGRAMMAR_COLD scheme_error no_token68(const credentials& read, std::string_view scheme, rule broken,
                                                       std::string_view expected) noexcept;

}  // namespace authgrammar::schemes

#endif
