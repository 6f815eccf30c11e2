#ifndef AUTHGRAMMAR_FUZZ_ORACLE_HPP
#define AUTHGRAMMAR_FUZZ_ORACLE_HPP

#include <string_view>

namespace authgrammar::fuzz {

/// Says on stderr which clause of which target's oracle is broken, and aborts. libFuzzer ignores what a target
/// returns, so that nothing less than this is a finding.
[[noreturn]] void refute(const char* clause) noexcept;

/// A clause of an oracle: what must hold of every input. `clause` is a string literal; fuzz/liveness.tsv has a
/// planted bug for each of them, and `scripts/fuzz liveness` compares the two lists.
inline void require(const char* clause, bool holds) noexcept {
    if (!holds) refute(clause);
}

#ifdef AUTHGRAMMAR_FUZZ_PLANTED_BUGS
/// Whether the environment asks for the bug of that name (AUTHGRAMMAR_PLANTED_BUG), in builds that have them at all.
[[nodiscard]] bool planted(std::string_view bug) noexcept;
#else
/// Builds that are used have no planted bugs.
[[nodiscard]] constexpr bool planted(std::string_view) noexcept { return false; }
#endif

}  // namespace authgrammar::fuzz

#endif
