#ifndef AUTHLINT_FORMATS_OPEN_EXPORT_HPP
#define AUTHLINT_FORMATS_OPEN_EXPORT_HPP

#include "formats/byte_source.hpp"
#include "formats/message_text.hpp"

#include <authgrammar/audit/foreign_format.hpp>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace authlint {

/// How an input is to be read.
struct opened_export {
    std::unique_ptr<message_text> messages;  ///< made from it; null if the input is text itself, or is refused
    std::string refusal;                     ///< why it is not read, and what to do: a line for people; or empty
};

/// Finds out what `source` holds, through gzip and colours, and opens it. `forced` is a name of input_kinds(), or empty.
/// `source` is the whole input from its first byte on. Null and no refusal: it is text as it stands, or a format that is not
/// read, which read_messages() names.
[[nodiscard]] opened_export open_export(std::unique_ptr<byte_source> source, std::string_view forced = {});

/// The names of what can be read: "text" and ids of formats.
[[nodiscard]] const std::vector<std::string>& input_kinds();

}  // namespace authlint

#endif
