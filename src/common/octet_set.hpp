#ifndef AUTHGRAMMAR_COMMON_OCTET_SET_HPP
#define AUTHGRAMMAR_COMMON_OCTET_SET_HPP

#include <string_view>

namespace authgrammar::detail {

/// A set of octets, for one lookup an octet.
class octet_set {
public:
    constexpr explicit octet_set(std::string_view octets) noexcept {
        for (const char c : octets) has_[static_cast<unsigned char>(c)] = true;
    }
    [[nodiscard]] constexpr bool has(char c) const noexcept { return has_[static_cast<unsigned char>(c)]; }

private:
    bool has_[256] = {};
};

}  // namespace authgrammar::detail

#endif
