#ifndef AUTHGRAMMAR_FIELD_VALUE_HPP
#define AUTHGRAMMAR_FIELD_VALUE_HPP

#include <authgrammar/detail/portability.hpp>
#include <authgrammar/detail/string_types.hpp>
#include <authgrammar/export.hpp>

#include <cstddef>
#include <string_view>
#include <type_traits>

namespace authgrammar {

namespace detail {

struct internals;

/// A field line that is not empty, and the offset in the joined value where it begins. The default is right for every
/// value: the first such line.
struct line_start {
    std::size_t line = 0;
    std::size_t offset = 0;
};

}  // namespace detail

/// A place in the field lines of a value.
struct field_position {
    std::size_t line = 0;    ///< index of the line, from 0
    std::size_t offset = 0;  ///< bytes from the start of that line
};

/// The value of a field: one field line, or several, which mean the same as their non-empty lines joined by ", " (RFC
/// 9110, 5.3). A view: nothing is copied or joined in memory. The bytes, and the array of several lines, must outlive
/// this object, its copies and everything that is read from it. 24 bytes on 64-bit machines; cheap to copy.
class AUTHGRAMMAR_VIEW field_value {
public:
    /// The empty value, as one empty line.
    constexpr field_value() noexcept = default;

    /// One field line, without its line end. A char pointer must point to a terminated string, whose terminator is not
    /// part of the line.
    template <typename View, detail::if_string_view<View> = 0>
    constexpr field_value(View line AUTHGRAMMAR_LIFETIMEBOUND) noexcept  // NOLINT(google-explicit-constructor)
        : data_(line.data()), size_(line.size()) {}
    constexpr field_value(const char* line AUTHGRAMMAR_LIFETIMEBOUND) noexcept  // NOLINT(google-explicit-constructor)
        : field_value(std::string_view(line)) {}
    field_value(std::nullptr_t) = delete;

    /// One field line in a string of another type, such as std::string. Constant time if its conversion to
    /// std::string_view is. The string must outlive this object, so that a temporary does not compile. Where it does
    /// live long enough, as in a call that keeps no view, pass `std::string_view(string)`.
    template <typename String, detail::if_owning_string<String> = 0>
    constexpr field_value(const String& line AUTHGRAMMAR_LIFETIMEBOUND) noexcept  // NOLINT(google-explicit-constructor)
        : field_value(std::string_view(line)) {}
    template <typename String, detail::if_owning_string<String> = 0>
    field_value(const String&& line) = delete;  // a temporary string ends before the views of it: give it a name
    template <typename String, detail::if_other_view<String> = 0>
    constexpr field_value(const String& line) noexcept  // NOLINT(google-explicit-constructor)
        : field_value(std::string_view(line)) {}

    /// `count` field lines in the order received, empty ones included. If `lines` is null: the empty value.
    constexpr field_value(const std::string_view* lines AUTHGRAMMAR_LIFETIMEBOUND, std::size_t count) noexcept
        : lines_(lines), size_(lines == nullptr ? 0 : count) {}

    /// How many lines there are, empty ones included. Constant time.
    [[nodiscard]] constexpr std::size_t line_count() const noexcept { return lines_ == nullptr ? 1 : size_; }

    /// Line number `i`, from 0; `i` must be less than line_count(). A view of the bytes given. Constant time.
    [[nodiscard]] constexpr std::string_view line(std::size_t i) const noexcept {
        return lines_ == nullptr ? std::string_view(data_, size_) : lines_[i];
    }

    /// The length of the joined value in bytes. Linear in the number of lines.
    [[nodiscard]] AUTHGRAMMAR_EXPORT std::size_t size() const noexcept;

    /// The place of byte `offset` of the joined value. The ", " between two lines belongs to the end of the line before
    /// it, and an offset of size() or more to the end of the last line that is not empty. Linear in the number of lines;
    /// text::position() of a text from a view takes less.
    [[nodiscard]] field_position locate(std::size_t offset) const noexcept { return locate({}, offset); }

    /// Calls `f(std::string_view)` for each contiguous piece of the bytes [begin, end) of the joined value, in order,
    /// the ", " between lines included, until `f` returns false. A piece is never empty, and is a view of the bytes
    /// given or of static storage. Bytes at or after size() do not exist. Linear in the number of lines; no allocation;
    /// throws what `f` throws.
    template <typename F>
    void for_each_piece(std::size_t begin, std::size_t end, F&& f) const {
        for_each_piece({}, begin, end, f);
    }

private:
    friend struct detail::internals;
    friend class text;
    friend class auth_params;
    friend class challenge;
    friend class challenges;

    static constexpr std::string_view joint = ", ";

    [[nodiscard]] constexpr bool is_one_line() const noexcept { return lines_ == nullptr; }

    /// A copy, word by word: views are made of others that have just been stored so. See detail::load_scalar.
    [[nodiscard]] field_value copy() const noexcept {
        field_value made;
        made.data_ = detail::load_scalar(data_);
        made.lines_ = detail::load_scalar(lines_);
        made.size_ = detail::load_scalar(size_);
        return made;
    }

    /// Bytes [begin, end) of the one line, or those of them that it has.
    [[nodiscard]] constexpr std::string_view slice(std::size_t begin, std::size_t end) const noexcept {
        const std::size_t last = end < size_ ? end : size_;
        return begin < last ? std::string_view(data_ + begin, last - begin) : std::string_view();
    }

    /// The line of byte `offset`, looked for from a line that is not behind it. Linear in the lines between.
    [[nodiscard]] detail::line_start seek(detail::line_start from, std::size_t offset) const noexcept {
        return is_one_line() ? from : seek_line(lines_, size_, from, offset);
    }

    // Functions that are not inline take all by value, in classes of views too: what inline functions make on the way to
    // them can stay in registers then.
    [[nodiscard]] AUTHGRAMMAR_EXPORT static detail::line_start seek_line(const std::string_view* lines,
                                                                         std::size_t count, detail::line_start from,
                                                                         std::size_t offset) noexcept;

    /// The number of the next line that is not empty, or how many lines there are.
    [[nodiscard]] static std::size_t next_line(const std::string_view* lines, std::size_t count,
                                               std::size_t i) noexcept {
        do {
            ++i;
        } while (i < count && lines[i].empty());
        return i;
    }

    [[nodiscard]] field_position locate(detail::line_start from, std::size_t offset) const noexcept {
        const detail::line_start at = seek(from, offset);
        if (at.line == line_count()) return {};
        const std::size_t in_line = offset - at.offset;
        const std::size_t length = line(at.line).size();
        return {at.line, in_line < length ? in_line : length};
    }

    template <typename F>
    void for_each_piece(detail::line_start from, std::size_t begin, std::size_t end, F& f) const;

    const char* data_ = nullptr;               // of the one line
    const std::string_view* lines_ = nullptr;  // null if there is one line
    std::size_t size_ = 0;                     // bytes of the one line, or how many lines
};

// decides: R7235-4.1-several-lines, R9110-5.3-field-lines
template <typename F>
void field_value::for_each_piece(detail::line_start from, std::size_t begin, std::size_t end, F& f) const {
    if (is_one_line()) {
        const std::string_view piece = slice(begin, end);
        if (!piece.empty()) static_cast<void>(f(piece));
        return;
    }
    if (begin >= end || size_ == 0) return;
    // Offsets count from the start of the line, then from the end of it.
    const auto part = [&f](std::string_view whole, std::size_t first, std::size_t last) {
        if (last > whole.size()) last = whole.size();
        return first >= last || f(std::string_view(whole.data() + first, last - first));
    };
    detail::line_start at = seek_line(lines_, size_, from, begin);
    for (;;) {
        const std::string_view line = lines_[at.line];
        if (!part(line, begin - at.offset, end - at.offset)) return;
        const std::size_t line_end = at.offset + line.size();
        if (end <= line_end) return;
        at.line = next_line(lines_, size_, at.line);
        if (at.line == size_) return;
        if (!part(joint, begin > line_end ? begin - line_end : 0, end - line_end)) return;
        at.offset = line_end + joint.size();
        if (end <= at.offset) return;
        if (begin < at.offset) begin = at.offset;
    }
}

}  // namespace authgrammar

#endif
