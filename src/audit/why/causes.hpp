#ifndef AUTHGRAMMAR_AUDIT_WHY_CAUSES_HPP
#define AUTHGRAMMAR_AUDIT_WHY_CAUSES_HPP

#include <authgrammar/audit/why.hpp>

#include <cstdint>

namespace authgrammar::audit {

/// The causes, in the order of their table: of equally certain reasons the one whose cause comes first is the more
/// telling.
enum class cause_id : std::uint8_t {
    // Of any scheme.
    several_credentials,
    quote_in_challenge,
    malformed_credentials,
    placeholder,
    empty_credentials,
    other_hop,
    scheme_not_offered,
    wrong_form,
    // Of a handshake.
    connection_closed,
    handshake_over_http2,
    handshake_restarted,
    clock_skew,
    wrong_service,
    no_ticket,
    handshake_through_proxy,
    handshake_unfinished,
    // Of Digest: members, then hashes.
    member_missing,
    member_malformed,
    challenge_unreadable,
    other_realm,
    other_algorithm,
    qop_not_offered,
    qop_missing,
    nc_out_of_order,
    other_uri,
    stale_at_once,
    stale_nonce,
    other_opaque,
    other_nonce,
    userhash,
    escapes_hashed,
    wrong_hash,
    other_session,
    other_method,
    // Of Bearer.
    token_truncated,
    token_expired,
    token_not_yet_valid,
    insufficient_scope,
    step_up,
    wrong_audience,
    invalid_request,
    dpop_nonce_needed,
    dpop_proof_refused,
    // Of user and password.
    not_base64,
    no_colon,
    encoded_twice,
    control_character,
    other_charset,
    wrong_user,
    altered_password,
    wrong_password,
    // What is left.
    token_refused,
    ticket_refused,
    quoted_member,
    escapes_in_realm,
    preflight,
    other_status,
    no_challenge,
    dropped_at_redirect,
    no_credentials,
    refused_by_server
};

/// The cause of that number.
[[nodiscard]] const refusal_cause& cause_of(cause_id id);

}  // namespace authgrammar::audit

#endif
