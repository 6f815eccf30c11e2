#ifndef AUTHLINT_DECIDE_HPP
#define AUTHLINT_DECIDE_HPP

#include <authgrammar/policy/challenge_field.hpp>
#include <authgrammar/policy/decision.hpp>
#include <authgrammar/policy/facts.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace authlint {

/// Why facts could not be read or cannot be decided.
struct decide_error {
    std::string code;                ///< as all_decide_errors() lists them
    std::vector<std::string> facts;  ///< the names of those it is about
    std::string text;                ///< a sentence for a person
};

/// All codes of decide_error, with what they mean.
struct decide_error_description {
    std::string_view name;
    std::string_view explanation;
};
[[nodiscard]] const std::vector<decide_error_description>& all_decide_errors();

/// What is to be decided.
struct decide_input {
    authgrammar::policy::facts facts;
    std::string scheme{};  ///< of the credentials that came; empty if it is not said
};

/// The input in a JSON object of the form of `authlint decide --json`, or why there is none. Strict: unknown and
/// repeated members are errors, and so are credentials without a resource. The values of policy are strings, or the same
/// numbers.
[[nodiscard]] std::variant<decide_input, decide_error> read_decide_input(std::string_view json);

/// The value of a fact by its name; for "method", any method of RFC 9110 is a name of "other" too.
[[nodiscard]] std::optional<std::uint8_t> value_named(const authgrammar::policy::fact& fact, std::string_view name);

/// The methods that are names of "other".
inline constexpr std::string_view other_methods[]{"GET", "HEAD", "POST", "DELETE", "OPTIONS", "TRACE", "PATCH"};

/// What the challenge of a scheme says of credentials.
struct error_of_scheme {
    std::string_view scheme;
    authgrammar::policy::scheme_error says;
};

/// What goes with an outcome, for the scheme, or, if none is named, for each of the table that has a word for it.
[[nodiscard]] std::vector<error_of_scheme> errors_of(const authgrammar::policy::outcome& o, std::string_view scheme);

/// The field that goes with an outcome, if the service offers the challenges in the value `offered` and credentials of
/// `scheme` came; nothing if none goes, or if the value holds none that could be sent.
[[nodiscard]] std::optional<authgrammar::policy::challenge_field> field_of(const authgrammar::policy::outcome& o,
                                                                           std::string_view offered,
                                                                           std::string_view scheme = {});

/// The answer to those facts, or the error, as one line of JSON without its end. With `offered` each answer also has
/// "fields", the fields with those challenges.
[[nodiscard]] std::string decision_as_json(const authgrammar::policy::decision& d, std::string_view offered = {},
                                           std::string_view scheme = {});
[[nodiscard]] std::string error_as_json(const decide_error& e);

/// Credentials are given, and not what they are for.
[[nodiscard]] decide_error resource_not_said();

/// What contradictions come to.
[[nodiscard]] decide_error error_of(const authgrammar::policy::decision& d);

/// The decision table in Markdown, and the tree as an SVG picture.
[[nodiscard]] std::string table_as_markdown();
[[nodiscard]] std::string tree_as_svg();

}  // namespace authlint

#endif
