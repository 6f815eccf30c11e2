#ifndef AUTHGRAMMAR_FUZZ_POLICY_HPP
#define AUTHGRAMMAR_FUZZ_POLICY_HPP

#include <authgrammar/policy/hop.hpp>
#include <authgrammar/policy/shared_cache.hpp>
#include <authgrammar/policy/target_uri.hpp>

#include <optional>
#include <string_view>
#include <vector>

// The checks of fuzz_policy that keep no state. Each aborts if the library and the model differ.
namespace authgrammar::fuzz {

/// decide() for the facts in the order of all_facts(), a digit each.
void check_decision(std::string_view digits);

/// That a target is in the normal form of RFC 3986, 6.2.2 and RFC 9110, 4.2.3.
void check_target(const policy::target_uri& t);

/// resolve() (RFC 3986, 5.2) for references whose meaning is plain: empty, absolute paths and absolute URIs.
void check_reference(const policy::target_uri& base, std::string_view reference,
                     const std::optional<policy::target_uri>& resolved);

/// effective_request_uri() (RFC 9112, 3.3) of "METHOD TARGET HOST", on plain and on secured connections.
void check_request(std::string_view request);

/// compare_hop(), and that the order of lines of different fields does not matter. Returns the findings.
std::vector<policy::hop_finding> check_hop(const policy::hop_message& received, const policy::hop_message& sent,
                                           policy::intermediary between);

/// shared_cache_reuse() for the lines of Cache-Control, and that their order does not matter. Returns the answer.
policy::shared_reuse_answer check_reuse(bool request_has_authorization, std::vector<std::string_view> cache_control);

}  // namespace authgrammar::fuzz

#endif
