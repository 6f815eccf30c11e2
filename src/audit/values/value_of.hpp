#ifndef AUTHGRAMMAR_AUDIT_VALUE_OF_HPP
#define AUTHGRAMMAR_AUDIT_VALUE_OF_HPP

#include <authgrammar/audit/message.hpp>

#include "common/field_text.hpp"

#include <optional>
#include <string_view>

namespace authgrammar::audit {

/// The first field line with that name, compared without regard to case; null if there is none.
[[nodiscard]] inline const field_line* line_of(const message& m, std::string_view name) noexcept {
    for (const field_line& line : m.lines) {
        if (detail::equal_ignoring_case(line.name, name)) return &line;
    }
    return nullptr;
}

/// The value of line_of(m, name); nothing if there is none.
[[nodiscard]] inline std::optional<std::string_view> value_of(const message& m, std::string_view name) noexcept {
    const field_line* const line = line_of(m, name);
    return line == nullptr ? std::nullopt : std::optional(line->value.text());
}

}  // namespace authgrammar::audit

#endif
