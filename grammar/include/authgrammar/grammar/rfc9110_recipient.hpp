#ifndef AUTHGRAMMAR_GRAMMAR_RFC9110_RECIPIENT_HPP
#define AUTHGRAMMAR_GRAMMAR_RFC9110_RECIPIENT_HPP

#include <authgrammar/grammar/rfc9110.hpp>

/// RFC 9110 as a recipient has to read it: `#element` is `[ element ] *( OWS "," OWS [ element ] )`
/// (Section 5.6.1.2). The rules here take the place of their namesakes in rfc9110.hpp; all others stand there.
namespace authgrammar::grammar::rfc9110_recipient {

using namespace tao::pegtl;
using rfc5234::SP;
using rfc9110::auth_param;
using rfc9110::auth_scheme;
using rfc9110::OWS;
using rfc9110::token68_at_end;
using rfc9110::token68_in_list;

/// helper: #auth-param, with all its commas.
///
/// deviations: D-05
/// accepts: " , a=b,, "
/// rejects: "a=b "
struct param_list : seq<opt<auth_param>, star<OWS, one<','>, OWS, opt<auth_param>>> {};

/// credentials = auth-scheme [ 1*SP ( token68 / #auth-param ) ]
///
/// RFC 9110, Section 11.4
/// deviations: D-01, D-05
/// accepts: "A ,b=c, "
/// rejects: "A b=c "
struct credentials : seq<auth_scheme, opt<plus<SP>, sor<token68_at_end, param_list>>> {};

/// challenge   = auth-scheme [ 1*SP ( token68 / #auth-param ) ]
///
/// RFC 9110, Section 11.3
///
/// The letters of credentials. In a list it takes the form of challenge_in_list.
///
/// deviations: D-01, D-05
/// accepts: "A , ,"
/// rejects: "A ,B"
struct challenge : credentials {};

/// helper: white space and commas between two auth-params of a challenge in a list. Unchanged from RFC 7235.
///
/// deviations: D-02
/// accepts: ","
/// rejects: ",a"
using rfc7235::gap;

/// helper: the auth-params of a challenge in a list, at least one, up to the end of the last.
///
/// deviations: D-02, D-05
/// accepts: ",a=b , c=d"
/// rejects: "a=b,"
struct params_in_list : seq<opt<gap>, auth_param, star<gap, auth_param>> {};

/// helper: challenge in a list, without the commas that the list can own.
///
/// deviations: D-01, D-02
/// accepts: "A ,b=c,,d=e"
/// rejects: "A b=c,"
struct challenge_in_list : seq<auth_scheme, opt<plus<SP>, sor<token68_in_list, opt<params_in_list>>>> {};

/// WWW-Authenticate = #challenge
///
/// RFC 9110, Section 11.6.1
/// deviations: D-02, D-05
/// accepts: ", Basic realm=\"simple\" ,, Newauth ,realm=\"apps\", "
/// rejects: " Basic realm=\"simple\""
struct WWW_Authenticate : seq<opt<challenge_in_list>, star<OWS, one<','>, OWS, opt<challenge_in_list>>> {};

/// Proxy-Authenticate = #challenge
///
/// RFC 9110, Section 11.7.1
///
/// The letters of WWW-Authenticate.
///
/// deviations: D-02, D-05
/// accepts: ", ,"
/// rejects: " "
struct Proxy_Authenticate : WWW_Authenticate {};

/// Authorization = credentials
///
/// RFC 9110, Section 11.6.2
///
/// The rule of Appendix A, of the recipient's credentials.
///
/// accepts: "A ,,b=c"
/// rejects: "A b=c,B"
struct Authorization : credentials {};

/// Proxy-Authorization = credentials
///
/// RFC 9110, Section 11.7.2
///
/// The rule of Appendix A, of the recipient's credentials.
///
/// accepts: "A , b=c"
/// rejects: "A,b=c"
struct Proxy_Authorization : credentials {};

/// Authentication-Info = #auth-param
///
/// RFC 9110, Section 11.6.3
/// deviations: D-05
/// accepts: ", qop=auth,, nc=00000001, "
/// rejects: " qop=auth"
struct Authentication_Info : param_list {};

/// Proxy-Authentication-Info = #auth-param
///
/// RFC 9110, Section 11.7.3
///
/// The letters of Authentication-Info.
///
/// deviations: D-05
/// accepts: " , ,"
/// rejects: "qop=auth nc=1"
struct Proxy_Authentication_Info : Authentication_Info {};

}  // namespace authgrammar::grammar::rfc9110_recipient

#endif
