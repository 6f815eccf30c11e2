#include <authgrammar/schemes/scheme.hpp>

#include "common/field_text.hpp"
#include "common/wording.hpp"
#include "rules/rules.hpp"

#include <algorithm>

namespace authgrammar::audit::rules {

namespace {

using detail::words;

/// Whether the credentials are of no use to whoever reads them: a proof made for one request or one connection.
bool is_proof(const challenge& credentials) {
    const schemes::scheme_description* scheme = schemes::find_scheme(detail::unescaped(credentials.scheme()));
    return scheme != nullptr && scheme->exposes == schemes::exposure::proof;
}

void check_login_page(const subject& s, report& out) {
    const bool challenged = std::any_of(s.fields.begin(), s.fields.end(),
                                        [](const field_reading& r) { return r.name() == field::www_authenticate; });
    if (s.source.status != 401 || !s.source.login_form || challenged) return;
    out.add(s.source.start_line, field::www_authenticate, "a 401 without a challenge has a login form in its body");
}

void check_form_login(const subject& s, report& out) {
    if (s.source.status != 401 || !s.around.form_login) return;
    out.add(s.source.start_line, field::www_authenticate,
            "a 401 from a service that is said to have a login form only");
}

void check_unsecured(const subject& s, report& out) {
    for (const field_reading& r : s.fields) {
        const bool server = r.name() == field::authorization;
        const std::optional<bool> secured = server ? s.around.server_secured : s.around.proxy_secured;
        if (kind_of(r.name()) != field_kind::credentials || r.parts().empty() || secured.value_or(true)) continue;
        const bool proof = is_proof(*r.parts().begin());
        finding& f = out.add(r.lines().front()->name_at, r.name(),
                             words("credentials over a connection without TLS to the ", server ? "server" : "proxy",
                                   proof ? "; they prove who sends the request and give no secret away" : ""));
        if (proof) f.level = severity::info;
    }
}

void add_linked(const linked_places& places, std::string text, report& out) {
    out.add(places.at, places.about, std::move(text)).related = {places.earlier};
}

void check_repeated_challenge(const subject& s, report& out) {
    if (!s.around.refusal) return;
    const linked_places& r = *s.around.refusal;
    finding& f =
        out.add(r.at, r.about,
                s.around.refused_by_same ? "the challenge that the credentials were for comes again"
                                         : "a challenge for the scheme of the credentials that came with the request");
    f.related = {r.earlier};
    if (r.about == field::proxy_authenticate) f.section = "RFC 9110, 15.5.8";
}

void check_sent_again(const subject& s, report& out) {
    if (!s.around.sent_again) return;
    add_linked(*s.around.sent_again, "the same credentials for the same target, which refused them", out);
}

void check_carried_over(const subject& s, report& out) {
    if (!s.around.carried_over) return;
    add_linked(*s.around.carried_over, "credentials of the same user as in the request that another server redirected",
               out);
}

void check_realms(const subject& s, report& out) {
    for (const linked_places& r : s.around.other_realms) {
        add_linked(r, "another realm under the same scheme and authority", out);
    }
}

}  // namespace

// decides: S401-8
const finding_rule& login_page_as_401() {
    static const finding_rule rule{
        "login-page-as-401",
        severity::error,
        {"S401-8", "R7235-2.1-401-challenge", "R9110-15.5.2-401", "R7235-2.1-other-mechanisms"},
        "RFC 9110, 15.5.2",
        "a login page that is sent as 401 without a challenge",
        "A form and a cookie are no scheme of HTTP authentication, so there is no challenge for them, and 401 is not "
        "the status. Browsers show the page all the same; other clients see a broken response.",
        "Send 403 with the page, or redirect to it with 302, 303 or 307.",
        check_login_page};
    return rule;
}

const finding_rule& form_login_401() {
    static const finding_rule rule{
        "401-from-form-login",
        severity::error,
        {"S401-8", "R7235-2.1-other-mechanisms"},
        "RFC 9110, 15.5.2",
        "a 401 from a service that has a login form only",
        "401 says that credentials in Authorization would help. Where login is by form or cookie none do, and a "
        "challenge that is made up for the sake of the status names a scheme that nobody can answer.",
        "Send 403, or redirect to the login page with 302, 303 or 307.",
        check_form_login};
    return rule;
}

// decides: R7235-6.1-confidentiality
const finding_rule& credentials_unsecured() {
    static const finding_rule rule{
        "credentials-unsecured",
        severity::warning,
        {"R7235-6.1-confidentiality", "R7235-6.1-server-secures"},
        "RFC 9110, 17.16.1",
        "credentials over a connection that is not secured",
        "HTTP authentication keeps nothing confidential: whoever is on the way reads the field. A password or token "
        "can then be used by others; a proof such as that of Digest tells them who the user is, which is information "
        "only.",
        "Use https, and let the server refuse or redirect http before it asks for credentials.",
        check_unsecured};
    return rule;
}

const finding_rule& challenge_repeated() {
    static const finding_rule rule{
        "challenge-repeated",
        severity::info,
        {"R7235-3.1-401-refused", "R7235-3.1-same-challenge"},
        "RFC 9110, 15.5.2",
        "a challenge again, in answer to credentials",
        "The server refuses the credentials that came with the request. A client that was challenged alike before "
        "shows the response to its user, who may have others; the same ones will be refused again.",
        "Look for a wrong user-id or password, an expired token, or credentials of another realm.",
        check_repeated_challenge};
    return rule;
}

const finding_rule& refused_credentials_again() {
    static const finding_rule rule{
        "refused-credentials-again",
        severity::warning,
        {"R7235-3.1-same-challenge", "R7235-3.1-401-retry"},
        "RFC 9110, 15.5.2",
        "credentials that were refused and are sent again",
        "After a 401 a request may be repeated with new or replaced credentials. With the same ones the answer is the "
        "same, and a client that goes on like this locks accounts or never ends.",
        "Ask the user for others, or show the response.",
        check_sent_again};
    return rule;
}

const finding_rule& credentials_after_redirect() {
    static const finding_rule rule{
        "credentials-after-redirect",
        severity::error,
        {"R7235-2.2-server-bound", "R7235-6.1-confidentiality"},
        "RFC 9110, 15.4",
        "credentials that go to another authority after a redirect",
        "Credentials are for one server. Whoever can make it redirect gets them, and with them the user's name at "
        "least, if the client takes them along.",
        "Leave Authorization out of the redirected request unless scheme, host and port are the same.",
        check_carried_over};
    return rule;
}

const finding_rule& several_realms() {
    static const finding_rule rule{
        "several-realms",
        severity::info,
        {"R7235-6.3-shared-root", "R7235-2.2-protection-space"},
        "RFC 9110, 17.16.3",
        "several realms under one root",
        "Realms do not shut each other out: a resource can ask with the realm of its neighbour, and clients send what "
        "they have for that. Parties that do not trust each other are not kept apart by realms.",
        "Give each party a host or port of its own, or keep Authorization from what runs there. For one party it is "
        "no matter.",
        check_realms};
    return rule;
}

}  // namespace authgrammar::audit::rules
