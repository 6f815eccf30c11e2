#ifndef AUTHGRAMMAR_GRAMMAR_RFC5234_HPP
#define AUTHGRAMMAR_GRAMMAR_RFC5234_HPP

#include <tao/pegtl/ascii.hpp>
#include <tao/pegtl/rules.hpp>

/// The core rules of RFC 5234, Appendix B.1.
namespace authgrammar::grammar::rfc5234 {

using namespace tao::pegtl;

/// ALPHA          =  %x41-5A / %x61-7A   ; A-Z / a-z
///
/// RFC 5234, Appendix B.1
/// accepts: "z"
/// rejects: "1"
struct ALPHA : ranges<'A', 'Z', 'a', 'z'> {};

/// BIT            =  "0" / "1"
///
/// RFC 5234, Appendix B.1
/// accepts: "1"
/// rejects: "2"
struct BIT : sor<one<'0'>, one<'1'>> {};

/// CHAR           =  %x01-7F
///                        ; any 7-bit US-ASCII character,
///                        ;  excluding NUL
///
/// RFC 5234, Appendix B.1
/// accepts: "\x7F"
/// rejects: "\x00"
struct CHAR : range<'\x01', '\x7F'> {};

/// CR             =  %x0D
///                        ; carriage return
///
/// RFC 5234, Appendix B.1
/// accepts: "\r"
/// rejects: "\n"
struct CR : one<'\x0D'> {};

/// LF             =  %x0A
///                        ; linefeed
///
/// RFC 5234, Appendix B.1
/// accepts: "\n"
/// rejects: "\r"
struct LF : one<'\x0A'> {};

/// CRLF           =  CR LF
///                        ; Internet standard newline
///
/// RFC 5234, Appendix B.1
/// accepts: "\r\n"
/// rejects: "\n"
struct CRLF : seq<CR, LF> {};

/// CTL            =  %x00-1F / %x7F
///                        ; controls
///
/// RFC 5234, Appendix B.1
/// accepts: "\x7F"
/// rejects: "\x80"
struct CTL : ranges<'\x00', '\x1F', '\x7F'> {};

/// DIGIT          =  %x30-39
///                        ; 0-9
///
/// RFC 5234, Appendix B.1
/// accepts: "9"
/// rejects: "a"
struct DIGIT : range<'0', '9'> {};

/// DQUOTE         =  %x22
///                        ; " (Double Quote)
///
/// RFC 5234, Appendix B.1
/// accepts: "\""
/// rejects: "'"
struct DQUOTE : one<'\x22'> {};

/// HEXDIG         =  DIGIT / "A" / "B" / "C" / "D" / "E" / "F"
///
/// RFC 5234, Appendix B.1
/// accepts: "a"
/// rejects: "G"
struct HEXDIG : sor<DIGIT, istring<'A'>, istring<'B'>, istring<'C'>, istring<'D'>, istring<'E'>, istring<'F'>> {};

/// HTAB           =  %x09
///                        ; horizontal tab
///
/// RFC 5234, Appendix B.1
/// accepts: "\t"
/// rejects: " "
struct HTAB : one<'\x09'> {};

/// SP             =  %x20
///
/// RFC 5234, Appendix B.1
/// accepts: " "
/// rejects: "\t"
struct SP : one<'\x20'> {};

/// WSP            =  SP / HTAB
///                        ; white space
///
/// RFC 5234, Appendix B.1
/// accepts: "\t"
/// rejects: "\n"
struct WSP : sor<SP, HTAB> {};

/// LWSP           =  *(WSP / CRLF WSP)
///                        ; Use of this linear-white-space rule
///                        ;  permits lines containing only white
///                        ;  space that are no longer legal in
///                        ;  mail headers and have caused
///                        ;  interoperability problems in other
///                        ;  contexts.
///                        ; Do not use when defining mail
///                        ;  headers and use with caution in
///                        ;  other contexts.
///
/// RFC 5234, Appendix B.1
/// accepts: " \r\n\t"
/// rejects: "\r\n"
struct LWSP : star<sor<WSP, seq<CRLF, WSP>>> {};

/// OCTET          =  %x00-FF
///                        ; 8 bits of data
///
/// RFC 5234, Appendix B.1
///
/// Every char is an octet, whatever the sign of char: %x00-FF is no range of a signed one.
///
/// accepts: "\xFF"
/// rejects: ""
struct OCTET : any {};

/// VCHAR          =  %x21-7E
///                        ; visible (printing) characters
///
/// RFC 5234, Appendix B.1
/// accepts: "~"
/// rejects: " "
struct VCHAR : range<'\x21', '\x7E'> {};

}  // namespace authgrammar::grammar::rfc5234

#endif
