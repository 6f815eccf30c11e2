#include "json/strict_json.hpp"

#include <set>
#include <vector>

namespace authlint {

using json = nlohmann::ordered_json;

namespace {

/// The longest value that errors show.
constexpr std::size_t most_shown = 80;

/// No form that authlint reads is nested half as deep.
constexpr int most_nested = 64;

}  // namespace

strict_json read_strict_json(std::string_view text) {
    strict_json out;
    std::vector<std::set<std::string>> seen;
    // A new member is compared with each that is kept, so that many would take time that is not linear.
    bool too_deep = false;
    std::size_t values = 0;
    const auto watch = [&](int depth, json::parse_event_t event, json& parsed) {
        const bool begins = event == json::parse_event_t::object_start || event == json::parse_event_t::array_start;
        too_deep = too_deep || (begins && depth > most_nested);
        values += begins || event == json::parse_event_t::value ? 1 : 0;
        if (too_deep || values > strict_json::most_values) return false;
        if (event == json::parse_event_t::object_start) seen.emplace_back();
        if (event == json::parse_event_t::object_end) seen.pop_back();
        if (event != json::parse_event_t::key) return true;
        if (!seen.back().insert(parsed.get<std::string>()).second) out.repeated = parsed.get<std::string>();
        return seen.back().size() <= strict_json::most_members;
    };
    // The library takes a NUL for the end of its input.
    const bool whole = text.find('\0') == std::string_view::npos;
    if (whole) out.object = json::parse(text.begin(), text.end(), watch, false);
    if (too_deep) {
        out.repeated.clear();
        out.failure = "the input is nested too deep";
    } else if (values > strict_json::most_values) {
        out.repeated.clear();
        out.failure = "the input has more than " + std::to_string(strict_json::most_values) + " values";
    } else if (!whole || out.object.is_discarded()) {
        out.repeated.clear();
        out.failure = "the input is not JSON (RFC 8259), or has a number or an escape that cannot be represented";
    } else if (!out.object.is_object()) {
        out.repeated.clear();
        out.failure = "the input is not a JSON object";
    } else if (!out.repeated.empty()) {
        out.failure = "a member occurs twice: " + shown(json(out.repeated));
    }
    return out;
}

std::string shown(const json& value) {
    if (value.is_structured()) return value.is_array() ? "an array" : "an object";
    std::string text = value.dump(-1, ' ', true, json::error_handler_t::replace);
    if (text.size() <= most_shown) return text;
    return value.is_string() ? "a string of " + std::to_string(value.get_ref<const std::string&>().size()) + " bytes"
                             : "a long number";
}

}  // namespace authlint
