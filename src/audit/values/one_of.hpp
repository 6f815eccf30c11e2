#ifndef AUTHGRAMMAR_AUDIT_ONE_OF_HPP
#define AUTHGRAMMAR_AUDIT_ONE_OF_HPP

#include "core/ascii.hpp"

#include <cstddef>
#include <optional>
#include <string_view>

// Choices among names of one length, for a switch over the length: compilers make a few comparisons of words of them.

namespace authgrammar::audit {

/// A name, which ends at its terminator, and what it stands for.
template <std::size_t Size, typename Meaning>
struct candidate_name {
    constexpr candidate_name(const char (&text)[Size], Meaning meaning) noexcept : name(text), means(meaning) {}
    const char* name;
    Meaning means;
};

/// What `name` stands for, compared without regard to ASCII case; nothing if it is none of the candidates, which are as long
/// as it is.
template <std::size_t Size, typename Meaning, typename... More>
[[nodiscard]] std::optional<Meaning> one_of(std::string_view name, candidate_name<Size, Meaning> first,
                                            More... more) noexcept {
    if (detail::equal_ignoring_case(name.data(), first.name, Size - 1)) return first.means;
    if constexpr (sizeof...(more) != 0) return one_of(name, more...);
    return std::nullopt;
}

}  // namespace authgrammar::audit

#endif
