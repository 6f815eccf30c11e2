#ifndef AUTHGRAMMAR_GRAMMAR_DIGEST_HPP
#define AUTHGRAMMAR_GRAMMAR_DIGEST_HPP

#include <authgrammar/grammar/rfc8187.hpp>
#include <authgrammar/grammar/rfc9110.hpp>

/// RFC 7616: Digest, as a sender writes it. The parameters come before the lists that hold them.
namespace authgrammar::grammar::digest {

using namespace tao::pegtl;
using rfc5234::DIGIT;
using rfc5234::DQUOTE;
using rfc5234::HEXDIG;
using rfc5234::HTAB;
using rfc5234::SP;
using rfc5234::VCHAR;
using rfc8187::charset;
using rfc8187::value_chars;
using rfc9110::BWS;
using rfc9110::OWS;
using rfc9110::quoted_string;
using rfc9110::token;

/// realm = "realm" BWS "=" BWS quoted-string
///
/// RFC 7616, Section 3.3, in words
/// accepts: "realm=\"http-auth@example.org\""
/// rejects: "realm=x"
struct realm : seq<TAO_PEGTL_ISTRING("realm"), BWS, one<'='>, BWS, quoted_string> {};

/// domain = "domain" BWS "=" BWS quoted-string
///
/// RFC 7616, Section 3.3, in words
/// accepts: "domain=\"/private https://example.org/\""
/// rejects: "domain=/private"
struct domain : seq<TAO_PEGTL_ISTRING("domain"), BWS, one<'='>, BWS, quoted_string> {};

/// nonce = "nonce" BWS "=" BWS quoted-string
///
/// RFC 7616, Section 3.3, in words
/// accepts: "nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\""
/// rejects: "nonce=dcd98b7102dd2f0e8b11d0f600bfb0c093"
struct nonce : seq<TAO_PEGTL_ISTRING("nonce"), BWS, one<'='>, BWS, quoted_string> {};

/// opaque = "opaque" BWS "=" BWS quoted-string
///
/// RFC 7616, Section 3.3, in words
/// accepts: "OPAQUE = \"\""
/// rejects: "opaque="
struct opaque : seq<TAO_PEGTL_ISTRING("opaque"), BWS, one<'='>, BWS, quoted_string> {};

/// qop-value = token
///
/// RFC 7616, Section 3.3, in words
/// accepts: "auth-int"
/// rejects: "auth,auth-int"
struct qop_value : token {};

/// qop-options = "qop" BWS "=" BWS DQUOTE 1#qop-value DQUOTE
///
/// RFC 7616, Section 3.3, in words
/// deviations: D-06
/// accepts: "qop=\"auth, auth-int\""
/// rejects: "qop=auth"
/// rejects: "qop=\"auth,\""
struct qop_options : seq<TAO_PEGTL_ISTRING("qop"), BWS, one<'='>, BWS, DQUOTE, qop_value,
                         star<OWS, one<','>, OWS, qop_value>, DQUOTE> {};

/// flag = "true" / "false"
///
/// RFC 7616, Section 3.3, in words
/// accepts: "TRUE"
/// rejects: "yes"
struct flag : sor<TAO_PEGTL_ISTRING("true"), TAO_PEGTL_ISTRING("false")> {};

/// stale = "stale" BWS "=" BWS flag
///
/// RFC 7616, Section 3.3, in words
/// accepts: "stale=true"
/// rejects: "stale=\"true\""
struct stale : seq<TAO_PEGTL_ISTRING("stale"), BWS, one<'='>, BWS, flag> {};

/// algorithm-value = ( "MD5" / "SHA-256" / "SHA-512-256" ) [ "-sess" ]
///
/// RFC 7616, Section 6.1, in words
/// accepts: "MD5"
/// accepts: "sha-512-256-sess"
/// rejects: "SHA-512"
struct algorithm_value
    : seq<sor<TAO_PEGTL_ISTRING("MD5"), TAO_PEGTL_ISTRING("SHA-256"), TAO_PEGTL_ISTRING("SHA-512-256")>,
          opt<TAO_PEGTL_ISTRING("-sess")>> {};

/// algorithm = "algorithm" BWS "=" BWS algorithm-value
///
/// RFC 7616, Section 3.3, in words
/// accepts: "algorithm=SHA-256"
/// rejects: "algorithm=\"MD5\""
struct algorithm : seq<TAO_PEGTL_ISTRING("algorithm"), BWS, one<'='>, BWS, algorithm_value> {};

/// charset-param = "charset" BWS "=" BWS ( "UTF-8" / DQUOTE "UTF-8" DQUOTE )
///
/// RFC 7616, Section 3.3, in words
/// accepts: "charset=UTF-8"
/// accepts: "charset=\"utf-8\""
/// rejects: "charset=UTF-16"
struct charset_param : seq<TAO_PEGTL_ISTRING("charset"), BWS, one<'='>, BWS,
                           sor<TAO_PEGTL_ISTRING("UTF-8"), seq<DQUOTE, TAO_PEGTL_ISTRING("UTF-8"), DQUOTE>>> {};

/// userhash = "userhash" BWS "=" BWS ( flag / DQUOTE flag DQUOTE )
///
/// RFC 7616, Section 3.3, in words
/// accepts: "userhash=true"
/// accepts: "userhash=\"false\""
/// rejects: "userhash=1"
struct userhash : seq<TAO_PEGTL_ISTRING("userhash"), BWS, one<'='>, BWS, sor<flag, seq<DQUOTE, flag, DQUOTE>>> {};

/// challenge-param = realm / domain / nonce / opaque / stale / algorithm
///                 / qop-options / charset-param / userhash
///
/// RFC 7616, Section 3.3, in words
/// accepts: "nonce=\"x\""
/// rejects: "title=\"x\""
struct challenge_param : sor<realm, domain, nonce, opaque, stale, algorithm, qop_options, charset_param, userhash> {};

/// challenge = "Digest" 1*SP 1#challenge-param
///
/// RFC 7616, Section 3.3, in words
/// deviations: D-06
/// accepts: "Digest realm=\"http-auth@example.org\", qop=\"auth, auth-int\", algorithm=MD5, nonce=\"7ypf\""
/// rejects: "Digest"
/// rejects: "Digest realm=\"x\","
struct challenge
    : seq<TAO_PEGTL_ISTRING("Digest"), plus<SP>, challenge_param, star<OWS, one<','>, OWS, challenge_param>> {};

/// LHEX = DIGIT / %x61-66
///
/// RFC 7616, Section 3.2, in words
/// accepts: "f"
/// rejects: "F"
struct LHEX : sor<DIGIT, range<'\x61', '\x66'>> {};

/// response-value = 64LHEX / 32LHEX
///
/// RFC 7616, Section 3.2, in words
/// accepts: "8ca523f5e9506fed4657c9700eebdbec"
/// accepts: "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"
/// rejects: "8ca523f5e9506fed4657c9700eebdbe"
struct response_value : sor<rep<64, LHEX>, rep<32, LHEX>> {};

/// response = "response" BWS "=" BWS DQUOTE 1*LHEX DQUOTE
///
/// RFC 7616, Section 3.4, in words
/// accepts: "response=\"8ca523f5e9506fed4657c9700eebdbec\""
/// rejects: "response=8ca523f5e9506fed4657c9700eebdbec"
struct response : seq<TAO_PEGTL_ISTRING("response"), BWS, one<'='>, BWS, DQUOTE, plus<LHEX>, DQUOTE> {};

/// username = "username" BWS "=" BWS quoted-string
///
/// RFC 7616, Section 3.4, in words
/// accepts: "username=\"Mufasa\""
/// rejects: "username*=\"Mufasa\""
struct username : seq<TAO_PEGTL_ISTRING("username"), BWS, one<'='>, BWS, quoted_string> {};

/// ext-value = charset "'" "'" value-chars
///
/// RFC 7616, Section 3.4, in words
/// accepts: "UTF-8''J%C3%A4s%C3%B8n%20Doe"
/// rejects: "UTF-8'Doe"
struct ext_value : seq<charset, one<'\''>, one<'\''>, value_chars> {};

/// username-ext = "username*" BWS "=" BWS ext-value
///
/// RFC 7616, Section 3.4, in words
/// accepts: "username*=UTF-8''J%C3%A4s%C3%B8n%20Doe"
/// rejects: "username*=\"UTF-8''Doe\""
struct username_ext : seq<TAO_PEGTL_ISTRING("username*"), BWS, one<'='>, BWS, ext_value> {};

/// uri = "uri" BWS "=" BWS quoted-string
///
/// RFC 7616, Section 3.4, in words
/// accepts: "uri=\"/dir/index.html\""
/// rejects: "uri=/dir/index.html"
struct uri : seq<TAO_PEGTL_ISTRING("uri"), BWS, one<'='>, BWS, quoted_string> {};

/// cnonce = "cnonce" BWS "=" BWS DQUOTE *( HTAB / SP / %x21 / %x23-5B / %x5D-7E
///                                       / "\" ( HTAB / SP / VCHAR ) ) DQUOTE
///                                       ; "an opaque quoted ASCII-only string value"
///
/// RFC 7616, Section 3.4, in words
/// accepts: "cnonce=\"f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ\""
/// rejects: "cnonce=\"\xC3\xA4\""
struct cnonce : seq<TAO_PEGTL_ISTRING("cnonce"), BWS, one<'='>, BWS, DQUOTE,
                    star<sor<HTAB, SP, one<'\x21'>, range<'\x23', '\x5B'>, range<'\x5D', '\x7E'>,
                             seq<one<'\\'>, sor<HTAB, SP, VCHAR>>>>,
                    DQUOTE> {};

/// message-qop = "qop" BWS "=" BWS qop-value
///
/// RFC 7616, Section 3.4, in words
/// accepts: "qop=auth"
/// rejects: "qop=\"auth\""
struct message_qop : seq<TAO_PEGTL_ISTRING("qop"), BWS, one<'='>, BWS, qop_value> {};

/// nc-value = 8HEXDIG
///
/// RFC 7616, Section 3.5, in words
/// accepts: "0000000A"
/// rejects: "1"
struct nc_value : rep<8, HEXDIG> {};

/// nc = "nc" BWS "=" BWS nc-value
///
/// RFC 7616, Section 3.4, in words
/// accepts: "nc=00000001"
/// rejects: "nc=\"00000001\""
struct nc : seq<TAO_PEGTL_ISTRING("nc"), BWS, one<'='>, BWS, nc_value> {};

/// credentials-param = response / username / username-ext / realm / uri / message-qop
///                   / cnonce / nc / userhash / nonce / opaque / algorithm
///
/// RFC 7616, Section 3.4, in words
/// accepts: "username*=UTF-8''a"
/// rejects: "stale=true"
struct credentials_param
    : sor<response, username, username_ext, realm, uri, message_qop, cnonce, nc, userhash, nonce, opaque, algorithm> {};

/// credentials = "Digest" 1*SP 1#credentials-param
///
/// RFC 7616, Section 3.4, in words
/// deviations: D-06
/// accepts: "Digest username=\"Mufasa\", qop=auth, nc=00000001, uri=\"/dir/index.html\""
/// rejects: "Digest username=\"Mufasa\",,qop=auth"
struct credentials
    : seq<TAO_PEGTL_ISTRING("Digest"), plus<SP>, credentials_param, star<OWS, one<','>, OWS, credentials_param>> {};

/// nextnonce = "nextnonce" BWS "=" BWS quoted-string
///
/// RFC 7616, Section 3.5, in words
/// accepts: "nextnonce=\"x\""
/// rejects: "nextnonce=x"
struct nextnonce : seq<TAO_PEGTL_ISTRING("nextnonce"), BWS, one<'='>, BWS, quoted_string> {};

/// rspauth = "rspauth" BWS "=" BWS DQUOTE 1*LHEX DQUOTE
///
/// RFC 7616, Section 3.5, in words
/// accepts: "rspauth=\"8ca523f5e9506fed4657c9700eebdbec\""
/// rejects: "rspauth=\"\""
struct rspauth : seq<TAO_PEGTL_ISTRING("rspauth"), BWS, one<'='>, BWS, DQUOTE, plus<LHEX>, DQUOTE> {};

/// info-param = nextnonce / message-qop / rspauth / cnonce / nc
///
/// RFC 7616, Section 3.5, in words
/// accepts: "qop=auth-int"
/// rejects: "nonce=\"x\""
struct info_param : sor<nextnonce, message_qop, rspauth, cnonce, nc> {};

/// auth-info = #info-param
///
/// RFC 7616, Section 3.5, in words
/// deviations: D-06
/// accepts: ""
/// accepts: "qop=auth, nc=00000001, cnonce=\"x\""
/// rejects: "qop=auth,"
struct auth_info : opt<info_param, star<OWS, one<','>, OWS, info_param>> {};

}  // namespace authgrammar::grammar::digest

#endif
