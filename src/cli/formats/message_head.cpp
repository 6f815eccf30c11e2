#include "formats/message_head.hpp"

#include "common/field_text.hpp"
#include "common/lines.hpp"
#include "input/dump_line.hpp"
#include "input/foreign.hpp"

#include <algorithm>

namespace authlint {

namespace {

using authgrammar::audit::field_line_of;
using authgrammar::audit::is_start_line;
using authgrammar::detail::equal_ignoring_case;
using authgrammar::detail::take_line;
using authgrammar::detail::take_until;

/// The field lines that say where a body ends, which is left out.
bool frames_body(std::string_view name) noexcept {
    return equal_ignoring_case(name, "content-length") || equal_ignoring_case(name, "transfer-encoding");
}

bool is_field_name(std::string_view name) {
    const std::string line = std::string(name) + ":";
    const auto start = field_line_of(line);
    return start && start->name_end == name.size();
}

/// Whether a line begins a message in any text: "* / HTTP/1.1" would be a remark of curl.
bool begins_message(std::string_view line) noexcept {
    const auto seen = authgrammar::audit::verbose_line_of(line);
    return !seen.note && seen.text.size() == line.size() && is_start_line(line);
}

constexpr std::string_view too_long = "the header section is too long; its rest was not read";

}  // namespace

void append(message_sink& out, message_head&& head) {
    text_origin trailers{0, std::move(head.trailers_label), head.origin.secured};
    out.append(head.text, std::move(head.origin));
    if (!head.trailers.empty()) out.append(head.trailers, std::move(trailers));
}

void head_writer::start(std::string line, int status) {
    std::replace(line.begin(), line.end(), '\n', ' ');
    while (!line.empty() && (line.back() == ' ' || line.back() == '\r')) line.pop_back();
    if (!begins_message(line)) {
        out_.unread(head_.origin.label,
                    status == 0 ? "the method and the target make no request line" : "the status makes no status line");
        return;
    }
    head_.status = status;
    head_.text = std::move(line) + "\r\n";
}

void head_writer::request_line(std::string_view method, std::string_view target, std::string_view version) {
    start(std::string(method).append(" ").append(target).append(" ").append(version), 0);
}

void head_writer::status_line(int status, std::string_view reason, std::string_view version) {
    start(std::string(version).append(" ").append(std::to_string(status)).append(" ").append(reason), status);
}

void head_writer::field(std::string_view name, std::string_view value) {
    if (head_.text.empty() || full_ || frames_body(name)) return;
    if (!is_field_name(name)) {
        out_.unread(head_.origin.label, "a field has a name that is no token");
        return;
    }
    constexpr int most_lines = 64;  // of one value, so that a long name is not repeated without end
    int lines = 0;
    do {
        std::string_view line = take_until(value, '\n');
        if (!value.empty() && !line.empty() && line.back() == '\r') line.remove_suffix(1);
        if (++lines > most_lines || head_.text.size() + name.size() + line.size() > longest_head) {
            full_ = true;
            out_.unread(head_.origin.label, std::string(too_long));
            return;
        }
        head_.text.append(name).append(": ").append(line).append("\r\n");
    } while (!value.empty());
}

std::optional<message_head> head_writer::take() {
    if (head_.text.empty()) return std::nullopt;
    head_.text += "\r\n";
    return std::move(head_);
}

std::optional<message_head> head_of_fields(const header_block& block, std::string_view version, std::string label,
                                           std::optional<bool> secured, message_sink& out) {
    std::string_view status;
    std::string_view method;
    std::string_view path;
    std::string_view authority;
    bool has_host = false;
    for (const auto& [name, value] : block.fields()) {
        if (name == ":status") status = value;
        if (name == ":method") method = value;
        if (name == ":path") path = value;
        if (name == ":authority") authority = value;
        if (name == ":scheme" && !secured) secured = value == "https";
        has_host = has_host || equal_ignoring_case(name, "host");
    }
    if (block.too_long()) out.unread(label, std::string(too_long));
    head_writer head(std::move(label), out);
    head.secured(secured);
    if (!status.empty()) {
        int code = 0;
        for (const char c : status.substr(0, 3)) code = code * 10 + (authgrammar::detail::is_digit(c) ? c - '0' : 1000);
        head.status_line(code, "", version);
    } else {
        head.request_line(method, path.empty() ? authority : path, version);
        if (!has_host && !authority.empty()) head.field("host", authority);
    }
    for (const auto& [name, value] : block.fields()) {
        if (name.substr(0, 1) != ":") head.field(name, value);
    }
    return head.take();
}

bool add_trailers(message_head& head, const header_block& block, std::string label, message_sink& out) {
    if (head.is_interim() || head.status == 204 || head.status == 304) return false;
    if (block.too_long()) out.unread(label, std::string(too_long));
    head_writer section(label, out);
    section.status_line(200, "", "HTTP/2");  // is left out again
    for (const auto& [name, value] : block.fields()) section.field(name, value);
    const std::optional<message_head> made = section.take();
    if (!made) return false;
    head.trailers = made->text.substr(made->text.find('\n') + 1);
    head.trailers_label = std::move(label);
    head.text.resize(head.text.size() - 2);
    head.text += "Transfer-Encoding: chunked\r\n\r\n0\r\n";
    return true;
}

std::optional<message_head> head_of_text(std::string_view raw, std::string label, message_sink& out) {
    message_head head;
    head.origin.label = std::move(label);
    if (std::string_view rest = raw; !begins_message(take_line(rest))) {
        out.unread(std::move(head.origin.label), "it does not begin with the start line of a message");
        return std::nullopt;
    }
    bool left_out = false;  // the field that a fold would go on
    const std::string_view all = raw;
    bool first = true;
    while (!raw.empty()) {
        const std::string_view line = take_line(raw);
        if (line.empty()) break;
        const bool fold = authgrammar::audit::is_white(line.front());
        const auto field = field_line_of(line);
        if (!fold) left_out = field && frames_body(line.substr(0, field->name_end));
        if (left_out) continue;
        if (!field && !first && authgrammar::audit::is_coloured_field_line(line)) {
            out.unread(head.origin.label, "a line has a terminal's colours");
            continue;
        }
        if (head.text.size() + line.size() > longest_head) {
            out.unread(head.origin.label, std::string(too_long));
            break;
        }
        if (first) head.status = authgrammar::audit::status_of(line);
        first = false;
        // With the line end that it has.
        const auto begin = static_cast<std::size_t>(line.data() - all.data());
        const std::size_t end = begin + line.size();
        const bool crlf = all.substr(end, 1) == "\r";
        head.text.append(line).append(crlf ? "\r\n" : "\n");
    }
    head.text += "\r\n";
    return head;
}

std::size_t head_size(std::string_view raw) noexcept {
    for (std::size_t lf = raw.find('\n'); lf != std::string_view::npos; lf = raw.find('\n', lf + 1)) {
        if (raw.substr(lf + 1, 1) == "\n") return lf + 2;
        if (raw.substr(lf + 1, 2) == "\r\n") return lf + 3;
    }
    return raw.size();
}

std::optional<url_parts> parts_of_url(std::string_view url) {
    url_parts parts;
    const std::size_t colon = url.find("://");
    if (colon == std::string_view::npos) return std::nullopt;
    const std::string_view scheme = url.substr(0, colon);
    parts.secured = equal_ignoring_case(scheme, "https") || equal_ignoring_case(scheme, "wss");
    if (!parts.secured && !equal_ignoring_case(scheme, "http") && !equal_ignoring_case(scheme, "ws"))
        return std::nullopt;
    url = url.substr(colon + 3);
    url = url.substr(0, url.find('#'));
    parts.authority = url.substr(0, url.find_first_of("/?"));
    const std::string_view rest = url.substr(parts.authority.size());
    if (rest.empty() || rest[0] != '/') parts.target = "/";
    parts.target += rest;
    const std::size_t at = parts.authority.rfind('@');
    if (at != std::string_view::npos) parts.authority.remove_prefix(at + 1);
    return parts;
}

std::string wire_bytes(std::string_view utf8) {
    std::string bytes;
    for (std::size_t i = 0; i < utf8.size(); ++i) {
        const auto c = static_cast<unsigned char>(utf8[i]);
        if (c < 0x80) {
            bytes += utf8[i];
            continue;
        }
        if ((c != 0xC2 && c != 0xC3) || i + 1 == utf8.size()) return std::string(utf8);
        const auto next = static_cast<unsigned char>(utf8[++i]);
        if ((next & 0xC0U) != 0x80U) return std::string(utf8);
        bytes += static_cast<char>(((c & 0x03U) << 6U) | (next & 0x3FU));
    }
    return bytes;
}

}  // namespace authlint
