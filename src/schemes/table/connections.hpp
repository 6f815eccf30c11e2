#ifndef AUTHGRAMMAR_SCHEMES_TABLE_CONNECTIONS_HPP
#define AUTHGRAMMAR_SCHEMES_TABLE_CONNECTIONS_HPP

#include "schemes/table/row.hpp"

// The schemes that authenticate a connection: Negotiate and NTLM.

namespace authgrammar::schemes::table {

inline constexpr failure_signal negotiate_failures[]{
    {401, true, "the credentials are missing or invalid; with a token, the handshake continues"},
};
inline constexpr sample negotiate_samples[]{
    {field_kind::challenges, "Negotiate", "RFC 4559, 5"},
    {field_kind::credentials, "Negotiate a87421000492aa874209af8bc028", "RFC 4559, 5"},
    {field_kind::credentials, "Negotiate a87421000492aa874209af8bc028, 89a8742aa8729a8b028",
     "RFC 4559, 4.2, whose rule auth-data2 is a list"},
};

inline constexpr scheme_description negotiate = [] {
    scheme_description s;
    s.name = "Negotiate";
    s.reference = "RFC 4559, Section 3";
    s.registered = true;
    s.registry_note =
        "This authentication scheme violates both HTTP semantics (being connection-oriented) and syntax (use of syntax "
        "incompatible with the WWW-Authenticate and Authorization header field syntax).";
    s.challenge = alone_or_token68;
    s.credentials = token68_only;
    s.origin = usability::yes;
    s.proxy = usability::no;
    s.realm = realm_rule::none;
    s.state = state_rule::connection;
    s.rounds = 0;
    s.exposes = exposure::proof;
    s.unknown_params = unknown_rule::no_params;
    s.failures = negotiate_failures;
    s.samples = negotiate_samples;
    s.rank = 5;
    return s;
}();

inline constexpr scheme_description ntlm = [] {
    scheme_description s;
    s.name = "NTLM";
    s.reference = "MS-NTHT";
    s.rests_on = "what peers send; the specification was not available";
    s.challenge = alone_or_token68;
    s.credentials = token68_only;
    s.origin = usability::yes;
    s.proxy = usability::unstated;
    s.realm = realm_rule::none;
    s.state = state_rule::connection;
    s.rounds = 2;
    s.exposes = exposure::proof;
    s.unknown_params = unknown_rule::no_params;
    s.failures = negotiate_failures;
    return s;
}();

}  // namespace authgrammar::schemes::table

#endif
