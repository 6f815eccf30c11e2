#ifndef AUTHGRAMMAR_ABNF_COMPONENTS_HPP
#define AUTHGRAMMAR_ABNF_COMPONENTS_HPP

#include <cstdint>
#include <vector>

namespace authgrammar::abnf {

/// The strongly connected components of a directed graph, for each vertex.
struct components {
    std::vector<std::uint32_t> rank;  ///< the component; an edge never leads to a higher one
    std::vector<bool> cyclic;         ///< true if a path leads from the vertex to itself
};

/// Tarjan's algorithm without recursion; linear. `edges[v]` are the vertices that v points to.
components find_components(const std::vector<std::vector<std::uint32_t>>& edges);

}  // namespace authgrammar::abnf

#endif
