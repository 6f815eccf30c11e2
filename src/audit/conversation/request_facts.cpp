#include "conversation/request_facts.hpp"

#include "common/field_text.hpp"

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
    facts.authorization = reading_of(fields, field::authorization) != nullptr;
    facts.proxy_authorization = reading_of(fields, field::proxy_authorization) != nullptr;
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
