#include "common/wording.hpp"
#include "rules/rules.hpp"
#include "rules/scheme_parts.hpp"
#include "values/authority.hpp"

#include <algorithm>
#include <iterator>

// Bearer and DPoP (RFC 6750, RFC 9449, RFC 9728). What is said of errors holds for each scheme whose challenges have them.

namespace authgrammar::audit::rules {

namespace {

using detail::words;

/// The description of the parameter error of a challenge; null if its scheme has none. Mutual tells errors by another one.
const schemes::parameter_description* known_error(const scheme_part& p) {
    if (!p.is_challenge() || p.scheme == nullptr) return nullptr;
    return schemes::find_parameter(*p.scheme, field_kind::challenges, "error");
}

/// The value of the parameter that tells the client why it was refused.
std::optional<auth_param> error_of(const scheme_part& p) {
    const std::optional<auth_param> error = p.part.param("error");
    return error && known_error(p) != nullptr ? error : std::nullopt;
}

/// How the scheme signals that error; null if the table does not know it.
const schemes::error_signal* signal_of(const scheme_part& p, const text& error) {
    const auto found = std::find_if(p.scheme->errors.begin(), p.scheme->errors.end(),
                                    [&](const schemes::error_signal& e) { return error.equals(e.value); });
    return found == p.scheme->errors.end() ? nullptr : found;
}

void check_error_status(const subject& s, report& out) {
    if (!s.source.status || *s.source.status < 400) return;
    for_each_part(s, [&](const scheme_part& p) {
        const auto error = error_of(p);
        const schemes::error_signal* const signal = error ? signal_of(p, error->value) : nullptr;
        if (signal == nullptr) return;
        const int status = signal->status != 0 ? signal->status : 401;
        const bool of_proxy = status == 401 && p.in.name() == field::proxy_authenticate;
        const int wanted = of_proxy ? 407 : status;
        if (*s.source.status == wanted) return;
        finding& f = out.add(p.at(error->value), p.in.name(),
                             words(signal->value, " goes with ", std::to_string(wanted), ", not with ",
                                   std::to_string(*s.source.status)));
        if (signal->when == schemes::error_occasion::insufficient && s.source.status == 401) f.level = severity::info;
    });
}

/// Whether the request may have had a token in a place that a dump does not show, or that is for the rules about URIs.
bool may_hide_token(const request_facts& request) {
    return request.form || request.target.find("access_token=") != std::string::npos;
}

bool has_credentials(const request_facts& request, field challenges) {
    return challenges == field::www_authenticate ? request.authorization : request.proxy_authorization;
}

/// A parameter that tells of credentials that were refused.
struct refusal_param {
    std::string_view name;
    text value;
};

/// The first of them; nothing if there is none.
std::optional<refusal_param> refusal_in(const scheme_part& p) {
    if (!p.is_challenge() || p.scheme == nullptr || p.scheme->errors.empty()) return std::nullopt;
    for (const auth_param given : p.part.params()) {
        const auto* const known = schemes::find_parameter(*p.scheme, field_kind::challenges, given.name.raw());
        if (known != nullptr && known->of_refusal) return refusal_param{known->name, given.value};
    }
    return std::nullopt;
}

void check_error_unasked(const subject& s, report& out) {
    if (s.around.request == nullptr || may_hide_token(*s.around.request)) return;
    const request_facts& request = *s.around.request;
    for_each_part(s, [&](const scheme_part& p) {
        if (has_credentials(request, p.in.name())) return;
        const auto refusal = refusal_in(p);
        if (!refusal) return;
        // A nonce for the proof is asked for whether there are credentials or not.
        const auto error = error_of(p);
        if (error && error->value.equals("use_dpop_nonce")) return;
        out.add(p.at(refusal->value), p.in.name(),
                words("the challenge has ", refusal->name, ", but the request had no credentials"))
            .related = {request.start_line};
    });
}

void check_error_missing(const subject& s, report& out) {
    if (s.source.status != 401 && s.source.status != 407) return;
    for_each_part(s, [&](const scheme_part& p) {
        const auto& tried = p.in.name() == field::www_authenticate ? s.around.tried : s.around.proxy_tried;
        if (!tried || !p.is_challenge() || p.scheme == nullptr || p.scheme->errors.empty()) return;
        if (tried->known != p.scheme || p.part.param("error")) return;
        if (p.scheme->exposes != schemes::exposure::token && p.scheme->exposes != schemes::exposure::bound_token)
            return;
        out.add(p.scheme_at(), p.in.name(), "the token is refused, and no error code says why").related = {tried->at};
    });
}

void check_error_unknown(const subject& s, report& out) {
    for_each_part(s, [&](const scheme_part& p) {
        const auto error = error_of(p);
        if (!error) return;
        const auto& values = known_error(p)->values;
        const bool defined =
            std::any_of(values.begin(), values.end(), [&](std::string_view v) { return error->value.equals(v); });
        if (!defined)
            out.add(p.at(error->value), p.in.name(), words("this error code is not one of ", p.scheme->name, "'s"));
    });
}

void check_metadata(const subject& s, report& out) {
    for_each_part(s, [&](const scheme_part& p) {
        if (p.scheme == nullptr || !p.is_challenge() || p.scheme->errors.empty()) return;
        const auto metadata = p.part.param("resource_metadata");
        if (!metadata) return;
        const std::string url = detail::unescaped(metadata->value);
        if (detail::equal_ignoring_case(std::string_view(url).substr(0, 8), "https://") ||
            is_loopback(authority_of(url)))
            return;
        out.add(p.at(metadata->value), p.in.name(), "resource_metadata is not an https URL");
    });
}

void check_dpop_refused(const subject& s, report& out) {
    if (s.source.status != 401 || !s.around.tried || !detail::equal_ignoring_case(s.around.tried->name, "DPoP")) return;
    std::optional<span> bearer;
    field about = field::www_authenticate;
    bool dpop = false;
    for_each_part(s, [&](const scheme_part& p) {
        dpop = dpop || p.is("DPoP");
        if (p.is("Bearer") && !bearer) {
            bearer = p.scheme_at();
            about = p.in.name();
        }
    });
    if (bearer && !dpop)
        out.add(*bearer, about, "DPoP credentials are refused with a challenge for Bearer").related = {
            s.around.tried->at};
}

void check_proof(const subject& s, report& out) {
    if (s.source.start != start_kind::request) return;
    for_each_part(s, [&](const scheme_part& p) {
        if (p.is_challenge() || !p.is("DPoP")) return;
        const auto proofs = std::count_if(s.source.lines.begin(), s.source.lines.end(), [&](const field_line& l) {
            return detail::equal_ignoring_case(l.name, p.scheme->proof_field);
        });
        if (proofs == 1) return;
        out.add(p.scheme_at(), p.in.name(),
                proofs == 0 ? "there is no field DPoP with the proof" : "there are several fields DPoP");
    });
}

}  // namespace

const finding_rule& bearer_without_parameters() {
    static const finding_rule rule = [] {
        finding_rule r;
        r.id = "bearer-without-parameters";
        r.level = severity::warning;
        r.category = rule_category::scheme;
        r.requirements = {"R6750-3-params"};
        r.section = "RFC 6750, 3";
        r.title = "a Bearer challenge without parameters";
        r.explanation =
            "RFC 6750 requires at least one parameter after Bearer. Even so, an example in RFC 9449, 7.2 has none, and "
            "most clients accept it.";
        r.peers = "Clients log in as before, but are not told the realm or the scope that they need.";
        r.fix = "Send a parameter: Bearer realm=\"api\", or resource_metadata with the URL of the metadata.";
        r.violating =
            "HTTP/1.1 401 Unauthorized\n"
            "WWW-Authenticate: Bearer\n"
            "\n";
        r.conforming =
            "HTTP/1.1 401 Unauthorized\n"
            "WWW-Authenticate: Bearer realm=\"api\"\n"
            "\n";
        r.check = [](const subject& s, report& out) {
            report_violations(s, out, "bearer-without-parameters",
                              [](const scheme_violation&) { return std::string("Bearer has no parameter here"); });
        };
        return r;
    }();
    return rule;
}

const finding_rule& error_status() {
    static const finding_rule rule = [] {
        finding_rule r;
        r.id = "error-status";
        r.varies =
            "Only information for insufficient_scope with 401: container registries send it so on purpose, to have the "
            "client get another token.";
        r.level = severity::warning;
        r.category = rule_category::scheme;
        r.requirements = {"R6750-3.1-invalid-request", "R6750-3.1-invalid-token", "R6750-3.1-insufficient-scope"};
        r.section = "RFC 6750, 3.1";
        r.title = "an error code with a status code that it does not go with";
        r.explanation =
            "invalid_request goes with 400, invalid_token with 401, insufficient_scope with 403. A client that follows "
            "the error code acts differently from one that follows the status code.";
        r.peers =
            "Clients renew the token after 401, ask for more scope after 403, and give up after 400: with the wrong "
            "status they do the wrong thing.";
        r.fix = "Send the status code that belongs to the error.";
        r.violating =
            "HTTP/1.1 403 Forbidden\n"
            "WWW-Authenticate: Bearer error=\"invalid_token\"\n"
            "\n";
        r.conforming =
            "HTTP/1.1 401 Unauthorized\n"
            "WWW-Authenticate: Bearer error=\"invalid_token\"\n"
            "\n";
        r.check = check_error_status;
        return r;
    }();
    return rule;
}

const finding_rule& error_without_credentials() {
    static const finding_rule rule = [] {
        finding_rule r;
        r.id = "error-without-credentials";
        r.level = severity::warning;
        r.category = rule_category::exchange;
        r.requirements = {"R6750-3.1-no-error-without-token"};
        r.section = "RFC 6750, 3.1";
        r.title = "an error code in answer to a request without credentials";
        r.explanation =
            "A client that has sent no token cannot have sent a bad one. The challenge should only say how to get one.";
        r.peers = "Clients take it for a refusal: they throw away a good token, or do not start to log in.";
        r.fix =
            "Leave error, error_description and error_uri out, unless the request had a token. What a client without a "
            "token "
            "needs is where to get one: resource_metadata (RFC 9728, 5.1) tells it.";
        r.needs =
            "the request directly before the response; requests with a form body are not reported, because the token "
            "may be in the body";
        r.violating =
            "GET / HTTP/1.1\n"
            "Host: www.example.com\n"
            "\n"
            "HTTP/1.1 401 Unauthorized\n"
            "WWW-Authenticate: Bearer realm=\"api\", error=\"invalid_token\"\n"
            "\n";
        r.conforming =
            "GET / HTTP/1.1\n"
            "Host: www.example.com\n"
            "\n"
            "HTTP/1.1 401 Unauthorized\n"
            "WWW-Authenticate: Bearer realm=\"api\"\n"
            "\n";
        r.check = check_error_unasked;
        return r;
    }();
    return rule;
}

const finding_rule& refusal_without_error() {
    static const finding_rule rule = [] {
        finding_rule r;
        r.id = "refusal-without-error";
        r.level = severity::warning;
        r.category = rule_category::exchange;
        r.requirements = {"R6750-3-error-with-token"};
        r.section = "RFC 6750, 3";
        r.title = "a token refused without an error code";
        r.explanation =
            "If the request had a token, error should say why it was refused: expired or revoked (invalid_token), or "
            "not enough (insufficient_scope).";
        r.peers =
            "Clients cannot tell an expired token from a missing one, and ask the user to log in again instead of "
            "renewing it.";
        r.fix = "Add error=\"invalid_token\".";
        r.needs = "the request directly before the response";
        r.violating =
            "GET / HTTP/1.1\n"
            "Host: www.example.com\n"
            "Authorization: Bearer abc123\n"
            "\n"
            "HTTP/1.1 401 Unauthorized\n"
            "WWW-Authenticate: Bearer realm=\"api\"\n"
            "\n";
        r.conforming =
            "GET / HTTP/1.1\n"
            "Host: www.example.com\n"
            "Authorization: Bearer abc123\n"
            "\n"
            "HTTP/1.1 401 Unauthorized\n"
            "WWW-Authenticate: Bearer realm=\"api\", error=\"invalid_token\"\n"
            "\n";
        r.check = check_error_missing;
        return r;
    }();
    return rule;
}

const finding_rule& unknown_error() {
    static const finding_rule rule = [] {
        finding_rule r;
        r.id = "unknown-error-code";
        r.level = severity::info;
        r.category = rule_category::scheme;
        r.requirements = {"R6750-3-error"};
        r.section = "RFC 6750, 3.1";
        r.title = "an error code that no RFC defines";
        r.explanation =
            "RFC 6750, RFC 9449 and RFC 9470 define the codes of Bearer and DPoP. Others are allowed, and only clients "
            "made for this service know them.";
        r.peers = "Clients treat it as any other refusal.";
        r.fix = "Use a defined code, and say the rest in error_description.";
        r.violating =
            "HTTP/1.1 401 Unauthorized\n"
            "WWW-Authenticate: Bearer error=\"token_expired\"\n"
            "\n";
        r.conforming =
            "HTTP/1.1 401 Unauthorized\n"
            "WWW-Authenticate: Bearer error=\"invalid_token\", error_description=\"The token expired\"\n"
            "\n";
        r.check = check_error_unknown;
        return r;
    }();
    return rule;
}

const finding_rule& metadata_insecure() {
    static const finding_rule rule = [] {
        finding_rule r;
        r.id = "metadata-not-https";
        r.level = severity::warning;
        r.category = rule_category::scheme;
        r.requirements = {"R9728-5.1-url"};
        r.section = "RFC 9728, 3";
        r.title = "resource_metadata that is not an https URL";
        r.explanation =
            "The URL leads to a document that says which authorization server to trust. RFC 9728 requires an https "
            "URL, made from the resource identifier.";
        r.peers =
            "A client that follows http lets anyone on the path name an authorization server, and sends its user to "
            "it.";
        r.fix = "Give an https URL. URLs on loopback are not reported.";
        r.cwe = 319;
        r.violating =
            "HTTP/1.1 401 Unauthorized\n"
            "WWW-Authenticate: Bearer "
            "resource_metadata=\"http://api.example.com/.well-known/oauth-protected-resource\"\n"
            "\n";
        r.conforming =
            "HTTP/1.1 401 Unauthorized\n"
            "WWW-Authenticate: Bearer "
            "resource_metadata=\"https://api.example.com/.well-known/oauth-protected-resource\"\n"
            "\n";
        r.check = check_metadata;
        return r;
    }();
    return rule;
}

const finding_rule& dpop_refused_as_bearer() {
    static const finding_rule rule = [] {
        finding_rule r;
        r.id = "dpop-refused-as-bearer";
        r.level = severity::warning;
        r.category = rule_category::exchange;
        r.section = "RFC 9449, 7.1";
        r.title = "DPoP credentials refused with a challenge for Bearer only";
        r.explanation =
            "The client sent a token bound to a key. A server that accepts such tokens should answer with a DPoP "
            "challenge and an error code (RFC 9449, 7.1 and 7.2). With a Bearer challenge alone it asks for the token "
            "without its proof.";
        r.peers = "Clients give up, or fall back to Bearer and send the token to where it can be copied.";
        r.fix = "Send a DPoP challenge with algs and error, and Bearer beside it only if both are accepted.";
        r.needs = "the request directly before the response";
        r.cwe = 757;
        r.violating =
            "GET / HTTP/1.1\n"
            "Host: www.example.com\n"
            "Authorization: DPoP abc123\n"
            "DPoP: eyJ0eXAiOiJkcG9wK2p3dCJ9.e30.c2ln\n"
            "\n"
            "HTTP/1.1 401 Unauthorized\n"
            "WWW-Authenticate: Bearer error=\"invalid_token\"\n"
            "\n";
        r.conforming =
            "GET / HTTP/1.1\n"
            "Host: www.example.com\n"
            "Authorization: DPoP abc123\n"
            "DPoP: eyJ0eXAiOiJkcG9wK2p3dCJ9.e30.c2ln\n"
            "\n"
            "HTTP/1.1 401 Unauthorized\n"
            "WWW-Authenticate: DPoP error=\"invalid_token\", algs=\"ES256\"\n"
            "\n";
        r.check = check_dpop_refused;
        return r;
    }();
    return rule;
}

const finding_rule& proof_missing() {
    static const finding_rule rule = [] {
        finding_rule r;
        r.id = "dpop-proof-missing";
        r.level = severity::error;
        r.category = rule_category::scheme;
        r.section = "RFC 9449, 7.1";
        r.title = "DPoP credentials without exactly one proof";
        r.explanation =
            "A DPoP token is valid only with a proof of possession of its key. The request must have exactly one DPoP "
            "field with that proof.";
        r.peers =
            "Servers answer 401. One that accepts the token without the proof makes it a Bearer token, which whoever "
            "has copied it can use.";
        r.fix = "Send one DPoP field, with a proof made for this request.";
        r.cwe = 287;
        r.violating =
            "GET / HTTP/1.1\n"
            "Host: www.example.com\n"
            "Authorization: DPoP abc123\n"
            "\n";
        r.conforming =
            "GET / HTTP/1.1\n"
            "Host: www.example.com\n"
            "Authorization: DPoP abc123\n"
            "DPoP: eyJ0eXAiOiJkcG9wK2p3dCJ9.e30.c2ln\n"
            "\n";
        r.check = check_proof;
        return r;
    }();
    return rule;
}

}  // namespace authgrammar::audit::rules
