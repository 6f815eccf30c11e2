#include "commands.hpp"

#include "completion/scripts.hpp"
#include "shell/terminal.hpp"

#include <memory>

namespace authlint {

std::string quoted(std::string_view text, std::string_view escaped_quote) {
    std::string out = "'";
    for (const char c : text) {
        if (c == '\'') {
            out += escaped_quote;
        } else {
            out += c;
        }
    }
    return out + "'";
}

void add_completion(const command& program) {
    const command sub = program.add_command("completion", "print the script that completes authlint in a shell");
    auto shell = std::make_shared<std::string>();
    sub.add_option("SHELL", *shell, "bash, zsh or fish").placeholder(" ").required().one_of({"bash", "zsh", "fish"});
    sub.action([program, shell] {
        const command_description described = program.description();
        print(*shell == "bash"  ? bash_script(described)
              : *shell == "zsh" ? zsh_script(described)
                                : fish_script(described));
        return exit_clean;
    });
}

}  // namespace authlint
