#ifndef AUTHGRAMMAR_ABNF_ROLES_HPP
#define AUTHGRAMMAR_ABNF_ROLES_HPP

#include <cstdint>
#include <optional>
#include <string_view>

#include "authgrammar/abnf/events.hpp"

namespace authgrammar::abnf {

/// The role that a mention of a rule gives to the bytes below it; none if they keep the caller's. This is the
/// one place that knows what the rules of the RFCs mean:
///   auth-scheme and token68 wherever they are mentioned (RFC 9110, Sections 11.1 and 11.2);
///   in auth-param, the first token is the name, any other token and a quoted-string the value;
///   in quoted-string, DQUOTE delimits.
/// Names are compared without regard to case.
std::optional<role> role_of_mention(std::string_view rule, std::string_view caller, std::uint32_t ordinal);

}  // namespace authgrammar::abnf

#endif
