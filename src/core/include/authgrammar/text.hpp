#ifndef AUTHGRAMMAR_TEXT_HPP
#define AUTHGRAMMAR_TEXT_HPP

#include <authgrammar/detail/portability.hpp>
#include <authgrammar/detail/string_types.hpp>
#include <authgrammar/event.hpp>
#include <authgrammar/export.hpp>
#include <authgrammar/field_value.hpp>
#include <authgrammar/result.hpp>

#include <cstddef>
#include <iosfwd>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

namespace authgrammar {

namespace detail {

/// Whether `a` and `b` are equal without regard to ASCII case.
[[nodiscard]] AUTHGRAMMAR_EXPORT bool same_ignoring_case(std::string_view a, std::string_view b) noexcept;

}  // namespace detail

/// A piece of a field value: a scheme, a token68, or the name or value of a parameter; or text to write. A view: the
/// bytes, and the array of several field lines, must outlive it. "Unescaped" means a quoted-string without its DQUOTEs
/// and with each quoted-pair replaced by the octet after its backslash (RFC 9110, 5.6.4); other text is unescaped as it
/// is. In the complexity of its functions "the lines" are the field lines of the value, of which most have one.
/// Nothing here allocates but
/// str().
class AUTHGRAMMAR_VIEW text {
public:
    /// The empty text.
    text() noexcept = default;

    /// Plain text to write or to compare, in which a backslash escapes nothing. A char pointer must point to a
    /// terminated string, whose terminator is not part of the text.
    template <typename View, detail::if_string_view<View> = 0>
    text(View plain AUTHGRAMMAR_LIFETIMEBOUND) noexcept  // NOLINT(google-explicit-constructor)
        : value_(plain), end_(plain.size()) {}
    text(const char* plain AUTHGRAMMAR_LIFETIMEBOUND) noexcept  // NOLINT(google-explicit-constructor)
        : text(std::string_view(plain)) {}
    text(std::nullptr_t) = delete;

    /// Plain text in a string of another type, such as std::string. The string must outlive this object, so that a
    /// temporary does not compile. Where it does live long enough, as an argument of one write_credentials() call, pass
    /// `std::string_view(string)`.
    template <typename String, detail::if_owning_string<String> = 0>
    text(const String& plain AUTHGRAMMAR_LIFETIMEBOUND) noexcept  // NOLINT(google-explicit-constructor)
        : text(std::string_view(plain)) {}
    template <typename String, detail::if_owning_string<String> = 0>
    text(const String&& plain) = delete;  // a temporary string ends before the views of it: give it a name
    template <typename String, detail::if_other_view<String> = 0>
    text(const String& plain) noexcept : text(std::string_view(plain)) {}  // NOLINT(google-explicit-constructor)

    /// The bytes [begin, end) of the joined value; of a quoted-string, those between its DQUOTEs. `begin <= end` and
    /// `end <= value.size()`.
    text(const field_value& value, std::size_t begin, std::size_t end, bool quoted) noexcept
        : value_(value), begin_(begin), end_(end), quoted_(quoted) {}

    /// Offsets of the first byte and of the byte after the last, in bytes of the joined value, DQUOTEs excluded.
    /// Constant time.
    [[nodiscard]] std::size_t begin() const noexcept { return begin_; }
    [[nodiscard]] std::size_t end() const noexcept { return end_; }

    /// The place of the first byte in the field lines. For a text from a view constant but for the empty lines before it;
    /// for one made from offsets linear in the lines, as all functions below are then.
    [[nodiscard]] field_position position() const noexcept { return value_.locate(line_, begin_); }

    /// Whether it is a quoted-string in the value (RFC 9110, 5.6.4). Constant time.
    [[nodiscard]] bool quoted() const noexcept { return quoted_; }

    /// Whether it starts in one field line and ends in another. Only a quoted-string can, and only a broken or
    /// hostile sender makes one. Linear in the lines that it spans.
    [[nodiscard]] bool spans_lines() const noexcept { return !value_.is_one_line() && begin_ != end_ && spans(*this); }

    /// The bytes as they are in the value, escapes kept: a view of the bytes given. Of text that spans lines this is
    /// the first piece only: check spans_lines() first, or use the functions below, which join the pieces. Constant time.
    [[nodiscard]] std::string_view raw() const noexcept {
        return value_.is_one_line() ? value_.slice(begin_, end_) : first_piece(*this);
    }

    /// The length of the unescaped text in bytes. Linear in the text and the lines that it spans if quoted, else constant.
    [[nodiscard]] std::size_t size() const noexcept { return quoted_ ? unescaped_size(*this) : end_ - begin_; }

    /// Writes the unescaped text to `buffer`, without a terminator, and returns how many bytes it wrote. On an error
    /// `buffer` is untouched: `text_buffer_full`, with the number of bytes that it takes as `offset`, or
    /// `buffer_overlap` if a byte of the text, or the array of its lines, lies in the `capacity` bytes at `buffer`. A
    /// buffer of `end() - begin()` bytes is always enough; a null buffer has no room. Linear; no allocation.
    result<std::size_t> unescape(char* buffer, std::size_t capacity) const noexcept {
        return value_.is_one_line() ? unescape(value_.slice(begin_, end_), quoted_, buffer, capacity)
                                    : unescape(*this, buffer, capacity);
    }

    /// Whether the unescaped text is `other`, octet by octet. Not for secrets: it stops at the first difference. Linear
    /// in the text and the lines that it spans.
    [[nodiscard]] bool equals(std::string_view other) const noexcept {
        return value_.is_one_line() && !quoted_ ? value_.slice(begin_, end_) == other : equals(*this, other);
    }

    /// The same without regard to ASCII case, as schemes and parameter names compare (RFC 9110, 11.1 and 11.2).
    [[nodiscard]] bool equals_ignoring_case(std::string_view other) const noexcept {
        if (!value_.is_one_line() || quoted_) return equals_ignoring_case(*this, other);
        return detail::same_ignoring_case(value_.slice(begin_, end_), other);
    }

    /// The same as equals().
    [[nodiscard]] friend bool operator==(const text& a, std::string_view b) noexcept { return a.equals(b); }
    [[nodiscard]] friend bool operator==(std::string_view a, const text& b) noexcept { return b.equals(a); }
    [[nodiscard]] friend bool operator!=(const text& a, std::string_view b) noexcept { return !a.equals(b); }
    [[nodiscard]] friend bool operator!=(std::string_view a, const text& b) noexcept { return !b.equals(a); }

    /// The unescaped text. Linear in the text and the lines; allocates, and throws what std::string throws.
    [[nodiscard]] std::string str() const {
        std::string made(size(), '\0');
        std::size_t i = 0;
        for_each_octet([&](char c) {
            made[i++] = c;
            return true;
        });
        return made;
    }
    explicit operator std::string() const { return str(); }

    /// Writes the unescaped text to a stream, octet by octet: control characters cannot be in it, other octets that a
    /// terminal does not print can. Whatever is secret is written too.
    template <typename Traits>
    friend std::basic_ostream<char, Traits>& operator<<(std::basic_ostream<char, Traits>& out, const text& t) {
        t.for_each_octet([&out](char c) {
            out.put(c);
            return true;
        });
        return out;
    }

    /// Calls `f(char)` for each octet of the unescaped text, in order, until `f` returns false. Linear in the text and
    /// the lines; throws what `f` throws.
    template <typename F>
    void for_each_octet(F&& f) const {
        for_each_octet_at([&f](char c, std::size_t) { return f(c); });
    }

    /// The same with `f(char, std::size_t)`, which also gets the offset of the octet in the joined value.
    template <typename F>
    void for_each_octet_at(F&& f) const;

    /// The bytes [first, last) of the joined value as text of the same value and form: one element of a list in it.
    /// `begin() <= first <= last <= end()`, and neither offset is between a backslash and the octet that it escapes.
    /// Constant time.
    [[nodiscard]] text part(std::size_t first, std::size_t last) const noexcept {
        return {value_, line_, first, last, quoted_};
    }

private:
    friend struct detail::internals;
    friend class auth_params;
    friend class challenge;

    text(const field_value& value, detail::line_start line, std::size_t begin, std::size_t end, bool quoted) noexcept
        : value_(value), line_(line), begin_(begin), end_(end), quoted_(quoted) {}

    AUTHGRAMMAR_EXPORT static result<std::size_t> unescape(text t, char* buffer, std::size_t capacity) noexcept;
    AUTHGRAMMAR_EXPORT static result<std::size_t> unescape(std::string_view raw, bool quoted, char* buffer,
                                                           std::size_t capacity) noexcept;
    [[nodiscard]] AUTHGRAMMAR_EXPORT static bool spans(text t) noexcept;
    [[nodiscard]] AUTHGRAMMAR_EXPORT static std::string_view first_piece(text t) noexcept;
    [[nodiscard]] AUTHGRAMMAR_EXPORT static std::size_t unescaped_size(text t) noexcept;
    [[nodiscard]] AUTHGRAMMAR_EXPORT static bool equals(text t, std::string_view other) noexcept;
    [[nodiscard]] AUTHGRAMMAR_EXPORT static bool equals_ignoring_case(text t, std::string_view other) noexcept;

    /// The raw text, if it is in one piece and has no escapes: then it is the unescaped one too.
    [[nodiscard]] std::optional<std::string_view> verbatim() const noexcept;

    field_value value_{};
    detail::line_start line_{};  ///< the line of the first byte, or one before it
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
    bool quoted_ = false;
};

template <typename F>
void text::for_each_octet_at(F&& f) const {
    bool escaped = false;
    std::size_t at = begin_;
    const auto each_octet = [&](std::string_view piece) {
        for (std::size_t i = 0; i < piece.size(); ++i) {
            const char c = piece[i];
            if (quoted_ && !escaped && c == '\\') {
                escaped = true;
                continue;
            }
            escaped = false;
            if (!f(c, at + i)) return false;
        }
        at += piece.size();
        return true;
    };
    value_.for_each_piece(line_, begin_, end_, each_octet);
}

}  // namespace authgrammar

#endif
