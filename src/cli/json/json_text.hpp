#ifndef AUTHLINT_JSON_TEXT_HPP
#define AUTHLINT_JSON_TEXT_HPP

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// JSON (RFC 8259) read as text: members keep their order and the very characters of their values. A library that
/// turns numbers into doubles cannot give 1e400 or 1.0 back unchanged, and `authlint parse --ndjson` has to.
namespace authlint {

/// Nesting beyond this is refused.
inline constexpr std::size_t json_depth_limit = 512;

/// Where a text is not JSON, in bytes from its start, and what could have stood there.
struct json_failure {
    std::size_t offset = 0;
    std::string_view expected;
};

/// A member of an object. The views are those of the text.
struct json_member {
    std::u32string name;      ///< unescaped
    std::string_view source;  ///< the name as it stands, with its DQUOTEs
    std::string_view value;   ///< the value as it stands
    std::size_t offset = 0;   ///< of the name, in the text
};

/// The members of the object that `text` is, in order, repeated ones included; or why it is none. Strict: UTF-8
/// without surrogates or overlong forms, escapes of surrogates in pairs only, no byte order mark, nothing behind
/// the object but white space. Linear; recursion is bounded by json_depth_limit.
struct json_object {
    std::vector<json_member> members;
    std::optional<json_failure> failure;
};
[[nodiscard]] json_object read_json_object(std::string_view text);

/// The elements of a JSON array, as they stand; nothing if `value`, valid JSON, is no array.
[[nodiscard]] std::optional<std::vector<std::string_view>> json_elements(std::string_view value);

/// The code points of a JSON string; nothing if `value`, valid JSON, is no string.
[[nodiscard]] std::optional<std::u32string> json_string(std::string_view value);

/// Valid JSON text with everything beyond ASCII escaped: the same values in ASCII.
[[nodiscard]] std::string json_in_ascii(std::string_view text);

/// Appends bytes as a JSON string of ASCII characters, byte 00–FF being the code point of the same number.
void append_json_bytes(std::string& out, std::string_view bytes);

}  // namespace authlint

#endif
