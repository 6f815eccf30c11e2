#ifndef AUTHLINT_FORMATS_MESSAGE_INPUT_HPP
#define AUTHLINT_FORMATS_MESSAGE_INPUT_HPP

#include "formats/message_text.hpp"

#include <authgrammar/audit/message.hpp>

#include <string>
#include <vector>

namespace authlint {

/// The messages of a file, and the text that they were read from: the file's own, or one that was made from it.
struct message_input {
    std::string text;
    std::vector<authgrammar::audit::message> messages;
    std::vector<unread_part> unread{};  ///< what was not read; a place that is empty stands for the whole input
};

/// The largest file whose messages are compared with each other, for which it is held in memory as a whole.
inline constexpr std::size_t largest_held_file = std::size_t{1} << 26;

/// Reads a file ("-" is stdin) as a whole. `kind` is one of input_kinds(), or empty. What could not be read is told on
/// stderr, too. A file of more than `most` bytes is not read.
[[nodiscard]] message_input read_message_input(const std::string& path, const std::string& kind,
                                               std::size_t most = largest_held_file);

}  // namespace authlint

#endif
