#include "selection.hpp"

#include "challenge.hpp"
#include "text.hpp"

#include <algorithm>
#include <string>

namespace authgrammar::fuzz {

std::vector<understood> expect_choice(const challenges& offered, policy::scheme_order order, bool secured,
                                      bool& unsafe) {
    std::vector<understood> list;
    std::size_t index = 0;
    for (const challenge& c : offered) {
        std::vector<std::string> algorithms;
        for (const auth_param& p : c.params()) {
            if (lower(octets_of(p.name)) == "algorithm") algorithms.push_back(lower(octets_of(p.value)));
        }
        for (std::size_t rank = 0; rank < order.count; ++rank) {
            const policy::supported_scheme& s = order.first[rank];
            if (lower(octets_of(c.scheme())) != lower(s.name)) continue;
            const bool fits = s.algorithm.empty() || (algorithms.empty() && s.algorithm_if_none) ||
                              (algorithms.size() == 1 && algorithms.front() == lower(s.algorithm));
            if (!fits) continue;
            if (s.needs_secured && !secured) {
                unsafe = true;
            } else {
                list.push_back({rank, index});
            }
        }
        ++index;
    }
    std::sort(list.begin(), list.end(), [](const understood& a, const understood& b) {
        return a.rank != b.rank ? a.rank < b.rank : a.index < b.index;
    });
    return list;
}

}  // namespace authgrammar::fuzz
