#include "completion/scripts.hpp"

#include <string>

namespace authlint {

namespace {

std::string in_quotes(std::string_view text) { return quoted(text, "\\'"); }

/// The flags of `complete` for what an option or an argument takes.
std::string taking(const completion& argument, bool positional) {
    const std::string requires_argument = positional ? "" : " -r";
    switch (argument.kind) {
        case argument_kind::none: return "";
        case argument_kind::file: return requires_argument + " -F";
        case argument_kind::folder: return requires_argument + " -f -a '(__fish_complete_directories)'";
        case argument_kind::anything: return requires_argument + " -f";
        case argument_kind::value: break;
    }
    std::string values;
    for (const std::string& value : argument.values) values += (values.empty() ? "" : " ") + value;
    return requires_argument + " -f -a " + in_quotes(values);
}

/// `condition` holds where the command is in force.
void add(const command_description& c, const std::string& program, const std::string& condition, std::string& out) {
    std::string names;
    for (const command_description& below : c.commands) names += " " + below.name;
    const std::string here = names.empty() ? condition : condition + "; and not __fish_seen_subcommand_from" + names;
    const std::string begin = "complete -c " + program + " -n " + in_quotes(here);
    for (const command_description& below : c.commands) {
        out += begin + " -f -a " + below.name + " -d " + in_quotes(below.help) + "\n";
    }
    for (const option_description& o : c.options) {
        std::string line = begin;
        for (const std::string& name : o.names) {
            line += name[1] == '-' ? " -l " + name.substr(2) : " -s " + name.substr(1);
        }
        out += line + taking(o.argument, o.names.empty()) + " -d " + in_quotes(o.help) + "\n";
    }
    for (const command_description& below : c.commands) {
        add(below, program, condition + "; and __fish_seen_subcommand_from " + below.name, out);
    }
}

}  // namespace

std::string fish_script(const command_description& program) {
    const std::string& name = program.name;
    std::string out =
        "# " + name + " for fish, as `" + name + " completion fish` prints it.\n\ncomplete -c " + name + " -f\n";
    add(program, name, "true", out);
    return out;
}

}  // namespace authlint
