#include "shell/command_line.hpp"

#include "commands.hpp"
#include "shell/terminal.hpp"

#include <CLI/CLI.hpp>

#include <exception>
#include <map>
#include <string_view>
#include <utility>

namespace authlint {

/// What CLI11 does not keep: the exit code of the action, and what arguments are completed with.
struct command_line_state {
    int result = exit_clean;
    std::map<const CLI::Option*, completion> completions;

    /// The handle of an option that was just added, which takes an argument unless it is a flag.
    option added(CLI::Option* o) {
        completion& with = completions[o];
        if (o->get_items_expected_max() != 0) with.kind = argument_kind::anything;
        return {o, &with};
    }
};

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

option option::placeholder(const std::string& text) const {
    return {implementation_->option_text(text), completed_with_};
}

option option::group(const std::string& heading) const { return {implementation_->group(heading), completed_with_}; }

option option::required() const { return {implementation_->required(), completed_with_}; }

option option::one_of(const std::vector<std::string>& values) const {
    implementation_->check(CLI::IsMember(values));
    return suggest(values);
}

option option::between(std::size_t least, std::size_t most) const {
    return {implementation_->check(CLI::Range(least, most)), completed_with_};
}

option option::positive() const { return {implementation_->check(CLI::PositiveNumber), completed_with_}; }

option option::existing_directory() const {
    *completed_with_ = {argument_kind::folder, {}};
    return {implementation_->check(CLI::ExistingDirectory), completed_with_};
}

option option::file() const {
    *completed_with_ = {argument_kind::file, {}};
    return *this;
}

option option::suggest(const std::vector<std::string>& values) const {
    *completed_with_ = {argument_kind::value, values};
    return *this;
}

option option::repeatable() const { return {implementation_->allow_extra_args(false), completed_with_}; }

bool option::given() const { return implementation_->count() > 0; }

std::vector<std::string> option::arguments() const {
    std::vector<std::string> out = implementation_->results();
    for (std::string& argument : out) {
        if (!argument.empty() && argument.front() == guard) argument.erase(0, 1);
    }
    return out;
}

command command::add_command(const std::string& name, const std::string& help) const {
    return {implementation_->add_subcommand(name, help), state_};
}

void command::require_command() const { implementation_->require_subcommand(1); }

option command::add_flag(const std::string& names, bool& target, const std::string& help) const {
    return state_->added(implementation_->add_flag(names, target, help));
}

option command::add_option(const std::string& names, std::string& target, const std::string& help) const {
    return state_->added(implementation_->add_option(names, target, help));
}

option command::add_option(const std::string& names, std::optional<std::string>& target,
                           const std::string& help) const {
    return state_->added(implementation_->add_option(names, target, help));
}

option command::add_option(const std::string& names, std::optional<std::filesystem::path>& target,
                           const std::string& help) const {
    return state_->added(implementation_->add_option(names, target, help));
}

option command::add_option(const std::string& names, std::size_t& target, const std::string& help) const {
    return state_->added(implementation_->add_option(names, target, help));
}

option command::add_option(const std::string& names, std::optional<std::size_t>& target,
                           const std::string& help) const {
    return state_->added(implementation_->add_option(names, target, help));
}

option command::add_option(const std::string& names, std::vector<std::string>& target, const std::string& help) const {
    return state_->added(implementation_->add_option(names, target, help));
}

option command::add_option(const std::string& names, const std::function<void(const std::string&)>& set,
                           const std::string& help) const {
    return state_->added(implementation_->add_option_function<std::string>(names, set, help));
}

form_option command::add_form(std::string& target, const std::vector<std::string>& forms,
                              const std::string& help) const {
    const form_option out{add_option("--format", target, help).placeholder("FORMAT").one_of(forms),
                          state_->added(implementation_->add_flag_callback(
                              "--json", [&target] { target = "json"; }, "the same as --format json"))};
    implementation_->get_option("--json")->excludes(implementation_->get_option("--format"));
    return out;
}

void command::action(const std::function<int()>& run) const {
    implementation_->callback([run, state = state_] { state->result = run(); });
}

command_description command::description() const {
    command_description out{implementation_->get_name(), implementation_->get_description(), {}, {}};
    for (const CLI::Option* o : std::as_const(*implementation_).get_options()) {
        option_description described;
        for (const std::string& name : o->get_lnames()) described.names.push_back("--" + name);
        for (const std::string& name : o->get_snames()) described.names.push_back("-" + name);
        described.help = o->get_description();
        const auto known = state_->completions.find(o);  // --help and --version are CLI11's own
        if (known != state_->completions.end()) described.argument = known->second;
        out.options.push_back(std::move(described));
    }
    for (CLI::App* below : implementation_->get_subcommands({})) {
        out.commands.push_back(command(below, state_).description());
    }
    return out;
}

command_line::command_line(const std::string& name, const std::string& description, const std::string& version,
                           const std::string& footer)
    : app_(std::make_unique<CLI::App>(description, name)), state_(std::make_unique<command_line_state>()) {
    app_->set_version_flag("--version", version);
    app_->set_help_flag("--help,-h", "print this help and exit");
    app_->footer(footer);
}

command_line::~command_line() = default;

command command_line::program() { return {app_.get(), state_.get()}; }

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
    return state_->result;
}

}  // namespace authlint
