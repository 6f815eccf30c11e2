#ifndef AUTHGRAMMAR_AUDIT_REDACTION_HPP
#define AUTHGRAMMAR_AUDIT_REDACTION_HPP

#include <authgrammar/event.hpp>
#include <authgrammar/field.hpp>

#include <cstddef>
#include <string_view>
#include <vector>

namespace authgrammar::audit {

/// What stands in the place of a secret.
inline constexpr std::string_view redacted = "<redacted>";

/// Whether values of `f` are secret: credentials, and the -Info fields, which carry what the next credentials
/// are made of. Challenges are not.
[[nodiscard]] constexpr bool is_secret(field f) noexcept { return kind_of(f) != field_kind::challenges; }

/// A stretch of a joined field value, shown or not.
struct shown_piece {
    std::size_t begin;
    std::size_t end;
    bool secret;
};

/// Cuts a secret value, whose events a tokenizer found, into what may be shown (schemes, parameter names, what
/// separates them) and what may not: all else. A value that is not `valid` is not trusted to be what it looks like: a
/// name is shown only if its parameter is complete, and from the end of the last complete one on all is secret, for a
/// secret that broke the grammar could be anywhere. Pieces are in order, adjacent and cover the value.
[[nodiscard]] std::vector<shown_piece> redact(std::string_view value, const std::vector<event>& events, bool valid);

}  // namespace authgrammar::audit

#endif
