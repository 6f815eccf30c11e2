#ifndef AUTHGRAMMAR_VERIFY_CHARACTERS_HPP
#define AUTHGRAMMAR_VERIFY_CHARACTERS_HPP

#include <cstddef>
#include <cstdint>

namespace authgrammar::verify::unicode {

using code_point = std::int32_t;

/// A view of code points.
struct characters {
    const code_point* data;
    std::size_t size;
    [[nodiscard]] code_point operator[](std::size_t i) const noexcept { return data[i]; }
};

/// The string classes of RFC 8264, 4.
enum class string_class : std::uint8_t { identifier, freeform };

/// Whether a character is allowed (RFC 8264, 8).
enum class allowance : std::uint8_t { no, yes, in_context };
[[nodiscard]] allowance allowed(code_point c, string_class in) noexcept;

/// Whether character `i`, which is allowed in context, has it (RFC 5892, appendix A). Linear.
[[nodiscard]] bool has_context(characters text, std::size_t i) noexcept;

/// Whether `text`, if there are characters of right-to-left scripts in it, keeps the Bidi Rule (RFC 5893, 2). Linear.
[[nodiscard]] bool keeps_bidi_rule(characters text) noexcept;

/// What a fullwidth or halfwidth character is mapped to, or the character (RFC 8264, 5.2.1).
[[nodiscard]] code_point without_width(code_point c) noexcept;

/// Whether it is a space, of category Zs.
[[nodiscard]] bool is_space(code_point c) noexcept;

}  // namespace authgrammar::verify::unicode

#endif
