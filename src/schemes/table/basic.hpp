#ifndef AUTHGRAMMAR_SCHEMES_TABLE_BASIC_HPP
#define AUTHGRAMMAR_SCHEMES_TABLE_BASIC_HPP

#include "schemes/table/row.hpp"

namespace authgrammar::schemes::table {

inline constexpr parameter_description basic_params[]{
    realm_row("RFC 7617, 2", presence::required),
    row("charset", "RFC 7617, 2.1")
        .challenge(presence::optional)
        .is(value_syntax::token)
        .one_of(utf8)
        .note("advisory; no other value is defined"),
};
inline constexpr failure_signal basic_failures[]{
    {401, true, "the credentials are missing or invalid, at an origin server"},
    {407, true, "the same, at a proxy"},
};
inline constexpr sample basic_samples[]{
    {field_kind::challenges, R"(Basic realm="WallyWorld")", "RFC 7617, 2"},
    {field_kind::credentials, "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==", "RFC 7617, 2"},
    {field_kind::challenges, R"(Basic realm="foo", charset="UTF-8")", "RFC 7617, 2.1"},
    {field_kind::credentials, "Basic dGVzdDoxMjPCow==", "RFC 7617, 2.1"},
};

inline constexpr scheme_description basic = [] {
    scheme_description s;
    s.name = "Basic";
    s.reference = "RFC 7617";
    s.registered = true;
    s.challenge = params_only;
    s.credentials = token68_only;
    s.origin = usability::yes;
    s.proxy = usability::yes;
    s.realm = realm_rule::required;
    s.space = space_rule::path_prefix;
    s.exposes = exposure::password;
    s.unknown_params = unknown_rule::ignored;
    s.failures = basic_failures;
    s.params = basic_params;
    s.samples = basic_samples;
    s.rank = 9;
    return s;
}();

}  // namespace authgrammar::schemes::table

#endif
