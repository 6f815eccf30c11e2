#include "input/dump_line.hpp"

#include "common/field_text.hpp"
#include "input/octet_runs.hpp"

#include <authgrammar/field.hpp>

#include <algorithm>

namespace authgrammar::audit {

namespace {

using detail::is_digit;
using detail::octet_set;

/// Where the run of octets in the set ends that goes on at `at`.
std::size_t end_of_run(const octet_set& set, std::string_view text, std::size_t at) noexcept {
    while (at < text.size() && set.has(text[at])) ++at;
    return at;
}

/// The octets of a token (RFC 9110, 5.6.2).
constexpr octet_set token_octets("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ!#$%&'*+-.^_`|~");

/// Bytes of "HTTP/1.1", "HTTP/2" or "RTSP/1.0" at the start of `text`, or 0.
std::size_t version_length(std::string_view text) noexcept {
    const std::string_view name = text.substr(0, 5);
    if ((name != "HTTP/" && name != "RTSP/") || text.size() < 6 || !is_digit(text[5])) return 0;
    return text.size() >= 8 && text[6] == '.' && is_digit(text[7]) ? 8 : 6;
}

/// The same behind the last space of `text`, up to its end.
std::size_t version_length_at_end(std::string_view text) noexcept {
    for (const std::size_t length : {std::size_t{8}, std::size_t{6}}) {
        if (text.size() <= length || text[text.size() - length - 1] != ' ') continue;
        if (version_length(text.substr(text.size() - length)) == length) return length;
    }
    return 0;
}

/// Bytes of curl's progress meter at the start of `text`, which ends without a line end, or 0.
std::size_t meter_length(std::string_view text) noexcept {
    constexpr std::string_view no_time = "--:--:--";
    const std::size_t length = end_of_run(meter_octets, text, 0);
    return length < no_time.size() || text.substr(0, length).find(no_time) == std::string_view::npos ? 0 : length;
}

bool begins_with(std::string_view text, std::string_view start) noexcept {
    return text.substr(0, start.size()) == start;
}

bool ends_with(std::string_view text, std::string_view end) noexcept {
    return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

/// A remark of curl. What follows "* " may look like curl's own words, but never like a line of a message: in a list
/// with bullets it is one.
bool is_note(std::string_view text) noexcept {
    switch (text.empty() ? '\0' : text.front()) {
        case '*':
            return text.size() == 1 ||
                   (text[1] == ' ' && !is_start_line(text.substr(2)) && !is_auth_field_line(text.substr(2)));
        case '{':
        case '}': return text.substr(1, 2) == " [" && ends_with(text, " bytes data]");
        case 'c': return begins_with(text, "curl: (");
        case ' ':
            return begins_with(text, "  % Total") ||
                   begins_with(text.substr(std::min(text.find_first_not_of(' '), text.size())), "Dload  Upload");
        default: return false;
    }
}

/// A request line cut at its first and its last space. A target with spaces is none by RFC 9112, 3.2, but servers read
/// it (3, "whitespace-delimited word boundaries"), and text that mentions HTTP is no request line.
struct request_parts {
    std::string_view method;
    std::string_view target;
};
request_parts request_parts_of(std::string_view line) noexcept {
    const std::size_t method = token_length(line);
    if (line.substr(method, 1) != " ") return {};
    const std::size_t version = version_length_at_end(line);
    if (version == 0 || line.size() < method + version + 3) return {};
    const std::string_view target = line.substr(method + 1, line.size() - version - method - 2);
    const request_parts parts{line.substr(0, method), target};
    if (target.find(' ') == std::string_view::npos) return parts;
    const bool is_upper = std::all_of(parts.method.begin(), parts.method.end(),
                                      [](char c) { return (c >= 'A' && c <= 'Z') || c == '-'; });
    return is_upper && (target[0] == '/' || target.find("://") < target.find(' ')) ? parts : request_parts{};
}

}  // namespace

dump_line behind_prefix(dump_line raw, std::string_view whole) noexcept {
    const std::size_t meter = meter_length(whole);
    const std::string_view text = whole.substr(meter);
    if (is_note(text) || (meter != 0 && text.empty())) {
        raw.note = true;
    } else if (meter != 0 && is_start_line(text)) {
        raw.begin += meter;
    } else if (!text.empty() && (text[0] == '<' || text[0] == '>') && (text.size() == 1 || text[1] == ' ')) {
        raw.prefix = text[0];
        raw.begin += meter + (text.size() == 1 ? 1 : 2);
    }
    return raw;
}

std::size_t token_length(std::string_view text) noexcept { return end_of_run(token_octets, text, end_of_words(text)); }

int status_of(std::string_view line) noexcept {
    const std::size_t version = version_length(line);
    if (version == 0 || line.size() < version + 4 || line[version] != ' ') return 0;
    const std::string_view code = line.substr(version + 1);
    if (!is_digit(code[0]) || code[0] == '0' || !is_digit(code[1]) || !is_digit(code[2])) return 0;
    if (code.size() > 3 && code[3] != ' ') return 0;
    return (code[0] - '0') * 100 + (code[1] - '0') * 10 + (code[2] - '0');
}

std::string_view method_of(std::string_view line) noexcept { return request_parts_of(line).method; }

start_line start_line_of(std::string_view line) noexcept {
    const int status = status_of(line);
    if (status != 0) return {status, {}, {}, line.substr(0, line.find(' '))};
    const request_parts parts = request_parts_of(line);
    if (parts.method.empty()) return {};
    return {0, parts.method, parts.target, line.substr(parts.method.size() + parts.target.size() + 2)};
}

std::optional<field_line_start> field_line_of(std::string_view line) noexcept {
    const std::size_t name_end = token_length(line);
    std::size_t colon = name_end;
    while (colon < line.size() && is_white(line[colon])) ++colon;
    if (name_end == 0 || colon == line.size() || line[colon] != ':') return std::nullopt;
    return field_line_start{name_end, colon};
}

bool is_auth_field_line(std::string_view line) noexcept {
    const std::optional<field_line_start> start = field_line_of(line);
    return start && field_from_name(line.substr(0, start->name_end)).has_value();
}

}  // namespace authgrammar::audit
