#include "json/strict_json.hpp"

#include <set>
#include <vector>

namespace authlint {

using json = nlohmann::ordered_json;

strict_json read_strict_json(std::string_view text) {
    strict_json out;
    std::vector<std::set<std::string>> seen;
    const auto watch = [&](int, json::parse_event_t event, json& parsed) {
        if (event == json::parse_event_t::object_start) seen.emplace_back();
        if (event == json::parse_event_t::object_end) seen.pop_back();
        if (event == json::parse_event_t::key && !seen.back().insert(parsed.get<std::string>()).second) {
            out.repeated = parsed.get<std::string>();
        }
        return true;
    };
    // The library takes a NUL for the end of its input.
    const bool whole = text.find('\0') == std::string_view::npos;
    if (whole) out.object = json::parse(text.begin(), text.end(), watch, false);
    if (!whole || out.object.is_discarded()) {
        out.repeated.clear();
        out.failure = "the input is not JSON (RFC 8259)";
    } else if (!out.object.is_object()) {
        out.repeated.clear();
        out.failure = "the input is not a JSON object";
    } else if (!out.repeated.empty()) {
        out.failure = "a member is there twice: " + shown(json(out.repeated));
    }
    return out;
}

std::string shown(const json& value) {
    if (value.is_structured()) return value.is_array() ? "an array" : "an object";
    return value.dump(-1, ' ', true, json::error_handler_t::replace);
}

}  // namespace authlint
