#include "shell/command_line.hpp"

#include "commands.hpp"
#include "shell/terminal.hpp"

#include <CLI/CLI.hpp>

#include <exception>
#include <string_view>
#include <utility>

namespace authlint {

namespace {

/// CLI11 takes "[a,b]" for a list of two arguments where several are allowed. A field value may well look like
/// that, so such arguments go through it behind a byte that no argument begins with in earnest.
constexpr char guard = '\x1A';

std::vector<std::string> guarded(int argc, const char* const* argv) {
    std::vector<std::string> out;
    for (int i = argc - 1; i > 0; --i) {  // CLI11 wants them from last to first
        std::string argument = argv[i];
        const char first = argument.empty() ? '\0' : argument.front();
        if (first == guard || (first == '[' && argument.back() == ']')) argument.insert(0, 1, guard);
        out.push_back(std::move(argument));
    }
    return out;
}

/// The arguments that look like options, as far as that.
std::string unknown_options(int argc, const char* const* argv) {
    std::string out;
    for (int i = 1; i < argc; ++i) {
        const std::string_view argument = argv[i];
        if (argument.size() < 3 || argument.substr(0, 2) != "--") continue;
        const std::size_t name = argument.find_first_not_of("abcdefghijklmnopqrstuvwxyz-");
        if (name != std::string_view::npos && argument[name] != '=') continue;
        out += (out.empty() ? ", among " : " ") + std::string(argument.substr(0, name));
    }
    return out;
}

}  // namespace

option option::placeholder(const std::string& text) const { return option(implementation_->option_text(text)); }

option option::group(const std::string& heading) const { return option(implementation_->group(heading)); }

option option::required() const { return option(implementation_->required()); }

option option::one_of(const std::vector<std::string>& values) const {
    return option(implementation_->check(CLI::IsMember(values)));
}

option option::between(std::size_t least, std::size_t most) const {
    return option(implementation_->check(CLI::Range(least, most)));
}

option option::positive() const { return option(implementation_->check(CLI::PositiveNumber)); }

option option::existing_directory() const { return option(implementation_->check(CLI::ExistingDirectory)); }

option option::repeatable() const { return option(implementation_->allow_extra_args(false)); }

bool option::given() const { return implementation_->count() > 0; }

std::vector<std::string> option::arguments() const {
    std::vector<std::string> out = implementation_->results();
    for (std::string& argument : out) {
        if (!argument.empty() && argument.front() == guard) argument.erase(0, 1);
    }
    return out;
}

command command::add_command(const std::string& name, const std::string& help) const {
    return {implementation_->add_subcommand(name, help), result_};
}

void command::require_command() const { implementation_->require_subcommand(1); }

option command::add_flag(const std::string& names, bool& target, const std::string& help) const {
    return option(implementation_->add_flag(names, target, help));
}

option command::add_option(const std::string& names, std::string& target, const std::string& help) const {
    return option(implementation_->add_option(names, target, help));
}

option command::add_option(const std::string& names, std::optional<std::string>& target,
                           const std::string& help) const {
    return option(implementation_->add_option(names, target, help));
}

option command::add_option(const std::string& names, std::optional<std::filesystem::path>& target,
                           const std::string& help) const {
    return option(implementation_->add_option(names, target, help));
}

option command::add_option(const std::string& names, std::size_t& target, const std::string& help) const {
    return option(implementation_->add_option(names, target, help));
}

option command::add_option(const std::string& names, std::optional<std::size_t>& target,
                           const std::string& help) const {
    return option(implementation_->add_option(names, target, help));
}

option command::add_option(const std::string& names, std::vector<std::string>& target, const std::string& help) const {
    return option(implementation_->add_option(names, target, help));
}

option command::add_option(const std::string& names, const std::function<void(const std::string&)>& set,
                           const std::string& help) const {
    return option(implementation_->add_option_function<std::string>(names, set, help));
}

void command::action(const std::function<int()>& run) const {
    implementation_->callback([run, result = result_] { *result = run(); });
}

command_line::command_line(const std::string& name, const std::string& description, const std::string& version,
                           const std::string& footer)
    : app_(std::make_unique<CLI::App>(description, name)), result_(exit_clean) {
    app_->set_version_flag("--version", version);
    app_->set_help_flag("--help,-h", "print this help and exit");
    app_->footer(footer);
}

command_line::~command_line() = default;

command command_line::program() { return {app_.get(), &result_}; }

int command_line::run(int argc, const char* const* argv) {
    try {
        app_->parse(guarded(argc, argv));
    } catch (const CLI::ExtrasError&) {
        // CLI11 would print the arguments, which may well be credentials.
        complain("unexpected arguments" + unknown_options(argc, argv) + "; see authlint --help");
        return exit_unreadable;
    } catch (const CLI::ParseError& e) {
        // CLI11 has exit codes of its own for each kind of misuse; ours are fewer.
        return app_->exit(e) == 0 ? exit_clean : exit_unreadable;
    } catch (const std::exception& e) {
        complain(e.what());
        return exit_unreadable;
    }
    return result_;
}

}  // namespace authlint
