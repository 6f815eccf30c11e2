#ifndef AUTHGRAMMAR_SCHEMES_TABLE_KEY_PROOFS_HPP
#define AUTHGRAMMAR_SCHEMES_TABLE_KEY_PROOFS_HPP

#include "schemes/table/row.hpp"

// The schemes by which a client shows that it has a key, or a token made with one: Concealed, HOBA, PrivateToken and vapid.

namespace authgrammar::schemes::table {

inline constexpr parameter_description concealed_params[]{
    realm_row("RFC 9729, 3.1", presence::absent, presence::conditional).note("if the client is configured with one"),
    row("k", "RFC 9729, 4.1").credentials(presence::required).is(value_syntax::base64url).bare().hidden(),
    row("a", "RFC 9729, 4.2").credentials(presence::required).is(value_syntax::base64url).bare().hidden(),
    row("p", "RFC 9729, 4.3").credentials(presence::required).is(value_syntax::base64url).bare().hidden(),
    row("s", "RFC 9729, 4.4")
        .credentials(presence::required)
        .is(value_syntax::decimal)
        .bare()
        .note("a TLS SignatureScheme, 0 to 65535"),
    row("v", "RFC 9729, 4.5").credentials(presence::required).is(value_syntax::base64url).bare().hidden(),
};
inline constexpr failure_signal concealed_failures[]{
    {404, false, "as if the field were absent; any other response is allowed"},
};
inline constexpr sample concealed_samples[]{
    {field_kind::credentials,
     "Concealed k=YmFzZW1lbnQ, a=VGhpcyBpcyBh-HB1YmxpYyBrZXkgaW4gdXNl_GhlcmU, s=2055, v=dmVyaWZpY2F0aW9u_zE2Qg, "
     "p=QzpcV2luZG93c_xTeXN0ZW0zMlxkcml2ZXJz-ENyb3dkU3RyaWtlXEMtMDAwMDAwMDAyOTEtMD-wMC0w_DAwLnN5cw",
     "RFC 9729, 5"},
};

inline constexpr scheme_description concealed = [] {
    scheme_description s;
    s.name = "Concealed";
    s.reference = "RFC 9729";
    s.registered = true;
    s.credentials = params_only;  // no challenge: the client knows which resources take it
    s.origin = usability::yes;
    s.proxy = usability::yes;
    s.realm = realm_rule::none;
    s.state = state_rule::tls_connection;
    s.exposes = exposure::proof;
    s.unknown_params = unknown_rule::undefined;
    s.failures = concealed_failures;
    s.params = concealed_params;
    s.samples = concealed_samples;
    return s;
}();

inline constexpr parameter_description hoba_params[]{
    realm_row("RFC 7486, 3", presence::optional),
    row("challenge", "RFC 7486, 3")
        .challenge(presence::required)
        .is(value_syntax::base64url_padded)
        .changes()
        .note("new in each 401; the example in the RFC is plain base64"),
    row("max-age", "RFC 7486, 3")
        .challenge(presence::required)
        .is(value_syntax::digits)
        .note("seconds; 0: only one signature is accepted"),
    row("result", "RFC 7486, 3")
        .credentials(presence::required)
        .is(value_syntax::other)
        .hidden()
        .note("key identifier, challenge, nonce and signature, separated by dots"),
};
inline constexpr failure_signal hoba_failures[]{
    {401, true, "the result is missing, malformed or invalid"},
    {407, true, "the same, at a proxy"},
};
inline constexpr sample hoba_samples[]{
    {field_kind::credentials,
     "HOBA result=\"vesscamS2Kze4FFOg3e2UyCJPhuQ6_3_gzN-k_L6t3w.pUE77w0LylHypHKhBqAiQHuGC751GiOVv4/7pSlo9jc=."
     "Pm3yUW-sW5Q.VD-0LGVBVEVjfq4xEd35FjnOrIqzJ2OQMx5w8E52dgVvxFD6R0ryEsHcD31ykh0i4YIzIHXirx7bE4x9yP-9fMBCEwnHJs"
     "YwYQhfRpmScwAz-Ih1Hn4yORTb-U66miUzq04ZgTHm4jAj45afU20wYpGXY2r3W-FRKc6J6Glv_zI_ROghERalxgXG-QVGZrKPtG0V593Y"
     "f9IPnFSpLyW6fnxscCMWUA9T-4NjMdypI-Ze4HsC9J06tRTOunQdofr96ZJ2i9LE6uKSUDLCD2oeEeSEvUR--4OGtrgjzYysHZkdVSxAi7"
     "OoQBK34EUWg9kIS13qQA43m4IMExkbApqrSg\"",
     "RFC 7486, B"},
};

inline constexpr scheme_description hoba = [] {
    scheme_description s;
    s.name = "HOBA";
    s.reference = "RFC 7486, Section 3";
    s.registered = true;
    s.registry_note =
        "The HOBA scheme can be used with either HTTP servers or proxies. When used in response to a 407 Proxy "
        "Authentication Required indication, the appropriate proxy authentication header fields are used instead, as "
        "with any other HTTP authentication scheme.";
    s.challenge = params_only;
    s.credentials = params_only;
    s.origin = usability::yes;
    s.proxy = usability::yes;
    s.realm = realm_rule::optional;
    s.exposes = exposure::proof;
    s.unknown_params = unknown_rule::undefined;
    s.failures = hoba_failures;
    s.params = hoba_params;
    s.samples = hoba_samples;
    s.rank = 1;
    return s;
}();

inline constexpr parameter_description private_token_params[]{
    realm_row("RFC 9577, 2.1", presence::optional),
    row("challenge", "RFC 9577, 2.1")
        .challenge(presence::required)
        .is(value_syntax::base64url_padded)
        .note("a TokenChallenge"),
    row("token-key", "RFC 9577, 2.1")
        .challenge(presence::optional)
        .is(value_syntax::base64url_padded)
        .note("may be omitted if clients obtain the key elsewhere"),
    row("max-age", "RFC 9577, 2.1").challenge(presence::optional).is(value_syntax::digits).note("seconds"),
    row("token", "RFC 9577, 2.2")
        .credentials(presence::required)
        .is(value_syntax::base64url_padded)
        .hidden()
        .note("a Token"),
};
inline constexpr failure_signal private_token_failures[]{{401, true, "the token is missing or invalid"}};
inline constexpr sample private_token_samples[]{
    {field_kind::challenges,
     R"(PrivateToken challenge="AAIADmlzc3Vlci5leGFtcGxlIIo-g6M9mABdLzC-9Bn6a_TNXGAF42sShbu0zNQPpLODAA5vcmlnaW4u)"
     R"(ZXhhbXBsZQ==", token-key="MIIBUjA9BgkqhkiG9w0BAQowMKANMAsGCWCGSAFlAwQCAqEaMBgGCSqGSIb3DQEBCDALBglghkgBZQ)"
     R"(MEAgKiAwIBMAOCAQ8AMIIBCgKCAQEAyxrta2qV9bHOATpM_KsluUsuZKIwNOQlCn6rQ8DfOowSmTrxKxEZCNS0cb7DHUtsmtnN2pBhKi)"
     R"(7pA1I-beWiJNawLwnlw3TQz-Adj1KcUAp4ovZ5CPpoK1orQwyB6vGvcte155T8mKMTknaHl1fORTtSbvm_bOuZl5uEI7kPRGGiKvN6qw)"
     R"(z1cz91l6vkTTHHMttooYHGy75gfYwOUuBlX9mZbcWE7KC-h6-814ozfRex26noKLvYHikTFxROf_ifVWGXCbCWy7nqR0zq0mTCBz_kl0)"
     R"(DAHwDhCRBgZpg9IeX4PwhuLoI8h5zUPO9wDSo1Kpur1hLQPK0C2xNLfiJaXwIDAQAB",unknownChallengeAttribute="ignore-me)"
     R"(", max-age="10")",
     "RFC 9577, A.2"},
};

inline constexpr scheme_description private_token = [] {
    scheme_description s;
    s.name = "PrivateToken";
    s.reference = "RFC 9577, Section 2";
    s.registered = true;
    s.rests_on = "a summary of RFC 9577, 1 to 5 and A; the full text was not available";
    s.challenge = params_only;
    s.credentials = params_only;
    s.origin = usability::yes;
    s.proxy = usability::unstated;
    s.realm = realm_rule::optional;
    s.exposes = exposure::token;
    s.unknown_params = unknown_rule::ignored;
    s.failures = private_token_failures;
    s.params = private_token_params;
    s.samples = private_token_samples;
    return s;
}();

inline constexpr parameter_description vapid_params[]{
    row("t", "RFC 8292, 3.1")
        .credentials(presence::required)
        .is(value_syntax::jws)
        .hidden()
        .note("a JWT signed with ES256; valid for 24 hours at most"),
    row("k", "RFC 8292, 3.2")
        .credentials(presence::required)
        .is(value_syntax::base64url)
        .note("the public key, an uncompressed P-256 point"),
};
inline constexpr failure_signal vapid_failures[]{
    {401, true, "the credentials are missing"},
    {403, false, "the signature or its key is invalid"},
};
inline constexpr sample vapid_samples[]{
    {field_kind::challenges, "vapid", "RFC 8292, 3"},
    {field_kind::credentials,
     "vapid t=eyJ0eXAiOiJKV1QiLCJhbGciOiJFUzI1NiJ9.eyJhdWQiOiJodHRwczovL3B1c2guZXhhbXBsZS5uZXQiLCJleHAiOjE0NTM1MjM3"
     "NjgsInN1YiI6Im1haWx0bzpwdXNoQGV4YW1wbGUuY29tIn0.i3CYb7t4xfxCDquptFOepC9GAu_HLGkMlMuCGSK2rpiUfnK9ojFwDXb1JrErt"
     "mysazNjjvW2L9OkSSHzvoD1oA, "
     "k=BA1Hxzyi1RUM1b5wjxsn7nGxAszw2u61m164i3MrAIxHF6YK5h4SDYic-dRuU_RCPCfA5aq9ojSwk5Y2EmClBPs",
     "RFC 8292, 2.4"},
};

inline constexpr scheme_description vapid = [] {
    scheme_description s;
    s.name = "vapid";
    s.reference = "RFC 8292, Section 3";
    s.registered = true;
    s.challenge = alone;
    s.credentials = params_only;
    s.origin = usability::yes;
    s.proxy = usability::no;
    s.realm = realm_rule::ignored;
    s.exposes = exposure::token;
    s.unknown_params = unknown_rule::ignored;
    s.failures = vapid_failures;
    s.params = vapid_params;
    s.samples = vapid_samples;
    return s;
}();

}  // namespace authgrammar::schemes::table

#endif
