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

/// Whether `line` shows an authentication field as programs print a table of fields, and not as a field line: in JSON, in a
/// dict of Python, a hash of Ruby or an array of PHP, in a map of Go or an object of JavaScript. Linear.
[[nodiscard]] bool holds_printed_field(std::string_view line) noexcept;

/// Whether `line` is one of `nghttp -v`: "[  0.013] recv (stream_id=13) :status: 401".
[[nodiscard]] bool is_nghttp_line(std::string_view line) noexcept;

/// Whether `line` holds the start of a terminal's control sequence (ECMA-48, 5.4: ESC and "[").
[[nodiscard]] bool holds_terminal_control(std::string_view line) noexcept;

}  // namespace authgrammar::audit

#endif
