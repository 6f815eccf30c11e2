#include <authgrammar/audit/foreign_format.hpp>

#include "common/field_text.hpp"
#include "common/lines.hpp"
#include "input/dump_line.hpp"
#include "input/foreign.hpp"

#include <algorithm>
#include <iterator>
#include <string>

namespace authgrammar::audit {

namespace {

using detail::equal_ignoring_case;
using detail::is_digit;
using namespace std::string_view_literals;

struct signature {
    std::string_view bytes;
    foreign_format format;
};

/// The first bytes of formats that have a number of their own. That of UTF-32 begins with that of UTF-16.
constexpr signature signatures[] = {
    {"\xFF\xFE\0\0"sv, foreign_format::utf32},    {"\0\0\xFE\xFF"sv, foreign_format::utf32},
    {"\xFF\xFE"sv, foreign_format::utf16},        {"\xFE\xFF"sv, foreign_format::utf16},
    {"\xD4\xC3\xB2\xA1"sv, foreign_format::pcap}, {"\xA1\xB2\xC3\xD4"sv, foreign_format::pcap},
    {"\x4D\x3C\xB2\xA1"sv, foreign_format::pcap}, {"\xA1\xB2\x3C\x4D"sv, foreign_format::pcap},
    {"\x1F\x8B"sv, foreign_format::gzip},         {"PK\x03\x04"sv, foreign_format::zip},
    {"BZh91AY&SY"sv, foreign_format::bzip2},      {"\xFD\x37zXZ\0"sv, foreign_format::xz},
    {"\x28\xB5\x2F\xFD"sv, foreign_format::zstd}, {"WARC/1."sv, foreign_format::warc},
    {"== Info: "sv, foreign_format::curl_trace},  {"=> Send "sv, foreign_format::curl_trace},
    {"<= Recv "sv, foreign_format::curl_trace},   {"DEBUG output created by Wget "sv, foreign_format::wget_debug},
    {"Setting --"sv, foreign_format::wget_debug}, {"---request begin---"sv, foreign_format::wget_debug}};

bool begins_with(std::string_view text, std::string_view start) noexcept {
    return text.substr(0, start.size()) == start;
}

bool begins_ignoring_case(std::string_view text, std::string_view start) noexcept {
    return equal_ignoring_case(text.substr(0, start.size()), start);
}

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

constexpr std::string_view json_white = " \t\r\n";

std::string_view behind(std::string_view text, std::string_view white) noexcept {
    return text.substr(std::min(text.find_first_not_of(white), text.size()));
}

/// The names of an object's own members as far as `text`, which begins with "{", goes. Names are compared as they are written.
template <typename Visit>
void for_each_member(std::string_view text, Visit&& visit) noexcept {
    std::size_t depth = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char c = text[at];
        if (c == '{' || c == '[') ++depth;
        if ((c == '}' || c == ']') && --depth == 0) return;
        if (c != '"') continue;
        const std::size_t begin = ++at;
        while (at < text.size() && text[at] != '"') at += text[at] == '\\' ? 2 : 1;
        if (at >= text.size()) return;
        const std::string_view after = behind(text.substr(at + 1), json_white);
        if (depth == 1 && begins_with(after, ":")) {
            visit(text.substr(begin, at - begin), behind(after.substr(1), json_white));
        }
    }
}

/// A JSON text, which begins with "{" or "[".
std::optional<foreign_format> json_format_of(std::string_view text) noexcept {
    const std::string_view inner = behind(text.substr(1), json_white);
    if (text[0] == '[') {
        const bool is_array = begins_with(inner, "{\"") || begins_with(inner, "{\n") || begins_with(inner, "{ \"") ||
                              begins_with(inner, "{\r\n");
        return is_array && !holds_printed_field(text) ? std::optional(foreign_format::json) : std::nullopt;
    }
    if (!begins_with(inner, "\"")) return std::nullopt;
    std::optional<foreign_format> found;
    bool member = false;
    for_each_member(text, [&](std::string_view name, std::string_view value) noexcept {
        member = true;
        const bool structured = begins_with(value, "{") || begins_with(value, "\"");
        if (found) return;
        if (name == "log" && begins_with(value, "{")) found = foreign_format::har;
        if (name == "constants" && begins_with(value, "{")) found = foreign_format::net_log;
        if ((name == "request" || name == "response") && structured) found = foreign_format::ndjson;
    });
    if (!found && member && !holds_printed_field(text)) found = foreign_format::json;
    return found;
}

std::optional<foreign_format> xml_format_of(std::string_view text) noexcept {
    if (begins_ignoring_case(text, "<!doctype html") || begins_ignoring_case(text, "<html"))
        return foreign_format::html;
    if (!begins_with(text, "<?xml") && !begins_with(text, "<items ")) return std::nullopt;
    return text.find("<items burpVersion=") == std::string_view::npos ? foreign_format::xml : foreign_format::burp;
}

/// Lines, none of which has a LF. A CR at the end of the input may be all that is left of a CRLF.
bool has_lone_cr_line_ends(std::string_view input) noexcept {
    return input.find('\r') < input.size() - 1 && input.find('\n') == std::string_view::npos;
}

/// The digits at the start of `text`, and how many of them are there.
std::size_t digits_at(std::string_view text) noexcept {
    return static_cast<std::size_t>(std::find_if_not(text.begin(), text.end(), is_digit) - text.begin());
}

/// Flows of mitmproxy are netstrings: "2154:9:websocket;", with names such as "8:response;".
bool is_mitmproxy(std::string_view input) noexcept {
    const std::size_t size = digits_at(input);
    if (size == 0 || input.substr(size, 1) != ":") return false;
    const std::string_view inner = input.substr(size + 1);
    const std::size_t name = digits_at(inner);
    return name != 0 && inner.substr(name, 1) == ":" && input.find(":version;") != std::string_view::npos;
}

/// "Frame 1: 74 bytes on wire (592 bits), 74 bytes captured".
bool is_tshark_frame(std::string_view line) noexcept {
    return begins_with(line, "Frame ") && digits_at(line.substr(6)) != 0 &&
           line.find(" bytes on wire") != std::string_view::npos;
}

/// "12:00:00.000000 IP 127.0.0.1.40000 > 127.0.0.1.80: Flags [P.]"; with -v the addresses stand in the next line.
bool is_tcpdump_packet(std::string_view line) noexcept {
    if (!begins_with(line, "IP") && (line.empty() || !is_digit(line[0]))) return false;
    const std::size_t at = begins_with(line, "IP") ? 0 : line.find(" IP");
    if (at == std::string_view::npos || at > 40) return false;
    std::string_view rest = line.substr(at + (at == 0 ? 2 : 3));
    if (begins_with(rest, "6")) rest.remove_prefix(1);
    return begins_with(rest, " (") || (begins_with(rest, " ") && rest.find(" > ") != std::string_view::npos);
}

/// What tcpdump says on stderr before the first packet.
bool is_tcpdump_remark(std::string_view line) noexcept {
    return begins_with(line, "tcpdump: ") || begins_with(line, "listening on ") ||
           begins_with(line, "reading from file ");
}

std::optional<foreign_format> tcpdump_format_of(std::string_view text) noexcept {
    std::string_view line = detail::take_line(text);
    while (is_tcpdump_remark(line) && !text.empty()) line = detail::take_line(text);
    if (!is_tcpdump_packet(line)) return std::nullopt;
    const std::string_view next = detail::take_line(text);
    const std::string_view packet = begins_with(next, "    ") ? detail::take_line(text) : next;
    return begins_with(behind(packet, " \t"), "0x0000:") ? foreign_format::tcpdump_hex : foreign_format::tcpdump;
}

/// A field of HTTP/2 that stands for the start line (RFC 9113, 8.3).
bool is_pseudo_field(std::string_view line) noexcept {
    if (begins_with(line, "> ") || begins_with(line, "< ")) line.remove_prefix(2);
    line = behind(line, " \t");
    const std::string_view names[] = {":status:", ":method:", ":authority:", ":scheme:", ":path:"};
    return std::any_of(std::begin(names), std::end(names), [line](std::string_view n) { return begins_with(line, n); });
}

std::optional<foreign_format> text_format_of(std::string_view text) noexcept {
    std::string_view rest = behind(text, json_white);
    const std::string_view whole = rest;
    const std::string_view line = detail::take_line(rest);
    if (const std::size_t time = dump_time_length(line); time != 0) {
        const std::string_view what = line.substr(time);
        for (const std::string_view mark : {"== Info: ", "=> Send ", "<= Recv "}) {
            if (begins_with(what, mark)) return foreign_format::curl_trace;
        }
        for (const std::string_view mark : {"* ", "> ", "< ", "{ [", "} ["}) {
            if (begins_with(what, mark)) return foreign_format::timed;
        }
    }
    if (is_nghttp_line(line)) return foreign_format::nghttp;
    if (is_pseudo_field(line)) return foreign_format::h2_fields;
    if (is_tshark_frame(line)) return foreign_format::tshark;
    return tcpdump_format_of(whole);
}

/// Whether the first head is printed in colours: its start line, its first field line, or a line of a dump before these is one
/// only without them. A single line anywhere else does not make the input something else.
bool is_coloured(std::string_view text) {
    bool field_seen = false;  // in colours, behind the start line if there is one
    while (!text.empty()) {
        const std::string_view raw = detail::take_line(text);
        const verbose_line line = verbose_line_of(raw);
        if (line.note) continue;
        if (line.text.empty() || field_line_of(line.text)) break;
        const std::optional<std::string> plain = without_colours(raw);
        if (is_start_line(line.text)) {
            field_seen = false;
        } else if (plain) {
            const std::string_view shown = verbose_line_of(*plain).text;
            if (is_start_line(shown) || text_format_of(*plain)) return true;
            field_seen = field_seen || field_line_of(shown);
        }
    }
    return field_seen;
}

/// Several NULs near the start, as numbers of 32 bits have them, and no message there.
bool is_binary(std::string_view text) noexcept {
    const std::string_view start = text.substr(0, 64);
    std::string_view rest = start;
    const verbose_line line = verbose_line_of(detail::take_line(rest));
    return std::count(start.begin(), start.end(), '\0') >= 3 && !line.note && line.mark == '\0' &&
           !is_start_line(line.text) && !field_line_of(line.text);
}

}  // namespace

std::optional<foreign_format> foreign_format_of(std::string_view start) {
    start = start.substr(0, recognised_bytes);
    if (start.empty()) return std::nullopt;
    if (is_pcapng(start)) return foreign_format::pcap;
    const auto* const found = std::find_if(std::begin(signatures), std::end(signatures),
                                           [start](const signature& s) { return begins_with(start, s.bytes); });
    // That of bzip2 may be the method of a request.
    std::string_view rest = start;
    if (found != std::end(signatures) && !is_start_line(detail::take_line(rest))) return found->format;
    if (is_utf16(start)) return foreign_format::utf16;
    if (begins_with(start, "\xEF\xBB\xBF")) start.remove_prefix(3);
    const std::string_view text = behind(start, json_white);
    if (text.empty()) return std::nullopt;
    if (has_lone_cr_line_ends(start)) return foreign_format::lone_cr;
    if (is_coloured(text)) return foreign_format::coloured;
    rest = text;
    if (is_start_line(detail::take_line(rest))) return std::nullopt;
    if (const auto format = text_format_of(text)) return format;
    if (text[0] == '{' || text[0] == '[') {
        if (const auto format = json_format_of(text)) return format;
    }
    if (text[0] == '<') {
        if (const auto format = xml_format_of(text)) return format;
    }
    if (is_mitmproxy(start)) return foreign_format::mitmproxy;
    if (is_binary(start)) return foreign_format::binary;
    return std::nullopt;
}

}  // namespace authgrammar::audit
