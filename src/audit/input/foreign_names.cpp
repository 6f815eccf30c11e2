#include <authgrammar/audit/foreign_format.hpp>

namespace authgrammar::audit {

const std::vector<foreign_format_description>& all_foreign_formats() {
    using f = foreign_format;
    static const std::vector<foreign_format_description> all{
        {f::utf16, "utf-16", "UTF-16 text", "Convert it with: iconv -f UTF-16 -t UTF-8"},
        {f::utf32, "utf-32", "UTF-32 text", "Convert it with: iconv -f UTF-32 -t UTF-8"},
        {f::lone_cr, "lone-cr", "text whose lines end with CR alone", "Convert it with: tr '\\r' '\\n'"},
        {f::gzip, "gzip", "gzip data", "Convert it with: gzip -dc"},
        {f::zip, "zip", "a ZIP archive",
         "Unpack it with: unzip, and give the files in it; of Fiddler's .saz those under raw/"},
        {f::bzip2, "bzip2", "bzip2 data", "Convert it with: bzip2 -dc"},
        {f::xz, "xz", "xz data", "Convert it with: xz -dc"},
        {f::zstd, "zstd", "Zstandard data", "Convert it with: zstd -dc"},
        {f::binary, "binary", "binary data of a kind that authlint does not know",
         "Export it as HAR or pcap with the program that wrote it"},
        {f::har, "har", "a HAR file (JSON)",
         "authlint lint reads it. Otherwise convert it with: jq -r '.log.entries[] | (.request | \"\\(.method) "
         "\\(.url) HTTP/1.1\", "
         "(.headers[] | \"\\(.name): \\(.value)\"), \"\"), (.response | \"HTTP/1.1 \\(.status) \\(.statusText)\", "
         "(.headers[] | "
         "\"\\(.name): \\(.value)\"), \"\")'"},
        {f::ndjson, "ndjson", "JSON lines with an exchange each", "authlint lint reads it"},
        {f::net_log, "net-log", "a network log of Chromium (JSON)",
         "Open it with netlog-viewer and copy the headers, or save a HAR file in the network panel instead"},
        {f::json, "json", "JSON of a form that authlint does not know",
         "Write each exchange as a line {\"request\": \"GET / HTTP/1.1\\r\\n...\", \"response\": \"HTTP/1.1 401 "
         "...\"}, or save a "
         "HAR file instead"},
        {f::burp, "burp", "items exported by Burp Suite (XML)", "authlint lint reads it"},
        {f::xml, "xml", "XML of a form that authlint does not know",
         "Of Burp Suite, \"Save items\" is read. Otherwise save a HAR file instead"},
        {f::html, "html", "a page of HTML", "Give the messages, not the body: curl -i, or curl -v"},
        {f::warc, "warc", "a web archive (WARC)", "authlint lint reads it"},
        {f::pcap, "pcap", "a packet capture (pcap or pcapng)",
         "authlint lint reads it through tshark. Otherwise convert it with: tshark -r FILE -q -z follow,http,ascii,0, "
         "and keep the "
         "messages"},
        {f::mitmproxy, "mitmproxy", "flows saved by mitmproxy",
         "Convert it with: mitmdump -nr FILE --set hardump=flows.har"},
        {f::coloured, "coloured", "text with a terminal's colours (ANSI escape sequences)",
         "Remove them with: sed 's/\\x1b\\[[0-9;]*m//g', or write the dump to a file instead of a terminal"},
        {f::curl_trace, "curl-trace", "the output of curl --trace or --trace-ascii",
         "authlint lint reads it; or use curl -v"},
        {f::timed, "curl-time", "the output of curl -v with --trace-time",
         "authlint lint reads it; or leave out --trace-time"},
        {f::wget_debug, "wget-debug", "the output of wget -d", "authlint lint reads it; or use wget -S"},
        {f::nghttp, "nghttp", "the output of nghttp -v",
         "authlint lint reads it if nothing stands before it. Otherwise convert what was received with: "
         "sed -nE '/^\\[[^]]*\\] recv \\(stream_id=[0-9]+\\) /{s///;s/^:status: /HTTP\\/2 /;p;}'"},
        {f::h2_fields, "h2", "header fields of HTTP/2 with :status or :method", "authlint lint reads it"},
        {f::tcpdump, "tcpdump", "the output of tcpdump -A",
         "authlint lint reads it; better write a capture with tcpdump -w"},
        {f::tcpdump_hex, "tcpdump-hex", "the output of tcpdump -x or -X",
         "Use tcpdump -A, or write a capture with tcpdump -w"},
        {f::tshark, "tshark", "the output of tshark -V", "authlint lint reads it; better give it the capture"},
        {f::printed_fields, "printed-fields",
         "a table of header fields as programs print it (JSON, or a dict, map or array)",
         "Write each as a line, Name: value, without the quotes and escapes of that form. For JSON: "
         "jq -r '(.headers // .) | to_entries[] | .key as $name | "
         "(.value | if type == \"array\" then .[] else . end) | \"\\($name): \\(.)\"'"},
        {f::sip, "sip", "SIP",
         "SIP uses the same field names with other rules: their lines are not joined (RFC 3261, 7.3.1). authlint "
         "checks "
         "HTTP and RTSP"}};
    return all;
}

const foreign_format_description& describe(foreign_format f) {
    return all_foreign_formats()[static_cast<std::size_t>(f)];
}

}  // namespace authgrammar::audit
