#ifndef AUTHGRAMMAR_GRAMMAR_RFC7615_HPP
#define AUTHGRAMMAR_GRAMMAR_RFC7615_HPP

#include <authgrammar/grammar/rfc7235.hpp>

/// RFC 7615: the fields that RFC 7235 lacks.
namespace authgrammar::grammar::rfc7615 {

using namespace tao::pegtl;
using rfc7230::OWS;
using rfc7235::auth_param;

/// Authentication-Info = #auth-param
///
/// RFC 7615, Section 3
/// deviations: D-04
/// accepts: ",,nextnonce=\"abc\","
/// rejects: ",nextnonce=\"abc\""
struct Authentication_Info : opt<sor<one<','>, auth_param>, star<OWS, one<','>, opt<OWS, auth_param>>> {};

/// Proxy-Authentication-Info = #auth-param
///
/// RFC 7615, Section 4
///
/// The letters of Authentication-Info.
///
/// deviations: D-04
/// accepts: ""
/// rejects: "a=b, "
struct Proxy_Authentication_Info : Authentication_Info {};

}  // namespace authgrammar::grammar::rfc7615

#endif
