#ifndef AUTHGRAMMAR_AUDIT_FINDING_HPP
#define AUTHGRAMMAR_AUDIT_FINDING_HPP

#include <authgrammar/audit/circumstances.hpp>
#include <authgrammar/audit/message.hpp>
#include <authgrammar/audit/reading.hpp>
#include <authgrammar/audit/span.hpp>
#include <authgrammar/field.hpp>

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace authgrammar::audit {

/// How much a finding matters.
enum class severity {
    info,     ///< worth knowing; it may be intended
    warning,  ///< a rule is broken that most recipients tolerate, or a practice is risky or often fails
    error     ///< recipients fail, or do something that the sender did not mean
};

/// "info", "warning" or "error". The view is of static storage.
[[nodiscard]] std::string_view name_of(severity s) noexcept;

/// What a rule is about.
enum class rule_category {
    grammar,   ///< how a value of an authentication field is written
    scheme,    ///< what one scheme says of its challenges and credentials
    message,   ///< one message: its status code, its field lines, its framing
    exchange,  ///< a message beside those before it, or beside what the caller knows
    practice   ///< what programs do, or a text that is not of the IETF; never an error
};

/// "grammar", "scheme" and so on. The view is of static storage.
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
    /// redact_field() decides what of it is shown. Findings about one line share one text.
    std::shared_ptr<const std::string> corrected{};
    bool same_meaning = false;  ///< `corrected` means the same as what is there
};

class report;
class subject;

/// One thing that can be found. To add one, write its entry beside those it resembles and name it in the table of
/// findings.cpp. The texts are for people: phrases and sentences in ASCII.
struct finding_rule {
    std::string_view id;  ///< stable
    severity level = severity::info;
    rule_category category = rule_category::message;
    std::vector<std::string_view> requirements;  ///< ids of grammar/requirements.tsv
    std::string_view section;                    ///< where the rule stands; of practice, its source
    std::string_view title;                      ///< a noun phrase
    std::string_view explanation;                ///< why it matters
    std::string_view peers;                      ///< what peers do with it, and what it may open
    std::string_view fix;                        ///< what to do about it
    std::string_view varies;                     ///< where the severity is not `level`; may be empty
    std::string_view needs;                      ///< a phrase: what has to be known beside the message; may be empty
    unsigned cwe = 0;                            ///< the number of the weakness at cwe.mitre.org; 0 if none fits
    std::string_view options;     ///< of `authlint lint`, for the examples; separated by a space; may be empty
    std::string_view violating;   ///< an input that has this finding once, with the severity `level`
    std::string_view conforming;  ///< one that does not have it, and differs in little else
    void (*check)(const subject&, report&) = nullptr;  ///< says what is found; both classes are the library's own
};

/// "CWE-319"; empty if no weakness fits.
[[nodiscard]] std::string cwe_of(const finding_rule& rule);

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

/// Of findings of one rule with one severity in one message, as many are listed.
inline constexpr std::size_t most_listed = 8;

/// Keeps the first `most_listed` findings of each rule and severity, in their order. The last of those says in `text` how
/// many more there are. For what is printed of a message: a list of ten thousand elements may have as many findings, and the
/// report would be many times as long as the message. Linear.
void shorten(std::vector<finding>& found);

}  // namespace authgrammar::audit

#endif
