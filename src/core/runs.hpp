#ifndef AUTHGRAMMAR_CORE_RUNS_HPP
#define AUTHGRAMMAR_CORE_RUNS_HPP

#include <authgrammar/detail/step_tables.hpp>

#include "bulk/kernels.hpp"

#include <cstddef>
#include <string_view>

namespace authgrammar::detail {

/// How many of the bytes of `s` from `from` on are in the set, up to the first that is not.
[[nodiscard]] inline std::size_t count_run(run_set set, std::string_view s, std::size_t from = 0) noexcept {
    // Names and many values are short: for those a call through a pointer costs more than a look at each byte.
    constexpr std::size_t few = 16;
    const std::size_t n = s.size() - from;
    const char* const p = s.data() + from;
    if (n >= few) return active_kernels->run_length[set](p, n);
    std::size_t i = 0;
    while (i < n && (sets.of[static_cast<unsigned char>(p[i])] & 1u << set) != 0) ++i;
    return i;
}

}  // namespace authgrammar::detail

#endif
