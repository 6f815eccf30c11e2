#ifndef AUTHGRAMMAR_C_AUTH_GUARD_OBJECT_HPP
#define AUTHGRAMMAR_C_AUTH_GUARD_OBJECT_HPP

#include <authgrammar_guard.h>

#include <authgrammar/conversation/guard.hpp>
#include <authgrammar/verify/replay.hpp>

#include <cstdint>
#include <optional>

namespace authgrammar::c {

/// A host's memory of replays.
struct host_replays {
    authgrammar_replay_verdict (*ask)(void*, std::uint64_t, std::uint64_t, std::uint32_t) = nullptr;
    void* context = nullptr;
    [[nodiscard]] verify::replay_verdict test_and_set(const verify::nonce_identity& nonce,
                                                      std::uint32_t nc) const noexcept {
        const int verdict = ask(context, nonce.made, nonce.random, nc);
        // What is no answer admits nobody.
        return verdict >= AUTHGRAMMAR_REPLAY_FIRST && verdict <= AUTHGRAMMAR_REPLAY_FULL
                   ? static_cast<verify::replay_verdict>(verdict)
                   : verify::replay_verdict::full;
    }
};

}  // namespace authgrammar::c

/// The guard, and what it refers to.
struct authgrammar_guard {
    authgrammar::c::host_replays host_replays;
    std::optional<authgrammar::verify::replay_table> shared_replays;
    std::int64_t (*now)(void*) = nullptr;
    void* now_context = nullptr;
    std::optional<authgrammar::conversation::guard> guard;
};

#endif
