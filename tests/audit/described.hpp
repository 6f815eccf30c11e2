#ifndef AUTHGRAMMAR_TESTS_AUDIT_DESCRIBED_HPP
#define AUTHGRAMMAR_TESTS_AUDIT_DESCRIBED_HPP

#include <authgrammar/audit/message.hpp>

#include <ostream>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace authgrammar::audit::testing {

inline void add(std::ostream& out, std::string_view name, const span& s) {
    out << ' ' << name << '=' << s.offset << '+' << s.length;
}

/// All that is known of messages, a line each.
inline std::string described(const std::vector<message>& messages) {
    std::ostringstream out;
    for (const message& m : messages) {
        out << static_cast<int>(m.start) << static_cast<int>(m.place) << (m.line_prefix == '\0' ? '-' : m.line_prefix)
            << m.method << ' ' << m.target << ' ' << m.status.value_or(0) << ' ' << m.protocol << ' ' << m.body_bytes
            << ' ' << m.curl_notes << ' ' << m.login_form << m.loopback << (m.secured ? *m.secured ? "s" : "p" : "?");
        add(out, "at", m.start_line);
        for (const span& s : m.unreadable) add(out, "unreadable", s);
        if (m.doubt) add(out, m.doubt->holds_field ? "doubt-of-field" : "doubt", m.doubt->at);
        if (m.foreign) out << " foreign" << static_cast<int>(*m.foreign);
        if (m.past_limit) add(out, "limit" + std::to_string(static_cast<int>(m.past_limit->limit)), m.past_limit->at);
        for (const field_line& line : m.lines) {
            out << " [" << line.name << ":" << line.value.text() << "|" << line.odd->unread_after.text;
            add(out, "whole", line.whole);
            for (const span& s : line.odd->folds) add(out, "fold", s);
            out << ' ' << line.value.source_of(line.value.text().size()) << "]";
        }
        out << '\n';
    }
    return out.str();
}

}  // namespace authgrammar::audit::testing

#endif
