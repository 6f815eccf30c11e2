#include "common/wording.hpp"
#include "rules/rules.hpp"

#include <algorithm>

namespace authgrammar::audit::rules {

namespace {

using detail::words;

void check_foreign(const subject& s, report& out) {
    if (!s.source.foreign) return;
    const foreign_format_description& format = describe(*s.source.foreign);
    out.add(s.source.start_line, std::nullopt, words("this is ", format.name, " and was not read. ", format.advice));
}

void check_framing(const subject& s, report& out) {
    if (!s.source.doubt) return;
    const doubtful_framing& doubt = *s.source.doubt;
    const bool within = doubt.at.length != 0;
    finding& f = out.add(doubt.at, std::nullopt,
                         within ? "the body contains a start line, if it is as long as the header fields say. It was "
                                  "read both as part of the body and as a message"
                                : words("more text follows than Content-Length says",
                                        doubt.holds_field ? ", and it contains an authentication field. It was read "
                                                            "both as part of the body and as field lines"
                                                          : "; it was read as part of the body"));
    if (!doubt.holds_field) f.level = severity::info;
}

void check_head(const subject& s, report& out) {
    if (!s.around.head_ended) return;
    const auto& fields = s.fields;
    finding& f = out.add(s.source.lines.front().name_at, std::nullopt,
                         "an empty line before these field lines ends the header section of the request");
    if (fields.empty()) {
        f.level = severity::info;
    } else {
        f.at = fields.front().lines().front()->name_at;
        f.about = fields.front().name();
        f.text = words("an empty line before ", name_of(fields.front().name()),
                       " ends the header section, so the request was sent without it");
    }
    f.related = {*s.around.head_ended};
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
    static const finding_rule rule = [] {
        finding_rule r;
        r.id = "foreign-input";
        r.level = severity::error;
        r.category = rule_category::message;
        r.section = "RFC 9112, 2.1";
        r.title = "input in a format other than HTTP messages";
        r.explanation = "Nothing in it was checked, so it is not reported as clean.";
        r.peers = "No peer reads such bytes as HTTP.";
        r.fix = "Convert it to HTTP messages as the text says.";
        r.violating =
            "SIP/2.0 401 Unauthorized\n"
            "WWW-Authenticate: Digest realm=\"files\", nonce=\"n1\"\n";
        r.conforming =
            "HTTP/1.1 401 Unauthorized\n"
            "WWW-Authenticate: Basic realm=\"files\"\n"
            "\n";
        r.check = check_foreign;
        return r;
    }();
    return rule;
}

const finding_rule& head_ended_early() {
    static const finding_rule rule = [] {
        finding_rule r;
        r.id = "head-ended-early";
        r.level = severity::warning;
        r.category = rule_category::message;
        r.section = "RFC 9112, 2.1";
        r.title = "field lines after the empty line that ends a request's header section";
        r.explanation =
            "The first empty line ends the header section. What follows it is the body, or bytes that nobody asked "
            "for, even if "
            "it looks like field lines. Most often a line end was added to a value (base64 with its newline) or to the "
            "request line.";
        r.peers =
            "Servers do not see these fields, so credentials among them were never sent. What is left on the "
            "connection may be "
            "read as the next request.";
        r.fix = "Remove the empty line, or the line end at the end of the value before it.";
        r.varies = "Only information if no authentication field is among the lines.";
        r.needs = "the request before the lines";
        r.violating =
            "GET / HTTP/1.1\n"
            "Host: www.example.com\n"
            "\n"
            "Authorization: Basic dXNlcjpwYXNz\n"
            "Accept: */*\n"
            "\n";
        r.conforming =
            "GET / HTTP/1.1\n"
            "Host: www.example.com\n"
            "Authorization: Basic dXNlcjpwYXNz\n"
            "Accept: */*\n"
            "\n";
        r.check = check_head;
        return r;
    }();
    return rule;
}

const finding_rule& unclear_framing() {
    static const finding_rule rule = [] {
        finding_rule r;
        r.id = "unclear-framing";
        r.level = severity::warning;
        r.category = rule_category::message;
        r.section = "RFC 9112, 6.3";
        r.title = "a body whose end is unclear";
        r.explanation =
            "If two programs disagree about where a body ends, one of them reads as a message what the other reads as "
            "content. Request and response smuggling rely on this. A dump that leaves bodies out or decodes them looks "
            "the same.";
        r.peers =
            "If a proxy and a server disagree, an attacker can hide the start of a request in the body of another. The "
            "server "
            "puts it in front of the next request on the connection, which may be another user's, and acts with that "
            "user's "
            "credentials.";
        r.fix = "Check what was sent. If that is correct, put each message in a file of its own.";
        r.varies = "Only information if the text in doubt has no message and no authentication field.";
        r.cwe = 444;
        r.violating =
            "HTTP/1.1 200 OK\n"
            "Content-Length: 55\n"
            "\n"
            "HTTP/1.1 401 Unauthorized\n"
            "WWW-Authenticate: Negotiate\n"
            "\n";
        r.conforming =
            "HTTP/1.1 200 OK\n"
            "Content-Length: 3\n"
            "\n"
            "abcHTTP/1.1 401 Unauthorized\n"
            "WWW-Authenticate: Negotiate\n"
            "\n";
        r.check = check_framing;
        return r;
    }();
    return rule;
}

const finding_rule& field_in_trailers() {
    static const finding_rule rule = [] {
        finding_rule r;
        r.id = "field-in-trailers";
        r.level = severity::warning;
        r.category = rule_category::message;
        r.section = "RFC 9110, 6.5.1";
        r.title = "an authentication field in the trailer section";
        r.explanation =
            "Credentials and challenges are needed before the content is read, so senders must not send them as "
            "trailers. Authentication-Info may be a trailer if its scheme allows it, as Digest does. Recipients ignore "
            "the others, but a proxy that merges trailers into the header section makes them count.";
        r.peers =
            "Most recipients discard it. One that merges trailers authenticates a request after the checks that should "
            "have seen the credentials.";
        r.fix = "Send the field in the header section.";
        r.violating =
            "HTTP/1.1 200 OK\n"
            "Transfer-Encoding: chunked\n"
            "\n"
            "0\n"
            "WWW-Authenticate: Negotiate\n"
            "\n";
        r.conforming =
            "HTTP/1.1 200 OK\n"
            "Transfer-Encoding: chunked\n"
            "\n"
            "0\n"
            "Authentication-Info: nextnonce=\"n2\"\n"
            "\n";
        r.check = check_trailers;
        return r;
    }();
    return rule;
}

}  // namespace authgrammar::audit::rules
