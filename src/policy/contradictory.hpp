#ifndef AUTHGRAMMAR_POLICY_CONTRADICTORY_HPP
#define AUTHGRAMMAR_POLICY_CONTRADICTORY_HPP

#include <authgrammar/policy/facts.hpp>

namespace authgrammar::policy {

/// Whether one of all_contradictions() applies. Constant time; no allocation.
[[nodiscard]] bool are_contradictory(const facts& f) noexcept;

}  // namespace authgrammar::policy

#endif
