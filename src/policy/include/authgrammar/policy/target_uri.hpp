#ifndef AUTHGRAMMAR_POLICY_TARGET_URI_HPP
#define AUTHGRAMMAR_POLICY_TARGET_URI_HPP

#include <authgrammar/policy/export.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace authgrammar::policy {

/// The part of an http or https URI that decides whose credentials a request may carry, in the normal form of
/// RFC 9110, 4.2.3 and RFC 3986, 6.2: scheme and host in lower case, no default port, no userinfo, an IPv6 address
/// as RFC 5952 writes it, no dot segments, unreserved characters not escaped, escapes in upper case, no fragment.
/// Two URIs that are equal after normalisation have equal targets.
struct target_uri {
    std::string root;       ///< the canonical root URI (RFC 7235, 2.2): "https://example.com:8443", no slash at its end
    std::string host;       ///< "example.com", "[::1]"
    std::string path;       ///< absolute, at least "/"; without query
    std::string query;      ///< without "?"; empty if there is none
    bool secured = false;   ///< the scheme is https
    bool userinfo = false;  ///< there was a userinfo, which is left out (RFC 9110, 4.2.4)
};

/// Reads an absolute http or https URI. Nothing if it is not one by the letter of RFC 3986, has another scheme, no
/// host, or a port above 65535. Linear; allocates.
[[nodiscard]] AUTHGRAMMAR_POLICY_EXPORT std::optional<target_uri> read_target_uri(std::string_view uri);

/// The effective request URI (RFC 7230, 5.5; RFC 9110, 7.1) of a request as it was received: from the request
/// target in absolute-form, origin-form, authority-form (CONNECT) or asterisk-form, and, for the forms that need
/// it, the value of Host and whether the connection is secured. Extended CONNECT, which has :protocol, has a target like
/// any other request: :path (RFC 8441, 4). Nothing if they make no such URI, as CONNECT without a port, which has no default
/// there (RFC 9110, 9.3.6). Linear; allocates.
[[nodiscard]] AUTHGRAMMAR_POLICY_EXPORT std::optional<target_uri> effective_request_uri(std::string_view method,
                                                                                        std::string_view request_target,
                                                                                        std::string_view host,
                                                                                        bool secured,
                                                                                        bool extended_connect = false);

/// Resolves a reference against `base` (RFC 3986, 5.2) and normalises the result. Nothing as above. Linear.
[[nodiscard]] AUTHGRAMMAR_POLICY_EXPORT std::optional<target_uri> resolve(const target_uri& base,
                                                                          std::string_view reference);

/// Whether a request that was redirected from one target to another may keep its Authorization (RFC 9110, 15.4, step
/// 2.5 of the list), whatever the scheme: only within one canonical root, so that http and https of one authority are
/// two servers. Where the scheme is known, ask the function of that name in protection_space.hpp. Linear in the roots; no
/// allocation.
[[nodiscard]] AUTHGRAMMAR_POLICY_EXPORT bool keeps_authorization(const target_uri& from, const target_uri& to) noexcept;

}  // namespace authgrammar::policy

#endif
