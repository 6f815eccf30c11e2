#ifndef AUTHGRAMMAR_FUZZ_NAIVE_SELECTION_HPP
#define AUTHGRAMMAR_FUZZ_NAIVE_SELECTION_HPP

#include <authgrammar/policy/selection.hpp>

#include <cstddef>
#include <vector>

namespace authgrammar::fuzz {

/// A challenge that is understood: its index in the order of schemes, and among the challenges.
struct understood {
    std::size_t rank = 0;
    std::size_t index = 0;
};

/// All of them, sorted by both. Sets `unsafe` if any is left out because the connection is not secured.
[[nodiscard]] std::vector<understood> expect_choice(const challenges& offered, policy::scheme_order order, bool secured,
                                                    bool& unsafe);

}  // namespace authgrammar::fuzz

#endif
