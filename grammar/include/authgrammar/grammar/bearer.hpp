#ifndef AUTHGRAMMAR_GRAMMAR_BEARER_HPP
#define AUTHGRAMMAR_GRAMMAR_BEARER_HPP

#include <authgrammar/grammar/rfc6749.hpp>
#include <authgrammar/grammar/rfc9110.hpp>

/// RFC 6750: Bearer.
namespace authgrammar::grammar::bearer {

using namespace tao::pegtl;
using rfc5234::ALPHA;
using rfc5234::DIGIT;
using rfc5234::SP;
using rfc6749::NQCHAR;
using rfc9110::auth_param;
using rfc9110::OWS;

/// b64token    = 1*( ALPHA / DIGIT /
///                   "-" / "." / "_" / "~" / "+" / "/" ) *"="
///
/// RFC 6750, Section 2.1
/// accepts: "mF_9.B5f-4.1JqM"
/// rejects: "secret-token:E92F"
struct b64token : seq<plus<sor<ALPHA, DIGIT, one<'-', '.', '_', '~', '+', '/'>>>, star<one<'='>>> {};

/// credentials = "Bearer" 1*SP b64token
///
/// RFC 6750, Section 2.1
/// accepts: "Bearer mF_9.B5f-4.1JqM"
/// rejects: "Bearer access_token=\"a\""
struct credentials : seq<TAO_PEGTL_ISTRING("Bearer"), plus<SP>, b64token> {};

/// challenge = "Bearer" 1*SP 1#auth-param
///
/// RFC 6750, Section 3, in words
/// deviations: D-06
/// accepts: "Bearer realm=\"example\", error=\"invalid_token\""
/// rejects: "Bearer"
/// rejects: "Bearer ,realm=\"example\""
struct challenge : seq<TAO_PEGTL_ISTRING("Bearer"), plus<SP>, auth_param, star<OWS, one<','>, OWS, auth_param>> {};

/// error-uri = *NQCHAR
///
/// RFC 6750, Section 3, in words
/// accepts: "https://as.example/help"
/// rejects: "a b"
struct error_uri : star<NQCHAR> {};

}  // namespace authgrammar::grammar::bearer

#endif
