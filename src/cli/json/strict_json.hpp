#ifndef AUTHLINT_STRICT_JSON_HPP
#define AUTHLINT_STRICT_JSON_HPP

#include <nlohmann/json.hpp>

#include <string>
#include <string_view>

namespace authlint {

/// A JSON object, or why a text is none. Its members are in their order, and none is there twice.
struct strict_json {
    nlohmann::ordered_json object;
    std::string failure;   ///< a sentence; empty if there is an object
    std::string repeated;  ///< the member that is there twice, if that is the failure
};

/// Reads a text that is one JSON object (RFC 8259).
[[nodiscard]] strict_json read_strict_json(std::string_view text);

/// A value as errors show it. What is in arrays and objects is left out: they may be deep.
[[nodiscard]] std::string shown(const nlohmann::ordered_json& value);

}  // namespace authlint

#endif
