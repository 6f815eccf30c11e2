#include "common/wording.hpp"
#include "rules/rules.hpp"

#include <algorithm>

namespace authgrammar::audit::rules {

namespace {

using detail::words;

/// What a foreign format is called, and how to get text from it.
struct foreign_words {
    foreign_format format;
    std::string_view name;
    std::string_view advice;
};
constexpr foreign_words all_foreign_words[] = {
    {foreign_format::utf16, "UTF-16 text", "Convert it with: iconv -f UTF-16 -t UTF-8"},
    {foreign_format::utf32, "UTF-32 text", "Convert it with: iconv -f UTF-32 -t UTF-8"},
    {foreign_format::lone_cr, "text whose lines end with CR alone", "Convert it with: tr '\\r' '\\n'"},
    {foreign_format::coloured, "text with a terminal's colours (ANSI escape sequences)",
     "Remove them with: sed 's/\\x1b\\[[0-9;]*m//g', or write the dump to a file instead of a terminal"},
    {foreign_format::har, "a HAR file (JSON)",
     "Convert it with: jq -r '.log.entries[] | (.request | \"\\(.method) \\(.url) HTTP/1.1\", (.headers[] | "
     "\"\\(.name): \\(.value)\"), \"\"), (.response | \"HTTP/1.1 \\(.status) \\(.statusText)\", (.headers[] | "
     "\"\\(.name): \\(.value)\"), \"\")'"},
    {foreign_format::pcap, "a packet capture (pcap or pcapng)",
     "Convert it with: tshark -r FILE -q -z follow,http,ascii,0, and keep the messages"},
    {foreign_format::gzip, "gzip data", "Convert it with: gzip -dc"},
    {foreign_format::sip, "SIP",
     "SIP has other rules for the same field names: their lines are not joined (RFC 3261, 7.3.1). authlint judges HTTP "
     "and RTSP"}};

void check_foreign(const subject& s, report& out) {
    if (!s.source.foreign) return;
    const auto* const found = std::find_if(std::begin(all_foreign_words), std::end(all_foreign_words),
                                           [&s](const foreign_words& w) { return w.format == *s.source.foreign; });
    out.add(s.source.start_line, std::nullopt, words("this is ", found->name, ", and was not read. ", found->advice));
}

void check_framing(const subject& s, report& out) {
    if (!s.source.doubt) return;
    const doubtful_framing& doubt = *s.source.doubt;
    const bool within = doubt.at.length != 0;
    finding& f = out.add(doubt.at, std::nullopt,
                         within ? "a start line stands inside the body, if the body is as long as its fields say. It "
                                  "was read both ways: as body, and as a message"
                                : words("more text follows than Content-Length says",
                                        doubt.holds_field ? ", and it holds an authentication field. It was read both "
                                                            "ways: as body, and as field lines"
                                                          : "; it was taken for body"));
    if (!doubt.holds_field) f.level = severity::info;
}

void check_trailers(const subject& s, report& out) {
    if (s.source.place != message_place::trailers) return;
    for (const field_reading& r : s.fields) {
        if (kind_of(r.name()) == field_kind::info) continue;
        out.add(r.lines().front()->name_at, r.name(), words(name_of(r.name()), " is in the trailer section"));
    }
}

}  // namespace

const finding_rule& foreign_input() {
    static const finding_rule rule{"foreign-input",
                                   severity::error,
                                   {},
                                   "RFC 9112, 2.1",
                                   "input that is not text of HTTP messages",
                                   "Nothing in it was judged, so it is not reported as clean.",
                                   "Give authlint a message as it is on the wire, the output of curl -i or curl -v, or "
                                   "bare field lines.",
                                   check_foreign};
    return rule;
}

const finding_rule& unclear_framing() {
    static const finding_rule rule{
        "unclear-framing",
        severity::warning,
        {},
        "RFC 9112, 6.3",
        "a body whose end is unclear",
        "Where programs disagree about the end of a body, one reads a message that another takes for content. Request "
        "and response smuggling use this. It also happens where a dump leaves a body out or decodes it.",
        "Check the message on the wire. If it is right there, put each message into a file of its own.",
        check_framing};
    return rule;
}

const finding_rule& field_in_trailers() {
    static const finding_rule rule{
        "field-in-trailers",
        severity::warning,
        {},
        "RFC 9110, 6.5.1",
        "an authentication field in the trailer section",
        "Whether a request is authenticated is decided before its content is processed, so a sender must not put these "
        "fields into trailers. Recipients ignore or drop them there; a proxy that merges them into the header section "
        "lets them take effect.",
        "Send the field in the header section.",
        check_trailers};
    return rule;
}

}  // namespace authgrammar::audit::rules
