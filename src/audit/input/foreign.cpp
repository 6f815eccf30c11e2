#include "input/foreign.hpp"

#include "common/field_text.hpp"
#include "input/dump_line.hpp"

#include <authgrammar/field.hpp>

#include <algorithm>
#include <cstddef>

namespace authgrammar::audit {

namespace {

bool is_sip_version(std::string_view text) noexcept {
    return text.size() == 7 && text.substr(0, 4) == "SIP/" && detail::is_digit(text[4]) && text[5] == '.' &&
           detail::is_digit(text[6]);
}

/// The text behind SP and HTAB.
std::string_view behind_white(std::string_view text) noexcept {
    return text.substr(std::min(text.find_first_not_of(" \t"), text.size()));
}

/// Whether what stands before and behind a name makes it a key: `"NAME":`, `'NAME' =>`, `[NAME] =>`, `('NAME', '`, `{ NAME: '`,
/// `map[NAME:[`.
bool is_printed_key(char before, std::string_view after) noexcept {
    const char closing = before == '[' ? ']' : before;
    const bool in_quotes = before == '"' || before == '\'';
    if ((in_quotes || before == '[') && after.substr(0, 1) == std::string_view(&closing, 1)) {
        after = behind_white(after.substr(1));
        return after.substr(0, 1) == ":" || after.substr(0, 2) == "=>" || (in_quotes && after.substr(0, 1) == ",");
    }
    if (in_quotes || after.substr(0, 1) != ":") return false;
    const std::string_view value = behind_white(after.substr(1)).substr(0, 1);
    return value == "'" || value == "\"" || value == "[";
}

}  // namespace

bool is_sip_start_line(std::string_view line) noexcept {
    if (is_sip_version(line.substr(0, 7))) return line.size() > 7 && line[7] == ' ';
    const std::size_t method = std::min(line.find(' '), line.size());
    const std::size_t last = line.rfind(' ');
    if (method == 0 || last == std::string_view::npos || last <= method + 1) return false;
    const std::string_view target = line.substr(method + 1, last - method - 1);
    return target.find(':') != std::string_view::npos && target.find(' ') == std::string_view::npos &&
           is_sip_version(line.substr(last + 1));
}

bool holds_printed_field(std::string_view line) noexcept {
    constexpr std::string_view openings = "\"'[{(, \t";
    for (std::size_t at = line.find_first_of(openings); at != std::string_view::npos;
         at = line.find_first_of(openings, at + 1)) {
        const std::string_view rest = line.substr(at + 1);
        for (const field f : all_fields) {
            const std::string_view name = name_of(f);
            if (detail::equal_ignoring_case(rest.substr(0, name.size()), name) &&
                is_printed_key(line[at], rest.substr(name.size()))) {
                return true;
            }
        }
    }
    return false;
}

bool is_nghttp_line(std::string_view line) noexcept {
    if (line.substr(0, 1) != "[") return false;
    line = behind_white(line.substr(1));
    const std::size_t end = line.find(']');
    if (end > 16) return false;
    const std::string_view time = line.substr(0, end);
    const std::size_t point = time.find('.');
    if (point == 0 || point == std::string_view::npos) return false;
    if (time.find_first_not_of("0123456789.") != std::string_view::npos) return false;
    const std::string_view what = line.substr(end + 1);
    return what.substr(0, 6) == " recv " || what.substr(0, 6) == " send " || what == " Connected";
}

std::size_t dump_time_length(std::string_view line) noexcept {
    constexpr std::string_view form = "00:00:00.000000 ";
    std::size_t at = 0;
    if (line.size() >= form.size() && std::equal(form.begin(), form.end(), line.begin(), [](char f, char c) {
            return f == '0' ? detail::is_digit(c) : f == c;
        })) {
        at = form.size();
    }
    if (at == 0 && line.substr(0, 1) != "[") return 0;
    if (line.substr(at, 1) != "[") return at;
    const std::size_t end = line.find("] ", at);
    const std::string_view ids = line.substr(at + 1, std::min(end, line.size()) - at - 1);
    const bool is_id = end != std::string_view::npos && !ids.empty() && ids.size() < 32 &&
                       ids.find('-') != std::string_view::npos &&
                       ids.find_first_not_of("0123456789-x") == std::string_view::npos;
    return is_id ? end + 2 : at;
}

verbose_line verbose_line_of(std::string_view line) noexcept {
    const dump_line seen = as_verbose({0, line.size(), line.size()}, line);
    return {line.substr(seen.begin, seen.end - seen.begin), seen.prefix, seen.note};
}

std::optional<std::string> without_colours(std::string_view line) {
    constexpr std::string_view introducer = "\x1B[";
    std::size_t at = line.find(introducer);
    if (at == std::string_view::npos) return std::nullopt;
    std::string out;
    while (at != std::string_view::npos) {
        out += line.substr(0, at);
        line.remove_prefix(at + introducer.size());
        const auto* const final = std::find_if(line.begin(), line.end(), [](char c) { return c >= '@' && c <= '~'; });
        line.remove_prefix(static_cast<std::size_t>(final - line.begin()) + (final == line.end() ? 0 : 1));
        at = line.find(introducer);
    }
    return out.append(line);
}

bool is_coloured_start_line(std::string_view line) {
    const std::optional<std::string> plain = without_colours(line);
    return plain && is_start_line(verbose_line_of(*plain).text);
}

bool is_coloured_field_line(std::string_view line) {
    const std::optional<std::string> plain = without_colours(line);
    return plain && field_line_of(verbose_line_of(*plain).text);
}

}  // namespace authgrammar::audit
