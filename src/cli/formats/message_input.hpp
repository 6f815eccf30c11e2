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
    std::vector<text_origin>
        origins;  ///< where messages were in an export, by offset; empty if the text is the file's own
    std::vector<authgrammar::audit::message> messages;
    std::vector<unread_part> unread{};  ///< what was not read; a place that is empty stands for the whole input
};

/// Reads a file ("-" is stdin) as a whole. `kind` is one of input_kinds(), or empty. What could not be read is told on
/// stderr, too.
[[nodiscard]] message_input read_message_input(const std::string& path, const std::string& kind);

/// The same for what a file holds.
[[nodiscard]] message_input messages_in(std::string bytes, const std::string& path, const std::string& kind);

}  // namespace authlint

#endif
