#ifndef AUTHGRAMMAR_SCHEMES_TABLE_DIGEST_HPP
#define AUTHGRAMMAR_SCHEMES_TABLE_DIGEST_HPP

#include "schemes/table/row.hpp"

namespace authgrammar::schemes::table {

// RFC 7616, 6.1; the strongest first.
inline constexpr std::string_view digest_algorithms[]{"SHA-512-256-sess", "SHA-512-256", "SHA-256-sess",
                                                      "SHA-256",          "MD5-sess",    "MD5"};
inline constexpr std::string_view digest_qops[]{"auth", "auth-int"};

inline constexpr parameter_description digest_params[]{
    realm_row("RFC 7616, 3.3", presence::required, presence::required).quoted().note("part of what is hashed"),
    row("domain", "RFC 7616, 3.3")
        .challenge(presence::optional)
        .is(value_syntax::uri_list)
        .quoted()
        .note("ignored in Proxy-Authenticate"),
    row("nonce", "RFC 7616, 3.3").challenge(presence::required).credentials(presence::required).quoted().changes(),
    row("opaque", "RFC 7616, 3.3")
        .challenge(presence::optional)
        .credentials(presence::conditional)
        .quoted()
        .changes()
        .note("returned unchanged if the challenge has one"),
    row("stale", "RFC 7616, 3.3")
        .challenge(presence::optional)
        .is(value_syntax::boolean)
        .bare()
        .tells_stale_nonce()
        .note("any value other than true means false"),
    row("algorithm", "RFC 7616, 3.3")
        .challenge(presence::optional)
        .credentials(presence::optional)
        .is(value_syntax::token)
        .some_of(digest_algorithms)
        .bare()
        .note("defaults to MD5; clients ignore a challenge whose algorithm they do not know"),
    row("qop", "RFC 7616, 3.3")
        .challenge(presence::required)
        .is(value_syntax::token_list)
        .some_of(digest_qops)
        .quoted()
        .note("RFC 2069 does not have it"),
    row("qop", "RFC 7616, 3.4")
        .credentials(presence::required)
        .is(value_syntax::token)
        .one_of(digest_qops)
        .bare()
        .note("one of those in the challenge"),
    row("qop", "RFC 7616, 3.5").info(presence::optional).is(value_syntax::token).one_of(digest_qops).bare(),
    row("charset", "RFC 7616, 3.3").challenge(presence::optional).is(value_syntax::token).one_of(utf8),
    row("userhash", "RFC 7616, 3.3")
        .challenge(presence::optional)
        .credentials(presence::optional)
        .is(value_syntax::boolean)
        .one_of(true_or_false)
        .note("defaults to false"),
    row("username", "RFC 7616, 3.4")
        .credentials(presence::conditional)
        .quoted()
        .hidden()
        .note("required unless username* is sent; with userhash=true, a hash in hexadecimal"),
    row("username*", "RFC 7616, 3.4")
        .credentials(presence::conditional)
        .is(value_syntax::ext_value)
        .hidden()
        .note("for a name that a quoted-string cannot carry; not allowed with username or userhash=true"),
    row("uri", "RFC 7616, 3.4").credentials(presence::required).is(value_syntax::request_target).quoted(),
    row("response", "RFC 7616, 3.4").credentials(presence::required).is(value_syntax::hex).quoted().hidden(),
    row("cnonce", "RFC 7616, 3.4").credentials(presence::required).is(value_syntax::ascii).quoted(),
    row("cnonce", "RFC 7616, 3.5")
        .info(presence::conditional)
        .is(value_syntax::ascii)
        .quoted()
        .note("required with qop; that of the request"),
    row("nc", "RFC 7616, 3.4").credentials(presence::required).is(value_syntax::nonce_count).bare(),
    row("nc", "RFC 7616, 3.5")
        .info(presence::conditional)
        .is(value_syntax::nonce_count)
        .bare()
        .note("required with qop; that of the request"),
    row("nextnonce", "RFC 7616, 3.5").info(presence::optional).quoted(),
    row("rspauth", "RFC 7616, 3.5")
        .info(presence::conditional)
        .is(value_syntax::hex)
        .quoted()
        .hidden()
        .note("required with qop; proves that the server knows the password"),
};
inline constexpr failure_signal digest_failures[]{
    {401, true, "the credentials are missing or invalid; with stale=true, only the nonce is too old"},
    {407, true, "the same, at a proxy"},
    {400, false, "uri is not the request target, or a parameter is invalid or missing"},
};
inline constexpr sample digest_samples[]{
    {field_kind::challenges,
     R"(Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm=SHA-256, )"
     R"(nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS")",
     "RFC 7616, 3.9.1"},
    {field_kind::credentials,
     R"(Digest username="Mufasa", realm="http-auth@example.org", uri="/dir/index.html", algorithm=SHA-256, )"
     R"(nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", nc=00000001, )"
     R"(cnonce="f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ", qop=auth, )"
     R"(response="753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1", )"
     R"(opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS")",
     "RFC 7616, 3.9.1"},
};

inline constexpr scheme_description digest = [] {
    scheme_description s;
    s.name = "Digest";
    s.reference = "RFC 7616";
    s.registered = true;
    s.challenge = params_only;
    s.credentials = params_only;
    s.origin = usability::yes;
    s.proxy = usability::yes;
    s.realm = realm_rule::required;
    s.space = space_rule::domain_list;
    s.exposes = exposure::proof;
    s.unknown_params = unknown_rule::undefined;  // RFC 2617, 3.2.1 and 3.2.2 had them ignored
    s.info_in_trailer = true;
    s.info_considered = "RFC 7616, 5.4";
    s.failures = digest_failures;
    s.params = digest_params;
    s.samples = digest_samples;
    s.rank = 6;
    s.ranked_by = "algorithm";
    s.value_if_absent = "MD5";
    return s;
}();

}  // namespace authgrammar::schemes::table

#endif
