#ifndef AUTHGRAMMAR_POLICY_CHALLENGE_FIELD_HPP
#define AUTHGRAMMAR_POLICY_CHALLENGE_FIELD_HPP

#include <authgrammar/challenge.hpp>
#include <authgrammar/field.hpp>
#include <authgrammar/policy/decision.hpp>
#include <authgrammar/policy/export.hpp>
#include <authgrammar/writer.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace authgrammar::policy {

/// A field with challenges, as it is sent.
struct challenge_field {
    field name = field::www_authenticate;
    std::string value;  ///< in the language of rfc9110-sender
};

/// What a challenge of a scheme says of the credentials that came. The views are of static storage.
struct scheme_error {
    std::string_view param;    ///< "error", "stale"
    std::string_view value;    ///< "invalid_token", "true"
    std::string_view with;     ///< what else has to be sent, as a phrase: "a new nonce in the field DPoP-Nonce"
    std::string_view section;  ///< "RFC 6750, 3.1"
};

/// What the challenge of the scheme says with this outcome of credentials of the same scheme (RFC 6750, 3.1; RFC 9470, 3;
/// RFC 9449, 9; RFC 7616, 3.3; and so on, as the table of schemes has it). Nothing if there is nothing to say, if the
/// scheme has no word for it, or has one for another status only. Linear in the table; no allocation.
[[nodiscard]] AUTHGRAMMAR_POLICY_EXPORT std::optional<scheme_error> error_to_send(const outcome& o,
                                                                                  std::string_view scheme) noexcept;

/// The field that goes with an outcome, where it must or may carry one, with the challenges that the service offers
/// for the target, in their order: the next round first if one is due, and what is well supported before what is not
/// (RFC 7235, 2.1). Parameters are quoted or bare as their scheme wants them (schemes::standard_quoting()); those of which
/// it says nothing, as they are offered. Nothing if the outcome sends no challenge, if none is offered, or if one has a
/// parameter twice.
///
/// What the challenges say of credentials is brought in line with the outcome: a parameter of theirs that says what does
/// not hold here is left out, and the one of error_to_send() is added to those of scheme `used`, the scheme of the
/// credentials that came. Without `used` it is added if all that is offered is of one scheme. An error that the table of
/// schemes does not know stays as it is, if credentials came.
///
/// For a 401 or 407, nothing means that the answer cannot be given: a service without a challenge has
/// authentication_kind::form, and is never told to send one. Linear; allocates.
[[nodiscard]] AUTHGRAMMAR_POLICY_EXPORT std::optional<challenge_field> challenges_to_send(const outcome& o,
                                                                                          const challenges& offered,
                                                                                          std::string_view used = {});

/// The same for challenges that are not written yet. A parameter of
/// param_form::automatic is written as write_challenges() writes it. Nothing, too, for a null array of parameters.
[[nodiscard]] AUTHGRAMMAR_POLICY_EXPORT std::optional<challenge_field> challenges_to_send(const outcome& o,
                                                                                          const challenge_spec* offered,
                                                                                          std::size_t count,
                                                                                          std::string_view used = {});
/// The same for those in a std::vector, std::array or span.
template <typename List, detail::if_list_of<List, challenge_spec> = 0>
[[nodiscard]] std::optional<challenge_field> challenges_to_send(const outcome& o, const List& offered,
                                                                std::string_view used = {}) {
    return challenges_to_send(o, offered.data(), offered.size(), used);
}

}  // namespace authgrammar::policy

#endif
