#ifndef AUTHGRAMMAR_GRAMMAR_RFC8187_HPP
#define AUTHGRAMMAR_GRAMMAR_RFC8187_HPP

#include <authgrammar/grammar/rfc5234.hpp>

/// RFC 8187: the parts of the extended notation of a value.
namespace authgrammar::grammar::rfc8187 {

using namespace tao::pegtl;
using rfc5234::ALPHA;
using rfc5234::DIGIT;
using rfc5234::HEXDIG;

/// mime-charsetc = ALPHA / DIGIT
///               / "!" / "#" / "$" / "%" / "&"
///               / "+" / "-" / "^" / "_" / "`"
///               / "{" / "}" / "~"
///               ; as <mime-charset> in Section 2.3 of [RFC2978]
///               ; except that the single quote is not included
///               ; SHOULD be registered in the IANA charset registry
///
/// RFC 8187, Section 3.2.1
/// accepts: "{"
/// rejects: "'"
struct mime_charsetc : sor<ALPHA, DIGIT, one<'!', '#', '$', '%', '&', '+', '-', '^', '_', '`', '{', '}', '~'>> {};

/// mime-charset  = 1*mime-charsetc
///
/// RFC 8187, Section 3.2.1
/// accepts: "ISO-8859-1"
/// rejects: ""
struct mime_charset : plus<mime_charsetc> {};

/// charset       = "UTF-8" / mime-charset
///
/// RFC 8187, Section 3.2.1
/// deviations: D-07
/// accepts: "utf-8"
/// accepts: "UTF-8X"
/// rejects: "UTF-8'"
struct charset : mime_charset {};

/// pct-encoded   = "%" HEXDIG HEXDIG
///               ; see [RFC3986], Section 2.1
///
/// RFC 8187, Section 3.2.1
/// accepts: "%c2"
/// rejects: "%C"
struct pct_encoded : seq<one<'%'>, HEXDIG, HEXDIG> {};

/// attr-char     = ALPHA / DIGIT
///               / "!" / "#" / "$" / "&" / "+" / "-" / "."
///               / "^" / "_" / "`" / "|" / "~"
///               ; token except ( "*" / "'" / "%" )
///
/// RFC 8187, Section 3.2.1
/// accepts: "|"
/// rejects: "%"
struct attr_char : sor<ALPHA, DIGIT, one<'!', '#', '$', '&', '+', '-', '.', '^', '_', '`', '|', '~'>> {};

/// value-chars   = *( pct-encoded / attr-char )
///
/// RFC 8187, Section 3.2.1
/// accepts: ""
/// accepts: "J%C3%A4s%C3%B8n%20Doe"
/// rejects: "50%"
struct value_chars : star<sor<pct_encoded, attr_char>> {};

}  // namespace authgrammar::grammar::rfc8187

#endif
