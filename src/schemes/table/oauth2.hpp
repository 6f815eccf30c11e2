#ifndef AUTHGRAMMAR_SCHEMES_TABLE_OAUTH2_HPP
#define AUTHGRAMMAR_SCHEMES_TABLE_OAUTH2_HPP

#include "schemes/table/row.hpp"

// The schemes that carry an access token: Bearer, DPoP and GNAP.

namespace authgrammar::schemes::table {

inline constexpr std::string_view bearer_errors[]{"invalid_request", "invalid_token", "insufficient_scope",
                                                  "insufficient_user_authentication"};
inline constexpr std::string_view dpop_errors[]{"invalid_request",    "invalid_token",
                                                "insufficient_scope", "insufficient_user_authentication",
                                                "invalid_dpop_proof", "use_dpop_nonce"};

// RFC 9470 and RFC 9728 define them for both schemes.
inline constexpr row acr_values = row("acr_values", "RFC 9470, 3")
                                      .challenge(presence::optional)
                                      .is(value_syntax::word_list)
                                      .note("in order of preference; sent with insufficient_user_authentication");
inline constexpr row max_age =
    row("max_age", "RFC 9470, 3")
        .challenge(presence::optional)
        .is(value_syntax::digits)
        .note("seconds since the user authenticated, at most; sent with insufficient_user_authentication");
inline constexpr row resource_metadata = row("resource_metadata", "RFC 9728, 5.1")
                                             .challenge(presence::optional)
                                             .is(value_syntax::uri)
                                             .note("the URL of the protected resource's metadata");

inline constexpr parameter_description bearer_params[]{
    realm_row("RFC 6750, 3", presence::optional),
    row("scope", "RFC 6750, 3").challenge(presence::optional).is(value_syntax::word_list),
    row("error", "RFC 6750, 3.1")
        .challenge(presence::conditional)
        .is(value_syntax::ascii)
        .some_of(bearer_errors)
        .tells_of_refusal()
        .note("should be present if a token was rejected, and absent if none was sent"),
    row("error_description", "RFC 6750, 3").challenge(presence::optional).is(value_syntax::ascii).tells_of_refusal(),
    row("error_uri", "RFC 6750, 3").challenge(presence::optional).is(value_syntax::uri).tells_of_refusal(),
    acr_values,
    max_age,
    resource_metadata,
};
inline constexpr carrier_description bearer_carriers[]{
    {"form parameter access_token", false, "RFC 6750, 2.2"},
    {"query parameter access_token", true, "RFC 6750, 2.3"},
};
inline constexpr failure_signal bearer_failures[]{
    {401, true, "there is no token, or the error is invalid_token or insufficient_user_authentication"},
    {400, true, "the error is invalid_request"},
    {403, true, "the error is insufficient_scope"},
};
inline constexpr error_signal bearer_signals[]{
    {error_occasion::malformed, 400, "error", "invalid_request", {}, "RFC 6750, 3.1"},
    {error_occasion::invalid, 401, "error", "invalid_token", {}, "RFC 6750, 3.1"},
    {error_occasion::more_authentication, 401, "error", "insufficient_user_authentication",
     "acr_values or max_age, which say what is wanted", "RFC 9470, 3"},
    {error_occasion::insufficient, 403, "error", "insufficient_scope", "maybe the scope that is needed",
     "RFC 6750, 3.1"},
};
inline constexpr sample bearer_samples[]{
    {field_kind::credentials, "Bearer mF_9.B5f-4.1JqM", "RFC 6750, 2.1"},
    {field_kind::challenges, R"(Bearer realm="example")", "RFC 6750, 3"},
    {field_kind::challenges,
     R"(Bearer realm="example", error="invalid_token", error_description="The access token expired")", "RFC 6750, 3"},
    {field_kind::challenges,
     R"(Bearer error="insufficient_user_authentication", error_description="A different authentication level is )"
     R"(required", acr_values="myACR")",
     "RFC 9470, 3"},
};

inline constexpr scheme_description bearer = [] {
    scheme_description s;
    s.name = "Bearer";
    s.reference = "RFC 6750";
    s.registered = true;
    s.challenge = params_only;
    s.credentials = token68_only;
    s.origin = usability::yes;
    s.proxy = usability::yes;
    s.realm = realm_rule::optional;
    s.exposes = exposure::token;
    s.unknown_params = unknown_rule::undefined;
    s.carriers = bearer_carriers;
    s.failures = bearer_failures;
    s.errors = bearer_signals;
    s.params = bearer_params;
    s.samples = bearer_samples;
    s.rank = 8;
    return s;
}();

inline constexpr parameter_description dpop_params[]{
    realm_row("RFC 9449, 7.1", presence::optional),
    row("scope", "RFC 9449, 7.1").challenge(presence::optional).is(value_syntax::word_list),
    row("error", "RFC 9449, 7.1")
        .challenge(presence::conditional)
        .is(value_syntax::ascii)
        .some_of(dpop_errors)
        .tells_of_refusal()
        .note("should be present if a token or a proof was rejected"),
    row("error_description", "RFC 9449, 7.1").challenge(presence::optional).is(value_syntax::ascii).tells_of_refusal(),
    row("algs", "RFC 9449, 7.1")
        .challenge(presence::optional)
        .is(value_syntax::word_list)
        .note("JWS algorithms for the proof; should be present"),
    acr_values,
    max_age,
    resource_metadata,
};
inline constexpr failure_signal dpop_failures[]{
    {401, true, "there is no token, or the token or the proof is invalid; use_dpop_nonce asks for one more round"},
    {400, true, "the error is invalid_request"},
    {403, true, "the error is insufficient_scope"},
};
inline constexpr error_signal dpop_signals[]{
    {error_occasion::malformed, 400, "error", "invalid_request", {}, "RFC 9449, 7.1, and RFC 6750, 3.1"},
    {error_occasion::invalid, 401, "error", "invalid_token", {}, "RFC 9449, 7.1, and RFC 6750, 3.1"},
    {error_occasion::stale_nonce, 401, "error", "use_dpop_nonce", "a new nonce in the field DPoP-Nonce", "RFC 9449, 9"},
    {error_occasion::more_authentication, 401, "error", "insufficient_user_authentication",
     "acr_values or max_age, which say what is wanted", "RFC 9470, 3"},
    {error_occasion::insufficient, 403, "error", "insufficient_scope", "maybe the scope that is needed",
     "RFC 9449, 7.1, and RFC 6750, 3.1"},
};
inline constexpr sample dpop_samples[]{
    {field_kind::challenges, R"(DPoP algs="ES256 PS256")", "RFC 9449, 7.1"},
    {field_kind::challenges,
     R"(DPoP error="invalid_token", error_description="Invalid DPoP key binding", algs="ES256")", "RFC 9449, 7.1"},
    {field_kind::challenges,
     R"(DPoP error="use_dpop_nonce", error_description="Resource server requires nonce in DPoP proof")", "RFC 9449, 9"},
    {field_kind::credentials, "DPoP Kz~8mXK1EalYznwH-LC-1fBAo.4Ljp~zsPE_NeO.gxU", "RFC 9449, 7.1"},
};

inline constexpr scheme_description dpop = [] {
    scheme_description s;
    s.name = "DPoP";
    s.reference = "RFC 9449, Section 7.1";
    s.registered = true;
    s.challenge = params_only;
    s.credentials = token68_only;
    s.origin = usability::yes;
    s.proxy = usability::no;
    s.realm = realm_rule::optional;
    s.rounds = 2;
    s.exposes = exposure::bound_token;
    s.unknown_params = unknown_rule::ignored;
    s.proof_field = "DPoP";
    s.failures = dpop_failures;
    s.errors = dpop_signals;
    s.params = dpop_params;
    s.samples = dpop_samples;
    s.rank = 7;
    return s;
}();

inline constexpr parameter_description gnap_params[]{
    row("as_uri", "RFC 9635, 9.1")
        .challenge(presence::optional)
        .is(value_syntax::uri)
        .note("the authorization server's grant endpoint"),
    row("referrer", "RFC 9635, 9.1")
        .challenge(presence::optional)
        .is(value_syntax::uri)
        .note("the URI of the resource server"),
    row("access", "RFC 9635, 9.1").challenge(presence::optional).note("an access reference"),
};
inline constexpr failure_signal gnap_failures[]{{401, true, "there is no valid token; the status is that of RFC 9110"}};
inline constexpr sample gnap_samples[]{
    {field_kind::challenges, "GNAP as_uri=https://as.example/tx;access=FWWIKYBQ6U56NL1;referrer=https://rs.example",
     "RFC 9635, 9.1"},
};

inline constexpr scheme_description gnap = [] {
    scheme_description s;
    s.name = "GNAP";
    s.reference = "RFC 9635, Section 7.2";
    s.registered = true;
    s.rests_on = "a summary of RFC 9635, 7.2 and 9.1; the full text was not available";
    s.challenge = params_only;
    s.credentials = token68_only;
    s.origin = usability::yes;
    s.proxy = usability::unstated;
    s.exposes = exposure::bound_token;
    s.unknown_params = unknown_rule::undefined;
    s.proof_field = "Signature, or another key proof";
    s.failures = gnap_failures;
    s.params = gnap_params;
    s.samples = gnap_samples;
    return s;
}();

}  // namespace authgrammar::schemes::table

#endif
