#include "values/authority.hpp"

#include "common/field_text.hpp"

namespace authgrammar::audit {

std::string_view authority_of(std::string_view uri) noexcept {
    const std::size_t colon = uri.find("://");
    if (colon == std::string_view::npos || uri.substr(0, colon).find_first_of("/?#") != std::string_view::npos)
        return {};
    uri.remove_prefix(colon + 3);
    return uri.substr(0, uri.find_first_of("/?#"));
}

std::string_view host_in(std::string_view authority) noexcept {
    const std::size_t bracket = authority.rfind(']');
    return authority.substr(0, authority.find(':', bracket == std::string_view::npos ? 0 : bracket));
}

bool is_loopback(std::string_view authority) noexcept {
    const std::string_view host = host_in(authority);
    if (host.substr(0, 4) == "127.") return host.find_first_not_of("0123456789.") == std::string_view::npos;
    const std::string_view below = ".localhost";
    const bool is_below =
        host.size() > below.size() && detail::equal_ignoring_case(host.substr(host.size() - below.size()), below);
    return host == "[::1]" || detail::equal_ignoring_case(host, "localhost") || is_below;
}

}  // namespace authgrammar::audit
