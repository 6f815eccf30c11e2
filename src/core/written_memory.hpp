#ifndef AUTHGRAMMAR_CORE_WRITTEN_MEMORY_HPP
#define AUTHGRAMMAR_CORE_WRITTEN_MEMORY_HPP

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "internals.hpp"

namespace authgrammar::detail {

/// The memory that a function writes to, held against the memory that it reads.
class written_memory {
public:
    /// None.
    written_memory() noexcept = default;

    /// A null buffer has no room, whatever `capacity` says.
    written_memory(const void* buffer, std::size_t capacity) noexcept
        : begin_(address(buffer)), size_(buffer == nullptr ? 0 : capacity) {}

    [[nodiscard]] std::size_t size() const noexcept { return size_; }

    /// Whether one of the `size` bytes at `p` lies in it. An empty range lies nowhere.
    [[nodiscard]] bool overlaps(const void* p, std::size_t size) const noexcept {
        if (size == 0 || size_ == 0) return false;
        const std::uintptr_t other = address(p);
        return other < begin_ ? begin_ - other < size : other - begin_ < size_;
    }
    [[nodiscard]] bool overlaps(std::string_view s) const noexcept { return overlaps(s.data(), s.size()); }

    /// Whether a byte of `t`, or the array of lines that it views, lies in it. Linear in the lines that it spans.
    [[nodiscard]] bool overlaps(const text& t) const noexcept {
        if (size_ == 0) return false;
        bool found = overlaps_lines_of(internals::value(t));
        internals::for_each_piece(t, [&](std::string_view piece) {
            found = found || overlaps(piece);
            return !found;
        });
        return found;
    }

    /// Whether a byte of a line, or the array of lines, lies in it. Linear in the lines.
    [[nodiscard]] bool overlaps(const field_value& value) const noexcept {
        bool found = overlaps_lines_of(value);
        for (std::size_t i = 0; !found && i < value.line_count(); ++i) found = overlaps(value.line(i));
        return found;
    }

    /// Whether a view of a value that was read lies in it, or a byte of the value, or an event. Linear in the lines.
    template <typename View>
    [[nodiscard]] bool overlaps(const View& view) const noexcept {
        const event* const first = internals::first(view);
        const auto events = static_cast<std::size_t>(internals::last(view) - first);
        return overlaps(&view, sizeof view) || overlaps(first, events * sizeof(event)) ||
               overlaps(internals::value(view));
    }

private:
    [[nodiscard]] static std::uintptr_t address(const void* p) noexcept { return reinterpret_cast<std::uintptr_t>(p); }
    [[nodiscard]] bool overlaps_lines_of(const field_value& value) const noexcept {
        const std::string_view* const lines = internals::lines(value);
        return lines != nullptr && overlaps(lines, value.line_count() * sizeof(std::string_view));
    }

    std::uintptr_t begin_ = 0;
    std::size_t size_ = 0;
};

}  // namespace authgrammar::detail

#endif
