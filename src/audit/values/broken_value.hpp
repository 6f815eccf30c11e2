#ifndef AUTHGRAMMAR_AUDIT_BROKEN_VALUE_HPP
#define AUTHGRAMMAR_AUDIT_BROKEN_VALUE_HPP

#include <authgrammar/audit/message.hpp>

#include <optional>
#include <string>

namespace authgrammar::audit {

/// A value whose rest is in the lines after its field line.
struct broken_value {
    bool token;                            ///< the line ends inside a token68, most often base64
    std::optional<std::string> corrected;  ///< in one line; nothing if that is not known, or not secret
};

/// Whether the unread lines after `line` are the rest of its value: both parts together are a value, and the line by itself
/// is none, or ends inside base64, or the rest begins with a parameter. Nothing if they may as well be something else.
/// Linear in the value and those lines.
[[nodiscard]] std::optional<broken_value> broken_value_of(const field_line& line);

}  // namespace authgrammar::audit

#endif
