#ifndef AUTHGRAMMAR_C_CONVERT_HPP
#define AUTHGRAMMAR_C_CONVERT_HPP

#include <authgrammar.h>

#include <authgrammar/challenge.hpp>
#include <authgrammar/edition.hpp>
#include <authgrammar/error.hpp>
#include <authgrammar/field.hpp>
#include <authgrammar/text.hpp>
#include <authgrammar/writer.hpp>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <type_traits>

#include "core/internals.hpp"

// What C and C++ say of the same things. Whatever comes from C is checked here before C++ sees it.
namespace authgrammar::c {

// ---- Arguments ----

/// Whether an array of `count` elements of `size` bytes can be at `data`.
[[nodiscard]] inline bool is_array(const void* data, std::size_t count, std::size_t size = 1) noexcept {
    return count <= static_cast<std::size_t>(PTRDIFF_MAX) / size && (data != nullptr || count == 0);
}
[[nodiscard]] inline bool is_text(const authgrammar_text& t) noexcept { return is_array(t.data, t.size); }
[[nodiscard]] inline bool are_texts(const authgrammar_text* lines, std::size_t count) noexcept {
    if (!is_array(lines, count, sizeof *lines)) return false;
    for (std::size_t i = 0; i < count; ++i) {
        if (!is_text(lines[i])) return false;
    }
    return true;
}
[[nodiscard]] inline bool is_field(authgrammar_field f) noexcept {
    return f >= 0 && static_cast<std::size_t>(f) < all_fields.size();
}
[[nodiscard]] inline bool is_edition(authgrammar_edition e) noexcept {
    return e >= 0 && static_cast<std::size_t>(e) < all_editions.size();
}

/// Copies a struct that begins with its size to one of this version. False if it is shorter than any version ever was, longer
/// than any will be, or has a member that this version does not know and that is not 0.
template <typename Struct>
[[nodiscard]] bool read_versioned(const Struct* from, Struct& to, std::size_t least = sizeof(Struct)) noexcept {
    constexpr std::size_t most = 1024;
    static_assert(sizeof(Struct) <= most / 2);
    if (from == nullptr || from->size < least || from->size > most) return false;
    const std::size_t size = from->size;
    std::memset(&to, 0, sizeof to);
    std::memcpy(&to, from, size < sizeof to ? size : sizeof to);
    const auto* const bytes = reinterpret_cast<const unsigned char*>(from);
    for (std::size_t i = sizeof to; i < size; ++i) {
        if (bytes[i] != 0) return false;
    }
    return true;
}

// ---- Text ----

[[nodiscard]] inline std::string_view view(const authgrammar_text& t) noexcept { return {t.data, t.size}; }

/// An empty text is not NULL: that stands for what is not there.
[[nodiscard]] inline authgrammar_text to_c(std::string_view s) noexcept {
    return {s.data() != nullptr ? s.data() : "", s.size()};
}

/// The text of a word, which must be valid: is_word().
[[nodiscard]] inline text text_of(const authgrammar_word& w) noexcept {
    if (w.spans_lines == 0) return {field_value(view(w.raw)), 0, w.raw.size, w.quoted != 0};
    const field_value lines(static_cast<const std::string_view*>(w.private_lines), w.private_line_count);
    return {lines, w.offset, w.offset + (w.end - w.begin), w.quoted != 0};
}
[[nodiscard]] inline bool is_word(const authgrammar_word* w) noexcept {
    return w != nullptr && is_text(w->raw) && (w->spans_lines == 0 || w->private_lines != nullptr);
}

/// Linear in the empty lines before it and the lines that it spans.
[[nodiscard]] inline authgrammar_word to_c(const text& t) noexcept {
    authgrammar_word w{};
    const field_position at = t.position();
    w.raw = to_c(t.raw());
    w.begin = t.begin();
    w.end = t.end();
    w.line = at.line;
    w.offset = at.offset;
    w.quoted = t.quoted() ? 1 : 0;
    if (t.spans_lines()) {
        const field_value& value = detail::internals::value(t);
        w.spans_lines = 1;
        w.private_lines = detail::internals::lines(value) + at.line;
        w.private_line_count = value.line_count() - at.line;
    }
    return w;
}

// ---- Views, which C keeps as bytes ----

/// Stores a view in private memory of a struct of C.
template <typename View, std::size_t Pointers>
void keep(const View& from, const void* (&to)[Pointers]) noexcept {
    static_assert(std::is_trivially_copyable_v<View> && sizeof(View) <= sizeof to);
    std::memcpy(static_cast<void*>(to), &from, sizeof from);
}
/// The view that was stored, or one of nothing if the memory is all 0.
template <typename View, std::size_t Pointers>
[[nodiscard]] View kept(const void* const (&from)[Pointers]) noexcept {
    static_assert(std::is_trivially_copyable_v<View> && sizeof(View) <= sizeof from);
    View to;
    std::memcpy(static_cast<void*>(&to), static_cast<const void*>(from), sizeof to);
    return to;
}

[[nodiscard]] inline authgrammar_params to_c(const auth_params& list) noexcept {
    authgrammar_params made{};
    made.count = list.size();
    keep(list, made.private_view);
    return made;
}
[[nodiscard]] inline auth_params view(const authgrammar_params& p) noexcept {
    return kept<auth_params>(p.private_view);
}
[[nodiscard]] inline challenge view(const authgrammar_challenge& c) noexcept { return kept<challenge>(c.private_view); }

// ---- Answers ----

/// Fills in `out`, unless it is null, and returns the code.
authgrammar_code answer(const error& e, authgrammar_error* out) noexcept;
authgrammar_code answer(const write_result& r, authgrammar_written* out) noexcept;

/// The same for an error of C alone.
authgrammar_code refuse(authgrammar_code code, authgrammar_error* out) noexcept;
authgrammar_code refuse(authgrammar_code code, authgrammar_written* out) noexcept;

/// An error of C alone. The texts are of static storage.
struct c_error {
    authgrammar_code code;
    std::string_view name;
    std::string_view expected;
    std::string_view explanation;
};
/// That of the code, or null.
[[nodiscard]] const c_error* find_c_error(authgrammar_code code) noexcept;

}  // namespace authgrammar::c

#endif
