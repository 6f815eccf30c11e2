#ifndef AUTHLINT_PEG_RULES_HPP
#define AUTHLINT_PEG_RULES_HPP

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace authlint {

/// A rule of the PEGTL grammar as its header has it: the declaration and what the comment above it says. The
/// views are of static storage.
struct peg_rule {
    std::string_view file;                ///< "rfc9110.hpp"
    std::string_view space;               ///< "rfc9110", the innermost namespace
    std::string_view name;                ///< "auth_param"
    std::string_view declaration;         ///< "struct auth_param : … {};", or a using-declaration; one or more lines
    std::string_view source;              ///< "RFC 9110, Section 11.2"; empty for a helper
    std::vector<std::string_view> head;   ///< the ABNF, or "helper: …"
    std::vector<std::string_view> notes;  ///< other sentences of the comment
    std::vector<std::string_view> deviations;  ///< "D-01"
    std::vector<std::string_view> accepts;     ///< an example, as a C++ literal
    std::vector<std::string_view> rejects;

    [[nodiscard]] bool is_alias() const noexcept { return declaration.substr(0, 6) == "using "; }
    [[nodiscard]] bool is_helper() const noexcept { return !head.empty() && head[0].substr(0, 7) == "helper:"; }
};

/// All rules of the headers that were built in.
[[nodiscard]] const std::vector<peg_rule>& all_peg_rules();

/// The rules in the headers' text, in order; what has no comment is no rule.
[[nodiscard]] std::vector<peg_rule> scan_peg_header(std::string_view file, std::string_view text);

/// The rule `name` as the edition, or the scheme, has it; its ABNF name with "-" for "_" will do, and case does not matter.
[[nodiscard]] const peg_rule* find_peg_rule(std::string_view edition, std::string_view name);

/// The rule that a using-declaration means, itself otherwise.
[[nodiscard]] const peg_rule& resolve_alias(const peg_rule& rule);

/// The first line of what deviations.md says of an id; nothing if it is not there.
[[nodiscard]] std::optional<std::string> deviation_title(std::string_view id);

}  // namespace authlint

#endif
