#ifndef AUTHLINT_COMMANDS_HPP
#define AUTHLINT_COMMANDS_HPP

#include "shell/command_line.hpp"

namespace authlint {

/// Exit codes, the same for all commands.
enum exit_code : int {
    exit_clean = 0,
    exit_findings = 1,      ///< what was read has findings, is not valid, or was refused: the manual says when
    exit_unreadable = 2,    ///< usage, or input that could not be read
    exit_interrupted = 130  ///< by SIGINT or SIGTERM, as shells report the first
};

/// Each function adds its command to the program.
void add_parse(const command& program);
void add_write(const command& program);
void add_lint(const command& program);
void add_merge(const command& program);
void add_why(const command& program);
void add_grammar(const command& program);
void add_explain(const command& program);
void add_findings(const command& program);
void add_vectors(const command& program);
void add_decide(const command& program);
void add_hop(const command& program);
void add_scheme(const command& program);
void add_completion(const command& program);

/// The whole program: reads the command line, runs a command, answers the exit code.
int run(int argc, const char* const* argv);

}  // namespace authlint

#endif
