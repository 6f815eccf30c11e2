#include "completion/scripts.hpp"

#include <string>
#include <vector>

// bash hands over the words of the line, "=" being one of its own. The script follows the commands among them to the one
// that is in force, and asks two tables: what may follow an option of that command, and what may follow the command.

namespace authlint {

namespace {

std::string joined(const std::vector<std::string>& words) {
    std::string out;
    for (const std::string& word : words) out += (out.empty() ? "" : " ") + word;
    return out;
}

/// What sets COMPREPLY for an argument.
std::string reply(const completion& argument) {
    switch (argument.kind) {
        case argument_kind::value:
            return "mapfile -t COMPREPLY < <(compgen -W " + quoted(joined(argument.values), "'\\''") +
                   " -- \"$current\")";
        case argument_kind::file: return "mapfile -t COMPREPLY < <(compgen -f -- \"$current\")";
        case argument_kind::folder: return "mapfile -t COMPREPLY < <(compgen -d -- \"$current\")";
        case argument_kind::none:
        case argument_kind::anything: break;
    }
    return ":";
}

struct tables {
    std::string commands;   ///< patterns for "COMMAND WORD" where the word is a command of it
    std::string arguments;  ///< cases of "COMMAND OPTION"
    std::string words;      ///< cases of COMMAND
};

void add(const command_description& c, const std::string& path, tables& out) {
    std::vector<std::string> words;
    std::string positional = "";
    for (const option_description& o : c.options) {
        words.insert(words.end(), o.names.begin(), o.names.end());
        if (o.names.empty()) {
            if (o.argument.kind == argument_kind::value) {
                words.insert(words.end(), o.argument.values.begin(), o.argument.values.end());
            } else if (o.argument.kind == argument_kind::file) {
                positional = "            [[ $current == -* ]] || " + reply(o.argument) + "\n";
            }
            continue;
        }
        if (o.argument.kind == argument_kind::none) continue;
        std::string patterns;
        for (const std::string& name : o.names) {
            patterns += (patterns.empty() ? "" : " | ") + quoted(path + " " + name, "");
        }
        out.arguments += "        " + patterns + ") " + reply(o.argument) + "; return ;;\n";
    }
    for (const command_description& below : c.commands) {
        words.push_back(below.name);
        out.commands += (out.commands.empty() ? "" : " | ") + quoted(path + " " + below.name, "");
    }
    out.words += "        " + quoted(path, "") + ")\n            " + reply({argument_kind::value, words}) + "\n" +
                 positional + "            ;;\n";
    for (const command_description& below : c.commands) {
        add(below, path.empty() ? below.name : path + " " + below.name, out);
    }
}

}  // namespace

std::string bash_script(const command_description& program) {
    tables made;
    add(program, "", made);
    const std::string& name = program.name;
    return "# " + name + " for bash, as `" + name + " completion bash` prints it.\n\n_" + name + R"(() {
    local current=${COMP_WORDS[COMP_CWORD]} previous='' command='' i
    ((COMP_CWORD > 0)) && previous=${COMP_WORDS[COMP_CWORD - 1]}
    if [[ $current == = ]]; then
        current=''
    elif [[ $previous == = ]]; then
        previous=${COMP_WORDS[COMP_CWORD - 2]}
    fi
    for ((i = 1; i < COMP_CWORD; i++)); do
        case "$command ${COMP_WORDS[i]}" in
            )" +
           made.commands + R"() command=${command:+$command }${COMP_WORDS[i]} ;;
        esac
    done
    COMPREPLY=()
    case "$command $previous" in
)" + made.arguments +
           "    esac\n    case $command in\n" + made.words + "    esac\n}\n\ncomplete -o filenames -F _" + name + " " +
           name + "\n";
}

}  // namespace authlint
