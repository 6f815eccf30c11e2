#include "common/field_text.hpp"
#include "rules/rules.hpp"

// What browsers want before they let a script of another site send credentials.

namespace authgrammar::audit::rules {

namespace {

void check_wildcard(const subject& s, report& out) {
    const field_line* const origin = s.lines.first(line_name::allow_origin);
    const auto allowed = s.lines.value(line_name::allow_credentials);
    if (s.source.start == start_kind::request || origin == nullptr || origin->value.text() != "*" || allowed != "true")
        return;
    out.add(origin->whole, std::nullopt, "all origins are allowed, and credentials too");
}

bool lists(std::string_view list, std::string_view name) {
    bool found = false;
    detail::for_each_list_element(
        list, [&](std::string_view element) { found = found || detail::equal_ignoring_case(element, name); });
    return found;
}

void check_preflight_headers(const subject& s, report& out) {
    if (s.around.request == nullptr || !is_success(s.source)) return;
    const request_facts& request = *s.around.request;
    if (!request.asks_for_header) return;
    bool allowed = false;
    s.lines.for_each(line_name::allow_headers,
                     [&](const field_line& line) { allowed = allowed || lists(line.value.text(), "authorization"); });
    if (allowed) return;
    out.add(s.source.start_line, std::nullopt, "Access-Control-Allow-Headers does not list Authorization").related = {
        request.start_line};
}

}  // namespace

const finding_rule& cors_wildcard() {
    static const finding_rule rule = [] {
        finding_rule r;
        r.id = "cors-wildcard-with-credentials";
        r.level = severity::warning;
        r.category = rule_category::practice;
        r.section = "Fetch Standard, CORS check";
        r.title = "Access-Control-Allow-Origin: * together with Access-Control-Allow-Credentials";
        r.explanation =
            "For a request with credentials the browser accepts only the exact origin in Access-Control-Allow-Origin. "
            "* works only for requests without credentials.";
        r.peers =
            "Browsers refuse to give the response to the script. A server that reflects any Origin instead lets every "
            "site act as the user.";
        r.fix =
            "Name the one origin that is trusted, and send Vary: Origin; or leave Access-Control-Allow-Credentials "
            "out.";
        r.cwe = 942;
        r.violating =
            "HTTP/1.1 200 OK\n"
            "Access-Control-Allow-Origin: *\n"
            "Access-Control-Allow-Credentials: true\n"
            "\n";
        r.conforming =
            "HTTP/1.1 200 OK\n"
            "Access-Control-Allow-Origin: https://app.example.com\n"
            "Access-Control-Allow-Credentials: true\n"
            "\n";
        r.check = check_wildcard;
        return r;
    }();
    return rule;
}

const finding_rule& preflight_without_authorization() {
    static const finding_rule rule = [] {
        finding_rule r;
        r.id = "preflight-forbids-authorization";
        r.level = severity::warning;
        r.category = rule_category::practice;
        r.section = "Fetch Standard, CORS-preflight fetch";
        r.title = "a preflight answer that does not allow Authorization";
        r.explanation =
            "The script wants to send Authorization, and the answer does not list it in Access-Control-Allow-Headers. "
            "A * there does not cover Authorization.";
        r.peers = "Browsers do not send the request, and report a CORS error.";
        r.fix = "Send Access-Control-Allow-Headers: Authorization.";
        r.needs = "the request directly before the response";
        r.violating =
            "OPTIONS /api HTTP/1.1\n"
            "Host: api.example.com\n"
            "Origin: https://app.example.com\n"
            "Access-Control-Request-Method: GET\n"
            "Access-Control-Request-Headers: authorization\n"
            "\n"
            "HTTP/1.1 204 No Content\n"
            "Access-Control-Allow-Origin: https://app.example.com\n"
            "Access-Control-Allow-Headers: *\n"
            "\n";
        r.conforming =
            "OPTIONS /api HTTP/1.1\n"
            "Host: api.example.com\n"
            "Origin: https://app.example.com\n"
            "Access-Control-Request-Method: GET\n"
            "Access-Control-Request-Headers: authorization\n"
            "\n"
            "HTTP/1.1 204 No Content\n"
            "Access-Control-Allow-Origin: https://app.example.com\n"
            "Access-Control-Allow-Headers: authorization\n"
            "\n";
        r.check = check_preflight_headers;
        return r;
    }();
    return rule;
}

}  // namespace authgrammar::audit::rules
