#ifndef AUTHGRAMMAR_COMMON_REQUEST_TARGET_HPP
#define AUTHGRAMMAR_COMMON_REQUEST_TARGET_HPP

#include <algorithm>
#include <string_view>

namespace authgrammar::detail {

/// The port at the end of an authority, without leading zeros; empty if there is none, or only zeros. A view of it. Linear.
[[nodiscard]] inline std::string_view port_in(std::string_view authority) noexcept {
    const std::size_t colon = authority.find_last_not_of("0123456789");
    if (colon == std::string_view::npos || authority[colon] != ':') return {};
    const std::string_view digits = authority.substr(colon + 1);
    return digits.substr(std::min(digits.find_first_not_of('0'), digits.size()));
}

/// Whether a request asks for a tunnel (RFC 9110, 9.3.6). Extended CONNECT (RFC 8441, 4) does not: its target is a path,
/// which CONNECT never has.
[[nodiscard]] constexpr bool asks_for_tunnel(std::string_view method, std::string_view target) noexcept {
    return method == "CONNECT" && target.substr(0, 1) != "/";
}

}  // namespace authgrammar::detail

#endif
