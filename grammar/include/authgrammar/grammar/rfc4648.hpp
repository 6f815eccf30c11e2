#ifndef AUTHGRAMMAR_GRAMMAR_RFC4648_HPP
#define AUTHGRAMMAR_GRAMMAR_RFC4648_HPP

#include <authgrammar/grammar/rfc5234.hpp>

/// RFC 4648: base64, as a conforming encoder writes it.
namespace authgrammar::grammar::rfc4648 {

using namespace tao::pegtl;
using rfc5234::ALPHA;
using rfc5234::DIGIT;

/// base64-char = ALPHA / DIGIT / "+" / "/"
///
/// RFC 4648, Section 4, in words
/// accepts: "/"
/// rejects: "-"
struct base64_char : sor<ALPHA, DIGIT, one<'+', '/'>> {};

/// base64-4 = 4base64-char
///
/// RFC 4648, Section 4, in words
/// accepts: "Zm9v"
/// rejects: "Zm9"
struct base64_4 : rep<4, base64_char> {};

/// base64-0-bits-2 = %x41 / %x45 / %x49 / %x4D / %x51 / %x55 / %x59  ; A E I M Q U Y
///                 / %x63 / %x67 / %x6B / %x6F / %x73 / %x77         ; c g k o s w
///                 / "0" / "4" / "8"
///
/// RFC 4648, Section 3.5, in words
/// accepts: "8"
/// rejects: "9"
struct base64_0_bits_2 : one<'\x41', '\x45', '\x49', '\x4D', '\x51', '\x55', '\x59', '\x63', '\x67', '\x6B', '\x6F',
                             '\x73', '\x77', '0', '4', '8'> {};

/// base64-3 = 2base64-char base64-0-bits-2 "="
///
/// RFC 4648, Section 4, in words
/// accepts: "Zm8="
/// rejects: "Zm9="
struct base64_3 : seq<rep<2, base64_char>, base64_0_bits_2, one<'='>> {};

/// base64-0-bits-4 = %x41 / %x51 / %x67 / %x77  ; A Q g w
///
/// RFC 4648, Section 3.5, in words
/// accepts: "g"
/// rejects: "h"
struct base64_0_bits_4 : one<'\x41', '\x51', '\x67', '\x77'> {};

/// base64-2 = base64-char base64-0-bits-4 "=="
///
/// RFC 4648, Section 4, in words
/// accepts: "Zg=="
/// rejects: "Zh=="
struct base64_2 : seq<base64_char, base64_0_bits_4, string<'=', '='>> {};

/// base64 = *base64-4 [ base64-3 / base64-2 ]
///
/// RFC 4648, Section 4, in words
/// accepts: ""
/// accepts: "Zm9vYmE="
/// rejects: "Zm9vYg"
struct base64 : seq<star<base64_4>, opt<sor<base64_3, base64_2>>> {};

}  // namespace authgrammar::grammar::rfc4648

#endif
