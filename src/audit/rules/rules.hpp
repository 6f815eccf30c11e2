#ifndef AUTHGRAMMAR_AUDIT_RULES_HPP
#define AUTHGRAMMAR_AUDIT_RULES_HPP

#include <authgrammar/audit/finding.hpp>

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

}  // namespace authgrammar::audit::rules

#endif
