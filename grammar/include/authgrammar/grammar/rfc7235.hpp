#ifndef AUTHGRAMMAR_GRAMMAR_RFC7235_HPP
#define AUTHGRAMMAR_GRAMMAR_RFC7235_HPP

#include <authgrammar/grammar/rfc7230.hpp>

/// RFC 7235, Appendix C, as published: after 1*SP a single comma before the first auth-param is out and two are
/// in (RFC 7230, erratum 5257).
namespace authgrammar::grammar::rfc7235 {

using namespace tao::pegtl;
using rfc5234::ALPHA;
using rfc5234::DIGIT;
using rfc5234::SP;

/// OWS = <OWS, see [RFC7230], Section 3.2.3>
///
/// RFC 7235, Appendix B
/// accepts: "\t "
/// rejects: "\n"
using rfc7230::OWS;

/// BWS = <BWS, see [RFC7230], Section 3.2.3>
///
/// RFC 7235, Appendix B
/// accepts: ""
/// rejects: ","
using rfc7230::BWS;

/// token = <token, see [RFC7230], Section 3.2.6>
///
/// RFC 7235, Appendix B
/// accepts: "Newauth"
/// rejects: ""
using rfc7230::token;

/// quoted-string = <quoted-string, see [RFC7230], Section 3.2.6>
///
/// RFC 7235, Appendix B
/// accepts: "\"\""
/// rejects: "\"\r\n\""
using rfc7230::quoted_string;

/// token68 = 1*( ALPHA / DIGIT / "-" / "." / "_" / "~" / "+" / "/" )
///  *"="
///
/// RFC 7235, Section 2.1
/// accepts: "QWxhZGRpbjpvcGVuIHNlc2FtZQ=="
/// rejects: "a=b"
struct token68 : seq<plus<sor<ALPHA, DIGIT, one<'-', '.', '_', '~', '+', '/'>>>, star<one<'='>>> {};

/// auth-scheme = token
///
/// RFC 7235, Section 2.1
/// accepts: "Basic"
/// rejects: "Basic "
struct auth_scheme : token {};

/// auth-param = token BWS "=" BWS ( token / quoted-string )
///
/// RFC 7235, Section 2.1
/// accepts: "realm\t= \"apps\""
/// rejects: "realm="
struct auth_param : seq<token, BWS, one<'='>, BWS, sor<token, quoted_string>> {};

/// helper: what follows the token68 of a challenge in a list, without taking it.
///
/// deviations: D-01
/// accepts: ""
/// rejects: "\""
struct end_of_challenge : at<OWS, sor<one<','>, eof>> {};

/// helper: token68, where the challenge that it belongs to ends.
///
/// deviations: D-01
/// accepts: "abc="
/// rejects: "abc=d"
struct token68_in_list : seq<token68, end_of_challenge> {};

/// helper: token68, where the value ends.
///
/// deviations: D-01
/// accepts: "abc="
/// rejects: "abc= ,"
struct token68_at_end : seq<token68, at<eof>> {};

/// credentials = auth-scheme [ 1*SP ( token68 / [ ( "," / auth-param )
///  *( OWS "," [ OWS auth-param ] ) ] ) ]
///
/// RFC 7235, Section 2.1
/// deviations: D-01
/// accepts: "A ,,b=c,"
/// rejects: "A ,b=c"
struct credentials
    : seq<auth_scheme, opt<plus<SP>, sor<token68_at_end,
                                         opt<sor<one<','>, auth_param>, star<OWS, one<','>, opt<OWS, auth_param>>>>>> {
};

/// challenge = auth-scheme [ 1*SP ( token68 / [ ( "," / auth-param ) *(
///  OWS "," [ OWS auth-param ] ) ] ) ]
///
/// RFC 7235, Section 2.1
///
/// The letters of credentials. In a list it takes the form of challenge_in_list.
///
/// deviations: D-01
/// accepts: "Newauth realm=\"apps\", type=1"
/// rejects: "A b=c, "
struct challenge : credentials {};

/// helper: white space and commas between two auth-params of a challenge in a list.
///
/// deviations: D-02
/// accepts: "\t,, , "
/// rejects: " "
struct gap : seq<plus<OWS, one<','>>, OWS> {};

/// helper: the auth-params of a challenge in a list, at least one, up to the end of the last.
///
/// deviations: D-02, D-03
/// accepts: ",,a=b , c=d"
/// rejects: ",a=b"
struct params_in_list : seq<sor<auth_param, seq<one<','>, gap, auth_param>>, star<gap, auth_param>> {};

/// helper: challenge in a list, without the commas that the list can own.
///
/// deviations: D-01, D-02
/// accepts: "A b=c,,d=e"
/// rejects: "A b=c,"
struct challenge_in_list : seq<auth_scheme, opt<plus<SP>, sor<token68_in_list, opt<params_in_list>>>> {};

/// WWW-Authenticate = *( "," OWS ) challenge *( OWS "," [ OWS challenge
///  ] )
///
/// RFC 7235, Section 4.1
/// deviations: D-02
/// accepts: "Newauth realm=\"apps\", type=1, title=\"Login to \\\"apps\\\"\", Basic realm=\"simple\""
/// rejects: ""
struct WWW_Authenticate
    : seq<star<one<','>, OWS>, challenge_in_list, star<OWS, one<','>, opt<OWS, challenge_in_list>>> {};

/// Proxy-Authenticate = *( "," OWS ) challenge *( OWS "," [ OWS
///  challenge ] )
///
/// RFC 7235, Section 4.3
///
/// The letters of WWW-Authenticate.
///
/// deviations: D-02
/// accepts: ",, Basic realm=\"proxy\","
/// rejects: ", ,"
struct Proxy_Authenticate : WWW_Authenticate {};

/// Authorization = credentials
///
/// RFC 7235, Section 4.2
/// accepts: "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="
/// rejects: "Basic YQ==,Basic YQ=="
struct Authorization : credentials {};

/// Proxy-Authorization = credentials
///
/// RFC 7235, Section 4.4
/// accepts: "Basic dGVzdDoxMjPCow=="
/// rejects: "Basic dGVzdDoxMjPCow==,"
struct Proxy_Authorization : credentials {};

}  // namespace authgrammar::grammar::rfc7235

#endif
