#ifndef AUTHLINT_LINT_LINE_INDEX_HPP
#define AUTHLINT_LINT_LINE_INDEX_HPP

#include <authgrammar/audit/input_source.hpp>

#include <cstddef>
#include <deque>
#include <optional>
#include <string_view>
#include <vector>

namespace authlint {

/// Counts the lines of an input, in bounded memory. Bytes near a place are read again to count them.
class line_index {
public:
    /// The input must outlive it.
    explicit line_index(authgrammar::audit::input_source& source) : source_(source) {}

    static constexpr std::size_t near_marks = std::size_t{1} << 12;  ///< bytes that are read again for a place, at most

    struct place {
        std::size_t line;    ///< from 1
        std::size_t column;  ///< in bytes, from 1
    };

    /// The line ends in `bytes`. Linear.
    [[nodiscard]] static std::size_t lines_in(std::string_view bytes) noexcept;

    /// Takes bytes that were read. Those that were seen before, or lie behind a gap, are passed over. Linear.
    void see(std::size_t offset, std::string_view bytes);

    /// Of a byte of the input, or its end. Nothing if the bytes near it are lost. Logarithmic, and linear in `near_marks`
    /// where it is not far back.
    [[nodiscard]] std::optional<place> place_of(std::size_t offset);

    /// Finds the place of `offset`, whose bytes may soon be lost, and remembers it until another one is kept.
    void keep(std::size_t offset) {
        if (place_of(offset)) kept_ = last_;
    }

private:
    /// A place with the lines before it.
    struct mark {
        std::size_t offset = 0;
        std::size_t lines = 0;
        std::size_t line_start = 0;
    };
    static constexpr std::size_t most_recent = 2048;
    static constexpr std::size_t most_sparse = 4096;

    static void count(mark& m, std::string_view bytes) noexcept;
    bool advance(mark& m, std::size_t offset);
    void remember(const mark& m);
    [[nodiscard]] mark before(std::size_t offset) const;

    authgrammar::audit::input_source& source_;
    mark counted_;              // so far
    mark last_;                 // what was asked for last
    mark kept_;                 // what was kept
    std::deque<mark> recent_;   // the last ones, each near_marks behind the one before
    std::vector<mark> sparse_;  // some of all, evenly
    std::size_t stride_ = near_marks;
};

}  // namespace authlint

#endif
