#ifndef AUTHGRAMMAR_COMMON_LINES_HPP
#define AUTHGRAMMAR_COMMON_LINES_HPP

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace authgrammar::detail {

/// Takes what is before the next `end` from the front of `rest`, and drops that `end`; all of `rest` if there is none.
/// Linear in what it takes.
[[nodiscard]] inline std::string_view take_until(std::string_view& rest, char end) noexcept {
    const std::size_t size = std::min(rest.find(end), rest.size());
    const std::string_view taken = rest.substr(0, size);
    rest.remove_prefix(std::min(size + 1, rest.size()));
    return taken;
}

/// The same for a line, whose end, LF or CRLF, is left out.
[[nodiscard]] inline std::string_view take_line(std::string_view& rest) noexcept {
    std::string_view line = take_until(rest, '\n');
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    return line;
}

}  // namespace authgrammar::detail

#endif
