#ifndef AUTHGRAMMAR_AUDIT_CLIENT_URI_HPP
#define AUTHGRAMMAR_AUDIT_CLIENT_URI_HPP

#include <string>
#include <string_view>

namespace authgrammar::audit {

/// A URI reference as clients read one that RFC 3986 does not allow: white space at its ends and line ends in it are
/// removed, "\" before the query is "/", and octets that no URI may hold are percent-encoded (WHATWG URL, 4.4). Its host
/// may still be none. Linear; allocates.
[[nodiscard]] std::string as_clients_read(std::string_view reference);

/// Whether the target is a path, maybe with a query, that every reader of URIs takes as it is: then Host alone decides about
/// the server. Without escapes, which would have to be checked. Linear.
[[nodiscard]] bool is_plain_path(std::string_view target) noexcept;

/// Whether it is absolute with a scheme that is neither http nor https, so that no HTTP request goes there.
[[nodiscard]] bool has_other_scheme(std::string_view reference) noexcept;

}  // namespace authgrammar::audit

#endif
