#ifndef AUTHLINT_DECIDE_HPP
#define AUTHLINT_DECIDE_HPP

#include <authgrammar/policy/challenge_field.hpp>
#include <authgrammar/policy/decision.hpp>
#include <authgrammar/policy/facts.hpp>

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

/// The facts in a JSON object of the form of `authlint decide --json`, or why there are none. Strict: unknown and
/// repeated members are errors, and so are credentials without a resource. The values of policy are strings, or the same
/// numbers.
[[nodiscard]] std::variant<authgrammar::policy::facts, decide_error> read_facts(std::string_view json);

/// The field that goes with an outcome, if the service offers the challenges in the value `offered`; nothing if none
/// goes, or if the value holds none that could be sent.
[[nodiscard]] std::optional<authgrammar::policy::challenge_field> field_of(const authgrammar::policy::outcome& o,
                                                                           std::string_view offered);

/// The answer to those facts, or the error, as one line of JSON without its end. With `offered` each answer also has
/// "fields", the fields with those challenges.
[[nodiscard]] std::string decision_as_json(const authgrammar::policy::decision& d, std::string_view offered = {});
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
