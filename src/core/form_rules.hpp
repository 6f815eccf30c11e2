#ifndef AUTHGRAMMAR_CORE_FORM_RULES_HPP
#define AUTHGRAMMAR_CORE_FORM_RULES_HPP

#include <authgrammar/field.hpp>
#include <authgrammar/writer.hpp>

#include <cstddef>

#include "written_memory.hpp"
#include "written_text.hpp"

namespace authgrammar::detail {

/// Which form a parameter's value takes.
class form_rules {
public:
    form_rules(field_kind kind, quoting_table table) noexcept : kind_(kind), table_(table) {}

    // decides: R7235-2.2-realm-quoted, R9110-11.5-realm
    [[nodiscard]] param_form form_of(const written_text& scheme, const written_text& name,
                                     param_form wanted) const noexcept {
        // RFC 9110, 11.5: a sender MUST quote realm, whatever a caller or a table says.
        if (name.equals_ignoring_case("realm")) return param_form::quoted;
        if (wanted != param_form::automatic) return wanted;
        for (std::size_t i = 0; i < table_.count; ++i) {
            const quoting& line = table_.lines[i];
            if (line.kind == kind_ && scheme.equals_ignoring_case(line.scheme) &&
                name.equals_ignoring_case(line.param)) {
                return line.form;
            }
        }
        return wanted;
    }

    /// Whether there is no table where there has to be one.
    [[nodiscard]] bool is_null() const noexcept { return table_.lines == nullptr && table_.count != 0; }

    /// Not of a table that is null.
    [[nodiscard]] bool overlap(const written_memory& memory) const noexcept {
        if (memory.overlaps(table_.lines, table_.count * sizeof(quoting))) return true;
        for (std::size_t i = 0; i < table_.count; ++i) {
            if (memory.overlaps(table_.lines[i].scheme) || memory.overlaps(table_.lines[i].param)) return true;
        }
        return false;
    }

private:
    field_kind kind_;
    quoting_table table_;
};

}  // namespace authgrammar::detail

#endif
