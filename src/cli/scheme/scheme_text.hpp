#ifndef AUTHLINT_SCHEME_TEXT_HPP
#define AUTHLINT_SCHEME_TEXT_HPP

#include <authgrammar/schemes/scheme.hpp>

#include <string>
#include <string_view>

namespace authlint {

/// "either", "token" or "quoted".
[[nodiscard]] std::string_view form_name(authgrammar::param_form form) noexcept;
/// "challenge", "credentials" or "info".
[[nodiscard]] std::string_view kind_name(authgrammar::field_kind kind) noexcept;

/// The table, a line a scheme.
[[nodiscard]] std::string schemes_as_text();
/// All about one scheme.
[[nodiscard]] std::string scheme_as_text(const authgrammar::schemes::scheme_description& s);
/// docs/schemes.md.
[[nodiscard]] std::string schemes_as_markdown();

}  // namespace authlint

#endif
