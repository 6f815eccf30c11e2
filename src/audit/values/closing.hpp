#ifndef AUTHGRAMMAR_AUDIT_CLOSING_HPP
#define AUTHGRAMMAR_AUDIT_CLOSING_HPP

#include <authgrammar/audit/message.hpp>

#include "common/field_text.hpp"

#include <string_view>

namespace authgrammar::audit {

/// Whether the connection ends with this message (RFC 9112, 9.3). Linear.
[[nodiscard]] inline bool closes(const message& m) {
    bool keeps = m.start == start_kind::request || m.protocol != "HTTP/1.0";
    for (const field_line& line : m.lines) {
        if (!detail::equal_ignoring_case(line.name, "connection") &&
            !detail::equal_ignoring_case(line.name, "proxy-connection"))
            continue;
        bool close = false;
        detail::for_each_list_element(line.value.text(), [&](std::string_view option) {
            close = close || detail::equal_ignoring_case(option, "close");
            keeps = keeps || detail::equal_ignoring_case(option, "keep-alive");
        });
        if (close) return true;
    }
    return !keeps;
}

}  // namespace authgrammar::audit

#endif
