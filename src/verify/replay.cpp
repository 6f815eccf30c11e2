#include <authgrammar/verify/replay.hpp>

#include <algorithm>
#include <atomic>
#include <new>
#include <thread>

namespace authgrammar::verify {

// Why one atomic test-and-set needs no lock. A part of the table belongs to one generation of nonces at a time, and in it
// a slot that is taken stays taken: all who look for a nonce pass the same slots in the same order, and find it or the
// same first free one. Whether a slot is free is the same for all of them too, since it depends on the generation of the
// nonce and not on what time it is for whom. The counts of a slot carry a mark of its generation: what a slot's last nonce
// left behind is none of the next one's. The mark has eight bits, and so is the same again every 768 generations. Whoever
// takes a slot with such counts first writes `unfinished` as its nonce, then clears the counts: that is for one thread to
// do, and the others wait for it, though not for ever.

using word = std::atomic<std::uint64_t>;
static_assert(word::is_always_lock_free && sizeof(word) == 8, "atomics that other processes share have no lock");

/// A nonce: the number of its generation, from 1, above 32 of its random bits, of which one is set. 0 in a slot that was
/// never used.
struct replay_table::slot {
    word nonce;
    word counts;  ///< the highest nc (32 bits), which of the 24 before it were used, and the generation (8 bits)
};

struct replay_table::header {
    word magic;                            // written last, when all else is there
    std::uint64_t lifetime;                // milliseconds of a generation
    std::uint64_t nonces;                  // the most in a generation
    std::uint64_t slots;                   // of a generation
    word used[replay_table::generations];  // the generation (32 bits), and how many slots it has taken
    std::uint64_t reserved[12 - 4 - generations];
};

namespace {

constexpr std::uint64_t magic = 0x3230'7961'6c70'6572;  // "replay02"
constexpr std::uint32_t history_bits = replay_table::window;

[[nodiscard]] constexpr std::uint64_t slots_for(std::uint32_t nonces) noexcept {
    return nonces + (std::uint64_t{nonces} + 1) / 2;  // two thirds are taken at most
}

[[nodiscard]] constexpr std::uint64_t high(std::uint64_t w) noexcept { return w >> 32; }

/// In the counts of a slot.
[[nodiscard]] constexpr std::uint64_t tag_of(std::uint64_t generation) noexcept { return generation & 0xff; }

/// In a slot that is taken, but whose counts are not cleared yet: a generation without random bits.
[[nodiscard]] constexpr std::uint64_t unfinished(std::uint64_t generation) noexcept { return generation << 32; }

/// What `nonce` is when it is not unfinished any more, or after some milliseconds: then whoever was to finish it is gone.
[[nodiscard]] std::uint64_t wait_until_finished(const word& nonce) noexcept {
    std::uint64_t there = nonce.load();
    for (int i = 0; i != 10'000 && there == unfinished(high(there)); ++i) {
        std::this_thread::yield();
        there = nonce.load();
    }
    return there;
}

/// Takes a slot for the nonce `value` from the one of an older generation that is `there`. False, with what is there now,
/// if another one was first.
[[nodiscard]] bool take(word& nonce, word& counts, std::uint64_t& there, std::uint64_t value) noexcept {
    std::uint64_t left_behind = counts.load();
    if ((left_behind & 0xff) != tag_of(high(value))) return nonce.compare_exchange_strong(there, value);
    if (!nonce.compare_exchange_strong(there, unfinished(high(value)))) return false;
    counts.compare_exchange_strong(left_behind, 0);
    there = unfinished(high(value));
    return nonce.compare_exchange_strong(there, value);
}

/// `counts` with `nc` marked as used; nothing if it was, or lies before what is known.
struct marked {
    std::uint64_t counts;
    replay_verdict verdict;
};
[[nodiscard]] marked mark(std::uint64_t counts, std::uint64_t generation, std::uint32_t nc) noexcept {
    constexpr std::uint64_t history_mask = (std::uint64_t{1} << history_bits) - 1;
    const std::uint64_t tag = tag_of(generation);
    if ((counts & 0xff) != tag) counts = 0;  // of another nonce, or of none
    const auto highest = static_cast<std::uint32_t>(high(counts));
    std::uint64_t history = counts >> 8 & history_mask;
    const auto joined = [tag](std::uint64_t top, std::uint64_t before) {
        return top << 32 | (before & history_mask) << 8 | tag;
    };
    if (nc > highest) {
        const std::uint32_t step = nc - highest;
        history = step > history_bits ? 0 : (history << step | std::uint64_t{highest != 0} << (step - 1));
        return {joined(nc, history), replay_verdict::first};
    }
    const std::uint32_t back = highest - nc;
    if (back == 0) return {counts, replay_verdict::seen};
    if (back > history_bits) return {counts, replay_verdict::forgotten};
    const std::uint64_t bit = std::uint64_t{1} << (back - 1);
    if ((history & bit) != 0) return {counts, replay_verdict::seen};
    return {joined(highest, history | bit), replay_verdict::first};
}

/// Counts a place in `used` for a nonce of `generation`, before it is taken, so that there are never more nonces than
/// there is room for. `first` if there was one.
[[nodiscard]] replay_verdict count_place(word& used, std::uint64_t generation, std::uint64_t most) noexcept {
    std::uint64_t count = used.load();
    std::uint64_t taken = 0;
    do {
        if (high(count) > generation) return replay_verdict::forgotten;
        taken = high(count) < generation ? 0 : count & UINT32_MAX;
        if (taken == most) return replay_verdict::full;
    } while (!used.compare_exchange_weak(count, generation << 32 | (taken + 1)));
    return replay_verdict::first;
}

/// Gives back a place that was counted and not taken.
void give_back(word& used, std::uint64_t generation) noexcept {
    std::uint64_t count = used.load();
    while (high(count) == generation && !used.compare_exchange_weak(count, count - 1)) {
    }
}

}  // namespace

std::size_t replay_table::memory_for(std::uint32_t nonces) noexcept {
    return sizeof(header) + generations * static_cast<std::size_t>(slots_for(nonces)) * sizeof(slot);
}

std::optional<replay_table> replay_table::create(void* memory, std::uint32_t nonces,
                                                 std::chrono::milliseconds lifetime) noexcept {
    static_assert(sizeof(header) == 96 && sizeof(slot) == 16);
    if (reinterpret_cast<std::uintptr_t>(memory) % alignof(word) != 0 || nonces == 0 ||
        lifetime < std::chrono::seconds(1)) {
        return {};
    }
    auto* h = new (memory) header{};
    h->lifetime = static_cast<std::uint64_t>(lifetime.count());
    h->nonces = nonces;
    h->slots = slots_for(nonces);
    auto* slots = reinterpret_cast<unsigned char*>(memory) + sizeof(header);
    for (std::uint64_t i = 0; i != generations * h->slots; ++i) new (slots + i * sizeof(slot)) slot{};
    h->magic.store(magic);
    return replay_table(memory);
}

std::optional<replay_table> replay_table::attach(void* memory, std::size_t size) noexcept {
    if (reinterpret_cast<std::uintptr_t>(memory) % alignof(word) != 0 || size < sizeof(header)) return {};
    const auto* h = static_cast<const header*>(memory);
    if (h->magic.load() != magic || h->nonces == 0 || h->nonces > UINT32_MAX || h->lifetime == 0) return {};
    const auto nonces = static_cast<std::uint32_t>(h->nonces);
    if (h->slots != slots_for(nonces) || size < memory_for(nonces)) return {};
    return replay_table(memory);
}

struct replay_table::key {
    std::uint64_t generation;
    std::uint64_t value;  ///< as in a slot

    key(const nonce_identity& nonce, std::uint64_t lifetime) noexcept
        : generation(nonce.made / lifetime + 1),
          value(generation << 32 | std::max<std::uint64_t>(nonce.random & UINT32_MAX, 1)) {}
};

replay_table::slot* replay_table::find(const nonce_identity& nonce, const key& k, replay_verdict& why_not) noexcept {
    header& h = *header_;
    const std::uint64_t part = k.generation % generations;
    auto* slots = reinterpret_cast<slot*>(reinterpret_cast<unsigned char*>(&h) + sizeof(header)) + part * h.slots;
    bool counted = false;

    std::uint64_t at = (high(nonce.random) >> 1) * h.slots >> 31;
    for (std::uint64_t probes = 0; probes != h.slots; ++probes, at = at + 1 == h.slots ? 0 : at + 1) {
        std::uint64_t there = slots[at].nonce.load();
        while (high(there) < k.generation) {
            if (!counted) {
                const replay_verdict place = count_place(h.used[part], k.generation, h.nonces);
                if (place != replay_verdict::first) {
                    why_not = place;
                    return nullptr;
                }
                counted = true;
            }
            if (take(slots[at].nonce, slots[at].counts, there, k.value)) return &slots[at];
        }
        if (there == unfinished(k.generation)) there = wait_until_finished(slots[at].nonce);
        if (there == k.value) {
            if (counted) give_back(h.used[part], k.generation);
            return &slots[at];
        }
        if (high(there) > k.generation || there == unfinished(k.generation)) {
            why_not = replay_verdict::forgotten;
            break;
        }
    }
    if (counted) give_back(h.used[part], k.generation);
    return nullptr;
}

// decides: R7616-3.4-nc-replay
replay_verdict replay_table::test_and_set(const nonce_identity& nonce, std::uint32_t nc) noexcept {
    if (nc == 0) return replay_verdict::seen;
    const key k(nonce, header_->lifetime);
    if (k.generation > UINT32_MAX) return replay_verdict::forgotten;
    replay_verdict verdict = replay_verdict::full;
    slot* const s = find(nonce, k, verdict);
    if (s == nullptr) return verdict;
    for (std::uint64_t counts = s->counts.load();;) {
        // After the counts are read: they are those of this nonce, or were left by one before.
        if (s->nonce.load() != k.value) return replay_verdict::forgotten;
        const marked next = mark(counts, k.generation, nc);
        if (next.verdict != replay_verdict::first) return next.verdict;
        if (s->counts.compare_exchange_weak(counts, next.counts)) return replay_verdict::first;
    }
}

replay_memory::replay_memory(std::uint32_t nonces, std::chrono::milliseconds lifetime) noexcept
    : memory_(::operator new(replay_table::memory_for(nonces), std::nothrow)) {
    if (memory_ != nullptr) table_ = replay_table::create(memory_, nonces, lifetime);
}

replay_memory::~replay_memory() { ::operator delete(memory_); }

replay_verdict replay_memory::test_and_set(const nonce_identity& nonce, std::uint32_t nc) noexcept {
    return table_ ? table_->test_and_set(nonce, nc) : replay_verdict::full;
}

}  // namespace authgrammar::verify
