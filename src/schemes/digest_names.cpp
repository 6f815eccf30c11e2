#include <authgrammar/schemes/digest.hpp>

#include "core/ascii.hpp"
#include "digest_values.hpp"

namespace authgrammar::schemes {

namespace {

constexpr std::string_view algorithm_names[] = {"MD5",          "MD5-sess",    "SHA-256",
                                                "SHA-256-sess", "SHA-512-256", "SHA-512-256-sess"};
static_assert(algorithm_names[5].size() == longest_algorithm_name);

}  // namespace

std::string_view name_of(digest_algorithm a) noexcept { return algorithm_names[static_cast<std::size_t>(a)]; }

std::optional<digest_algorithm> digest_algorithm_from_name(std::string_view name) noexcept {
    std::uint8_t i = 0;
    for (const std::string_view known : algorithm_names) {
        if (detail::equal_ignoring_case(known, name)) return static_cast<digest_algorithm>(i);
        ++i;
    }
    return std::nullopt;
}

std::string_view name_of(digest_qop q) noexcept {
    switch (q) {
        case digest_qop::none: break;
        case digest_qop::auth: return "auth";
        case digest_qop::auth_int: return "auth-int";
    }
    return {};
}

}  // namespace authgrammar::schemes
