#ifndef AUTHGRAMMAR_SCHEMES_TABLE_MUTUAL_HPP
#define AUTHGRAMMAR_SCHEMES_TABLE_MUTUAL_HPP

#include "schemes/table/row.hpp"

namespace authgrammar::schemes::table {

inline constexpr std::string_view mutual_versions[]{"1"};
inline constexpr std::string_view mutual_algorithms[]{"iso-kam3-dl-2048-sha256", "iso-kam3-dl-4096-sha512",
                                                      "iso-kam3-ec-p256-sha256", "iso-kam3-ec-p521-sha512"};
inline constexpr std::string_view mutual_validations[]{"host", "tls-server-end-point", "tls-unique"};
inline constexpr std::string_view mutual_reasons[]{"initial",       "stale-session",      "auth-failed",
                                                   "reauth-needed", "invalid-parameters", "internal-error",
                                                   "user-unknown",  "invalid-credential", "authz-failed"};

// "For clarity, it is RECOMMENDED that implementations use the canonical representations" (RFC 8120, 3.2).
inline constexpr parameter_description mutual_params[]{
    row("version", "RFC 8120, 4")
        .challenge(presence::required)
        .credentials(presence::required)
        .info(presence::required)
        .is(value_syntax::token)
        .one_of(mutual_versions)
        .better(param_form::token),
    row("algorithm", "RFC 8120, 4.1")
        .challenge(presence::required)
        .credentials(presence::required)
        .is(value_syntax::token)
        .some_of(mutual_algorithms)
        .better(param_form::token),
    row("validation", "RFC 8120, 4.1")
        .challenge(presence::required)
        .credentials(presence::required)
        .is(value_syntax::token)
        .some_of(mutual_validations)
        .better(param_form::token),
    row("auth-scope", "RFC 8120, 4.1")
        .challenge(presence::optional)
        .credentials(presence::conditional)
        .better(param_form::quoted)
        .note("the hosts that share the credentials; repeated if the challenge has one"),
    realm_row("RFC 8120, 4.1", presence::required, presence::required),
    row("reason", "RFC 8120, 4.1")
        .challenge(presence::conditional)
        .is(value_syntax::token)
        .some_of(mutual_reasons)
        .better(param_form::token)
        .changes()
        .note("in 401-INIT and 401-STALE; not allowed with ks1"),
    row("ks1", "RFC 8120, 4.3")
        .challenge(presence::conditional)
        .is(value_syntax::other)
        .begins_next_round()
        .note("in 401-KEX-S1: a number in hexadecimal or base64, depending on the algorithm"),
    row("sid", "RFC 8120, 4.3")
        .challenge(presence::conditional)
        .credentials(presence::conditional)
        .info(presence::required)
        .is(value_syntax::hex)
        .better(param_form::token)
        .note("in 401-KEX-S1 and req-VFY-C"),
    row("nc-max", "RFC 8120, 4.3")
        .challenge(presence::conditional)
        .is(value_syntax::decimal)
        .better(param_form::token)
        .note("in 401-KEX-S1"),
    row("nc-window", "RFC 8120, 4.3")
        .challenge(presence::conditional)
        .is(value_syntax::decimal)
        .better(param_form::token)
        .note("in 401-KEX-S1"),
    row("time", "RFC 8120, 4.3")
        .challenge(presence::conditional)
        .is(value_syntax::decimal)
        .better(param_form::token)
        .note("in 401-KEX-S1: seconds"),
    row("path", "RFC 8120, 4.3")
        .challenge(presence::optional)
        .is(value_syntax::uri_list)
        .better(param_form::quoted)
        .note("in 401-KEX-S1"),
    row("user", "RFC 8120, 4.2")
        .credentials(presence::conditional)
        .better(param_form::quoted)
        .hidden()
        .note("in req-KEX-C1, if it is ASCII"),
    row("user*", "RFC 8120, 3.1")
        .credentials(presence::conditional)
        .is(value_syntax::ext_value)
        .hidden()
        .note("in req-KEX-C1, if it is not ASCII"),
    row("kc1", "RFC 8120, 4.2")
        .credentials(presence::conditional)
        .is(value_syntax::other)
        .hidden()
        .note("in req-KEX-C1: a number in hexadecimal or base64, depending on the algorithm"),
    row("nc", "RFC 8120, 4.4")
        .credentials(presence::conditional)
        .is(value_syntax::decimal)
        .better(param_form::token)
        .note("in req-VFY-C"),
    row("vkc", "RFC 8120, 4.4")
        .credentials(presence::conditional)
        .is(value_syntax::other)
        .hidden()
        .note("in req-VFY-C: a number in hexadecimal or base64, depending on the algorithm"),
    row("vks", "RFC 8120, 4.5")
        .info(presence::required)
        .is(value_syntax::other)
        .hidden()
        .note("a number in hexadecimal or base64, depending on the algorithm"),
};
inline constexpr failure_signal mutual_failures[]{
    {401, true, "reason says why; without reason, it is the second message of the key exchange"},
    {407, true, "the same, at a proxy"},
    {403, true, "reason is authz-failed, which a 401 may have too"},
};
inline constexpr error_signal mutual_signals[]{
    {error_occasion::none, 0, "reason", "initial", {}, "RFC 8120, 4.1"},
    {error_occasion::invalid, 0, "reason", "auth-failed", {}, "RFC 8120, 4.1"},
    {error_occasion::stale_nonce, 0, "reason", "stale-session", {}, "RFC 8120, 4.1"},
    {error_occasion::more_authentication, 0, "reason", "reauth-needed", {}, "RFC 8120, 4.1"},
    {error_occasion::insufficient, 403, "reason", "authz-failed", {}, "RFC 8120, 4.1"},
};

inline constexpr scheme_description mutual = [] {
    scheme_description s;
    s.name = "Mutual";
    s.reference = "RFC 8120";
    s.registered = true;
    s.challenge = params_only;
    s.credentials = params_only;
    s.origin = usability::yes;
    s.proxy = usability::yes;
    s.realm = realm_rule::required;
    s.state = state_rule::server;
    s.rounds = 2;
    s.exposes = exposure::proof;
    s.unknown_params = unknown_rule::ignored;
    s.info_considered = "RFC 8120, 17.5";
    s.failures = mutual_failures;
    s.errors = mutual_signals;
    s.params = mutual_params;
    s.rank = 2;
    return s;
}();

}  // namespace authgrammar::schemes::table

#endif
