#include "input/foreign.hpp"

#include "common/field_text.hpp"

#include <authgrammar/field.hpp>

#include <algorithm>
#include <cstddef>
#include <iterator>

namespace authgrammar::audit {

namespace {

struct signature {
    std::string_view bytes;
    foreign_format format;
};

using namespace std::string_view_literals;

/// The first bytes of formats that have a number of their own. That of UTF-32 begins with that of UTF-16.
constexpr signature signatures[] = {
    {"\xFF\xFE\0\0"sv, foreign_format::utf32},    {"\0\0\xFE\xFF"sv, foreign_format::utf32},
    {"\xFF\xFE"sv, foreign_format::utf16},        {"\xFE\xFF"sv, foreign_format::utf16},
    {"\xD4\xC3\xB2\xA1"sv, foreign_format::pcap}, {"\xA1\xB2\xC3\xD4"sv, foreign_format::pcap},
    {"\x4D\x3C\xB2\xA1"sv, foreign_format::pcap}, {"\xA1\xB2\x3C\x4D"sv, foreign_format::pcap},
    {"\x1F\x8B"sv, foreign_format::gzip}};

/// A section header block: its type, four bytes of length, the byte-order magic.
bool is_pcapng(std::string_view input) noexcept {
    if (input.substr(0, 4) != "\n\r\r\n") return false;
    const std::string_view magic = input.substr(std::min<std::size_t>(8, input.size()), 4);
    return magic == "\x1A\x2B\x3C\x4D" || magic == "\x4D\x3C\x2B\x1A";
}

/// Every other byte is NUL, as ASCII is in UTF-16 without a byte-order mark.
bool is_utf16(std::string_view input) noexcept {
    const std::string_view start = input.substr(0, 64);
    if (start.size() < 4 || start.size() % 2 != 0) return false;
    std::size_t nuls[2] = {0, 0};
    for (std::size_t i = 0; i < start.size(); ++i) nuls[i % 2] += start[i] == '\0' ? 1u : 0u;
    return nuls[0] + nuls[1] == start.size() / 2 && (nuls[0] == 0 || nuls[1] == 0);
}

/// One JSON object whose first member is "log".
bool is_har(std::string_view input) noexcept {
    constexpr std::string_view white = " \t\r\n";
    for (const std::string_view wanted : {"{"sv, "\"log\""sv, ":"sv, "{"sv}) {
        const std::size_t at = input.find_first_not_of(white);
        if (at == std::string_view::npos || input.substr(at, wanted.size()) != wanted) return false;
        input.remove_prefix(at + wanted.size());
    }
    return true;
}

/// Lines, none of which has a LF. A CR at the end of the input may be all that is left of a CRLF.
bool has_lone_cr_line_ends(std::string_view input) noexcept {
    return input.find('\r') < input.size() - 1 && input.find('\n') == std::string_view::npos;
}

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

std::optional<foreign_format> foreign_format_of(std::string_view input) noexcept {
    if (input.empty()) return std::nullopt;
    if (is_pcapng(input)) return foreign_format::pcap;
    const auto* const found = std::find_if(std::begin(signatures), std::end(signatures), [input](const signature& s) {
        return input.substr(0, s.bytes.size()) == s.bytes;
    });
    if (found != std::end(signatures)) return found->format;
    if (is_utf16(input)) return foreign_format::utf16;
    if (input.substr(0, 3) == "\xEF\xBB\xBF") input.remove_prefix(3);
    if (is_har(input)) return foreign_format::har;
    if (!input.empty() && has_lone_cr_line_ends(input)) return foreign_format::lone_cr;
    return std::nullopt;
}

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

bool holds_terminal_control(std::string_view line) noexcept { return line.find("\x1B[") != std::string_view::npos; }

}  // namespace authgrammar::audit
