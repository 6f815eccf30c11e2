#ifndef AUTHGRAMMAR_FIELD_VALUE_HPP
#define AUTHGRAMMAR_FIELD_VALUE_HPP

#include <authgrammar/export.hpp>

#include <cstddef>
#include <string_view>
#include <type_traits>

namespace authgrammar {

namespace detail {
class written_memory;
}  // namespace detail

/// A place in one or several field lines: `offset` bytes from the start of line number `line` (from 0).
struct field_position {
    std::size_t line = 0;
    std::size_t offset = 0;
};

/// The value of a field: one line, or several lines that mean their non-empty lines joined by ", "
/// (RFC 9110, 5.3). Nothing is joined in memory and nothing is copied: the bytes, and for several lines the
/// array of views too, must outlive this object and all views made from it. Cheap to copy.
class field_value {
public:
    /// No lines: the empty value.
    constexpr field_value() noexcept = default;

    /// One field line.
    constexpr field_value(std::string_view line) noexcept : single_(line) {}  // NOLINT(google-explicit-constructor)
    constexpr field_value(const char* line) noexcept : single_(line) {}       // NOLINT(google-explicit-constructor)

    /// The same from a string of another type, std::string say, which must outlive this object as its bytes do.
    template <typename String, std::enable_if_t<std::is_convertible_v<const String&, std::string_view>, int> = 0>
    constexpr field_value(const String& line) noexcept  // NOLINT(google-explicit-constructor)
        : field_value(std::string_view(line)) {}

    /// `count` field lines in the order received, empty ones included.
    constexpr field_value(const std::string_view* lines, std::size_t count) noexcept : lines_(lines), count_(count) {}

    /// How many lines there are, empty ones included.
    [[nodiscard]] constexpr std::size_t line_count() const noexcept { return lines_ == nullptr ? 1 : count_; }

    /// Line number `i`, which must be less than line_count().
    [[nodiscard]] constexpr std::string_view line(std::size_t i) const noexcept {
        return lines_ == nullptr ? single_ : lines_[i];
    }

    /// Bytes of the joined value. Linear in the lines.
    [[nodiscard]] AUTHGRAMMAR_EXPORT std::size_t size() const noexcept;

    /// Where byte `offset` of the joined value stands. The ", " between two lines, and the end of the value,
    /// stand at the end of the line before them. Linear in the lines.
    [[nodiscard]] AUTHGRAMMAR_EXPORT field_position locate(std::size_t offset) const noexcept;

    /// Calls `f(std::string_view)` for each contiguous piece of bytes [begin, end) of the joined value, the ", "
    /// between lines included, in order, while `f` answers true. Linear in the lines; no allocation.
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
