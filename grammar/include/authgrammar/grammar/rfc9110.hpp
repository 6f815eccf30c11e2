#ifndef AUTHGRAMMAR_GRAMMAR_RFC9110_HPP
#define AUTHGRAMMAR_GRAMMAR_RFC9110_HPP

#include <authgrammar/grammar/rfc7235.hpp>

/// RFC 9110, Appendix A: what a sender generates, without empty list elements. The rules without a list serve
/// the recipient (rfc9110_recipient.hpp) too. Where RFC 9110 took over a rule of RFC 7230 or RFC 7235 unchanged
/// in language, the rule stands there and is named here.
namespace authgrammar::grammar::rfc9110 {

using namespace tao::pegtl;
using rfc5234::SP;

/// OWS = *( SP / HTAB )
///
/// RFC 9110, Section 5.6.3
///
/// Unchanged from RFC 7230.
///
/// accepts: " \t"
/// rejects: "\r"
using rfc7230::OWS;

/// BWS = OWS
///
/// RFC 9110, Section 5.6.3
///
/// Unchanged from RFC 7230.
///
/// accepts: " "
/// rejects: "="
using rfc7230::BWS;

/// tchar = "!" / "#" / "$" / "%" / "&" / "'" / "*" / "+" / "-" / "." /
///  "^" / "_" / "`" / "|" / "~" / DIGIT / ALPHA
///
/// RFC 9110, Section 5.6.2
///
/// Unchanged from RFC 7230; only the lines break elsewhere.
///
/// accepts: "~"
/// rejects: "="
using rfc7230::tchar;

/// token = 1*tchar
///
/// RFC 9110, Section 5.6.2
///
/// Unchanged from RFC 7230.
///
/// accepts: "SCRAM-SHA-256"
/// rejects: "SCRAM(SHA)"
using rfc7230::token;

/// obs-text = %x80-FF
///
/// RFC 9110, Section 5.5
///
/// Unchanged from RFC 7230.
///
/// accepts: "\x80"
/// rejects: "\x00"
using rfc7230::obs_text;

/// qdtext = HTAB / SP / "!" / %x23-5B ; '#'-'['
///  / %x5D-7E ; ']'-'~'
///  / obs-text
///
/// RFC 9110, Section 5.6.4
///
/// Unchanged from RFC 7230, which writes %x21 for "!".
///
/// accepts: "!"
/// rejects: "\""
using rfc7230::qdtext;

/// quoted-pair = "\" ( HTAB / SP / VCHAR / obs-text )
///
/// RFC 9110, Section 5.6.4
///
/// Unchanged from RFC 7230.
///
/// accepts: "\\a"
/// rejects: "\\\n"
using rfc7230::quoted_pair;

/// quoted-string = DQUOTE *( qdtext / quoted-pair ) DQUOTE
///
/// RFC 9110, Section 5.6.4
///
/// Unchanged from RFC 7230.
///
/// accepts: "\"\t\x80\\\\\""
/// rejects: "\"a\"b\""
using rfc7230::quoted_string;

/// auth-scheme = token
///
/// RFC 9110, Section 11.1
///
/// Unchanged from RFC 7235.
///
/// accepts: "Bearer"
/// rejects: "Bearer/2"
using rfc7235::auth_scheme;

/// auth-param = token BWS "=" BWS ( token / quoted-string )
///
/// RFC 9110, Section 11.2
///
/// Unchanged from RFC 7235.
///
/// accepts: "charset=\"UTF-8\""
/// rejects: "a=b=c"
using rfc7235::auth_param;

/// token68 = 1*( ALPHA / DIGIT / "-" / "." / "_" / "~" / "+" / "/" )
///  *"="
///
/// RFC 9110, Section 11.2
///
/// Unchanged from RFC 7235.
///
/// accepts: "mF_9.B5f-4.1JqM"
/// rejects: "=="
using rfc7235::token68;

/// helper: the form that token68 has in a list. Unchanged from RFC 7235.
///
/// deviations: D-01
/// accepts: "abc"
/// rejects: "abc def"
using rfc7235::token68_in_list;

/// helper: the form that token68 has at the end of a value. Unchanged from RFC 7235.
///
/// deviations: D-01
/// accepts: "abc=="
/// rejects: "abc==,"
using rfc7235::token68_at_end;

/// challenge = auth-scheme [ 1*SP ( token68 / [ auth-param *( OWS ","
///  OWS auth-param ) ] ) ]
///
/// RFC 9110, Section 11.3
/// deviations: D-01
/// accepts: "Newauth realm=\"apps\", type=1"
/// rejects: "A b=c,"
struct challenge
    : seq<auth_scheme, opt<plus<SP>, sor<token68_in_list, opt<auth_param, star<OWS, one<','>, OWS, auth_param>>>>> {};

/// credentials = auth-scheme [ 1*SP ( token68 / [ auth-param *( OWS ","
///  OWS auth-param ) ] ) ]
///
/// RFC 9110, Section 11.4
/// deviations: D-01
/// accepts: "Digest username=\"Mufasa\", nc=00000001"
/// rejects: "A ,,b=c"
struct credentials
    : seq<auth_scheme, opt<plus<SP>, sor<token68_at_end, opt<auth_param, star<OWS, one<','>, OWS, auth_param>>>>> {};

/// WWW-Authenticate = [ challenge *( OWS "," OWS challenge ) ]
///
/// RFC 9110, Section 11.6.1
/// accepts: "Basic realm=\"simple\", Newauth realm=\"apps\", type=1, title=\"Login to \\\"apps\\\"\""
/// rejects: "Basic realm=\"simple\",, Newauth"
struct WWW_Authenticate : opt<challenge, star<OWS, one<','>, OWS, challenge>> {};

/// Proxy-Authenticate = [ challenge *( OWS "," OWS challenge ) ]
///
/// RFC 9110, Section 11.7.1
///
/// The letters of WWW-Authenticate.
///
/// accepts: ""
/// rejects: ","
struct Proxy_Authenticate : WWW_Authenticate {};

/// Authorization = credentials
///
/// RFC 9110, Section 11.6.2
/// accepts: "Basic dGVzdDoxMjPCow=="
/// rejects: ""
struct Authorization : credentials {};

/// Proxy-Authorization = credentials
///
/// RFC 9110, Section 11.7.2
/// accepts: "basic aGVsbG86d29ybGQ="
/// rejects: "basic aGVsbG86d29ybGQ= "
struct Proxy_Authorization : credentials {};

/// Authentication-Info = [ auth-param *( OWS "," OWS auth-param ) ]
///
/// RFC 9110, Section 11.6.3
/// accepts: "qop=auth, nc=00000001"
/// rejects: "qop=auth,"
struct Authentication_Info : opt<auth_param, star<OWS, one<','>, OWS, auth_param>> {};

/// Proxy-Authentication-Info = [ auth-param *( OWS "," OWS auth-param )
///  ]
///
/// RFC 9110, Section 11.7.3
///
/// The letters of Authentication-Info.
///
/// accepts: ""
/// rejects: ",qop=auth"
struct Proxy_Authentication_Info : Authentication_Info {};

}  // namespace authgrammar::grammar::rfc9110

#endif
