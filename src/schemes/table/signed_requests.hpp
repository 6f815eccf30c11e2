#ifndef AUTHGRAMMAR_SCHEMES_TABLE_SIGNED_REQUESTS_HPP
#define AUTHGRAMMAR_SCHEMES_TABLE_SIGNED_REQUESTS_HPP

#include "schemes/table/row.hpp"

// The schemes whose credentials sign the request: OAuth (1.0) and AWS4-HMAC-SHA256.

namespace authgrammar::schemes::table {

inline constexpr std::string_view oauth_methods[]{"RSA-SHA1", "HMAC-SHA1", "PLAINTEXT"};
inline constexpr std::string_view oauth_versions[]{"1.0"};

/// A parameter of the protocol: always quoted (RFC 5849, 3.5.1).
constexpr row oauth_row(std::string_view name, presence p, std::string_view section = "RFC 5849, 3.1") noexcept {
    return row(name, section).credentials(p).is(value_syntax::percent_encoded).quoted();
}

inline constexpr parameter_description oauth_params[]{
    realm_row("RFC 5849, 3.5.1", presence::optional, presence::optional).note("neither signed nor percent-encoded"),
    oauth_row("oauth_consumer_key", presence::required).hidden(),
    oauth_row("oauth_token", presence::optional).hidden(),
    oauth_row("oauth_signature_method", presence::required).some_of(oauth_methods),
    oauth_row("oauth_timestamp", presence::conditional).note("required unless the method is PLAINTEXT"),
    oauth_row("oauth_nonce", presence::conditional).note("required unless the method is PLAINTEXT"),
    oauth_row("oauth_version", presence::optional).one_of(oauth_versions),
    oauth_row("oauth_signature", presence::required).hidden().note("with PLAINTEXT, the shared secrets themselves"),
    oauth_row("oauth_callback", presence::conditional, "RFC 5849, 2.1")
        .note("required in requests for temporary credentials"),
    oauth_row("oauth_verifier", presence::conditional, "RFC 5849, 2.3")
        .hidden()
        .note("required in requests for token credentials"),
};
inline constexpr carrier_description oauth_carriers[]{
    {"form parameters", false, "RFC 5849, 3.5.2"},
    {"query parameters", false, "RFC 5849, 3.5.3"},
};
inline constexpr failure_signal oauth_failures[]{
    {401, true, "the client, token, signature or nonce is invalid"},
    {400, false, "a parameter is unsupported, missing or duplicated, or the signature method is unsupported"},
};
inline constexpr sample oauth_samples[]{
    {field_kind::challenges, R"(OAuth realm="http://server.example.com/")", "RFC 5849, 3.5.1"},
    {field_kind::credentials,
     R"(OAuth realm="Example", oauth_consumer_key="0685bd9184jfhq22", oauth_token="ad180jjd733klru7", )"
     R"(oauth_signature_method="HMAC-SHA1", oauth_signature="wOJIO9A2W5mFwDgiDvZbTSMK%2FPY%3D", )"
     R"(oauth_timestamp="137131200", oauth_nonce="4572616e48616d6d65724c61686176", oauth_version="1.0")",
     "RFC 5849, 3.5.1"},
};

inline constexpr scheme_description oauth = [] {
    scheme_description s;
    s.name = "OAuth";
    s.reference = "RFC 5849, Section 3.5.1";
    s.registered = true;
    s.challenge = alone_or_params;
    s.credentials = params_only;
    s.origin = usability::yes;
    s.proxy = usability::unstated;
    s.realm = realm_rule::optional;
    s.exposes = exposure::password;  // PLAINTEXT
    s.unknown_params = unknown_rule::refused;
    s.carriers = oauth_carriers;
    s.failures = oauth_failures;
    s.params = oauth_params;
    s.samples = oauth_samples;
    return s;
}();

// Bare values that are no tokens: no credentials of this scheme are in the grammar (grammar/deviations.md, S-03), and AWS
// does not accept them quoted.
inline constexpr parameter_description aws4_params[]{
    row("Credential", "captures")
        .credentials(presence::required)
        .is(value_syntax::other)
        .bare()
        .hidden()
        .note("access key ID, date, region, service and \"aws4_request\", separated by slashes, which no token has"),
    row("SignedHeaders", "captures")
        .credentials(presence::required)
        .is(value_syntax::other)
        .bare()
        .note("field names, separated by semicolons, which no token has"),
    row("Signature", "captures").credentials(presence::required).is(value_syntax::hex).bare().hidden(),
};
inline constexpr sample aws4_samples[]{
    {field_kind::credentials,
     "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261121/us-east-1/service/aws4_request, SignedHeaders=host;x-amz-date, "
     "Signature=bac018387fbad3a0275ecb86c67cce36878f52d8382eda2d056cb0ae1791aecf",
     "curl 7.88.1, --aws-sigv4"},
};

inline constexpr scheme_description aws4 = [] {
    scheme_description s;
    s.name = "AWS4-HMAC-SHA256";
    s.reference = "AWS Signature Version 4";
    s.rests_on = "captures of what peers send; the specification was not available";
    s.credentials = params_only;
    s.origin = usability::yes;
    s.proxy = usability::unstated;
    s.exposes = exposure::proof;
    s.unknown_params = unknown_rule::undefined;
    s.params = aws4_params;
    s.samples = aws4_samples;
    return s;
}();

}  // namespace authgrammar::schemes::table

#endif
