#ifndef AUTHLINT_COMMAND_LINE_HPP
#define AUTHLINT_COMMAND_LINE_HPP

#include <cstddef>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

// CLI11's headers take ten seconds in every source that includes them. Only command_line.cpp does.
namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace authlint {

/// What may stand where a command takes an argument, as far as that is known.
enum class argument_kind { none, anything, value, file, folder };

/// What shells complete an argument with.
struct completion {
    argument_kind kind = argument_kind::none;
    std::vector<std::string> values;  ///< for argument_kind::value
};

/// An option, or a positional argument.
struct option_description {
    std::vector<std::string> names;  ///< "--field", "-f"; none: positional
    std::string help;
    completion argument;
};

/// A command, or the program itself, with the commands below it.
struct command_description {
    std::string name;
    std::string help;
    std::vector<option_description> options;
    std::vector<command_description> commands;
};

struct command_line_state;

/// An option or positional argument of a command: a handle, valid as long as the command line.
class option {
public:
    option() = default;
    option(CLI::Option* implementation, completion* completed_with)
        : implementation_(implementation), completed_with_(completed_with) {}

    /// What the help shows in place of the argument; " " shows nothing.
    option placeholder(const std::string& text) const;
    /// The heading of the help under which the option is listed.
    option group(const std::string& heading) const;
    option required() const;

    /// What the argument must be; anything else ends the program with exit_unreadable.
    option one_of(const std::vector<std::string>& values) const;
    option between(std::size_t least, std::size_t most) const;
    option positive() const;
    option existing_directory() const;

    /// What shells complete the argument with; the program takes anything.
    option file() const;
    option suggest(const std::vector<std::string>& values) const;

    /// May be repeated, with one argument each time.
    option repeatable() const;

    /// Whether the command line has it.
    [[nodiscard]] bool given() const;
    /// Its arguments, exactly as they were given.
    [[nodiscard]] std::vector<std::string> arguments() const;

private:
    CLI::Option* implementation_ = nullptr;
    completion* completed_with_ = nullptr;
};

/// --format, and --json, which is short for --format json.
struct form_option {
    option format;
    option json;

    /// Whether the command line has either.
    [[nodiscard]] bool given() const { return format.given() || json.given(); }
};

/// A command, or the program itself: a handle, valid as long as the command line. What options are bound to has to
/// live until the action has run.
class command {
public:
    command(CLI::App* implementation, command_line_state* state) : implementation_(implementation), state_(state) {}

    command add_command(const std::string& name, const std::string& help) const;
    /// Exactly one of its commands has to be given.
    void require_command() const;

    /// `names` is "--long,-s", or the name of a positional argument. The target is set if the option is given.
    option add_flag(const std::string& names, bool& target, const std::string& help) const;
    option add_option(const std::string& names, std::string& target, const std::string& help) const;
    option add_option(const std::string& names, std::optional<std::string>& target, const std::string& help) const;
    option add_option(const std::string& names, std::optional<std::filesystem::path>& target,
                      const std::string& help) const;
    option add_option(const std::string& names, std::size_t& target, const std::string& help) const;
    option add_option(const std::string& names, std::optional<std::size_t>& target, const std::string& help) const;
    option add_option(const std::string& names, std::vector<std::string>& target, const std::string& help) const;
    option add_option(const std::string& names, const std::function<void(const std::string&)>& set,
                      const std::string& help) const;

    /// Adds --format with these forms, and --json; they exclude each other. `help` says what --format may be.
    form_option add_form(std::string& target, const std::vector<std::string>& forms, const std::string& help) const;

    /// The command with all that was added to it so far.
    [[nodiscard]] command_description description() const;

    /// What the command does; the answer is the exit code of the program.
    void action(const std::function<int()>& run) const;

private:
    CLI::App* implementation_;
    command_line_state* state_;
};

/// The command line of the program.
class command_line {
public:
    command_line(const std::string& name, const std::string& description, const std::string& version,
                 const std::string& footer);
    ~command_line();

    /// The program, for adding commands.
    [[nodiscard]] command program();

    /// Reads the arguments and runs the action of the command that they name. Answers the exit code: that of the
    /// action, or exit_unreadable where the arguments are wrong or the action throws.
    int run(int argc, const char* const* argv);

private:
    std::unique_ptr<CLI::App> app_;
    std::unique_ptr<command_line_state> state_;
};

}  // namespace authlint

#endif
