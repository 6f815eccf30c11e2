#ifndef AUTHGRAMMAR_AUDIT_DUMP_LINE_HPP
#define AUTHGRAMMAR_AUDIT_DUMP_LINE_HPP

#include "common/octet_set.hpp"

#include <cstddef>
#include <optional>
#include <string_view>

namespace authgrammar::audit {

/// A line of a dump: bytes [begin, end) of the input without the line end, which [end, next) holds.
struct dump_line {
    std::size_t begin;
    std::size_t end;
    std::size_t next;
    char prefix = '\0';  ///< '<' or '>' of `curl -v`, ' ' of `wget -S`; `begin` is then behind the prefix
    bool note = false;   ///< a remark of curl
    bool whole = true;   ///< if not, it is longer than was asked for
    bool ended = true;   ///< a LF ends it; else the input does
};

/// The octets of curl's progress meter, and those that the other lines of `curl -v` begin with.
inline constexpr detail::octet_set meter_octets("\r 0123456789:.-kMGTP");
inline constexpr detail::octet_set verbose_octets("*{}c <>");

/// Whether a line may be one of `curl -v`, which the first two octets of most lines rule out.
[[nodiscard]] inline bool may_be_verbose(std::string_view text) noexcept {
    if (text.size() < 2) return true;
    return verbose_octets.has(text[0]) || (meter_octets.has(text[0]) && meter_octets.has(text[1]));
}

/// The line `raw`, which may be one of `curl -v`: behind the progress meter and its prefix, if it is.
[[nodiscard]] dump_line behind_prefix(dump_line raw, std::string_view text) noexcept;

/// The line `raw`, whose text is `text`; but if it looks like a line of `curl -v`, behind its progress meter and its prefix.
[[nodiscard]] inline dump_line as_verbose(const dump_line& raw, std::string_view text) noexcept {
    return may_be_verbose(text) ? behind_prefix(raw, text) : raw;
}

/// The same; but if it is indented by two spaces, as `wget -S` prints a response, behind them.
[[nodiscard]] inline dump_line as_indented(dump_line raw, std::string_view text) noexcept {
    if (text.size() < 3 || text.substr(0, 2) != "  " || text[2] == ' ') return raw;
    raw.prefix = ' ';
    raw.begin += 2;
    return raw;
}

/// A status line (RFC 9112, 4; also the form of curl for HTTP/2 and later, and that of RTSP), and its code; 0 if it is
/// none.
[[nodiscard]] int status_of(std::string_view line) noexcept;

/// The method of a request line (RFC 9112, 3; RTSP's is of the same form), or nothing if it is none. The target may hold
/// spaces.
[[nodiscard]] std::string_view method_of(std::string_view line) noexcept;

/// The parts of a start line: the status, or method and target, and the protocol. Without a protocol it is none.
struct start_line {
    int status = 0;
    std::string_view method{};
    std::string_view target{};
    std::string_view protocol{};

    [[nodiscard]] bool is_one() const noexcept { return status != 0 || !method.empty(); }
};
[[nodiscard]] start_line start_line_of(std::string_view line) noexcept;

[[nodiscard]] inline bool is_start_line(std::string_view line) noexcept {
    return status_of(line) != 0 || !method_of(line).empty();
}

/// Bytes of the token (RFC 9110, 5.6.2) at the start of `text`; 0 if there is none. Linear in it.
[[nodiscard]] std::size_t token_length(std::string_view text) noexcept;

/// A field line as far as its colon: where the name ends and where the colon stands. Nothing if the line is none.
struct field_line_start {
    std::size_t name_end;
    std::size_t colon;
};
[[nodiscard]] std::optional<field_line_start> field_line_of(std::string_view line) noexcept;

/// Whether it is a line of one of the authentication fields.
[[nodiscard]] bool is_auth_field_line(std::string_view line) noexcept;

[[nodiscard]] constexpr bool is_white(char c) noexcept { return c == ' ' || c == '\t'; }

}  // namespace authgrammar::audit

#endif
