#include "common/wording.hpp"
#include "rules/rules.hpp"
#include "values/authority.hpp"
#include "values/value_of.hpp"

#include <algorithm>
#include <vector>

// URIs: where a message goes, and what does not belong in a URI.

namespace authgrammar::audit::rules {

namespace {

void check_unread_uri(const subject& s, report& out) {
    if (!s.around.unread_uri) return;
    out.add(*s.around.unread_uri, std::nullopt,
            s.source.status ? "Location cannot be read as a URI, so it is not known where the redirect leads"
                            : "the request target and Host do not make up a URI, so the server is not known");
}

/// A stretch of a request target or a field value.
struct uri_part {
    std::string_view text;
    span at;
};

/// Calls `visit(uri_part)` for the request target, and for the values of the fields whose value is a URI.
template <typename Visit>
void for_each_uri(const subject& s, Visit&& visit) {
    const message& m = s.source;
    if (m.start == start_kind::request) {
        visit(uri_part{m.target, {m.start_line.offset + m.method.size() + 1, m.target.size()}});
    }
    for (const line_name name : {line_name::location, line_name::content_location, line_name::referer}) {
        s.lines.for_each(name, [&](const field_line& line) {
            const std::string_view value = line.value.text();
            if (value.empty()) return;
            visit(uri_part{value, span_between(line.value.source_of(0), line.value.source_of(value.size()))});
        });
    }
}

bool is_http(std::string_view uri) noexcept {
    const std::string_view scheme = uri.substr(0, uri.find(':'));
    return detail::equal_ignoring_case(scheme, "http") || detail::equal_ignoring_case(scheme, "https");
}

void check_userinfo(const subject& s, report& out) {
    for_each_uri(s, [&](const uri_part& uri) {
        const std::string_view authority = is_http(uri.text) ? authority_of(uri.text) : std::string_view();
        const std::size_t at = authority.rfind('@');
        if (at == std::string_view::npos) return;
        out.add({uri.at.offset + static_cast<std::size_t>(authority.data() - uri.text.data()), at}, std::nullopt,
                "userinfo in a URI");
    });
}

/// Where the parameter access_token of a query has its value; nothing if it is not there, or empty.
std::optional<span> token_in(const uri_part& uri) {
    constexpr std::string_view name = "access_token=";
    const std::string_view whole = uri.text.substr(0, uri.text.find('#'));
    for (std::size_t i = whole.find('?'); i != std::string_view::npos; i = whole.find('&', i + 1)) {
        const std::string_view rest = whole.substr(i + 1);
        if (rest.substr(0, name.size()) != name) continue;
        const std::size_t size = std::min(rest.find('&'), rest.size()) - name.size();
        if (size != 0) return span{uri.at.offset + i + 1 + name.size(), size};
    }
    return std::nullopt;
}

void check_token(const subject& s, report& out) {
    for_each_uri(s, [&](const uri_part& uri) {
        if (const auto token = token_in(uri)) out.add(*token, std::nullopt, "access_token in a URI");
    });
}

/// The directives that keep a response out of shared caches (RFC 9111, 5.2.2.5 and 5.2.2.7).
bool is_private(const named_lines& lines) {
    bool found = false;
    lines.for_each(line_name::cache_control, [&](const field_line& line) {
        detail::for_each_list_element(line.value.text(), [&](std::string_view directive) {
            const std::string_view name = detail::trimmed(directive.substr(0, directive.find('=')));
            found =
                found || detail::equal_ignoring_case(name, "private") || detail::equal_ignoring_case(name, "no-store");
        });
    });
    return found;
}

void check_token_cache(const subject& s, report& out) {
    if (s.around.request == nullptr || !is_success(s.source)) return;
    const request_facts& request = *s.around.request;
    if (request.start != start_kind::request || (request.method != "GET" && request.method != "HEAD")) return;
    const auto token =
        token_in({request.target, {request.start_line.offset + request.method.size() + 1, request.target.size()}});
    if (!token || is_private(s.lines)) return;
    out.add(s.source.start_line, std::nullopt, "nothing keeps this response out of shared caches").related = {*token};
}

}  // namespace

const finding_rule& uri_not_read() {
    static const finding_rule rule = [] {
        finding_rule r;
        r.id = "uri-not-read";
        r.level = severity::warning;
        r.category = rule_category::message;
        r.section = "RFC 9110, 4.2";
        r.title = "a URI that cannot be read";
        r.explanation =
            "The URI decides which server gets the credentials. Clients reject such a URI or interpret it in different "
            "ways. Findings that depend on the server are left out.";
        r.peers =
            "Browsers repair some of these URIs, libraries reject them, and a checker that reads the host differently "
            "is bypassed.";
        r.fix =
            "Send a URI that RFC 3986 allows: percent-encode all other characters, and write the host in ASCII "
            "(xn--...).";
        r.cwe = 436;
        r.violating =
            "GET / HTTP/1.1\n"
            "Host: www.example.com\n"
            "\n"
            "HTTP/1.1 301 Moved Permanently\n"
            "Location: https://[x/\n"
            "\n";
        r.conforming =
            "GET / HTTP/1.1\n"
            "Host: www.example.com\n"
            "\n"
            "HTTP/1.1 301 Moved Permanently\n"
            "Location: https://[::1]/\n"
            "\n";
        r.check = check_unread_uri;
        return r;
    }();
    return rule;
}

const finding_rule& credentials_in_uri() {
    static const finding_rule rule = [] {
        finding_rule r;
        r.id = "credentials-in-uri";
        r.level = severity::warning;
        r.category = rule_category::message;
        r.section = "RFC 9110, 4.2.4";
        r.title = "a user name or password in a URI";
        r.explanation =
            "http and https URIs in messages must not have userinfo. It is shown, logged and passed on in Referer, and "
            "used to disguise where a link leads.";
        r.peers = "Browsers drop it or warn; libraries turn it into Authorization; servers and proxies log it.";
        r.fix = "Send Authorization instead. Change the password if the URI was in a log.";
        r.cwe = 598;
        r.violating =
            "GET http://user:pass@www.example.com/ HTTP/1.1\n"
            "Host: www.example.com\n"
            "\n";
        r.conforming =
            "GET https://www.example.com/ HTTP/1.1\n"
            "Host: www.example.com\n"
            "Authorization: Basic dXNlcjpwYXNz\n"
            "\n";
        r.check = check_userinfo;
        return r;
    }();
    return rule;
}

const finding_rule& token_in_uri() {
    static const finding_rule rule = [] {
        finding_rule r;
        r.id = "token-in-uri";
        r.level = severity::warning;
        r.category = rule_category::message;
        r.requirements = {"R7235-5.1.2-other-field"};
        r.section = "RFC 6750, 2.3";
        r.title = "an access token in the query of a URI";
        r.explanation =
            "RFC 6750 has this for clients that cannot send Authorization, and advises against it: URIs are in logs, "
            "in histories and in Referer.";
        r.peers = "Servers accept it where it is switched on. Whoever reads a log can use the token.";
        r.fix = "Send the token in Authorization: Bearer.";
        r.cwe = 598;
        r.violating =
            "GET /api?access_token=abc123 HTTP/1.1\n"
            "Host: www.example.com\n"
            "\n";
        r.conforming =
            "GET /api HTTP/1.1\n"
            "Host: www.example.com\n"
            "Authorization: Bearer abc123\n"
            "\n";
        r.check = check_token;
        return r;
    }();
    return rule;
}

const finding_rule& uri_token_cacheable() {
    static const finding_rule rule = [] {
        finding_rule r;
        r.id = "uri-token-cacheable";
        r.level = severity::warning;
        r.category = rule_category::exchange;
        r.requirements = {"R7235-5.1.2-other-field"};
        r.section = "RFC 6750, 2.3";
        r.title = "an answer to a token in the query that a shared cache may keep";
        r.explanation =
            "Shared caches do not reuse answers to requests with Authorization unless a directive allows it. They "
            "treat a query with access_token like any other, so the answer should have Cache-Control: private.";
        r.peers = "A shared cache keeps the answer by its URI, and gives it to whoever asks with the same one.";
        r.fix = "Send Cache-Control: private, or no-store.";
        r.needs = "the request";
        r.cwe = 524;
        r.violating =
            "GET /api?access_token=abc123 HTTP/1.1\n"
            "Host: www.example.com\n"
            "\n"
            "HTTP/1.1 200 OK\n"
            "Content-Length: 0\n"
            "\n";
        r.conforming =
            "GET /api?access_token=abc123 HTTP/1.1\n"
            "Host: www.example.com\n"
            "\n"
            "HTTP/1.1 200 OK\n"
            "Cache-Control: private\n"
            "\n";
        r.check = check_token_cache;
        return r;
    }();
    return rule;
}

}  // namespace authgrammar::audit::rules
