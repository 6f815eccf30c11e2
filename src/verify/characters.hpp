#ifndef AUTHGRAMMAR_VERIFY_CHARACTERS_HPP
#define AUTHGRAMMAR_VERIFY_CHARACTERS_HPP

#include <cstddef>
#include <cstdint>
#include <optional>

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

/// The contextual rules of a text (RFC 5892, appendix A). Rules that ask about the whole text look at it once, however
/// many characters have such a rule: all characters together take linear time.
class context_rules {
public:
    explicit context_rules(characters text) noexcept : text_(text) {}

    /// Whether character `i`, which is allowed in context, has that context.
    [[nodiscard]] bool met_at(std::size_t i) noexcept;

private:
    characters text_;
    std::optional<bool> kana_or_han_{};
    std::optional<bool> arabic_indic_{};
    std::optional<bool> extended_arabic_indic_{};
};

/// Puts combining marks in the order of their classes (canonical ordering, Unicode Standard, 3.11, D109). `scratch` has room
/// for `size`. Linear.
void order_marks(code_point* text, std::size_t size, code_point* scratch) noexcept;

/// Whether `text`, if there are characters of right-to-left scripts in it, keeps the Bidi Rule (RFC 5893, 2). Linear.
[[nodiscard]] bool keeps_bidi_rule(characters text) noexcept;

/// What a fullwidth or halfwidth character is mapped to, or the character (RFC 8264, 5.2.1).
[[nodiscard]] code_point without_width(code_point c) noexcept;

/// Whether it is a space, of category Zs.
[[nodiscard]] bool is_space(code_point c) noexcept;

}  // namespace authgrammar::verify::unicode

#endif
