#ifndef AUTHLINT_JSON_LATIN1_HPP
#define AUTHLINT_JSON_LATIN1_HPP

#include <string>
#include <string_view>

namespace authlint {

/// A JSON string of bytes, each the code point of its number, as in parse.
[[nodiscard]] inline std::string latin1_as_utf8(std::string_view bytes) {
    std::string out;
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte >= 0x80) out += static_cast<char>(0xC0U | byte >> 6);
        out += static_cast<char>(byte < 0x80 ? byte : 0x80U | (byte & 0x3FU));
    }
    return out;
}

}  // namespace authlint

#endif
