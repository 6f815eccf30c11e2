#ifndef AUTHGRAMMAR_AUDIT_SUBJECT_HPP
#define AUTHGRAMMAR_AUDIT_SUBJECT_HPP

#include <authgrammar/audit/circumstances.hpp>
#include <authgrammar/audit/finding.hpp>
#include <authgrammar/audit/message.hpp>
#include <authgrammar/audit/reading.hpp>
#include <authgrammar/audit/slip.hpp>
#include <authgrammar/challenge.hpp>
#include <authgrammar/schemes/scheme.hpp>

#include "rules/facts.hpp"
#include "values/line_name.hpp"
#include "values/scheme_rows.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace authgrammar::audit {

struct scheme_violation;

/// Whether it is a response with 2xx.
[[nodiscard]] inline bool is_success(const message& m) noexcept { return m.status.value_or(0) / 100 == 2; }

/// What a line of an authentication field should be, in a form that its findings share.
struct line_correction {
    std::vector<slip> slips;
    std::shared_ptr<const std::string> value;  ///< null if what was meant is not known
    bool same_meaning = false;
};

/// A challenge or credentials, and the field that it was read in. Of which scheme: a null pointer if the table has none.
struct scheme_part {
    const field_reading& in;
    challenge part;
    const schemes::scheme_description* scheme;

    /// What the table of schemes says of each parameter of the part, in order: null if it does not have the parameter, or the
    /// scheme. A view into the subject.
    schemes::row_list<scheme_row> rows;

    /// Its line says what its sender meant, as far as one can tell: it is in the grammar, nothing of the part is in the next
    /// line, and no slip makes recipients read something else. What is wrong with a line otherwise is for the rules about
    /// grammar.
    bool sound;

    [[nodiscard]] bool is(std::string_view name) const noexcept { return scheme != nullptr && scheme->name == name; }
    [[nodiscard]] bool is_challenge() const noexcept { return kind_of(in.name()) == field_kind::challenges; }

    /// The place of a text of it.
    [[nodiscard]] span at(const text& t) const noexcept { return in.source(t.begin(), t.end()); }
    [[nodiscard]] span scheme_at() const noexcept { return at(part.scheme()); }
};

/// A message, what was read in it, and what is known of it from elsewhere. All of them must outlive it. Made in time linear
/// in the message.
class subject {
public:
    subject(const message& m, const std::vector<field_reading>& read, const circumstances& known);
    subject(const subject&) = delete;
    subject& operator=(const subject&) = delete;
    ~subject();

    const message& source;
    const std::vector<field_reading>& fields;
    const circumstances& around;
    const named_lines lines;

    /// What there is to be said of it, for the table of rules.
    [[nodiscard]] fact_set known() const noexcept { return facts_; }

    /// The challenges and credentials of all fields, in order.
    [[nodiscard]] const std::vector<scheme_part>& parts() const noexcept { return parts_; }

    /// What the message breaks of the table of schemes, in the order of its fields.
    [[nodiscard]] const std::vector<scheme_violation>& violations() const noexcept { return violations_; }

    /// The correction of the line, which is one of an authentication field. Made when it is first asked for.
    [[nodiscard]] const line_correction& correction(const field_line& line) const;

    /// Whether bytes [begin, end) of the joined value stand in one line, and that line says what its sender meant, as far as
    /// one can tell: it is in the grammar, nothing of it is in the next line, and no slip in it makes recipients read something
    /// else. Logarithmic in the lines.
    [[nodiscard]] bool is_sound(const field_reading& r, std::size_t begin, std::size_t end) const;

private:
    void look_at_lines();
    void look_at(const field_reading& r);
    void look_at_line(const field_reading& r, std::size_t i, const scheme_row* rows);
    void look_at_parts(const field_reading& r, const scheme_row* rows);
    [[nodiscard]] fact_set of_part(const scheme_part& p, bool as_described) const;
    [[nodiscard]] bool says_what_was_meant(const field_line& line) const;

    /// What is known of a line, as far as somebody asked.
    struct line_notes {
        bool with_slips = false;  ///< recipients accept it
        std::optional<bool> says_what_was_meant;
        std::optional<line_correction> correction;
    };

    fact_set facts_ = 0;
    std::vector<scheme_row> rows_;  ///< of the parameters of all fields
    std::vector<scheme_part> parts_;
    std::vector<scheme_violation> violations_;
    mutable std::unordered_map<const field_line*, line_notes> notes_;  ///< of lines that are not plain
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

}  // namespace authgrammar::audit

#endif
