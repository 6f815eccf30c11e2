#include "common/wording.hpp"
#include "rules/rules.hpp"

namespace authgrammar::audit::rules {

namespace {

void check_unread_uri(const subject& s, report& out) {
    if (!s.around.unread_uri) return;
    out.add(*s.around.unread_uri, std::nullopt,
            s.source.status ? "the target of this redirect cannot be read as a URI, so where it leads is not known"
                            : "no URI can be read from the request target and Host, so the server is not known");
}

}  // namespace

const finding_rule& uri_not_read() {
    static const finding_rule rule{
        "uri-not-read",
        severity::warning,
        {},
        "RFC 9110, 4.2",
        "a URI that cannot be read",
        "Which server gets the credentials depends on it. Clients read such a URI each in their own way or refuse it, "
        "and "
        "findings that need to know the server are not made here.",
        "Send a URI as RFC 3986 defines it: percent-encode other characters, and write a host in its ASCII form.",
        check_unread_uri};
    return rule;
}

}  // namespace authgrammar::audit::rules
