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
class written_memory;
}  // namespace detail

/// A place in the field lines of a value.
struct field_position {
    std::size_t line = 0;    ///< index of the line, from 0
    std::size_t offset = 0;  ///< bytes from the start of that line
};

/// The value of a field: one field line, or several, which mean the same as their non-empty lines joined by ", " (RFC
/// 9110, 5.3). A view: nothing is copied or joined in memory. The bytes, and the array of several lines, must outlive
/// this object, its copies and everything that is read from it. 32 bytes on 64-bit machines; cheap to copy.
class AUTHGRAMMAR_VIEW field_value {
public:
    /// The empty value, as one empty line.
    constexpr field_value() noexcept = default;

    /// One field line, without its line end. A char pointer must point to a terminated string, whose terminator is not
    /// part of the line.
    template <typename View, detail::if_string_view<View> = 0>
    constexpr field_value(View line AUTHGRAMMAR_LIFETIMEBOUND) noexcept  // NOLINT(google-explicit-constructor)
        : single_(line) {}
    constexpr field_value(const char* line AUTHGRAMMAR_LIFETIMEBOUND) noexcept  // NOLINT(google-explicit-constructor)
        : single_(line) {}
    field_value(std::nullptr_t) = delete;

    /// One field line in a string of another type, such as std::string. Constant time if its conversion to
    /// std::string_view is. The string must outlive this object, so that a temporary does not compile. Where it does
    /// live long enough, as in a call that keeps no view, pass `std::string_view(string)`.
    template <typename String, detail::if_owning_string<String> = 0>
    constexpr field_value(const String& line AUTHGRAMMAR_LIFETIMEBOUND) noexcept  // NOLINT(google-explicit-constructor)
        : single_(line) {}
    template <typename String, detail::if_owning_string<String> = 0>
    field_value(const String&& line) = delete;  // a temporary string ends before the views of it: give it a name
    template <typename String, detail::if_other_view<String> = 0>
    constexpr field_value(const String& line) noexcept : single_(line) {}  // NOLINT(google-explicit-constructor)

    /// `count` field lines in the order received, empty ones included. If `lines` is null: the empty value.
    constexpr field_value(const std::string_view* lines AUTHGRAMMAR_LIFETIMEBOUND, std::size_t count) noexcept
        : lines_(lines), count_(count) {}

    /// How many lines there are, empty ones included. Constant time.
    [[nodiscard]] constexpr std::size_t line_count() const noexcept { return lines_ == nullptr ? 1 : count_; }

    /// Line number `i`, from 0; `i` must be less than line_count(). A view of the bytes given. Constant time.
    [[nodiscard]] constexpr std::string_view line(std::size_t i) const noexcept {
        return lines_ == nullptr ? single_ : lines_[i];
    }

    /// The length of the joined value in bytes. Linear in the number of lines.
    [[nodiscard]] AUTHGRAMMAR_EXPORT std::size_t size() const noexcept;

    /// The place of byte `offset` of the joined value. The ", " between two lines belongs to the end of the line before
    /// it, and an offset of size() or more to the end of the last line that is not empty. Linear in the number of
    /// lines.
    [[nodiscard]] AUTHGRAMMAR_EXPORT field_position locate(std::size_t offset) const noexcept;

    /// Calls `f(std::string_view)` for each contiguous piece of the bytes [begin, end) of the joined value, in order,
    /// the ", " between lines included, until `f` returns false. A piece is never empty, and is a view of the bytes
    /// given or of static storage. Bytes at or after size() do not exist. Linear in the number of lines; no allocation;
    /// throws what `f` throws.
    template <typename F>
    void for_each_piece(std::size_t begin, std::size_t end, F&& f) const;

private:
    friend class detail::written_memory;

    std::string_view single_{};
    const std::string_view* lines_ = nullptr;
    std::size_t count_ = 0;
};

// decides: R7235-4.1-several-lines, R9110-5.3-field-lines
template <typename F>
void field_value::for_each_piece(std::size_t begin, std::size_t end, F&& f) const {
    constexpr std::string_view joint = ", ";
    std::size_t start = 0;
    bool first = true;
    const auto part = [&](std::string_view text) {
        const std::size_t from = begin > start ? begin - start : 0;
        const std::size_t to = end - start < text.size() ? end - start : text.size();
        start += text.size();
        return from >= to || f(std::string_view(text.data() + from, to - from));
    };
    for (std::size_t i = 0; i < line_count() && start < end; ++i) {
        const std::string_view text = line(i);
        if (text.empty()) continue;
        if (!first && !part(joint)) return;
        first = false;
        if (start >= end || !part(text)) return;
    }
}

}  // namespace authgrammar

#endif
