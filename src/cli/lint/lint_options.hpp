#ifndef AUTHLINT_LINT_OPTIONS_HPP
#define AUTHLINT_LINT_OPTIONS_HPP

#include "lint/lint_filter.hpp"
#include "shell/command_line.hpp"

#include <optional>
#include <string>
#include <vector>

namespace authlint {

/// What the command line of `lint` says, with the configuration file where it says nothing.
struct lint_arguments {
    std::vector<std::string> files;
    std::string format = "text";
    std::size_t schema = 2;
    std::string input;  ///< one of input_kinds(), or empty
    std::optional<std::string> url;
    bool form_login = false;
    bool loopback = false;
    bool reveal = false;
    bool fix = false;
    bool why = false;
    bool recursive = false;
    std::size_t jobs = 1;  ///< 0: as many as there are processors
    bool verbose = false;
    bool quiet = false;
    std::string severity = "info";
    std::vector<std::string> only;
    std::vector<std::string> ignore;
    std::optional<std::string> baseline;
    std::optional<std::string> write_baseline;
    std::optional<std::string> config;
    bool no_config = false;
};

/// The options, for what has to be known of them beside their values.
struct lint_option_handles {
    option files;
    form_option format;
    option schema;
    option severity;
    option only;
    option ignore;
};

/// Adds the options to `lint`. `a` has to live until the command has run.
[[nodiscard]] lint_option_handles add_lint_options(const command& lint, lint_arguments& a);

/// Completes the arguments with the configuration file and checks that they go together. Answers what is wrong; empty if
/// nothing is.
[[nodiscard]] std::string complete_arguments(lint_arguments& a, const lint_option_handles& given);

/// Which findings the arguments ask for; or `failure` says which word is no id, category or severity.
[[nodiscard]] reported_findings findings_asked_for(const lint_arguments& a, std::string& failure);

}  // namespace authlint

#endif
