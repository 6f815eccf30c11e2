#ifndef AUTHGRAMMAR_COMMON_WORDING_HPP
#define AUTHGRAMMAR_COMMON_WORDING_HPP

#include <string>
#include <string_view>

namespace authgrammar::detail {

/// The pieces, one after the other.
template <typename... Pieces>
[[nodiscard]] std::string words(const Pieces&... pieces) {
    std::string out;
    (out.append(std::string_view(pieces)), ...);
    return out;
}

/// "1 byte", "2 bytes".
[[nodiscard]] inline std::string counted(std::size_t n, std::string_view one) {
    return words(std::to_string(n), " ", one, n == 1 ? "" : "s");
}

}  // namespace authgrammar::detail

#endif
