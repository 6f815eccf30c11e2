#ifndef AUTHGRAMMAR_AUDIT_VALUE_OF_HPP
#define AUTHGRAMMAR_AUDIT_VALUE_OF_HPP

#include <authgrammar/audit/message.hpp>

#include "common/field_text.hpp"

#include <optional>
#include <string_view>

namespace authgrammar::audit {

/// The value of the first field line with that name, compared without regard to case; nothing if there is none.
[[nodiscard]] inline std::optional<std::string_view> value_of(const message& m, std::string_view name) noexcept {
    for (const field_line& line : m.lines) {
        if (detail::equal_ignoring_case(line.name, name)) return line.value.text();
    }
    return std::nullopt;
}

}  // namespace authgrammar::audit

#endif
