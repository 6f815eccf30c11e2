#ifndef AUTHGRAMMAR_AUDIT_HEADER_SECTION_HPP
#define AUTHGRAMMAR_AUDIT_HEADER_SECTION_HPP

#include "input/curl_notes.hpp"
#include "input/input_window.hpp"

#include <authgrammar/audit/message.hpp>
#include <authgrammar/audit/reading_limits.hpp>

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

namespace authgrammar::audit {

/// Reads header sections, one after the other.
class header_section {
public:
    /// Both must outlive it.
    header_section(input_window& window, curl_notes& notes, const reading_limits& limits) noexcept
        : window_(window), notes_(notes), limits_(limits) {}

    /// How a section ended.
    struct outcome {
        std::size_t next = 0;     ///< where what is behind it begins
        bool empty_line = false;  ///< an empty line or the input's end ends it; else what is no part of it
        std::optional<std::size_t> coloured{};  ///< where it goes on in the colours of a terminal
    };

    /// Reads the start line, if `first` is one as `start` says, and the field lines up to the empty line. `begin` is where the
    /// line of `first` begins, and `m` has its place. Linear.
    outcome read(message& m, const dump_line& first, const start_line& start, std::size_t begin);

private:
    enum class role { field, fold, junk };
    struct section_line {
        span at;  // without its line end
        field_line_start start;
        role kind;
        bool has_cr;  // in it, not only before its LF
    };

    outcome collect(message& m, const start_line& start, std::size_t at);
    std::size_t take_plain_lines(std::size_t begin, std::size_t at);
    outcome skip_rest(message& m, outcome out);
    [[nodiscard]] std::size_t empty_line_at(std::size_t at);
    void build(message& m, const start_line& start, outcome& out) const;
    [[nodiscard]] dump_line line_at(std::size_t at, char prefix, std::size_t most);
    [[nodiscard]] std::size_t most_of_line(std::size_t begin, std::size_t at) const noexcept;
    bool take_note(message& m, const dump_line& line);

    input_window& window_;
    curl_notes& notes_;
    reading_limits limits_;
    std::vector<section_line> lines_;  // of the section that is being read
};

/// The lines of a stretch that cannot be read, adjacent ones together; no more stretches than are worth telling.
void add_unreadable(std::vector<span>& spans, span line);

}  // namespace authgrammar::audit

#endif
