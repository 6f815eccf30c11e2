#ifndef AUTHGRAMMAR_GRAMMAR_RFC7230_HPP
#define AUTHGRAMMAR_GRAMMAR_RFC7230_HPP

#include <authgrammar/grammar/rfc5234.hpp>

/// RFC 7230: the rules that RFC 7235 imports, and those that they use. RFC 9110 keeps them, so they stand here
/// for every edition.
namespace authgrammar::grammar::rfc7230 {

using namespace tao::pegtl;
using rfc5234::ALPHA;
using rfc5234::DIGIT;
using rfc5234::DQUOTE;
using rfc5234::HTAB;
using rfc5234::SP;
using rfc5234::VCHAR;

/// OWS            = *( SP / HTAB )
///                ; optional whitespace
///
/// RFC 7230, Section 3.2.3
/// accepts: " \t "
/// rejects: "\r\n "
struct OWS : star<sor<SP, HTAB>> {};

/// BWS            = OWS
///                ; "bad" whitespace
///
/// RFC 7230, Section 3.2.3
/// accepts: "\t"
/// rejects: "a"
struct BWS : OWS {};

/// tchar          = "!" / "#" / "$" / "%" / "&" / "'" / "*"
///                / "+" / "-" / "." / "^" / "_" / "`" / "|" / "~"
///                / DIGIT / ALPHA
///                ; any VCHAR, except delimiters
///
/// RFC 7230, Section 3.2.6
/// accepts: "|"
/// rejects: "/"
struct tchar : sor<one<'!', '#', '$', '%', '&', '\'', '*', '+', '-', '.', '^', '_', '`', '|', '~'>, DIGIT, ALPHA> {};

/// token          = 1*tchar
///
/// RFC 7230, Section 3.2.6
/// accepts: "WWW-Authenticate"
/// rejects: "a b"
struct token : plus<tchar> {};

/// obs-text       = %x80-FF
///
/// RFC 7230, Section 3.2.6
/// accepts: "\xE4"
/// rejects: "\x7F"
struct obs_text : range<'\x80', '\xFF'> {};

/// qdtext         = HTAB / SP /%x21 / %x23-5B / %x5D-7E / obs-text
///
/// RFC 7230, Section 3.2.6
/// accepts: "["
/// rejects: "\\"
struct qdtext : sor<HTAB, SP, one<'\x21'>, range<'\x23', '\x5B'>, range<'\x5D', '\x7E'>, obs_text> {};

/// quoted-pair    = "\" ( HTAB / SP / VCHAR / obs-text )
///
/// RFC 7230, Section 3.2.6
/// accepts: "\\\""
/// rejects: "\\\x7F"
struct quoted_pair : seq<one<'\\'>, sor<HTAB, SP, VCHAR, obs_text>> {};

/// quoted-string  = DQUOTE *( qdtext / quoted-pair ) DQUOTE
///
/// RFC 7230, Section 3.2.6
/// accepts: "\"Login to \\\"apps\\\"\""
/// rejects: "\"open\\\""
struct quoted_string : seq<DQUOTE, star<sor<qdtext, quoted_pair>>, DQUOTE> {};

}  // namespace authgrammar::grammar::rfc7230

#endif
