#ifndef AUTHGRAMMAR_AUDIT_VALUES_COMPUTE_COMPOSED_HPP
#define AUTHGRAMMAR_AUDIT_VALUES_COMPUTE_COMPOSED_HPP

#include <optional>
#include <string>
#include <string_view>

namespace authgrammar::audit {

/// The text in Normalization Form C, computed by the verify library. Nothing if it is in it, is not UTF-8, has more than
/// verify::precis_limit characters, or if authlint is built without that library. Linear.
[[nodiscard]] std::optional<std::string> composed(std::string_view text);

}  // namespace authgrammar::audit

#endif
