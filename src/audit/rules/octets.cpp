#include "common/wording.hpp"
#include "rules/rules.hpp"

#include <algorithm>

// Characters in a value that programs read differently.

namespace authgrammar::audit::rules {

namespace {

/// The place of `size` octets of a line's value.
span place(const field_line& line, std::size_t offset, std::size_t size) {
    return span_between(line.value.source_of(offset), line.value.source_of(offset + size - 1) + 1);
}

void check_octets(const subject& s, report& out) {
    for (const field_line& line : s.source.lines) {
        if (!line.known) continue;
        const std::string_view value = line.value.text();
        const auto beyond = [](char c) { return static_cast<unsigned char>(c) >= 0x80; };
        const auto first = std::find_if(value.begin(), value.end(), beyond);
        if (first == value.end()) continue;
        const auto last = std::find_if_not(first, value.end(), beyond);
        out.add(place(line, static_cast<std::size_t>(first - value.begin()), static_cast<std::size_t>(last - first)),
                line.known, "octets beyond ASCII, which HTTP gives no meaning");
    }
}

/// The first needless backslash of each value in quotes.
void check_backslash(const subject& s, report& out) {
    for (const field_reading& r : s.fields) {
        for (const event& e : r.events()) {
            if (e.kind != event_kind::param_value || !e.quoted) continue;
            const std::string_view raw = r.text(e);
            // A backslash is never the last octet: that would be the quote, and escaped.
            for (std::size_t i = raw.find('\\'); i != std::string_view::npos; i = raw.find('\\', i + 2)) {
                if (raw[i + 1] == '"' || raw[i + 1] == '\\') continue;
                out.add(r.source(e.begin + i, e.begin + i + 2), r.name(), "recipients drop this backslash");
                break;
            }
        }
    }
}

void check_cr(const subject& s, report& out) {
    for (const field_line& line : s.source.lines) {
        if (!line.known) continue;
        const std::size_t cr = line.value.text().find('\r');
        if (cr != std::string_view::npos)
            out.add(place(line, cr, 1), line.known, "a CR that is not the end of the line");
    }
}

}  // namespace

const finding_rule& non_ascii_value() {
    static const finding_rule rule = [] {
        finding_rule r;
        r.id = "non-ascii-value";
        r.level = severity::info;
        r.category = rule_category::message;
        r.section = "RFC 9110, 5.5";
        r.title = "octets beyond ASCII in an authentication field";
        r.explanation =
            "HTTP gives such octets no meaning: whether they are UTF-8 or ISO-8859-1 is left to each program.";
        r.peers =
            "Some show them as UTF-8, some as ISO-8859-1, and some reject the message. A Digest "
            "client that decodes them hashes other octets than the server.";
        r.fix = "Use ASCII. For names in Digest there is username*, and for Basic the base64 of UTF-8.";
        r.cwe = 436;
        r.violating =
            "HTTP/1.1 401 Unauthorized\n"
            "WWW-Authenticate: Basic realm=\"caf\xC3"
            "\xA9"
            "\"\n"
            "\n";
        r.conforming =
            "HTTP/1.1 401 Unauthorized\n"
            "WWW-Authenticate: Basic realm=\"cafe\"\n"
            "\n";
        r.check = check_octets;
        return r;
    }();
    return rule;
}

const finding_rule& needless_backslash() {
    static const finding_rule rule = [] {
        finding_rule r;
        r.id = "needless-backslash";
        r.level = severity::warning;
        r.category = rule_category::message;
        r.requirements = {"R9110-5.6.4-quote-needed"};
        r.section = "RFC 9110, 5.6.4";
        r.title = "a backslash before a character that needs none";
        r.explanation =
            "In a quoted-string a backslash makes the next character literal and is dropped. So DOMAIN\\user reads as "
            "DOMAINuser, and C:\\temp as C:temp. Senders should not escape anything but the quote and the backslash.";
        r.peers =
            "Strict recipients drop the backslash, careless ones keep it, so the two compute different hashes or show "
            "different realms.";
        r.fix = "If the backslash is meant, write it twice; else leave it out.";
        r.cwe = 116;
        r.violating =
            "HTTP/1.1 401 Unauthorized\n"
            "WWW-Authenticate: Basic realm=\"CORP\\files\"\n"
            "\n";
        r.conforming =
            "HTTP/1.1 401 Unauthorized\n"
            "WWW-Authenticate: Basic realm=\"CORP\\\\files\"\n"
            "\n";
        r.check = check_backslash;
        return r;
    }();
    return rule;
}

const finding_rule& bare_cr() {
    static const finding_rule rule = [] {
        finding_rule r;
        r.id = "bare-cr";
        r.level = severity::error;
        r.category = rule_category::message;
        r.section = "RFC 9112, 2.2";
        r.title = "a CR without LF in an authentication field";
        r.explanation =
            "A CR that is not followed by LF is forbidden everywhere but in content. It comes from text with the wrong "
            "line ends, or from user input that was put in a field.";
        r.peers =
            "Some recipients end the line there, some replace it with a space, some reject the message. If an attacker "
            "can put it in, he can add fields of his own.";
        r.fix = "Remove CR and LF from what goes into a field.";
        r.cwe = 113;
        r.violating =
            "HTTP/1.1 401 Unauthorized\n"
            "WWW-Authenticate: Basic realm=\"a\rb\"\n"
            "\n";
        r.conforming =
            "HTTP/1.1 401 Unauthorized\n"
            "WWW-Authenticate: Basic realm=\"a b\"\n"
            "\n";
        r.check = check_cr;
        return r;
    }();
    return rule;
}

}  // namespace authgrammar::audit::rules
