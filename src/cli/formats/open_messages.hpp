#ifndef AUTHLINT_FORMATS_OPEN_MESSAGES_HPP
#define AUTHLINT_FORMATS_OPEN_MESSAGES_HPP

#include "formats/converted_input.hpp"
#include "shell/input_stream.hpp"

#include <memory>
#include <string>

namespace authlint {

/// An input, and the text of its messages.
struct opened_input {
    std::unique_ptr<input_stream> file;     ///< null if it cannot be opened
    std::unique_ptr<converted_input> made;  ///< the text, if it is made from the file; else the file is the text
    std::string refusal;                    ///< why nothing of it is read, for people; or empty

    [[nodiscard]] input_stream& text() const { return made != nullptr ? static_cast<input_stream&>(*made) : *file; }
};

/// Opens the file `path` ("-" is stdin) and finds out what it holds; `kind` is one of input_kinds(), or empty for what it
/// looks like. Of a pipe that begins with a start line no more than that line is awaited.
[[nodiscard]] opened_input open_messages(const std::string& path, const std::string& kind);

/// Says on stderr what of an input was not read: all of it, if the part has no place.
void complain_of_unread(const std::string& source, const unread_part& part);

}  // namespace authlint

#endif
