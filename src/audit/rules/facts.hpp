#ifndef AUTHGRAMMAR_AUDIT_FACTS_HPP
#define AUTHGRAMMAR_AUDIT_FACTS_HPP

#include <cstdint>

// What is found out of each message once, so that a message without findings is not looked at by every rule: the table of
// findings.cpp says of each rule which facts there have to be. A fact may be there for no finding; it must be there for each.

namespace authgrammar::audit {

/// Several facts, or one.
using fact_set = std::uint64_t;

namespace fact {

constexpr fact_set nth(unsigned n) noexcept { return fact_set{1} << n; }

// The message.
inline constexpr fact_set request = nth(0);
inline constexpr fact_set bare = nth(1);  ///< neither request nor response
inline constexpr fact_set status_401 = nth(2);
inline constexpr fact_set status_407 = nth(3);
inline constexpr fact_set status_403 = nth(4);
inline constexpr fact_set challenging = nth(5);   ///< 401 or 407
inline constexpr fact_set success = nth(6);       ///< 2xx
inline constexpr fact_set error_status = nth(7);  ///< 400 and above
inline constexpr fact_set framing = nth(8);  ///< it is foreign, a trailer section, or there is a doubt about its body
inline constexpr fact_set unreadable = nth(9);  ///< lines that are no field lines
inline constexpr fact_set uris = nth(10);       ///< URIs in other fields, or a target that has a query or is no path
inline constexpr fact_set cors = nth(11);       ///< Access-Control-Allow-Origin, or an answer to who asks for a header

// Its authentication fields.
inline constexpr fact_set challenges = nth(12);     ///< WWW-Authenticate or Proxy-Authenticate
inline constexpr fact_set credentials = nth(13);    ///< Authorization or Proxy-Authorization
inline constexpr fact_set info = nth(14);           ///< Authentication-Info or Proxy-Authentication-Info
inline constexpr fact_set misdirected = nth(15);    ///< of a response in a request, or the other way round
inline constexpr fact_set several_lines = nth(16);  ///< a field in more than one line
inline constexpr fact_set odd_lines = nth(17);      ///< a line folded, or with white space before the colon
inline constexpr fact_set rest_of_line = nth(18);   ///< lines that are no field lines directly behind one
inline constexpr fact_set odd_octets = nth(19);     ///< a backslash, a CR or an octet beyond ASCII in a value
inline constexpr fact_set empty_field = nth(20);    ///< a valid value that says nothing
inline constexpr fact_set invalid = nth(21);        ///< a value that recipients refuse
inline constexpr fact_set slips = nth(22);          ///< a line that recipients accept, and that has a slip
/// Invalid, slips, a value too long to look for slips, or several lines of which one is empty or not valid by itself.
inline constexpr fact_set untidy = nth(23);

// Its challenges and credentials.
inline constexpr fact_set digest_faults = nth(24);  ///< violations, or a value that rules about Digest may object to
inline constexpr fact_set dpop = nth(25);
inline constexpr fact_set connection_scheme = nth(26);  ///< of a scheme that authenticates connections
inline constexpr fact_set error_scheme = nth(27);       ///< a challenge of a scheme that has error codes
inline constexpr fact_set unknown_scheme = nth(28);
inline constexpr fact_set misplaced_scheme = nth(29);  ///< of a scheme that is not defined everywhere
inline constexpr fact_set scheme_twice = nth(30);      ///< two of one scheme
inline constexpr fact_set repeated_param = nth(31);
inline constexpr fact_set undefined_param = nth(32);  ///< that its scheme has not
inline constexpr fact_set basic_fault = nth(33);      ///< credentials of Basic that cannot be decoded
inline constexpr fact_set violations = nth(34);       ///< of the table of schemes

// What is known of it from elsewhere.
inline constexpr fact_set answer = nth(35);     ///< a response whose request is known
inline constexpr fact_set tried = nth(36);      ///< a response to credentials
inline constexpr fact_set unsecured = nth(37);  ///< no TLS
inline constexpr fact_set noted = nth(38);      ///< what a conversation says of few messages

// More of its challenges.
inline constexpr fact_set digest_md5 = nth(39);     ///< a challenge of Digest with MD5
inline constexpr fact_set refusal_param = nth(40);  ///< with error_scheme: a parameter that tells of a refusal
inline constexpr fact_set uri_param = nth(41);      ///< with error_scheme: a parameter that is a URI or unknown

inline constexpr fact_set all = ~fact_set{0};

// No two are the same, and no bit is left out.
static_assert(request + bare + status_401 + status_407 + status_403 + challenging + success + error_status + framing +
                  unreadable + uris + cors + challenges + credentials + info + misdirected + several_lines + odd_lines +
                  rest_of_line + odd_octets + empty_field + invalid + slips + untidy + digest_faults + dpop +
                  connection_scheme + error_scheme + unknown_scheme + misplaced_scheme + scheme_twice + repeated_param +
                  undefined_param + basic_fault + violations + answer + tried + unsecured + noted + digest_md5 +
                  refusal_param + uri_param ==
              nth(42) - 1);

}  // namespace fact

}  // namespace authgrammar::audit

#endif
