#ifndef AUTHLINT_LINT_MESSAGE_EXCERPTS_HPP
#define AUTHLINT_LINT_MESSAGE_EXCERPTS_HPP

#include "lint/lint_report.hpp"
#include "shell/excerpt.hpp"
#include "shell/terminal.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace authlint {

/// "response 401", "GET request", "field lines", "trailer section".
[[nodiscard]] std::string title_of(const authgrammar::audit::message& m);

/// The field line of a message that holds a byte of the input, its folds and the place behind its last byte included; null if
/// none does. Logarithmic.
[[nodiscard]] const authgrammar::audit::field_line* field_line_at(const authgrammar::audit::message& m,
                                                                  std::size_t offset);

/// Shows lines of a file with a mark under them and without their secrets.
class message_excerpts {
public:
    message_excerpts(const palette& colours, bool reveal) : colours_(colours), reveal_(reveal) {}

    /// What follows is about this file, which must outlive that.
    void begin_file(const linted_file& file);

    /// file.place_of(offset).
    [[nodiscard]] text_place place_of(std::size_t offset) const;

    /// The line that `at` is in, of `own` or an earlier message, and the mark; a note such as "see also" comes before it
    /// with the number of the line. What cannot be read as a field line is not shown unless secrets are. The secrets of a
    /// message are looked for once.
    [[nodiscard]] std::string excerpt_of(const authgrammar::audit::message& own, authgrammar::audit::span at,
                                         std::string_view note = {}) const;

    /// The same without a note, indents and colours; nothing if it is not shown.
    [[nodiscard]] std::optional<excerpt> lines_of(const authgrammar::audit::message& own,
                                                  authgrammar::audit::span at) const;

private:
    static constexpr std::size_t most_hidden = 16;   // messages whose secrets are remembered
    static constexpr std::size_t most_shown = 1024;  // bytes of what is no line

    /// The stretches of the file that hold secrets of `m`, in order; none with reveal.
    const std::vector<authgrammar::audit::span>& hidden_in(const authgrammar::audit::message& m) const;

    const palette& colours_;
    bool reveal_;
    const linted_file* file_ = nullptr;
    mutable std::unordered_map<std::size_t, std::vector<authgrammar::audit::span>>
        hidden_;  // by the start of the message
};

}  // namespace authlint

#endif
