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

/// Whether a JSON value is a string of octets: of the code points U+0000 to U+00FF, which stand for those of the same number.
enum class octets_of_json { all, no_string, over_ff };

/// A member of an object. The views are those of the text.
struct json_member {
    std::string_view source;  ///< the name as it stands, with its DQUOTEs
    std::string_view value;   ///< the value as it stands
    std::size_t offset = 0;   ///< of the name, in the text
    bool plain = false;       ///< whether the name is printable ASCII without escapes

    octets_of_json is = octets_of_json::no_string;  ///< what the value is
    std::size_t octets_begin = 0;                   ///< and where its octets are: see json_object::octets()
    std::size_t octets_size = 0;

    /// Whether the name, unescaped, is `ascii`. Linear in the name; allocates only if it is not plain.
    [[nodiscard]] bool is_named(std::string_view ascii) const {
        return plain ? source.size() == ascii.size() + 2 && source.substr(1, ascii.size()) == ascii : is_spelt(ascii);
    }

private:
    [[nodiscard]] bool is_spelt(std::string_view ascii) const;
};

/// The members of an object in order, repeated ones included; or why a text is none.
struct json_object {
    std::vector<json_member> members;
    std::optional<json_failure> failure;

    /// Reads the object that `text` is, and answers whether it is one. Strict: UTF-8 without surrogates or overlong
    /// forms, escapes of surrogates in pairs only, no byte order mark, nothing behind the object but white space.
    /// What was read before is forgotten, but its memory used again. Linear; recursion is bounded by json_depth_limit.
    bool read(std::string_view text);

    /// The octets of the value of a member, if it is a string of them. A view until the next text is read.
    [[nodiscard]] std::string_view octets(const json_member& m) const noexcept {
        return std::string_view(octets_).substr(m.octets_begin, m.octets_size);
    }

private:
    std::string octets_;  ///< of all members that are strings, and room for as many as any text so far had
};

/// The elements of a JSON array, as they stand; nothing if `value`, valid JSON, is no array. Of more than `most`, the first ones
/// and one more.
[[nodiscard]] std::optional<std::vector<std::string_view>> json_elements(
    std::string_view value, std::size_t most = static_cast<std::size_t>(-1));

/// Appends the octets of a JSON string, and answers what it is; after any other answer than `all` what was appended means
/// nothing. Linear.
[[nodiscard]] octets_of_json append_octets_of_json(std::string& out, std::string_view value);

/// Whether all octets are ASCII. Linear.
[[nodiscard]] bool is_ascii(std::string_view octets) noexcept;

/// Appends valid JSON text with everything beyond ASCII escaped: the same values in ASCII. Linear.
void append_json_in_ascii(std::string& out, std::string_view text);

/// Bytes as a JSON string of ASCII characters, byte 00–FF being the code point of the same number. A view.
class json_bytes {
public:
    explicit json_bytes(std::string_view bytes) noexcept;
    /// Whether all of them stand for themselves: printable ASCII but DQUOTE and backslash.
    [[nodiscard]] bool plain() const noexcept { return plain_; }
    /// How many bytes the string takes at most.
    [[nodiscard]] std::size_t room() const noexcept;
    /// Writes it to memory with room for it, and answers its end. Linear.
    char* put(char* to) const noexcept;

private:
    std::string_view bytes_;
    bool plain_;
};

/// Appends them. Linear.
void append_json_bytes(std::string& out, std::string_view bytes);

}  // namespace authlint

#endif
