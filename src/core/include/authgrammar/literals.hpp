#ifndef AUTHGRAMMAR_LITERALS_HPP
#define AUTHGRAMMAR_LITERALS_HPP

#include <authgrammar/detail/step_tables.hpp>
#include <authgrammar/edition.hpp>
#include <authgrammar/field.hpp>

#include <cstddef>
#include <string_view>

// Values that a program has as literals, checked when it is compiled.

namespace authgrammar {

/// Whether `value` is in the language of a kind of field, as parse() decides without limits. For constant expressions:
/// elsewhere parse() is faster, and says why not. Linear; no allocation.
[[nodiscard]] constexpr bool in_language(field_kind kind, edition language, std::string_view value) noexcept {
    const unsigned char flags = detail::ag_edition_flags[static_cast<std::size_t>(language)];
    unsigned state = detail::AG_START;
    for (const char c : value) {
        const int byte_class = detail::ag_class_of[static_cast<unsigned char>(c)];
        state = detail::ag_step(flags, static_cast<int>(kind), static_cast<int>(state), byte_class) & 0xFF;
        if (state == detail::AG_DEAD) return false;
    }
    return (detail::ag_finish(flags, static_cast<int>(kind), static_cast<int>(state)) & 0xFF) != detail::AG_DEAD;
}

#if defined(__cpp_consteval)
namespace detail {
void this_value_is_not_in_the_grammar_of_its_field();  // declared only, so that a constant expression cannot call it
consteval std::string_view checked(field_kind kind, std::string_view value) {
    if (!in_language(kind, edition::rfc9110_sender, value)) this_value_is_not_in_the_grammar_of_its_field();
    return value;
}
}  // namespace detail

/// `R"(Basic realm="files")"_challenges` is the literal as std::string_view, and does not compile unless it is what a sender may
/// send (RFC 9110, 11.6 and 11.7). C++20.
inline namespace literals {
[[nodiscard]] consteval std::string_view operator""_challenges(const char* text, std::size_t size) {
    return detail::checked(field_kind::challenges, {text, size});
}
[[nodiscard]] consteval std::string_view operator""_credentials(const char* text, std::size_t size) {
    return detail::checked(field_kind::credentials, {text, size});
}
[[nodiscard]] consteval std::string_view operator""_auth_info(const char* text, std::size_t size) {
    return detail::checked(field_kind::info, {text, size});
}
}  // namespace literals
#endif

}  // namespace authgrammar

#endif
