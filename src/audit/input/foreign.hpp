#ifndef AUTHGRAMMAR_AUDIT_FOREIGN_HPP
#define AUTHGRAMMAR_AUDIT_FOREIGN_HPP

#include <authgrammar/audit/message.hpp>

#include <optional>
#include <string_view>

namespace authgrammar::audit {

/// What the input is, if its bytes say that it is something else than text with line feeds. Linear in the worst case.
[[nodiscard]] std::optional<foreign_format> foreign_format_of(std::string_view input) noexcept;

/// Whether `line` is a start line of SIP (RFC 3261, 7.1 and 7.2).
[[nodiscard]] bool is_sip_start_line(std::string_view line) noexcept;

/// Whether `line` holds the start of a terminal's control sequence (ECMA-48, 5.4: ESC and "[").
[[nodiscard]] bool holds_terminal_control(std::string_view line) noexcept;

}  // namespace authgrammar::audit

#endif
