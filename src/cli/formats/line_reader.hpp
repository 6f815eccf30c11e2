#ifndef AUTHLINT_FORMATS_LINE_READER_HPP
#define AUTHLINT_FORMATS_LINE_READER_HPP

#include "formats/byte_source.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace authlint {

/// Reads a source line by line, in memory that does not depend on its size.
class line_reader {
public:
    /// Longer lines are cut.
    static constexpr std::size_t longest = std::size_t{1} << 20;

    /// The source must outlive it.
    explicit line_reader(byte_source& source) noexcept : source_(source) {}

    /// The next line without its end, LF or CRLF; nothing at the end. The view is good until the next call.
    [[nodiscard]] std::optional<std::string_view> next();

    /// Gives the line that next() gave once more.
    void again() noexcept { again_ = true; }

    /// The next `size` bytes, as they come: at most 64 KiB at a time; empty at the end. Not after again().
    [[nodiscard]] std::string_view take(std::size_t size);

    /// Gives bytes that take() gave once more, before those that follow them.
    void put_back(std::string bytes);

    /// Of the line that next() gave last: its number, from 1 on; whether it ended with LF; whether it was longer.
    [[nodiscard]] std::size_t number() const noexcept { return number_; }
    [[nodiscard]] bool ended() const noexcept { return ended_; }
    [[nodiscard]] bool cut() const noexcept { return cut_; }

    /// How many bytes were read so far.
    [[nodiscard]] std::size_t offset() const noexcept { return offset_; }

private:
    bool refill();
    void append(std::string_view piece);

    byte_source& source_;
    std::string_view rest_;
    std::string put_back_;  // what rest_ is of, after put_back()
    std::string line_;
    std::string_view given_;
    std::size_t number_ = 0;
    std::size_t offset_ = 0;
    bool ended_ = false;
    bool cut_ = false;
    bool again_ = false;
};

}  // namespace authlint

#endif
