#ifndef AUTHGRAMMAR_GRAMMAR_RFC2616_HPP
#define AUTHGRAMMAR_GRAMMAR_RFC2616_HPP

#include <authgrammar/grammar/rfc5234.hpp>

/// RFC 2616: the white space that its lists are made of.
namespace authgrammar::grammar::rfc2616 {

using namespace tao::pegtl;
using rfc5234::CRLF;
using rfc5234::HTAB;
using rfc5234::SP;

/// LWS            = [CRLF] 1*( SP / HTAB )
///
/// RFC 2616, Section 2.2
/// accepts: "\r\n \t"
/// rejects: "\r\n"
struct LWS : seq<opt<CRLF>, plus<sor<SP, HTAB>>> {};

}  // namespace authgrammar::grammar::rfc2616

#endif
