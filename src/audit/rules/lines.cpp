#include "common/wording.hpp"
#include "rules/rules.hpp"

namespace authgrammar::audit::rules {

namespace {

using detail::counted;
using detail::words;

void check_several_credentials(const subject& s, report& out) {
    for (const field_reading& r : s.fields) {
        if (kind_of(r.name()) != field_kind::credentials || r.lines().size() < 2) continue;
        finding& f = out.add(r.lines()[1]->name_at, r.name(),
                             words(name_of(r.name()), " stands in ", counted(r.lines().size(), "line")));
        f.related = {r.lines().front()->name_at};
        for (std::size_t i = 2; i < r.lines().size(); ++i) f.related.push_back(r.lines()[i]->name_at);
    }
}

void check_folds(const subject& s, report& out) {
    for (const field_line& line : s.source.lines) {
        if (!line.known || line.folds.empty()) continue;
        finding& f = out.add(line.folds.front(), line.known, "the field line is folded over several lines");
        f.related.assign(line.folds.begin() + 1, line.folds.end());
    }
}

void check_space(const subject& s, report& out) {
    for (const field_line& line : s.source.lines) {
        if (!line.known || !line.space_before_colon) continue;
        out.add(*line.space_before_colon, line.known, "white space between the field name and the colon");
    }
}

void check_unreadable(const subject& s, report& out) {
    for (const span& at : s.source.unreadable) {
        out.add(at, std::nullopt, words(counted(at.length, "byte"), " that cannot be read as a field line"));
    }
}

void check_nothing(const subject& s, report& out) {
    const message& m = s.source;
    if (m.start != start_kind::none || !m.lines.empty() || !m.unreadable.empty()) return;
    out.add({0, 0}, std::nullopt, "the input holds no message and no field line");
}

}  // namespace

const finding_rule& several_credentials() {
    static const finding_rule rule{
        "several-credentials",
        severity::error,
        {"R9110-5.3-field-lines"},
        "RFC 9110, 5.3",
        "credentials in more than one field line",
        "Authorization and Proxy-Authorization hold one credentials, so they stand in one line. Joined lines are never "
        "in the grammar; a recipient that takes the first and one that takes the last see different users.",
        "Send the field once.",
        check_several_credentials};
    return rule;
}

const finding_rule& obs_fold() {
    static const finding_rule rule{
        "obs-fold",
        severity::warning,
        {},
        "RFC 9112, 5.2",
        "a folded field line",
        "Folding is obsolete, and a sender must not make it. A server refuses such a message or replaces the fold by "
        "spaces, as is done here; programs that do neither read another value.",
        "Send the field value in one line.",
        check_folds};
    return rule;
}

const finding_rule& space_before_colon() {
    static const finding_rule rule{
        "space-before-colon",
        severity::error,
        {},
        "RFC 9112, 5.1",
        "white space before the colon of a field line",
        "A server refuses a request with such a line, and a proxy removes the white space from a response. Programs "
        "that take it for a part of the name do not see the field, so request smuggling lives on it.",
        "Put the colon right behind the field name.",
        check_space};
    return rule;
}

const finding_rule& unreadable_line() {
    static const finding_rule rule{
        "unreadable-line",
        severity::warning,
        {},
        "RFC 9112, 5",
        "input where a field line should be and none is",
        "A field line is a name, a colon and a value. What is none, and does not belong to a start line or a body "
        "either, is not judged. It may be a damaged line, or the input may be something else than an HTTP message.",
        "Give authlint a message as it is on the wire, the output of curl -i or curl -v, or bare field lines.",
        check_unreadable};
    return rule;
}

const finding_rule& nothing_to_read() {
    static const finding_rule rule{
        "nothing-to-read",
        severity::warning,
        {},
        "RFC 9112, 2.1",
        "an input without any message",
        "There was nothing to judge, so the input is not called clean. The program that should have written it may "
        "have failed.",
        "Give authlint a message as it is on the wire, the output of curl -i or curl -v, or bare field lines.",
        check_nothing};
    return rule;
}

}  // namespace authgrammar::audit::rules
