#ifndef AUTHGRAMMAR_GRAMMAR_RFC6749_HPP
#define AUTHGRAMMAR_GRAMMAR_RFC6749_HPP

#include <authgrammar/grammar/rfc5234.hpp>

/// RFC 6749, Appendix A: the values that RFC 6750 takes over.
namespace authgrammar::grammar::rfc6749 {

using namespace tao::pegtl;
using rfc5234::SP;

/// NQCHAR     = %x21 / %x23-5B / %x5D-7E
///
/// RFC 6749, Appendix A
/// accepts: "!"
/// rejects: " "
struct NQCHAR : sor<one<'\x21'>, range<'\x23', '\x5B'>, range<'\x5D', '\x7E'>> {};

/// NQSCHAR    = %x20-21 / %x23-5B / %x5D-7E
///
/// RFC 6749, Appendix A
/// accepts: " "
/// rejects: "\""
struct NQSCHAR : sor<range<'\x20', '\x21'>, range<'\x23', '\x5B'>, range<'\x5D', '\x7E'>> {};

/// scope-token = 1*NQCHAR
///
/// RFC 6749, Appendix A.4
/// accepts: "urn:example:channel=HBO&urn:example:rating=G,PG-13"
/// rejects: "openid profile"
struct scope_token : plus<NQCHAR> {};

/// scope       = scope-token *( SP scope-token )
///
/// RFC 6749, Appendix A.4
/// accepts: "openid profile email"
/// rejects: "openid  email"
struct scope : seq<scope_token, star<SP, scope_token>> {};

/// error             = 1*NQSCHAR
///
/// RFC 6749, Appendix A.7
/// accepts: "invalid_token"
/// rejects: "invalid\\token"
struct error : plus<NQSCHAR> {};

/// error-description = 1*NQSCHAR
///
/// RFC 6749, Appendix A.8
/// accepts: "The access token expired"
/// rejects: ""
struct error_description : plus<NQSCHAR> {};

}  // namespace authgrammar::grammar::rfc6749

#endif
