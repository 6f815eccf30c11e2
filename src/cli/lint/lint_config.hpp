#ifndef AUTHLINT_LINT_CONFIG_HPP
#define AUTHLINT_LINT_CONFIG_HPP

#include <optional>
#include <string>
#include <vector>

namespace authlint {

/// What a configuration file says; what it leaves out is nothing. What is given on the command line counts instead.
struct lint_config {
    std::string path;                                ///< of the file; empty if there is none
    std::optional<std::string> format;               ///< as --format
    std::optional<std::string> severity;             ///< as --severity
    std::optional<std::vector<std::string>> only;    ///< as --only
    std::optional<std::vector<std::string>> ignore;  ///< as --ignore
    std::optional<std::string> baseline;             ///< as --baseline; a relative path is one from the file's folder
    std::optional<bool> form_login;                  ///< as --form-login
    std::optional<bool> loopback;                    ///< as --loopback
};

/// The name of configuration files.
inline constexpr const char* config_name = ".authlint.json";

/// The configuration file of the working folder, or else of the nearest folder above it that has one; empty if none has.
[[nodiscard]] std::string find_config();

/// Reads a configuration file: one JSON object whose members are those above, each at most once. If it is not,
/// `failure` says where ("PATH:LINE:COLUMN: …") and why.
[[nodiscard]] lint_config read_config(const std::string& path, std::string& failure);

}  // namespace authlint

#endif
