#ifndef AUTHGRAMMAR_AUDIT_FOREIGN_FORMAT_HPP
#define AUTHGRAMMAR_AUDIT_FOREIGN_FORMAT_HPP

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

namespace authgrammar::audit {

/// What an input, or a stretch of it, is if read_messages() cannot read it as it stands.
enum class foreign_format {
    utf16,
    utf32,
    lone_cr,  ///< text whose lines end with CR alone
    gzip,
    zip,
    bzip2,
    xz,
    zstd,
    binary,  ///< bytes of no known kind

    har,
    ndjson,   ///< an exchange a line
    net_log,  ///< of Chromium
    json,     ///< of another form
    burp,     ///< items that Burp Suite exported, XML
    xml,      ///< of another form
    html,     ///< a page
    warc,
    pcap,       ///< pcapng as well
    mitmproxy,  ///< flows that it saved

    coloured,     ///< text with a terminal's colours
    curl_trace,   ///< of --trace and --trace-ascii
    timed,        ///< of curl -v with --trace-time
    wget_debug,   ///< of wget -d
    nghttp,       ///< of nghttp -v
    h2_fields,    ///< fields of HTTP/2, a line each, with ":status:" or ":method:"
    tcpdump,      ///< of tcpdump -A
    tcpdump_hex,  ///< of tcpdump -x and -X
    tshark,       ///< of tshark -V
    printed_fields,
    sip
};

/// How a format is named.
struct foreign_format_description {
    foreign_format format;
    std::string_view id;    ///< stable: "har", "curl-trace"
    std::string_view name;  ///< a noun phrase for people: "a HAR file (JSON)"
    std::string_view
        advice;  ///< how to get HTTP messages from it without `authlint lint`; a sentence without its full stop
};

/// All formats, in the order of the enumeration. Of static storage.
[[nodiscard]] const std::vector<foreign_format_description>& all_foreign_formats();

/// The description of a format. Of static storage.
[[nodiscard]] const foreign_format_description& describe(foreign_format f);

/// How many bytes of an input foreign_format_of() wants to see, if there are that many.
inline constexpr std::size_t recognised_bytes = std::size_t{1} << 16;

/// What an input is, by the bytes and lines that it begins with; nothing if it is text in which HTTP messages may be read,
/// or nothing tells. `start` is the input, or recognised_bytes of it. Linear in those; allocates only for lines with
/// escape sequences.
[[nodiscard]] std::optional<foreign_format> foreign_format_of(std::string_view start);

}  // namespace authgrammar::audit

#endif
