#ifndef AUTHGRAMMAR_AUDIT_FACTS_HPP
#define AUTHGRAMMAR_AUDIT_FACTS_HPP

#include <cstdint>

// What is found out of each message once, so that a message without findings is not looked at by every rule: the table of
// findings.cpp says of each rule which facts there have to be. A fact may be there for no finding; it must be there for each.

namespace authgrammar::audit {

/// Several facts, or one.
using facts = std::uint64_t;

namespace fact {

// The message.
inline constexpr facts request = facts{1} << 0;
inline constexpr facts bare = facts{1} << 1;          ///< neither request nor response
inline constexpr facts status_401 = facts{1} << 2;    //
inline constexpr facts status_407 = facts{1} << 3;    //
inline constexpr facts status_403 = facts{1} << 4;    //
inline constexpr facts challenging = facts{1} << 5;   ///< 401 or 407
inline constexpr facts success = facts{1} << 6;       ///< 2xx
inline constexpr facts error_status = facts{1} << 7;  ///< 400 and above
inline constexpr facts framing = facts{1}
                                 << 8;  ///< it is foreign, a trailer section, or there is a doubt about its body
inline constexpr facts unreadable = facts{1} << 9;  ///< lines that are no field lines
inline constexpr facts uris = facts{1} << 10;  ///< URIs in other fields, or a target that has a query or is no path
inline constexpr facts cors = facts{1} << 11;  ///< Access-Control-Allow-Origin, or an answer to who asks for a header

// Its authentication fields.
inline constexpr facts challenges = facts{1} << 12;     ///< WWW-Authenticate or Proxy-Authenticate
inline constexpr facts credentials = facts{1} << 13;    ///< Authorization or Proxy-Authorization
inline constexpr facts info = facts{1} << 14;           ///< Authentication-Info or Proxy-Authentication-Info
inline constexpr facts misdirected = facts{1} << 15;    ///< of a response in a request, or the other way round
inline constexpr facts several_lines = facts{1} << 16;  ///< a field in more than one line
inline constexpr facts odd_lines = facts{1} << 17;      ///< a line folded, or with white space before the colon
inline constexpr facts rest_of_line = facts{1} << 18;   ///< lines that are no field lines directly behind one
inline constexpr facts odd_octets = facts{1} << 19;     ///< a backslash, a CR or an octet beyond ASCII in a value
inline constexpr facts empty_field = facts{1} << 20;    ///< a valid value that says nothing
inline constexpr facts invalid = facts{1} << 21;        ///< a value that recipients refuse
inline constexpr facts slips = facts{1} << 22;          ///< a line that recipients accept, and that has a slip
inline constexpr facts untidy =
    facts{1} << 23;  ///< invalid, slips, several lines, or a value too long to look for slips

// Its challenges and credentials.
inline constexpr facts digest = facts{1} << 24;  ///< of Digest, or an -Info field
inline constexpr facts dpop = facts{1} << 25;
inline constexpr facts connection_scheme = facts{1} << 26;  ///< of a scheme that authenticates connections
inline constexpr facts error_scheme = facts{1} << 27;       ///< a challenge of a scheme that has error codes
inline constexpr facts unknown_scheme = facts{1} << 28;
inline constexpr facts misplaced_scheme = facts{1} << 29;  ///< of a scheme that is not defined everywhere
inline constexpr facts scheme_twice = facts{1} << 30;      ///< two of one scheme
inline constexpr facts repeated_param = facts{1} << 31;
inline constexpr facts undefined_param = facts{1} << 32;  ///< that its scheme has not
inline constexpr facts basic_fault = facts{1} << 33;      ///< credentials of Basic that cannot be decoded
inline constexpr facts violations = facts{1} << 34;       ///< of the table of schemes

// What is known of it from elsewhere.
inline constexpr facts answer = facts{1} << 35;     ///< a response whose request is known
inline constexpr facts tried = facts{1} << 36;      ///< a response to credentials
inline constexpr facts unsecured = facts{1} << 37;  ///< no TLS
inline constexpr facts noted = facts{1} << 38;      ///< what a conversation says of few messages

inline constexpr facts all = ~facts{0};

}  // namespace fact

}  // namespace authgrammar::audit

#endif
