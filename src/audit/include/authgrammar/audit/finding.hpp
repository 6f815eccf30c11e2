#ifndef AUTHGRAMMAR_AUDIT_FINDING_HPP
#define AUTHGRAMMAR_AUDIT_FINDING_HPP

#include <authgrammar/audit/circumstances.hpp>
#include <authgrammar/audit/message.hpp>
#include <authgrammar/audit/reading.hpp>
#include <authgrammar/audit/slip.hpp>
#include <authgrammar/audit/span.hpp>
#include <authgrammar/field.hpp>

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace authgrammar::audit {

/// How much a finding matters.
enum class severity {
    info,     ///< worth knowing; nobody has to do anything
    warning,  ///< a sender's rule is broken; recipients cope
    error     ///< recipients fail, or do something else than was meant
};

/// "info", "warning" or "error". The view is of static storage.
[[nodiscard]] std::string_view name_of(severity s) noexcept;

/// What a rule rests on.
enum class rule_category {
    standard,  ///< a text of the IETF
    practice   ///< what programs do, or another body's text; never an error
};

/// "standard" or "practice". The view is of static storage.
[[nodiscard]] std::string_view name_of(rule_category c) noexcept;

struct finding_rule;

/// Something that is wrong with, or worth knowing about, one message.
struct finding {
    const finding_rule* rule = nullptr;
    severity level = severity::info;
    std::optional<field> about;
    span at;                                     ///< what the caret points at; in the message
    std::vector<span> related;                   ///< other places that belong to it, also in earlier messages
    std::vector<std::string_view> requirements;  ///< ids of grammar/requirements.tsv
    std::string_view section;                    ///< "RFC 9110, 11.5"
    std::string text;                            ///< what is the matter here; never a value of a field
    std::string_view explanation;                ///< why it matters
    std::string fix;                             ///< what to do about it; never a value of a field

    /// What to send in place of the value of the line that `at` is in, if that is known. It holds what the line holds:
    /// redact_field() decides what of it is shown.
    std::optional<std::string> corrected{};
    bool same_meaning = false;  ///< `corrected` means the same as what is there
};

/// A message, what was read in it, and what is known of it from elsewhere. All of them must outlive it.
class subject {
public:
    subject(const message& m, const std::vector<field_reading>& read, const circumstances& known)
        : source(m), fields(read), around(known) {}

    const message& source;
    const std::vector<field_reading>& fields;
    const circumstances& around;

    /// The correction of the line, which is one of an authentication field. Made when it is first asked for.
    [[nodiscard]] const corrected_value& correction(const field_line& line) const;

private:
    mutable std::unordered_map<const field_line*, corrected_value> corrections_;
};

/// Takes the findings of one rule for one message.
class report {
public:
    report(const finding_rule& rule, std::vector<finding>& out) : rule_(rule), out_(out) {}

    /// Adds a finding with severity, requirements, section, explanation and fix of its rule, which may then be changed.
    finding& add(span at, std::optional<field> about, std::string text);

    /// Adds one for a slip in a line of an authentication field.
    finding& add(const subject& s, const field_line& line, const slip& found);

private:
    const finding_rule& rule_;
    std::vector<finding>& out_;
};

/// One thing that can be found. To add one, write its entry beside those it resembles and name it in
/// `all_finding_rules`.
struct finding_rule {
    std::string_view id;  ///< stable
    severity level;
    std::vector<std::string_view> requirements;  ///< ids of grammar/requirements.tsv
    std::string_view section;                    ///< where the rule stands; of practice, its source
    std::string_view title;                      ///< a noun phrase
    std::string_view explanation;                ///< why it matters
    std::string_view fix;                        ///< what to do about it
    std::function<void(const subject&, report&)> check;
    rule_category category = rule_category::standard;
};

/// All rules, in a stable order.
[[nodiscard]] const std::vector<const finding_rule*>& all_finding_rules();

/// The rule with exactly this id, or null.
[[nodiscard]] const finding_rule* finding_rule_from_id(std::string_view id);

/// The findings of all rules for a message, by their place in the input. What only follows from another finding is not
/// among them.
[[nodiscard]] std::vector<finding> judge(const message& m, const std::vector<field_reading>& fields,
                                         const circumstances& around);

/// The same for a message of which nothing else is known.
[[nodiscard]] std::vector<finding> judge(const message& m, const std::vector<field_reading>& fields);

}  // namespace authgrammar::audit

#endif
