#ifndef AUTHGRAMMAR_POLICY_CHALLENGE_FIELD_HPP
#define AUTHGRAMMAR_POLICY_CHALLENGE_FIELD_HPP

#include <authgrammar/challenge.hpp>
#include <authgrammar/field.hpp>
#include <authgrammar/policy/decision.hpp>
#include <authgrammar/policy/export.hpp>

#include <optional>
#include <string>

namespace authgrammar::policy {

/// A field with challenges, as it is sent.
struct challenge_field {
    field name = field::www_authenticate;
    std::string value;  ///< in the language of rfc9110-sender
};

/// The field that goes with an outcome, where it must or may carry one, with the challenges that the service offers
/// for the target, in their order: the next round first if one is due, and what is well supported before what is not
/// (RFC 7235, 2.1). Parameters are quoted or bare as their scheme wants them (schemes::standard_quoting()); those of which
/// it says nothing, as they are offered. Nothing if the outcome sends no challenge, if none is offered, or if one has a
/// parameter twice.
///
/// For a 401 or 407, nothing means that the answer cannot be given: a service without a challenge has
/// authentication_kind::form, and is never told to send one. Linear; allocates.
[[nodiscard]] AUTHGRAMMAR_POLICY_EXPORT std::optional<challenge_field> challenges_to_send(const outcome& o,
                                                                                          const challenges& offered);

}  // namespace authgrammar::policy

#endif
