#include "formats/open_export.hpp"

#include "common/lines.hpp"
#include "formats/child_process.hpp"
#include "formats/converters.hpp"
#include "formats/gunzip.hpp"
#include "formats/without_colours.hpp"
#include "input/dump_line.hpp"
#include "input/foreign.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace authlint {

namespace {

using authgrammar::audit::foreign_format;

using opener = std::unique_ptr<message_text> (*)(std::unique_ptr<byte_source>);

/// What is made into messages in one step.
struct converter {
    foreign_format format;
    opener open;
};
constexpr converter converters[] = {{foreign_format::har, text_of_har},
                                    {foreign_format::ndjson, text_of_ndjson},
                                    {foreign_format::burp, text_of_burp},
                                    {foreign_format::warc, text_of_warc},
                                    {foreign_format::curl_trace, text_of_curl_trace},
                                    {foreign_format::timed, text_of_timed_lines},
                                    {foreign_format::wget_debug, text_of_wget_debug},
                                    {foreign_format::nghttp, text_of_nghttp},
                                    {foreign_format::h2_fields, text_of_h2_fields},
                                    {foreign_format::tcpdump, text_of_tcpdump},
                                    {foreign_format::tshark, text_of_tshark}};

const converter* converter_of(foreign_format f) {
    const auto* const found =
        std::find_if(std::begin(converters), std::end(converters), [f](const converter& c) { return c.format == f; });
    return found == std::end(converters) ? nullptr : found;
}

/// What is asked of tshark: to dissect as HTTP what nothing else claims, and to print the fields that are needed.
std::unique_ptr<byte_source> dissected(std::unique_ptr<byte_source> capture) {
    return run_filter(
        {"tshark", "-n", "-r", "-", "-o", "tcp.try_heuristic_first:TRUE", "-o", "http.tcp.port:1-442,444-65535", "-Y",
         "http || http2", "-T", "pdml", "-j", "frame tcp http http2 http2.stream http2.header"},
        std::move(capture));
}

opened_export refused(std::string why) { return {nullptr, std::move(why)}; }

opened_export open_pcap(std::unique_ptr<byte_source> source) {
    if (!can_read_xml())
        return refused(
            "this is a packet capture, and this authlint was built without expat, which reads tshark's output");
    std::unique_ptr<byte_source> packets = dissected(std::move(source));
    if (packets == nullptr) {
        return refused(
            "this is a packet capture, and tshark, which authlint reads captures with, is not installed (Debian: "
            "apt-get install tshark)");
    }
    return {text_of_pdml(std::move(packets)), {}};
}

opened_export open_as(foreign_format format, std::unique_ptr<byte_source> source) {
    if (format == foreign_format::pcap) return open_pcap(std::move(source));
    if (format == foreign_format::burp && !can_read_xml()) {
        return refused("this is XML of Burp Suite, and this authlint was built without expat, which reads it");
    }
    return {converter_of(format)->open(std::move(source)), {}};
}

/// Whether it can be read. What cannot is named by the reader of messages, as a finding.
bool can_be_opened(foreign_format f) {
    return f == foreign_format::gzip || f == foreign_format::coloured || f == foreign_format::pcap ||
           converter_of(f) != nullptr;
}

/// The whole head of a message that an input begins with: what follows cannot make it something else than text, and no more
/// of a pipe has to be awaited. Empty if it does not begin with one.
std::string_view head_at(std::string_view start) {
    bool first = true;
    for (std::string_view rest = start; rest.find('\n') != std::string_view::npos; first = false) {
        const auto line = authgrammar::audit::verbose_line_of(authgrammar::detail::take_line(rest));
        if (first && !line.note && !authgrammar::audit::is_start_line(line.text)) return {};
        if (!first && !line.note && line.text.empty()) return start.substr(0, start.size() - rest.size());
    }
    return {};
}

/// As many of the first bytes as tell what it is, the same in whatever pieces they come.
std::string_view start_of(peeked_source& source) {
    std::string_view start = source.peek(1);
    for (std::size_t before = 0; before != start.size() && start.size() < authgrammar::audit::recognised_bytes;) {
        if (const std::string_view head = head_at(start); !head.empty()) return head;
        before = start.size();
        start = source.peek(before + 1);
    }
    start = start.substr(0, authgrammar::audit::recognised_bytes);
    const std::string_view head = head_at(start);
    return head.empty() ? start : head;
}

std::optional<foreign_format> format_named(std::string_view id) {
    for (const auto& d : authgrammar::audit::all_foreign_formats()) {
        if (d.id == id) return d.format;
    }
    return std::nullopt;
}

}  // namespace

opened_export open_export(std::unique_ptr<byte_source> source, std::string_view forced) {
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
    constexpr int most_layers = 4;
    bool decoded = false;
    for (int layer = 0; layer < most_layers; ++layer) {
        auto peeked = std::make_unique<peeked_source>(std::move(source));
        const std::string_view start = start_of(*peeked);
        auto format = authgrammar::audit::foreign_format_of(start);
        const bool layered = format == foreign_format::gzip || format == foreign_format::coloured;
        if (!forced.empty() && !layered) format = format_named(forced);
        if (!format || !can_be_opened(*format)) {
            if (!decoded) return {};
            return {text_of_bytes(std::move(peeked)), {}};
        }
        if (start.substr(0, byte_order_mark.size()) == byte_order_mark) peeked->drop(byte_order_mark.size());
        if (*format == foreign_format::gzip) {
            if (!can_gunzip())
                return refused(
                    "this is gzip data, and this authlint was built without zlib. Convert it with: gzip -dc");
            source = gunzip(std::move(peeked));
        } else if (*format == foreign_format::coloured) {
            source = without_colours(std::move(peeked));
        } else {
            return open_as(*format, std::move(peeked));
        }
        decoded = true;
    }
    return refused("this is gzip data in gzip data, more than once");
}

const std::vector<std::string>& input_kinds() {
    static const std::vector<std::string> kinds = [] {
        std::vector<std::string> all{"text"};
        for (const auto& d : authgrammar::audit::all_foreign_formats()) {
            if (d.format == foreign_format::pcap || converter_of(d.format) != nullptr) all.emplace_back(d.id);
        }
        return all;
    }();
    return kinds;
}

}  // namespace authlint
