#include "completion/scripts.hpp"

#include <string>

namespace authlint {

namespace {

/// For the text of a specification of _arguments and _describe, where brackets and colons have a meaning.
std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '[' || c == ']' || c == ':' || c == '\\') out += '\\';
        out += c;
    }
    return out;
}

std::string in_quotes(std::string_view text) { return quoted(text, "'\\''"); }

/// What completes an argument, as the last part of a specification.
std::string action(const completion& argument) {
    switch (argument.kind) {
        case argument_kind::file: return "_files";
        case argument_kind::folder: return "_files -/";
        case argument_kind::none:
        case argument_kind::anything: return " ";
        case argument_kind::value: break;
    }
    std::string out = "(";
    for (const std::string& value : argument.values) out += (out.size() == 1 ? "" : " ") + escaped(value);
    return out + ")";
}

std::string specification(const option_description& o) {
    const std::string help = escaped(o.help);
    if (o.names.empty()) return in_quotes("*:" + help + ":" + action(o.argument));
    std::string rest = "[" + help + "]";
    if (o.argument.kind != argument_kind::none) rest += ": :" + action(o.argument);
    // One after the other; any of them may be repeated, since the program says whether it takes that.
    std::string out;
    for (const std::string& name : o.names) {
        // "--option VALUE" and "--option=VALUE"
        const bool both = name.size() > 2 && o.argument.kind != argument_kind::none;
        out += (out.empty() ? "" : " ") + in_quotes("*" + name + (both ? "=" : "") + rest);
    }
    return out;
}

/// The function that completes what follows the command, and those of the commands below it.
void add(const command_description& c, const std::string& function, std::string& out) {
    out += "\n" + function + "() {\n    ";
    if (!c.commands.empty()) out += "local state line\n    typeset -A opt_args\n    ";
    out += "_arguments -s" + std::string(c.commands.empty() ? "" : " -C");
    for (const option_description& o : c.options) out += " \\\n        " + specification(o);
    if (!c.commands.empty()) {
        out +=
            " \\\n        '1: :->command' '*:: :->arguments'\n    case $state in\n        command)\n"
            "            local -a commands=(";
        for (const command_description& below : c.commands) {
            out += "\n                " + in_quotes(below.name + ":" + escaped(below.help));
        }
        out +=
            ")\n            _describe command commands\n            ;;\n        arguments)\n            case $words[1] "
            "in\n";
        for (const command_description& below : c.commands) {
            out += "                " + below.name + ") " + function + "_" + below.name + " ;;\n";
        }
        out += "            esac\n            ;;\n    esac";
    }
    out += "\n}\n";
    for (const command_description& below : c.commands) add(below, function + "_" + below.name, out);
}

}  // namespace

std::string zsh_script(const command_description& program) {
    const std::string& name = program.name;
    std::string out = "#compdef " + name + "\n# As `" + name + " completion zsh` prints it.\n";
    add(program, "_" + name, out);
    // Read when it is wanted, it is the function; read at the start, it is to be registered.
    return out + "\nif [[ $zsh_eval_context[-1] == loadautofunc ]]; then\n    _" + name +
           " \"$@\"\nelse\n    compdef _" + name + " " + name + "\nfi\n";
}

}  // namespace authlint
