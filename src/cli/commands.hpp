#ifndef AUTHLINT_COMMANDS_HPP
#define AUTHLINT_COMMANDS_HPP

#include <CLI/CLI.hpp>

#include <string>
#include <vector>

namespace authlint {

/// Exit codes, the same for all commands.
enum exit_code : int {
    exit_clean = 0,
    exit_findings = 1,   ///< lint: warnings or errors; parse: the value is not valid
    exit_unreadable = 2  ///< usage, or input that could not be read
};

/// Each function adds its subcommand to `app`. When the command line calls for it, it runs, and leaves the exit
/// code in `result`, which must outlive `app`.
void add_parse(CLI::App& app, int& result);
void add_write(CLI::App& app, int& result);
void add_lint(CLI::App& app, int& result);
void add_grammar(CLI::App& app, int& result);
void add_explain(CLI::App& app, int& result);
void add_vectors(CLI::App& app, int& result);
void add_decide(CLI::App& app, int& result);
void add_hop(CLI::App& app, int& result);

/// The arguments that a positional option took, exactly as they were given.
[[nodiscard]] std::vector<std::string> arguments_of(const CLI::Option& option);

/// The whole program: reads the command line, runs a subcommand, answers the exit code.
int run(int argc, const char* const* argv);

}  // namespace authlint

#endif
