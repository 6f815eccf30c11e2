#ifndef AUTHGRAMMAR_FUZZ_NAIVE_DECISION_HPP
#define AUTHGRAMMAR_FUZZ_NAIVE_DECISION_HPP

#include <authgrammar/policy/decision.hpp>

#include <vector>

namespace authgrammar::fuzz {

/// The decision by docs/decisions.md and RFC 9110, 11 and 15.5, as plain conditions without a tree.
struct expected_decision {
    bool possible = true;               ///< the facts can be true together
    policy::outcome recommended;        ///< without reasons
    std::vector<policy::outcome> also;  ///< in any order, without reasons
    bool alike_targets = false;         ///< must not differ between absent and hidden targets
    bool alike_paths = false;           ///< must not differ between paths of the part that is refused
    bool alike_causes = false;          ///< must not differ between causes of invalid credentials
    policy::facts of{policy::resource_state{}, policy::credentials_state{}};

    /// Whether the other answer hides something, and so has to say what must be alike.
    [[nodiscard]] bool hides(const policy::outcome& other) const;
};
[[nodiscard]] expected_decision expect_decision(const policy::facts& f);

}  // namespace authgrammar::fuzz

#endif
