#include "fuzz_lint.hpp"
#include "naive/text.hpp"
#include "support/oracle.hpp"

#include <authgrammar/audit/conversation.hpp>
#include <authgrammar/audit/finding.hpp>
#include <authgrammar/audit/reading.hpp>

#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace authgrammar::fuzz {

namespace {

enum class framing { length, chunks, none };

/// A body that would be full of findings, were it read as field lines.
constexpr std::string_view body =
    "WWW-Authenticate: Basic realm=\"x\r\nAuthorization: Bearer a b\r\n\r\nProxy-Authenticate:\r\n";

/// The start line and the lines that matter here, each in one line, without those that frame a body.
std::string head_of(const audit::message& m, std::string_view input) {
    std::string head(input.substr(m.start_line.offset, m.start_line.length));
    head += "\r\n";
    for (const audit::field_line& line : m.lines) {
        const std::string name = lower(line.name);
        if (!line.known && name != "host" && name != "location") continue;
        head += line.name;
        head += ": ";
        head += line.value.text();
        head += "\r\n";
    }
    return head;
}

/// Whether the start line is one wherever it is put: `curl -v` and its progress meter let others be one, too.
bool is_plain(const audit::message& m, std::string_view input) {
    if (m.place != audit::message_place::stream || m.start == audit::start_kind::none) return false;
    const std::string_view line = input.substr(m.start_line.offset, m.start_line.length);
    return m.status.has_value() || (line[0] >= 'A' && line[0] <= 'Z');
}

/// RFC 9112, 6.3; `asked` is the method that a response answers.
bool may_have_body(const audit::message& m, std::string_view asked) {
    if (!m.status) return true;
    const int status = *m.status;
    if (status < 200 || status == 204 || status == 304 || asked == "HEAD") return false;
    return asked != "CONNECT" || status >= 300;
}

void append_framed(std::string& out, const std::string& head, framing how) {
    out += head;
    if (how == framing::length) {
        out += "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n";
        out += body;
    } else if (how == framing::chunks) {
        out += "Transfer-Encoding: chunked\r\n\r\nA;ext=1\r\n";
        out += body.substr(0, 10);
        static constexpr char digits[] = "0123456789abcdef";
        const std::size_t rest = body.size() - 10;
        out += std::string("\r\n") + digits[rest / 16] + digits[rest % 16] + "\r\n";
        out += body.substr(10);
        out += "\r\n0\r\n\r\n";
    } else {
        out += "\r\n";
    }
}

/// A finding: its id, its severity, its place in its message.
using shown = std::tuple<std::string_view, audit::severity, std::size_t, std::size_t>;

/// The findings of each message. A finding in a trailer section, or in what may be a body, has a message of its own.
std::vector<std::vector<shown>> findings_in(const std::string& text, const audit::known_facts& facts) {
    std::vector<std::vector<shown>> all;
    const std::vector<audit::message> messages = audit::read_messages(text);
    audit::conversation conversation(facts);
    for (const audit::message& m : messages) {
        const auto fields = audit::read_fields(m);
        std::vector<shown>& found = all.emplace_back();
        for (const audit::finding& f : audit::judge(m, fields, conversation.next(m, fields))) {
            found.emplace_back(f.rule->id, f.level, f.at.offset - m.start_line.offset, f.at.length);
        }
    }
    return all;
}

}  // namespace

void check_framing(const std::vector<audit::message>& messages, std::string_view input) {
    std::string framed[3];
    std::string asked;
    std::size_t count = 0;
    for (const audit::message& m : messages) {
        if (!is_plain(m, input)) continue;
        ++count;
        const std::string head = head_of(m, input);
        const bool has_body = may_have_body(m, asked);
        for (const framing how : {framing::length, framing::chunks, framing::none}) {
            append_framed(framed[static_cast<int>(how)], head, has_body ? how : framing::none);
        }
        if (!m.status) asked = m.method;
        if (m.status && (*m.status >= 200 || *m.status == 101)) asked.clear();
    }
    if (count == 0) return;
    const audit::known_facts facts = facts_for(input);
    const auto by_length = findings_in(framed[static_cast<int>(framing::length)], facts);
    auto by_chunks = findings_in(framed[static_cast<int>(framing::chunks)], facts);
    if (planted("a_chunked_message_loses_a_finding") && !by_chunks.back().empty()) by_chunks.back().pop_back();
    require("framing_loses_no_message", by_length.size() == count + (planted("a_body_is_a_message") ? 1 : 0));
    require("framing_changes_no_finding",
            by_length == by_chunks && by_length == findings_in(framed[static_cast<int>(framing::none)], facts));
}

}  // namespace authgrammar::fuzz
