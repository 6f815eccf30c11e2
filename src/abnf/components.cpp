#include "components.hpp"

#include <algorithm>
#include <cstddef>
#include <limits>

namespace authgrammar::abnf {

components find_components(const std::vector<std::vector<std::uint32_t>>& edges) {
    constexpr std::uint32_t unseen = std::numeric_limits<std::uint32_t>::max();
    struct visit {
        std::uint32_t vertex;
        std::size_t next_edge;
    };
    const std::size_t n = edges.size();
    components found{std::vector<std::uint32_t>(n, 0), std::vector<bool>(n, false)};
    std::vector<std::uint32_t> order(n, unseen);
    std::vector<std::uint32_t> low(n, 0);
    std::vector<bool> open(n, false);
    std::vector<std::uint32_t> members;
    std::vector<visit> path;
    std::uint32_t clock = 0;
    std::uint32_t rank = 0;

    const auto enter = [&](std::uint32_t v) {
        order[v] = low[v] = clock++;
        open[v] = true;
        members.push_back(v);
        path.push_back({v, 0});
    };
    for (std::uint32_t root = 0; root < n; ++root) {
        if (order[root] == unseen) enter(root);
        while (!path.empty()) {
            const std::uint32_t v = path.back().vertex;
            if (path.back().next_edge < edges[v].size()) {
                const std::uint32_t w = edges[v][path.back().next_edge++];
                if (w == v) found.cyclic[v] = true;
                if (order[w] == unseen) {
                    enter(w);
                } else if (open[w]) {
                    low[v] = std::min(low[v], order[w]);
                }
                continue;
            }
            path.pop_back();
            if (!path.empty()) low[path.back().vertex] = std::min(low[path.back().vertex], low[v]);
            if (low[v] != order[v]) continue;
            const bool many = members.back() != v;
            std::uint32_t member = unseen;
            while (member != v) {
                member = members.back();
                members.pop_back();
                open[member] = false;
                found.rank[member] = rank;
                if (many) found.cyclic[member] = true;
            }
            ++rank;
        }
    }
    return found;
}

}  // namespace authgrammar::abnf
