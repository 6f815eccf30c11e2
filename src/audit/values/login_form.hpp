#ifndef AUTHGRAMMAR_AUDIT_LOGIN_FORM_HPP
#define AUTHGRAMMAR_AUDIT_LOGIN_FORM_HPP

#include <string_view>

namespace authgrammar::audit {

/// Whether a body is a page of HTML with a form that asks for a password. A guess, made without an HTML parser: a tag
/// form, and behind it a tag input of type password. A body that is compressed is none. Linear.
[[nodiscard]] bool has_login_form(std::string_view body) noexcept;

}  // namespace authgrammar::audit

#endif
