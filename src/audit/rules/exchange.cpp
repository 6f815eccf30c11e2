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
    out.add(s.source.start_line, field::www_authenticate, "this 401 has no challenge, but a login form in its body");
}

void check_form_login(const subject& s, report& out) {
    if (s.source.status != 401 || !s.around.form_login) return;
    finding& f = out.add(s.source.start_line, field::www_authenticate,
                         "this 401 comes from a service that only has a login form, according to --form-login");
    const bool challenged = std::any_of(s.fields.begin(), s.fields.end(), [](const field_reading& r) {
        return r.name() == field::www_authenticate && r.valid() && !r.parts().empty();
    });
    if (challenged) f.level = severity::info;
}

void check_unsecured(const subject& s, report& out) {
    for (const field_reading& r : s.fields) {
        const bool server = r.name() == field::authorization;
        const std::optional<bool> secured = server ? s.around.server_secured : s.around.proxy_secured;
        if (kind_of(r.name()) != field_kind::credentials || r.parts().empty() || secured.value_or(true)) continue;
        const bool proof = is_proof(*r.parts().begin());
        finding& f = out.add(r.lines().front()->name_at, r.name(),
                             words("credentials are sent without TLS to the ", server ? "server" : "proxy",
                                   proof ? "; they are a proof for this request and reveal no secret" : ""));
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
                s.around.refused_by_same ? "the server sends the challenge that the credentials answered again"
                                         : "the server answers the credentials with a challenge for the same scheme");
    f.related = {r.earlier};
    if (r.about == field::proxy_authenticate) f.section = "RFC 9110, 15.5.8";
}

void check_sent_again(const subject& s, report& out) {
    if (!s.around.sent_again) return;
    add_linked(*s.around.sent_again, "these credentials were rejected for the same target before", out);
}

void check_carried_over(const subject& s, report& out) {
    if (!s.around.carried_over) return;
    add_linked(*s.around.carried_over,
               "these credentials of the same user were meant for the server that redirected here", out);
}

void check_realms(const subject& s, report& out) {
    for (const linked_places& r : s.around.other_realms) {
        add_linked(r, "a second realm on the same scheme, host and port", out);
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
        "a login page sent as a 401 without a challenge",
        "A login form with a cookie is not an HTTP authentication scheme. There is no challenge for it, so 401 is the "
        "wrong status code. Browsers still show the page; other clients see a broken response.",
        "Send the page with 403, or redirect to it with 302, 303 or 307.",
        check_login_page};
    return rule;
}

const finding_rule& form_login_401() {
    static const finding_rule rule{
        "401-from-form-login",
        severity::error,
        {"S401-8", "R7235-2.1-other-mechanisms"},
        "RFC 9110, 15.5.2",
        "a 401 from a service that only has a login form",
        "A 401 promises that credentials in Authorization would help. With a form or cookie login none do. A 401 with "
        "a valid challenge is correct by RFC 9110, so that is only information; but a challenge made up to justify the "
        "status code names a scheme that no client can use.",
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
        "credentials sent over an unencrypted connection",
        "HTTP authentication does not encrypt anything: anyone on the path can read the field. They can reuse a "
        "password or a token. A proof such as Digest's only tells them who the user is, which is reported for "
        "information.",
        "Use https, and have the server reject or redirect http before it asks for credentials.",
        check_unsecured};
    return rule;
}

const finding_rule& challenge_repeated() {
    static const finding_rule rule{
        "challenge-repeated",
        severity::info,
        {"R7235-3.1-401-refused", "R7235-3.1-same-challenge"},
        "RFC 9110, 15.5.2",
        "a new challenge in answer to credentials",
        "The server rejects the credentials in the request. A client that has seen the same challenge before should "
        "show the response to its user, who may have other credentials; the same ones will be rejected again.",
        "Check for a wrong user name or password, an expired token, or credentials for another realm.",
        check_repeated_challenge};
    return rule;
}

const finding_rule& refused_credentials_again() {
    static const finding_rule rule{
        "refused-credentials-again",
        severity::warning,
        {"R7235-3.1-same-challenge", "R7235-3.1-401-retry"},
        "RFC 9110, 15.5.2",
        "rejected credentials sent again",
        "After a 401 a client may repeat the request with new credentials. With the same ones it gets the same answer, "
        "and a client that keeps trying locks accounts or loops forever.",
        "Ask the user for other credentials, or show the response.",
        check_sent_again};
    return rule;
}

const finding_rule& credentials_after_redirect() {
    static const finding_rule rule{
        "credentials-after-redirect",
        severity::error,
        {"R7235-2.2-server-bound", "R7235-6.1-confidentiality"},
        "RFC 9110, 15.4",
        "credentials sent to another server after a redirect",
        "Credentials are meant for one server. If a client takes them along, anyone who can make that server redirect "
        "gets them, or at least the user's name.",
        "Drop Authorization from the redirected request unless scheme, host and port stay the same.",
        check_carried_over};
    return rule;
}

const finding_rule& several_realms() {
    static const finding_rule rule{
        "several-realms",
        severity::info,
        {"R7235-6.3-shared-root", "R7235-2.2-protection-space"},
        "RFC 9110, 17.16.3",
        "several realms on one server",
        "Realms do not isolate resources from each other: any resource on the server can ask with its neighbour's "
        "realm, and clients then send the credentials for it. Realms do not separate parties that distrust each other.",
        "Give each party its own host or port, or hide Authorization from its applications. If one party runs "
        "everything, ignore this.",
        check_realms};
    return rule;
}

}  // namespace authgrammar::audit::rules
