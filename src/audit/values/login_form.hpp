#ifndef AUTHGRAMMAR_AUDIT_LOGIN_FORM_HPP
#define AUTHGRAMMAR_AUDIT_LOGIN_FORM_HPP

#include <string>
#include <string_view>

namespace authgrammar::audit {

/// Whether a body is a page of HTML with a form that asks for a password. A guess, made without an HTML parser: a tag
/// form, and behind it a tag input of type password. A body that is compressed is none. Linear.
[[nodiscard]] bool has_login_form(std::string_view body);

/// The same for a body that comes in pieces. Keeps about 1 KiB of it.
class login_form_search {
public:
    /// Takes the next piece.
    void take(std::string_view piece);

    /// Whether there is one, behind the last piece.
    [[nodiscard]] bool found() const;

private:
    bool in_form_ = false;
    bool found_ = false;
    std::string rest_;  // the end of what was taken, in which a tag may have begun
};

}  // namespace authgrammar::audit

#endif
