#ifndef AUTHLINT_STRICT_JSON_HPP
#define AUTHLINT_STRICT_JSON_HPP

#include <nlohmann/json.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace authlint {

/// A JSON object, or why a text is none. Its members are in their order, and none is there twice.
struct strict_json {
    /// Of an object, so many members are kept: more than any form has, so that one of them is unknown to whoever reads it.
    static constexpr std::size_t most_members = 256;
    /// In all, so many values: more than any form has. A value takes many times the bytes of its text.
    static constexpr std::size_t most_values = std::size_t{1} << 18;

    nlohmann::ordered_json object;
    std::string failure;   ///< a sentence; empty if there is an object
    std::string repeated;  ///< the member that is there twice, if that is the failure
};

/// Reads a text that is one JSON object (RFC 8259). n log n.
[[nodiscard]] strict_json read_strict_json(std::string_view text);

/// A value as errors show it. What is in arrays, objects and long strings is left out.
[[nodiscard]] std::string shown(const nlohmann::ordered_json& value);

}  // namespace authlint

#endif
