#ifndef AUTHGRAMMAR_POLICY_HOP_RULES_HPP
#define AUTHGRAMMAR_POLICY_HOP_RULES_HPP

#include <authgrammar/policy/hop.hpp>

#include <string_view>
#include <vector>

namespace authgrammar::policy {

/// The values of a field, in order, trimmed.
[[nodiscard]] std::vector<std::string_view> values_of(const hop_message& m, std::string_view name);

/// The list elements of all values. For a comparison only: a challenge with parameters is several pieces here.
[[nodiscard]] std::vector<std::string_view> pieces_of(const std::vector<std::string_view>& values);

/// Whether Connection names the field, so that whoever forwards the message removes it (RFC 9110, 7.6.1).
[[nodiscard]] bool is_connection_option(const hop_message& m, std::string_view name);

/// Of a finding about a field: forbids what Connection rules out, if it was not forbidden anyway. That is to keep a field
/// that the received message names there, and to name one there that is for all recipients.
void judge_connection_options(hop_finding& found, const hop_message& received, const hop_message& sent);

/// What a gateway may do with a field that belongs in a message of this kind.
[[nodiscard]] hop_finding gateway_finding(field f, field_change change, const hop_message& received,
                                          const hop_message& sent);

/// What there is to say of a field that comes through the tunnel that a 2xx to CONNECT opened.
[[nodiscard]] hop_finding tunnelled_finding(field f, field_change change);

/// What is wrong with a response that comes through it.
void judge_tunnelled_response(const hop_message& received, std::vector<hop_finding>& list);

/// Authorization on CONNECT, forwarded as it was received.
[[nodiscard]] hop_finding authorization_on_connect();

/// Whether the response to CONNECT asks for credentials in the wrong way; then it says in which.
[[nodiscard]] bool judge_connect_response(const hop_message& sent, std::vector<hop_finding>& list);

/// What is wrong with the response of a gateway as a whole.
void judge_gateway_response(const hop_message& sent, std::vector<hop_finding>& list);

}  // namespace authgrammar::policy

#endif
