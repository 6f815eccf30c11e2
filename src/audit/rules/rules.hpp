#ifndef AUTHGRAMMAR_AUDIT_RULES_HPP
#define AUTHGRAMMAR_AUDIT_RULES_HPP

#include <authgrammar/audit/finding.hpp>

#include "rules/subject.hpp"

namespace authgrammar::audit {

/// judge() as if the facts `granted` were there too: with all of them every rule is asked, and what is found is the same.
[[nodiscard]] std::vector<finding> judge_with(const message& m, const std::vector<field_reading>& fields,
                                              const circumstances& around, fact_set granted);

}  // namespace authgrammar::audit

namespace authgrammar::audit::rules {

// Values and their grammar.
const finding_rule& syntax();
const finding_rule& empty_list_elements();
const finding_rule& element_spans_lines();

// Values that the grammar accepts and that say something else than was meant, or are badly written.
const finding_rule& scheme_missing();
const finding_rule& misread_value();
const finding_rule& apostrophes_as_quotes();
const finding_rule& space_around_equals();

// Status codes and the fields that they want.
const finding_rule& unchallenged_401();
const finding_rule& unchallenged_407();
const finding_rule& no_challenge();

// What needs two messages, a URL or the caller's facts.
const finding_rule& login_page_as_401();
const finding_rule& form_login_401();
const finding_rule& credentials_unsecured();
const finding_rule& challenge_repeated();
const finding_rule& refused_credentials_again();
const finding_rule& credentials_after_redirect();
const finding_rule& several_realms();
const finding_rule& uri_not_read();

// Parameters.
const finding_rule& param_repeated();
const finding_rule& realm_as_token();
const finding_rule& unknown_scheme_first();

// Field lines.
const finding_rule& several_credentials();
const finding_rule& broken_into_lines();
const finding_rule& obs_fold();
const finding_rule& space_before_colon();
const finding_rule& unreadable_line();
const finding_rule& nothing_to_read();

// What an input is, and where its messages begin and end.
const finding_rule& foreign_input();
const finding_rule& unclear_framing();
const finding_rule& head_ended_early();
const finding_rule& field_in_trailers();

// Who is asked, a proxy or a server.
const finding_rule& connect_401();
const finding_rule& status_407_from_server();
const finding_rule& proxy_credentials_in_tunnel();
const finding_rule& field_in_wrong_direction();

// What a server asks for, beside what the request had and how it came.
const finding_rule& scheme_not_offered();
const finding_rule& challenge_unsecured();
const finding_rule& forbidden_without_credentials();
const finding_rule& preflight_401();

// Schemes that authenticate connections.
const finding_rule& connection_scheme_closed();
const finding_rule& connection_scheme_multiplexed();

// What the table of schemes does not allow, of any scheme.
const finding_rule& token68_for_parameters();
const finding_rule& parameters_for_token68();
const finding_rule& param_missing();
const finding_rule& param_value_invalid();
const finding_rule& unknown_charset();
const finding_rule& param_not_quoted();
const finding_rule& param_quoted();
const finding_rule& param_undefined();
const finding_rule& param_misspelt();

// Which schemes are used, and where.
const finding_rule& unregistered_scheme();
const finding_rule& misspelt_scheme();
const finding_rule& registry_note();
const finding_rule& challenge_twice();
const finding_rule& misplaced_scheme();
const finding_rule& weaker_scheme_chosen();

// Digest: challenges, and what is missing.
const finding_rule& digest_incomplete();
const finding_rule& digest_without_qop();
const finding_rule& digest_unknown_algorithm();
const finding_rule& digest_md5_only();
const finding_rule& digest_domain_elsewhere();
const finding_rule& digest_domain_malformed();
const finding_rule& digest_md5_first();
const finding_rule& digest_nonce_repeated();
const finding_rule& digest_stale_missing();

// Digest: credentials, and the answer to them.
const finding_rule& digest_nc_malformed();
const finding_rule& digest_hash_malformed();
const finding_rule& digest_two_usernames();
const finding_rule& digest_uri_mismatch();
const finding_rule& digest_unlike_challenge();
const finding_rule& digest_nc_reused();
const finding_rule& digest_never_accepted();
const finding_rule& digest_info_incomplete();
const finding_rule& digest_info_unlike_request();

// Basic.
const finding_rule& basic_without_realm();
const finding_rule& basic_not_base64();
const finding_rule& basic_without_colon();
const finding_rule& basic_control();
const finding_rule& basic_charset();

// Bearer and DPoP.
const finding_rule& bearer_without_parameters();
const finding_rule& error_status();
const finding_rule& error_without_credentials();
const finding_rule& refusal_without_error();
const finding_rule& unknown_error();
const finding_rule& metadata_insecure();
const finding_rule& dpop_refused_as_bearer();
const finding_rule& proof_missing();

// Negotiate and NTLM.
const finding_rule& handshake_token();
const finding_rule& ntlm_in_negotiate();
const finding_rule& handshake_leg();

// Characters that programs read differently.
const finding_rule& non_ascii_value();
const finding_rule& needless_backslash();
const finding_rule& bare_cr();

// What does not belong in a URI.
const finding_rule& credentials_in_uri();
const finding_rule& token_in_uri();
const finding_rule& uri_token_cacheable();

// What a response does with credentials.
const finding_rule& server_error_to_credentials();
const finding_rule& shared_cache();
const finding_rule& challenge_after_success();
const finding_rule& info_without_success();
const finding_rule& proxy_credentials_left_out();

// Scripts of other sites.
const finding_rule& cors_wildcard();
const finding_rule& preflight_without_authorization();

}  // namespace authgrammar::audit::rules

#endif
