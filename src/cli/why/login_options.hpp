#ifndef AUTHLINT_WHY_LOGIN_OPTIONS_HPP
#define AUTHLINT_WHY_LOGIN_OPTIONS_HPP

#include "shell/command_line.hpp"

#include <authgrammar/audit/why.hpp>

#include <optional>
#include <string>

namespace authlint {

/// Where a login comes from. A password or hash is never an argument: other users see those.
struct login_arguments {
    std::optional<std::string> user;
    std::optional<std::string> password_file;
    std::optional<std::string> password_variable;
    std::optional<std::string> hash_file;
    std::optional<std::string> hash_variable;
};

/// Adds the options to a command.
void add_login_options(const command& to, login_arguments& into);

/// Reads the login, or complains and answers nothing. A file may be "-", unless stdin has the messages. One line end at the end of a password is not part of it. A hash is 32
/// or 64 hexadecimal digits, or lines USER:REALM:HASH as htdigest writes them.
[[nodiscard]] std::optional<authgrammar::audit::known_login> read_login(const login_arguments& from,
                                                                        bool stdin_is_taken);

}  // namespace authlint

#endif
