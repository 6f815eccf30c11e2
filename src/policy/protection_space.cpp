#include <authgrammar/policy/protection_space.hpp>

#include <authgrammar/schemes/scheme.hpp>

#include <algorithm>

namespace authgrammar::policy {

// decides: R7235-2.2-server-bound, R7235-6.1-confidentiality
bool contains(const scope& s, const target_uri& target) noexcept {
    return target.root == s.root && target.path.compare(0, s.prefix.size(), s.prefix) == 0;
}

// decides: R7235-6.3-shared-root
scope path_scope(const target_uri& target) { return {target.root, target.path.substr(0, target.path.rfind('/') + 1)}; }

scope root_scope(const target_uri& target) { return {target.root, "/"}; }

std::vector<scope> domain_scopes(const target_uri& target, std::string_view domain) {
    constexpr std::string_view space = " \t\r\n";
    constexpr std::size_t most = 64;
    std::vector<scope> scopes;
    std::size_t listed = 0;
    for (std::size_t at = domain.find_first_not_of(space); at != std::string_view::npos && listed < most;) {
        const std::size_t end = domain.find_first_of(space, at);
        const std::string_view uri = domain.substr(at, end - at);
        ++listed;
        // "//host/path" is no path: it would resolve to another server under a scheme that nobody named.
        const bool is_path = uri.front() == '/' && uri.substr(0, 2) != "//";
        const std::optional<target_uri> named = is_path ? resolve(target, uri) : read_target_uri(uri);
        if (named && named->query.empty() && (named->secured || !target.secured))
            scopes.push_back({named->root, named->path});
        at = domain.find_first_not_of(space, end);
    }
    if (listed == 0) return {root_scope(target)};
    if (scopes.empty()) scopes.push_back(path_scope(target));
    return scopes;
}

scope_rule rule_of(std::string_view scheme) noexcept {
    const schemes::scheme_description* known = schemes::find_scheme(scheme);
    const bool has_list = known != nullptr && known->space == schemes::space_rule::domain_list;
    return has_list ? scope_rule::domain_list : scope_rule::path_prefix;
}

std::vector<scope> scopes_of(std::string_view scheme, const target_uri& target,
                             std::optional<std::string_view> domain) {
    if (rule_of(scheme) == scope_rule::domain_list) return domain_scopes(target, domain.value_or(""));
    return {path_scope(target)};
}

// decides: R7235-2.2-server-bound
bool keeps_authorization(const target_uri& from, const target_uri& to, std::string_view scheme,
                         std::optional<std::string_view> domain) {
    const std::vector<scope> scopes = scopes_of(scheme, from, domain);
    return std::any_of(scopes.begin(), scopes.end(), [&](const scope& s) { return contains(s, to); });
}

}  // namespace authgrammar::policy
