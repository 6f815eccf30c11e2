#ifndef AUTHGRAMMAR_BENCH_PEERS_HPP
#define AUTHGRAMMAR_BENCH_PEERS_HPP

#include "check.hpp"
#include "path.hpp"
#include "peer.h"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace authgrammar::bench {

/// What a peer makes of an item, found out before anything of it is measured.
struct peer_finding {
    /// That of the item, if the peer has the verdict of the grammar for each value and reports all spans of its
    /// scope: only then a ratio means something. Else "refused" (of an item that is valid), "lenient" (accepts
    /// what the grammar does not), "partial" (values refused, or spans missing or too many), "hang", "crash", or
    /// "none" if there is no call for that field.
    std::string verdict = "none";
    bool comparable = false;
    double spans = 0;           ///< reported for each value that it accepts, on average
    double expected_spans = 0;  ///< those of its scope
    double ns = 0;              ///< for each value, roughly
};

/// A peer as a column.
class peer_path final : public path {
public:
    explicit peer_path(const authgrammar_bench_peer& peer) : path(std::string("peer/") + peer.name), peer_(&peer) {}
    ~peer_path() override;

    [[nodiscard]] const authgrammar_bench_peer& peer() const noexcept { return *peer_; }

    void prepare(const item& of) override;
    std::uint64_t run(const item& of, std::size_t first, std::size_t last) override;
    outcome read(const item& of, std::size_t index) override;

    /// Reads all values in a child process that is ended after `seconds`.
    [[nodiscard]] peer_finding probe(const item& of, const item_truth& truth, unsigned seconds);

    /// The time for a value of each item in ns, in a child process each. None if one of them cannot be read.
    [[nodiscard]] std::optional<std::vector<double>> probe_times(const std::vector<const item*>& items,
                                                                 unsigned seconds);

private:
    const authgrammar_bench_peer* peer_;
    std::map<const item*, std::vector<void*>> prepared_;
    const std::vector<void*>* current_ = nullptr;
};

/// The peers whose modules stand in `directory`, in the order of their names. They stay loaded.
std::vector<std::unique_ptr<peer_path>> load_peers(const std::string& directory);

}  // namespace authgrammar::bench

#endif
