#include "common/wording.hpp"
#include "rules/rules.hpp"
#include "values/broken_value.hpp"

#include <set>

namespace authgrammar::audit::rules {

namespace {

using detail::counted;
using detail::words;

void check_several_credentials(const subject& s, report& out) {
    for (const field_reading& r : s.fields) {
        if (kind_of(r.name()) != field_kind::credentials || r.lines().size() < 2) continue;
        finding& f = out.add(r.lines()[1]->name_at, r.name(),
                             words(name_of(r.name()), " is sent in ", counted(r.lines().size(), "field line")));
        f.related = {r.lines().front()->name_at};
        for (std::size_t i = 2; i < r.lines().size(); ++i) f.related.push_back(r.lines()[i]->name_at);
    }
}

void check_broken(const subject& s, report& out) {
    for (const field_line& line : s.source.lines) {
        const std::optional<broken_value> value = broken_value_of(line);
        if (!value) continue;
        const std::size_t begin = line.value.source_of(0);
        finding& f = out.add(
            span_between(begin, line.value.source_of(line.value.text().size())), line.known,
            words(value->token ? "the token" : "the value", " goes on in the next line, which is not a field line"));
        f.related = {line.odd->unread_after.at};
        if (value->corrected) f.corrected = std::make_shared<const std::string>(*value->corrected);
    }
}

void check_folds(const subject& s, report& out) {
    for (const field_line& line : s.source.lines) {
        const std::vector<span>& folds = line.odd->folds;
        if (!line.known || folds.empty()) continue;
        finding& f = out.add(folds.front(), line.known, "the field line is folded over several lines");
        f.related.assign(folds.begin() + 1, folds.end());
    }
}

void check_space(const subject& s, report& out) {
    for (const field_line& line : s.source.lines) {
        if (!line.known || !line.odd->space_before_colon) continue;
        out.add(*line.odd->space_before_colon, line.known, "white space between the field name and the colon");
    }
}

void check_unreadable(const subject& s, report& out) {
    std::set<std::size_t> rests;  // of values broken into lines, where they begin
    for (const field_line& line : s.source.lines) {
        if (broken_value_of(line)) rests.insert(line.odd->unread_after.at.offset);
    }
    for (const span& at : s.source.unreadable) {
        if (rests.count(at.offset) != 0) continue;
        out.add(at, std::nullopt, words(counted(at.length, "byte"), " cannot be read as a field line"));
    }
}

void check_nothing(const subject& s, report& out) {
    const message& m = s.source;
    if (m.foreign || m.start != start_kind::none || !m.lines.empty() || !m.unreadable.empty()) return;
    out.add({0, 0}, std::nullopt, "the input has no message and no field line");
}

}  // namespace

const finding_rule& several_credentials() {
    static const finding_rule rule = [] {
        finding_rule r;
        r.id = "several-credentials";
        r.level = severity::error;
        r.category = rule_category::message;
        r.requirements = {"R9110-5.3-field-lines"};
        r.section = "RFC 9110, 5.3";
        r.title = "credentials in more than one field line";
        r.explanation =
            "Authorization and Proxy-Authorization carry a single value. Joined lines are never valid, and a recipient "
            "that takes the first line sees another user than one that takes the last.";
        r.peers =
            "Servers answer 400, take the first line, take the last, or join them. If a gateway checks one line and "
            "the server behind it reads the other, the gateway's check is worth nothing.";
        r.fix = "Send the field once.";
        r.cwe = 436;
        r.violating =
            "GET / HTTP/1.1\n"
            "Host: www.example.com\n"
            "Authorization: Basic dXNlcjpwYXNz\n"
            "Authorization: Bearer abc123\n"
            "\n";
        r.conforming =
            "GET / HTTP/1.1\n"
            "Host: www.example.com\n"
            "Authorization: Basic dXNlcjpwYXNz\n"
            "\n";
        r.check = check_several_credentials;
        return r;
    }();
    return rule;
}

const finding_rule& broken_into_lines() {
    static const finding_rule rule = [] {
        finding_rule r;
        r.id = "value-broken-into-lines";
        r.level = severity::error;
        r.category = rule_category::message;
        r.section = "RFC 9112, 5";
        r.title = "a value that goes on in the next line";
        r.explanation =
            "A field ends with its line. Recipients get the first part of the value, and reject the message or ignore "
            "the rest. Most often an encoder has broken base64 into lines of 64 or 76 characters.";
        r.peers =
            "Servers answer 400 or see half a password. A gateway may forward the rest as if it were a field line, and "
            "the server behind it may then read it as one.";
        r.fix =
            "Write the value on one line. To encode base64 without line breaks, use base64 -w 0 or openssl base64 -A.";
        r.cwe = 93;
        r.violating =
            "GET / HTTP/1.1\n"
            "Host: www.example.com\n"
            "Authorization: Basic dXNlcjpwYX\n"
            "Nzd29yZA==\n"
            "\n";
        r.conforming =
            "GET / HTTP/1.1\n"
            "Host: www.example.com\n"
            "Authorization: Basic dXNlcjpwYXNzd29yZA==\n"
            "\n";
        r.check = check_broken;
        return r;
    }();
    return rule;
}

const finding_rule& obs_fold() {
    static const finding_rule rule = [] {
        finding_rule r;
        r.id = "obs-fold";
        r.level = severity::warning;
        r.category = rule_category::message;
        r.section = "RFC 9112, 5.2";
        r.title = "a folded field line";
        r.explanation =
            "A server must reject the message or replace each fold with spaces; a user agent must replace it. authlint "
            "replaces it. Programs that do neither read another value.";
        r.peers =
            "Servers answer 400 or put spaces in its place. Where a proxy and a server differ, one of them sees a "
            "field that the other does not.";
        r.fix = "Send the field value on one line.";
        r.cwe = 444;
        r.violating =
            "HTTP/1.1 401 Unauthorized\n"
            "WWW-Authenticate: Basic realm=\"files\",\n"
            " charset=\"UTF-8\"\n"
            "\n";
        r.conforming =
            "HTTP/1.1 401 Unauthorized\n"
            "WWW-Authenticate: Basic realm=\"files\", charset=\"UTF-8\"\n"
            "\n";
        r.check = check_folds;
        return r;
    }();
    return rule;
}

const finding_rule& space_before_colon() {
    static const finding_rule rule = [] {
        finding_rule r;
        r.id = "space-before-colon";
        r.level = severity::error;
        r.category = rule_category::message;
        r.section = "RFC 9112, 5.1";
        r.title = "white space before the colon of a field line";
        r.explanation =
            "A server must reject a request with such a line, and a proxy must remove the space from a response. A "
            "program that treats the space as part of the name misses the field, which is how request smuggling works.";
        r.peers =
            "Most servers answer 400. One that takes the space for a part of the name does not see the credentials; "
            "one that drops it does.";
        r.fix = "Put the colon directly after the field name.";
        r.cwe = 444;
        r.violating =
            "GET / HTTP/1.1\n"
            "Host: www.example.com\n"
            "Authorization : Basic dXNlcjpwYXNz\n"
            "\n";
        r.conforming =
            "GET / HTTP/1.1\n"
            "Host: www.example.com\n"
            "Authorization: Basic dXNlcjpwYXNz\n"
            "\n";
        r.check = check_space;
        return r;
    }();
    return rule;
}

const finding_rule& unreadable_line() {
    static const finding_rule rule = [] {
        finding_rule r;
        r.id = "unreadable-line";
        r.level = severity::warning;
        r.category = rule_category::message;
        r.section = "RFC 9112, 5";
        r.title = "input that is not a field line where one is expected";
        r.explanation =
            "A field line is a name, a colon and a value. This is something else, and not a start line or a body "
            "either, so it was not checked. It may be a damaged line, or the input may not be an HTTP message.";
        r.peers = "Recipients reject the message or ignore the line.";
        r.fix =
            "Check the line. authlint reads raw HTTP messages, the output of curl -i or curl -v, and bare field lines.";
        r.violating =
            "HTTP/1.1 401 Unauthorized\n"
            "WWW-Authenticate: Basic realm=\"files\"\n"
            "no colon here\n"
            "\n";
        r.conforming =
            "HTTP/1.1 401 Unauthorized\n"
            "WWW-Authenticate: Basic realm=\"files\"\n"
            "X-Note: none\n"
            "\n";
        r.check = check_unreadable;
        return r;
    }();
    return rule;
}

const finding_rule& nothing_to_read() {
    static const finding_rule rule = [] {
        finding_rule r;
        r.id = "nothing-to-read";
        r.level = severity::warning;
        r.category = rule_category::message;
        r.section = "RFC 9112, 2.1";
        r.title = "an input without a message";
        r.explanation =
            "There was nothing to check, so the input is not reported as clean. The program that should have written "
            "it may have failed.";
        r.peers = "Not applicable: no message came.";
        r.fix =
            "Check where the input comes from. authlint reads raw HTTP messages, the output of curl -i or curl -v, and "
            "bare field lines.";
        r.violating = "";
        r.conforming = "X-Note: none\n";
        r.check = check_nothing;
        return r;
    }();
    return rule;
}

}  // namespace authgrammar::audit::rules
