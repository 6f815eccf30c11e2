#ifndef AUTHLINT_TREE_HPP
#define AUTHLINT_TREE_HPP

#include "shell/terminal.hpp"

#include <authgrammar/event.hpp>
#include <authgrammar/field.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace authlint {

/// How a value that was taken apart is shown.
struct tree_style {
    const palette& colours;
    std::size_t indent = 0;
    std::size_t longest = 72;  ///< columns of a value, more or less
    bool hidden = false;       ///< words that audit::word_filter does not show are redacted
};

/// The parts of a valid value, each challenge and each parameter in a line of its own, as they stand. A
/// quoted-string with escapes is followed by what it means.
[[nodiscard]] std::string make_tree(authgrammar::field_kind kind, std::string_view value,
                                    const std::vector<authgrammar::event>& events, const tree_style& style);

/// "2 challenges", "credentials", "3 parameters": what a valid value of `f` is made of.
[[nodiscard]] std::string contents(authgrammar::field f, const std::vector<authgrammar::event>& events);

}  // namespace authlint

#endif
