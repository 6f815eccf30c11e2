#ifndef AUTHGRAMMAR_AUDIT_FOREIGN_HPP
#define AUTHGRAMMAR_AUDIT_FOREIGN_HPP

#include <authgrammar/audit/foreign_format.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace authgrammar::audit {

/// Whether `line` is a start line of SIP (RFC 3261, 7.1 and 7.2).
[[nodiscard]] bool is_sip_start_line(std::string_view line) noexcept;

/// Whether `line` shows an authentication field as programs print a table of fields, and not as a field line: in JSON, in a
/// dict of Python, a hash of Ruby or an array of PHP, in a map of Go or an object of JavaScript. Linear.
[[nodiscard]] bool holds_printed_field(std::string_view line) noexcept;

/// Whether `line` is one of `nghttp -v`: "[  0.013] recv (stream_id=13) :status: 401".
[[nodiscard]] bool is_nghttp_line(std::string_view line) noexcept;

/// Bytes of the time, and the numbers of transfer and connection, that `curl --trace-time` and `--trace-ids` put before a line:
/// "12:00:00.000000 [0-0] "; 0 if there is none.
[[nodiscard]] std::size_t dump_time_length(std::string_view line) noexcept;

/// A line as `curl -v` prints it: the text behind the progress meter and the mark, the mark ('<', '>' or NUL), and whether it is
/// a remark of curl.
struct verbose_line {
    std::string_view text;
    char mark;
    bool note;
};
[[nodiscard]] verbose_line verbose_line_of(std::string_view line) noexcept;

/// `line` without a terminal's control sequences (ECMA-48, 5.4: ESC, "[" and what follows); nothing if it has none.
/// Linear.
[[nodiscard]] std::optional<std::string> without_colours(std::string_view line);

/// Whether `line`, which is no start line and no field line as it stands, is one without colours: httpie and curl print
/// messages in them. In a value and in a body they are octets like others.
[[nodiscard]] bool is_coloured_start_line(std::string_view line);
[[nodiscard]] bool is_coloured_field_line(std::string_view line);

}  // namespace authgrammar::audit

#endif
