#ifndef AUTHGRAMMAR_AUDIT_SCHEME_PARTS_HPP
#define AUTHGRAMMAR_AUDIT_SCHEME_PARTS_HPP

#include <authgrammar/audit/finding.hpp>
#include <authgrammar/schemes/error.hpp>
#include <authgrammar/schemes/scheme.hpp>

#include "common/field_text.hpp"
#include "rules/subject.hpp"

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

// The challenges and credentials of a message by the table of schemes, for the rules that ask it.

namespace authgrammar::audit {

/// Calls `visit(scheme_part)` for each challenge and the credentials, in order, whose line is sound.
template <typename Visit>
void for_each_part(const subject& s, Visit&& visit) {
    for (const scheme_part& p : s.parts()) {
        if (p.sound) visit(p);
    }
}

/// Something that a message breaks of the description of its scheme.
struct scheme_violation {
    std::string_view rule;  ///< the id of the finding that it is; empty for none
    const schemes::scheme_description* scheme;
    field about;
    span at;
    schemes::scheme_error error;
};

/// Appends what a challenge or credentials break of the table of schemes, which has their scheme. Returns true if there is
/// nothing to remark on, nor a parameter that the scheme does not have or a name that is there twice; false says nothing.
/// Linear.
bool add_violations(const scheme_part& p, std::vector<scheme_violation>& out);

/// Appends what the -Info fields that are sound break of it. Linear.
void add_info_violations(const subject& s, std::vector<scheme_violation>& out);

/// Reports the violations that are findings of that id, each with what `text(violation)` says.
template <typename Text>
void report_violations(const subject& s, report& out, std::string_view id, Text&& text) {
    for (const scheme_violation& v : s.violations()) {
        if (v.rule != id) continue;
        finding& f = out.add(v.at, v.about, text(v));
        if (!v.error.section.empty()) f.section = v.error.section;
    }
}

/// Reports what is missing by the violations that are findings of that id: one finding for all parameters of a challenge,
/// credentials or an -Info field.
void report_missing(const subject& s, report& out, std::string_view id);

/// The scheme whose parameters an -Info field has: that of the credentials that it answers, else Digest if it has one that
/// only Digest has. Null if there is no telling.
[[nodiscard]] const schemes::scheme_description* scheme_of_info(const subject& s, const field_reading& r,
                                                                const auth_params& params);

/// The parameters of an -Info field that is in the grammar.
[[nodiscard]] auth_params params_of_info(const field_reading& r);

/// The parameter of the description in that kind of field whose name is one letter away from `name`, which is none of the
/// scheme; null if there is none. Names of less than four letters are not compared.
[[nodiscard]] const schemes::parameter_description* near_parameter(const schemes::scheme_description& scheme,
                                                                   field_kind kind, std::string_view name);

/// Whether one letter is another, too many, missing, or has changed places with its neighbour. ASCII case does not matter.
/// Linear.
[[nodiscard]] bool is_one_slip_away(std::string_view a, std::string_view b) noexcept;

}  // namespace authgrammar::audit

#endif
