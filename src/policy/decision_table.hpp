#ifndef AUTHGRAMMAR_POLICY_DECISION_TABLE_HPP
#define AUTHGRAMMAR_POLICY_DECISION_TABLE_HPP

#include <authgrammar/policy/decision.hpp>
#include <authgrammar/policy/export.hpp>
#include <authgrammar/policy/facts.hpp>

#include <array>
#include <cstdint>
#include <vector>

namespace authgrammar::policy {

inline constexpr std::size_t fact_count = 12;

/// A row of the decision table: the facts that meet it all have the same answer by the same rules.
struct table_row {
    /// For each fact, in the order of all_facts(), the values that meet the row: bit i for value i.
    std::array<std::uint8_t, fact_count> values{};
    facts example{resource_state{}, credentials_state{}};  ///< facts that meet the row; decide(example) is its answer

    /// Whether `f` meets the row. Constant time.
    [[nodiscard]] AUTHGRAMMAR_POLICY_EXPORT bool met_by(const facts& f) const noexcept;

    /// Whether all values of fact number `i` meet the row.
    [[nodiscard]] AUTHGRAMMAR_POLICY_EXPORT bool any(std::size_t i) const noexcept;
};

/// The whole of decide() as a table: all combinations of facts that are not contradictory meet exactly one row, the
/// others meet none. Answers differ if their status, the fields that go with it or their rules do. Made by calling decide()
/// for every combination of facts that count, which takes a while (tens of thousands of calls).
[[nodiscard]] AUTHGRAMMAR_POLICY_EXPORT std::vector<table_row> decision_table();

}  // namespace authgrammar::policy

#endif
