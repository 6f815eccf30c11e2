#include "common/wording.hpp"
#include "rules/rules.hpp"

namespace authgrammar::audit::rules {

namespace {

void check_unread_uri(const subject& s, report& out) {
    if (!s.around.unread_uri) return;
    out.add(*s.around.unread_uri, std::nullopt,
            s.source.status ? "Location cannot be read as a URI, so it is not known where the redirect leads"
                            : "the request target and Host do not make up a URI, so the server is not known");
}

}  // namespace

const finding_rule& uri_not_read() {
    static const finding_rule rule{
        "uri-not-read",
        severity::warning,
        {},
        "RFC 9110, 4.2",
        "a URI that cannot be read",
        "The URI decides which server gets the credentials. Clients reject such a URI or interpret it in different "
        "ways. Findings that depend on the server are left out.",
        "Send a URI that RFC 3986 allows: percent-encode all other characters, and write the host in ASCII (xn--...).",
        check_unread_uri};
    return rule;
}

}  // namespace authgrammar::audit::rules
