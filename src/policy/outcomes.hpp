#ifndef AUTHGRAMMAR_POLICY_OUTCOMES_HPP
#define AUTHGRAMMAR_POLICY_OUTCOMES_HPP

#include "decision_tree.hpp"

#include <string_view>
#include <vector>

namespace authgrammar::policy {

/// The status that goes with a verdict. Constant time; no allocation.
[[nodiscard]] int status_of(verdict v, const facts& f) noexcept;

/// The answer that goes with a verdict.
[[nodiscard]] outcome recommended(verdict v, const facts& f);

/// What must not differ between which cases with that verdict.
[[nodiscard]] std::vector<std::string_view> likenesses(verdict v, const facts& f);

/// The other answers that are permitted in place of a verdict, each with its reasons and likenesses. For a preflight,
/// `without` is the verdict that the facts would have with another method.
[[nodiscard]] std::vector<outcome> alternatives(verdict v, const facts& f, verdict without);

// What answers are made of.

[[nodiscard]] int refusal_status(refusal r) noexcept;
[[nodiscard]] outcome plain(int status, std::vector<reason> reasons);
[[nodiscard]] outcome redirect(int status, std::vector<reason> reasons);

/// Lets the answer carry the challenges of the service, if it has any.
void may_offer_too(outcome& o, const facts& f);

/// 401 or 407 with the challenges, by who answers.
[[nodiscard]] outcome challenged(const facts& f);
/// The same for every path.
[[nodiscard]] outcome challenge_for_all(const facts& f);
/// The answer of a request that is refused whatever its credentials.
[[nodiscard]] outcome refused(const facts& f);
/// 404, which hides that there is something.
[[nodiscard]] outcome hiding_404(const reason& why);
[[nodiscard]] outcome login(login_policy p);
[[nodiscard]] outcome open_to_all(const facts& f);

}  // namespace authgrammar::policy

#endif
