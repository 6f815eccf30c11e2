#include "conversation/request_facts.hpp"

#include "common/field_text.hpp"

#include <algorithm>

namespace authgrammar::audit {

namespace {

bool lists(std::string_view list, std::string_view name) {
    bool found = false;
    detail::for_each_list_element(
        list, [&](std::string_view element) { found = found || detail::equal_ignoring_case(element, name); });
    return found;
}

/// Most messages say the same as the one before.
void keep(std::string& known, std::string_view said) {
    if (known != said) known = said;
}

/// Whether the request has a line of `f`. A message too large to be judged has no readings, and of one that was cut the lines
/// behind the cut are only counted: it counts as having them, so that no finding says that they are missing.
bool has_line_of(const message& m, const std::vector<field_reading>& fields, field f) {
    if (reading_of(fields, f) != nullptr || (m.past_limit && m.past_limit->auth_lines != 0)) return true;
    return fields.empty() &&
           std::any_of(m.lines.begin(), m.lines.end(), [f](const field_line& line) { return line.known == f; });
}

bool is_form(const named_lines& lines) {
    const auto type = lines.value(line_name::content_type);
    return type && detail::lower(*type).find("x-www-form-urlencoded") != std::string::npos;
}

}  // namespace

void take_facts(const message& m, const named_lines& lines, const std::vector<field_reading>& fields,
                request_facts& facts) {
    facts.start = m.start;
    facts.start_line = m.start_line;
    keep(facts.method, m.method);
    facts.target = m.target;
    keep(facts.protocol, m.protocol);
    facts.authorization = has_line_of(m, fields, field::authorization);
    facts.proxy_authorization = has_line_of(m, fields, field::proxy_authorization);
    facts.cookie = lines.has(line_name::cookie);
    facts.form = is_form(lines);
    facts.closes = closes(m, lines);
    const bool from_script = m.method == "OPTIONS" && lines.has(line_name::origin);
    const auto wanted = lines.value(line_name::request_headers);
    facts.preflight = from_script && lines.has(line_name::request_method);
    facts.asks_for_header = from_script && wanted && lists(*wanted, "authorization");
    facts.secured = m.secured;
    facts.loopback = m.loopback;
}

}  // namespace authgrammar::audit
