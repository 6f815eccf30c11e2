#ifndef AUTHGRAMMAR_AUDIT_VALUES_SCHEME_ROWS_HPP
#define AUTHGRAMMAR_AUDIT_VALUES_SCHEME_ROWS_HPP

#include <authgrammar/event.hpp>
#include <authgrammar/field.hpp>
#include <authgrammar/schemes/scheme.hpp>

#include <string_view>
#include <vector>

namespace authgrammar::audit {

/// What the table of schemes says of a parameter; null if it has none of that name, or not that scheme.
using scheme_row = const schemes::parameter_description*;

/// Appends that of each parameter of a value of which these are the events, in order. In an -Info field, which names no scheme,
/// they are null. Linear.
inline void append_rows(field_kind kind, std::string_view value, const std::vector<event>& events,
                        std::vector<scheme_row>& rows) {
    const schemes::scheme_description* scheme = nullptr;
    for (const event& e : events) {
        if (e.kind != event_kind::scheme && e.kind != event_kind::param_name) continue;
        const std::string_view text(value.data() + e.begin, e.end - e.begin);
        if (e.kind == event_kind::scheme) {
            scheme = schemes::find_scheme(text);
        } else {
            rows.push_back(scheme == nullptr ? nullptr : schemes::find_parameter(*scheme, kind, text));
        }
    }
}

/// The same in a vector of their own.
[[nodiscard]] inline std::vector<scheme_row> rows_of(field_kind kind, std::string_view value,
                                                     const std::vector<event>& events) {
    std::vector<scheme_row> rows;
    rows.reserve(events.size() / 2);
    append_rows(kind, value, events, rows);
    return rows;
}

}  // namespace authgrammar::audit

#endif
