#ifndef AUTHGRAMMAR_GRAMMAR_NEGOTIATE_HPP
#define AUTHGRAMMAR_GRAMMAR_NEGOTIATE_HPP

#include <authgrammar/grammar/rfc2616.hpp>
#include <authgrammar/grammar/rfc4648.hpp>

/// RFC 4559: Negotiate by its own text, whose lists are read by RFC 2616. It is no part of RFC 9110 (deviations.md, S-01).
namespace authgrammar::grammar::negotiate {

using namespace tao::pegtl;
using rfc2616::LWS;
using rfc4648::base64_2;
using rfc4648::base64_3;
using rfc4648::base64_4;

/// gssapi-data = 1*base64-4 [ base64-3 / base64-2 ] / base64-3 / base64-2
///
/// RFC 4559, Section 4.1, in words
/// accepts: "oYG2MIGzoAMKAQ=="
/// rejects: ""
struct gssapi_data : sor<seq<plus<base64_4>, opt<sor<base64_3, base64_2>>>, base64_3, base64_2> {};

/// auth-data       = 1#( [gssapi-data] )
///
/// RFC 4559, Section 4.1
/// deviations: D-08
/// accepts: ""
/// accepts: " Zm9v , Zg=="
/// rejects: "Zm9v Zm9v"
struct auth_data : seq<star<star<LWS>, one<','>>, star<LWS>, opt<gssapi_data>,
                       star<star<LWS>, one<','>, opt<star<LWS>, opt<gssapi_data>>>> {};

/// challenge       = "Negotiate" auth-data
///
/// RFC 4559, Section 4.1
/// accepts: "Negotiate"
/// accepts: "Negotiate Zm9v,"
/// rejects: "Negotiate Zm9"
struct challenge : seq<TAO_PEGTL_ISTRING("Negotiate"), auth_data> {};

/// auth-data2              = 1#( gssapi-data )
///
/// RFC 4559, Section 4.2
/// deviations: D-08
/// accepts: " Zm9v"
/// accepts: ", Zm9v,"
/// rejects: " ,"
struct auth_data2
    : seq<star<star<LWS>, one<','>>, star<LWS>, gssapi_data, star<star<LWS>, one<','>, opt<star<LWS>, gssapi_data>>> {};

/// credentials             = "Negotiate" auth-data2
///
/// RFC 4559, Section 4.2
/// accepts: "Negotiate Zm9v"
/// rejects: "Negotiate"
struct credentials : seq<TAO_PEGTL_ISTRING("Negotiate"), auth_data2> {};

}  // namespace authgrammar::grammar::negotiate

#endif
