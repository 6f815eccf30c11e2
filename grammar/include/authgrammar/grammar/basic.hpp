#ifndef AUTHGRAMMAR_GRAMMAR_BASIC_HPP
#define AUTHGRAMMAR_GRAMMAR_BASIC_HPP

#include <authgrammar/grammar/rfc4648.hpp>
#include <authgrammar/grammar/rfc9110.hpp>

/// RFC 7617: Basic. What a sender writes; user-pass and its parts are octets before base64.
namespace authgrammar::grammar::basic {

using namespace tao::pegtl;
using rfc4648::base64_2;
using rfc4648::base64_3;
using rfc4648::base64_4;
using rfc5234::DQUOTE;
using rfc5234::SP;
using rfc9110::BWS;
using rfc9110::OWS;
using rfc9110::quoted_string;

/// realm = "realm" BWS "=" BWS quoted-string
///
/// RFC 7617, Section 2, in words
/// accepts: "Realm=\"WallyWorld\""
/// rejects: "realm=WallyWorld"
struct realm : seq<TAO_PEGTL_ISTRING("realm"), BWS, one<'='>, BWS, quoted_string> {};

/// charset-param = "charset" BWS "=" BWS ( "UTF-8" / DQUOTE "UTF-8" DQUOTE )
///
/// RFC 7617, Section 2.1, in words
/// accepts: "charset=\"UTF-8\""
/// accepts: "charset=utf-8"
/// rejects: "charset=ISO-8859-1"
struct charset_param : seq<TAO_PEGTL_ISTRING("charset"), BWS, one<'='>, BWS,
                           sor<TAO_PEGTL_ISTRING("UTF-8"), seq<DQUOTE, TAO_PEGTL_ISTRING("UTF-8"), DQUOTE>>> {};

/// challenge = "Basic" 1*SP ( realm [ OWS "," OWS charset-param ]
///                          / charset-param OWS "," OWS realm )
///
/// RFC 7617, Section 2, in words
/// accepts: "Basic realm=\"foo\", charset=\"UTF-8\""
/// accepts: "basic charset=UTF-8,realm=\"\""
/// rejects: "Basic charset=UTF-8"
/// rejects: "Basic realm=\"foo\", realm=\"foo\""
struct challenge
    : seq<TAO_PEGTL_ISTRING("Basic"), plus<SP>,
          sor<seq<realm, opt<OWS, one<','>, OWS, charset_param>>, seq<charset_param, OWS, one<','>, OWS, realm>>> {};

/// basic-credentials = 1*base64-4 [ base64-3 / base64-2 ] / base64-3 / base64-2
///
/// RFC 7617, Section 2, in words
/// accepts: "QWxhZGRpbjpvcGVuIHNlc2FtZQ=="
/// accepts: "Og=="
/// rejects: ""
/// rejects: "dGVzdDoxMjPCow="
/// rejects: "Oh=="
struct basic_credentials : sor<seq<plus<base64_4>, opt<sor<base64_3, base64_2>>>, base64_3, base64_2> {};

/// credentials = "Basic" 1*SP basic-credentials
///
/// RFC 7617, Section 2, in words
/// accepts: "Basic dGVzdDoxMjPCow=="
/// rejects: "Basic dGVzdDoxMjPCow"
struct credentials : seq<TAO_PEGTL_ISTRING("Basic"), plus<SP>, basic_credentials> {};

/// user-id = *( %x20-39 / %x3B-7E / %x80-FF )
///
/// RFC 7617, Section 2, in words
/// accepts: ""
/// accepts: "Aladdin"
/// rejects: "a:b"
struct user_id : star<sor<range<'\x20', '\x39'>, range<'\x3B', '\x7E'>, range<'\x80', '\xFF'>>> {};

/// password = *( %x20-7E / %x80-FF )
///
/// RFC 7617, Section 2, in words
/// accepts: ""
/// accepts: "123\xC2\xA3:"
/// rejects: "\x7F"
struct password : star<sor<range<'\x20', '\x7E'>, range<'\x80', '\xFF'>>> {};

/// user-pass = user-id ":" password
///
/// RFC 7617, Section 2, in words
/// accepts: "test:123"
/// accepts: ":"
/// rejects: "test"
struct user_pass : seq<user_id, one<':'>, password> {};

}  // namespace authgrammar::grammar::basic

#endif
