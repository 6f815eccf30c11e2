#ifndef AUTHGRAMMAR_VERIFY_REPLAY_HPP
#define AUTHGRAMMAR_VERIFY_REPLAY_HPP

#include <authgrammar/detail/portability.hpp>
#include <authgrammar/verify/export.hpp>
#include <authgrammar/verify/nonce.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <type_traits>

// Whether a request was seen before: "if the same nc value is seen twice, then the request is a replay" (RFC 7616, 3.4).

namespace authgrammar::verify {

/// Whether a request was seen before.
enum class replay_verdict : std::uint8_t {
    first,      ///< the nonce and this nc are seen for the first time
    seen,       ///< they were seen before
    forgotten,  ///< whether they were seen is no longer known: nc is far below others, or the nonce is too old
    full        ///< there is no room for another nonce
};

/// The stable name of `v`, such as "first": a view of static storage. Constant time, no allocation.
[[nodiscard]] AUTHGRAMMAR_VERIFY_EXPORT std::string_view name_of(replay_verdict v) noexcept;

/// A reference to what remembers which nc were used with which nonce: a replay_table or replay_memory, or an object of the
/// caller's, such as one that asks a service which several servers share. It has a member
/// `replay_verdict test_and_set(const nonce_identity&, std::uint32_t nc) noexcept`, which marks `nc` of the nonce as used and tells
/// whether it was before: of several calls with the same arguments, in whatever threads, one at most has the answer `first`.
/// It is called only for nonces that nonce_maker has judged valid, in requests whose response is right; an answer other than
/// `first` means that the request is refused with stale=true.
class replay_check {
public:
    /// None: a request can be replayed as long as its nonce is valid.
    replay_check() noexcept = default;

    /// `store` must outlive this object and its copies.
    template <typename Store, std::enable_if_t<!std::is_same_v<Store, replay_check>, int> = 0>
    replay_check(Store& store AUTHGRAMMAR_LIFETIMEBOUND) noexcept  // NOLINT(google-explicit-constructor)
        : store_(&store), ask_([](void* s, const nonce_identity& nonce, std::uint32_t nc) noexcept {
              static_assert(noexcept(static_cast<Store*>(s)->test_and_set(nonce, nc)));
              return static_cast<Store*>(s)->test_and_set(nonce, nc);
          }) {}

    [[nodiscard]] replay_verdict test_and_set(const nonce_identity& nonce, std::uint32_t nc) const noexcept {
        return ask_ == nullptr ? replay_verdict::first : ask_(store_, nonce, nc);
    }

private:
    void* store_ = nullptr;
    replay_verdict (*ask_)(void*, const nonce_identity&, std::uint32_t) noexcept = nullptr;
};

/// Remembers nonces in memory of the caller's: in one process, or shared by several, since there is no pointer in it. All
/// functions may be called by any number of threads and processes at once; they take no lock, so that one that is killed
/// leaves the others as they are.
///
/// Nonces are kept by when they were made, in `generations` parts, each for a lifetime. A part is used again when the
/// nonces in it are no longer valid: no clock is asked, and nothing is ever swept. For each nonce, requests may arrive out
/// of order by up to `window` counts: `nc` smaller than the highest one by more is `forgotten`. Of a nonce 32 random bits
/// and a place by 32 others are kept: two that agree in the bits and are near each other, which a million nonces have
/// about once in a hundred tables, are taken for one, so that a request is `seen` that was not.
class AUTHGRAMMAR_VERIFY_EXPORT replay_table {
public:
    static constexpr std::size_t generations = 3;
    static constexpr std::uint32_t window = 24;

    /// The bytes of memory that a table takes which has room for `nonces` that are made within one lifetime: 72 for each, and
    /// 96. While threads add the same nonce at once, each of them holds a place for a moment: leave room for as many as
    /// there are threads. Constant time.
    [[nodiscard]] static std::size_t memory_for(std::uint32_t nonces) noexcept;

    /// Makes an empty table in `memory`, of memory_for(nonces) bytes, aligned to 8. `lifetime` is that of the nonces, by
    /// nonce_times; `nonces` is at least 1. Nothing if the memory is not aligned, or the lifetime is shorter than a second.
    /// Linear. The memory must outlive the table. If the clock of the nonces was ahead by several lifetimes and is set
    /// back, change the key of the nonces and make a new table: what was marked with nonces of the future stays, and has to
    /// as long as the key does, since they become valid when the clock is there again.
    [[nodiscard]] static std::optional<replay_table> create(void* memory, std::uint32_t nonces,
                                                            std::chrono::milliseconds lifetime) noexcept;

    /// The table that create() made in this memory, in this process or in another. Nothing if there is none, or it was made
    /// by another version of this library. Constant time.
    [[nodiscard]] static std::optional<replay_table> attach(void* memory, std::size_t size) noexcept;

    /// Constant time as long as the table has room: about two probes for each nonce, in one cache line mostly. No allocation.
    [[nodiscard]] replay_verdict test_and_set(const nonce_identity& nonce, std::uint32_t nc) noexcept;

private:
    struct header;
    struct slot;
    struct key;

    explicit replay_table(void* memory) noexcept : header_(static_cast<header*>(memory)) {}
    // The slot of the nonce, taken if it is new; or null, and in `why_not`, `full` before, what to answer.
    [[nodiscard]] slot* find(const nonce_identity& nonce, const key& k, replay_verdict& why_not) noexcept;

    header* header_;
};

/// A replay_table with memory of its own.
class AUTHGRAMMAR_VERIFY_EXPORT replay_memory {
public:
    /// Allocates replay_table::memory_for(nonces) bytes. If there is no memory, every answer is `full`.
    explicit replay_memory(std::uint32_t nonces, std::chrono::milliseconds lifetime = nonce_times{}.lifetime) noexcept;
    replay_memory(const replay_memory&) = delete;
    replay_memory& operator=(const replay_memory&) = delete;
    ~replay_memory();

    /// Whether there is memory, and replay_table::create() took `nonces` and `lifetime`: if not, every answer is `full`.
    [[nodiscard]] bool usable() const noexcept { return table_.has_value(); }

    [[nodiscard]] replay_verdict test_and_set(const nonce_identity& nonce, std::uint32_t nc) noexcept;

private:
    void* memory_;
    std::optional<replay_table> table_;
};

}  // namespace authgrammar::verify

#endif
