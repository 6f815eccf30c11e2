#ifndef AUTHLINT_COMPLETION_SCRIPTS_HPP
#define AUTHLINT_COMPLETION_SCRIPTS_HPP

#include "shell/command_line.hpp"

#include <string>
#include <string_view>

namespace authlint {

/// Scripts that complete the words of the program's command line, for a shell to read.
[[nodiscard]] std::string bash_script(const command_description& program);
[[nodiscard]] std::string zsh_script(const command_description& program);
[[nodiscard]] std::string fish_script(const command_description& program);

/// The text in single quotes, as the shell reads it back: a quote in it is `escaped_quote`.
[[nodiscard]] std::string quoted(std::string_view text, std::string_view escaped_quote);

}  // namespace authlint

#endif
