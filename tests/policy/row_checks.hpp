#ifndef AUTHGRAMMAR_TESTS_POLICY_ROW_CHECKS_HPP
#define AUTHGRAMMAR_TESTS_POLICY_ROW_CHECKS_HPP

#include "decision_rows.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

// What the checks of the rows are made of.

namespace authgrammar::policy::testing {

using faults = std::vector<std::string>;

inline const outcome* decided(const decision_tree& tree, const facts& f, decision& kept, faults& found) {
    kept = decide_by(tree, f);
    if (kept) return &kept.recommended;
    found.push_back("contradictory: " + describe(f));
    return nullptr;
}

inline bool cites(const outcome& o, std::string_view id) {
    return std::any_of(o.reasons.begin(), o.reasons.end(), [&](const reason& r) { return r.requirement == id; });
}

inline void expect(bool condition, const facts& f, std::string_view what, faults& found) {
    if (!condition) found.push_back(std::string(what) + ": " + describe(f));
}

/// Calls `use` with the cases that meet `condition`, until a fault is found.
template <typename Condition, typename Use>
void for_each(const std::vector<facts>& cases, const faults& found, Condition condition, Use use) {
    for (const facts& f : cases) {
        if (!found.empty()) return;
        if (condition(f)) use(f);
    }
}

inline bool is_proxy(const facts& f) { return f.hop == hop_role::proxy || f.method == request_method::connect; }
inline bool asks_ahead(const facts& f) { return f.method == request_method::preflight && !is_proxy(f); }

/// Rows of requests that are not decided like any other: methods, other reasons to refuse, caches.
const std::vector<row>& rows_of_facts();

}  // namespace authgrammar::policy::testing

#endif
