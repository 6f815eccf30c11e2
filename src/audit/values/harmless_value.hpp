#ifndef AUTHGRAMMAR_AUDIT_VALUES_HARMLESS_VALUE_HPP
#define AUTHGRAMMAR_AUDIT_VALUES_HARMLESS_VALUE_HPP

#include <string_view>

namespace authgrammar::audit {

/// Whether the value of a field line can be shown: the field is known to carry no secret (Host, Date, Content-Type and the
/// like), and the value has the form of that field. A token that was put there by mistake does not have it: no date, no
/// media type, a host with a password for a port, white space inside an element, a word of more than 64 bytes, the name of
/// a scheme before something else, or another field line behind a lone CR or a fold. Linear; no allocation.
[[nodiscard]] bool is_harmless(std::string_view name, std::string_view value) noexcept;

}  // namespace authgrammar::audit

#endif
