#ifndef AUTHGRAMMAR_POLICY_PROTECTION_SPACE_HPP
#define AUTHGRAMMAR_POLICY_PROTECTION_SPACE_HPP

#include <authgrammar/policy/export.hpp>
#include <authgrammar/policy/target_uri.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace authgrammar::policy {

/// A protection space (RFC 7235, 2.2; RFC 9110, 11.5): the canonical root URI of a server with the value of realm if
/// there is one. A realm that is empty and none are different spaces. realm compares octet by octet.
struct protection_space {
    std::string root;
    std::optional<std::string> realm;
};
// decides: R7235-2.2-protection-space
[[nodiscard]] inline bool operator==(const protection_space& a, const protection_space& b) noexcept {
    return a.root == b.root && a.realm == b.realm;
}
[[nodiscard]] inline bool operator!=(const protection_space& a, const protection_space& b) noexcept {
    return !(a == b);
}

/// A part of a server for which credentials are known to hold: all targets under `root` whose path begins with
/// `prefix`.
struct scope {
    std::string root;
    std::string prefix;
};
[[nodiscard]] inline bool operator==(const scope& a, const scope& b) noexcept {
    return a.root == b.root && a.prefix == b.prefix;
}

/// Whether `target` is in `s`: the roots are equal, and the path begins with the prefix, octet by octet. Dot segments
/// and needless escapes are gone from targets, so none leads out of a prefix. Linear in the prefix; no allocation.
[[nodiscard]] AUTHGRAMMAR_POLICY_EXPORT bool contains(const scope& s, const target_uri& target) noexcept;

/// The authentication scope of an authenticated request by RFC 7617, 2.2: its path up to the last slash.
[[nodiscard]] AUTHGRAMMAR_POLICY_EXPORT scope path_scope(const target_uri& target);

/// The whole server.
[[nodiscard]] AUTHGRAMMAR_POLICY_EXPORT scope root_scope(const target_uri& target);

/// The scopes of Digest's domain parameter (RFC 7616, 3.3), unescaped: a list of URIs separated by white space, each
/// an absolute URI, which may name another server, or a path on the server of `target`. Empty: the whole server.
///
/// Narrower than the RFC, which lets a client assume less than it may: an http URI is left out if the target is
/// https, so that no credentials leave the secured connection; so are URIs that have a query or cannot be read, and
/// those beyond the first 64. If all are left out, path_scope() remains. Linear.
[[nodiscard]] AUTHGRAMMAR_POLICY_EXPORT std::vector<scope> domain_scopes(const target_uri& target,
                                                                         std::string_view domain);

/// How a scheme says for which requests credentials hold.
enum class scope_rule : std::uint8_t {
    path_prefix,  ///< RFC 7617, 2.2: Basic
    domain_list   ///< RFC 7616, 3.3: Digest
};

/// The rule of a scheme, its name compared without regard to case. Schemes that say nothing get path_prefix: the
/// extent of their space is not known (RFC 9110, 11.5), and the smaller guess gives away less.
[[nodiscard]] AUTHGRAMMAR_POLICY_EXPORT scope_rule rule_of(std::string_view scheme) noexcept;

/// The scopes of credentials that were accepted for `target`. `domain` is the unescaped value of the challenge's
/// parameter; it counts for domain_list only.
[[nodiscard]] AUTHGRAMMAR_POLICY_EXPORT std::vector<scope> scopes_of(std::string_view scheme, const target_uri& target,
                                                                     std::optional<std::string_view> domain);

/// Whether a request that was redirected from one target to another may carry credentials of that scheme (RFC 9110, 15.4,
/// step 2.5 of the list): if they hold there by scopes_of(scheme, from, domain), which for Basic is below the path of
/// `from` up to its last slash (RFC 7617, 2.2) and for Digest what domain lists. Digest computes them anew, since they
/// hold the request target. Linear; allocates the scopes.
[[nodiscard]] AUTHGRAMMAR_POLICY_EXPORT bool keeps_authorization(const target_uri& from, const target_uri& to,
                                                                 std::string_view scheme,
                                                                 std::optional<std::string_view> domain = std::nullopt);

}  // namespace authgrammar::policy

#endif
