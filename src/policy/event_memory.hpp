#ifndef AUTHGRAMMAR_POLICY_EVENT_MEMORY_HPP
#define AUTHGRAMMAR_POLICY_EVENT_MEMORY_HPP

#include <authgrammar/event.hpp>
#include <authgrammar/limits.hpp>

#include <algorithm>
#include <cstddef>
#include <vector>

namespace authgrammar::policy {

/// Room for the events of a value: one of n bytes has at most 2n + 1; a value above the limit is not read.
[[nodiscard]] inline std::vector<event> event_memory_for(std::size_t size) {
    return std::vector<event>(2 * std::min<std::size_t>(size, default_limits.total_bytes) + 4);
}

}  // namespace authgrammar::policy

#endif
