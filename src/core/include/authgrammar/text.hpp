#ifndef AUTHGRAMMAR_TEXT_HPP
#define AUTHGRAMMAR_TEXT_HPP

#include <authgrammar/event.hpp>
#include <authgrammar/export.hpp>
#include <authgrammar/field_value.hpp>
#include <authgrammar/result.hpp>

#include <cstddef>
#include <string_view>
#include <type_traits>

namespace authgrammar {

namespace detail {
class written_memory;
}  // namespace detail

/// A piece of a field value: a scheme, a token68, or the name or value of a parameter. It refers to the bytes
/// of the field value, which must outlive it. "Unescaped" means a quoted-string without its DQUOTEs and with
/// each quoted-pair replaced by the octet after the backslash (RFC 9110, 5.6.4); other text is as it stands.
class text {
public:
    text() noexcept = default;

    /// Text of the caller's, taken as it stands.
    text(std::string_view plain) noexcept : value_(plain), end_(plain.size()) {}  // NOLINT(google-explicit-constructor)
    text(const char* plain) noexcept : text(std::string_view(plain)) {}           // NOLINT(google-explicit-constructor)
    template <typename String, std::enable_if_t<std::is_convertible_v<const String&, std::string_view>, int> = 0>
    text(const String& plain) noexcept : text(std::string_view(plain)) {}  // NOLINT(google-explicit-constructor)

    /// The bytes [begin, end) of the joined value; of a quoted-string, those between its DQUOTEs.
    text(const field_value& value, std::size_t begin, std::size_t end, bool quoted) noexcept
        : value_(value), begin_(begin), end_(end), quoted_(quoted) {}

    /// Offsets of the first byte and of the byte after the last, in the joined value, DQUOTEs excluded.
    [[nodiscard]] std::size_t begin() const noexcept { return begin_; }
    [[nodiscard]] std::size_t end() const noexcept { return end_; }

    /// Where the first byte stands among the field lines.
    [[nodiscard]] field_position position() const noexcept { return value_.locate(begin_); }

    /// Whether it stands as a quoted-string.
    [[nodiscard]] bool quoted() const noexcept { return quoted_; }

    /// Whether it starts in one field line and ends in another. Only a quoted-string can, and only a broken or
    /// hostile sender makes one. Linear in the lines.
    [[nodiscard]] AUTHGRAMMAR_EXPORT bool spans_lines() const noexcept;

    /// The bytes as they stand, escapes kept. If it spans lines, its first piece only: ask spans_lines() first,
    /// or use the functions below, which join the pieces.
    [[nodiscard]] AUTHGRAMMAR_EXPORT std::string_view raw() const noexcept;

    /// Bytes of the unescaped text. Linear in the text; no allocation.
    [[nodiscard]] AUTHGRAMMAR_EXPORT std::size_t size() const noexcept;

    /// Writes the unescaped text to `buffer`, without a terminator, and returns how many bytes it wrote. On an error
    /// `buffer` is untouched: `text_buffer_full`, with the number of bytes that it takes as `offset`, or
    /// `buffer_overlap` if a byte of the text, or the array of its lines, lies in the `capacity` bytes at `buffer`. A
    /// buffer of `end() - begin()` bytes is always enough; a null buffer has no room. Linear; no allocation.
    AUTHGRAMMAR_EXPORT result<std::size_t> unescape(char* buffer, std::size_t capacity) const noexcept;

    /// Whether the unescaped text is `other`, octet by octet. Not for secrets: it stops at the first difference.
    [[nodiscard]] AUTHGRAMMAR_EXPORT bool equals(std::string_view other) const noexcept;

    /// The same without regard to ASCII case, as schemes and parameter names compare (RFC 9110, 11.1 and 11.2).
    [[nodiscard]] AUTHGRAMMAR_EXPORT bool equals_ignoring_case(std::string_view other) const noexcept;

    /// Calls `f(char)` for each octet of the unescaped text, in order, while `f` answers true.
    template <typename F>
    void for_each_octet(F&& f) const;

private:
    friend class detail::written_memory;

    field_value value_{};
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
    bool quoted_ = false;
};

template <typename F>
void text::for_each_octet(F&& f) const {
    bool escaped = false;
    value_.for_each_piece(begin_, end_, [&](std::string_view piece) {
        for (const char c : piece) {
            if (quoted_ && !escaped && c == '\\') {
                escaped = true;
                continue;
            }
            escaped = false;
            if (!f(c)) return false;
        }
        return true;
    });
}

}  // namespace authgrammar

#endif
