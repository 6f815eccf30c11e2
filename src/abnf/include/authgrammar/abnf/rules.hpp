#ifndef AUTHGRAMMAR_ABNF_RULES_HPP
#define AUTHGRAMMAR_ABNF_RULES_HPP

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "authgrammar/abnf/error.hpp"
#include "authgrammar/abnf/lists.hpp"
#include "authgrammar/abnf/reader.hpp"

namespace authgrammar::abnf {

/// Rules by name, put together from texts. Names are compared without regard to case.
class rule_set {
public:
    /// Adds the rules of one text. A rule takes the place of one of the same name from an earlier text, with one
    /// exception: a rule that consists of `<NAME, see [RFCnnnn], ...>`, NAME being its own name, imports the
    /// rule of that name and document, which must be there already and stays (its `import_text` is set).
    ///
    /// Errors, after which the set is unchanged: two definitions of a name in the text; `=/` for a rule that the
    /// text has not defined; an import of a rule that is not there.
    std::optional<error> add(const std::vector<rule>& rules);

    /// The rule, or null. The pointer lives until the set is changed, moved or destroyed.
    const rule* find(std::string_view name) const;

    /// All rules in the order in which their names were first defined.
    const std::vector<rule>& rules() const noexcept { return rules_; }

    /// The set in the form that the engines take: lists expanded, prose-vals `<NAME, see [RFCnnnn], ...>`
    /// replaced by references, and every reference defined. Otherwise an error with the place.
    result<rule_set> resolve(list_form form) const;

private:
    std::vector<rule> rules_;
    std::unordered_map<std::string, std::size_t> index_;
};

/// Rules that `rule` depends on, itself first, each before those that it mentions, each once.
/// Unknown names are left out.
std::vector<const rule*> rules_used_by(const rule_set& rules, std::string_view rule);

}  // namespace authgrammar::abnf

#endif
