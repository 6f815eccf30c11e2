#ifndef AUTHLINT_LINT_LINTED_FILE_HPP
#define AUTHLINT_LINT_LINTED_FILE_HPP

#include <authgrammar/audit/message.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace authlint {

/// Line and column of a byte, from 1.
struct text_place {
    std::size_t line = 1;
    std::size_t column = 1;
    std::string_view label =
        {};  ///< of an export: what the bytes are part of there; line and column count from its start
};

/// A file that is linted. Its messages are judged one after the other, so that no two are in memory.
class linted_file {
public:
    /// A file that is held in memory as a whole. Linear.
    linted_file(std::string name, std::string_view bytes, const std::vector<authgrammar::audit::message>& messages);

    std::string name;
    std::string_view bytes;  ///< all of it with --fix or --why; else empty, for it is read piece by piece
    const std::vector<authgrammar::audit::message>& messages;  ///< the same

    /// Logarithmic in the lines.
    [[nodiscard]] text_place place_of(std::size_t offset) const;

private:
    std::vector<std::size_t> line_starts_;
};

}  // namespace authlint

#endif
