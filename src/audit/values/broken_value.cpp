#include "values/broken_value.hpp"

#include "values/slip_draft.hpp"

#include <authgrammar/audit/reading.hpp>
#include <authgrammar/audit/redaction.hpp>
#include <authgrammar/audit/slip.hpp>

#include <algorithm>
#include <string_view>
#include <vector>

namespace authgrammar::audit {

namespace {

/// A shorter token is not likely to have been broken by an encoder.
constexpr std::size_t shortest_broken_token = 32;

/// The lines one after the other, with `between` in place of each LF.
std::string in_one_line(std::string_view lines, std::string_view between) {
    std::string out;
    for (const char c : lines) c == '\n' ? out.append(between) : out.append(1, c);
    return out;
}

bool accepts(field f, std::string_view value) {
    std::vector<event> events;
    return read_events(f, value, edition::rfc9110_recipient, events).code == error_code::none;
}

/// The token68 that the value, which is not empty, ends with; empty if it ends otherwise, or with padding.
std::string_view last_token(field f, std::string_view value) {
    std::vector<event> events;
    if (value.back() == '=') return {};
    if (read_events(f, value, edition::rfc9110_recipient, events).code != error_code::none) return {};
    const auto last = std::find_if(events.rbegin(), events.rend(),
                                   [](const event& e) { return e.kind != event_kind::challenge_end; });
    const bool is_token = last != events.rend() && last->kind == event_kind::token68;
    return is_token ? value.substr(last->begin, last->end - last->begin) : std::string_view{};
}

bool is_jwt_in_pieces(std::string_view first, std::string_view all) {
    return all.substr(0, 3) == "eyJ" && std::count(all.begin(), all.end(), '.') == 2 &&
           (std::count(first.begin(), first.end(), '.') < 2 || first.back() == '.');
}

/// The value in one line. Not of a challenge: it would be shown, and unread lines may hold a secret.
std::optional<std::string> corrected(field f, std::string_view value) {
    return is_secret(f) ? correct(f, value).value : std::nullopt;
}

/// Whether `first` and `rest` are one token.
bool is_one_token(std::string_view first, std::string_view rest) {
    const std::string all = std::string(first).append(rest);
    if (first.empty() || !is_token68(rest)) return false;
    if (is_basic_base64(all) && !is_basic_base64(first)) return true;
    return first.size() >= shortest_broken_token || rest.back() == '=' || is_jwt_in_pieces(first, all);
}

}  // namespace

std::optional<broken_value> broken_value_of(const field_line& line) {
    if (!line.known || !line.odd) return std::nullopt;
    const std::string_view rest = line.odd->unread_after.text;
    const std::string_view value = line.value.text();
    if (rest.empty() || value.empty()) return std::nullopt;
    const field f = *line.known;

    const std::string tail = in_one_line(rest, "");
    if (is_one_token(last_token(f, value), tail)) {
        return broken_value{true, corrected(f, std::string(value).append(tail))};
    }
    const std::string loose = in_one_line(rest, " ");
    const bool has_comma = value.back() == ',' || loose.front() == ',';
    const std::string whole = std::string(value).append(has_comma ? " " : ", ").append(loose);
    const std::size_t first = loose.find_first_not_of(", \t");
    const bool begins_anew =
        first != std::string::npos && (param_at(loose, first) || (scheme_at(loose, first) && !is_token68(loose)));
    if (begins_anew && accepts(f, whole)) return broken_value{false, corrected(f, whole)};
    if (accepts(f, value)) return std::nullopt;
    const bool one =
        accepts(f, std::string(value).append(" ").append(loose)) || accepts(f, std::string(value).append(tail));
    return one ? std::optional(broken_value{false, std::nullopt}) : std::nullopt;
}

}  // namespace authgrammar::audit
